//! Saving, opening, leaving.

use portplan::app::{Context, Effect, Event, Overwrite, Tone};

use super::driver::{FILE, Run, small_plan};

#[test]
fn a_plan_with_a_file_is_saved_there() {
    let mut run = Run::sample();
    run.press("d");
    assert!(run.is_dirty());
    run.press("s");
    let Effect::Save { path, plan, revision, overwrite } = run.effect() else { panic!() };
    assert_eq!((path.to_str(), overwrite), (Some(FILE), Overwrite::IfUnchanged));
    assert_eq!(*plan, *run.app.plan());
    assert!(run.is_dirty(), "not before the disk has it");
    run.event(Event::Saved { path, revision, outcome: Ok(()) });
    assert_eq!((run.is_dirty(), run.message()), (false, "saved /plans/munich.ron"));
}

#[test]
fn a_failed_save_changes_nothing() {
    let mut run = Run::sample();
    run.press("d Ctrl-s").saves(Err("the disk is full"));
    assert_eq!((run.is_dirty(), run.message(), run.path()), (true, "the disk is full", Some(FILE)));
    assert_eq!(run.app.message().unwrap().tone, Tone::Failed);
}

#[test]
fn what_was_done_while_it_was_saved_is_not_saved() {
    let mut run = Run::sample();
    run.press("d s");
    let Effect::Save { path, revision, .. } = run.effect() else { panic!() };
    run.press("d").event(Event::Saved { path, revision, outcome: Ok(()) });
    assert!(run.is_dirty());
    run.press("u");
    assert!(!run.is_dirty());
}

#[test]
fn a_plan_without_a_file_asks_for_one_and_proposes_its_name() {
    let mut run = Run::of(small_plan(), None);
    run.press("n Ctrl-u").type_text("Wien, Süd/2").press("Enter");
    assert_eq!(run.message(), "name the plan Wien, Süd/2 · no flow changed");
    run.press("s");
    assert_eq!((run.context(), run.prompt()), (Context::Prompt, "wien-süd-2.ron"));
    run.press("Esc");
    assert_eq!((run.context(), run.asked()), (Context::Hosts, 0));
    run.press("s Enter");
    let Effect::Save { path, overwrite, .. } = run.effect() else { panic!() };
    assert_eq!((path.to_str(), overwrite), (Some("wien-süd-2.ron"), Overwrite::Ask));
}

#[test]
fn an_empty_file_name_is_refused_in_place() {
    let mut run = Run::of(small_plan(), None);
    run.press("s Ctrl-u Space Enter");
    assert_eq!((run.context(), run.asked()), (Context::Prompt, 0));
}

#[test]
fn save_as_keeps_the_new_file() {
    let mut run = Run::sample();
    run.press("d S");
    assert_eq!(run.prompt(), FILE);
    run.press("Ctrl-u").type_text("~/q.ron").press("Enter");
    run.saves(Ok(()));
    assert_eq!((run.path(), run.is_dirty()), (Some("/home/ann/q.ron"), false));
    run.press("S Enter");
    let Effect::Save { overwrite, .. } = run.effect() else { panic!() };
    assert_eq!(overwrite, Overwrite::IfUnchanged, "its own file is no stranger");
}

#[test]
fn another_file_is_not_replaced_unasked() {
    let mut run = Run::sample();
    run.press("S Ctrl-u").type_text("old.ron").press("Enter");
    let Effect::Save { path, plan, revision, overwrite: Overwrite::Ask } = run.effect() else { panic!() };
    let replace = Effect::Save { path, plan, revision, overwrite: Overwrite::Replace };
    run.event(Event::Exists(Box::new(replace.clone()))).press("Esc");
    assert_eq!((run.path(), run.asked()), (Some(FILE), 0));
    run.event(Event::Exists(Box::new(replace.clone()))).press("o");
    assert_eq!(run.effect(), replace);
}

#[test]
fn a_clean_plan_is_left_at_once() {
    for key in ["q", "Ctrl-c"] {
        let mut run = Run::sample();
        run.press(key);
        assert_eq!(run.effect(), Effect::Quit);
    }
    let mut run = Run::empty();
    run.press("q");
    assert_eq!(run.effect(), Effect::Quit, "a new plan without a change holds nothing");
}

