//! The config file: what is taken from it, how it is refused, and what `portplan config` writes.

use std::collections::BTreeSet;

use portplan::app::{COMMANDS, KeyMap};
use portplan::files::Config;

use super::{Home, finish};

/// Writes the config file where the program looks for it.
fn with_config(text: &str) -> Home {
    let home = Home::new();
    std::fs::create_dir_all(home.path(".config/portplan")).unwrap();
    home.write(".config/portplan/config.ron", text);
    home
}

/// What `check --env` says about a setting.
fn setting(home: &Home, args: &[&str], variables: &[(&str, &str)], name: &str) -> String {
    let mut command = home.command(super::PROGRAM, &[&["check", "--env"], args].concat());
    command.envs(variables.iter().copied());
    let run = finish(command);
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
    let line = run.out.lines().find_map(|line| line.strip_prefix(&format!("  {name:16} ")));
    line.unwrap_or_else(|| panic!("no {name} in\n{}", run.out)).to_owned()
}

/// The rows of the list of keys for a sentence of help.
fn keys_of(list: &str, help: &str) -> Vec<String> {
    let rows = list.lines().filter_map(|line| line.strip_suffix(&format!(" | {help} |")));
    rows.map(|row| row.trim_start_matches("| ").to_owned()).collect()
}

#[test]
fn without_a_file_everything_is_as_it_is_by_default() {
    let home = Home::new();
    let file = setting(&home, &[], &[], "config file");
    assert!(file.ends_with("/.config/portplan/config.ron (not there)"), "{file}");
    for (name, expected) in [
        ("theme", "dark (default)"),
        ("symbols", "unicode (default)"),
        ("mouse", "on (default)"),
        ("clipboard", "auto (default)"),
        ("keys", "as they are (default)"),
    ] {
        assert_eq!(setting(&home, &[], &[], name), expected);
    }
}

#[test]
fn every_setting_is_taken_from_the_file() {
    let home = with_config(
        "// mine\n(theme: light, symbols: ascii, mouse: off, clipboard: osc52, keys: {\"add-host\": [\"A\"], \"undo\": [\"Y\", \"F4\"]})",
    );
    for (name, expected) in [
        ("theme", "light (config file)"),
        ("symbols", "ascii (config file)"),
        ("mouse", "off (config file)"),
        ("clipboard", "osc52 (config file)"),
        ("keys", "2 commands changed (config file)"),
    ] {
        assert_eq!(setting(&home, &[], &[], name), expected);
    }
    assert!(setting(&home, &[], &[], "config file").ends_with("/.config/portplan/config.ron"));
    let list = home.output(&["keys"]);
    assert_eq!(keys_of(&list, "Add a host to the plan."), ["`A`"]);
    assert_eq!(keys_of(&list, "Take the last change back."), ["`Y` `F4`"]);
    let default = home.output(&["keys", "--default"]);
    assert_eq!(keys_of(&default, "Add a host to the plan."), ["`a`"], "a file changes nothing there");
}

#[test]
fn the_folder_of_the_file_follows_the_xdg_rule() {
    let home = with_config("(theme: light)");
    let elsewhere = home.path("elsewhere").display().to_string();
    let variables = [("XDG_CONFIG_HOME", elsewhere.as_str())];
    assert_eq!(setting(&home, &[], &variables, "theme"), "dark (default)");
    std::fs::create_dir_all(home.path("elsewhere/portplan")).unwrap();
    home.write("elsewhere/portplan/config.ron", "(theme: plain)");
    assert_eq!(setting(&home, &[], &variables, "theme"), "plain (config file)");
}

#[test]
fn the_command_line_beats_the_file_and_the_file_beats_the_environment() {
    let home = with_config("(theme: light, symbols: unicode)");
    let narrow = [("NO_COLOR", "1"), ("LANG", "C")];
    assert_eq!(setting(&home, &[], &narrow, "theme"), "light (config file)");
    assert_eq!(setting(&home, &[], &narrow, "symbols"), "unicode (config file)");
    assert_eq!(setting(&home, &["--theme", "dark"], &narrow, "theme"), "dark (command line)");
    assert_eq!(setting(&home, &["--ascii"], &narrow, "symbols"), "ascii (command line)");
    // Auto leaves it to the environment, whoever says it.
    assert_eq!(setting(&home, &["--theme", "auto"], &narrow, "theme"), "plain (environment: NO_COLOR)");
    let home = with_config("(theme: auto, symbols: auto)");
    assert_eq!(setting(&home, &[], &narrow, "theme"), "plain (environment: NO_COLOR)");
    assert_eq!(setting(&home, &[], &narrow, "symbols"), "ascii (environment: LANG=C)");
}

