//! The checks: going there, mending, acknowledging, and taking all of it back.

use portplan::app::layers::FormField;
use portplan::app::{Context, Focus, View};
use portplan::catalogue::Os;
use portplan::plan::actions;
use portplan::review::{Check, Entry, Finding};

use super::driver::{Run, plan, rich_plan, shared_catalogue, small_plan};
use crate::flows::support::option;

fn select(run: &mut Run, check: Check) {
    let at = run.app.findings().iter().position(|finding| finding.check() == check);
    let at = at.unwrap_or_else(|| panic!("no {} in {:?}", check.id(), ids(run)));
    run.press("4 Home").press(&"↓ ".repeat(at));
}

fn ids(run: &Run) -> Vec<&'static str> {
    run.app.findings().iter().map(Finding::id).collect()
}

fn has(run: &Run, check: Check) -> bool {
    run.app.findings().iter().any(|finding| finding.check() == check)
}

fn reasons(run: &Run) -> Vec<&str> {
    run.app.plan().acknowledged().iter().map(|entry| entry.reason.as_str()).collect()
}

fn hosts() -> Run {
    let hosts = [
        ("vbr01", Os::Windows, "backup-server mount-server", "10.0.0.10"),
        ("repo01", Os::Linux, "backup-repository", "10.0.0.11"),
        ("bare01", Os::Linux, "", "10.0.0.12"),
        ("bare02", Os::Linux, "", "10.0.0.13"),
    ];
    Run::of(plan("x", &hosts), Some("/plans/x.ron"))
}

#[test]
fn a_finding_is_acknowledged_with_a_reason_in_one_step() {
    let mut run = hosts();
    select(&mut run, Check::NoRole);
    let (open, urgent) = (run.app.findings().len(), run.app.review().urgent());
    assert!(!run.is_dirty());
    run.press("Space");
    assert_eq!(run.context(), Context::Prompt);
    run.press("Enter");
    assert_eq!(run.context(), Context::Prompt, "without a reason nothing happens");
    run.type_text("spare machine").press("Enter");
    assert_eq!(run.context(), Context::Checks);
    assert_eq!(reasons(&run), ["spare machine"]);
    assert_eq!((run.app.findings().len(), run.app.review().urgent()), (open - 1, urgent - 1));
    assert!(run.message().starts_with("acknowledge no-role of bare01 · "), "{}", run.message());
    assert!(run.is_dirty(), "the file keeps it");
    assert!(has(&run, Check::NoRole), "bare02 is open");
    run.press("u");
    assert_eq!((reasons(&run).len(), run.app.findings().len()), (0, open));
    assert!(!run.is_dirty());
    run.press("U");
    assert_eq!(reasons(&run), ["spare machine"]);
}

#[test]
fn acknowledging_can_be_thought_better_of() {
    let mut run = hosts();
    select(&mut run, Check::NoRole);
    run.press("Space").type_text("no").press("Esc");
    assert_eq!((run.context(), reasons(&run).len()), (Context::Checks, 0));
    run.press("Space").type_text(&"x".repeat(1001)).press("Enter");
    assert_eq!((run.context(), reasons(&run).len()), (Context::Prompt, 0), "a reason is a note");
    run.press("Ctrl-u").type_text("fine").press("Enter");
    assert_eq!(reasons(&run), ["fine"]);
}

#[test]
fn what_was_acknowledged_stands_at_the_end_and_is_withdrawn_there() {
    let mut run = hosts();
    select(&mut run, Check::NoRole);
    run.press("Space").type_text("spare").press("Enter").press("End");
    assert!(matches!(run.app.selected_entry(), Some(Entry::Acknowledged(..))));
    run.press("Space");
    assert_eq!(reasons(&run).len(), 0);
    assert!(run.message().starts_with("withdraw no-role of bare01 · "), "{}", run.message());
    run.press("u");
    assert_eq!(reasons(&run), ["spare"]);
}

