//! The rules view: title, colours, and the marks of a search.

use portplan::catalogue::Os;
use portplan::snippets::{Content, Target};
use portplan::ui::theme::Theme;
use ratatui::layout::Position;

use super::frame::{draw, is_styled, screen};
use crate::app::driver::{Run, plan, rich_plan};

#[test]
fn the_title_has_target_scope_and_size_in_80_columns() {
    let mut run = Run::of(rich_plan(), None).sized(80, 24);
    run.press("2");
    for target in Target::ALL {
        let (shown, snippet) = (screen(&run), run.app.snippet());
        let title = shown.row(1);
        assert!(title.contains(&format!("Rules · {} · host vbr01, inbound ", target.label())), "{title}");
        if snippet.text.is_ok() {
            assert!(title.contains(&format!(" {} lines ", snippet.line_count())), "{title}");
        }
        run.press("t");
    }
}

#[test]
fn comments_first_words_and_quoted_text_differ() {
    for theme in [Theme::dark(), Theme::light(), Theme::plain()] {
        let mut run = Run::sample().sized(160, 45);
        run.press("2");
        let shown = draw(&run.app, &theme, 160, 45);
        assert!(shown.has_style("# ", theme.dim));
        let word = shown.at("$group = 'Veeam");
        let styled = |x: u16, style| is_styled(shown.cell(Position { x: word.x + x, ..word }), style);
        assert!((0..6).all(|x| styled(x, theme.key)), "{}", shown.text());
        assert!(!styled(6, theme.key), "the word ends there");
        assert!((9..15).all(|x| styled(x, theme.quoted)));
    }
}

#[test]
fn what_is_left_to_do_is_told_in_the_colour_of_doubt() {
    let hosts = [("vbr01", Os::Windows, "backup-server", "10.0.0.1"), ("w1", Os::Linux, "worker", "")];
    let mut run = Run::of(plan("x", &hosts), None).sized(160, 45);
    run.press("2 /").type_text("# todo").press("Enter");
    assert!(run.app.snippet().find.count() > 0, "{:?}", run.app.snippet().text);
    run.press("Esc");
    assert!(screen(&run).has_style("# TODO", Theme::dark().doubt));
}

#[test]
fn a_search_marks_every_place_and_the_present_one_most() {
    let theme = Theme::dark();
    let mut run = Run::sample().sized(80, 24);
    run.press("2 /").type_text("vbr01");
    let shown = screen(&run);
    let total = run.app.snippet().find.count();
    assert!(shown.row(1).contains(&format!(" 1 of {total} · ")), "{}", shown.text());
    assert_eq!(shown.cursor.map(|at| at.y), Some(22), "the line below has the cursor");
    assert!(shown.row(22).contains("╰─ / vbr01 ─"), "{}", shown.row(22));
    // The title has the name, too.
    let body = ratatui::layout::Rect::new(1, 2, 78, 20);
    let first = shown.find_in(body, "vbr01").unwrap();
    assert!((0..5).all(|x| is_styled(shown.cell(Position { x: first.x + x, ..first }), theme.selected)));
    assert!(!is_styled(shown.cell(Position { x: first.x + 5, ..first }), theme.selected));
    run.press("↓ Enter");
    let shown = screen(&run);
    assert!(shown.row(1).contains(&format!(" 2 of {total} · ")));
    assert!((0..5).all(|x| is_styled(shown.cell(Position { x: first.x + x, ..first }), theme.found)));
    assert!(!is_styled(shown.cell(first), theme.selected), "it is not the present one any more");
    assert_eq!(shown.cursor, None);
    run.press("/ z z z");
    assert!(screen(&run).row(1).contains(" not found · "), "{}", screen(&run).text());
    run.press("Esc");
    assert!(!screen(&run).row(22).contains('/'), "{}", screen(&run).row(22));
}

/// A place that goes on in the next row is marked in both, also where wide letters leave a column empty.
#[test]
fn places_are_marked_across_rows_and_wide_letters() {
    let theme = Theme::dark();
    let name = format!("x{}", "名".repeat(120));
    let hosts = [
        ("vbr01", Os::Windows, "backup-server", "10.0.0.1"),
        (name.as_str(), Os::Linux, "worker", "10.0.0.2"),
    ];
    let mut run = Run::of(plan("x", &hosts), None).sized(80, 24);
    run.press("2");
    while run.app.snippet().target != Target::Csv {
        run.press("t");
    }
    run.press("/").paste(&name).press("Enter");
    let shown = screen(&run);
    let marked = |shown: &super::frame::Screen| {
        let cells = shown.buffer.content.iter();
        cells.filter(|cell| cell.symbol() == "名" && is_styled(cell, theme.selected)).count()
    };
    assert_eq!(marked(&shown), 120, "{}", shown.text());
    let last = run.app.snippet().text.clone().unwrap().lines().last().unwrap().to_owned();
    for columns in 60..90 {
        run = run.sized(columns, 12);
        run.press("Home End");
        let row = screen(&run).row(9);
        let end = row.trim_matches(['│', '┃', ' ', '›']);
        assert!(!end.is_empty() && last.ends_with(end), "{columns}: {row}");
    }
}

#[test]
fn every_place_of_every_target_can_be_seen() {
    for target in 0..Target::ALL.len() {
        let mut run = Run::of(rich_plan(), None).sized(60, 20);
        run.press("2 c").press(&"t ".repeat(target)).press("/").type_text("e");
        for _ in 0..run.app.snippet().find.count().min(60) {
            let shown = screen(&run);
            let marked = shown.buffer.content.iter().any(|cell| is_styled(cell, Theme::dark().selected));
            assert!(marked, "{:?}: {}", run.app.snippet().target, shown.text());
            run.press("↓");
        }
    }
}

#[test]
fn a_target_that_is_no_text_says_how_to_write_it() {
    for target in Target::ALL {
        let mut run = Run::of(rich_plan(), None).sized(80, 24);
        run.press("2");
        while run.app.snippet().target != target {
            run.press("t");
        }
        let told = screen(&run).text().contains("is a file and not a text to read here; press w to write it");
        assert_eq!(told, target.content() == Content::Binary, "{target:?}");
    }
}
