//! The list of roles, live.

use portplan::app::Context;

use super::driver::Run;
use crate::flows::support::role;

#[test]
fn a_workload_role_switches_its_option_on_in_one_step_and_says_so() {
    let mut run = Run::sample();
    run.press("a").type_text("ora7").press("Enter");
    let (before, flows) = (run.content(), run.flows());
    run.press("r").type_text("oracle").press("Enter");
    assert_eq!(run.context(), Context::Hosts, "Enter takes what was searched for, and closes");
    assert_eq!(run.roles("ora7"), ["oracle-guest"]);
    assert!(run.has_option("oracle"));
    let (added, removed) = run.delta();
    assert_eq!(
        run.message(),
        format!("ora7 is Oracle guest · option Oracle is on now · +{added} −{removed} flows")
    );
    assert!(added > 0);
    run.press("u");
    assert_eq!((run.content(), run.flows()), (before, flows));
    assert!(!run.has_option("oracle"));
}

#[test]
fn space_gives_and_takes_while_the_list_stays_open() {
    let mut run = Run::sample();
    let flows = run.flows();
    run.press("a").type_text("x").press("Enter r").type_text("worker").press("Space");
    assert_eq!((run.context(), run.roles("x")), (Context::Roles, vec!["worker"]));
    assert!(run.flows() > flows);
    run.press("Space");
    assert!(run.roles("x").is_empty());
    assert_eq!(run.flows(), flows);
    run.press("Enter");
    assert_eq!(run.context(), Context::Hosts);
    assert!(run.roles("x").is_empty(), "what Space took away stays away");
}

#[test]
fn enter_keeps_a_role_that_is_there() {
    let mut run = Run::sample();
    run.press("r").type_text("backup server").press("Enter");
    assert_eq!(run.roles("vbr01"), ["backup-server"], "typed with a space, and not taken away");
}

#[test]
fn without_a_search_enter_only_closes() {
    let mut run = Run::sample();
    let before = run.content();
    run.press("↓ r ↓ ↓ Enter");
    assert_eq!((run.context(), run.content(), run.is_dirty()), (Context::Hosts, before, false));
}

#[test]
fn printed_names_find_roles() {
    for (typed, expected) in
        [("gip", "guest-interaction-proxy"), ("vhr", "backup-repository"), ("lss", "log-shipping-server")]
    {
        let mut run = Run::empty();
        run.press("a").type_text("x").press("Enter r").type_text(typed).press("Enter");
        assert_eq!(run.roles("x"), [expected], "{typed}");
    }
}

#[test]
fn a_search_without_a_hit_does_nothing() {
    let mut run = Run::sample();
    let before = run.content();
    run.press("r").type_text("zzzzqqq").press("↓ Space Enter");
    assert_eq!((run.context(), run.content()), (Context::Hosts, before));
}

#[test]
fn esc_closes_and_keeps_what_was_given() {
    let mut run = Run::sample();
    run.press("r").type_text("console").press("Space Esc");
    assert_eq!(run.context(), Context::Hosts);
    assert!(run.host("vbr01").has_role(role("console")));
}

#[test]
fn in_the_form_roles_wait_for_the_form() {
    let mut run = Run::sample();
    run.press("e Tab Space").type_text("console").press("Space Esc");
    assert_eq!(run.context(), Context::Form);
    assert!(run.form().roles.contains(role("console")));
    assert_eq!(run.roles("vbr01"), ["backup-server"]);
    run.press("Enter");
    assert_eq!(run.roles("vbr01"), ["backup-server", "console"]);
    assert!(run.message().starts_with("change vbr01 · "), "{}", run.message());
}

/// Keys that arrive together are taken in before the next frame.
#[test]
fn keys_that_come_before_the_first_frame_count() {
    let (mut slow, mut fast) = (Run::sample(), Run::sample());
    slow.press("r ↓ ↓ ↓ Space");
    fast.press_ahead("r ↓ ↓ ↓ Space");
    assert_eq!(fast.content(), slow.content());
    assert_ne!(fast.content(), Run::sample().content());
    let (mut slow, mut fast) = (Run::sample(), Run::sample());
    slow.press("r w o r k e r ↓ ↓ ↓ ↓ ↓ ↓ ↓ ↓ ↓ ↓ ↓ ↓ ↓ ↓ ↓ ↓ Space");
    fast.press_ahead("r w o r k e r ↓ ↓ ↓ ↓ ↓ ↓ ↓ ↓ ↓ ↓ ↓ ↓ ↓ ↓ ↓ ↓ Space");
    assert_eq!(
        fast.content(),
        slow.content(),
        "the cursor does not run past a list that the search made shorter"
    );
}
