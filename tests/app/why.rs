//! Asking in the planner: why, why not, who, and what to do about it.

use portplan::app::layers::AnswerPage;
use portplan::app::{Context, Effect, Focus, Layer};
use portplan::catalogue::Os;

use super::driver::{Run, plan, rich_plan};

fn page(run: &Run) -> &AnswerPage {
    match run.app.layers().last() {
        Some(Layer::Answer(page)) => page,
        other => panic!("no answer, but {other:?}"),
    }
}

fn says(run: &Run, text: &str) -> bool {
    page(run).telling.text().contains(text)
}

/// Presses Tab until the change with this text is selected.
fn choose(run: &mut Run, text: &str) {
    let len = page(run).telling.proposals.len();
    for _ in 0..len {
        run.press("Tab");
        let page = page(run);
        let chosen = &page.telling.proposals[page.chosen.unwrap()];
        if chosen.change.text == text {
            return;
        }
    }
    panic!("{text:?} is not among {:#?}", page(run).telling.text());
}

fn ask(run: &mut Run, question: &str) {
    run.press("E");
    assert_eq!(run.context(), Context::Ask);
    run.type_text(question).press("Enter");
}

#[test]
fn a_pair_a_port_and_a_host_are_asked_about_by_typing() {
    let mut run = Run::sample();
    ask(&mut run, "vbr01 -> sql01");
    assert_eq!(run.context(), Context::Answer);
    assert!(says(
        &run,
        "because vbr01 is Backup server; sql01 is VM guest (as SQL Server guest) and runs Windows"
    ));
    run.press("Esc Esc");
    assert_eq!(run.context(), Context::Hosts);
    ask(&mut run, "6162");
    assert_eq!(page(&run).telling.title, "Who needs port 6162");
    assert!(says(&run, "connects: 1 host, worker01"));
    run.press("E").type_text("sql01").press("Enter");
    assert_eq!(page(&run).telling.title, "All that sql01 needs");
    assert_eq!(run.app.layers().len(), 2, "a new question takes the place of the old one");
    run.press("q");
    assert_eq!(run.context(), Context::Ask);
    let Some(Layer::Ask(dialog)) = run.app.layers().last() else { panic!() };
    assert_eq!(dialog.field.text(), "sql01", "Back at the question, to be changed");
}

#[test]
fn what_is_half_typed_is_completed_by_the_choice_under_the_cursor() {
    let mut run = Run::sample();
    ask(&mut run, "sq");
    assert_eq!(page(&run).telling.title, "All that sql01 needs");
    run.press("Esc Esc");
    ask(&mut run, "work -> re");
    assert_eq!(page(&run).telling.title, "worker01 → repo01");
    run.press("Esc Esc E").type_text("sql01").press("↓ ↓ Tab");
    let Some(Layer::Ask(dialog)) = run.app.layers().last() else { panic!() };
    assert_eq!(dialog.field.text(), "sql01 -> repo01");
    run.type_text(" 6162").press("Enter");
    assert_eq!(page(&run).telling.title, "sql01 → repo01 at port 6162");
    run.press("Esc Esc");
    ask(&mut run, "10.0.0.20");
    assert!(says(&run, "10.0.0.20 is repo01"));
}

#[test]
fn a_question_that_is_none_says_why_and_stays() {
    let mut run = Run::sample();
    ask(&mut run, "nobody -> sql01");
    let Some(Layer::Ask(dialog)) = run.app.layers().last() else { panic!() };
    let error = dialog.error.clone().unwrap();
    assert!(error.starts_with("there is no host \"nobody\" in the plan"), "{error}");
    run.press("Backspace");
    let Some(Layer::Ask(dialog)) = run.app.layers().last() else { panic!() };
    assert_eq!((dialog.error.as_ref(), dialog.field.text()), (None, "nobody -> sql0"));
    run.press("Esc");
    assert_eq!(run.context(), Context::Hosts);
}

#[test]
fn without_a_host_there_is_nothing_to_ask() {
    let mut run = Run::empty();
    run.press("E");
    assert_eq!(run.context(), Context::Hosts);
    assert_eq!(run.message(), "there is no host to ask about yet; press a to add one");
    run.press("Tab Tab Enter");
    assert_eq!(run.context(), Context::Flows);
    assert_eq!(run.message(), "there is no flow here; press E to ask why");
}

#[test]
fn enter_on_a_flow_explains_it_and_a_removal_is_made_in_one_step() {
    let mut run = Run::sample();
    run.press("/").type_text("vbr01 sql01 135").press("Enter");
    let flow = run.flow();
    assert!(flow.starts_with("vbr01 sql01 tcp 135"), "{flow}");
    run.press("Enter");
    assert_eq!(run.context(), Context::Answer);
    assert_eq!(page(&run).telling.title, "vbr01 → sql01 tcp 135, 445");
    let before = run.content();
    run.press("Enter");
    assert_eq!(run.content(), before, "nothing is selected yet, so nothing is done");
    assert_eq!(run.message(), "no change is selected; press Tab to select one");
    choose(&mut run, "switch Non-persistent runtime off for sql01 alone");
    run.press("Enter");
    assert!(run.message().starts_with("Non-persistent runtime off for sql01 · +0 −"), "{}", run.message());
    assert!(!run.all_flows().contains(&flow), "the flow is gone");
    assert!(
        says(&run, "No rule asks for tcp 135, 445 any more"),
        "the answer is about the plan as it stands"
    );
    run.press("u");
    assert_eq!(run.content(), before, "one step back");
    assert!(says(&run, "It goes if you") || says(&run, "All go if you"));
    run.press("Esc");
    assert_eq!(run.flow(), flow);
}

