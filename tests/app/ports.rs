//! Own ports in place of the printed ones: for the plan, and for one host.

use portplan::app::layers::PortsForm;
use portplan::app::mouse::{List, Place};
use portplan::app::{Context, Layer};
use portplan::plan::adapting::listed;

use super::driver::{Run, rich_plan};
use super::mouse::spot;

fn dialog(run: &Run) -> &PortsForm {
    match run.app.layers().last() {
        Some(Layer::Ports(form)) => form,
        other => panic!("no ports, but {other:?}"),
    }
}

/// The plan's own ports: `transport 7162`.
fn own(run: &Run) -> Vec<String> {
    let ports = run.app.plan().ports().iter();
    ports
        .map(|(key, ports)| format!("{} {}", run.app.catalogue().custom_ports()[*key].id, listed(ports)))
        .collect()
}

fn own_of(run: &Run, host: &str) -> Vec<String> {
    let ports = run.host(host).ports.iter();
    ports
        .map(|(key, ports)| format!("{} {}", run.app.catalogue().custom_ports()[*key].id, listed(ports)))
        .collect()
}

/// Puts the cursor on the port with this label.
fn go_to(run: &mut Run, label: &str) {
    for _ in 0..20 {
        let key = dialog(run).present().unwrap().key;
        if run.app.catalogue().custom_ports()[key].label == label {
            return;
        }
        run.press("↓");
    }
    panic!("no port {label}");
}

#[test]
fn a_port_is_set_changed_and_put_back_with_undo() {
    let mut run = Run::of(rich_plan(), None);
    let (before, flows) = (run.content(), run.flows());
    let with_printed = run.all_flows().iter().filter(|flow| flow.contains("6162")).count();
    assert!(with_printed > 0);
    run.press("P");
    assert_eq!(run.context(), Context::Ports);
    go_to(&mut run, "Transport service");
    let extent = dialog(&run).present().unwrap().extent.unwrap();
    assert_eq!(dialog(&run).effect().unwrap(), "Empty: 6162, as printed.");
    run.type_text("7162");
    assert_eq!(
        dialog(&run).effect().unwrap(),
        format!("7162 takes the place of 6162 on {} flows.", extent.flows)
    );
    assert_eq!(run.content(), before, "nothing reaches the plan before it is accepted");
    run.press("Enter");
    assert_eq!((run.context(), own(&run)), (Context::Hosts, vec!["transport 7162".to_owned()]));
    assert!(run.message().starts_with("Transport service on 7162 · "), "{}", run.message());
    assert!(!run.all_flows().iter().any(|flow| flow.contains("6162") && !flow.contains("7162")));
    let (added, removed) = run.delta();
    assert!(added > 0 && added == removed, "every flow with the port is another one now");
    assert_eq!(run.reopened().ports(), run.app.plan().ports());
    run.press("P");
    go_to(&mut run, "Transport service");
    run.press("Ctrl-u Enter");
    assert_eq!(run.content(), before);
    assert!(run.message().starts_with("Transport service as printed"), "{}", run.message());
    run.press("u");
    assert_eq!(own(&run), ["transport 7162"]);
    run.press("u");
    assert_eq!((run.content(), run.flows()), (before, flows));
    run.press("U");
    assert_eq!(own(&run), ["transport 7162"]);
}

#[test]
fn several_ports_are_one_step() {
    let mut run = Run::of(rich_plan(), None);
    run.press("P").type_text("27018, 27020-27022").press("Tab").type_text("1435 1436").press("Ctrl-s");
    assert_eq!(own(&run), ["mongodb 27018, 27020-27022", "mssql 1435-1436"]);
    assert!(run.message().starts_with("ports of 2 services"), "{}", run.message());
    run.press("u");
    assert!(own(&run).is_empty());
    assert_eq!(run.app.history().next_undo(), None, "one step");
}

#[test]
fn a_wrong_port_is_explained_while_it_is_typed_and_never_taken() {
    let mut run = Run::sample();
    let before = run.content();
    run.press("P").type_text("70000").press("↓ Enter");
    assert_eq!(run.context(), Context::Ports, "the dialog stays");
    assert_eq!(dialog(&run).list.cursor(), 0, "the cursor is on what is wrong");
    assert_eq!(dialog(&run).effect().unwrap_err(), "port 70000 is out of range; ports go from 1 to 65535");
    for (typed, why) in [
        ("3300-2500", "the range 3300-2500 runs backwards"),
        ("x", "\"x\" is not a port"),
        ("1058+", "\"1058+\" is not a port"),
        ("0", "port 0 is out of range"),
    ] {
        run.press("Ctrl-u").type_text(typed);
        assert!(dialog(&run).effect().unwrap_err().starts_with(why), "{typed}: {:?}", dialog(&run).effect());
        run.press("Enter");
        assert_eq!((run.context(), run.content()), (Context::Ports, before.clone()), "{typed}");
    }
    run.press("Ctrl-u").type_text("2500 – 2600").press("Enter");
    assert_eq!(own(&run), ["mongodb 2500-2600"], "as it is copied from a page");
}

