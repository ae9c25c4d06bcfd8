//! Asking and answers, drawn.

use portplan::ui::theme::Theme;

use super::frame::{Screen, screen};
use crate::app::driver::Run;

fn asked(width: u16, height: u16, question: &str, keys: &str) -> Screen {
    let mut run = Run::sample().sized(width, height);
    run.press("E").type_text(question).press(keys);
    screen(&run)
}

#[test]
fn the_empty_line_shows_what_can_be_asked() {
    let shown = asked(80, 24, "", "");
    for text in
        ["Ask", "vbr01 -> repo01, vbr01, or 6162", "▸ vbr01", "all it needs, out and in", "Enter answer"]
    {
        assert!(shown.find(text).is_some(), "{text:?}\n{}", shown.text());
    }
    assert!(shown.cursor.is_some());
    let shown = asked(80, 24, "zzz", "");
    assert!(shown.find("nothing in this plan has such a name or port").is_some(), "{}", shown.text());
    let shown = asked(80, 24, "zzz", "Enter");
    assert!(shown.has_style("there is no host \"zzz\" in the plan", Theme::dark().error), "{}", shown.text());
}

#[test]
fn an_answer_at_80_columns_is_whole() {
    let shown = asked(80, 24, "sql01 -> worker01", "Enter");
    let rows = shown.rows();
    let inside: Vec<&str> = rows.iter().skip(1).take(4).map(|row| row.trim_end()).collect();
    assert_eq!(
        inside,
        [
            "╭ sql01 → worker01 ────────────────────────────────────────────────────────────╮",
            "│ No rule asks for a flow from sql01 (10.0.8.1) to worker01 (10.0.0.30).       ┃",
            "│ sql01 is SQL Server guest and runs Windows.                                  ┃",
            "│ worker01 is Worker and runs Linux.                                           ┃",
        ],
        "{}",
        shown.text()
    );
    assert!(!shown.text().contains('…'), "nothing is cut, it is wrapped\n{}", shown.text());
    assert!(
        shown.last().contains("E ask  Tab next change  y copy  h to host  t to other host"),
        "{}",
        shown.last()
    );
}

#[test]
fn the_selected_change_is_marked_and_in_sight() {
    for (width, height) in [(160, 45), (80, 24), (60, 12)] {
        let mut keys = "Enter".to_owned();
        for _ in 0..4 {
            keys.push_str(" Tab");
            let shown = asked(width, height, "vbr01 -> sql01", &keys);
            let marked = shown.rows().iter().filter(|row| row.contains("▸ ")).count();
            assert!(marked >= 1, "{width}x{height} {keys}\n{}", shown.text());
            assert!(shown.last().contains("Enter make it") || width < 80, "{}", shown.last());
        }
    }
}

#[test]
fn no_size_is_too_small() {
    for (width, height) in [(40, 12), (24, 6), (10, 3), (1, 1)] {
        for question in ["", "sql01 -> worker01", "6162", "vbr01"] {
            asked(width, height, question, "");
            asked(width, height, question, "Enter Tab End Tab");
        }
    }
}
