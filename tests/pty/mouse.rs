//! The mouse, as a terminal reports it.

use super::endings::modes_left;
use super::harness::{Shown, Terminal};
use super::{ENTER, ESC, TAB, with_databases};
use crate::cli::Home;

/// Where a text begins: column and row from 0.
fn place(shown: &Shown, text: &str) -> (u16, u16) {
    let (rows, columns) = shown.screen().size();
    let wanted: Vec<String> = text.chars().map(String::from).collect();
    let symbol = |row, column| {
        shown.screen().cell(row, column).map_or(String::new(), |cell| cell.contents().to_owned())
    };
    let here = |row: u16, column: u16| {
        (column..).zip(&wanted).all(|(column, letter)| {
            let found = symbol(row, column);
            found == *letter || (found.is_empty() && letter == " ")
        })
    };
    let mut places = (0..rows.get()).flat_map(|row| (0..columns.get()).map(move |column| (column, row)));
    places
        .find(|(column, row)| here(*row, *column))
        .unwrap_or_else(|| panic!("no {text} in\n{}", shown.text()))
}

fn report(button: u8, (column, row): (u16, u16), end: char) -> String {
    format!("\x1b[<{button};{};{}{end}", column + 1, row + 1)
}

fn click_bytes(place: (u16, u16)) -> String {
    report(0, place, 'M') + &report(0, place, 'm')
}

fn click(terminal: &mut Terminal, text: &str) {
    let place = place(&terminal.shown(), text);
    terminal.send(&click_bytes(place));
}

fn wide(home: &Home) -> Terminal {
    let terminal = with_databases(home);
    terminal.resize(45, 160);
    drop(
        terminal
            .wait("all panes", |shown| shown.text().contains("╭ Options") && shown.text().contains("╭ Why")),
    );
    terminal
}

#[test]
fn only_buttons_wheel_and_drags_are_asked_for() {
    let home = Home::new();
    let terminal = with_databases(&home);
    assert_eq!(modes_left(&terminal.shown().raw), ["1049", "2004", "1000", "1002", "1006"]);
}

#[test]
fn a_click_selects_a_double_click_opens_and_the_wheel_scrolls() {
    let home = Home::new();
    let mut terminal = wide(&home);
    click(&mut terminal, "gip01         W");
    terminal.wait_for("▸gip01");
    let row = place(&terminal.shown(), "gip01         W");
    let twice = click_bytes(row) + &click_bytes(row);
    terminal.send(&twice);
    terminal.wait_for("Change host");
    terminal.send(ESC);
    terminal.wait_gone("Change host");
    let flows = place(&terminal.shown(), "Proto");
    let before = terminal.text();
    terminal.send(&report(65, (flows.0, flows.1 + 5), 'M').repeat(4));
    drop(terminal.wait("the flows scrolled", |shown| shown.text() != before));
    terminal.wait_for("▸gip01");
    terminal.send(&report(64, (flows.0, flows.1 + 5), 'M').repeat(4));
    let first = |text: &str| text.lines().nth(4).unwrap_or_default().chars().skip(50).collect::<String>();
    drop(terminal.wait("the second flow in its place", |shown| first(&shown.text()) == first(&before)));
}

#[test]
fn the_box_of_an_option_and_a_key_of_the_last_line_answer() {
    let home = Home::new();
    let mut terminal = wide(&home);
    let (column, row) = place(&terminal.shown(), "□ MongoDB");
    terminal.send(&click_bytes((column, row)));
    terminal.wait_for("MongoDB on");
    drop(terminal.wait("a box that is on", |shown| shown.text().contains("■ MongoDB")));
    terminal.send("k");
    terminal.wait_for("/ search");
    click(&mut terminal, "/ search");
    terminal.wait_for("Enter keep");
    terminal.send("gip01");
    terminal.wait_for("/ gip01");
}

#[test]
fn the_border_between_the_columns_is_dragged() {
    let home = Home::new();
    let mut terminal = wide(&home);
    let border = place(&terminal.shown(), "╮╭ Flows");
    let at = |column: u16| (column, border.1 + 4);
    terminal.send(&(report(0, at(border.0), 'M') + &report(32, at(70), 'M') + &report(0, at(70), 'm')));
    drop(terminal.wait("a wide column", |shown| {
        shown
            .text()
            .lines()
            .nth(1)
            .is_some_and(|line| line.chars().position(|letter| letter == '╮') == Some(70))
    }));
    terminal.send("q");
    assert_eq!(terminal.exit_code(), 0);
}

#[test]
fn a_key_gives_the_mouse_to_the_terminal_and_takes_it_back() {
    let home = Home::new();
    let mut terminal = wide(&home);
    terminal.send("M");
    terminal.wait_for("mouse released: select text");
    terminal.wait_for("mouse released · 2025-12");
    assert_eq!(modes_left(&terminal.shown().raw), ["1049", "2004"]);
    terminal.send("M");
    terminal.wait_for("the mouse works in portplan again");
    assert_eq!(modes_left(&terminal.shown().raw), ["1049", "2004", "1000", "1002", "1006"]);
    terminal.send("M");
    terminal.wait_for("mouse released · 2025-12");
    terminal.send("q");
    assert_eq!(terminal.exit_code(), 0);
    assert_eq!(modes_left(&terminal.shown().raw), Vec::<String>::new());
}

/// Two keys that give the flows the whole screen, and a click into them, all in one piece.
#[test]
fn a_click_behind_keys_meets_what_the_keys_brought() {
    let home = Home::new();
    let mut terminal = with_databases(&home);
    terminal.send(&format!("{TAB}{TAB}{}", click_bytes((5, 6))));
    drop(terminal.wait("the flow that was clicked", |shown| {
        let text = shown.text();
        !text.contains("╭ Hosts") && text.lines().nth(6).is_some_and(|line| line.starts_with("│▸"))
    }));
}

/// Reports that arrive in one piece are each about the screen that the one before left.
#[test]
fn clicks_that_come_together_meet_what_is_on_the_screen() {
    let home = Home::new();
    let mut terminal = wide(&home);
    let row = place(&terminal.shown(), "gip01         W");
    let outside = click_bytes((row.0, row.1 + 2));
    terminal.send(&(click_bytes(row) + &click_bytes(row) + &outside));
    terminal.wait_for("Change host");
    terminal.send("x");
    terminal.wait_for("gip01x");
    terminal.send(ENTER);
    terminal.wait_for("rename gip01 to gip01x");
}
