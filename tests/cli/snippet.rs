//! `portplan snippet`.

use std::fs;

use portplan::snippets::{Content, Target};

use super::{Home, databases, finish};

/// Every target that is text.
fn targets() -> impl Iterator<Item = &'static str> {
    Target::ALL.into_iter().filter(|target| target.content() == Content::Text).map(Target::id)
}

fn snippet(home: &Home, more: &[&str]) -> String {
    home.output(&[&["snippet", &databases()], more].concat())
}

fn refusal(home: &Home, more: &[&str]) -> String {
    home.refusal(&[&["snippet", &databases()], more].concat())
}

#[test]
fn every_target_writes_the_plan() {
    let home = Home::new();
    for target in targets() {
        let text = snippet(&home, &["--format", target]);
        assert!(text.contains("10.40.2.41") && text.contains("2500"), "{target} lacks the worker:\n{text}");
        assert!(text.ends_with('\n'), "{target} does not end its last line");
        assert!(text.chars().all(|letter| letter == '\n' || !letter.is_control()), "{target}");
    }
}

#[test]
fn table_targets_agree_with_the_flows() {
    let home = Home::new();
    for (target, more) in [("csv", &[][..]), ("json", &[]), ("csv", &["--host", "gip01"])] {
        let more = [&["--format", target], more].concat();
        let flows = home.output(&[&["flows", &databases()], &more[..]].concat());
        assert_eq!(snippet(&home, &more), flows, "{more:?}");
    }
}

#[test]
fn a_host_has_inbound_rules_and_with_a_direction_its_outbound_ones() {
    let home = Home::new();
    let rules = |more: &[&str]| -> Vec<String> {
        let text = snippet(&home, &[&["--format", "powershell", "--host", "gip01"], more].concat());
        let lines = text.lines().filter(|line| line.contains("Direction = '"));
        lines.map(str::to_owned).collect()
    };
    let inbound = rules(&[]);
    assert_eq!(inbound, rules(&["--direction", "in"]));
    assert!(
        inbound.iter().all(|line| line.contains("'Inbound'") && line.contains(" to gip01 ")),
        "{inbound:#?}"
    );
    let outbound = rules(&["--direction", "out"]);
    assert!(
        outbound.iter().all(|line| line.contains("'Outbound'") && line.contains(" gip01 to ")),
        "{outbound:#?}"
    );
    assert!(!inbound.is_empty() && !outbound.is_empty());
}

#[test]
fn a_firewall_between_gets_rules_with_both_ends() {
    let home = Home::new();
    let search = ["--search", "from:worker01 to:repo01 port:2500"];
    let text = snippet(&home, &[&["--format", "nftables", "--direction", "transit"], &search[..]].concat());
    let rule = text.lines().find(|line| line.contains("2500-3300")).unwrap_or_else(|| panic!("{text}"));
    assert!(
        rule.contains("10.40.2.41") && rule.contains("10.40.2.60") && text.contains("filter forward"),
        "{text}"
    );
}

#[test]
fn powershell_has_no_rules_for_a_firewall_between() {
    let message = refusal(&Home::new(), &["--format", "powershell", "--direction", "transit"]);
    assert!(message.contains("firewall between") && message.contains("nftables"), "{message}");
}

#[test]
fn a_search_narrows_the_rules_and_stands_in_the_header() {
    let home = Home::new();
    let all = snippet(&home, &["--format", "powershell"]);
    let some = snippet(&home, &["--format", "powershell", "--search", "to:gip01 6190"]);
    // Quotation marks are not among the characters that comments may hold.
    assert!(some.contains("Scope: search to:gip01 6190, inbound."), "{some}");
    assert!(some.contains("@('6190')") && !some.contains("@('445')"), "{some}");
    assert!(all.contains("@('6190')") && all.contains("@('445')"));
}

#[test]
fn the_roll_back_names_what_was_added_and_adds_nothing() {
    let home = Home::new();
    let targets = [
        ("powershell", "New-NetFirewallRule", "VEEAM-"),
        ("nftables", " accept", "chain inet filter veeam_"),
    ];
    for (target, adds, prefix) in targets {
        let add = snippet(&home, &["--format", target]);
        let remove = snippet(&home, &["--format", target, "--remove"]);
        assert!(add.contains(adds), "{target}");
        let code: Vec<&str> = remove.lines().filter(|line| !line.trim_start().starts_with('#')).collect();
        assert!(code.iter().all(|line| !line.contains(adds)), "{remove}");
        let after = add.split("opens ports: plan").nth(1).unwrap().split(prefix).nth(1).unwrap();
        let name = format!("{prefix}{}", after.split([' ', '\'', '\n']).next().unwrap());
        assert!(code.iter().any(|line| line.contains(&name)), "no {name} in\n{remove}");
    }
}

