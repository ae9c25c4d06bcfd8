//! What the terminal shows: at every size, without colours, while nothing happens.

use std::time::Duration;

use super::harness::{Shown, Start, Terminal};
use super::{DOWN, ESC, add_host, with_databases};
use crate::cli::{Home, databases};

#[test]
fn every_size_is_drawn_and_80x24_comes_back_as_it_was() {
    let home = Home::new();
    let mut terminal = with_databases(&home);
    let before = terminal.text();
    assert!(before.contains("╭ Hosts") && before.contains("╭ Flows") && before.contains("╭ Why"), "{before}");

    terminal.resize(45, 160);
    drop(terminal.wait("all panes at 160x45", |shown| {
        let text = shown.text();
        let lines = text.lines().count();
        lines == 45 && ["╭ Hosts", "╭ Options", "╭ Flows", "╭ Why"].iter().all(|pane| text.contains(pane))
    }));

    terminal.resize(10, 40);
    drop(terminal.wait("hosts at 40x10", |shown| {
        shown.text().contains("▸vbr01")
            && shown.text().lines().count() == 10
            && !shown.text().contains("Options")
    }));

    terminal.resize(1, 1);
    drop(terminal.wait("something at 1x1", |shown| shown.text().chars().count() <= 1));

    terminal.resize(24, 80);
    drop(terminal.wait("the first screen again", |shown| shown.text() == before));
    terminal.send("q");
    assert_eq!(terminal.exit_code(), 0);
}

/// A window that shrinks and grows again before the next frame has lost what it showed, at the size it had.
#[test]
fn quick_changes_of_the_size_leave_a_whole_screen_in_every_dialog() {
    let home = Home::new();
    let mut terminal = with_databases(&home);
    for (open, title, close) in [
        ("", "Hosts", ""),
        ("a", "Add host", ESC),
        ("r", "Roles of", ESC),
        ("f", "Copy as", ESC),
        (":", "Commands", ESC),
        ("?", "Keys", ESC),
        ("S", "Save plan as", ESC),
        ("\x1b[200~new01\rno host here\x1b[201~", "Add these hosts?", ESC),
    ] {
        terminal.send(open);
        terminal.wait_for(title);
        let before = without_ends(&terminal.text());
        for (rows, columns) in
            [(1, 1), (24, 80), (2, 3), (45, 160), (6, 24), (24, 80), (1, 80), (24, 1)].repeat(4)
        {
            terminal.resize(rows, columns);
        }
        terminal.resize(24, 80);
        drop(terminal.wait(&format!("{title} as it was"), |shown| without_ends(&shown.text()) == before));
        // The terminal library can leave a key for later that comes in the same instant as a change of the size.
        while !terminal.is_silent_for(Duration::from_millis(300)) {}
        terminal.send(close);
        if !close.is_empty() {
            terminal.wait_gone(title);
        }
    }
    terminal.send("q");
    assert_eq!(terminal.exit_code(), 0);
}

/// Spaces at the end of a line look alike, whether they were written or never touched.
fn without_ends(text: &str) -> Vec<String> {
    text.lines().map(|line| line.trim_end().to_owned()).collect()
}

#[test]
fn keys_still_count_in_a_window_that_is_too_small() {
    let home = Home::new();
    let mut terminal = with_databases(&home);
    terminal.resize(2, 10);
    drop(terminal.wait("a word about the size", |shown| shown.text().starts_with("portplan\nneeds")));
    terminal.send("q");
    assert_eq!(terminal.exit_code(), 0);
}

/// Whether any cell of the screen has the property.
fn any_cell(shown: &Shown, holds: impl Fn(&vt100::Cell) -> bool) -> bool {
    let (rows, columns) = shown.screen().size();
    let mut places = (0..rows.get()).flat_map(|row| (0..columns.get()).map(move |column| (row, column)));
    places.any(|(row, column)| shown.screen().cell(row, column).is_some_and(&holds))
}

fn has_colour(shown: &Shown) -> bool {
    any_cell(shown, |cell| cell.fgcolor() != vt100::Color::Default || cell.bgcolor() != vt100::Color::Default)
}

/// The parameters of all SGR sequences that were ever sent.
fn sgr(raw: &[u8]) -> Vec<String> {
    let text = String::from_utf8_lossy(raw);
    let sequences = text.split("\x1b[").skip(1).filter_map(|rest| {
        let end = rest.find(|letter: char| !letter.is_ascii_digit() && letter != ';')?;
        let (parameters, rest) = rest.split_at(end);
        rest.starts_with('m').then(|| parameters.to_owned())
    });
    sequences.collect()
}

