//! Files that take a moment to write.

use portplan::snippets::Target;

use super::{DOWN, ENTER, start};
use crate::cli::Home;

#[test]
fn the_screen_says_what_the_program_is_busy_with() {
    let home = Home::new();
    home.write("big.ron", &home.output(&["generate", "--hosts", "480"]));
    let mut terminal = start(&home, &["big.ron"]);
    terminal.wait_for("480 hosts · 52 867 flows");
    terminal.send("2");
    terminal.wait_for("Rules · ");
    terminal.send("ccc");
    terminal.wait_for("whole plan, on each destination");
    terminal.send("f");
    terminal.wait_for("Copy as");
    terminal.send(&DOWN.repeat(Target::ALL.iter().position(|target| *target == Target::Xlsx).unwrap()));
    terminal.wait_for("▸ Excel workbook");
    terminal.send("w");
    terminal.wait_for("putting 52867 flows into the Excel workbook; one moment");
    terminal.wait_for("480-hosts.xlsx");
    assert!(!terminal.text().contains("one moment"));
    terminal.send(ENTER);
    terminal.wait_for("wrote 480-hosts.xlsx");
    assert!(std::fs::read(home.path("480-hosts.xlsx")).unwrap().starts_with(b"PK"));
    terminal.send("q");
    assert_eq!(terminal.exit_code(), 0);
}
