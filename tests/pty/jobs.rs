//! Ctrl-Z and back, stops from outside, and what a program does that no shell would bring back.

use std::fs;

use super::endings::{modes_left, signal};
use super::harness::{Start, Terminal};
use super::{ENTER, ESC, with_databases};
use crate::cli::{Home, PROGRAM, databases};

const CTRL_Z: &str = "\x1a";
const PROMPT: &str = "shell>";

/// A shell with job control that leaves the terminal's settings alone, and the planner started in it.
fn in_shell(home: &Home, command: &str) -> Terminal {
    fs::copy(databases(), home.path("db.ron")).unwrap();
    let variables = [("PS1", PROMPT), ("PROGRAM", PROGRAM)];
    let mut shell = Start { program: "sh", variables: &variables, ..Start::new(home, &["-i"]) }.open();
    shell.wait_for(PROMPT);
    shell.send("before=$(stty -g)\n");
    shell.send(&format!("{command}\n"));
    shell.wait_for("18 hosts · 112 flows");
    assert_eq!(modes_left(&shell.shown().raw), ["1049", "2004", "1000", "1002", "1006"]);
    shell
}

/// The shell has the terminal, as it was before the planner.
fn assert_shell_has_it(shell: &mut Terminal) {
    shell.wait_for("Stopped");
    shell.wait_for(PROMPT);
    let shown = shell.shown();
    assert!(!shown.screen().alternate_screen() && !shown.screen().hide_cursor(), "{}", shown.text());
    assert_eq!(modes_left(&shown.raw), Vec::<String>::new());
    drop(shown);
    shell.send("[ \"$before\" = \"$(stty -g)\" ] && echo settings 'as before'\n");
    shell.wait_for("settings as before");
}

fn back(shell: &mut Terminal) {
    shell.send("fg\n");
    shell.wait_for("18 hosts · 112 flows");
    let shown = shell.shown();
    assert!(shown.screen().alternate_screen());
    assert_eq!(modes_left(&shown.raw), ["1049", "2004", "1000", "1002", "1006"]);
}

fn leave(shell: &mut Terminal) {
    shell.send("q");
    drop(shell.wait("the shell again", |shown| !shown.screen().alternate_screen()));
    shell.send("exit\n");
    assert_eq!(shell.exit_code(), 0);
}

#[test]
fn ctrl_z_goes_to_the_shell_and_fg_comes_back() {
    let home = Home::new();
    let mut shell = in_shell(&home, "$PROGRAM db.ron");
    let before = shell.text();
    for _ in 0..3 {
        shell.send(CTRL_Z);
        assert_shell_has_it(&mut shell);
        back(&mut shell);
        drop(shell.wait("the same screen", |shown| shown.text() == before));
    }
    leave(&mut shell);
}

#[test]
fn a_form_is_as_it_was_after_ctrl_z_in_another_size() {
    let home = Home::new();
    let mut shell = in_shell(&home, "$PROGRAM db.ron");
    shell.send("a");
    shell.wait_for("Add host");
    shell.send("half");
    shell.wait_for("half");
    shell.send(CTRL_Z);
    assert_shell_has_it(&mut shell);
    shell.resize(45, 160);
    back(&mut shell);
    drop(shell.wait("45 lines", |shown| shown.text().lines().count() == 45));
    shell.wait_for("Add host");
    shell.send("-done");
    shell.wait_for("half-done");
    shell.send(ENTER);
    shell.wait_for("19 hosts");
    shell.send("qd");
    drop(shell.wait("the shell again", |shown| !shown.screen().alternate_screen()));
}

#[test]
fn a_script_that_started_the_planner_stops_with_it() {
    let home = Home::new();
    let mut shell = in_shell(&home, "sh -c '$PROGRAM db.ron; true'");
    shell.send(CTRL_Z);
    assert_shell_has_it(&mut shell);
    back(&mut shell);
    leave(&mut shell);
}

#[test]
fn a_stop_signal_from_outside_is_as_ctrl_z() {
    let home = Home::new();
    let mut shell = in_shell(&home, "sh -c 'echo $$ > pid; exec $PROGRAM db.ron'");
    signal("TSTP", home.read("pid").trim());
    assert_shell_has_it(&mut shell);
    back(&mut shell);
    leave(&mut shell);
}

/// A stop that no program hears of leaves the terminal as it is; coming back sets all of it anew.
#[test]
fn after_a_stop_that_cannot_be_heard_everything_is_drawn_again() {
    let home = Home::new();
    let mut shell = in_shell(&home, "sh -c 'echo $$ > pid; exec $PROGRAM db.ron'");
    let before = shell.text();
    signal("STOP", home.read("pid").trim());
    shell.wait_for("Stopped");
    shell.send("stty sane\n");
    shell.send("printf '\\033[2J'\n");
    drop(shell.wait("the screen spoilt", |shown| !shown.text().contains("18 hosts")));
    back(&mut shell);
    drop(shell.wait("the same screen", |shown| shown.text() == before));
    leave(&mut shell);
}

fn state(process: u32) -> String {
    let stat = fs::read_to_string(format!("/proc/{process}/stat")).unwrap();
    stat.rsplit(") ").next().unwrap().split(' ').next().unwrap().to_owned()
}

#[test]
fn a_program_without_a_shell_does_not_stop() {
    let home = Home::new();
    let mut terminal = with_databases(&home);
    terminal.send(CTRL_Z);
    terminal.wait_for("no shell started portplan");
    terminal.send("/");
    terminal.wait_gone("no shell started portplan");
    terminal.send(ESC);
    terminal.wait_for("y copy");
    signal("TSTP", &terminal.process().to_string());
    terminal.wait_for("no shell started portplan");
    assert_ne!(state(terminal.process()), "T", "a process that waits for a disk is not stopped, either");
    terminal.send("q");
    assert_eq!(terminal.exit_code(), 0);
}

/// In a container, sessions can be led from outside; the system has no number for them then.
#[test]
fn a_session_led_from_outside_the_container_is_no_shell() {
    let home = Home::new();
    fs::copy(databases(), home.path("db.ron")).unwrap();
    let args = ["-rpf", PROGRAM, "db.ron"];
    let mut terminal = Start { program: "unshare", ..Start::new(&home, &args) }.open();
    terminal.wait_for("18 hosts · 112 flows");
    terminal.send(CTRL_Z);
    terminal.wait_for("no shell started portplan");
    terminal.send("q");
    assert_eq!(terminal.exit_code(), 0);
}

#[test]
fn stopped_and_sent_on_without_a_shell_it_goes_on() {
    let home = Home::new();
    let mut terminal = with_databases(&home);
    let process = terminal.process();
    signal("STOP", &process.to_string());
    while state(process) != "T" {
        std::thread::yield_now();
    }
    terminal.resize(45, 160);
    signal("CONT", &process.to_string());
    terminal.wait_for("╭ Options");
    terminal.send("q");
    assert_eq!(terminal.exit_code(), 0);
}
