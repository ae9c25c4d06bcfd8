//! `portplan check`.

use super::{Home, databases, sample};

const PLAN: &str = r#"(format: 1, name: "Findings", edition: "2025-12", hosts: [
    (name: "vbr01", os: windows, addresses: ["10.0.0.10"], roles: ["backup-server"]),
    (name: "bare01", os: linux, addresses: ["10.0.0.11"]),
    (name: "repo01", os: linux, roles: ["backup-repository"]),
])"#;

#[test]
fn a_complete_plan_has_no_findings() {
    let out = Home::new().output(&["check", &databases()]);
    assert!(out.starts_with("nothing is missing: 18 hosts, "), "{out}");
}

#[test]
fn findings_are_lines_with_an_id_a_subject_and_a_remedy() {
    let home = Home::new();
    home.write("plan.ron", PLAN);
    let run = home.run(&["check", "plan.ron"]);
    assert_eq!((run.code, run.err.as_str()), (Some(1), ""));
    let findings: Vec<&str> = run.out.lines().filter(|line| !line.starts_with(' ')).collect();
    for (id, subject) in [("no-role", "bare01"), ("no-address", "repo01"), ("unplaced-peer", "Worker")] {
        let found =
            findings.iter().find(|line| line.starts_with(&format!("{id}: ")) && line.contains(subject));
        let line = found.unwrap_or_else(|| panic!("no {id} for {subject} in\n{}", run.out));
        assert!(line.contains("; "), "{line} has no remedy");
    }
    // A finding about rules names them by page and row.
    assert!(run.out.lines().any(|line| line.starts_with("    AHV ports ") && line.contains(", row ")));
}

#[test]
fn samples_end_with_the_code_that_fits_what_they_print() {
    let home = Home::new();
    for name in ["databases.ron", "mongodb-sharepoint.ron", "small-ahv-site.ron"] {
        let run = home.run(&["check", &sample(name)]);
        assert!(matches!(run.code, Some(0 | 1)), "{name}: {run:?}");
        assert_eq!(run.code == Some(0), run.out.starts_with("nothing is missing"), "{name}: {run:?}");
    }
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
