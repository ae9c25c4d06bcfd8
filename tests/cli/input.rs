//! Bad input, and outputs that go away.

use std::io;

use super::{Home, PROGRAM, databases, finish};

const BROKEN: &str = r#"(
    format: 1,
    name: "Broken",
    edition: "2025-12",
    hosts: [
        (name: "vbr01", os: windows, roles: ["backup-servr"]),
    ],
)
"#;

/// Every way to hand a plan to the program.
const USES: [&[&str]; 4] = [&["flows"], &["snippet", "--format", "csv"], &["check"], &[]];

fn refusals(home: &Home, plan: &str) -> Vec<String> {
    USES.iter().map(|words| home.refusal(&[words, &[plan][..]].concat())).collect()
}

#[test]
fn a_broken_plan_is_refused_with_its_place_and_a_hint() {
    let home = Home::new();
    home.write("broken.ron", BROKEN);
    for message in refusals(&home, "broken.ron") {
        assert!(message.contains("broken.ron:6:46: "), "{message}");
        assert!(message.contains("\"backup-servr\"") && message.contains("\"backup-server\""), "{message}");
        let lines: Vec<&str> = message.lines().collect();
        let column = |letter: char, line: &str| line.chars().position(|found| found == letter);
        // The mark below the line stands under the opening quote of the word.
        assert_eq!(column('^', lines[2]), lines[1].find("\"backup-servr\""), "{message}");
    }
}

#[test]
fn a_directory_is_no_plan() {
    let home = Home::new();
    for message in refusals(&home, ".") {
        assert!(message.contains("this is a directory"), "{message}");
    }
}

#[cfg(unix)]
#[test]
fn a_named_pipe_is_refused_at_once() {
    let home = Home::new();
    assert_eq!(finish(home.command("mkfifo", &["plan.ron"])).code, Some(0));
    for message in refusals(&home, "plan.ron") {
        assert!(message.contains("plan.ron: this is a named pipe"), "{message}");
    }
}

#[test]
fn the_planner_says_that_it_needs_a_terminal() {
    let home = Home::new();
    for args in [&[][..], &["new.ron"]] {
        let message = home.refusal(args);
        assert!(message.contains("needs a terminal") && message.contains("portplan flows"), "{message}");
    }
    assert!(!home.path("new.ron").exists());
}

#[test]
fn wrong_arguments_are_bad_input() {
    let home = Home::new();
    home.refusal(&["flows"]);
    home.refusal(&["flows", &databases(), "--format", "xml"]);
    home.refusal(&["snippet", &databases()]);
    home.refusal(&["flows", &databases(), "--no-such-flag"]);
}

#[cfg(unix)]
#[test]
fn a_reader_that_goes_away_ends_every_command_quietly() {
    let home = Home::new();
    let plan = databases();
    let mut calls: Vec<Vec<&str>> =
        vec![vec!["catalogue"], vec!["catalogue", "--format", "json"], vec!["keys"], vec!["man"]];
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        calls.push(vec!["completions", shell]);
    }
    for form in ["table", "csv", "json", "markdown"] {
        calls.push(vec!["flows", &plan, "--format", form]);
    }
    for target in ["powershell", "nftables", "csv", "json", "markdown"] {
        calls.push(vec!["snippet", &plan, "--format", target]);
    }
    for args in calls {
        let (reader, writer) = io::pipe().unwrap();
        drop(reader);
        let mut command = home.command(PROGRAM, &args);
        command.stdout(writer);
        let run = finish(command);
        assert_eq!((run.code, run.err.as_str()), (Some(0), ""), "{args:?}");
    }
}

#[cfg(unix)]
#[test]
fn head_takes_the_first_line_and_nothing_else_is_said() {
    let home = Home::new();
    for form in ["table", "csv", "json", "markdown"] {
        let script =
            "\"$0\" flows \"$1\" --by rule --format \"$2\" | head -1; echo \"code ${PIPESTATUS[0]}\"";
        let run = finish(home.command("bash", &["-c", script, PROGRAM, &databases(), form]));
        assert!(run.out.ends_with("code 0\n") && run.out.lines().count() == 2, "{form}: {}", run.out);
        assert_eq!(run.err, "", "{form}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_reported() {
    let home = Home::new();
    for form in ["table", "csv", "json", "markdown"] {
        let mut command = home.command(PROGRAM, &["flows", &databases(), "--format", form]);
        command.stdout(std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap());
        let run = finish(command);
        assert_eq!(run.code, Some(2), "{form}");
        assert!(run.err.contains("No space left"), "{form}: {}", run.err);
    }
}