#[test]
fn the_printed_port_is_named_as_such_and_an_untouched_dialog_makes_no_step() {
    let mut run = Run::sample();
    run.press("P").type_text("27017");
    assert_eq!(dialog(&run).effect().unwrap(), "27017 is what the page prints.");
    run.press("Ctrl-u Enter");
    assert_eq!((run.message(), run.is_dirty()), ("the ports are as they were", false));
}

#[test]
fn esc_asks_before_it_drops_what_was_typed() {
    let mut run = Run::sample();
    run.press("P Esc");
    assert_eq!(run.context(), Context::Hosts);
    run.press("P").type_text("1").press("Esc");
    assert_eq!(run.context(), Context::Confirm);
    run.press("Esc");
    assert_eq!(dialog(&run).lines[0].field.text(), "1");
    run.press("Esc d");
    assert_eq!((run.context(), run.is_dirty()), (Context::Hosts, false));
}

#[test]
fn a_host_gets_ports_of_its_own_with_its_form_in_one_step() {
    let mut run = Run::of(rich_plan(), None);
    run.press("P");
    go_to(&mut run, "Transport service");
    run.type_text("7162").press("Enter ↓ ↓");
    assert_eq!(run.selected(), "repo01");
    let before = run.content();
    run.press("e").press(&"Tab ".repeat(7)).press("Space");
    assert_eq!((run.context(), dialog(&run).host.as_str()), (Context::Ports, "repo01"));
    go_to(&mut run, "Transport service");
    assert_eq!(dialog(&run).effect().unwrap(), "Empty: 7162, as for the whole plan.");
    let flows = dialog(&run).present().unwrap().extent.unwrap().flows;
    run.type_text("8162");
    assert_eq!(
        dialog(&run).effect().unwrap(),
        format!("8162 takes the place of 7162 on {flows} flows for this host.")
    );
    run.press("Enter");
    assert_eq!(run.context(), Context::Form);
    assert_eq!(run.content(), before, "the ports wait for the form");
    run.press("Enter");
    assert_eq!(own_of(&run, "repo01"), ["transport 8162"]);
    assert_eq!(own(&run), ["transport 7162"], "the plan's stay");
    assert!(run.file().contains("ports: {\"transport\": [8162]}"), "{}", run.file());
    assert_eq!(run.reopened().host_named("repo01").unwrap().ports, run.host("repo01").ports);
    run.press("u");
    assert_eq!(run.content(), before);
}

#[test]
fn a_host_that_is_not_in_the_plan_yet_has_no_flows_to_count() {
    let mut run = Run::of(rich_plan(), None);
    run.press("a").type_text("new01").press(&"Tab ".repeat(7)).press("→");
    go_to(&mut run, "Transport service");
    run.type_text("8162");
    assert_eq!(dialog(&run).effect().unwrap(), "8162 takes the place of 6162 for this host.");
    run.press("Enter Enter");
    assert_eq!(own_of(&run, "new01"), ["transport 8162"]);
}

#[test]
fn a_line_is_chosen_with_the_mouse_and_takes_pasted_text() {
    let mut run = Run::of(rich_plan(), None);
    run.press("P");
    let here = spot(&run, Place::Row(List::Dialog, 1));
    run.double_click(here);
    assert_eq!((run.context(), dialog(&run).list.cursor()), (Context::Ports, 1));
    run.paste("1435\u{1b}\u{202e}\n");
    assert_eq!(dialog(&run).lines[1].field.text(), "1435");
    run.press("Enter");
    assert_eq!(own(&run), ["mssql 1435"]);
}

#[test]
fn a_read_only_plan_keeps_its_ports() {
    let mut run = Run::sample();
    run.event(portplan::app::Event::InUse("ann".to_owned())).press("Esc P");
    assert_eq!(run.context(), Context::Hosts);
    assert!(run.message().starts_with("read-only"), "{}", run.message());
}
