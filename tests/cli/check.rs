//! `portplan check`.

use portplan::review::Check;

use super::{Home, databases, sample};

const PLAN: &str = r#"(format: 1, name: "Findings", edition: "2025-12", hosts: [
    (name: "vbr01", os: windows, addresses: ["10.0.0.10"], roles: ["backup-server"]),
    (name: "bare01", os: linux, addresses: ["10.0.0.11"]),
    (name: "repo01", os: linux, roles: ["backup-repository"]),
])"#;

#[test]
fn a_complete_plan_has_hints_at_most() {
    let out = Home::new().output(&["check", &databases()]);
    let summary = out.lines().last().unwrap();
    assert!(summary.starts_with("0 errors, 0 warnings, "), "{out}");
    assert!(summary.ends_with(" hints, in 18 hosts, 112 flows"), "{out}");
    assert!(out.lines().all(|line| !line.starts_with("error") && !line.starts_with("warning")), "{out}");
}

#[test]
fn an_empty_plan_is_told_how_to_begin() {
    let home = Home::new();
    home.write("empty.ron", r#"(format: 1, name: "x", edition: "2025-12", hosts: [])"#);
    let out = home.output(&["check", "empty.ron"]);
    assert_eq!(out, "the plan has no hosts yet, so there is nothing to check; add the backup server first\n");
    assert_eq!(home.output(&["check", "empty.ron", "--format", "json"]).trim(), "[]");
}

#[test]
fn findings_are_lines_with_an_id_a_subject_and_a_remedy() {
    let home = Home::new();
    home.write("plan.ron", PLAN);
    let run = home.run(&["check", "plan.ron"]);
    assert_eq!((run.code, run.err.as_str()), (Some(1), ""));
    let lines: Vec<&str> = run.out.lines().collect();
    for (severity, id, subject) in [
        ("warning", "no-role", "bare01"),
        ("error", "no-address", "repo01"),
        ("error", "unplaced-peer", "Mount server"),
        ("hint", "optional-peer", "Worker"),
    ] {
        let words = |line: &str| line.split_whitespace().take(2).collect::<Vec<_>>().join(" ");
        let wanted = format!("{severity} {id}");
        let found = lines.iter().position(|line| words(line) == wanted && line.contains(subject));
        let at = found.unwrap_or_else(|| panic!("no {id} for {subject} in\n{}", run.out));
        assert!(lines[at + 1].starts_with("          remedy: "), "{} has no remedy", lines[at]);
    }
    // A finding about rules names them by page and row.
    assert!(lines.iter().any(|line| line.starts_with("          AHV ports ") && line.contains(", row ")));
    assert!(lines.last().unwrap().contains(" errors, 1 warning, "), "{}", run.out);
}

#[test]
fn samples_end_with_the_code_that_fits_what_they_print() {
    let home = Home::new();
    for name in ["databases.ron", "mongodb-sharepoint.ron", "small-ahv-site.ron"] {
        let run = home.run(&["check", &sample(name)]);
        assert_eq!(run.code, Some(0), "{name}: {run:?}");
        assert!(run.out.contains("\n0 errors, 0 warnings, "), "{name}: {run:?}");
    }
}

/// One finding of each kind is left open; one is acknowledged, and one was acknowledged and is gone.
const ACKNOWLEDGED: &str = r#"(format: 2, name: "=A|B", edition: "2025-12", hosts: [
    (name: "vbr01", os: windows, addresses: ["10.0.0.10"], roles: ["backup-server", "mount-server"]),
    (name: "repo01", os: linux, addresses: ["10.0.0.11"], roles: ["backup-repository"]),
    (name: "bare01", os: linux, addresses: ["10.0.0.12"]),
], acknowledged: [
    (check: "no-role", host: "bare01", reason: "=spare | <machine>"),
    (check: "no-address", host: "vbr01", reason: "old"),
])"#;

#[test]
fn acknowledged_findings_do_not_count_and_are_shown_on_request() {
    let home = Home::new();
    home.write("plan.ron", ACKNOWLEDGED);
    let out = home.output(&["check", "plan.ron"]);
    assert!(!out.contains("no-role") && !out.contains("spare"), "{out}");
    assert!(out.contains("hints, 1 acknowledged, 1 outdated, in 3 hosts"), "{out}");
    let all = home.output(&["check", "plan.ron", "--all"]);
    assert!(all.contains("warning   no-role"), "{all}");
    assert!(all.contains("\n          acknowledged: =spare | <machine>\n"), "{all}");
    assert!(all.contains("outdated  no-address"), "{all}");
    home.write("plan.ron", &ACKNOWLEDGED.replace("\"no-role\"", "\"no-rule\""));
    let run = home.run(&["check", "plan.ron"]);
    assert_eq!(run.code, Some(1), "the warning is open: {run:?}");
}

#[test]
fn findings_are_written_for_machines_and_tickets() {
    let home = Home::new();
    home.write("plan.ron", ACKNOWLEDGED);
    let json = home.output(&["check", "plan.ron", "--all", "--format", "json"]);
    let all: Vec<serde_json::Value> = serde_json::from_str(&json).unwrap();
    let of = |check: &str| all.iter().find(|entry| entry["check"] == check).unwrap();
    assert_eq!(of("no-role")["severity"], "warning");
    assert_eq!(of("no-role")["hosts"], serde_json::json!(["bare01"]));
    assert_eq!(of("no-role")["acknowledged"], "=spare | <machine>");
    assert_eq!(of("no-address")["severity"], "outdated");
    let rules = of("optional-peer")["rules"].as_array().unwrap();
    assert!(rules.iter().all(|rule| rule["page"] == "ahv" && rule["row"].is_u64()), "{rules:?}");
    let csv = home.output(&["check", "plan.ron", "--all", "--format", "csv"]);
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let columns = "severity,check,hosts,about,finding,remedy,rules,acknowledged";
    assert_eq!(reader.headers().unwrap().iter().collect::<Vec<_>>().join(","), columns);
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    assert_eq!(rows.len(), all.len());
    assert!(rows.iter().any(|row| &row[7] == "'=spare | <machine>"), "no cell is a formula: {csv}");
    let markdown = home.output(&["check", "plan.ron", "--all", "--format", "markdown"]);
    assert!(markdown.starts_with("| Severity | Check | Hosts | "), "{markdown}");
    assert!(markdown.contains("=spare \\| &lt;machine&gt; |"), "{markdown}");
    assert_eq!(markdown.lines().count(), all.len() + 2);
}

