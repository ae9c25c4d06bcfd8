//! The operator's own rules.

use portplan::app::layers::own_rule::Transports;
use portplan::app::layers::{RuleField, RuleForm};
use portplan::app::mouse::{List, Place};
use portplan::app::{Context, Layer};
use portplan::plan::Party;
use portplan::plan::adapting::party_name;

use super::driver::{Run, rich_plan};
use super::mouse::spot;

fn form(run: &Run) -> &RuleForm {
    match run.app.layers().last() {
        Some(Layer::RuleForm(form)) => form,
        other => panic!("no form of a rule, but {other:?}"),
    }
}

fn error(run: &Run) -> (RuleField, &str) {
    let (field, text) = form(run).error.as_ref().expect("the form says what is wrong");
    assert_eq!(*field, form(run).field, "the cursor is in the wrong field");
    (*field, text)
}

/// The own rules: `host vbr01 → role Mail server tcp 465 Site relay`.
fn rules(run: &Run) -> Vec<String> {
    let (plan, catalogue) = (run.app.plan(), run.app.catalogue());
    let end = |party: Party| {
        let kind = if matches!(party, Party::Host(_)) { "host" } else { "role" };
        format!("{kind} {}", party_name(plan, catalogue, party))
    };
    let rules = plan.rules().iter();
    rules
        .map(|rule| {
            let transports: Vec<&str> = rule.transports.iter().map(|known| known.name()).collect();
            format!(
                "{} → {} {} {} {}",
                end(rule.from),
                end(rule.to),
                transports.join("+"),
                rule.ports,
                rule.purpose
            )
        })
        .collect()
}

fn with_rule() -> Run {
    let mut run = Run::of(rich_plan(), None);
    run.press("O a").press("Ctrl-u").type_text("vbr01").press("Tab").type_text("mail").press("Tab Tab");
    run.type_text("465").press("Tab").type_text("Site relay").press("Enter");
    run
}

#[test]
fn a_rule_is_added_with_everything_that_the_form_has() {
    let mut run = Run::of(rich_plan(), None);
    let (before, flows) = (run.content(), run.flows());
    run.press("O");
    assert_eq!(run.context(), Context::OwnRules);
    run.press("a").type_text("gip");
    assert_eq!(run.context(), Context::Fields);
    let choices = form(&run).from.choices(run.app.plan(), run.app.catalogue());
    let names: Vec<&str> =
        choices.iter().map(|party| party_name(run.app.plan(), run.app.catalogue(), *party)).collect();
    assert_eq!(names, ["Guest interaction proxy", "gip01"], "a role by another name, and a host");
    run.press("↓ ↑ Tab");
    assert_eq!(form(&run).from.field.text(), "Guest interaction proxy");
    assert!(matches!(form(&run).from.chosen, Some(Party::Role(_))));
    run.type_text("ora7").press("Enter");
    assert_eq!(form(&run).field, RuleField::Transports, "Enter takes the choice and goes on");
    run.press("→ Space");
    assert_eq!(form(&run).transports, Transports::Both);
    run.press("Tab").type_text("1521, 5500-5510 or 6000").press("Tab").type_text("Listener of the DBA");
    assert_eq!(form(&run).reach(run.app.plan(), run.app.catalogue()), Some((1, 1)));
    assert_eq!(run.content(), before, "nothing reaches the plan before it is accepted");
    run.press("Enter");
    assert_eq!(run.context(), Context::OwnRules);
    assert_eq!(
        rules(&run),
        ["role Guest interaction proxy → host ora7 tcp+udp 1521, 5500-5510 or 6000 Listener of the DBA"]
    );
    assert_eq!((run.delta(), run.flows()), ((2, 0), flows + 2));
    assert_eq!(run.message(), "add own rule Guest interaction proxy → ora7 · +2 −0 flows");
    assert_eq!(run.reopened().rules().len(), 1);
    assert!(run.file().contains("ports: [\"1521\", \"5500-5510\", \"or 6000\"]"), "{}", run.file());
    run.press("u");
    assert_eq!((run.content(), run.context()), (before, Context::OwnRules), "undo works in the list");
    run.press("U Esc");
    assert_eq!((rules(&run).len(), run.context()), (1, Context::Hosts));
}

#[test]
fn a_rule_is_changed_and_deleted() {
    let mut run = with_rule();
    assert_eq!(rules(&run), ["host vbr01 → role Mail server tcp 465 Site relay"]);
    let before = run.content();
    run.press("Enter");
    assert_eq!((form(&run).at, form(&run).ports.text()), (Some(0), "465"));
    run.press("Enter");
    assert_eq!((run.message(), run.content()), ("the own rule is as it was", before.clone()));
    run.press("e Tab Tab Tab").type_text(" 2525").press("Ctrl-s");
    assert_eq!(rules(&run), ["host vbr01 → role Mail server tcp 465, 2525 Site relay"]);
    assert!(run.message().starts_with("change own rule 1"), "{}", run.message());
    run.press("u");
    assert_eq!(run.content(), before);
    run.press("x");
    assert!(rules(&run).is_empty());
    assert!(run.message().starts_with("delete own rule vbr01 → Mail server · +0 −1"), "{}", run.message());
    run.press("x e");
    assert_eq!(run.context(), Context::OwnRules, "nothing to change");
    run.press("u");
    assert_eq!(run.content(), before);
}

