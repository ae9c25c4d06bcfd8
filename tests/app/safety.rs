//! No work is lost: what is kept, what is offered, what is not written over.

use std::path::PathBuf;

use portplan::app::unfinished::Line;
use portplan::app::{
    Access, Context, Dialog, Effect, Event, LostEntry, LostWork, Overwrite, Tone, Unfinished,
};
use portplan::catalogue::Os;
use portplan::plan::{Plan, actions};

use super::driver::{FILE, Run, content, plan, small_plan};

/// The sample with one host less, as it may be found elsewhere. Read apart, so its hosts are numbered apart.
fn other_plan() -> Plan {
    let mut other = plan("Munich", &[]);
    let hosts = small_plan().hosts().iter().skip(1).cloned().collect::<Vec<_>>();
    for mut host in hosts.into_iter().rev() {
        host.id = other.fresh_id();
        let action = actions::put_host(&other, super::driver::shared_catalogue().as_ref(), host, 0);
        other.apply(action.edit).unwrap();
    }
    other
}

fn kept(run: &mut Run) -> (Option<PathBuf>, Plan, Vec<PathBuf>) {
    match run.keeping().as_slice() {
        [Effect::Keep { path, plan, takes_over, unfinished: None }] => {
            (path.clone(), (**plan).clone(), takes_over.clone())
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn every_change_is_kept_at_once_and_nothing_else_is() {
    let mut run = Run::sample();
    run.keeping();
    run.press("j k Tab /").type_text("sql").press("Esc");
    assert_eq!(run.keeping(), [], "looking around changes nothing");
    run.press("Tab Tab d");
    let (path, plan, takes_over) = kept(&mut run);
    assert_eq!((path, takes_over.len()), (Some(PathBuf::from(FILE)), 0));
    assert_eq!(plan, *run.app.plan());
    run.press("d");
    assert_eq!(kept(&mut run).1, *run.app.plan());
    run.press("u");
    assert_eq!(kept(&mut run).1, *run.app.plan(), "a step back is a change, too");
    run.press("u");
    assert_eq!(run.keeping(), [Effect::Forget], "the plan is as in its file again");
}

#[test]
fn what_is_saved_is_not_kept_any_longer() {
    let mut run = Run::sample();
    run.press("d s").saves(Ok(()));
    assert!(!run.is_dirty());
    // `saves` took the effects so far; the outcome brings the last one.
    assert_eq!(run.keeping(), [Effect::Forget]);
    run.press("u");
    assert_eq!(kept(&mut run).1, *run.app.plan(), "now the file is ahead");
}

#[test]
fn a_failed_save_leaves_the_work_kept() {
    let mut run = Run::sample();
    run.press("d s").saves(Err("the disk is full"));
    assert_eq!(run.keeping(), []);
}

#[test]
fn work_that_is_given_up_is_forgotten_before_the_program_ends() {
    let mut run = Run::sample();
    run.press("d");
    run.keeping();
    run.press("q d");
    let effects = run.all_effects();
    assert_eq!(effects, [Effect::Forget, Effect::Quit]);
}

#[test]
fn leaving_for_another_plan_forgets_only_when_it_is_there() {
    let mut run = Run::sample();
    run.press("d");
    run.keeping();
    run.press("o").type_text("b.ron").press("Enter d");
    assert_eq!(run.effect(), Effect::Open("b.ron".into()));
    run.event(Event::Opened { path: Some("b.ron".into()), plan: Err("no such file".to_owned()) });
    assert_eq!((run.keeping(), run.is_dirty()), (Vec::new(), true), "the plan is still here, and kept");
    run.event(Event::Opened { path: Some("b.ron".into()), plan: Ok(Box::new(small_plan())) });
    assert_eq!(run.keeping(), [Effect::Forget]);
}

#[test]
fn trouble_with_keeping_is_told_once_and_marked_until_it_ends() {
    let mut run = Run::sample();
    run.press("d").event(Event::Kept(Err("/state: no space is left there".to_owned())));
    assert_eq!(run.message(), "unsaved work cannot be kept: /state: no space is left there");
    assert!(run.app.trouble().is_some());
    run.press("d").event(Event::Kept(Err("/state: no space is left there".to_owned())));
    assert!(run.message().starts_with("duplicate"), "{}", run.message());
    run.event(Event::Kept(Ok(())));
    assert_eq!(run.app.trouble(), None);
}

fn work(plan: Plan) -> LostWork {
    let age = "3 minutes ago".to_owned();
    LostWork { record: "/state/record".into(), age, plan: Ok(Box::new(plan)), unfinished: None }
}

#[test]
fn lost_work_is_offered_with_what_differs_and_taken_over_as_one_step() {
    let mut run = Run::sample();
    let saved = run.content();
    run.event(Event::Lost(work(other_plan())));
    assert_eq!(run.context(), Context::Confirm);
    assert_eq!(run.question(), "portplan ended before its last work on this plan was saved, 3 minutes ago.");
    let details = run.details();
    assert_eq!(details.first().map(String::as_str), Some("− host vbr01"), "{details:?}");
    assert!(details.last().is_some_and(|line| line.starts_with("flows: +0 −")), "{details:?}");
    run.keeping();
    run.press("r");
    assert_eq!(run.names(), ["repo01", "worker01", "ahv01", "sql01"]);
    assert!(run.is_dirty());
    let (_, plan, takes_over) = kept(&mut run);
    assert_eq!(takes_over, [PathBuf::from("/state/record")], "the old record goes when the new one is there");
    assert_eq!(plan, *run.app.plan());
    run.press("u");
    assert_eq!(run.content(), saved);
    run.press("U");
    assert_eq!(run.names().len(), 4);
}

#[test]
fn lost_work_can_be_thrown_away_or_left_for_later() {
    let mut run = Run::sample();
    let before = run.content();
    run.event(Event::Lost(work(other_plan()))).press("d");
    assert_eq!(run.effect(), Effect::Discard("/state/record".into()));
    assert_eq!((run.content(), run.context()), (before, Context::Hosts));
    run.event(Event::Lost(work(other_plan()))).press("Esc");
    assert_eq!((run.asked(), run.is_dirty(), run.context()), (0, false, Context::Hosts));
    run.press("d q d");
    assert!(!run.all_effects().iter().any(|effect| matches!(effect, Effect::Discard(_))));
}

#[test]
fn lost_work_that_cannot_be_read_is_told_and_left() {
    let mut run = Run::sample();
    let plan = Err("line 1, column 1: nonsense".to_owned());
    run.event(Event::Lost(LostWork {
        record: "/state/r".into(),
        age: String::new(),
        plan,
        unfinished: None,
    }));
    assert_eq!(
        run.message(),
        "unsaved work was left, but cannot be read: /state/r: line 1, column 1: nonsense"
    );
    assert_eq!((run.context(), run.asked()), (Context::Hosts, 0));
}

/// What was typed last and kept.
fn typed(run: &mut Run) -> Unfinished {
    match run.keeping().pop() {
        Some(Effect::Keep { unfinished: Some(unfinished), .. }) => unfinished,
        other => panic!("{other:?}"),
    }
}

/// Opens a dialog and types into it; another program takes what was kept, and has the same dialog.
fn comes_back(open: impl Fn(&mut Run), context: Context, lines: &[&str]) {
    comes_back_in(Run::sample, open, context, lines);
}

fn comes_back_in(start: fn() -> Run, open: impl Fn(&mut Run), context: Context, lines: &[&str]) {
    let mut run = start();
    open(&mut run);
    let unfinished = typed(&mut run);
    let shown = unfinished.lines();
    assert!(lines.iter().all(|line| shown.iter().any(|shown| shown == line)), "{shown:#?}");
    assert!(!run.is_dirty(), "the plan is as it was");

    let mut next = start();
    let saved = next.content();
    next.keeping();
    next.event(Event::Lost(LostWork {
        unfinished: Some(unfinished.clone()),
        ..work(run.app.plan().clone())
    }));
    assert_eq!(next.details(), shown);
    next.press("r");
    assert_eq!((next.context(), next.content()), (context, saved));
    match next.keeping().as_slice() {
        [Effect::Keep { unfinished: again, takes_over, .. }] => {
            assert_eq!(again.as_ref(), Some(&unfinished));
            assert_eq!(takes_over, &[PathBuf::from("/state/record")]);
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn what_was_typed_into_a_dialog_comes_back_in_it() {
    let host = |run: &mut Run| {
        run.press("a")
            .type_text("half-do")
            .press("Tab Tab Right Tab")
            .type_text("10.1")
            .press("Tab")
            .type_text("lan");
    };
    let head = "Typed, but not in the plan yet (Add host):";
    comes_back(
        host,
        Context::Form,
        &[head, "· Name: half-do", "· System: Windows", "· Addresses: 10.1", "· Zone: lan"],
    );
    let roles = |run: &mut Run| {
        run.press("a").press("Tab Space").type_text("worker").press("Space Enter");
    };
    comes_back(roles, Context::Form, &[head, "· Roles: worker"]);
    let edited = |run: &mut Run| {
        run.press("e").type_text("-new");
    };
    comes_back(
        edited,
        Context::Form,
        &["Typed, but not in the plan yet (Edit host vbr01):", "· Name: vbr01-new"],
    );
    let rule = |run: &mut Run| {
        run.press("O a").press("Ctrl-u").type_text("sql01").press("Tab").type_text("nobo");
    };
    comes_back(rule, Context::Fields, &["Typed, but not in the plan yet (Add own rule):", "· To: nobo"]);
    let zone = |run: &mut Run| {
        run.press("Z a").type_text("dmz").press("Tab").type_text("10.9.0.0/1");
    };
    let head = "Typed, but not in the plan yet (Add zone):";
    comes_back(zone, Context::Fields, &[head, "· Name: dmz", "· Networks: 10.9.0.0/1"]);
    let ports = |run: &mut Run| {
        run.press("P").type_text("1433, ");
    };
    comes_back(ports, Context::Ports, &["Typed, but not in the plan yet (Ports of the plan):"]);
}

#[test]
fn ports_typed_above_the_form_of_a_host_come_back_in_the_form() {
    let mut run = Run::sample();
    run.press("a").type_text("half").press("Tab Tab Tab Tab Tab Tab Tab Space");
    assert_eq!(run.context(), Context::Ports);
    run.type_text("8443");
    let unfinished = typed(&mut run);
    let mut next = Run::sample();
    next.event(Event::Lost(LostWork { unfinished: Some(unfinished), ..work(small_plan()) })).press("r");
    next.keeping();
    next.type_text("-done").press("Enter");
    assert_eq!(next.app.plan().host_named("half-done").unwrap().ports.len(), 1);
}

#[test]
fn a_line_that_was_typed_comes_back_too() {
    let pinned = |run: &mut Run| {
        run.press("b").type_text("as agreed");
    };
    let head = "Typed, but not in the plan yet (Pin the plan as a baseline):";
    comes_back(pinned, Context::Prompt, &[head, "· Text: as agreed"]);
    let reason = |run: &mut Run| {
        run.press("!");
        run.press("Space").type_text("comes on Mon");
    };
    let bare = || Run::of(plan("x", &[("bare01", Os::Linux, "", "10.0.0.12")]), Some("/plans/x.ron"));
    let head = "Typed, but not in the plan yet (Why this may stand):";
    comes_back_in(bare, reason, Context::Prompt, &[head, "· Text: comes on Mon"]);
    let mut run = Run::sample();
    run.press("o").type_text("b.ron");
    assert_eq!(run.keeping(), [], "the name of a file is no work on the plan");
}

#[test]
fn a_line_about_what_the_plan_does_not_have_is_told() {
    let mut run = Run::sample();
    let line = Line::Baseline("as agreed".to_owned());
    let dialog = Dialog::Line("Name of the baseline".to_owned(), line);
    let unfinished = Some(Unfinished { dialog, fields: vec![("Text".to_owned(), "as sig".to_owned())] });
    run.event(Event::Lost(LostWork { unfinished, ..work(small_plan()) })).press("r");
    assert_eq!(run.message(), "typed before the end, at \"Name of the baseline\": as sig");
    assert_eq!(run.effect(), Effect::Discard("/state/record".into()));
}

#[test]
fn what_is_accepted_or_given_up_is_no_longer_typed() {
    let mut run = Run::sample();
    run.press("a").type_text("new01");
    assert!(typed(&mut run).lines().contains(&"· Name: new01".to_owned()));
    run.press("Enter");
    let (_, plan, _) = kept(&mut run);
    assert!(plan.host_named("new01").is_some());
    run.press("u a").type_text("x");
    run.keeping();
    run.press("Backspace");
    assert_eq!(run.keeping(), [Effect::Forget]);
}

#[test]
fn the_start_screen_lists_lost_work_first() {
    let mut run = Run::start();
    let entry = LostEntry {
        record: "/state/r".into(),
        title: "Munich, 1 hour ago".to_owned(),
        about: "Unsaved work on a plan that was never saved".to_owned(),
    };
    run.event(Event::LostWork(vec![entry])).press("Home Enter");
    assert_eq!(run.effect(), Effect::OpenLost("/state/r".into()));
    run.event(Event::Opened { path: None, plan: Ok(Box::new(plan("New plan", &[]))) });
    run.event(Event::Lost(work(small_plan())));
    assert!(run.question().contains("a plan that was never saved"), "{}", run.question());
    run.press("r");
    assert_eq!((run.names().len(), run.is_dirty(), run.path()), (5, true, None));
    run.press("q");
    assert_eq!(run.context(), Context::Confirm, "it is not saved yet");
}

/// Saves a change and hears that the file is not as it was.
fn changed_elsewhere() -> (Run, Effect) {
    let mut run = Run::sample();
    run.press("d s");
    let Effect::Save { path, plan, revision, overwrite: Overwrite::IfUnchanged } = run.effect() else {
        panic!()
    };
    let effect = Effect::Save { path, plan, revision, overwrite: Overwrite::Replace };
    run.event(Event::Changed { effect: Box::new(effect.clone()), theirs: Ok(Box::new(other_plan())) });
    assert_eq!(run.question(), "/plans/munich.ron was changed by somebody else since it was read.");
    let details = run.details();
    assert_eq!(details[..3], ["Your plan against the file:", "+ host vbr01", "+ host vbr02"]);
    (run, effect)
}

#[test]
fn a_file_that_somebody_changed_is_overwritten_only_when_asked() {
    let (mut run, effect) = changed_elsewhere();
    run.press("o");
    assert_eq!(run.effect(), effect);
    let (mut run, _) = changed_elsewhere();
    run.press("Esc");
    assert_eq!((run.asked(), run.is_dirty(), run.context()), (0, true, Context::Hosts));
    run.press("s");
    assert!(matches!(run.effect(), Effect::Save { overwrite: Overwrite::IfUnchanged, .. }), "asked again");
}

#[test]
fn what_somebody_wrote_can_be_taken_over_and_that_taken_back() {
    let (mut run, _) = changed_elsewhere();
    let mine = run.content();
    run.press("l");
    assert_eq!(run.effect(), Effect::Reload(FILE.into()));
    run.event(Event::Reloaded { path: FILE.into(), plan: Ok(Box::new(other_plan())) });
    assert_eq!((run.names().len(), run.is_dirty()), (4, false));
    run.press("u");
    assert_eq!((run.content(), run.is_dirty()), (mine, true));
}

#[test]
fn the_plan_can_be_saved_elsewhere_instead() {
    let (mut run, _) = changed_elsewhere();
    run.press("a Ctrl-u").type_text("/plans/mine.ron").press("Enter");
    run.saves(Ok(()));
    assert_eq!((run.path(), run.is_dirty()), (Some("/plans/mine.ron"), false));
}

#[test]
fn leaving_waits_for_the_answer() {
    let mut run = Run::sample();
    run.press("d q s");
    let Effect::Save { path, plan, revision, .. } = run.effect() else { panic!() };
    let effect = Effect::Save { path, plan, revision, overwrite: Overwrite::Replace };
    run.event(Event::Changed { effect: Box::new(effect), theirs: Err("it is a directory".to_owned()) });
    assert_eq!(run.details(), ["It cannot be read as a plan any more: it is a directory"]);
    assert_eq!(run.asked(), 0, "not left yet");
    run.press("o").saves(Ok(()));
    assert_eq!(run.effect(), Effect::Quit);
}

#[test]
fn reading_the_file_again_is_a_step_like_any_other() {
    let mut run = Run::sample();
    run.press("d : ").type_text("file again").press("Enter");
    assert_eq!(run.effect(), Effect::Reload(FILE.into()));
    run.event(Event::Reloaded { path: FILE.into(), plan: Err("it is gone".to_owned()) });
    assert_eq!((run.message(), run.names().len()), ("it is gone", 6));
    run.event(Event::Reloaded { path: FILE.into(), plan: Ok(Box::new(small_plan())) });
    assert_eq!((run.names().len(), run.is_dirty()), (5, false));
    run.press("u");
    assert_eq!((run.names().len(), run.is_dirty()), (6, true));
}

#[test]
fn a_plan_that_another_has_open_is_only_looked_at() {
    let mut run = Run::sample();
    run.event(Event::InUse("anna on jump1, process 7".to_owned()));
    assert_eq!(run.question(), "This plan is open in another portplan: anna on jump1, process 7.");
    run.press("Esc");
    let before = run.content();
    for keys in ["a", "e", "r", "d", "x", "J", "u", "U", "n", "s", "Tab Space Shift-Tab", "4 Enter 1 Tab"] {
        run.press(keys);
        assert_eq!((run.content(), run.asked()), (before.clone(), 0), "{keys}");
        assert_ne!(run.context(), Context::Form, "{keys}");
    }
    run.press("a");
    assert!(run.message().starts_with("read-only: anna on jump1, process 7"), "{}", run.message());
    assert_eq!(run.app.message().unwrap().tone, Tone::Failed);
    run.press("/").type_text("sql").press("Enter y");
    assert!(matches!(run.effect(), Effect::Copy { .. }), "looking, searching and copying work");
    run.press("S Ctrl-u").type_text("/plans/copy.ron").press("Enter");
    run.saves(Ok(()));
    assert_eq!(*run.app.access(), Access::Full, "the copy is ours");
    run.press("Shift-Tab Shift-Tab d");
    assert_eq!(run.names().len(), 6);
}

#[test]
fn a_plan_that_is_in_use_can_be_tried_again() {
    let mut run = Run::sample();
    run.event(Event::InUse("anna".to_owned())).press("t");
    assert_eq!(run.effect(), Effect::Open(FILE.into()));
    run.event(Event::Opened { path: Some(FILE.into()), plan: Ok(Box::new(small_plan())) });
    assert_eq!(*run.app.access(), Access::Full);
    run.event(Event::InUse("anna".to_owned())).press("Esc :").type_text("file again").press("Enter");
    assert_eq!(run.effect(), Effect::Open(FILE.into()), "reading again asks for the plan again");
}

#[test]
fn a_plan_read_apart_is_the_same_if_it_says_the_same() {
    assert!(small_plan().says_the_same(&small_plan()));
    assert!(!small_plan().says_the_same(&other_plan()));
    let aligned = other_plan().numbered_like(&small_plan());
    assert!(aligned.says_the_same(&other_plan()));
    for host in aligned.hosts() {
        assert_eq!(Some(host), small_plan().host_named(host.name.as_str()), "the number is the same, too");
    }
    assert_ne!(content(&aligned), content(&small_plan()));
}
