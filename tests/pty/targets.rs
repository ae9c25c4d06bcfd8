//! The target that was used last is there at the next start.

use super::with_databases;
use crate::cli::Home;

const FILE: &str = "state/portplan/target.ron";

/// Quits and gives the exit code.
fn quit(terminal: &mut super::Terminal) -> u32 {
    terminal.send("q");
    terminal.exit_code()
}

#[test]
fn the_target_used_last_is_there_at_the_next_start() {
    let home = Home::new();
    let mut terminal = with_databases(&home);
    terminal.send("2");
    terminal.wait_for("Rules · Windows PowerShell");
    assert!(!home.path(FILE).exists(), "nothing has changed yet");
    terminal.send("t");
    terminal.wait_for("Rules · nftables");
    assert_eq!(quit(&mut terminal), 0);
    assert_eq!(home.read(FILE), "\"nftables\"\n");
    let mut terminal = with_databases(&home);
    terminal.send("2");
    terminal.wait_for("Rules · nftables");
    assert_eq!(quit(&mut terminal), 0);
}

#[test]
fn whatever_the_file_holds_the_planner_starts() {
    let home = Home::new();
    std::fs::create_dir_all(home.path("state/portplan")).unwrap();
    for text in ["", "nftables", "\"no-such-target\"", "[\"nftables\"]", "\"\\u{1b}]0;x\\u{7}\"", "(((((((("]
    {
        home.write(FILE, text);
        let mut terminal = with_databases(&home);
        terminal.send("2");
        terminal.wait_for("Rules · Windows PowerShell");
        assert_eq!(quit(&mut terminal), 0, "{text}");
        assert_eq!(home.read(FILE), text, "it is left alone until something changes");
    }
}
