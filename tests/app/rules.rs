//! The rules view: its target, what is kept of it, and the search in its text.

use portplan::app::{App, Effect};
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
