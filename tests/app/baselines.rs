//! Baselines: pinned, compared with while the plan is edited, gone back to; changes that are seen and taken back.

use portplan::app::layers::baseline_list::Standing;
use portplan::app::{Context, Effect, Event, Layer, View};
use portplan::flows::changes::{Row, Topic};
use portplan::flows::{Comparison, Delta, Flows};

use super::driver::{Run, rich_plan};
use crate::flows::support::catalogue;

fn delta(run: &Run) -> (u64, u64) {
    let Delta { added, removed } = run.app.comparison().expect("something to compare with").delta();
    (added, removed)
}

fn active(run: &Run) -> &str {
    run.app.comparison().map_or("", |pinned| pinned.name().as_str())
}

fn baselines(run: &Run) -> Vec<String> {
    run.app.plan().baselines().iter().map(|baseline| baseline.name().to_string()).collect()
}

/// The headings of the list, as sentences with their counts.
fn headings(run: &Run) -> Vec<(String, u64, u64)> {
    let teller = run.app.change_teller().unwrap();
    let heading = |head: &portplan::flows::changes::Heading| {
        let text = match head.topic {
            Topic::Cause(cause) => teller.tell(cause),
            Topic::Host(host) => teller.name(host).to_owned(),
        };
        (text, head.delta.added, head.delta.removed)
    };
    run.app.changes().unwrap().headings().map(heading).collect()
}

fn pinned() -> Run {
    let mut run = Run::of(rich_plan(), Some("/plans/wien.ron"));
    run.press("b").type_text("as agreed").press("Enter");
    run
}

#[test]
fn pinning_asks_for_a_name_and_is_one_step() {
    let mut run = Run::of(rich_plan(), Some("/plans/wien.ron"));
    assert!(run.app.comparison().is_none());
    run.press("b");
    assert_eq!((run.context(), run.prompt()), (Context::Prompt, "baseline 1"));
    run.press("Enter");
    assert_eq!(run.context(), Context::Hosts);
    assert_eq!(baselines(&run), ["baseline 1"]);
    assert_eq!((active(&run), delta(&run)), ("baseline 1", (0, 0)));
    assert!(
        run.message().contains("pinned as \"baseline 1\"") && run.message().contains("press 3"),
        "{}",
        run.message()
    );
    assert!(run.is_dirty());
    run.press("u");
    assert!(baselines(&run).is_empty() && run.app.comparison().is_none());
    assert!(!run.is_dirty());
    run.press("U");
    assert_eq!((active(&run), delta(&run)), ("baseline 1", (0, 0)));
}

#[test]
fn the_counts_follow_every_edit_as_a_fresh_comparison_has_them() {
    let mut run = pinned();
    let before = Flows::new(catalogue(), run.app.plan());
    for keys in ["x", "↓ ↓ d", "Tab Space", "u", "u", "U", "K", "Tab Tab", "u"] {
        run.press(keys);
        let fresh = Comparison::new(&before, &Flows::new(catalogue(), run.app.plan())).delta();
        assert_eq!(delta(&run), (fresh.added, fresh.removed), "after {keys}");
    }
}

#[test]
fn what_changed_is_seen_by_reason_and_by_host_and_taken_back() {
    let mut run = pinned();
    run.press("↓ r").type_text("guest-interaction-proxy").press("Space Esc");
    assert!(!run.roles("gip01").contains(&"guest-interaction-proxy"));
    let (added, removed) = delta(&run);
    assert!(added == 0 && removed > 0);
    run.press("3");
    assert_eq!((run.app.view(), run.context()), (View::Changes, Context::Changes));
    assert_eq!(headings(&run), [("gip01 is no longer Guest interaction proxy".to_owned(), 0, removed)]);
    assert!(matches!(run.app.selected_change(), Some(Row::Heading(_))));
    run.press("v");
    assert_eq!(headings(&run).iter().map(|(_, _, gone)| gone).sum::<u64>(), removed);
    assert!(headings(&run).iter().any(|(host, ..)| host == "vbr01"), "{:?}", headings(&run));
    run.press("v ↓");
    assert!(matches!(run.app.selected_change(), Some(Row::Flow(_))));
    let before = run.content();
    run.press("x");
    assert!(run.roles("gip01").contains(&"guest-interaction-proxy"));
    assert_eq!(
        run.message().split(" · ").next(),
        Some("take back that gip01 is no longer Guest interaction proxy")
    );
    assert_eq!(delta(&run), (0, 0));
    assert!(run.app.changes().unwrap().is_empty());
    run.press("x");
    assert_eq!(delta(&run), (0, 0), "nothing is left to take back");
    run.press("u");
    assert_eq!((run.content(), delta(&run)), (before, (0, removed)));
}

