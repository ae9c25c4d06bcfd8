//! Whatever is pressed: no panic, and the way back and forth through the steps is exact.

use portplan::app::command::COMMANDS;
use portplan::app::layers::Question;
use portplan::app::{Context, Layer};
use proptest::prelude::*;

use super::driver::Run;

fn all_keys() -> Vec<&'static str> {
    let mut keys: Vec<_> = COMMANDS.iter().flat_map(|spec| spec.keys.iter().copied()).collect();
    keys.extend(["Backspace", "Ctrl-w", "Ctrl-u", "Alt-x", "b", "w", "1", "0", ".", "-", "é", "漢", "F5"]);
    keys.sort_unstable();
    keys.dedup();
    // Edits are what this is about: the keys that make them come more often.
    keys.extend(["a", "Enter", "d", "x", "r", "Space", "Tab", "↓", "K", "J", "u", "U", "e"]);
    keys
}

/// Closes every dialog without leaving the plan.
fn close_dialogs(run: &mut Run) {
    for _ in 0..40 {
        match run.app.layers().last() {
            Some(Layer::Confirm(confirm)) if confirm.question == Question::DropForm => run.press("d"),
            Some(_) => run.press("Esc"),
            None if matches!(run.context(), Context::Search | Context::Find) => run.press("Enter"),
            None => return,
        };
    }
    panic!("a dialog does not close: {:?}", run.app.layers());
}

fn exact_way_back(mut run: Run, keys: &[&str]) {
    for key in keys {
        run.press(key);
    }
    close_dialogs(&mut run);
    let (end, flows) = (run.content(), run.flows());
    let mut steps = 0;
    while run.app.history().next_undo().is_some() {
        run.press("u");
        steps += 1;
    }
    for _ in 0..steps {
        run.press("U");
    }
    assert_eq!((run.content(), run.flows()), (end, flows), "{keys:?}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn any_keys_in_a_plan(keys in prop::collection::vec(prop::sample::select(all_keys()), 0..60)) {
        exact_way_back(Run::sample().sized(100, 30), &keys);
    }

    #[test]
    fn any_keys_in_an_empty_plan(keys in prop::collection::vec(prop::sample::select(all_keys()), 0..60)) {
        exact_way_back(Run::empty().sized(60, 20), &keys);
    }

    #[test]
    fn any_keys_on_the_start_screen(keys in prop::collection::vec(prop::sample::select(all_keys()), 0..40)) {
        exact_way_back(Run::start().sized(80, 24), &keys);
    }
}