#[test]
fn every_check_is_explained() {
    let home = Home::new();
    let list = home.output(&["check", "--list"]);
    let markdown = home.output(&["check", "--list", "--format", "markdown"]);
    let json: Vec<serde_json::Value> =
        serde_json::from_str(&home.output(&["check", "--list", "--format", "json"])).unwrap();
    let csv = home.output(&["check", "--list", "--format", "csv"]);
    assert_eq!(json.len(), Check::ALL.len());
    assert_eq!(csv.lines().count(), Check::ALL.len() + 1);
    for check in Check::ALL {
        let line = format!("{:8}  {}\n          {}", check.severity().word(), check.id(), check.what());
        assert!(list.contains(&line), "{list}");
        assert!(markdown.contains(&format!("| `{}` | {} | ", check.id(), check.severity().word())));
    }
    for arguments in
        [&["check", "x.ron", "--list"][..], &["check", "--list", "--env"], &["check", "--env", "--all"]]
    {
        home.refusal(arguments);
    }
}

#[test]
fn the_readme_has_the_list_of_checks_of_the_program() {
    let readme = include_str!("../../README.md");
    let (start, end) =
        ("<!-- checks: made by `portplan check --list --format markdown` -->\n", "<!-- end of checks -->");
    let list = readme.split(start).nth(1).and_then(|rest| rest.split(end).next());
    assert_eq!(
        list.expect("README.md has a place for the checks").trim(),
        portplan::cli::check_list().trim()
    );
}

#[test]
fn a_missing_file_is_bad_input_and_no_finding() {
    let message = Home::new().refusal(&["check", "missing.ron"]);
    assert!(message.contains("missing.ron: there is no such file"), "{message}");
}

#[test]
fn either_a_plan_or_the_environment_is_checked() {
    let home = Home::new();
    home.refusal(&["check"]);
    home.refusal(&["check", &databases(), "--env"]);
}

/// The value of a line of `check --env`, in an environment of its own.
fn environment(variables: &[(&str, &str)], name: &str) -> String {
    let home = Home::new();
    let mut command = home.command(super::PROGRAM, &["check", "--env"]);
    command.envs(variables.iter().copied());
    let run = super::finish(command);
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
    let values: Vec<&str> = run
        .out
        .lines()
        .filter_map(|line| line.trim_start().strip_prefix(name)?.strip_prefix(' '))
        .map(str::trim)
        .collect();
    assert!(!values.is_empty(), "no {name} in\n{}", run.out);
    values.join(" + ")
}

#[test]
fn the_environment_tells_which_colours_there_are_and_why() {
    let theme = |variables: &[(&str, &str)]| environment(variables, "theme");
    assert_eq!(theme(&[("TERM", "xterm-256color")]), "dark (default)");
    assert_eq!(theme(&[("TERM", "dumb")]), "plain (environment: TERM=dumb)");
    assert_eq!(theme(&[("NO_COLOR", "1")]), "plain (environment: NO_COLOR)");
    assert_eq!(theme(&[("NO_COLOR", "")]), "dark (default)");
    assert_eq!(theme(&[("COLORFGBG", "0;15"), ("NO_COLOR", "1")]), "plain (environment: NO_COLOR)");
    for (numbers, expected) in [
        ("0;15", "light (environment: COLORFGBG)"),
        ("0;7", "light (environment: COLORFGBG)"),
        ("0;default;15", "light (environment: COLORFGBG)"),
        ("15;0", "dark (environment: COLORFGBG)"),
        ("12;8", "dark (environment: COLORFGBG)"),
        ("0;default", "dark (default)"),
        ("0;99", "dark (default)"),
        (";", "dark (default)"),
    ] {
        assert_eq!(theme(&[("COLORFGBG", numbers)]), expected, "{numbers}");
    }
    assert_eq!(environment(&[("TERM", "vt220")], "TERM"), "vt220");
}

#[test]
fn the_environment_tells_which_signs_there_are_and_why() {
    let symbols = |variables: &[(&str, &str)]| environment(variables, "symbols");
    for (variables, expected) in [
        (&[][..], "unicode (default)"),
        (&[("LANG", "")], "unicode (default)"),
        (&[("LANG", "de_DE.utf8")], "unicode (default)"),
        (&[("LANG", "C")], "ascii (environment: LANG=C)"),
        (&[("LC_CTYPE", "de_DE.ISO-8859-1")], "ascii (environment: LC_CTYPE=de_DE.ISO-8859-1)"),
        (&[("LC_ALL", "POSIX")], "ascii (environment: LC_ALL=POSIX)"),
        (&[("LC_ALL", "C.UTF-8"), ("LC_CTYPE", "C"), ("LANG", "C")], "unicode (default)"),
        (&[("TERM", "linux")], "unicode, as far as the Linux console has it (environment: TERM=linux)"),
        (&[("TERM", "linux"), ("LANG", "C")], "ascii (environment: LANG=C)"),
    ] {
        assert_eq!(symbols(variables), expected, "{variables:?}");
    }
}
