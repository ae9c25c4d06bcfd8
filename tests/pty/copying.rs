//! Copying inside tmux and GNU screen, and what the program promises about it.

mod desktop;
mod plain;
mod ssh;
mod tmux;

use std::fs::Permissions;
use std::os::unix::fs::PermissionsExt;

use portplan::snippets::Target;

use super::harness::{Start, Terminal, clipboard_texts};
use super::{DOWN, ENTER, TAB, with_databases};
use crate::cli::{Home, PROGRAM, databases, finish};

/// The text of the first flow's snippet, as the command line writes it, without the words for the selection.
fn first_flow(home: &Home) -> Vec<String> {
    let search = ["--search", "from:vbr01 to:gip01 port:6190"];
    lines(&home.output(&[&["snippet", "db.ron", "--format", "powershell"], &search[..]].concat()))
}

fn lines(text: &str) -> Vec<String> {
    text.lines().filter(|line| !line.starts_with("# Scope: ")).map(str::to_owned).collect()
}

/// A session of GNU screen that ends with the test.
struct Screen<'a> {
    home: &'a Home,
    folder: String,
}

impl<'a> Screen<'a> {
    fn new(home: &'a Home) -> Self {
        // screen wants the folder of its sockets to itself.
        let folder = home.path("screen");
        std::fs::create_dir(&folder).unwrap();
        std::fs::set_permissions(&folder, Permissions::from_mode(0o700)).unwrap();
        home.write("screenrc", "startup_message off\n");
        Self { home, folder: folder.display().to_string() }
    }

    fn open(&self) -> Terminal {
        let args = ["-U", "-S", "test", "-c", "screenrc", PROGRAM, "db.ron"];
        let variables = [("SCREENDIR", self.folder.as_str())];
        Start { program: "screen", variables: &variables, ..Start::new(self.home, &args) }.open()
    }
}

impl Drop for Screen<'_> {
    fn drop(&mut self) {
        let mut quit = self.home.command("screen", &["-S", "test", "-X", "quit"]);
        quit.env("SCREENDIR", &self.folder);
        finish(quit);
    }
}

#[test]
fn through_screen_a_copy_reaches_the_terminal_outside_whole() {
    let home = Home::new();
    std::fs::copy(databases(), home.path("db.ron")).unwrap();
    let screen = Screen::new(&home);
    let mut terminal = screen.open();
    terminal.wait_for("112 flows");
    terminal.send("/from:vbr01 to:gip01 port:6190");
    terminal.wait_for("1 of 112");
    terminal.send(ENTER);
    terminal.wait_for("y copy");
    terminal.send("y");
    terminal.wait_for("sent through screen, which gives no answer: paste to check (w file, p plain)");
    let copies = clipboard_texts(&terminal.shown().raw);
    assert_eq!(copies.iter().map(|text| lines(text)).collect::<Vec<_>>(), [first_flow(&home)]);
    terminal.send("q");
    assert_eq!(terminal.exit_code(), 0);
}

#[test]
fn a_message_admits_that_the_terminal_gives_no_answer() {
    let home = Home::new();
    let mut terminal = with_databases(&home);
    terminal.send("y");
    terminal.wait_for("sent to the terminal, which gives no answer: paste to check (w file, p plain)");
    terminal.resize(24, 160);
    terminal.wait_for("(w file, p plain) · Windows PowerShell for host vbr01, inbound, ");
    terminal.send("q");
    assert_eq!(terminal.exit_code(), 0);
}

#[test]
fn every_copy_is_the_whole_text_of_its_scope() {
    let home = Home::new();
    let mut terminal = with_databases(&home);
    let printed = copy_rules(&home, &mut terminal);
    terminal.wait_for("sent to the terminal");
    assert_eq!(clipboard_texts(&terminal.shown().raw), [printed]);
    terminal.send(&format!("f{ENTER}"));
    drop(terminal.wait("a second copy", |shown| clipboard_texts(&shown.raw).len() == 2));
    terminal.send("q");
    assert_eq!(terminal.exit_code(), 0);
}

/// Copies the rules of the first host; gives what must arrive.
fn copy_rules(home: &Home, terminal: &mut Terminal) -> String {
    terminal.send("2");
    terminal.wait_for("Rules");
    terminal.send("y");
    home.output(&["snippet", "db.ron", "--format", "powershell", "--host", "vbr01"])
}

