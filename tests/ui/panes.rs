//! The panes: focus, selection, marks, and what is cut.

use portplan::app::Focus;
use portplan::catalogue::Os;
use portplan::ui::theme::Theme;
use ratatui::layout::Position;

use super::frame::{Screen, is_styled, screen};
use crate::app::driver::{Run, plan, rich_plan};

/// The sign in front of the row with this text.
fn row_with<'a>(rows: &'a [String], parts: &[&str]) -> &'a str {
    rows.iter()
        .find(|row| parts.iter().all(|part| row.contains(part)))
        .unwrap_or_else(|| panic!("no row with {parts:?} in\n{}", rows.join("\n")))
}

#[test]
fn the_focused_pane_is_framed_differently() {
    let theme = Theme::dark();
    let mut run = Run::sample().sized(160, 45);
    let panes = [
        (Focus::Hosts, " Hosts "),
        (Focus::Options, " Options "),
        (Focus::Main, " Flows "),
        (Focus::Why, " Why "),
    ];
    for (focus, _) in panes {
        assert_eq!(run.focus(), focus);
        let shown = screen(&run);
        for (pane, title) in panes {
            let title = shown.at(title);
            let corner = shown.cell(Position { x: title.x - 1, ..title });
            let expected = if pane == focus { theme.focus } else { theme.frame };
            assert!(is_styled(corner, expected), "{pane:?} while the keyboard is with {focus:?}");
        }
        run.press("Tab");
    }
    run.press("a");
    let shown = screen(&run);
    let hosts = shown.at(" Hosts ");
    assert!(
        is_styled(shown.cell(Position { x: hosts.x - 1, ..hosts }), theme.frame),
        "a dialog takes the focus"
    );
}

#[test]
fn the_selected_line_is_marked_by_sign_and_style() {
    let theme = Theme::dark();
    let mut run = Run::sample().sized(160, 45);
    run.press("↓");
    let shown = screen(&run);
    assert!(shown.has_style("▸repo01", theme.selected));
    assert!(shown.row(shown.at("▸repo01").y).contains("backup-repository"));
    run.press("Tab Tab");
    let shown = screen(&run);
    assert!(!is_styled(shown.cell(shown.at("▸repo01")), theme.selected), "remembered, but quieter");
    assert!(shown.has_style("▸repo01", theme.remembered));
}

#[test]
fn a_port_search_marks_the_range_that_holds_it() {
    let theme = Theme::dark();
    let mut run = Run::sample().sized(160, 45);
    run.press("/").type_text("2750").press("Enter ↓");
    let shown = screen(&run);
    let (first, rows) = (shown.at("2500-3300"), shown.rows());
    for x in 0..9 {
        assert!(is_styled(shown.cell(Position { x: first.x + x, ..first }), theme.found), "column {x}");
    }
    assert!(!is_styled(shown.cell(Position { x: first.x + 9, ..first }), theme.found));
    assert!(!is_styled(shown.cell(Position { x: first.x - 3, ..first }), theme.found));
    assert!(row_with(&rows, &["Flows", "/ 2750", " of "]).contains(&format!(
        "{} of {}",
        run.listed(),
        run.flows()
    )));
}

#[test]
fn a_range_among_other_ports_is_marked_alone() {
    let theme = Theme::dark();
    let mut run = Run::of(rich_plan(), None).sized(160, 45);
    run.press("/").type_text("2750 from:gip01 to:repo01").press("Enter ↓");
    let shown = screen(&run);
    let at = shown.at("6162 or 2500-3300");
    let is_found = |x: u16| is_styled(shown.cell(Position { x: at.x + x, ..at }), theme.found);
    assert!(!(0..5).any(is_found), "the first choice does not hold 2750");
    assert!((8..17).all(is_found));
}

#[test]
fn a_word_search_marks_the_letters() {
    let theme = Theme::dark();
    let mut run = Run::sample().sized(160, 45);
    run.press("/").type_text("worker").press("Enter End");
    let shown = screen(&run);
    let row = shown.rows().iter().position(|row| row.contains("worker01") && row.contains("tcp")).unwrap();
    let area = ratatui::layout::Rect::new(50, u16::try_from(row).unwrap(), 110, 1);
    let at = shown.find_in(area, "worker01").unwrap();
    let is_found = |x: u16| is_styled(shown.cell(Position { x: at.x + x, ..at }), theme.found);
    assert!((0..6).all(is_found), "the letters of the word");
    assert!(!is_found(6) && !is_found(7), "and no other");
}

