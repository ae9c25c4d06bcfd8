//! Settings in a real terminal: from the command line, the config file and the environment.

use portplan::ui::theme::Theme;

use super::harness::{Shown, Start, Terminal};
use super::{ENTER, ESC, add_host};
use crate::cli::{Home, databases};

/// The planner with a plan, settings and variables of its own.
fn open(home: &Home, args: &[&str], variables: &[(&str, &str)]) -> Terminal {
    std::fs::copy(databases(), home.path("db.ron")).unwrap();
    let args = [args, &["db.ron"]].concat();
    let terminal = Start { variables, ..Start::new(home, &args) }.open();
    terminal.wait_for("18 hosts");
    terminal
}

/// The colours of all cells: foreground and background.
fn colours(shown: &Shown) -> Vec<vt100::Color> {
    let (rows, columns) = shown.screen().size();
    let places = (0..rows.get()).flat_map(|row| (0..columns.get()).map(move |column| (row, column)));
    let cells = places.filter_map(|(row, column)| shown.screen().cell(row, column));
    cells.flat_map(|cell| [cell.fgcolor(), cell.bgcolor()]).collect()
}

fn number(colour: Option<ratatui::style::Color>) -> vt100::Color {
    match colour.unwrap() {
        ratatui::style::Color::Cyan => vt100::Color::Idx(6),
        ratatui::style::Color::Blue => vt100::Color::Idx(4),
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_background_decides_on_the_theme() {
    let home = Home::new();
    let (cyan, blue) = (number(Theme::dark().key.fg), number(Theme::light().key.fg));
    for (args, variables, expected) in [
        (&[][..], &[][..], Some(cyan)),
        (&[], &[("COLORFGBG", "15;0")], Some(cyan)),
        (&[], &[("COLORFGBG", "0;15")], Some(blue)),
        (&["--theme", "light"], &[], Some(blue)),
        (&["--theme", "dark"], &[("COLORFGBG", "0;15")], Some(cyan)),
        (&["--theme", "plain"], &[], None),
        (&[], &[("NO_COLOR", "1"), ("COLORFGBG", "0;15")], None),
        (&["--theme", "light"], &[("NO_COLOR", "1")], Some(blue)),
        (&[], &[("TERM", "dumb")], None),
    ] {
        let mut terminal = open(&home, args, variables);
        add_host(&mut terminal, "extra01");
        let colours = colours(&terminal.shown());
        for colour in [cyan, blue] {
            assert_eq!(colours.contains(&colour), expected == Some(colour), "{args:?} {variables:?}");
        }
        if expected.is_none() {
            assert!(colours.iter().all(|colour| *colour == vt100::Color::Default), "{args:?} {variables:?}");
        }
        terminal.send("qd");
        assert_eq!(terminal.exit_code(), 0);
    }
}

/// Whether the program ever sent a byte beyond ASCII.
fn sent_only_ascii(shown: &Shown) -> bool {
    shown.raw.is_ascii()
}

#[test]
fn ascii_is_all_that_is_sent_where_it_is_asked_for() {
    let home = Home::new();
    for (args, variables) in [
        (&["--ascii"][..], &[][..]),
        (&[], &[("LANG", "C")]),
        (&[], &[("LC_ALL", "POSIX"), ("LANG", "C.UTF-8")]),
    ] {
        let mut terminal = open(&home, args, variables);
        terminal.wait_for("18 hosts | 112 flows");
        add_host(&mut terminal, "extra01");
        terminal.wait_for("+ Hosts");
        for (key, title) in [("?", "+ Keys"), ("e", "+ Change host"), ("f", "+ Copy as"), (":", "+ Commands")]
        {
            terminal.send(key);
            terminal.wait_for(title);
            terminal.send(ESC);
            terminal.wait_gone(title);
        }
        terminal.send("2");
        terminal.wait_for("Rules | ");
        assert!(sent_only_ascii(&terminal.shown()), "{}", terminal.text());
        terminal.send("qd");
        assert_eq!(terminal.exit_code(), 0);
    }
}

#[test]
fn box_drawing_is_there_otherwise_and_on_the_linux_console() {
    let home = Home::new();
    for (variables, corner) in
        [(&[][..], "╭ Hosts"), (&[("TERM", "linux")], "┌ Hosts"), (&[("LANG", "")], "╭ Hosts")]
    {
        let mut terminal = open(&home, &[], variables);
        terminal.wait_for(corner);
        terminal.send("q");
        assert_eq!(terminal.exit_code(), 0);
    }
}

fn write_config(home: &Home, folder: &str, text: &str) {
    std::fs::create_dir_all(home.path(folder).join("portplan")).unwrap();
    std::fs::write(home.path(folder).join("portplan/config.ron"), text).unwrap();
}

#[test]
fn the_config_file_of_the_xdg_folder_is_in_force() {
    let home = Home::new();
    write_config(
        &home,
        "conf",
        "(theme: light, symbols: ascii, keys: {\"quit\": [\"F4\"], \"add-host\": [\"A\"]})",
    );
    let folder = home.path("conf").display().to_string();
    let mut terminal = open(&home, &[], &[("XDG_CONFIG_HOME", &folder)]);
    terminal.wait_for("+ Hosts");
    terminal.wait_for("A add");
    assert!(colours(&terminal.shown()).contains(&vt100::Color::Idx(4)));
    terminal.send("A");
    terminal.wait_for("Add host");
    terminal.send(ESC);
    terminal.wait_gone("Add host");
    // The old key is nobody's; the new one ends the program.
    terminal.send("q\x1bOS");
    assert_eq!(terminal.exit_code(), 0);
}

#[test]
fn a_broken_config_file_is_told_and_stops_nobody() {
    let home = Home::new();
    write_config(&home, ".config", "(\n    theme: drak,\n    keys: {\"quit\": [\"F4\"]},\n)\n");
    let mut terminal = Start::new(&home, &[]).open();
    let told = "there is no theme \"drak\"; did you mean \"dark\"?";
    let whole = |shown: &Shown| shown.text().replace(['\n', ' '], "");
    drop(terminal.wait("the whole message on the start screen", |shown| {
        let text = whole(shown);
        text.contains(&told.replace(' ', ""))
            && text.contains("config.ron:2:12:")
            && text.contains("thedefaultsholduntilthisismended:")
    }));
    // It waits for a key, and the key counts.
    terminal.send(ENTER);
    terminal.wait_gone("did you mean");
    terminal.wait_for("No host yet.");
    add_host(&mut terminal, "one");
    terminal.wait_for("1 host");
    terminal.send("qd");
    assert_eq!(terminal.exit_code(), 0);
}