#[test]
fn a_table_has_no_roll_back() {
    let message = refusal(&Home::new(), &["--format", "csv", "--remove"]);
    assert!(message.contains("nothing to remove"), "{message}");
}

#[test]
fn a_table_says_which_flows_it_holds() {
    let home = Home::new();
    let title = |more: &[&str]| -> String {
        let text = snippet(&home, &[&["--format", "markdown", "--host", "gip01"], more].concat());
        text.lines().next().unwrap().to_owned()
    };
    // Without a direction both are listed, so the title must not name one.
    assert!(!title(&[]).contains("inbound"), "{}", title(&[]));
    assert!(title(&["--direction", "in"]).contains("host gip01, inbound"));
    assert!(title(&["--direction", "out"]).contains("host gip01, outbound"));
}

/// The rows of a table, without its title.
fn table(text: &str) -> Vec<String> {
    text.lines().filter(|line| line.starts_with("| ")).skip(1).map(str::to_owned).collect()
}

#[test]
fn a_zone_pair_is_for_the_firewall_between() {
    let home = Home::new();
    let zones =
        |target, from, to| snippet(&home, &["--format", target, "--from-zone", from, "--to-zone", to]);
    let plan = fs::read_to_string(databases()).unwrap();
    let zone = plan.split("zone: \"").nth(1).unwrap().split('"').next().unwrap();
    let other = plan.split("zone: \"").skip(1).map(|part| part.split('"').next().unwrap());
    let other = other.into_iter().find(|other| *other != zone).unwrap();
    let rules = zones("nftables", zone, other);
    assert!(rules.contains(&format!("Scope: zone {zone} to zone {other}, transit.")), "{rules}");
    assert!(rules.contains("filter forward"));
    let there = table(&zones("markdown", zone, other));
    let all = table(&snippet(&home, &["--format", "markdown"]));
    assert!(!there.is_empty() && there.len() < all.len() && there.iter().all(|row| all.contains(row)));
    let message = refusal(&home, &["--format", "csv", "--from-zone", "nowhere", "--to-zone", zone]);
    assert!(message.contains("no zone \"nowhere\""), "{message}");
    assert!(refusal(&home, &["--format", "csv", "--from-zone", zone]).contains("--to-zone"));
}

#[test]
fn a_baseline_leaves_what_is_new_and_as_a_table_what_is_gone() {
    let home = Home::new();
    // A host with another name is another host.
    let baseline = fs::read_to_string(databases()).unwrap().replace("worker01", "worker00");
    fs::write(home.path("baseline.ron"), baseline).unwrap();
    let rows = |more: &[&str]| table(&snippet(&home, &[&["--format", "markdown"], more].concat()));
    let about: Vec<String> = rows(&[]).into_iter().filter(|row| row.contains("| worker01 |")).collect();
    assert!(!about.is_empty());
    assert_eq!(rows(&["--since", "baseline.ron"]), about);
    let gone: Vec<String> = about.iter().map(|row| row.replace("worker01", "worker00")).collect();
    assert_eq!(rows(&["--since", "baseline.ron", "--remove"]), gone);
    let rules = snippet(&home, &["--format", "nftables", "--since", "baseline.ron"]);
    let note = format!("{} flows of the baseline are not in the plan any more", gone.len());
    assert!(rules.contains(&note), "{rules}");
    let rules = snippet(&home, &["--format", "fortigate", "--since", "baseline.ron"]);
    assert!(rules.contains("whole plan, new since baseline.ron, transit"), "{rules}");
    let roll_back = snippet(&home, &["--format", "fortigate", "--since", "baseline.ron", "--remove"]);
    let name = rules.split("set name \"").nth(1).unwrap().split('"').next().unwrap();
    assert!(roll_back.contains(&format!("delete <ID-OF-{name}>")), "{roll_back}");
}

#[test]
fn a_day_goes_into_the_header_if_it_is_one() {
    let home = Home::new();
    let text = snippet(&home, &["--format", "iptables", "--date", "2026-11-21"]);
    assert!(text.lines().next().unwrap().ends_with("edition 2025-12, 2026-11-21"), "{text}");
    let message = refusal(&home, &["--format", "iptables", "--date", "2026-02-30"]);
    assert!(message.contains("2026-02-30") && message.contains("such as 2026-11-21"), "{message}");
}