#[test]
fn what_is_gone_stays_listed_until_it_is_withdrawn() {
    let mut run = hosts();
    select(&mut run, Check::NoRole);
    run.press("Space").type_text("spare").press("Enter");
    let host = run.host("bare01").clone();
    let role = shared_catalogue().role("console").unwrap();
    let action = actions::switch_role(run.app.plan(), &shared_catalogue(), &host, role);
    let mut changed = run.app.plan().clone();
    changed.apply(action.edit).unwrap();
    let mut run = Run::of(changed, None);
    run.press("4 End");
    assert!(matches!(run.app.selected_entry(), Some(Entry::Outdated(_))));
    let before = run.content();
    run.press("Enter");
    assert_eq!((run.context(), run.content()), (Context::Checks, before), "there is nowhere to go");
    run.press("Space");
    assert_eq!((reasons(&run).len(), run.app.review().outdated().len()), (0, 0));
}

#[test]
fn an_option_is_switched_where_that_mends_it() {
    let mut run = Run::of(small_plan(), None);
    assert!(run.has_option("mssql"));
    run.press("Tab Home Space");
    assert!(!run.has_option("mssql"));
    select(&mut run, Check::RoleWithoutOption);
    run.press("Enter");
    assert!(run.has_option("mssql") && !has(&run, Check::RoleWithoutOption));
    run.press("u");
    assert!(!run.has_option("mssql"));
}

#[test]
fn a_finding_about_a_flow_leads_to_the_flow() {
    let mut run = Run::of(rich_plan(), None);
    run.press("/").type_text("zzz").press("Enter");
    for keys in ["", "v"] {
        select(&mut run, Check::DoubtfulRow);
        let rule = run.app.selected_entry().and_then(Entry::finding).unwrap().rules()[0];
        run.press("Enter").press(keys);
        select(&mut run, Check::DoubtfulRow);
        run.press("Enter");
        assert_eq!((run.app.view(), run.focus()), (View::Flows, Focus::Main));
        assert_eq!(run.app.flow_view().search.text(), "", "a search could hide it");
        let flow = run.app.flow_view().selected(run.app.flows()).unwrap();
        assert!(run.app.flows().shape(flow.shape).reasons.contains(&rule), "{keys}: {}", run.flow());
    }
}

#[test]
fn a_finding_about_alternatives_leads_to_the_option() {
    let hosts = [
        ("vbr01", Os::Windows, "backup-server", "10.0.0.10"),
        ("gip01", Os::Windows, "guest-interaction-proxy", "10.0.0.11"),
        ("vm01", Os::Windows, "vm-guest", "10.0.0.12"),
    ];
    let mut run = Run::of(plan("x", &hosts), None);
    select(&mut run, Check::Alternatives);
    run.press("Enter");
    assert_eq!((run.focus(), run.app.selected_option()), (Focus::Options, Some(option("proxy-only"))));
    assert!(!run.has_option("proxy-only"), "whether it is right is for the operator to say");
    run.press("Space");
    assert!(!has(&run, Check::Alternatives));
}

#[test]
fn two_hosts_with_one_address_are_mended_in_the_later_one() {
    let hosts = [("a", Os::Linux, "worker", "10.0.0.1"), ("b", Os::Linux, "backup-repository", "10.0.0.1")];
    let mut run = Run::of(plan("x", &hosts), None);
    select(&mut run, Check::SameAddress);
    run.press("Enter");
    assert_eq!((run.form().name.text(), run.form().field), ("b", FormField::Addresses));
    run.press("Backspace").type_text("2").press("Enter");
    assert_eq!(run.addresses("b"), ["10.0.0.2"]);
    assert!(!has(&run, Check::SameAddress));
}

#[test]
fn the_next_finding_is_one_key_away_from_everywhere() {
    let mut run = hosts();
    let open = run.app.findings().len() as u64;
    assert!(open > 2);
    run.press("!");
    assert_eq!((run.context(), run.app.check_list().cursor()), (Context::Checks, 0));
    run.press("!");
    assert_eq!(run.app.check_list().cursor(), 1);
    run.press("1 !");
    assert_eq!(run.app.check_list().cursor(), 1, "back where it was left");
    run.press(&"! ".repeat(usize::try_from(open).unwrap() - 1));
    assert_eq!(run.app.check_list().cursor(), 0, "round the end");
    let mut run = Run::empty();
    run.press("!");
    assert_eq!((run.app.view(), run.message()), (View::Flows, "no finding is open"));
    run.press("4 Space Enter");
    assert_eq!(run.context(), Context::Checks, "an empty list takes every key");
}
