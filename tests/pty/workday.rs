//! A whole session, as issue and README describe it, from the start screen to the saved file and back.

use super::harness::{Terminal, clipboard_texts, start};
use super::{DOWN, ENTER, ESC, TAB};
use crate::cli::Home;

const SAMPLE: &str = "▸ sample  Oracle, PostgreSQL and log shipping";

/// The session of the issue: a sample, a host with a role, a search, a copy, undo and redo, a file, and back.
#[test]
fn a_plan_is_made_copied_saved_and_found_again() {
    let home = Home::new();
    let mut terminal = start(&home, &[]);
    choose_sample(&mut terminal);
    add_log_server(&mut terminal);
    let copied = search_and_copy(&mut terminal);
    undo_and_redo(&mut terminal);
    save_as(&mut terminal, "site.ron");
    terminal.send("q");
    assert_eq!(terminal.exit_code(), 0);

    check_file(&home, &copied);
    open_recent(&home);
}

fn choose_sample(terminal: &mut Terminal) {
    terminal.wait_for("▸ new     An empty plan");
    while !terminal.text().contains(SAMPLE) {
        let before = terminal.text();
        terminal.send(DOWN);
        drop(terminal.wait("another line selected", |shown| shown.text() != before));
    }
    terminal.send(ENTER);
    terminal.wait_for("18 hosts · 112 flows");
}

fn add_log_server(terminal: &mut Terminal) {
    terminal.send("a");
    terminal.wait_for("Add host");
    terminal.send("logs99");
    terminal.send(TAB);
    terminal.wait_for("▸ Roles");
    terminal.send(" ");
    terminal.wait_for("type to search");
    terminal.send("logship");
    terminal.wait_for("▸□ Log shipping server");
    terminal.send(" ");
    terminal.wait_for("▸■ Log shipping server");
    terminal.send(ENTER);
    terminal.wait_for("▸ Roles                  Log shipping server");
    terminal.send(ENTER);
    // The new flows are counted at once: what the host adds stands beside the sum.
    terminal.wait_for("19 hosts · 125 flows +13 −0");
    assert!(terminal.text().contains("▸logs99"), "{}", terminal.text());
}

/// Searches for a port, copies a flow; gives the copied text.
fn search_and_copy(terminal: &mut Terminal) -> String {
    terminal.send("/");
    terminal.send("2750");
    terminal.wait_for("47 of 125");
    terminal.send(ENTER);
    terminal.wait_for("y copy");
    let text = terminal.text();
    let rows: Vec<&str> = text.lines().filter(|line| line.contains("   tcp    ")).collect();
    assert!(!rows.is_empty() && rows.iter().all(|row| row.contains("2500-3300")), "{text}");
    terminal.send("y");
    terminal.wait_for("sent to the terminal");
    let mut copies = clipboard_texts(&terminal.shown().raw);
    assert_eq!(copies.len(), 1, "one copy was asked for");
    copies.remove(0)
}

fn undo_and_redo(terminal: &mut Terminal) {
    terminal.send(ESC);
    terminal.wait_gone(" of 125");
    terminal.send("u");
    terminal.wait_for("18 hosts · 112 flows +0 −13");
    terminal.send("U");
    terminal.wait_for("19 hosts · 125 flows +13 −0");
}

fn save_as(terminal: &mut Terminal, name: &str) {
    terminal.send("S");
    terminal.wait_for("Save plan as");
    // Ctrl-u empties the line, which holds a proposal.
    terminal.send("\x15");
    terminal.wait_gone(".ron  ");
    terminal.send(name);
    terminal.send(ENTER);
    terminal.wait_for(&format!("saved {name}"));
}

/// The saved file and the command line agree with what the screen showed and copied.
fn check_file(home: &Home, copied: &str) {
    let saved = home.read("site.ron");
    assert!(
        saved.contains(r#"name: "logs99""#) && saved.contains(r#"roles: ["log-shipping-server"]"#),
        "{saved}"
    );
    let rows = |more: &[&str]| -> usize {
        let text = home.output(&[&["flows", "site.ron", "--format", "csv"], more].concat());
        text.lines().count() - 1
    };
    assert_eq!(rows(&[]), 125);
    assert_eq!(rows(&["--search", "2750"]), 47);
    assert_eq!(rows(&["--host", "logs99"]), 13);

    let search = "from:vbr01 to:ora-win01 port:2750";
    let printed = home.output(&["snippet", "site.ron", "--format", "powershell", "--search", search]);
    // The header says in words what was chosen, which differs between a selection and a search.
    let rest = |text: &str| -> Vec<String> {
        text.lines().filter(|line| !line.starts_with("# Scope: ")).map(str::to_owned).collect()
    };
    assert_eq!(rest(copied), rest(&printed));
    assert!(copied.contains("# Scope: flow vbr01 to ora-win01. 1 flow in 1 inbound rule"), "{copied}");
    assert!(copied.contains("LocalPort = @('2500-3300')") && copied.contains("@('10.40.1.10')"), "{copied}");
}

fn open_recent(home: &Home) {
    let mut terminal = start(home, &[]);
    terminal.wait_for("site.ron");
    while !terminal.text().lines().any(|line| line.contains('▸') && line.contains("site.ron")) {
        let before = terminal.text();
        terminal.send(DOWN);
        drop(terminal.wait("another line selected", |shown| shown.text() != before));
    }
    terminal.send(ENTER);
    terminal.wait_for("19 hosts · 125 flows");
    assert!(
        terminal.text().lines().any(|line| line.contains("logs99") && line.contains("log-shipping")),
        "{}",
        terminal.text()
    );
    terminal.send("q");
    assert_eq!(terminal.exit_code(), 0, "nothing was changed, so nothing is asked");
}
