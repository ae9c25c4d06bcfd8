//! The list of hosts: duplicate, delete, move, and a cursor that stays where the operator looks.

use portplan::app::{Context, Tone};

use super::driver::Run;

#[test]
fn a_duplicate_is_selected_and_has_no_address() {
    let mut run = Run::sample();
    run.press("↓ ↓ d");
    assert_eq!(run.names(), ["vbr01", "repo01", "worker01", "worker02", "ahv01", "sql01"]);
    assert_eq!(run.selected(), "worker02");
    assert!(run.addresses("worker02").is_empty());
    assert_eq!(run.roles("worker02"), run.roles("worker01"));
    let (added, removed) = run.delta();
    assert!(added > 0 && removed == 0);
    assert_eq!(
        run.message(),
        format!("duplicate worker01 as worker02 · its addresses were not copied · +{added} −0 flows")
    );
}

#[test]
fn delete_goes_to_the_next_host_and_undo_comes_back() {
    let mut run = Run::sample();
    let (before, flows) = (run.content(), run.flows());
    run.press("↓ x");
    assert_eq!((run.names().len(), run.selected()), (4, "worker01"));
    let (added, removed) = run.delta();
    assert!(added == 0 && removed > 0);
    assert_eq!(run.message(), format!("delete repo01 · +0 −{removed} flows"));
    run.press("u");
    assert_eq!((run.content(), run.flows()), (before, flows));
    assert_eq!(run.delta(), (removed, 0));
    assert_eq!(run.message(), format!("undid: delete repo01 · +{removed} −0 flows"));
    assert_eq!(run.selected(), "repo01", "what came back is under the cursor");
}

#[test]
fn undo_shows_the_host_that_it_brings_back() {
    let mut run = Run::sample();
    run.press("↓ x End Tab Space");
    run.press("u");
    assert_eq!(run.selected(), "sql01", "an option moves no cursor");
    run.press("u");
    assert_eq!(run.selected(), "repo01");
    run.press("Shift-Tab Home d G u U");
    assert_eq!(run.selected(), "vbr02", "redo, too");
}

#[test]
fn undo_above_the_cursor_leaves_it_on_its_host() {
    let mut run = Run::sample();
    run.press("d End u");
    assert_eq!(run.selected(), "sql01");
    run.press("U End u");
    assert_eq!(run.selected(), "sql01");
}

#[test]
fn the_last_line_of_the_list_can_be_deleted() {
    let mut run = Run::sample();
    run.press("End Delete");
    assert_eq!(run.selected(), "ahv01");
    run.press("x x x x");
    assert_eq!((run.names().len(), run.flows(), run.selected()), (0, 0, ""));
    run.press("x e r d i K J Enter");
    assert_eq!(run.message(), "there is no host yet; press a to add one");
    assert_eq!(run.context(), Context::Hosts);
    run.press("u u u u u");
    assert_eq!(run.names(), ["vbr01", "repo01", "worker01", "ahv01", "sql01"]);
}

#[test]
fn a_host_is_moved_with_the_cursor_and_without_a_change_of_flows() {
    let mut run = Run::sample();
    run.press("↓ J");
    assert_eq!(run.names(), ["vbr01", "worker01", "repo01", "ahv01", "sql01"]);
    assert_eq!((run.selected(), run.message()), ("repo01", "move repo01 · no flow changed"));
    run.press("K K");
    assert_eq!((run.names()[0], run.selected()), ("repo01", "repo01"));
    run.press("K");
    assert_eq!(run.names()[0], "repo01", "there is nothing above");
    run.press("End J");
    assert_eq!(run.names()[4], "sql01");
    run.press("u u u");
    assert_eq!(run.names(), ["vbr01", "repo01", "worker01", "ahv01", "sql01"]);
}

#[test]
fn the_cursor_stops_at_the_ends() {
    let mut run = Run::sample();
    for (keys, selected) in [
        ("↑", "vbr01"),
        ("k PgUp Home", "vbr01"),
        ("j", "repo01"),
        ("End", "sql01"),
        ("↓ PgDn G", "sql01"),
        ("g", "vbr01"),
        ("PgDn", "sql01"),
        ("Ctrl-b", "vbr01"),
        ("Ctrl-f", "sql01"),
    ] {
        run.press(keys);
        assert_eq!(run.selected(), selected, "{keys}");
    }
}

#[test]
fn lists_without_lines_take_every_movement() {
    let mut run = Run::empty();
    for pane in ["", "Tab", "Tab", "Tab"] {
        run.press(pane).press("↓ ↑ PgDn PgUp Home End j k g G Ctrl-f Ctrl-b");
    }
    run.press("2 ↓ End Home 4 ↓ PgDn Enter");
    assert_eq!(run.context(), Context::Checks);
    assert!(run.app.findings().is_empty());
}

#[test]
fn a_list_of_one_host_works() {
    let mut run = Run::empty();
    run.press("a").type_text("only").press("Enter ↓ PgDn End ↑ J K");
    assert_eq!((run.names(), run.selected()), (vec!["only"], "only"));
    run.press("d x x");
    assert!(run.names().is_empty());
}

#[test]
fn a_hosts_flows_are_one_key_away() {
    let mut run = Run::sample();
    run.press("End i");
    assert_eq!(run.context(), Context::Flows);
    assert!(run.listed() > 0 && run.listed() < run.flows());
    assert!(run.flow().contains("sql01"), "{}", run.flow());
    run.press("Esc");
    assert_eq!(run.listed(), run.flows());
}

#[test]
fn nothing_to_undo_is_said() {
    let mut run = Run::sample();
    run.press("u");
    assert_eq!((run.message(), run.app.message().unwrap().tone), ("nothing to undo", Tone::Failed));
    run.press("U");
    assert_eq!(run.message(), "nothing to redo");
    run.press("↓");
    assert_eq!(run.message(), "", "a message goes with the next key");
}
