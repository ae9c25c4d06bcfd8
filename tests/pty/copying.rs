//! Copying inside tmux and GNU screen, and what the program promises about it.

use std::fs::Permissions;
use std::os::unix::fs::PermissionsExt;
use std::process::Command;
use std::time::{Duration, Instant};

use super::harness::{Start, Terminal, clipboard_texts};
use super::{ENTER, with_databases};
use crate::cli::{Home, PATIENCE, PROGRAM, databases, finish};

/// A tmux server of its own that ends with the test.
struct Tmux<'a> {
    home: &'a Home,
}

impl Tmux<'_> {
    fn command(&self, args: &[&str]) -> Command {
        let socket = self.home.path("tmux.socket").display().to_string();
        let mut command = self.home.command("tmux", &[&["-S", &socket, "-f", "/dev/null"], args].concat());
        command.env("TERM", "xterm-256color");
        command
    }

    fn run(&self, args: &[&str]) -> String {
        let run = finish(self.command(args));
        assert_eq!((run.code, run.err.as_str()), (Some(0), ""), "{args:?}");
        run.out
    }

    fn screen(&self) -> String {
        self.run(&["capture-pane", "-p", "-t", "test"])
    }

    fn wait_for(&self, text: &str) {
        let deadline = Instant::now() + PATIENCE;
        while !self.screen().contains(text) {
            assert!(Instant::now() < deadline, "no {text} in\n{}", self.screen());
            std::thread::sleep(Duration::from_millis(10));
        }
    }
}

impl Drop for Tmux<'_> {
    fn drop(&mut self) {
        finish(self.command(&["kill-server"]));
    }
}

/// The text of the first flow's snippet, as the command line writes it, without the words for the selection.
fn first_flow(home: &Home) -> Vec<String> {
    let search = ["--search", "from:vbr01 to:gip01 port:6190"];
    lines(&home.output(&[&["snippet", "db.ron", "--format", "powershell"], &search[..]].concat()))
}

fn lines(text: &str) -> Vec<String> {
    text.lines().filter(|line| !line.starts_with("# Scope: ")).map(str::to_owned).collect()
}

#[test]
fn inside_tmux_a_copy_is_in_its_buffer() {
    let home = Home::new();
    std::fs::copy(databases(), home.path("db.ron")).unwrap();
    let tmux = Tmux { home: &home };
    let planner = format!("{PROGRAM} db.ron");
    tmux.run(&["new-session", "-d", "-s", "test", "-x", "160", "-y", "45", &planner]);
    tmux.wait_for("18 hosts · 112 flows");
    tmux.run(&["send-keys", "-t", "test", "/"]);
    tmux.wait_for(" / ");
    tmux.run(&["send-keys", "-t", "test", "-l", "from:vbr01 to:gip01 port:6190"]);
    tmux.wait_for("1 of 112");
    tmux.run(&["send-keys", "-t", "test", "Enter"]);
    tmux.wait_for("y copy");
    tmux.run(&["send-keys", "-t", "test", "y"]);
    tmux.wait_for("in tmux's buffer");
    let buffer = tmux.run(&["show-buffer"]);
    assert_eq!(lines(&buffer), first_flow(&home));
    assert!(buffer.contains("LocalPort = @('6190')"), "{buffer}");
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
    terminal.wait_for("sent to the terminal");
    let copies = clipboard_texts(&terminal.shown().raw);
    assert_eq!(copies.iter().map(|text| lines(text)).collect::<Vec<_>>(), [first_flow(&home)]);
    terminal.send("q");
    assert_eq!(terminal.exit_code(), 0);
}

#[test]
fn a_message_admits_that_the_terminal_gives_no_answer() {
    let home = Home::new();
    let mut terminal = with_databases(&home);
    terminal.resize(24, 160);
    drop(terminal.wait("160 columns", |shown| shown.text().lines().any(|line| line.chars().count() > 150)));
    terminal.send("y");
    terminal.wait_for("sent to the terminal (OSC 52), which gives no answer: paste to check");
    terminal.send("q");
    assert_eq!(terminal.exit_code(), 0);
}

#[test]
fn every_copy_is_the_whole_text_of_its_scope() {
    let home = Home::new();
    let mut terminal = with_databases(&home);
    terminal.send("2");
    terminal.wait_for("Rules");
    terminal.send("y");
    terminal.wait_for("sent to the terminal");
    let copies = clipboard_texts(&terminal.shown().raw);
    let printed = home.output(&["snippet", "db.ron", "--format", "powershell", "--host", "vbr01"]);
    assert_eq!(copies, [printed]);
    terminal.send(&format!("f{ENTER}"));
    drop(terminal.wait("a second copy", |shown| clipboard_texts(&shown.raw).len() == 2));
    terminal.send("q");
    assert_eq!(terminal.exit_code(), 0);
}
