//! A report is written, and a file that is there is not replaced unasked.

use super::{ENTER, TAB, Terminal, with_databases};
use crate::cli::Home;

const NAME: &str = "oracle-postgresql-and-log-shipping-report.ron";

fn ask_for_the_plan_with_remarks(terminal: &mut Terminal) {
    terminal.send("R");
    terminal.wait_for("-report.html");
    terminal.send(TAB);
    terminal.wait_for("-report.md");
    terminal.send(TAB);
    terminal.wait_for("-report.ron");
    terminal.send(ENTER);
}

#[test]
fn the_plan_with_remarks_is_written_and_not_over_another_file() {
    let home = Home::new();
    let mut terminal = with_databases(&home);
    ask_for_the_plan_with_remarks(&mut terminal);
    terminal.wait_for(&format!("wrote {NAME}"));
    let text = home.read(NAME);
    assert!(text.contains("// Worker; opens "), "{text}");
    home.output(&["diff", "db.ron", NAME]);
    home.write(NAME, "something else");
    ask_for_the_plan_with_remarks(&mut terminal);
    terminal.wait_for("is there");
    assert_eq!(home.read(NAME), "something else");
    terminal.send("o");
    terminal.wait_for(&format!("wrote {NAME}"));
    assert_eq!(home.read(NAME), text);
    terminal.send("q");
    assert_eq!(terminal.exit_code(), 0);
}