/// The planner with a copy of the sample, and with these variables.
fn with_variables(home: &Home, variables: &[(&str, &str)]) -> Terminal {
    with_arguments(home, &["db.ron"], variables)
}

fn with_arguments(home: &Home, args: &[&str], variables: &[(&str, &str)]) -> Terminal {
    std::fs::copy(databases(), home.path("db.ron")).unwrap();
    let terminal = Start { variables, ..Start::new(home, args) }.open();
    terminal.wait_for("18 hosts · 112 flows");
    terminal
}

/// A program that does what a script says; gives a search path on which it is the first of its name.
fn fake(home: &Home, name: &str, script: &str) -> String {
    std::fs::create_dir(home.path("bin")).unwrap();
    let program = home.write(&format!("bin/{name}"), &format!("#!/bin/sh\n{script}\n"));
    std::fs::set_permissions(program, Permissions::from_mode(0o755)).unwrap();
    format!("{}:{}", home.path("bin").display(), std::env::var("PATH").unwrap())
}

/// A plan whose tables are too large for one way or another, and the text of its largest one.
fn large_plan(home: &Home, hosts: &str) -> String {
    let plan = home.output(&["generate", "--hosts", hosts]);
    home.write("large.ron", &plan);
    home.output(&["snippet", "large.ron", "--format", "csv", "--direction", "in"])
}

/// The planner with the large plan.
fn with_large(home: &Home, variables: &[(&str, &str)]) -> Terminal {
    let terminal = Start { variables, ..Start::new(home, &["large.ron"]) }.open();
    terminal.wait_for(" flows");
    terminal
}

/// Copies the whole plan as CSV.
fn copy_all(terminal: &mut Terminal) {
    terminal.send("f");
    terminal.wait_for("Copy as");
    let csv = Target::ALL.iter().position(|target| *target == Target::Csv).unwrap();
    terminal.send(&DOWN.repeat(csv));
    terminal.send(&format!("{TAB}\x1b[F"));
    terminal.send(ENTER);
}

#[test]
fn what_is_too_large_for_a_terminal_is_refused_with_its_size_and_written_instead() {
    let home = Home::new();
    let text = large_plan(&home, "60");
    assert!((100_000..1_000_000).contains(&text.len()), "{}", text.len());
    let mut terminal = with_large(&home, &[]);
    copy_all(&mut terminal);
    let size = format!("{}.{} KB", text.len() / 1000, text.len() % 1000 / 100);
    terminal.wait_for(&format!("not copied: {size}, terminals take 74 KB (w file, p plain, f other scope)"));
    assert_eq!(clipboard_texts(&terminal.shown().raw), [""; 0]);
    terminal.send("w");
    terminal.wait_for("Write");
    terminal.send(ENTER);
    terminal.wait_for("wrote ");
    terminal.send("q");
    assert_eq!(terminal.exit_code(), 0);
    let mut written = std::fs::read_dir(home.folder()).unwrap().map(|entry| entry.unwrap().path());
    let written = written.find(|path| path.extension().is_some_and(|end| end == "csv")).unwrap();
    assert_eq!(std::fs::read_to_string(written).unwrap(), text);
}

#[test]
fn copying_can_be_switched_off_and_forced() {
    let home = Home::new();
    let mut terminal = with_arguments(&home, &["--clipboard", "off", "db.ron"], &[]);
    terminal.send("y");
    terminal.wait_for("not copied: copying is switched off (w file, p plain)");
    assert_eq!(clipboard_texts(&terminal.shown().raw), [""; 0]);
    terminal.send("q");
    assert_eq!(terminal.exit_code(), 0);
    let tmux = [("TMUX", "/nowhere,1,0"), ("STY", "1.x")];
    let mut terminal = with_arguments(&home, &["--clipboard", "osc52", "db.ron"], &tmux);
    let printed = copy_rules(&home, &mut terminal);
    terminal.wait_for("sent to the terminal, which gives no answer");
    assert_eq!(clipboard_texts(&terminal.shown().raw), [printed]);
    terminal.send("q");
    assert_eq!(terminal.exit_code(), 0);
}