#[test]
fn a_host_that_is_gone_comes_back_to_its_place_and_a_new_one_goes() {
    let mut run = pinned();
    let content = run.content();
    run.press("↓ x");
    assert!(!run.names().contains(&"gip01"));
    run.press("3");
    assert_eq!(headings(&run)[0].0, "host gip01 is gone");
    run.press("x");
    assert_eq!(run.content(), content);
    run.press("1 Tab Tab d");
    assert_eq!(run.names().len(), content_hosts(&run) + 1);
    run.press("3 x");
    assert_eq!(run.content(), content);
}

fn content_hosts(run: &Run) -> usize {
    run.app.comparison().unwrap().plan().hosts().len()
}

#[test]
fn a_host_as_a_group_is_taken_back_with_everything_that_is_its_own() {
    let mut run = pinned();
    let content = run.content();
    run.press("↓ r").type_text("guest-interaction-proxy").press("Space Esc");
    run.press("r").type_text("mount-server").press("Space Esc");
    run.press("3 v");
    let rows = run.app.changes().unwrap().window(0, usize::MAX);
    let own = run.host("gip01").id;
    let line =
        rows.iter().position(|row| matches!(row, Row::Heading(head) if head.topic == Topic::Host(own)));
    for _ in 0..line.unwrap() {
        run.press("↓");
    }
    run.press("x");
    assert_eq!(run.content(), content, "{}", run.message());
    assert_eq!(delta(&run), (0, 0));
}

#[test]
fn going_back_pins_what_would_be_lost_and_both_states_can_be_mixed() {
    let mut run = pinned();
    let agreed = run.content();
    run.press("x ↓ r").type_text("mount-server").press("Space Esc");
    let tried = run.content();
    let (added, removed) = delta(&run);
    run.press("b");
    assert_eq!(run.context(), Context::Baselines);
    let Some(Layer::Baselines(dialog)) = run.app.layers().last() else { panic!("no list") };
    assert_eq!(dialog.entries[0].delta, Delta { added, removed });
    assert_eq!(dialog.entries[0].standing, Standing::Different);
    run.press("r");
    assert_eq!(
        (run.content(), baselines(&run)),
        (agreed.clone(), vec!["as agreed".to_owned(), "tried 1".to_owned()])
    );
    assert_eq!((active(&run), delta(&run)), ("tried 1", (removed, added)), "the other way round");
    // Going there and back pins nothing twice.
    run.press("b ↓ r");
    assert_eq!((run.content(), active(&run)), (tried.clone(), "as agreed"));
    assert_eq!(baselines(&run).len(), 2);
    run.press("u");
    assert_eq!(run.content(), agreed, "one step");
    run.press("u");
    assert_eq!(
        (run.content(), baselines(&run)),
        (tried, vec!["as agreed".to_owned()]),
        "one step, with the pin"
    );
    run.press("U b ↑ r");
    assert_eq!(run.message(), "the plan is as in \"as agreed\" already");
    // What was liked is taken over from what was tried: the host stays away.
    run.press("Esc b End Enter");
    assert_eq!((run.app.view(), active(&run)), (View::Changes, "tried 1"));
    assert!(headings(&run).contains(&(
        "host vbr01 is new".to_owned(),
        headings(&run)[0].1,
        headings(&run)[0].2
    )));
    while !matches!(run.app.selected_change(), Some(Row::Heading(head)) if headings(&run)[0].1 == head.delta.added)
    {
        run.press("↓");
    }
    run.press("x");
    assert!(!run.names().contains(&"vbr01"), "{}", run.message());
}

