//! The rules view: its target, what is kept of it, and the search in its text.

use portplan::app::{App, Context, Effect, View};
use portplan::snippets::Target;

use super::driver::{Run, shared_catalogue, small_plan};

/// The targets that were asked to be kept since the last call.
fn kept(run: &mut Run) -> Vec<Target> {
    let target = |effect| match effect {
        Effect::RememberTarget(target) => Some(target),
        _ => None,
    };
    run.all_effects().into_iter().filter_map(target).collect()
}

#[test]
fn a_new_target_is_kept_once_wherever_it_was_chosen() {
    let mut run = Run::sample();
    run.press("2 t");
    assert_eq!(kept(&mut run), [Target::ALL[1]]);
    run.press("c ↓ End 1 2 y");
    assert_eq!(kept(&mut run), [], "no other key changes it");
    run.press("1 f ↓");
    assert_eq!(kept(&mut run), [], "nothing is chosen yet");
    run.press("Enter");
    assert_eq!(kept(&mut run), [Target::ALL[2]]);
    run.press("f Enter");
    assert_eq!(kept(&mut run), [], "it is the same");
    run.press("f End w");
    assert_eq!(kept(&mut run), [*Target::ALL.last().unwrap()]);
}

#[test]
fn the_program_starts_with_the_target_it_is_given() {
    let mut app = App::new(shared_catalogue(), Vec::new()).with_target(Target::Nftables);
    app.start_plan(small_plan(), None);
    let mut run = Run::start();
    run.app = app;
    run.press("2");
    assert_eq!(run.app.snippet().target, Target::Nftables);
    assert!(run.app.snippet().text.as_ref().unwrap().contains("nft "));
    assert_eq!(kept(&mut run), [], "it is kept already");
    run.press("f Enter");
    assert_eq!(run.app.snippet().target, Target::Nftables, "the dialog begins with it");
}

#[test]
fn the_targets_go_round_both_ways() {
    let mut run = Run::sample().sized(100, 24);
    run.press("2");
    let first = run.app.snippet().target;
    for target in Target::ALL.into_iter().skip(1).chain([first]) {
        run.press("t");
        assert_eq!(run.app.snippet().target, target);
    }
    run.press("End");
    assert!(run.app.snippet().list.cursor() > 0);
    for target in Target::ALL.into_iter().rev() {
        run.press("T");
        assert_eq!((run.app.snippet().target, run.app.snippet().list.cursor()), (target, 0));
    }
}

#[test]
fn a_target_is_chosen_from_the_list_without_a_copy() {
    let mut run = Run::sample().sized(100, 24);
    run.press("2 ↓ ↓ f End Space");
    let last = *Target::ALL.last().unwrap();
    assert_eq!((run.context(), run.app.snippet().target), (Context::Rules, last));
    assert_eq!(run.app.snippet().list.cursor(), 0, "another text begins at its first line");
    assert_eq!(run.asked(), 0, "nothing is copied");
    run.press("f Home Esc");
    assert_eq!(run.app.snippet().target, last, "only what is chosen counts");
    run.press("f Home Space ↓ ↓ f Space");
    assert_eq!(run.app.snippet().list.cursor(), 2, "the same text stays where it was");
    run.press("f Home Tab End Space");
    assert_eq!(run.app.scope_words(), "whole plan, on a firewall between");
    assert_eq!(run.app.snippet().target, Target::ALL[0]);
}

#[test]
fn from_another_pane_the_list_leads_to_the_rules() {
    let mut run = Run::sample();
    run.press("f ↓ Space");
    assert_eq!((run.app.view(), run.context()), (View::Rules, Context::Rules));
    assert_eq!((run.app.snippet().target, run.asked()), (Target::ALL[1], 0));
    assert!(run.app.snippet().text.as_ref().unwrap().contains("nft "), "the text is there at once");
}
