//! Searching the flows.

use portplan::app::{Context, Focus};

use super::driver::Run;

/// Whether one of the entries of a flow's ports holds the port.
fn holds(flow: &str, port: u16) -> bool {
    let ports = flow.splitn(4, ' ').nth(3).unwrap();
    ports.split([',', ' ', ';', '+']).any(|entry| match entry.split_once('-') {
        Some((from, to)) => from.parse::<u16>().unwrap() <= port && port <= to.parse::<u16>().unwrap(),
        None => entry.parse() == Ok(port),
    })
}

fn searched(query: &str) -> Run {
    let mut run = Run::sample();
    run.press("/").type_text(query);
    run
}

#[test]
fn a_number_finds_the_ranges_that_hold_it() {
    let run = searched("2750");
    let all = Run::sample().all_flows();
    let expected: Vec<_> = all.iter().filter(|flow| holds(flow, 2750)).collect();
    assert!(!expected.is_empty() && expected.len() < all.len());
    assert_eq!(run.all_flows().iter().collect::<Vec<_>>(), expected);
    assert!(run.all_flows().iter().all(|flow| flow.contains("2500-3300")));
}

#[test]
fn the_list_follows_every_letter() {
    let mut run = Run::sample();
    let all = run.listed();
    run.press("Tab Tab ↓ ↓ ↓ /");
    assert_eq!((run.context(), run.focus()), (Context::Search, Focus::Search));
    run.type_text("sql");
    let some = run.listed();
    assert!(some < all && run.app.flow_view().list.cursor() == 0);
    run.press("Backspace Backspace Backspace");
    assert_eq!(run.listed(), all);
}

#[test]
fn words_are_fuzzy_and_all_of_them_count() {
    let run = searched("wrkr01 10006");
    assert!(run.listed() > 0);
    assert!(run.all_flows().iter().all(|flow| flow.contains("worker01") && holds(flow, 10006)));
}

#[test]
fn pins_and_exclusions_narrow() {
    let all = Run::sample().all_flows();
    for (query, keeps) in [
        ("from:vbr01", (|flow: &str| flow.starts_with("vbr01 ")) as fn(&str) -> bool),
        ("to:vbr01", |flow| flow.split(' ').nth(1) == Some("vbr01")),
        ("port:22", |flow| holds(flow, 22)),
        ("proto:udp", |flow| flow.contains(" udp ")),
        ("!proto:tcp", |flow| !flow.contains(" tcp ")),
        ("from:vbr01 !2750", |flow| flow.starts_with("vbr01 ") && !holds(flow, 2750)),
    ] {
        let expected: Vec<_> = all.iter().filter(|flow| keeps(flow)).cloned().collect();
        let mut found = searched(query).all_flows();
        found.sort();
        let mut sorted = expected.clone();
        sorted.sort();
        assert_eq!(found, sorted, "{query}");
        assert!(expected.len() < all.len(), "{query} leaves something out");
    }
}

#[test]
fn enter_keeps_the_search_and_esc_clears_it() {
    let mut run = searched("sql01");
    let found = run.listed();
    run.press("Enter");
    assert_eq!((run.context(), run.listed()), (Context::Flows, found));
    run.press("Esc");
    assert_eq!((run.listed(), run.context()), (run.flows(), Context::Flows));
    run.press("/").type_text("2750").press("Esc");
    assert_eq!((run.listed(), run.context()), (run.flows(), Context::Flows), "Esc in the line itself");
    assert!(run.app.flow_view().search.is_empty());
}

#[test]
fn a_search_that_is_kept_is_edited_on() {
    let mut run = searched("sql0");
    run.press("Enter /").type_text("1");
    assert_eq!(run.app.flow_view().search.text(), "sql01");
}

#[test]
fn letters_that_are_commands_elsewhere_are_searched_for() {
    let run = searched("q a y ? :");
    assert_eq!(run.app.flow_view().search.text(), "q a y ? :");
    assert_eq!((run.context(), run.asked()), (Context::Search, 0));
}

#[test]
fn arrows_walk_through_what_is_found_while_typing() {
    let mut run = searched("vbr01");
    run.press("↓ ↓");
    assert_eq!((run.app.flow_view().list.cursor(), run.context()), (2, Context::Search));
    run.type_text(" ");
    assert_eq!(run.app.flow_view().list.cursor(), 0, "another search begins at the best match");
}

#[test]
fn tab_leaves_the_line_and_keeps_the_search() {
    let mut run = searched("sql01");
    let found = run.listed();
    run.press("Tab");
    assert_ne!(run.focus(), Focus::Search);
    assert_eq!(run.listed(), found);
}

#[test]
fn nothing_found_is_no_trouble() {
    let mut run = searched("zzzzzz");
    assert_eq!((run.listed(), run.flow()), (0, String::new()));
    run.press("↓ PgDn Enter ↓ End y");
    assert_eq!((run.message(), run.asked()), ("select a flow first", 0));
}

#[test]
fn the_cursor_stays_on_its_flow_across_edits() {
    let mut run = Run::sample();
    run.press("Tab Tab").press(&"↓ ".repeat(12));
    let flow = run.flow();
    run.press("a").type_text("aaa").press("Tab Space").type_text("console").press("Enter Enter");
    assert_eq!(run.flow(), flow, "a host came");
    run.press("Shift-Tab Shift-Tab K K K K K K K K");
    assert_eq!(run.flow(), flow, "the hosts changed places");
    run.press("Tab ↓ ↓ Space");
    assert_eq!(run.flow(), flow, "an option was switched");
    run.press("u u u u u u u u u u");
    assert_eq!(run.flow(), flow, "all of it was taken back");
}

#[test]
fn the_cursor_stays_on_its_flow_when_the_search_goes() {
    let mut run = searched("sql01");
    run.press("Enter ↓ ↓");
    let flow = run.flow();
    run.press("Esc");
    assert_eq!(run.flow(), flow);
}

#[test]
fn the_cursor_keeps_its_place_where_its_flow_goes() {
    let mut run = Run::sample();
    run.press("Tab Tab End");
    run.press("Shift-Tab Shift-Tab x");
    assert!(!run.flow().is_empty());
    run.press("x x x x");
    assert_eq!((run.listed(), run.flow()), (0, String::new()));
}