#[test]
fn every_bad_field_is_found_where_it_stands() {
    let mut run = Run::of(rich_plan(), None);
    let before = run.content();
    run.press("O a Ctrl-u Enter");
    assert_eq!(error(&run), (RuleField::From, "name a host or a role"));
    run.type_text("zzzzqq").press("Tab Enter");
    assert_eq!(
        error(&run),
        (RuleField::From, "no host and no role has such a name; type a part of one and choose it")
    );
    run.press("Ctrl-u");
    assert!(form(&run).error.is_none(), "it goes as soon as it is worked on");
    run.type_text("vbr01").press("Tab").type_text("vbr01").press("Tab Enter");
    assert_eq!(error(&run), (RuleField::To, "a host reaches itself without the network; choose another one"));
    run.press("Ctrl-u").type_text("repo01").press("Tab Enter");
    assert_eq!(error(&run), (RuleField::Ports, "name at least one port, such as 465 or 2500-3300"));
    run.type_text("445x").press("Enter");
    assert!(error(&run).1.starts_with("\"445x\" is not a port"), "{:?}", error(&run));
    run.press("Backspace Enter");
    let (field, why) = error(&run);
    assert_eq!(field, RuleField::Purpose);
    assert!(why.starts_with("say what the connection is for"), "{why}");
    run.type_text(&"x".repeat(1001)).press("Enter");
    assert!(error(&run).1.contains("at most 1000"), "{:?}", error(&run));
    assert_eq!(run.content(), before);
    run.press("Ctrl-u").type_text("NAS").press("Enter");
    assert_eq!(rules(&run), ["host vbr01 → host repo01 tcp 445 NAS"]);
    run.press("a Ctrl-u").type_text("vbr01").press("Tab").type_text("repo01").press("Tab Tab");
    run.type_text("445").press("Tab").type_text("NAS").press("Enter");
    assert_eq!(error(&run).1, "own rule 1 says the same already");
}

#[test]
fn a_rule_begins_with_what_the_operator_looks_at() {
    let mut run = Run::of(rich_plan(), None);
    run.press("↓ O a");
    assert_eq!((form(&run).from.field.text(), form(&run).to.field.text()), ("gip01", ""));
    assert!(form(&run).from.field.is_proposal() && !form(&run).is_touched());
    run.type_text("r");
    assert_eq!(form(&run).from.field.text(), "r", "typing takes the proposal's place");
    assert_eq!(form(&run).from.chosen, None);
    run.press("Esc d a");
    assert_eq!(form(&run).from.list.cursor(), 1, "the cursor is on the proposal");
    run.press("↑ ↑ ↓ ↓ Tab");
    assert_eq!(form(&run).from.field.text(), "repo01", "from there the arrows go on");
    run.press("Esc d Esc Tab Tab ↓ ↓");
    let flow = run.flow();
    let ends: Vec<&str> = flow.split(' ').take(2).collect();
    run.press("O a");
    assert_eq!([form(&run).from.field.text(), form(&run).to.field.text()], ends[..]);
    run.press("Tab Tab Tab").type_text("99").press("Tab").type_text("test").press("Enter");
    assert_eq!(rules(&run), [format!("host {} → host {} tcp 99 test", ends[0], ends[1])]);
}

#[test]
fn the_mouse_chooses_fields_choices_and_transports() {
    let mut run = Run::of(rich_plan(), None);
    run.press("O a Ctrl-u");
    let second = spot(&run, Place::Pick(1));
    run.click(second);
    assert_eq!((form(&run).from.field.text(), form(&run).field), ("gip01", RuleField::To));
    let ports = spot(&run, Place::Row(List::Dialog, 3));
    run.click(ports);
    assert_eq!(form(&run).field, RuleField::Ports);
    run.paste("443\n");
    let udp = spot(&run, Place::Pick(1));
    run.click(udp);
    assert_eq!((form(&run).transports, form(&run).field), (Transports::Udp, RuleField::Transports));
    assert_eq!(form(&run).ports.text(), "443");
}

#[test]
fn removing_a_host_while_its_rule_is_open_is_impossible_and_undo_keeps_the_cursor_in_the_list() {
    let mut run = with_rule();
    run.press("a Ctrl-u").type_text("repo01").press("Tab").type_text("mail").press("Tab Tab").type_text("25");
    run.press("Tab").type_text("second").press("Enter");
    assert_eq!(rules(&run).len(), 2);
    run.press("u u");
    assert!(rules(&run).is_empty());
    run.press("U U x");
    assert_eq!(rules(&run).len(), 1);
}