#[test]
fn a_file_that_says_nothing_changes_nothing() {
    for text in ["", "// nothing yet\n", "()", "(keys: {})", "\u{FEFF}(theme: auto,)"] {
        let home = with_config(text);
        assert_eq!(home.output(&["keys"]), home.output(&["keys", "--default"]), "{text}");
    }
}

#[test]
fn a_broken_file_is_refused_with_its_place_and_a_remedy() {
    let known = "known: theme, symbols, mouse, clipboard, keys";
    for (text, expected) in [
        ("(them: dark)", "1:2: a config has no field \"them\"; did you mean \"theme\"?".to_owned()),
        ("(xyz: 1)", format!("1:2: a config has no field \"xyz\"; {known}")),
        ("(theme: drak)", "1:9: there is no theme \"drak\"; did you mean \"dark\"?".to_owned()),
        ("(theme: \"dark\")", "1:9: expected a word without quotes, found \"dark\"".to_owned()),
        ("(symbols: asci)", "1:11: there is no set of symbols \"asci\"; did you mean \"ascii\"?".to_owned()),
        ("(mouse: true)", "1:9: there is no setting of the mouse \"true\"; known: on, off".to_owned()),
        (
            "(clipboard: xx)",
            "1:13: there is no way to the clipboard \"xx\"; known: auto, osc52, tmux, screen, native, off"
                .to_owned(),
        ),
        ("(theme: dark, theme: light)", "1:15: the field \"theme\" is there twice; take one of them out".to_owned()),
        ("(theme: dark mouse: on)", "1:14: expected a comma before \"mouse\"".to_owned()),
        (
            "(theme: dark,\n keys: [])",
            "2:8: expected a map in braces, such as {\"add-host\": [\"a\"]}, found \"[\"".to_owned(),
        ),
        ("(keys: {\"undo\": \"z\"})", "1:17: expected a list in square brackets, found \"z\"".to_owned()),
        ("(theme: dark) more", "1:15: expected nothing more behind the config, found \"more\"".to_owned()),
        ("(theme: dark,", "1:14: the file ends too early: the \"(\" in line 1 is not closed".to_owned()),
        (
            "(keys: {\n \"ad-host\": [\"A\"]})",
            "2:2: there is no command \"ad-host\"; did you mean \"add-host\"?".to_owned(),
        ),
        (
            "(keys: {\"zzzz\": []})",
            "1:9: there is no command \"zzzz\"; \"portplan config\" lists them all".to_owned(),
        ),
        (
            "(keys: {\"undo\": [\"z\"], \"undo\": [\"Z\"]})",
            "1:24: the command \"undo\" is there twice; take one of them out".to_owned(),
        ),
        (
            "(keys: {\"undo\": [\"z\",\n \"Ctlr-z\"]})",
            "2:2: \"Ctlr-z\" is not a key; write a character, or a name such as Ctrl-s, Enter, Space, Up, F1"
                .to_owned(),
        ),
        (
            "(keys: {\"undo\": [\"Ctrl-enter\"]})",
            "1:18: \"Ctrl-enter\" is not a key; did you mean \"Ctrl-Enter\"?".to_owned(),
        ),
        (
            "(keys: {\"undo\": [\"F25\"]})",
            "1:18: \"F25\" is not a key; write a character, or a name such as Ctrl-s, Enter, Space, Up, F1"
                .to_owned(),
        ),
        (
            "(keys: {\"undo\": [\"\"]})",
            "1:18: \"\" is not a key; write a character, or a name such as Ctrl-s, Enter, Space, Up, F1"
                .to_owned(),
        ),
        (
            "(keys: {\"undo\": [\"Ctrl-i\"]})",
            "1:18: terminals report \"Ctrl-i\" as Tab; write \"Tab\" or choose another key".to_owned(),
        ),
        (
            "(keys: {\"undo\": [\"z\", \"z\"]})",
            "1:23: the key z is there twice for undo; take one of them out".to_owned(),
        ),
        ("(keys: {\"quit\": []})", "1:9: quit must keep a key; name at least one".to_owned()),
        ("(keys: {\"cancel\": []})", "1:9: cancel must keep a key; name at least one".to_owned()),
        ("(keys: {\"help\": []})", "1:9: help must keep a key; name at least one".to_owned()),
        (
            "(keys: {\"change-on\": [\"l\"]})",
            "1:23: the key l cannot ask for change-on: in \"Host form\" it is for the text; use a function key, or one with Ctrl"
                .to_owned(),
        ),
        (
            "(keys: {\"copy\": [\"c\"]})",
            "1:18: the key c would ask for both next-scope and copy in \"Rules\"; give one of them another key"
                .to_owned(),
        ),
        (
            "(keys: {\"save\": [\"F2\"], \"open\": [\"F3\"],\n \"undo\": [\"F5\", \"F2\"]})",
            "2:17: the key F2 would ask for both undo and save in \"Hosts\"; give one of them another key"
                .to_owned(),
        ),
    ] {
        let home = Home::new();
        home.write("my.ron", text);
        let message = home.refusal(&["keys", "--config", "my.ron"]);
        let first = message.lines().next().unwrap();
        assert_eq!(first, format!("portplan: my.ron:{expected}"), "{text}");
        // A file that was asked for by name is an error everywhere; the usual one stops nobody.
        assert_eq!(home.refusal(&["check", "--env", "--config", "my.ron"]), message);
        assert_eq!(home.refusal(&["--config", "my.ron"]), message);
        let home = with_config(text);
        let run = home.run(&["keys"]);
        assert_eq!((run.code, run.out), (Some(0), home.output(&["keys", "--default"])), "{text}");
        assert!(run.err.contains(&expected), "{}", run.err);
        let file = setting(&home, &[], &[], "config file");
        assert!(file.starts_with("not used: ") && file.contains(&expected), "{file}");
    }
}

