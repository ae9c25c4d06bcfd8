//! The views: flows by rule, same-host rows, reasons, the rules, the checks.

use portplan::app::layers::FormField;
use portplan::app::{Context, Focus, View};
use portplan::catalogue::Os;
use portplan::review::{Check, Finding, Mend};
use portplan::snippets::Target;

use super::driver::{Run, plan, rich_plan};

#[test]
fn by_rule_every_reason_is_a_row_and_the_cursor_keeps_its_flow() {
    let mut run = Run::of(rich_plan(), None);
    run.press("Tab Tab ↓ ↓ ↓ ↓ ↓");
    let (flow, merged) = (run.flow(), run.listed());
    run.press("v");
    assert!(run.listed() > merged);
    let ends: Vec<_> = flow.split(' ').take(3).collect();
    assert_eq!(run.flow().split(' ').take(3).collect::<Vec<_>>(), ends);
    run.press("v");
    assert_eq!((run.listed(), run.flow()), (merged, flow));
}

/// Two rules can ask for the same ports between the same hosts: their rows look alike, the reasons below differ.
#[test]
fn by_rule_an_edit_leaves_the_cursor_on_its_rule() {
    let mut run = Run::of(rich_plan(), None);
    run.press("Tab Tab v");
    let row = |run: &Run| {
        let flow = run.app.flow_view().selected(run.app.flows()).unwrap();
        (run.flow_text(flow), run.app.flows().shape(flow.shape).reasons.clone())
    };
    let mut last = row(&run);
    for _ in 0..run.listed() {
        run.press("↓");
        let present = row(&run);
        if present.0 == last.0 && present.1 != last.1 {
            run.press("a").type_text("zzz").press("Enter");
            assert_eq!(row(&run), present);
            return;
        }
        last = present;
    }
    panic!("the sample has no such pair of rows");
}

#[test]
fn same_host_rows_are_shown_on_request_and_counted_apart() {
    let mut run = Run::sample();
    let flows = run.flows();
    run.press("Tab Tab m");
    assert_eq!((run.message(), run.flows()), ("same-host rows are shown", flows));
    assert!(run.listed() > flows);
    assert!(run.all_flows().iter().any(|flow| flow.starts_with("vbr01 vbr01 ")));
    run.press("m");
    assert_eq!((run.message(), run.listed()), ("same-host rows are hidden", flows));
}

#[test]
fn panes_go_round() {
    let mut run = Run::sample();
    let forward = [Focus::Options, Focus::Main, Focus::Why, Focus::Hosts];
    for focus in forward {
        run.press("Tab");
        assert_eq!(run.focus(), focus);
    }
    for focus in [Focus::Why, Focus::Main, Focus::Options, Focus::Hosts] {
        run.press("Shift-Tab");
        assert_eq!(run.focus(), focus);
    }
    run.press("2 Tab");
    assert_eq!(run.focus(), Focus::Hosts, "the rules view has no reasons");
    run.press("Shift-Tab 4 Tab");
    assert_eq!((run.focus(), run.app.view()), (Focus::Hosts, View::Checks));
    run.press("1");
    assert_eq!((run.focus(), run.app.view()), (Focus::Hosts, View::Flows));
}

#[test]
fn leaving_the_flows_leaves_no_focus_behind() {
    let mut run = Run::sample();
    run.press("Tab Tab Tab");
    assert_eq!(run.focus(), Focus::Why);
    run.press("2");
    assert_eq!((run.focus(), run.context()), (Focus::Main, Context::Rules));
    run.press("/");
    assert_eq!((run.app.view(), run.context()), (View::Rules, Context::Find), "each view has its search");
    run.press("Esc 1 /");
    assert_eq!((run.app.view(), run.context()), (View::Flows, Context::Search));
}

#[test]
fn the_rules_follow_the_selected_host() {
    let mut run = Run::sample();
    run.press("2");
    assert_eq!(run.app.scope_words(), "host vbr01, inbound");
    let first = run.app.snippet().text.clone().unwrap();
    run.press("Tab ↓");
    assert_eq!(run.app.scope_words(), "host repo01, inbound");
    let second = run.app.snippet().text.clone().unwrap();
    assert!(first.contains("vbr01") && second.contains("repo01") && first != second);
    run.press("e").type_text("x").press("Enter");
    assert!(run.app.snippet().text.as_ref().unwrap().contains("repo01x"), "they follow every edit");
}

#[test]
fn the_rules_stay_where_they_were_scrolled_to() {
    let mut run = Run::sample().sized(100, 24);
    run.press("2");
    assert_eq!(run.app.snippet().list.cursor(), 0);
    run.press("F1 Esc F1 Esc y y");
    assert_eq!(run.app.snippet().list.cursor(), 0, "no key but a movement scrolls");
    run.press("↓ ↓ ↓ F1 Esc");
    assert_eq!(run.app.snippet().list.cursor(), 3);
    run.press("End");
    let end = run.app.snippet().list.cursor();
    run.press("↓ PgDn");
    assert_eq!(run.app.snippet().list.cursor(), end);
    assert!(end > 3 && end < run.app.snippet().line_count());
    run.press("Home");
    assert_eq!(run.app.snippet().list.cursor(), 0);
}