#[test]
fn new_flows_have_their_sign() {
    let theme = Theme::dark();
    let mut run = Run::of(rich_plan(), None).sized(160, 45);
    run.press("Tab Space Space Tab");
    let rows = run.app.flow_view().listing().window(run.app.flows(), 0, usize::MAX);
    let is_new = |flow: &_| run.app.change().unwrap().is_new(run.app.flows(), *flow);
    let at = rows.iter().position(is_new).expect("an option brought flows");
    let flow = run.flow_text(rows[at]);
    run.press(&"↓ ".repeat(at + 1));
    let shown = screen(&run);
    let at = new_row(&shown, &flow);
    assert_eq!(shown.cell(at).symbol(), "+");
    assert!(is_styled(shown.cell(at), theme.added));
}

/// The place of the sign in the row of a flow.
fn new_row(shown: &Screen, flow: &str) -> Position {
    let parts: Vec<_> = flow.splitn(4, ' ').collect();
    let row = shown.rows().iter().position(|row| {
        let list = row.chars().skip(48).collect::<String>();
        let mut words = list.trim_start_matches(['│', '▸', '+', '!', ' ']).split_whitespace();
        words.next() == Some(parts[0]) && words.next() == Some(parts[1]) && list.contains(parts[3])
    });
    let y = u16::try_from(row.unwrap_or_else(|| panic!("no {flow}\n{}", shown.text()))).unwrap();
    Position { x: shown.at(" Flows ").x + 1, y }
}

#[test]
fn a_doubtful_flow_is_explained_in_the_reasons() {
    use portplan::flows::Tag;
    let mut run = Run::of(rich_plan(), None).sized(160, 45);
    let rows = run.app.flow_view().listing().window(run.app.flows(), 0, usize::MAX);
    let is_doubtful = |flow: &&portplan::flows::FlowRef| run.app.flows().tags(**flow).contains(&Tag::Doubt);
    let at = rows.iter().position(|flow| is_doubtful(&flow)).expect("the pages have doubtful rows");
    run.press("Tab Tab").press(&"↓ ".repeat(at + 1)).press("↑");
    let shown = screen(&run);
    let selected =
        shown.rows().iter().position(|row| row.chars().skip(40).any(|letter| letter == '▸')).unwrap();
    assert!(shown.row(u16::try_from(selected).unwrap()).contains("▸!"), "{}", shown.text());
    assert!(shown.text().contains("! The row looks doubtful on the page; see below."), "{}", shown.text());
}

#[test]
fn what_is_cut_ends_in_an_ellipsis_and_stands_whole_in_the_reasons() {
    let name = "worker-with-a-rather-long-name.example.com";
    let hosts =
        [("vbr01", Os::Windows, "backup-server", "10.0.0.1"), (name, Os::Linux, "worker", "10.0.0.2")];
    let mut run = Run::of(plan("x", &hosts), None).sized(80, 24);
    run.press("Tab Tab");
    let rows = screen(&run).rows();
    assert!(row_with(&rows, &["worker-with-", "…", "tcp"]).len() > 10);
    let why = rows.iter().position(|row| row.contains(" Why ")).unwrap();
    assert!(rows[why..].iter().any(|row| row.contains(name)), "{}", rows.join("\n"));
}

#[test]
fn wide_letters_keep_the_columns_straight() {
    let hosts = [
        ("備份伺服器", Os::Windows, "backup-server", "10.0.0.1"),
        ("repo", Os::Linux, "backup-repository", "10.0.0.2"),
        ("非常に長い名前のホストです", Os::Linux, "worker", "10.0.0.3"),
    ];
    for size in [(80, 24), (160, 45)] {
        let mut run = Run::of(plan("計畫", &hosts), None).sized(size.0, size.1);
        run.press("Tab Tab");
        let shown = screen(&run);
        let heading = shown.at("Proto");
        let rows = u16::try_from(run.listed().min(u64::from(shown.viewport.main))).unwrap();
        for y in heading.y + 1..=heading.y + rows {
            let proto: String = (0..3).map(|x| shown.buffer[(heading.x + x, y)].symbol()).collect();
            assert!(["tcp", "udp"].contains(&proto.as_str()), "{size:?}: {proto:?} in {}", shown.row(y));
        }
        for y in 1..size.1 - 1 {
            assert!(
                ["│", "╮", "╯", "┃"].contains(&shown.buffer[(size.0 - 1, y)].symbol()),
                "the frame stands straight in row {y}:\n{}",
                shown.text()
            );
        }
    }
}

