//! However the program ends, the terminal is as it was, and scripts get the code they expect.

use std::process::Command;
use std::thread;
use std::time::{Duration, Instant};

use super::harness::{Start, Terminal, start};
use super::with_databases;
use crate::cli::{Home, PATIENCE, PROGRAM, databases};

/// Says after the program's end whether the terminal's own settings are as before, and with which code it ended.
const AROUND: &str = r#"
    before=$(stty -g)
    sh -c 'echo $$ > pid; exec "$@"' sh "$@"
    code=$?
    if [ "$before" = "$(stty -g)" ]; then echo "settings as before"; else echo "settings changed"; fi
    echo "code $code"
"#;

/// The planner started from a shell, as users do.
fn from_shell(home: &Home) -> Terminal {
    std::fs::copy(databases(), home.path("db.ron")).unwrap();
    let args = ["-c", AROUND, "sh", PROGRAM, "db.ron"];
    let terminal = Start { program: "sh", ..Start::new(home, &args) }.open();
    terminal.wait_for("18 hosts · 112 flows");
    let shown = terminal.shown();
    assert!(shown.screen().alternate_screen() && shown.screen().bracketed_paste());
    drop(shown);
    terminal
}

/// The terminal must be given back, and the shell must have seen this code.
fn assert_given_back(mut terminal: Terminal, code: u32) {
    assert_eq!(terminal.exit_code(), 0);
    let shown = terminal.shown();
    let (screen, text) = (shown.screen(), shown.text());
    assert!(text.contains(&format!("code {code}")), "{text}");
    assert!(text.contains("settings as before"), "{text}");
    assert!(!text.contains("Hosts"), "the planner is still on the screen:\n{text}");
    assert!(!screen.alternate_screen(), "the alternate screen is still on");
    assert!(!screen.hide_cursor(), "the cursor is still hidden");
    assert!(!screen.bracketed_paste(), "bracketed paste is still on");
}

fn signal(name: &str, process: &str) {
    let status = Command::new("sh").args(["-c", "kill -\"$0\" \"$1\"", name, process]).status();
    assert!(status.unwrap().success());
}

#[test]
fn after_quitting_the_terminal_is_as_before() {
    let home = Home::new();
    let mut terminal = from_shell(&home);
    terminal.send("q");
    assert_given_back(terminal, 0);
}

#[test]
fn after_a_signal_the_terminal_is_as_before() {
    for (name, code) in [("TERM", 143), ("INT", 130)] {
        let home = Home::new();
        let terminal = from_shell(&home);
        signal(name, home.read("pid").trim());
        assert_given_back(terminal, code);
    }
}

#[test]
fn a_hang_up_as_a_signal_ends_the_program() {
    let home = Home::new();
    let mut terminal = with_databases(&home);
    signal("HUP", &terminal.process().to_string());
    assert_eq!(terminal.exit_code(), 129);
}

#[test]
fn a_link_that_drops_ends_the_program() {
    let home = Home::new();
    let mut terminal = with_databases(&home);
    let start = Instant::now();
    assert_eq!(terminal.hang_up(), 129);
    assert!(start.elapsed() < PATIENCE / 4, "it took {:?}", start.elapsed());
}

#[test]
fn a_signal_ends_the_program_although_the_terminal_hangs() {
    let home = Home::new();
    let mut terminal = with_databases(&home);
    terminal.freeze();
    // Help on, help off, until nothing more fits into the terminal's buffer and the program waits for room. A key
    // that comes too early for a frame of its own only makes the buffer a little less full.
    for _ in 0..200 {
        terminal.send("?");
        thread::sleep(Duration::from_millis(2));
    }
    signal("TERM", &terminal.process().to_string());
    assert_eq!(terminal.end(), 143);
}

#[test]
fn a_broken_plan_leaves_the_terminal_untouched() {
    let home = Home::new();
    home.write("broken.ron", "(\n    format: 1,\n    name: 7,\n)\n");
    let mut terminal = start(&home, &["broken.ron"]);
    assert_eq!(terminal.exit_code(), 2);
    let shown = terminal.shown();
    assert!(shown.text().contains("portplan: broken.ron:3:11: "), "{}", shown.text());
    assert!(!shown.raw.contains(&0x1b), "no escape sequence may be sent: {}", shown.text());
}
