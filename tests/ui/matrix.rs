//! The matrix as it is drawn: headings that stay, cut names, the selected pair below.

use portplan::catalogue::Os;
use portplan::ui::symbols::Symbols;
use portplan::ui::theme::Theme;

use super::frame::{draw, screen};
use crate::app::driver::{Run, plan, rich_plan};

fn inside(run: &Run, theme: &Theme) -> Vec<String> {
    let screen = draw(&run.app, theme, run.size.0, run.size.1);
    let rows = screen.rows();
    let lines = rows.iter().skip(2).take(rows.len() - 4);
    lines
        .map(|row| row.trim_matches(['│', '┃', '|', '#']).trim_end().to_owned())
        .filter(|row| !row.is_empty())
        .collect()
}

#[test]
fn counts_stand_under_their_names() {
    let mut run = Run::sample().sized(80, 24);
    run.press("5 → →");
    let rows = inside(&run, &Theme::dark());
    assert_eq!(
        rows,
        [
            "  from \\ to    vbr01   repo01 worker01    ahv01    sql01       all",
            "▸ vbr01           =1        ·        2        1        3         6",
            "  repo01           ·        ·        ·        ·        ·         0",
            "  worker01         2        2        ·        2        ·         6",
            "  ahv01            ·        ·        ·        ·        ·         0",
            "  sql01            2        2        ·        ·        ·         4",
            "  all              4        4        2        3        3        16",
            "  vbr01 → worker01: 2 flows",
            "  tcp 443, 19000",
            "  Enter lists them, ← → change the column, v changes hosts and zones",
        ],
        "{rows:#?}"
    );
}

#[test]
fn it_reads_well_without_other_signs_and_without_colours() {
    let mut run = Run::sample().sized(80, 24);
    run.press("5 ↓");
    let theme = Theme::plain().with_symbols(Symbols::Ascii);
    let rows = inside(&run, &theme);
    assert!(rows.iter().all(|row| row.is_ascii()), "{rows:#?}");
    assert_eq!(rows[2], "> repo01           .        .        .        .        .         0");
    assert!(rows.iter().any(|row| row == "  repo01 > vbr01: no flow"), "{rows:#?}");
}

#[test]
fn names_are_cut_in_headings_and_whole_below() {
    let long = "a-very-long-name-of-a-backup-server.example.com";
    let hosts = [
        (long, Os::Windows, "backup-server", "10.0.0.1"),
        ("repo01", Os::Linux, "backup-repository", "10.0.0.2"),
    ];
    let mut run = Run::of(plan("x", &hosts), None).sized(80, 24);
    run.press("5 ↓ ↑ →");
    let rows = inside(&run, &Theme::dark());
    assert!(
        rows[0].contains("a-very-long…") && rows[1].contains("▸ a-very-long-name-of-a-bac…"),
        "{rows:#?}"
    );
    assert!(rows.iter().any(|row| row.contains(&format!("{long} → repo01: no flow"))), "{rows:#?}");
}

#[test]
fn headings_stay_while_the_cells_move() {
    let mut run = Run::of(rich_plan(), None).sized(60, 14);
    run.press("5 End $");
    let shown = screen(&run);
    assert!(shown.row(1).contains("columns 7-10 of 10"), "{}", shown.text());
    assert!(shown.row(2).contains("from \\ to") && shown.row(2).contains("ad01"), "{}", shown.text());
    assert!(!shown.row(2).contains("vbr01") && shown.text().contains("▸ ad01"), "{}", shown.text());
    assert!(shown.has_style("▸ ad01", Theme::dark().strong));
}

#[test]
fn an_empty_plan_teaches_the_next_key() {
    let mut run = Run::empty().sized(80, 24);
    run.press("5");
    assert!(screen(&run).text().contains("a adds the first host."));
}