/// A name of wide letters without spaces is broken by columns, so that none of it falls off the edge.
#[test]
fn long_words_of_wide_letters_are_whole_in_the_reasons() {
    let name = "名".repeat(90) + "終";
    let hosts = [
        ("vbr01", Os::Windows, "backup-server", "10.0.0.1"),
        (name.as_str(), Os::Linux, "worker", "10.0.0.2"),
    ];
    let mut run = Run::of(plan("x", &hosts), None).sized(100, 60);
    run.press("Tab Tab");
    let text = screen(&run).text();
    assert_eq!(text.matches('終').count(), 1, "{text}");
    let (_, why) = text.split_once(" Why ").unwrap();
    assert_eq!(why.matches('名').count(), 90, "{text}");
}

#[test]
fn empty_panes_teach_the_next_key() {
    let mut run = Run::empty().sized(160, 45);
    let text = screen(&run).text();
    for hint in [
        "No host yet.",
        "Press a to add the first.",
        "a adds a host.",
        "Select a flow to see which rules ask",
    ] {
        assert!(text.contains(hint), "{hint}\n{text}");
    }
    run.press("/").type_text("zz");
    assert!(screen(&run).text().contains("Esc shows all flows again."));
    run.press("Esc 4");
    let text = screen(&run).text();
    assert!(text.contains("There is nothing to check yet. Press a to add the first host"), "{text}");
    let run = Run::of(plan("x", &[("x", Os::Other, "", "")]), None).sized(160, 45);
    assert!(screen(&run).text().contains("No two hosts have roles that talk to each other yet."));
}

#[test]
fn a_check_shows_its_remedy_and_its_rows() {
    let mut run = Run::of(plan("x", &[("w1", Os::Linux, "worker", "10.0.0.1")]), None).sized(160, 45);
    run.press("4");
    let text = screen(&run).text();
    assert!(text.contains("To do: give a host the role Backup server, or add one."), "{text}");
    assert!(text.contains("Enter add such a host · Space acknowledge"), "{text}");
    assert!(text.contains("AHV"), "the rows that wait for it: {text}");
}

#[test]
fn the_search_line_has_the_cursor() {
    let mut run = Run::sample().sized(160, 45);
    run.press("/").type_text("ab");
    let shown = screen(&run);
    let at = shown.at("/ ab");
    assert_eq!(shown.cursor, Some(Position { x: at.x + 4, ..at }));
    run.press("←");
    assert_eq!(screen(&run).cursor, Some(Position { x: at.x + 3, ..at }));
    run.press("Enter");
    assert_eq!(screen(&run).cursor, None, "no cursor where nothing is typed");
}

/// The cursor is where the next letter goes, however long the search is.
#[test]
fn a_long_search_is_edited_where_the_cursor_stands() {
    let mut run = Run::sample().sized(80, 24);
    run.press("/").type_text(&"0123456789".repeat(10)).press("Home");
    let shown = screen(&run);
    let at = shown.cursor.expect("the search line has the cursor");
    assert_eq!(shown.cell(at).symbol(), "0", "{}", shown.text());
    run.type_text("x");
    let shown = screen(&run);
    let at = shown.cursor.unwrap();
    assert_eq!(shown.cell(Position { x: at.x - 1, ..at }).symbol(), "x", "{}", shown.text());
}

/// A host's own setting is worth a word only where it differs from the plan's.
#[test]
fn the_options_tell_how_many_hosts_differ_from_the_plan() {
    let catalogue = portplan::catalogue::Catalogue::embedded().unwrap();
    let plan = portplan::files::read(portplan::files::samples()[1].text, &catalogue).unwrap();
    let mut run = Run::of(plan, None).sized(160, 45);
    let option = catalogue.option("persistent-agent").unwrap();
    let own = run.app.plan().hosts().iter().filter(|host| host.options.on().contains(option)).count();
    let told = |run: &Run| screen(run).text().matches("differ").count();
    let before = told(&run);
    assert!(own > 0 && before > 0, "the plan has a host with a setting of its own");
    run.press("Tab");
    while run.app.selected_option() != Some(option) {
        run.press("↓");
    }
    run.press("Space");
    assert_eq!(told(&run), before - 1, "they agree with the plan now");
}
