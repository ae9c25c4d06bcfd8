//! The start screen, and the plan that it leaves behind.

use portplan::app::{Context, Effect, Event, Focus, Tone};

use super::driver::{FILE, Run, small_plan};

#[test]
fn a_new_plan_is_empty_clean_and_says_how_to_begin() {
    let mut run = Run::start();
    assert_eq!(run.context(), Context::Start);
    run.press("Enter");
    assert_eq!((run.context(), run.focus()), (Context::Hosts, Focus::Hosts));
    assert_eq!((run.names().len(), run.flows(), run.is_dirty(), run.path()), (0, 0, false, None));
    assert_eq!(run.message(), "a new plan; press a to add the first host");
    assert!(run.effects().is_empty());
}

#[test]
fn a_sample_is_asked_for_and_shown() {
    let mut run = Run::start();
    run.press("↓ ↓ Enter");
    assert_eq!(run.effect(), Effect::OpenSample(1));
    assert_eq!(run.context(), Context::Start, "until the sample is there");
    run.event(Event::Opened { path: None, plan: Ok(Box::new(small_plan())) });
    assert_eq!((run.context(), run.message()), (Context::Hosts, "opened Munich"));
    assert_eq!((run.selected(), run.path(), run.is_dirty()), ("vbr01", None, false));
    assert!(run.flows() > 0);
}

#[test]
fn a_recent_plan_is_opened() {
    let mut run = Run::start();
    run.press("↓ ↓ ↓ ↓ ↓ Enter");
    assert_eq!(run.effect(), Effect::Open("/plans/b.ron".into()));
    run.event(Event::Opened {
        path: Some("/plans/b.ron".into()),
        plan: Err("line 3: no such role".to_owned()),
    });
    assert_eq!((run.context(), run.message()), (Context::Start, "line 3: no such role"));
    assert_eq!(run.app.message().unwrap().tone, Tone::Failed);
    run.press("Enter");
    run.effects();
    run.event(Event::Opened { path: Some("/plans/b.ron".into()), plan: Ok(Box::new(small_plan())) });
    assert_eq!((run.context(), run.path()), (Context::Hosts, Some("/plans/b.ron")));
}

#[test]
fn another_file_is_asked_for() {
    let mut run = Run::start();
    run.press("End Enter");
    assert_eq!(run.context(), Context::Prompt);
    run.press("Esc");
    assert_eq!(run.context(), Context::Start, "Esc goes one step back");
    run.press("Enter").type_text("~/site.ron").press("Enter");
    assert_eq!(run.effect(), Effect::Open("/home/ann/site.ron".into()));
}

#[test]
fn the_list_ends_at_its_ends() {
    let mut run = Run::start();
    run.press("↑ PgUp Home Enter");
    assert_eq!(run.context(), Context::Hosts, "the first line is the new plan");
    let mut run = Run::start();
    run.press("End ↓ PgDn Enter");
    assert_eq!(run.context(), Context::Prompt, "the last line asks for a file");
}

#[test]
fn esc_without_a_plan_begins_a_new_one() {
    let mut run = Run::start();
    run.press("Esc");
    assert_eq!((run.context(), run.names().len()), (Context::Hosts, 0));
}

#[test]
fn esc_with_a_plan_goes_back_to_it() {
    let mut run = Run::sample();
    run.press(":").type_text("start screen").press("Enter");
    assert_eq!(run.context(), Context::Start);
    run.press("Esc");
    assert_eq!((run.context(), run.path(), run.names().len()), (Context::Hosts, Some(FILE), 5));
}

/// A name and options are work too.
#[test]
fn esc_goes_back_to_a_plan_without_hosts_that_was_changed() {
    let mut run = Run::empty();
    run.press("Tab Space");
    assert!(run.has_option("mssql"));
    run.press(":").type_text("start screen").press("Enter d Esc");
    assert!(run.has_option("mssql"), "the plan is still there, and so is what was done");
    assert!(run.is_dirty());
}

#[test]
fn help_and_quit_work_on_the_start_screen() {
    for key in ["?", "F1"] {
        let mut run = Run::start();
        run.press(key);
        assert_eq!(run.context(), Context::Help, "the title line shows ?");
        run.press("Esc");
        assert_eq!(run.context(), Context::Start);
    }
    let mut run = Run::start();
    run.press("q");
    assert_eq!(run.effect(), Effect::Quit);
}
