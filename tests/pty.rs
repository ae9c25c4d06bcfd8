//! The planner in a real terminal: a PTY with a terminal emulator behind it, driven by keys as a user would.
#![cfg(unix)]

mod copying;
mod endings;
pub mod harness;
mod jobs;
mod looks;
mod mouse;
mod pasting;
mod report;
mod safety;
mod settings;
mod targets;
mod typing;
mod workday;
mod writing;

use harness::{Terminal, start};

use crate::cli::{Home, databases};

const ENTER: &str = "\r";
const ESC: &str = "\x1b";
const TAB: &str = "\t";
const DOWN: &str = "\x1b[B";

/// The planner with a copy of the sample that has Oracle, PostgreSQL and log shipping.
fn with_databases(home: &Home) -> Terminal {
    std::fs::copy(databases(), home.path("db.ron")).unwrap();
    let terminal = start(home, &["db.ron"]);
    terminal.wait_for("18 hosts · 112 flows");
    terminal
}

/// Adds a host and leaves the cursor in the list of hosts.
fn add_host(terminal: &mut Terminal, name: &str) {
    terminal.send("a");
    terminal.wait_for("Add host");
    terminal.send(name);
    terminal.send(ENTER);
    terminal.wait_for(&format!("add {name}"));
}
