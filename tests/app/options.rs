//! Options, and what a change is seen to do.

use portplan::app::{Context, Event};

use super::driver::Run;

#[test]
fn an_option_shows_what_it_brings_and_takes() {
    let mut run = Run::sample();
    let flows = run.flows();
    run.press("Tab Space");
    assert_eq!(run.context(), Context::Options);
    let (added, removed) = run.delta();
    assert!(removed > 0, "SQL Server was on, its rows are gone");
    assert_eq!(run.message(), format!("SQL Server off · +{added} −{removed} flows"));
    assert_eq!(run.flows(), flows + added - removed);
    run.press("Enter");
    assert_eq!(run.delta(), (removed, added));
    assert_eq!(run.message(), format!("SQL Server on · +{removed} −{added} flows"));
    assert_eq!(run.flows(), flows);
}

#[test]
fn the_new_flows_are_known_one_by_one() {
    let mut run = Run::sample();
    run.press("Tab Space");
    let before = run.all_flows();
    run.press("Space");
    let change = run.app.change().unwrap();
    let rows = run.app.flow_view().listing().window(run.app.flows(), 0, usize::MAX);
    let is_new = |flow: &_| change.is_new(run.app.flows(), *flow);
    let (new, old): (Vec<_>, Vec<_>) = rows.into_iter().partition(is_new);
    assert_eq!(new.len() as u64, run.delta().0);
    assert!(new.iter().all(|flow| !before.contains(&run.flow_text(*flow))));
    assert!(old.iter().all(|flow| before.contains(&run.flow_text(*flow))));
}

#[test]
fn the_mark_goes_after_a_while_and_not_with_the_next_key() {
    let mut run = Run::sample();
    run.press("Tab Space ↓ Tab");
    assert!(run.app.change().is_some(), "one can look around");
    run.event(Event::Wake(999));
    assert!(run.app.change().is_some(), "another timer");
    for number in 0..10 {
        run.event(Event::Wake(number));
    }
    assert!(run.app.change().is_none() && run.app.message().is_none());
}

/// The timer of an earlier edit must not take the mark of a later one away.
#[test]
fn every_change_is_marked_for_its_own_time() {
    let mut run = Run::sample();
    run.press("Tab Space");
    let first = last_wake(&mut run);
    run.press("Space");
    let second = last_wake(&mut run);
    run.event(Event::Wake(first));
    assert!(run.app.change().is_some() && run.app.message().is_some());
    run.event(Event::Wake(second));
    assert!(run.app.change().is_none());
}

fn last_wake(run: &mut Run) -> u64 {
    run.wakes().last().copied().expect("a timer was asked for")
}

#[test]
fn every_option_can_be_switched_and_taken_back() {
    let mut run = Run::sample();
    let before = run.content();
    run.press("Tab");
    let count = run.app.catalogue().options().len();
    for _ in 0..count {
        let option = run.app.selected_option().unwrap();
        let was = run.app.plan().options().contains(option);
        run.press("Space");
        assert_eq!(run.app.plan().options().contains(option), !was);
        run.press("↓");
    }
    assert_eq!(run.app.option_list().index(), count - 1);
    for _ in 0..count {
        run.press("u");
    }
    assert_eq!(run.content(), before);
    assert!(!run.is_dirty(), "the plan is as it was saved");
}
