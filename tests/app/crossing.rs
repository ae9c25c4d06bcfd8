//! Only what crosses zones: the filter of the flows view, and what follows it.

use portplan::app::command::Command;
use portplan::app::snippet::SnippetScope;
use portplan::app::{Context, View};
use portplan::plan::{Edit, Plan, Zone};
use portplan::snippets::Target;

use super::driver::{Run, rich_plan};
use crate::ui::frame::screen;

/// The rich plan with two zones by address; `sql01` is in none, being in no network.
fn zoned() -> Plan {
    let mut plan = rich_plan();
    let zone = |name: &str, networks: &[&str]| Zone {
        name: name.parse().unwrap(),
        networks: networks.iter().map(|network| network.parse().unwrap()).collect(),
    };
    let zones =
        vec![zone("infra", &["10.0.0.0/24", "10.0.1.0/24"]), zone("guests", &["10.0.9.0/24", "10.0.8.1/32"])];
    plan.apply(Edit::Zones(zones)).unwrap();
    plan
}

fn zone<'a>(plan: &'a Plan, host: &str) -> Option<&'a str> {
    plan.zone_of(plan.host_named(host).unwrap()).map(portplan::plan::ZoneName::as_str)
}

/// The listed flows that cross zones, by their first two words.
fn crossing(run: &Run) -> Vec<String> {
    let plan = run.app.plan();
    let crosses = |flow: &String| {
        let mut ends = flow.split(' ');
        let (from, to) = (zone(plan, ends.next().unwrap()), zone(plan, ends.next().unwrap()));
        from.is_none() || from != to
    };
    run.all_flows().into_iter().filter(crosses).collect()
}

#[test]
fn the_key_leaves_what_crosses_zones_and_says_what_counts() {
    let mut run = Run::of(zoned(), None).sized(160, 45);
    run.press("Tab Tab");
    let (expected, all) = (crossing(&run), run.listed());
    assert!(!expected.is_empty() && (expected.len() as u64) < all);
    run.press("z");
    assert_eq!(run.all_flows(), expected);
    assert_eq!(
        run.message(),
        "only what crosses zones is listed · 1 host has no zone, so all its flows count"
    );
    let shown = screen(&run).text();
    assert!(shown.contains(" Flows that cross zones "), "{shown}");
    assert!(shown.contains(&format!(" {} of {all} ", expected.len())), "{shown}");
    run.press("v");
    assert!(screen(&run).text().contains(" Flows that cross zones, by rule "));
    run.press("v z");
    assert_eq!((run.listed(), run.message()), (all, "all flows are listed"));
}

#[test]
fn search_and_edits_keep_to_the_filter() {
    let mut run = Run::of(zoned(), None);
    run.press("Tab Tab / ").type_text("ora7").press("Enter");
    let expected = crossing(&run);
    run.press("z");
    assert!(!expected.is_empty());
    assert_eq!(run.all_flows(), expected);
    run.press("Esc");
    let all = run.listed();
    assert!(all > expected.len() as u64);
    // Without zones nothing is known to stay inside one.
    run.app.start_plan(rich_plan(), None);
    run.press("Tab Tab z");
    assert_eq!(run.listed(), run.flows());
    assert_eq!(run.message(), "only what crosses zones is listed · no host has a zone, so all flows count");
}

#[test]
fn the_rules_for_a_search_result_follow_the_filter() {
    let mut run = Run::of(zoned(), None);
    let scopes = |run: &mut Run| {
        run.press("f");
        let choices = match run.app.layers().last() {
            Some(portplan::app::Layer::CopyAs(dialog)) => dialog.choices.clone(),
            other => panic!("{other:?}"),
        };
        run.press("Esc");
        choices
    };
    assert!(!scopes(&mut run).contains(&SnippetScope::Search), "it is the whole plan");
    run.press("Tab Tab z");
    assert!(scopes(&mut run).contains(&SnippetScope::Search));
    assert_eq!(
        run.app.words_for(SnippetScope::Search),
        "only what crosses zones, on each destination (1 host without a zone counts as crossing)"
    );
    run.press("2");
    for _ in 0..8 {
        if run.app.snippet().scope != SnippetScope::Search {
            run.press("c");
        }
    }
    for _ in 0..Target::ALL.len() {
        if run.app.snippet().target != Target::Csv {
            run.press("t");
        }
    }
    assert_eq!((run.app.snippet().scope, run.app.snippet().target), (SnippetScope::Search, Target::Csv));
    let rows = |run: &Run| run.app.snippet().text.as_ref().unwrap().lines().count() as u64 - 1;
    assert_eq!(rows(&run), run.listed());
    let before = rows(&run);
    run.press("1");
    assert_eq!(run.app.view(), View::Flows);
    run.press("z 2");
    assert!(rows(&run) > before, "the text follows");
}

#[test]
fn nothing_that_crosses_is_an_empty_list_with_the_way_back() {
    let mut plan = zoned();
    let zones = vec![Zone { name: "one".parse().unwrap(), networks: vec!["10.0.0.0/8".parse().unwrap()] }];
    plan.apply(Edit::Zones(zones)).unwrap();
    let mut run = Run::of(plan, None).sized(160, 45);
    run.press("Tab Tab z");
    assert_eq!(run.listed(), 0);
    let key = run.app.keys().key_for(Context::Flows, Command::ToggleCrossing).unwrap().to_string();
    let shown = screen(&run).text();
    assert!(shown.contains("No flow crosses zones: each stays inside one."), "{shown}");
    assert!(shown.contains(&format!("{key} shows all flows again.")), "{shown}");
    run.press("/").type_text("nothing-like-it");
    assert!(screen(&run).text().contains("No flow that crosses zones matches every word"));
}