/// Whether a sequence chooses a colour; 39 and 49 go back to the terminal's own.
fn chooses_colour(parameters: &str) -> bool {
    let mut numbers = parameters.split(';').filter_map(|number| number.parse::<u8>().ok());
    numbers.any(|number| matches!(number, 30..=38 | 40..=48 | 90..=97 | 100..=107))
}

fn plain(home: &Home, variables: &[(&str, &str)]) -> Terminal {
    std::fs::copy(databases(), home.path("db.ron")).unwrap();
    let mut terminal = Start { variables, ..Start::new(home, &["db.ron"]) }.open();
    terminal.wait_for("18 hosts · 112 flows");
    // Additions, doubts and a message: everything that has a colour elsewhere.
    add_host(&mut terminal, "extra01");
    terminal
}

#[test]
fn an_ordinary_terminal_has_colours() {
    let home = Home::new();
    let terminal = plain(&home, &[]);
    assert!(has_colour(&terminal.shown()));
    assert!(sgr(&terminal.shown().raw).iter().any(|parameters| chooses_colour(parameters)));
}

#[test]
fn no_color_leaves_bold_and_reverse_only() {
    let home = Home::new();
    for variables in [&[("NO_COLOR", "1")][..], &[("TERM", "dumb")]] {
        let mut terminal = plain(&home, variables);
        let shown = terminal.shown();
        let coloured: Vec<String> = sgr(&shown.raw).into_iter().filter(|all| chooses_colour(all)).collect();
        assert_eq!(coloured, Vec::<String>::new(), "{variables:?}");
        assert!(any_cell(&shown, vt100::Cell::inverse), "the selection must be seen");
        assert!(any_cell(&shown, vt100::Cell::bold), "titles must be seen");
        drop(shown);
        terminal.send("qd");
        assert_eq!(terminal.exit_code(), 0);
    }
}

#[test]
fn nothing_is_written_while_nothing_happens() {
    let home = Home::new();
    let mut terminal = with_databases(&home);
    add_host(&mut terminal, "extra01");
    // The message goes by itself; that is the last thing to be drawn.
    terminal.wait_gone("add extra01");
    assert!(terminal.is_silent_for(Duration::from_millis(1500)), "{}", terminal.text());
}

/// The frames, of all that were ever sent, after which the screen is as it was before.
fn needless_frames(shown: &Shown) -> Vec<String> {
    let (rows, columns) = shown.screen().size();
    let mut parser = vt100::Parser::new(rows, columns, 0);
    let mut needless = Vec::new();
    for frame in String::from_utf8_lossy(&shown.raw).split_inclusive("\x1b[?2026l") {
        let before = parser.screen().state_formatted();
        parser.process(frame.as_bytes());
        if frame.ends_with("\x1b[?2026l") && before == parser.screen().state_formatted() {
            needless.push(frame.to_owned());
        }
    }
    needless
}

#[test]
fn what_changes_nothing_writes_nothing() {
    let home = Home::new();
    let mut terminal = with_databases(&home);
    // The cursor is at the top already, and nothing stands behind an Escape here.
    terminal.send("\x1b[A\x1b[A");
    assert!(terminal.is_silent_for(Duration::from_millis(300)), "{}", terminal.text());
    terminal.send(ESC);
    assert!(terminal.is_silent_for(Duration::from_millis(300)), "{}", terminal.text());
    // The time of the first message ends while the second one stands there.
    add_host(&mut terminal, "extra01");
    add_host(&mut terminal, "extra02");
    terminal.wait_gone("add extra02");
    assert_eq!(needless_frames(&terminal.shown()), Vec::<String>::new());
    // All of it was heard.
    let before = terminal.shown().raw.len();
    terminal.send(DOWN);
    drop(terminal.wait("the cursor moves", |shown| shown.raw.len() > before));
}

#[test]
fn a_size_that_changes_while_the_program_starts_is_seen() {
    let home = Home::new();
    std::fs::copy(databases(), home.path("db.ron")).unwrap();
    // Tiling window managers do this; several tries, since the moment is short.
    for _ in 0..8 {
        let terminal = Start::new(&home, &["db.ron"]).open();
        drop(terminal.wait("the first bytes of a frame", |shown| shown.screen().alternate_screen()));
        terminal.resize(45, 160);
        terminal.wait_for("╭ Options");
    }
}
