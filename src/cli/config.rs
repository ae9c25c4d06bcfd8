//! `portplan config`: a config file with every setting, its default and what it is for.

use std::fmt::Write;

use crate::app::{COMMANDS, Command, Key, KeyMap};
use crate::files::config::{ClipboardChoice, MouseChoice, SymbolsChoice, ThemeChoice};

const HEAD: &str = "\
// Settings of portplan. They stand in ~/.config/portplan/config.ron, or where XDG_CONFIG_HOME says:
//
//     mkdir -p ~/.config/portplan
//     portplan config > ~/.config/portplan/config.ron
//
// Every line shows the default; a setting that is left out keeps it. \"portplan check --env\" tells which settings are
// in force and why. Options of the command line beat this file, and this file beats the environment.
(
";

const KEYS: &str = "
    // Keys. The list takes the place of all keys of the command, wherever it counts; [] leaves it to the command
    // palette. A key is a character such as a, A or ?, or one of Enter, Esc, Tab, Shift-Tab, Backspace, Delete, Space,
    // Up, Down, Left, Right, Home, End, PgUp, PgDn, F1 to F24; Ctrl- or Alt- may stand in front: Ctrl-s.
    // Where text is typed, characters stay text: there the command keeps its other keys. No key can have two meanings
    // in one place, and the ways out, on and to the list of keys cannot be taken away. The lines below show the keys
    // that a command can have everywhere; in some places it has others, which \"portplan keys\" tells.
    keys: {
";

/// A config file that changes nothing. Commands stand in it as comments: a default that a later portplan changes is not
/// held back by a file from today.
pub fn template() -> String {
    let mut text = HEAD.to_owned();
    setting(
        &mut text,
        "Colours. auto: none with NO_COLOR or TERM=dumb, else for the background that COLORFGBG names, else dark.\n\
         Any other word beats NO_COLOR.",
        "theme",
        ThemeChoice::ALL.iter().map(|choice| choice.name()),
    );
    setting(
        &mut text,
        "Frames and signs. auto: ascii if LC_ALL, LC_CTYPE or LANG names a locale without UTF-8.",
        "symbols",
        SymbolsChoice::ALL.iter().map(|choice| choice.name()),
    );
    setting(
        &mut text,
        "The mouse. off leaves it to the terminal, for selecting text.",
        "mouse",
        MouseChoice::ALL.iter().map(|choice| choice.name()),
    );
    setting(
        &mut text,
        "Where a copy goes. auto: every way that there is.",
        "clipboard",
        ClipboardChoice::ALL.iter().map(|choice| choice.name()),
    );
    text.push_str(KEYS);
    let mut seen = Vec::new();
    for spec in COMMANDS {
        if !seen.contains(&spec.command) {
            seen.push(spec.command);
            let keys: Vec<String> = widest_keys(spec.command).iter().map(|key| format!("{key:?}")).collect();
            // Writing to a string cannot fail.
            let _ =
                writeln!(text, "{}        // \"{}\": [{}],", help(spec.command), spec.id(), keys.join(", "));
        }
    }
    text.push_str("    },\n)\n");
    text
}

fn setting(text: &mut String, help: &str, name: &str, choices: impl Iterator<Item = &'static str>) {
    let choices: Vec<&str> = choices.collect();
    for line in help.lines() {
        let _ = writeln!(text, "    // {line}");
    }
    let _ = writeln!(text, "    // One of: {}", choices.join(", "));
    let _ = writeln!(text, "    {name}: {},", choices.first().copied().unwrap_or_default());
}

/// What a command does; where that differs from place to place, each place with what it does there.
fn help(command: Command) -> String {
    let mut lines: Vec<(&str, &str)> = Vec::new();
    for spec in COMMANDS.iter().filter(|spec| spec.command == command) {
        let place = spec.contexts.first().map_or("", |context| context.label());
        if lines.iter().all(|(_, help)| *help != spec.help) {
            lines.push((place, spec.help));
        }
    }
    let mut text = String::new();
    for (place, help) in &lines {
        let place = if lines.len() > 1 { format!("{place}: ") } else { String::new() };
        let _ = writeln!(text, "        // {place}{help}");
    }
    text
}

/// The command's own keys, those left out that could not be its keys everywhere: a line of the file speaks of all places
/// at once, the table of each.
fn widest_keys(command: Command) -> Vec<String> {
    let id = command.id();
    let mut kept: Vec<String> = Vec::new();
    let own = COMMANDS.iter().filter(|spec| spec.command == command).flat_map(|spec| spec.keys);
    for word in own.filter_map(|key| key.parse::<Key>().ok()).map(Key::word) {
        let with: Vec<String> = kept.iter().cloned().chain([word]).collect();
        if KeyMap::with_changes(&[(id.clone(), with.clone())]).is_ok() {
            kept = with;
        }
    }
    kept
}