#[test]
fn rules_that_got_shorter_are_still_on_the_screen() {
    let mut run = Run::sample().sized(100, 24);
    run.press("2 End Tab");
    while !run.names().is_empty() {
        run.press("x");
        assert!(run.app.snippet().list.cursor() < run.app.snippet().line_count());
    }
}

#[test]
fn targets_and_scopes_go_round() {
    let mut run = Run::sample();
    run.press("2");
    let mut targets = Vec::new();
    let mut scopes = Vec::new();
    for _ in Target::ALL {
        targets.push(run.app.snippet().target);
        run.press("t");
    }
    assert_eq!(targets, Target::ALL);
    assert_eq!(run.app.snippet().target, targets[0]);
    for _ in 0..5 {
        scopes.push(run.app.scope_words());
        run.press("c");
    }
    assert_eq!(
        scopes[..4],
        [
            "host vbr01, inbound",
            "host vbr01, outbound",
            "whole plan, on each destination",
            "whole plan, on a firewall between"
        ]
    );
    assert!(scopes[4].starts_with("flow "), "{}", scopes[4]);
    run.press("1 /").type_text("2750").press("Enter 2");
    let scopes: Vec<_> = (0..7).map(|_| run.press("c").app.scope_words()).collect();
    assert!(scopes.contains(&"search \"2750\", on each destination".to_owned()), "{scopes:?}");
}

#[test]
fn rules_that_cannot_be_say_why() {
    let mut run = Run::sample();
    run.press("2 c c c");
    let why = run.app.snippet().text.as_ref().unwrap_err();
    assert!(why.contains("do not go on a firewall between"), "{why}");
    run.press("y");
    assert_eq!(run.message(), run.app.snippet().text.as_ref().unwrap_err());
    assert!(run.effects().is_empty());
    run.press("t");
    assert!(run.app.snippet().text.is_ok(), "nftables can");
    let mut run = Run::empty();
    run.press("2");
    assert_eq!(run.app.snippet().text, Err("select a host first".to_owned()));
}

fn go_to(run: &mut Run, wanted: impl Fn(&Finding) -> bool) {
    let at = run.app.findings().iter().position(wanted).expect("the plan has such a finding");
    run.press("4 Home").press(&"↓ ".repeat(at));
    assert_eq!(run.app.check_list().index(), at);
}

#[test]
fn a_missing_peer_opens_the_form_with_its_role() {
    let mut run = Run::of(plan("x", &[("w1", Os::Linux, "worker", "10.0.0.1")]), None);
    go_to(&mut run, |finding| finding.check() == Check::UnplacedPeer);
    let Mend::AddHost(missing) = run.app.findings()[run.app.check_list().index()].mend() else { panic!() };
    run.press("Enter");
    assert_eq!(run.context(), Context::Form);
    assert!(run.form().roles.contains(missing));
    run.type_text("peer").press("Enter");
    assert_eq!(run.names(), ["w1", "peer"]);
    assert!(run.host("peer").has_role(missing));
    assert!(run.flows() > 0);
    assert_eq!(run.context(), Context::Checks, "on to the next one");
    assert!(!run.app.findings().iter().any(|finding| finding.mend() == Mend::AddHost(missing)));
}

#[test]
fn a_host_without_address_role_or_system_is_mended_where_it_lacks() {
    let hosts = [
        ("bare", Os::Linux, "", "10.0.0.1"),
        ("nowhere", Os::Windows, "console", ""),
        ("vm", Os::Other, "vm-guest", "10.0.0.3"),
    ];
    let mut run = Run::of(plan("x", &hosts), None);
    go_to(&mut run, |finding| finding.check() == Check::NoAddress);
    run.press("Enter");
    assert_eq!((run.form().name.text(), run.form().field), ("nowhere", FormField::Addresses));
    run.type_text("10.0.0.2").press("Enter");
    assert_eq!(run.addresses("nowhere"), ["10.0.0.2"]);
    run.press("1");
    go_to(&mut run, |finding| finding.check() == Check::NoSystem);
    run.press("Enter");
    assert_eq!((run.form().name.text(), run.form().field), ("vm", FormField::System));
    run.press("Esc 1");
    go_to(&mut run, |finding| finding.check() == Check::NoRole);
    run.press("Enter");
    assert_eq!(run.context(), Context::Roles);
    run.type_text("worker").press("Enter");
    assert_eq!(run.roles("bare"), ["worker"]);
}

#[test]
fn reasons_are_scrolled_and_start_anew_for_the_next_flow() {
    let mut run = Run::sample().sized(60, 18);
    run.press("Tab Tab Tab End");
    let end = run.app.why_list().cursor();
    assert!(end > 0);
    run.press("↓ PgDn");
    assert_eq!(run.app.why_list().cursor(), end);
    run.press("Home");
    assert_eq!(run.app.why_list().cursor(), 0);
    run.press("↓ Shift-Tab ↓");
    assert_eq!(run.app.why_list().cursor(), 0);
}
