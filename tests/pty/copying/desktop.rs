//! Copying to a desktop: a real X server without a screen, and displays that refuse, hang or are far away.

use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use super::{copy_rules, with_arguments, with_variables};
use crate::cli::{Home, PATIENCE, finish};
use crate::pty::harness::clipboard_texts;

/// An X server that ends with the test.
struct Display {
    process: Child,
    name: String,
}

impl Display {
    fn start() -> Self {
        let mut command = Command::new("Xvfb");
        command.args(["-displayfd", "1", "-nolisten", "tcp", "-noreset", "-screen", "0", "640x480x24"]);
        let mut process = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let mut number = String::new();
        BufReader::new(process.stdout.as_mut().unwrap()).read_line(&mut number).unwrap();
        assert!(!number.trim().is_empty(), "Xvfb does not start");
        Self { process, name: format!(":{}", number.trim()) }
    }

    /// What the clipboard has.
    fn clipboard(&self, home: &Home) -> String {
        let mut command = home.command("xclip", &["-selection", "clipboard", "-o"]);
        command.env("DISPLAY", &self.name);
        finish(command).out
    }

    /// Waits until the clipboard has a text: a program that takes it over goes to the background first.
    fn wait_for(&self, home: &Home, text: &str) {
        let deadline = Instant::now() + PATIENCE;
        while self.clipboard(home) != text {
            assert!(Instant::now() < deadline, "the clipboard has {:?}", self.clipboard(home));
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    /// Another program copies something.
    fn copy(&self, home: &Home, text: &str) {
        let file = home.write("other", text).display().to_string();
        let mut command = home.command("xclip", &["-selection", "clipboard", &file]);
        command.env("DISPLAY", &self.name).stdout(Stdio::null()).stderr(Stdio::null());
        assert_eq!(finish(command).code, Some(0));
    }
}

impl Drop for Display {
    fn drop(&mut self) {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
    }
}

const DONE: &str = "on the desktop's clipboard while portplan runs; also sent to the terminal";

#[test]
fn a_copy_is_on_the_clipboard_and_stays_there_when_a_program_can_keep_it() {
    let (home, display) = (Home::new(), Display::start());
    let mut terminal = with_variables(&home, &[("DISPLAY", &display.name)]);
    let printed = copy_rules(&home, &mut terminal);
    terminal.wait_for(DONE);
    assert_eq!(display.clipboard(&home), printed);
    assert_eq!(clipboard_texts(&terminal.shown().raw), [printed.as_str()]);
    terminal.send("q");
    assert_eq!(terminal.exit_code(), 0);
    display.wait_for(&home, &printed);
    assert!(!terminal.text().contains("portplan: "), "there is nothing to tell:\n{}", terminal.text());
}

#[test]
fn leaving_right_behind_the_key_keeps_the_copy() {
    let (home, display) = (Home::new(), Display::start());
    let mut terminal = with_variables(&home, &[("DISPLAY", &display.name)]);
    terminal.send("2yq");
    assert_eq!(terminal.exit_code(), 0);
    let printed = home.output(&["snippet", "db.ron", "--format", "powershell", "--host", "vbr01"]);
    display.wait_for(&home, &printed);
}

#[test]
fn where_nothing_can_keep_a_copy_the_operator_is_told() {
    let (home, display) = (Home::new(), Display::start());
    let variables = [("DISPLAY", display.name.as_str()), ("PATH", "/nowhere")];
    let mut terminal = with_variables(&home, &variables);
    let printed = copy_rules(&home, &mut terminal);
    terminal.wait_for(DONE);
    terminal.send("q");
    assert_eq!(terminal.exit_code(), 0);
    let text = terminal.text().replace('\n', "");
    assert!(
        text.contains("portplan: the desktop's clipboard keeps a copy only while portplan runs"),
        "{text}"
    );
    // The desktop took the clipboard away from the terminal, so the terminal gets it back.
    assert_eq!(clipboard_texts(&terminal.shown().raw), [printed.as_str(), &printed]);
    assert_eq!(display.clipboard(&home), "");

    let args = ["--clipboard", "native", "db.ron"];
    let mut terminal = with_arguments(&home, &args, &variables);
    copy_rules(&home, &mut terminal);
    terminal.wait_for("on the desktop's clipboard while portplan runs · ");
    terminal.send("q");
    assert_eq!(terminal.exit_code(), 0);
    let text = terminal.text().replace('\n', "");
    assert!(text.contains("portplan: the copied text was on the desktop's clipboard only"), "{text}");
    assert_eq!(clipboard_texts(&terminal.shown().raw), [""; 0]);
}

#[test]
fn what_was_copied_elsewhere_since_is_left_alone() {
    let (home, display) = (Home::new(), Display::start());
    // Without a program that could take over in the background, all that the end brings is on the terminal.
    let variables = [("DISPLAY", display.name.as_str()), ("PATH", "/nowhere")];
    let mut terminal = with_variables(&home, &variables);
    copy_rules(&home, &mut terminal);
    terminal.wait_for(DONE);
    display.copy(&home, "something else");
    display.wait_for(&home, "something else");
    terminal.send("q");
    assert_eq!(terminal.exit_code(), 0);
    assert_eq!(
        clipboard_texts(&terminal.shown().raw).len(),
        1,
        "the terminal must not take the clipboard back"
    );
    assert!(!terminal.text().contains("portplan: "), "{}", terminal.text());
    assert_eq!(display.clipboard(&home), "something else");
}

#[test]
fn a_display_over_ssh_is_taken_only_when_asked_for() {
    let (home, display) = (Home::new(), Display::start());
    let variables = [("DISPLAY", display.name.as_str()), ("SSH_CONNECTION", "10.0.0.1 1 10.0.0.2 22")];
    let mut terminal = with_variables(&home, &variables);
    copy_rules(&home, &mut terminal);
    terminal.wait_for("sent to the terminal, which gives no answer: paste to check (w file, p plain)");
    assert_eq!(display.clipboard(&home), "");
    terminal.send("q");
    assert_eq!(terminal.exit_code(), 0);

    let args = ["--clipboard", "native", "db.ron"];
    let mut terminal = with_arguments(&home, &args, &variables);
    let printed = copy_rules(&home, &mut terminal);
    terminal.wait_for("on the desktop's clipboard while portplan runs · ");
    assert_eq!(display.clipboard(&home), printed);
    terminal.send("q");
    assert_eq!(terminal.exit_code(), 0);
    let text = terminal.text();
    assert!(
        text.contains("portplan: the copied text was"),
        "no program is left behind to hold the link:\n{text}"
    );
}

/// A display that takes connections and never answers, and its name.
fn silent_display() -> (TcpListener, String) {
    loop {
        let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        if let Some(number) = listener.local_addr().unwrap().port().checked_sub(6000) {
            return (listener, format!("127.0.0.1:{number}"));
        }
    }
}

#[test]
fn a_display_that_hangs_holds_up_nobody_and_is_not_asked_again() {
    let home = Home::new();
    let (_listener, name) = silent_display();
    let mut terminal = with_variables(&home, &[("DISPLAY", &name)]);
    terminal.send("y?");
    let shown = terminal.wait("the help", |shown| shown.text().contains("Everywhere"));
    assert!(!shown.text().contains("desktop silent"), "keys work before the display has had its second");
    assert_eq!(clipboard_texts(&shown.raw).len(), 1, "the terminal does not wait for the display");
    drop(shown);
    terminal.wait_for("sent to the terminal, no answer; desktop silent, given up (w file, p plain)");
    terminal.send("?");
    terminal.wait_gone("Everywhere");
    terminal.send("y");
    terminal.wait_for("sent to the terminal, which gives no answer: paste to check (w file, p plain)");
    terminal.send("q");
    assert_eq!(terminal.exit_code(), 0);
}

#[test]
fn without_another_way_a_display_that_hangs_is_a_failure() {
    let home = Home::new();
    let (_listener, name) = silent_display();
    let mut terminal = with_arguments(&home, &["--clipboard", "native", "db.ron"], &[("DISPLAY", &name)]);
    terminal.send("y");
    terminal.wait_for("not copied: desktop silent, given up (w file, p plain)");
    terminal.send("y");
    terminal.wait_for("not copied: the desktop does not answer (w file, p plain)");
    terminal.send("q");
    assert_eq!(terminal.exit_code(), 0);
}

#[test]
fn a_display_that_refuses_is_told() {
    let home = Home::new();
    let (listener, name) = silent_display();
    drop(listener);
    let mut terminal = with_variables(&home, &[("DISPLAY", &name)]);
    copy_rules(&home, &mut terminal);
    terminal.wait_for("sent to the terminal, no answer; no desktop clipboard (w file, p plain)");
    assert_eq!(clipboard_texts(&terminal.shown().raw).len(), 1);
    terminal.send("q");
    assert_eq!(terminal.exit_code(), 0);
}