#[test]
fn a_firewall_that_stands_between_only_needs_no_direction() {
    let home = Home::new();
    let text = snippet(&home, &["--format", "cisco-asa", "--host", "gip01"]);
    assert!(text.contains("Scope: host gip01, transit.") && text.contains("access-list "), "{text}");
    let message = refusal(&home, &["--format", "cisco-asa", "--direction", "in"]);
    assert!(message.contains("choose transit"), "{message}");
}

#[test]
fn an_unknown_target_is_refused_with_all_that_are_known() {
    let message = refusal(&Home::new(), &["--format", "powershel"]);
    assert!(targets().all(|target| message.contains(target)), "{message}");
    assert!(message.contains("did you mean \"powershell\""), "{message}");
}

#[test]
fn an_unknown_host_is_refused() {
    let message = refusal(&Home::new(), &["--format", "csv", "--host", "gip09"]);
    assert!(message.contains("\"gip09\"") && message.contains("did you mean \"gip0"), "{message}");
}

#[test]
fn a_file_gets_what_standard_output_would_have_got() {
    let home = Home::new();
    for target in targets() {
        let written = snippet(&home, &["--format", target, "-o", "rules.txt"]);
        assert_eq!(written, "", "{target}: with a file there is nothing on standard output");
        assert_eq!(home.read("rules.txt"), snippet(&home, &["--format", target]), "{target}");
    }
}

#[test]
fn a_file_that_cannot_be_written_is_named() {
    let home = Home::new();
    let message = refusal(&home, &["--format", "csv", "-o", "nowhere/rules.csv"]);
    assert!(message.contains("nowhere/rules.csv") && message.contains("does not exist"), "{message}");
    let message = refusal(&home, &["--format", "csv", "-o", "."]);
    assert!(message.contains("a directory"), "{message}");
}

#[test]
fn the_plan_itself_is_never_written_over() {
    let home = Home::new();
    for name in ["plan.ron", "old.ron"] {
        fs::copy(databases(), home.path(name)).unwrap();
    }
    for output in ["plan.ron", "./old.ron"] {
        let args = ["snippet", "plan.ron", "--since", "old.ron", "--format", "csv", "-o", output];
        let message = home.refusal(&args);
        assert!(message.contains("would take the place of the plan"), "{message}");
    }
    for name in ["plan.ron", "old.ron"] {
        assert_eq!(home.read(name), fs::read_to_string(databases()).unwrap(), "{name}");
    }
}

#[cfg(unix)]
#[test]
fn standard_output_as_a_file_is_served_or_refused_in_words() {
    let home = Home::new();
    let args = ["snippet", &databases(), "--format", "csv", "-o", "/dev/stdout"];
    // A pipe cannot be saved to; the message must name what was asked for, not what the system calls it.
    let message = home.refusal(&args);
    assert!(message.contains("/dev/stdout: this is a named pipe"), "{message}");
    // Where standard output is a file, that file gets the text.
    let mut command = home.command(super::PROGRAM, &args);
    command.stdout(fs::File::create(home.path("out.csv")).unwrap());
    assert_eq!(finish(command).code, Some(0));
    assert_eq!(home.read("out.csv"), snippet(&home, &["--format", "csv"]));
}

#[test]
fn a_workbook_goes_to_a_file_only() {
    let home = Home::new();
    let message = refusal(&home, &["--format", "xlsx"]);
    assert!(message.contains("Excel workbook") && message.contains("-o"), "{message}");
    assert_eq!(snippet(&home, &["--format", "xlsx", "-o", "plan.xlsx"]), "");
    assert!(fs::read(home.path("plan.xlsx")).unwrap().starts_with(b"PK"));
}

#[test]
fn the_connection_tests_of_a_host_try_what_it_opens() {
    let home = Home::new();
    let text = snippet(&home, &["--format", "test-bash", "--host", "worker01", "--direction", "out"]);
    let hosts = text.split(" hosts <<'PORTPLAN_DATA' || :\n").nth(1).unwrap();
    assert!(hosts.starts_with("5 worker01 10.40.2.41\nPORTPLAN_DATA\n"), "{text}");
    let text = snippet(&home, &["--format", "test-powershell", "--host", "gip01"]);
    assert!(text.contains("Name = 'gip01'") && text.contains("Name = 'vbr01'"), "{text}");
}
