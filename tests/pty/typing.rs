//! Keys and pasted text: nothing is lost, nothing does more than it should.

use super::endings::signal;
use super::harness::start;
use super::{ENTER, ESC, add_host, with_databases};
use crate::cli::Home;

#[test]
fn a_paste_goes_into_the_field_and_runs_no_command() {
    let home = Home::new();
    let mut terminal = start(&home, &["new.ron"]);
    terminal.wait_for("0 hosts");
    terminal.send("a");
    terminal.wait_for("Add host");
    terminal.send("\x1b[200~quiet-host-01\nq\x1b[201~");
    terminal.wait_for("quiet-host-01 q");
    terminal.send("\x7f\x7f");
    terminal.send(ENTER);
    terminal.wait_for("add quiet-host-01");
    terminal.wait_for("1 host · ");
}

#[test]
fn a_paste_where_nothing_takes_text_runs_no_command() {
    let home = Home::new();
    let mut terminal = with_databases(&home);
    terminal.send("f");
    terminal.wait_for("Copy as");
    terminal.send("\x1b[200~xxq\x1b[201~");
    terminal.wait_for("nothing here takes pasted text");
    terminal.wait_for("18 hosts · 112 flows");
    terminal.send(ESC);
    terminal.wait_gone("Copy as");
    terminal.send("q");
    assert_eq!(terminal.exit_code(), 0, "nothing was deleted, so nothing is asked");
}

#[test]
fn typing_ahead_loses_no_key() {
    let home = Home::new();
    let mut terminal = start(&home, &["new.ron"]);
    terminal.wait_for("0 hosts");
    let name = "a-long-name-that-somebody-types-very-fast-0123456789";
    // The whole of it in one write: command, text, command, and the same again.
    terminal.send(&format!("a{name}{ENTER}a{name}x{ENTER}"));
    terminal.wait_for("2 hosts");
    terminal.send("s");
    terminal.wait_for("saved");
    let saved = home.read("new.ron");
    assert!(saved.contains(&format!("\"{name}\"")) && saved.contains(&format!("\"{name}x\"")), "{saved}");
}

#[test]
fn escape_alone_clears_the_search() {
    let home = Home::new();
    let mut terminal = with_databases(&home);
    terminal.send("/gip01 22");
    terminal.wait_for(" of 112");
    assert!(terminal.text().contains("/ gip01 22"), "{}", terminal.text());
    terminal.send(ESC);
    terminal.wait_gone(" of 112");
    assert!(!terminal.text().contains("gip01 22"), "{}", terminal.text());
    terminal.send("q");
    assert_eq!(terminal.exit_code(), 0);
}

#[test]
fn letters_beyond_ascii_arrive_whole() {
    let home = Home::new();
    let mut terminal = start(&home, &["new.ron"]);
    terminal.wait_for("0 hosts");
    // A letter may come in pieces over a slow link.
    terminal.send("amünchen-");
    terminal.wait_for("münchen-");
    terminal.send("日本");
    terminal.send(ENTER);
    terminal.wait_for("add münchen-日本");
}

#[test]
fn leaving_with_unsaved_changes_asks() {
    let home = Home::new();
    let mut terminal = with_databases(&home);
    let before = home.read("db.ron");
    add_host(&mut terminal, "extra01");
    terminal.send("q");
    terminal.wait_for("not saved");
    terminal.send(ESC);
    terminal.wait_gone("Not saved");
    terminal.wait_for("19 hosts");
    terminal.send("q");
    terminal.wait_for("Not saved");
    terminal.send("d");
    assert_eq!(terminal.exit_code(), 0);
    assert_eq!(home.read("db.ron"), before, "discarding must not write");
}

#[test]
fn leaving_can_save_first() {
    let home = Home::new();
    let mut terminal = with_databases(&home);
    add_host(&mut terminal, "extra01");
    terminal.send("q");
    terminal.wait_for("Not saved");
    terminal.send("s");
    assert_eq!(terminal.exit_code(), 0);
    assert!(home.read("db.ron").contains("\"extra01\""));
}

#[test]
fn ctrl_c_asks_as_quitting_does() {
    let home = Home::new();
    let mut terminal = with_databases(&home);
    add_host(&mut terminal, "extra01");
    terminal.send("\x03");
    terminal.wait_for("Not saved");
    terminal.send("d");
    assert_eq!(terminal.exit_code(), 0);
}

#[test]
fn a_missing_file_is_a_new_plan_of_that_name() {
    let home = Home::new();
    let mut terminal = start(&home, &["berlin.ron"]);
    terminal.wait_for("portplan  berlin");
    add_host(&mut terminal, "vbr01");
    terminal.send("s");
    terminal.wait_for("saved");
    assert!(home.read("berlin.ron").contains("name: \"berlin\""));
}

/// A key that comes together with a change of the size, or with a signal, is taken at once and not with the next key.
#[test]
fn a_key_beside_a_change_of_the_size_is_not_left_behind() {
    let home = Home::new();
    let mut terminal = with_databases(&home);
    terminal.send("/");
    terminal.wait_for("Esc clear");
    for round in 0..300_u16 {
        for rows in [23, 24] {
            terminal.resize(rows, 80);
        }
        if round % 2 == 0 {
            terminal.send("q");
            terminal.wait_for("/ q ");
        } else {
            terminal.send("\x7f");
            terminal.wait_gone("/ q ");
        }
    }
}

/// Both are there when the program goes on.
#[test]
fn a_key_beside_a_stop_and_its_end_is_not_left_behind() {
    let home = Home::new();
    let mut terminal = with_databases(&home);
    let process = terminal.process().to_string();
    for _ in 0..20 {
        signal("STOP", &process);
        terminal.send("?");
        signal("CONT", &process);
        terminal.wait_for("Everywhere");
        signal("STOP", &process);
        terminal.resize(30, 90);
        terminal.send(ESC);
        signal("CONT", &process);
        terminal.wait_gone("Everywhere");
        terminal.resize(24, 80);
        drop(terminal.wait("24 lines", |shown| shown.text().lines().count() == 24));
    }
}

/// More than the terminal library reads at once.
#[test]
fn a_long_text_without_marks_arrives_to_its_last_letter() {
    let home = Home::new();
    let mut terminal = with_databases(&home);
    terminal.send("S");
    terminal.wait_for("Save");
    terminal.send(&format!("{}END", "x".repeat(2600)));
    terminal.wait_for("xxxEND");
}
