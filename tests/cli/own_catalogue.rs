//! `--catalogue FILE`: pages of rules beside the built-in ones.

use super::Home;

const SITE: &str = include_str!("own_catalogue/site.ron");
const PLAN: &str = r#"(
    format: 2, name: "Tape", edition: "2025-12", catalogues: ["site"],
    options: ["tape"],
    hosts: [
        (name: "vbr", os: windows, addresses: ["10.0.0.1"], roles: ["backup-server"]),
        (name: "repo", os: linux, addresses: ["10.0.0.2"], roles: ["backup-repository"]),
        (name: "tape1", os: windows, addresses: ["10.0.0.3"], roles: ["tape-server"]),
    ],
    ports: {"tape-control": [7000]},
)
"#;

fn home() -> Home {
    let home = Home::new();
    home.write("site.ron", SITE);
    home.write("tape.ron", PLAN);
    home
}

#[test]
fn its_roles_options_ports_and_rules_are_as_good_as_ours() {
    let home = home();
    let csv = home.output(&["flows", "tape.ron", "--catalogue", "site.ron", "--format", "csv"]);
    assert_eq!(
        csv,
        "from,from_address,to,to_address,transport,ports,purpose,source\n\
         vbr,10.0.0.1,tape1,10.0.0.3,tcp,7000,The backup server controls the tape server.,site row 1\n\
         repo,10.0.0.2,tape1,10.0.0.3,tcp,2500-3300,The repository hands backups over to tape.,site row 2\n"
    );
    let rules = home.output(&[
        "snippet",
        "tape.ron",
        "--catalogue",
        "site.ron",
        "--format",
        "powershell",
        "--host",
        "tape1",
    ]);
    assert!(rules.contains("edition 2025-12 with site"), "{rules}");
    assert!(rules.contains("7000"), "{rules}");
    let all = home.output(&["catalogue", "--catalogue", "site.ron"]);
    assert_eq!(all.lines().filter(|line| line.starts_with("site-")).count(), 2);
    assert_eq!(
        all.lines().filter(|line| !line.starts_with("site-")).collect::<Vec<_>>(),
        home.output(&["catalogue"]).lines().collect::<Vec<_>>(),
        "ours are as they were"
    );
}

#[test]
fn an_option_of_it_switches_its_rules() {
    let home = home();
    home.write("tape.ron", &PLAN.replace("options: [\"tape\"]", "options: []"));
    let csv = home.output(&["flows", "tape.ron", "--catalogue", "site.ron", "--format", "csv"]);
    assert_eq!(csv.lines().count(), 1, "{csv}");
}

#[test]
fn a_plan_that_was_made_with_it_is_not_opened_without_it() {
    let home = home();
    let refusal = home.refusal(&["flows", "tape.ron"]);
    assert!(
        refusal.contains("tape.ron:2:63: this plan was made with a catalogue page \"site\""),
        "{refusal}"
    );
    assert!(refusal.contains("--catalogue FILE"), "{refusal}");
    home.write("tape.ron", &PLAN.replace("format: 2", "format: 1"));
    let refusal = home.refusal(&["flows", "tape.ron", "--catalogue", "site.ron"]);
    assert!(refusal.contains("\"catalogues\" came with format 2"), "{refusal}");
}

/// Everything that is checked in ours is checked in it, and what a stranger may have put into it besides.
#[test]
fn its_faults_are_named() {
    let cases = [
        ("role: \"tape-server\"", "role: \"tape-sever\"", "site-1: there is no role \"tape-sever\""),
        ("row: 2,", "row: 3,", "page site: no rule covers row 2"),
        ("\"6166\"", "\"616666\"", "616666"),
        ("id: \"site-1\"", "id: \"ahv-1\"", "rule \"ahv-1\" is there twice"),
        ("id: \"tape-server\"", "id: \"worker\"", "role \"worker\" is there twice"),
        ("id: \"site-1\"", "id: \"a; rm -rf\"", "\"a; rm -rf\" is no id"),
        ("label: \"Tape server\"", "label: \"Tape\\u{202e} server\"", "hide or reorder text"),
        ("https://", "javascript:", "url does not begin with https://"),
        ("updated: \"2026-11-21\"", "updated: \"today\"", "\"today\" is not a date"),
        ("sections: [", "towers: [", "site.ron:"),
        ("tcp", "tpc", "site.ron:"),
    ];
    for (from, to, expected) in cases {
        let home = home();
        assert!(SITE.contains(from), "{from}");
        home.write("site.ron", &SITE.replacen(from, to, 1));
        let refusal = home.refusal(&["flows", "tape.ron", "--catalogue", "site.ron"]);
        assert!(refusal.contains(expected) && refusal.contains("site.ron: "), "{to}: {refusal}");
        assert!(!refusal.contains('\u{202e}'), "{refusal}");
    }
    let home = home();
    let twice = ["flows", "tape.ron", "--catalogue", "site.ron", "--catalogue", "site.ron"];
    assert!(home.refusal(&twice).contains("page \"site\" is there twice"));
    home.write("site.ron", "");
    assert!(home.refusal(&["catalogue", "--catalogue", "site.ron"]).contains("site.ron:1:1"));
    assert!(home.refusal(&["catalogue", "--catalogue", "gone.ron"]).contains("there is no such file"));
}
