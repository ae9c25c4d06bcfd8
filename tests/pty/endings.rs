//! However the program ends, the terminal is as it was, and scripts get the code they expect.

use std::fs;
use std::path::Path;
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
    fs::copy(databases(), home.path("db.ron")).unwrap();
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
    assert_eq!(screen.mouse_protocol_mode(), vt100::MouseProtocolMode::None, "the mouse is still taken");
    let (on, off) = (switches(&shown.raw, 'h'), switches(&shown.raw, 'l'));
    assert_eq!(on, ["1049", "2004", "1000", "1002", "1006"]);
    assert_eq!(off, on.into_iter().rev().collect::<Vec<_>>(), "modes go the other way round");
}

/// Every mode that was switched, with how it was switched, in order; what each frame does is left out.
fn all_switches(raw: &[u8]) -> Vec<(String, char)> {
    let text = String::from_utf8_lossy(raw);
    let modes = text.split("\x1b[?").skip(1).filter_map(|rest| {
        let end = rest.find(['h', 'l'])?;
        let (mode, rest) = rest.split_at(end);
        Some((mode.to_owned(), rest.chars().next()?))
    });
    modes.filter(|(mode, _)| !matches!(mode.as_str(), "25" | "2026")).collect()
}

fn switches(raw: &[u8], how: char) -> Vec<String> {
    all_switches(raw).into_iter().filter(|(_, switch)| *switch == how).map(|(mode, _)| mode).collect()
}

/// The modes that are still on after all this output, in the order in which they were switched on.
pub fn modes_left(raw: &[u8]) -> Vec<String> {
    let mut left: Vec<String> = Vec::new();
    for (mode, switch) in all_switches(raw) {
        left.retain(|known| *known != mode);
        if switch == 'h' {
            left.push(mode);
        }
    }
    left
}

pub fn signal(name: &str, process: &str) {
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
    for (name, code) in [("TERM", 143), ("INT", 130), ("HUP", 129)] {
        let home = Home::new();
        let terminal = from_shell(&home);
        signal(name, home.read("pid").trim());
        assert_given_back(terminal, code);
    }
}

/// The terminal library fails on a report of column 0, which no terminal sends, where overflows are looked for.
#[cfg(debug_assertions)]
#[test]
fn after_a_panic_the_terminal_is_as_before_and_shows_why() {
    let home = Home::new();
    let mut terminal = from_shell(&home);
    terminal.send("\x1b[<0;0;0M");
    terminal.wait_for("code 101");
    assert!(
        terminal.text().contains("panicked at"),
        "the reason stands where the shell is: {}",
        terminal.text()
    );
    assert_given_back(terminal, 101);
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

/// The parent keeps hang-ups away and waits: no signal comes, and the terminal library would never come back.
#[test]
fn a_terminal_that_vanishes_without_a_signal_ends_the_program() {
    let home = Home::new();
    fs::copy(databases(), home.path("db.ron")).unwrap();
    let script = r#"trap '' HUP; "$@"; echo "code $?" > end; times >> end"#;
    let args = ["-c", script, "sh", PROGRAM, "db.ron"];
    let mut terminal = Start { program: "sh", ..Start::new(&home, &args) }.open();
    terminal.wait_for("18 hosts · 112 flows");
    terminal.hang_up();
    assert!(home.read("end").starts_with("code 129\n"), "{}", home.read("end"));
}

#[test]
fn a_program_outside_the_terminals_session_ends_with_the_terminal() {
    let home = Home::new();
    fs::copy(databases(), home.path("db.ron")).unwrap();
    let script = r#"setsid -w sh -c 'echo $$ > pid; exec "$@"' sh "$@"; sleep 60"#;
    let args = ["-c", script, "sh", PROGRAM, "db.ron"];
    let mut terminal = Start { program: "sh", ..Start::new(&home, &args) }.open();
    terminal.wait_for("18 hosts · 112 flows");
    let process = Path::new("/proc").join(home.read("pid").trim());
    assert!(process.exists());
    terminal.hang_up();
    let deadline = Instant::now() + PATIENCE;
    while process.exists() {
        assert!(Instant::now() < deadline, "the program outlives its terminal");
        thread::sleep(Duration::from_millis(5));
    }
}

/// Writing fails first where the terminal goes in the middle of a frame.
#[test]
fn a_terminal_that_vanishes_while_frames_are_drawn_ends_the_program_alike() {
    for _ in 0..5 {
        let home = Home::new();
        let mut terminal = with_databases(&home);
        terminal.send(&"?".repeat(60));
        assert_eq!(terminal.hang_up(), 129);
    }
}

/// Clock ticks that the process has used.
fn processor_time(process: u32) -> u64 {
    let stat = fs::read_to_string(format!("/proc/{process}/stat")).unwrap();
    let fields: Vec<&str> = stat.rsplit(") ").next().unwrap().split(' ').collect();
    fields[11].parse::<u64>().unwrap() + fields[12].parse::<u64>().unwrap()
}

#[test]
fn waiting_takes_no_processor_time() {
    let home = Home::new();
    let terminal = with_databases(&home);
    let before = processor_time(terminal.process());
    assert!(terminal.is_silent_for(Duration::from_secs(2)));
    let used = processor_time(terminal.process()) - before;
    assert!(used <= 4, "{used} of 200 ticks");
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
