//! Copying inside tmux: a real server in a terminal that records what reaches it, and others that fail in every way.

use std::path::Path;
use std::process::Command;

use super::{copy_all, copy_rules, fake, large_plan, with_large, with_variables};
use crate::cli::{Home, PROGRAM, databases, finish};
use crate::pty::harness::{Start, Terminal, clipboard_texts};

/// A tmux server of its own that ends with the test.
struct Tmux<'a> {
    home: &'a Home,
    socket: String,
}

impl<'a> Tmux<'a> {
    fn new(home: &'a Home, settings: &str) -> Self {
        home.write("tmux.conf", settings);
        Self { home, socket: home.path("tmux.socket").display().to_string() }
    }

    fn command(&self, args: &[&str]) -> Command {
        self.home.command("tmux", &[&["-S", &self.socket], args].concat())
    }

    /// portplan inside tmux inside the terminal.
    fn open(&self, plan: &str) -> Terminal {
        let args = ["-S", &self.socket, "-f", "tmux.conf", "new-session", PROGRAM, plan];
        let terminal = Start { program: "tmux", rows: 30, ..Start::new(self.home, &args) }.open();
        terminal.wait_for(" flows");
        terminal
    }

    fn buffer(&self) -> String {
        let run = finish(self.command(&["show-buffer"]));
        assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
        run.out
    }
}

impl Drop for Tmux<'_> {
    fn drop(&mut self) {
        finish(self.command(&["kill-server"]));
    }
}

#[test]
fn a_copy_is_in_its_buffer_and_reaches_the_terminal_outside() {
    for settings in ["", "set -s set-clipboard off", "set -s set-clipboard on"] {
        let home = Home::new();
        std::fs::copy(databases(), home.path("db.ron")).unwrap();
        let tmux = Tmux::new(&home, settings);
        let mut terminal = tmux.open("db.ron");
        let printed = copy_rules(&home, &mut terminal);
        terminal.wait_for("in tmux's buffer, sent on to the terminal: paste to check (w file, p plain)");
        assert_eq!(tmux.buffer(), printed, "{settings}");
        drop(terminal.wait(settings, |shown| clipboard_texts(&shown.raw) == [printed.as_str()]));
        terminal.send("q");
        assert_eq!(terminal.exit_code(), 0);
    }
}

#[test]
fn a_text_that_a_terminal_may_drop_is_whole_in_the_buffer() {
    let home = Home::new();
    let text = large_plan(&home, "60");
    let path = fake(&home, "tmux", "printf '%s ' \"$@\" >> asked\ncat > taken");
    let variables = [("TMUX", "/nowhere,1,0"), ("PATH", &path)];
    let mut terminal = with_large(&home, &variables);
    copy_all(&mut terminal);
    terminal.wait_for("in tmux's buffer, sent on; the terminal may drop ");
    assert_eq!((home.read("taken"), home.read("asked").as_str()), (text, "load-buffer -w - "));
    terminal.send("q");
    assert_eq!(terminal.exit_code(), 0);
}

#[test]
fn a_text_that_tmux_does_not_send_out_is_in_the_buffer_only() {
    let home = Home::new();
    let text = large_plan(&home, "300");
    assert!(text.len() > 1_000_000, "{}", text.len());
    let tmux = Tmux::new(&home, "");
    let mut terminal = tmux.open("large.ron");
    copy_all(&mut terminal);
    terminal.wait_for("in tmux's buffer only; ");
    assert!(tmux.buffer() == text, "the buffer differs");
    assert_eq!(clipboard_texts(&terminal.shown().raw), [""; 0]);
    terminal.send("q");
    assert_eq!(terminal.exit_code(), 0);
}

#[test]
fn a_tmux_before_3_2_takes_it_and_the_terminal_is_sent_it_too() {
    let home = Home::new();
    let script =
        "for word; do [ \"$word\" = -w ] && { echo 'unknown flag -w' >&2; exit 1; }; done\ncat > taken";
    let path = fake(&home, "tmux", script);
    let mut terminal = with_variables(&home, &[("TMUX", "/nowhere,1,0"), ("PATH", &path)]);
    let printed = copy_rules(&home, &mut terminal);
    terminal.wait_for("in tmux's buffer; also sent to the terminal: paste to check (w file, p plain)");
    assert_eq!(home.read("taken"), printed);
    assert_eq!(clipboard_texts(&terminal.shown().raw), [printed]);
    terminal.send("q");
    assert_eq!(terminal.exit_code(), 0);
}

#[test]
fn where_the_server_is_gone_the_terminal_is_sent_it() {
    let home = Home::new();
    let gone = home.path("gone").display().to_string() + ",1,0";
    let mut terminal = with_variables(&home, &[("TMUX", &gone)]);
    let printed = copy_rules(&home, &mut terminal);
    terminal.wait_for("tmux did not take it; sent to the terminal: paste to check (w file, p plain)");
    assert_eq!(clipboard_texts(&terminal.shown().raw), [printed.as_str()]);
    terminal.send("q");
    assert_eq!(terminal.exit_code(), 0);
    // With screen around it, what is sent goes in screen's wrapping.
    let mut terminal = with_variables(&home, &[("TMUX", &gone), ("STY", "1.x")]);
    copy_rules(&home, &mut terminal);
    terminal.wait_for("tmux did not take it; sent through screen: paste to check (w file, p plain)");
    let raw = String::from_utf8_lossy(&terminal.shown().raw).into_owned();
    let pieces: Vec<&str> = raw
        .split("\x1bP")
        .skip(1)
        .filter_map(|piece| piece.split_once("\x1b\\"))
        .map(|(piece, _)| piece)
        .collect();
    assert!(pieces.iter().all(|piece| piece.len() <= 240), "{pieces:?}");
    assert_eq!(clipboard_texts(pieces.concat().as_bytes()), [printed]);
    terminal.send("q");
    assert_eq!(terminal.exit_code(), 0);
}

#[test]
fn a_tmux_that_hangs_is_ended_and_holds_up_nobody() {
    let home = Home::new();
    let path =
        fake(&home, "tmux", "echo $$ > pid\n(: < /dev/tty) 2>/dev/null && echo tty > pid\nexec sleep 60");
    let mut terminal = with_variables(&home, &[("TMUX", "/nowhere,1,0"), ("PATH", &path)]);
    terminal.send("y?");
    terminal.wait_for("Everywhere");
    assert_eq!(
        clipboard_texts(&terminal.shown().raw),
        [""; 0],
        "the help stands before tmux has had its second"
    );
    terminal.wait_for("tmux does not answer; sent to the terminal: paste to check (w file, p plain)");
    assert_eq!(clipboard_texts(&terminal.shown().raw).len(), 1);
    let process = home.read("pid");
    assert!(process.trim().parse::<u32>().is_ok(), "it has our terminal: {process}");
    assert!(!Path::new("/proc").join(process.trim()).exists(), "{process} still runs");
    terminal.send("?");
    terminal.wait_gone("Everywhere");
    terminal.send("q");
    assert_eq!(terminal.exit_code(), 0);
}