#[test]
fn a_changed_plan_asks() {
    let mut run = Run::sample();
    run.press("d q");
    assert_eq!((run.context(), run.asked()), (Context::Confirm, 0));
    assert_eq!(run.question(), "The plan \"Munich\" has changes that are not saved.");
    run.press("o x Enter");
    assert_eq!((run.context(), run.asked()), (Context::Confirm, 0));
    run.press("Esc");
    assert_eq!((run.context(), run.is_dirty(), run.asked()), (Context::Hosts, true, 0));
    run.press("q d");
    assert_eq!(run.effect(), Effect::Quit);
}

#[test]
fn save_and_quit_quits_only_when_it_is_saved() {
    let mut run = Run::sample();
    run.press("d q s").saves(Err("the disk is full"));
    assert_eq!((run.message(), run.asked(), run.context()), ("the disk is full", 0, Context::Hosts));
    run.press("s").saves(Ok(()));
    assert!(run.effects().is_empty(), "a later save does not quit");
    run.press("d q s").saves(Ok(()));
    assert_eq!(run.effect(), Effect::Quit);
}

#[test]
fn save_and_quit_asks_for_a_file_first() {
    let mut run = Run::of(small_plan(), None);
    run.press("d q s");
    assert_eq!((run.context(), run.prompt()), (Context::Prompt, "munich.ron"));
    run.press("Esc");
    assert!(run.effects().is_empty(), "Esc stays");
    run.press("q s Enter");
    let Effect::Save { path, plan, revision, overwrite: Overwrite::Ask } = run.effect() else { panic!() };
    let replace = Effect::Save { path, plan, revision, overwrite: Overwrite::Replace };
    run.event(Event::Exists(Box::new(replace.clone()))).press("Esc");
    assert!(run.effects().is_empty() && run.is_dirty(), "the other file stays, and so does the program");
    run.press("s Enter").saves(Ok(()));
    assert!(run.effects().is_empty(), "that quit was called off");
    run.press("d q s").saves(Ok(()));
    assert_eq!(run.effect(), Effect::Quit);
}

#[test]
fn replacing_a_file_on_the_way_out_quits() {
    let mut run = Run::of(small_plan(), None);
    run.press("d q s Enter");
    let Effect::Save { path, plan, revision, .. } = run.effect() else { panic!() };
    let replace = Effect::Save { path, plan, revision, overwrite: Overwrite::Replace };
    run.event(Event::Exists(Box::new(replace))).press("o").saves(Ok(()));
    assert_eq!(run.effect(), Effect::Quit);
}

#[test]
fn another_plan_is_opened() {
    let mut run = Run::sample();
    run.press("o").type_text("b.ron").press("Enter");
    assert_eq!(run.effect(), Effect::Open("b.ron".into()));
    run.event(Event::Opened { path: Some("b.ron".into()), plan: Err("no file b.ron".to_owned()) });
    assert_eq!((run.message(), run.path(), run.names().len()), ("no file b.ron", Some(FILE), 5));
}

#[test]
fn another_plan_is_opened_after_the_question_only() {
    let mut run = Run::sample();
    run.press("d o").type_text("b.ron").press("Enter");
    assert_eq!((run.context(), run.asked()), (Context::Confirm, 0));
    run.press("d");
    assert_eq!(run.effect(), Effect::Open("b.ron".into()));
    run.press("o").type_text("b.ron").press("Enter s").saves(Ok(()));
    assert_eq!(run.effect(), Effect::Open("b.ron".into()));
    run.event(Event::Opened { path: Some("b.ron".into()), plan: Ok(Box::new(small_plan())) });
    assert_eq!((run.path(), run.is_dirty()), (Some("b.ron"), false));
    assert_eq!(run.app.history().next_undo(), None, "the other plan's steps are not this one's");
}

#[test]
fn a_new_file_is_not_saved_yet() {
    let mut run = Run::sample();
    run.app.mark_new_file();
    assert!(!run.is_dirty(), "nothing is lost if it is left");
    run.press("d");
    assert!(run.is_dirty());
}

#[test]
fn a_name_for_the_plan_is_checked() {
    let mut run = Run::sample();
    run.press("n");
    assert_eq!(run.prompt(), "Munich");
    run.press("Ctrl-u Enter");
    assert_eq!(run.context(), Context::Prompt);
    run.type_text(&"x".repeat(101)).press("Enter");
    assert_eq!((run.context(), run.prompt().len()), (Context::Prompt, 101), "nothing is lost");
    run.press("Backspace Enter");
    assert_eq!((run.context(), run.app.plan().name().as_str().len()), (Context::Hosts, 100));
}
