//! The plain view: the snippet on the ordinary screen, for selecting with the mouse.

use std::process::Command;
use std::time::Duration;

use super::with_variables;
use crate::cli::{Home, PROGRAM, databases, finish};
use crate::pty::harness::{Shown, Terminal};
use crate::pty::{ENTER, ESC, with_databases};

const CLOSING: &str = "[portplan] Select the text above with the mouse. Enter goes back.";

/// Opens the plain view of the first host's rules; gives the text that must stand there.
fn open(home: &Home, terminal: &mut Terminal) -> String {
    terminal.send("2");
    terminal.wait_for("Rules");
    terminal.send("p");
    terminal.wait_for(CLOSING);
    home.output(&["snippet", "db.ron", "--format", "powershell", "--host", "vbr01"])
}

/// What was written since the planner left the screen the last time.
fn written(shown: &Shown) -> String {
    let raw = String::from_utf8_lossy(&shown.raw).into_owned();
    raw.rsplit_once("\x1b[?1049l").map(|(_, rest)| rest.to_owned()).unwrap_or_default()
}

#[test]
fn it_is_the_text_and_nothing_else_on_the_ordinary_screen() {
    let home = Home::new();
    let mut terminal = with_databases(&home);
    let printed = open(&home, &mut terminal);
    let shown = terminal.shown();
    assert!(!shown.screen().alternate_screen() && !shown.screen().hide_cursor());
    let text = written(&shown);
    let text = text.strip_prefix("\x1b[?25h").expect("the cursor is shown and nothing else is switched");
    assert_eq!(text, format!("\r\n{}\r\n{CLOSING}\r\n", printed.replace('\n', "\r\n")));
    drop(shown);
    for back in [ENTER, ESC, "q"] {
        terminal.send(back);
        drop(terminal.wait("the planner", |shown| shown.screen().alternate_screen()));
        terminal.wait_for("Rules");
        terminal.wait_for("t target");
        terminal.send("p");
        terminal.wait_for(CLOSING);
    }
    terminal.send(ENTER);
    terminal.wait_for("t target");
    terminal.send("q");
    assert_eq!(terminal.exit_code(), 0);
    assert!(terminal.text().contains(CLOSING), "the text is still there after the program");
}

#[test]
fn keys_and_pasted_text_do_nothing_there_and_a_new_size_is_taken_in_afterwards() {
    let home = Home::new();
    let mut terminal = with_databases(&home);
    open(&home, &mut terminal);
    assert!(terminal.shown().screen().bracketed_paste(), "pasted text must not be taken for keys");
    terminal.send("xa?\x1b[200~q\r\x1b[201~");
    terminal.resize(40, 150);
    assert!(terminal.is_silent_for(Duration::from_millis(300)), "{}", terminal.text());
    terminal.send(ENTER);
    terminal.wait_for("18 hosts · 112 flows");
    let wide = |shown: &Shown| shown.text().lines().any(|line| line.chars().count() > 140);
    drop(terminal.wait("the new size", wide));
    terminal.send("q");
    assert_eq!(terminal.exit_code(), 0);
}

#[test]
fn a_signal_there_gives_the_terminal_back_and_leaves_the_text() {
    let home = Home::new();
    let mut terminal = with_databases(&home);
    open(&home, &mut terminal);
    let process = terminal.process().to_string();
    assert!(Command::new("sh").args(["-c", "kill -TERM \"$0\"", &process]).status().unwrap().success());
    assert_eq!(terminal.exit_code(), 143);
    let shown = terminal.shown();
    assert!(!shown.screen().alternate_screen() && !shown.screen().hide_cursor());
    assert!(!shown.screen().bracketed_paste(), "bracketed paste is still on");
    let after = written(&shown).split_once(CLOSING).unwrap().1.to_owned();
    assert!(!after.contains("\x1b[?1049"), "leaving the other screen twice moves the cursor: {after:?}");
}

#[test]
fn it_opens_from_the_dialog_and_after_a_failed_copy() {
    let home = Home::new();
    let mut terminal = with_variables(&home, &[]);
    terminal.send("f");
    terminal.wait_for("Copy as");
    terminal.send("p");
    terminal.wait_for(CLOSING);
    terminal.send(ENTER);
    terminal.wait_for("Copy as");
    terminal.send(ESC);
    terminal.wait_gone("Copy as");
    terminal.send("q");
    assert_eq!(terminal.exit_code(), 0);
}

/// tmux knows which lines it wrapped: what is selected there has the lines of the snippet.
#[test]
fn in_tmux_the_lines_are_whole_and_all_of_them_can_be_scrolled_to() {
    let home = Home::new();
    std::fs::copy(databases(), home.path("db.ron")).unwrap();
    let socket = home.path("tmux.socket").display().to_string();
    let tmux = |args: &[&str]| {
        finish(home.command("tmux", &[&["-S", &socket, "-f", "/dev/null"], args].concat())).out
    };
    tmux(&["new-session", "-d", "-x", "80", "-y", "24", PROGRAM, "db.ron"]);
    let wait_for = |text: &str| {
        let deadline = std::time::Instant::now() + crate::cli::PATIENCE;
        while !tmux(&["capture-pane", "-p"]).contains(text) {
            assert!(std::time::Instant::now() < deadline, "no {text} in\n{}", tmux(&["capture-pane", "-p"]));
            std::thread::sleep(Duration::from_millis(10));
        }
    };
    wait_for("18 hosts · 112 flows");
    tmux(&["send-keys", "2"]);
    wait_for("Rules");
    tmux(&["send-keys", "p"]);
    wait_for(CLOSING);
    // A terminal fills lines with blanks, which selecting leaves out.
    let trimmed = |text: &str| text.lines().map(|line| line.trim_end().to_owned()).collect::<Vec<_>>();
    let all = trimmed(&tmux(&["capture-pane", "-pJ", "-S", "-"]));
    let printed = home.output(&["snippet", "db.ron", "--format", "powershell", "--host", "vbr01"]);
    let printed = trimmed(&printed);
    assert_eq!(
        all.iter().skip_while(|line| line.is_empty()).take(printed.len()).collect::<Vec<_>>(),
        printed.iter().collect::<Vec<_>>()
    );
    tmux(&["kill-server"]);
}

#[test]
fn nothing_that_a_terminal_could_obey_reaches_it() {
    use portplan::host::harmless::{line, lines};
    assert_eq!(lines("a\n\tb\r\nc"), "a\r\n\tb\r\nc\r\n");
    assert_eq!(lines("a\x1b]0;x\x07\u{9b}2J\rb\n"), "a\\u{1b}]0;x\\u{7}\\u{9b}2J\\u{d}b\r\n");
    assert_eq!(line("a\n\u{202e}é ✓\u{7f}"), "a\\u{a}\\u{202e}é ✓\\u{7f}");
}
