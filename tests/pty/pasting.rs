//! Pasted lists of hosts, as terminals send them.

use super::harness::start;
use super::{ENTER, ESC, with_databases};
use crate::cli::Home;

/// Terminals turn line feeds into carriage returns, as if the text had been typed.
fn pasted(text: &str) -> String {
    format!("\x1b[200~{}\x1b[201~", text.replace('\n', "\r"))
}

#[test]
fn a_list_of_hosts_becomes_hosts_in_one_step() {
    let home = Home::new();
    let mut terminal = start(&home, &["new.ron"]);
    terminal.wait_for("0 hosts");
    terminal.send(&pasted(
        "10.0.0.10 vbr01 # the server\nrepo01, 10.0.0.20; 10.0.0.21\n\nworker01\nthis is no host\n",
    ));
    terminal.wait_for("Enter adds 3 hosts");
    terminal.wait_for("line 5: this is no host");
    terminal.send(ENTER);
    terminal.wait_for("3 hosts");
    terminal.wait_for("Lines that made no host");
    terminal.wait_for("line 5: this is no host");
    terminal.send(ENTER);
    terminal.wait_gone("line 5");
    terminal.send("s");
    terminal.wait_for("saved");
    let saved = home.read("new.ron");
    for host in [
        r#"name: "vbr01", os: other, addresses: ["10.0.0.10"]"#,
        r#"name: "repo01", os: other, addresses: ["10.0.0.20", "10.0.0.21"]"#,
        r#"name: "worker01", os: other"#,
    ] {
        assert!(saved.contains(host), "{host} is missing in\n{saved}");
    }
    terminal.send("u");
    terminal.wait_for("0 hosts");
}

#[test]
fn a_list_of_thousands_is_taken() {
    let home = Home::new();
    let mut terminal = start(&home, &["new.ron"]);
    terminal.wait_for("0 hosts");
    let lines: Vec<String> =
        (0..5000).map(|at| format!("10.1.{}.{} host{at}", at / 250, at % 250 + 1)).collect();
    terminal.send(&pasted(&lines.join(
        "
",
    )));
    terminal.wait_for("Enter adds 5 000 hosts");
    terminal.send(ENTER);
    terminal.wait_for("5 000 hosts");
    terminal.send("u");
    terminal.wait_for("0 hosts");
}

/// Most terminals take the mark of the end out of what is pasted. Where one does not, the rest comes as keys.
#[test]
fn what_follows_a_forged_end_of_the_paste_runs_no_command() {
    let home = Home::new();
    let mut terminal = with_databases(&home);
    terminal.send("\x1b[200~evil01\x1b[201~\rxxxq\x1b[201~");
    terminal.wait_for("did nothing");
    terminal.wait_for("Enter adds 1 host");
    terminal.wait_for("18 hosts · 112 flows");
    terminal.send(ESC);
    terminal.wait_gone("Enter adds");
    terminal.send("q");
    assert_eq!(terminal.exit_code(), 0, "nothing was added or deleted, so nothing is asked");
}