#[test]
fn baselines_are_renamed_pinned_anew_and_dropped() {
    let mut run = pinned();
    run.press("x b e").type_text("as signed").press("Enter");
    assert_eq!((baselines(&run), active(&run)), (vec!["as signed".to_owned()], "as signed"));
    assert_ne!(delta(&run), (0, 0));
    run.press("p");
    assert_eq!(delta(&run), (0, 0));
    run.press("a");
    assert_eq!(run.prompt(), "baseline 1");
    run.type_text("as signed").press("Enter");
    let Some(Layer::Prompt(prompt)) = run.app.layers().last() else { panic!("no prompt") };
    assert_eq!(
        prompt.error.as_deref(),
        Some("there is a baseline called \"as signed\" already; type another name")
    );
    run.press("Ctrl-u").type_text("second").press("Enter");
    assert_eq!(
        (baselines(&run), active(&run)),
        (vec!["as signed".to_owned(), "second".to_owned()], "second")
    );
    run.press("b x");
    assert_eq!((baselines(&run), active(&run)), (vec!["as signed".to_owned()], "as signed"));
    assert_eq!(run.context(), Context::Baselines);
    run.press("x");
    assert!(baselines(&run).is_empty() && run.app.comparison().is_none());
    assert_eq!(run.context(), Context::Hosts, "an empty list has nothing to show");
    run.press("u u u u u u u");
    assert_eq!(run.app.history().next_undo(), None, "seven steps were made");
}

#[test]
fn after_opening_a_file_the_last_baseline_is_compared_with() {
    let mut run = pinned();
    run.press("x b a").type_text("second").press("Enter");
    run.press("b Home Enter");
    assert_eq!(active(&run), "as agreed");
    run.press("s");
    let Effect::Save { plan, .. } = run.effect() else { panic!("nothing to save") };
    let text = portplan::files::write(&plan, catalogue());
    let again = portplan::files::read(&text, catalogue()).unwrap();
    let expected = delta(&run);
    run.event(Event::Opened { path: Some("/plans/wien.ron".into()), plan: Ok(Box::new(again)) });
    assert_eq!((active(&run), delta(&run)), ("second", (0, 0)));
    run.press("b ↑ Enter");
    assert_eq!((active(&run), delta(&run)), ("as agreed", expected));
    assert!(!run.is_dirty(), "what it is compared with is no change of the plan");
}

#[test]
fn a_host_that_is_deleted_and_put_in_again_is_no_change() {
    let mut run = pinned();
    run.press("↓ ↓ ↓ ↓ ↓ x");
    assert!(!run.names().contains(&"ahv01"));
    assert_ne!(delta(&run), (0, 0));
    run.press("a").type_text("ahv01").press("Enter r");
    for role in ["ahv-cluster", "prism-central"] {
        run.type_text(role).press("Space Ctrl-u");
    }
    run.press("Esc");
    assert_eq!(run.roles("ahv01").len(), 2);
    assert_eq!(delta(&run), (0, 0), "as it will be when the file is read again");
}

#[test]
fn snippets_are_for_what_came_and_removals_for_what_went() {
    let mut run = pinned();
    run.press("↓ d");
    run.press("3 ↓ y");
    let Effect::Copy { text, what } = run.effect() else { panic!("no copy") };
    assert!(what.ends_with("new on each destination since \"as agreed\""), "{what}");
    assert!(text.contains("gip02") && text.contains("opens ports"), "{text}");
    let (added, _) = delta(&run);
    let (came, was) = (run.flows(), run.flows() - added);
    assert!(was < came);
    run.press("u 1 Tab Tab ↑ ↓ x 3 ↓ y");
    let Effect::Copy { text, what } = run.effect() else { panic!("no copy") };
    assert!(what.ends_with("gone from each destination since \"as agreed\""), "{what}");
    assert!(text.contains("roll-back") && text.contains("vbr01") | text.contains("gip01"), "{text}");
    run.press("2 c");
    let mut scopes = Vec::new();
    for _ in 0..14 {
        scopes.push(run.app.scope_words());
        run.press("c");
    }
    for wanted in [
        "new on each destination",
        "new on a firewall between",
        "gone from each destination",
        "gone from a firewall between",
    ] {
        assert!(scopes.iter().any(|scope| scope.starts_with(wanted)), "{wanted}: {scopes:?}");
    }
}

#[test]
fn a_plan_that_may_only_be_read_is_not_pinned() {
    let mut run = Run::of(rich_plan(), Some("/plans/wien.ron"));
    run.event(Event::InUse("ann on host7".to_owned())).press("Esc");
    run.press("b");
    assert!(run.message().starts_with("read-only: "), "{}", run.message());
    assert!(run.app.layers().is_empty());
}