#[test]
fn a_file_that_is_asked_for_must_be_there() {
    let home = Home::new();
    assert!(home.refusal(&["keys", "--config", "none.ron"]).contains("none.ron: there is no such file"));
    assert!(home.refusal(&["--config", "none.ron"]).contains("none.ron: there is no such file"));
    home.refusal(&["keys", "--default", "--config", "none.ron"]);
    home.refusal(&["check", "plan.ron", "--ascii"]);
}

#[test]
fn the_commands_that_need_no_settings_do_not_look_for_them() {
    let home = with_config("(broken");
    home.output(&["check", "--env"]);
    home.output(&["catalogue"]);
    home.output(&["config"]);
    home.output(&["flows", &super::databases()]);
}

/// The commented lines of keys in a config file: command and keys.
fn key_lines(template: &str) -> Vec<&str> {
    let lines = template.lines().filter_map(|line| line.strip_prefix("        // \""));
    lines.filter(|line| line.ends_with("],")).collect()
}

#[test]
fn the_config_that_is_written_changes_nothing_and_names_every_command() {
    let home = Home::new();
    let template = home.output(&["config"]);
    let config = Config::read(&template).unwrap();
    assert!(config.keys.is_empty());
    let home = with_config(&template);
    for (name, expected) in [
        ("theme", "dark (default)"),
        ("symbols", "unicode (default)"),
        ("mouse", "on (config file)"),
        ("clipboard", "auto (config file)"),
        ("keys", "as they are (default)"),
    ] {
        assert_eq!(setting(&home, &[], &[], name), expected);
    }
    assert_eq!(home.output(&["keys"]), home.output(&["keys", "--default"]));
    let listed: Vec<&str> =
        key_lines(&template).into_iter().map(|line| line.split('"').next().unwrap()).collect();
    let commands: BTreeSet<String> = COMMANDS.iter().map(portplan::app::Spec::id).collect();
    assert_eq!(listed.iter().map(|id| (*id).to_owned()).collect::<BTreeSet<_>>(), commands);
    assert_eq!(listed.len(), commands.len(), "each once");
}

/// Whoever takes the comment marks away from one line or from all has a file that works.
#[test]
fn every_line_of_the_written_config_can_be_put_in_force() {
    let template = Home::new().output(&["config"]);
    let mut all = String::new();
    for line in key_lines(&template) {
        let line = format!("\"{line}");
        let config = Config::read(&format!("(keys: {{{line}}})")).unwrap();
        KeyMap::with_changes(&config.keys).unwrap_or_else(|error| panic!("{line}: {error:?}"));
        all.push_str(&line);
    }
    let config = Config::read(&format!("(keys: {{{all}}})")).unwrap();
    KeyMap::with_changes(&config.keys).unwrap();
}
