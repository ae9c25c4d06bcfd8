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

/// The line of the text that the search is at, and its number among the places.
fn found(run: &Run) -> Option<(usize, String)> {
    let snippet = run.app.snippet();
    let (number, hit) = snippet.find.present()?;
    let line = snippet.text.as_ref().unwrap().lines().nth(usize::try_from(hit.line).unwrap()).unwrap();
    Some((number, line.get(hit.bytes.clone()).unwrap().to_owned()))
}

/// How often the words stand in the text, by a way of its own.
fn times(run: &Run, words: &str) -> usize {
    let text = run.app.snippet().text.clone().unwrap();
    text.lines().map(|line| line.to_lowercase().matches(words).count()).sum()
}

#[test]
fn a_search_in_the_rules_goes_through_all_places_and_round() {
    let mut run = Run::sample().sized(100, 24);
    run.press("2 /").type_text("firewallrule");
    let total = times(&run, "firewallrule");
    assert!(total > 3, "{total}");
    let find = |run: &Run| (run.app.snippet().find.count(), found(run).unwrap());
    assert_eq!(find(&run), (total, (0, "FirewallRule".to_owned())), "capital letters do not count");
    run.press("↓");
    assert_eq!((find(&run).1.0, run.context()), (1, Context::Find), "the line stays open");
    run.press("↑ ↑");
    assert_eq!(find(&run).1.0, total - 1);
    run.press("Enter");
    assert_eq!((find(&run).1.0, run.context()), (total - 1, Context::Rules), "the words stay marked");
    run.press(".");
    assert_eq!(find(&run).1.0, 0);
    run.press(",");
    assert_eq!(find(&run).1.0, total - 1);
    run.press("Enter Enter");
    assert_eq!(find(&run).1.0, 1);
    assert_eq!(run.app.flow_view().search.text(), "", "the flows are not searched");
}

#[test]
fn letters_and_spaces_count_as_they_are() {
    let mut run = Run::sample();
    run.press("2 /").type_text("[0-9].*");
    assert_eq!(run.app.snippet().find.count(), 0, "it is no pattern");
    run.press("↓ ↑ Enter . ,");
    assert_eq!(found(&run), None);
    run.press("/ Ctrl-u").type_text("Windows POWERSHELL");
    assert!(run.app.snippet().find.count() > 0);
    assert_eq!(run.app.snippet().find.count(), times(&run, "windows powershell"));
    run.press("Ctrl-u");
    assert_eq!((run.app.snippet().find.count(), found(&run)), (0, None), "nothing is nowhere");
}

#[test]
fn a_search_finds_letters_beyond_ascii() {
    let mut run = Run::sample();
    run.press("e Ctrl-u").type_text("MÜNCHEN備份").press("Enter 2");
    while run.app.snippet().target != Target::Csv {
        run.press("t");
    }
    run.press("/").type_text("münchen備");
    assert_eq!(found(&run), Some((0, "MÜNCHEN備".to_owned())));
    assert_eq!(run.app.snippet().find.count(), times(&run, "münchen備"));
}

#[test]
fn more_letters_stay_at_the_place_where_they_fit() {
    let mut run = Run::sample();
    run.press("2 /").type_text("new").press("↓ ↓");
    let place = |run: &Run| run.app.snippet().find.present().unwrap().1.clone();
    let before = place(&run);
    run.type_text("-netfirewallrule");
    assert_eq!((place(&run).line, place(&run).bytes.start), (before.line, before.bytes.start));
}

#[test]
fn the_place_is_brought_into_sight_and_left_by_scrolling() {
    let mut run = Run::sample().sized(100, 24);
    run.press("2 /").type_text("new-netfirewallrule").press("↑ Enter");
    let top = run.app.snippet().list.cursor();
    assert!(top > 0, "the last rule is far below");
    run.press("Home");
    assert_eq!(run.app.snippet().list.cursor(), 0);
    run.press("↓ ↓ F1 Esc");
    assert_eq!(run.app.snippet().list.cursor(), 2, "no key but a movement scrolls");
    run.press(",");
    assert!(run.app.snippet().list.cursor() > 2);
}

#[test]
fn esc_ends_the_search_in_the_rules_before_that_of_the_flows() {
    let mut run = Run::sample();
    run.press("/").type_text("worker").press("Enter 2 /").type_text("new").press("Enter Esc");
    assert_eq!((run.app.snippet().find.count(), run.context()), (0, Context::Rules));
    assert_eq!(run.app.flow_view().search.text(), "worker");
    run.press("Esc");
    assert_eq!(run.app.flow_view().search.text(), "");
    run.press("/").type_text("new").press("Esc");
    assert_eq!((run.app.snippet().find.count(), run.context()), (0, Context::Rules));
    assert!(run.app.snippet().find.field.is_empty());
}

#[test]
fn the_search_follows_the_text() {
    let mut run = Run::sample();
    run.press("2 /").type_text("new").press("↑ Enter");
    for keys in ["t", "T", "c", "Tab ↓", "e", "Esc u"] {
        run.press(keys);
        assert_eq!(run.app.snippet().find.count(), times(&run, "new"), "{keys}");
    }
    run.press("e").type_text("newnew").press("Enter");
    assert_eq!(run.app.snippet().find.count(), times(&run, "new"));
}