#[test]
fn what_would_bring_a_flow_is_made_and_the_new_host_keeps_its_id_to_itself() {
    let mut run = Run::sample();
    ask(&mut run, "sql01 -> repo01 6162");
    let flow_is_there = says(&run, "It goes if you");
    assert!(flow_is_there);
    choose(&mut run, "place a Log shipping server (a new host log-shipping-server)");
    run.press("Enter");
    assert!(run.names().contains(&"log-shipping-server"));
    assert!(says(&run, "it does not apply while log-shipping-server has the role Log shipping server"));
    choose(&mut run, "take the role Log shipping server from log-shipping-server");
    run.press("Enter");
    assert!(says(&run, "It goes if you"), "the flow is back");
    run.press("Esc Esc a").type_text("next").press("Enter");
    assert!(run.names().contains(&"next"), "{}", run.message());
    assert!(run.names().contains(&"log-shipping-server"), "the new host has an id of its own");
    run.press("u u u");
    assert!(!run.names().contains(&"log-shipping-server"));
    assert!(!run.is_dirty());
}

#[test]
fn an_answer_about_a_host_that_is_gone_closes() {
    let mut run = Run::sample();
    ask(&mut run, "worker01 -> repo01 6162");
    choose(&mut run, "take repo01 out of the plan");
    run.press("Enter");
    assert_eq!(run.context(), Context::Ask);
    assert!(!run.names().contains(&"repo01"));
    assert!(run.message().starts_with("delete repo01 · "), "{}", run.message());
}

#[test]
fn a_port_that_only_the_operator_knows_is_not_made_up() {
    let mut run = Run::sample();
    let before = run.content();
    ask(&mut run, "worker01 -> repo01 6162");
    choose(&mut run, "set other ports for Transport service");
    run.press("Enter");
    assert_eq!(run.content(), before);
    assert!(run.message().contains("only you know which"), "{}", run.message());
    assert_eq!(run.context(), Context::Ports);
    run.type_text("7162").press("Enter");
    assert_eq!(run.context(), Context::Answer);
    assert!(run.all_flows().iter().any(|flow| flow == "worker01 repo01 tcp 7162"), "{:?}", run.all_flows());
}

#[test]
fn the_answer_is_copied_as_text() {
    let mut run = Run::sample();
    ask(&mut run, "repo01");
    run.press("y");
    let Effect::Copy { text, what } = run.effect() else { panic!() };
    assert_eq!(what, "answer: All that repo01 needs");
    assert_eq!(text, page(&run).telling.text());
    assert!(text.starts_with("All that repo01 needs\n"), "{text}");
}

#[test]
fn from_the_answer_to_its_hosts() {
    let mut run = Run::sample();
    ask(&mut run, "worker01 -> repo01");
    run.press("h");
    assert_eq!((run.context(), run.focus(), run.selected()), (Context::Hosts, Focus::Hosts, "worker01"));
    ask(&mut run, "worker01 -> repo01");
    run.press("t");
    assert_eq!((run.context(), run.selected()), (Context::Hosts, "repo01"));
    ask(&mut run, "6162");
    run.press("h");
    assert_eq!(run.context(), Context::Answer, "a port is no host");
}

#[test]
fn a_long_answer_scrolls_and_its_changes_come_into_sight() {
    let mut run = Run::of(rich_plan(), None).sized(80, 24);
    ask(&mut run, "vbr01");
    let top = page(&run).list.cursor();
    run.press("PgDn");
    assert!(page(&run).list.cursor() > top);
    run.press("End");
    let end = page(&run).list.cursor();
    run.press("↓");
    assert_eq!(page(&run).list.cursor(), end, "no further than the end");
    let mut run = Run::sample().sized(80, 24);
    ask(&mut run, "sql01 -> repo01");
    run.press("Shift-Tab");
    assert_eq!(page(&run).chosen, Some(page(&run).telling.proposals.len() - 1), "the last one, from behind");
    assert!(page(&run).list.cursor() > 0, "the text moved so that it can be seen");
}

#[test]
fn somebody_elses_plan_is_not_changed_from_an_answer() {
    let mut run = Run::sample();
    run.event(portplan::app::Event::InUse("anna on box7".to_owned())).press("Esc");
    let before = run.content();
    ask(&mut run, "worker01 -> repo01 6162");
    run.press("Tab Enter");
    assert_eq!(run.content(), before);
    assert!(run.message().starts_with("read-only: anna on box7 has this plan open"), "{}", run.message());
}

#[test]
fn an_answer_takes_keys_before_the_first_frame() {
    let slow = |keys: &str| {
        let mut run = Run::of(
            plan("P", &[("a", Os::Linux, "worker", ""), ("b", Os::Linux, "backup-repository", "")]),
            None,
        );
        run.press(keys);
        run
    };
    let keys = "Tab Tab Enter Tab Enter";
    let mut fast = Run::of(
        plan("P", &[("a", Os::Linux, "worker", ""), ("b", Os::Linux, "backup-repository", "")]),
        None,
    );
    fast.press_ahead(keys);
    assert_eq!(fast.names(), slow(keys).names());
    assert_eq!(fast.message(), slow(keys).message());
}
