//! What the program says about itself: help, keys, completions, the man page.

use std::fs;
use std::path::Path;
use std::process::Stdio;

use super::{Home, finish};

const COMMANDS: [&str; 14] = [
    "flows",
    "snippet",
    "check",
    "diff",
    "why",
    "baselines",
    "matrix",
    "report",
    "import",
    "catalogue",
    "keys",
    "config",
    "completions",
    "man",
];

#[test]
fn help_mentions_every_command() {
    let home = Home::new();
    let help = home.output(&["--help"]);
    for command in COMMANDS {
        let is_line = |line: &str| line.trim_start().split(' ').next() == Some(command);
        assert!(help.lines().any(is_line), "{command} is not in\n{help}");
        let own = home.output(&[command, "--help"]);
        assert!(own.contains(&format!("Usage: portplan {command}")), "{own}");
    }
}

#[test]
fn a_command_that_is_mistyped_or_stands_behind_the_plan_is_named() {
    let home = Home::new();
    for (words, what) in [
        (
            &["flwos", "p.ron"][..],
            "there is no command \"flwos\", did you mean \"flows\"?; portplan --help lists them\n",
        ),
        (
            &["--ascii", "snipet", "p.ron", "nftables"],
            "there is no command \"snipet\", did you mean \"snippet\"?;",
        ),
        (&["p.ron", "flows"], "the command comes first: portplan flows PLAN.ron\n"),
        (
            &["a.ron", "b.ron"],
            "the planner opens one plan at a time; \"portplan diff A.ron B.ron\" compares two\n",
        ),
    ] {
        let message = home.refusal(words);
        assert!(message.starts_with(&format!("portplan: {what}")), "{message}");
    }
}

#[test]
fn the_version_is_the_package_s() {
    assert_eq!(Home::new().output(&["--version"]), format!("portplan {}\n", env!("CARGO_PKG_VERSION")));
}

#[test]
fn the_readme_holds_the_list_of_keys() {
    let readme = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")).unwrap();
    let (_, rest) = readme.split_once("<!-- keys: made by `portplan keys` -->").unwrap();
    let (list, _) = rest.split_once("<!-- end of keys -->").unwrap();
    assert_eq!(list.trim(), Home::new().output(&["keys", "--default"]).trim());
}

#[test]
fn completions_know_every_command() {
    let home = Home::new();
    for shell in ["bash", "zsh", "fish", "powershell"] {
        let script = home.output(&["completions", shell]);
        for command in COMMANDS {
            assert!(script.contains(command), "{shell}: {command}");
        }
    }
    home.refusal(&["completions", "cmd"]);
}

#[test]
fn bash_takes_its_completions() {
    let home = Home::new();
    let script = home.write("complete.bash", &home.output(&["completions", "bash"]));
    let run = finish(home.command("bash", &["-n", &script.display().to_string()]));
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
    // It completes a command as a user would see it.
    let ask = "source complete.bash; COMP_WORDS=(portplan cat); COMP_CWORD=1; _portplan portplan cat portplan; \
               echo \"${COMPREPLY[@]}\"";
    let run = finish(home.command("bash", &["-c", ask]));
    assert_eq!((run.out.as_str(), run.err.as_str()), ("catalogue\n", ""));
}

#[test]
fn the_man_page_renders_without_a_warning() {
    let home = Home::new();
    let page = home.write("portplan.1", &home.output(&["man"]));
    let mut command = home.command("man", &["--warnings=all", "-l", "-"]);
    command.env("MANWIDTH", "80").stdin(fs::File::open(page).unwrap()).stdout(Stdio::piped());
    let run = finish(command);
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
    for section in ["NAME", "SYNOPSIS", "DESCRIPTION", "catalogue"] {
        assert!(run.out.contains(section), "{section} is not in\n{}", run.out);
    }
}
