//! Every kind of edit, taken back to the first plan and made again.

use super::driver::{Content, Run};

/// Presses keys that make exactly one step each.
fn edit(run: &mut Run, states: &mut Vec<(Content, u64)>, keys: &str, text: &str, end: &str) {
    let steps = run.app.history().revision();
    run.press(keys).type_text(text).press(end);
    assert_ne!(run.app.history().revision(), steps, "{keys} {text} {end}: {}", run.message());
    states.push((run.content(), run.flows()));
}

fn every_kind_of_edit(run: &mut Run) -> Vec<(Content, u64)> {
    let mut states = vec![(run.content(), run.flows())];
    edit(run, &mut states, "a", "gip01", "Enter");
    edit(run, &mut states, "r", "guest interaction", "Enter");
    edit(run, &mut states, "r", "oracle", "Enter");
    edit(run, &mut states, "r", "oracle", "Space Esc");
    edit(run, &mut states, "e", "-b", "Enter");
    edit(run, &mut states, "e Tab Tab Tab", "10.1.0.0/16", "Enter");
    edit(run, &mut states, "e Tab Tab", "", "Space Enter");
    edit(run, &mut states, "e Tab Tab Tab Tab", "dmz", "Enter");
    edit(run, &mut states, "e Shift-Tab", "", "Space Enter");
    edit(run, &mut states, "d", "", "");
    edit(run, &mut states, "K", "", "");
    edit(run, &mut states, "J", "", "");
    edit(run, &mut states, "x", "", "");
    edit(run, &mut states, "Home x", "", "");
    edit(run, &mut states, "Tab", "", "End Space");
    edit(run, &mut states, "n", " II", "Enter");
    states
}

#[test]
fn every_step_is_taken_back_and_made_again() {
    let mut run = Run::sample();
    let states = every_kind_of_edit(&mut run);
    for (content, flows) in states.iter().rev().skip(1) {
        assert!(run.is_dirty());
        run.press("u");
        assert_eq!((&run.content(), run.flows()), (content, *flows), "{}", run.message());
    }
    assert!(!run.is_dirty(), "back at what is on the disk");
    run.press("u");
    assert_eq!(run.message(), "nothing to undo");
    for (content, flows) in states.iter().skip(1) {
        run.press("Ctrl-r");
        assert_eq!((&run.content(), run.flows()), (content, *flows), "{}", run.message());
        assert!(run.message().starts_with("redid: "));
    }
    run.press("U");
    assert_eq!(run.message(), "nothing to redo");
}

#[test]
fn an_edit_after_undo_drops_what_was_taken_back() {
    let mut run = Run::sample();
    run.press("d d u");
    run.press("Tab Space U");
    assert_eq!(run.message(), "nothing to redo");
    run.press("u u");
    assert_eq!(run.names(), Run::sample().names());
}

#[test]
fn saved_states_are_known_across_undo() {
    let mut run = Run::sample();
    run.press("d s").saves(Ok(()));
    assert!(!run.is_dirty());
    run.press("u");
    assert!(run.is_dirty());
    run.press("U");
    assert!(!run.is_dirty());
    run.press("u d");
    assert!(run.is_dirty(), "the same edit again is another state");
}
