//! The mouse: clicks, double clicks, the wheel, drags, and giving it away.

use portplan::app::layers::FormField;
use portplan::app::mouse::{Divider, List, Place, Press, Splits};
use portplan::app::{App, Context, Effect, Event, Focus, Gesture, Layer, Mouse, Spot, Viewport};
use portplan::plan::host::HostSetting;
use portplan::ui;
use portplan::ui::theme::Theme;
use ratatui::Terminal;
use ratatui::backend::TestBackend;

use super::driver::{Run, plan, rich_plan, shared_catalogue};
use crate::flows::support::option;
use portplan::app::Command;
use portplan::catalogue::{Key as _, Os};

fn viewport(run: &Run) -> Viewport {
    let mut terminal = Terminal::new(TestBackend::new(run.size.0, run.size.1)).unwrap();
    let mut viewport = Viewport::default();
    terminal.draw(|frame| viewport = ui::draw(&run.app, &Theme::dark(), frame)).unwrap();
    viewport
}

/// A spot where the place answers, near its end.
pub fn spot(run: &Run, place: Place) -> Spot {
    find(run, |found| found == place).unwrap_or_else(|| panic!("{place:?} is not on the screen"))
}

fn find(run: &Run, wanted: impl Fn(Place) -> bool) -> Option<Spot> {
    let hits = viewport(run).hits;
    let spots = (0..run.size.1).flat_map(|row| (0..run.size.0).rev().map(move |column| Spot { column, row }));
    spots.into_iter().find(|spot| hits.at(*spot).is_some_and(&wanted))
}

fn wide() -> Run {
    Run::of(rich_plan(), None).sized(160, 45)
}

/// A plan with more of everything than a screen shows.
fn long() -> Run {
    let names: Vec<String> = (0..60).map(|at| format!("worker{at:02}")).collect();
    let mut hosts =
        vec![("vbr01", Os::Windows, "backup-server", "10.0.0.1"), ("ahv", Os::Other, "ahv-cluster", "")];
    hosts.extend(names.iter().map(|name| (name.as_str(), Os::Linux, "worker", "")));
    Run::of(plan("Long", &hosts), None).sized(120, 40)
}

#[test]
fn a_click_takes_focus_and_cursor() {
    let mut run = wide();
    let here = spot(&run, Place::Row(List::Flows, 3));
    run.click(here);
    assert_eq!((run.focus(), run.app.flow_view().list.cursor()), (Focus::Main, 3));
    let here = spot(&run, Place::Row(List::Hosts, 4));
    run.click(here);
    assert_eq!((run.focus(), run.selected()), (Focus::Hosts, "worker01"));
    let here = spot(&run, Place::Row(List::Options, 2));
    let options = run.app.plan().options();
    run.click(here);
    assert_eq!((run.focus(), run.app.option_list().cursor()), (Focus::Options, 2));
    assert_eq!(run.app.plan().options(), options, "a click on the name selects");
    let here = spot(&run, Place::Body(List::Why));
    run.click(here);
    assert_eq!(run.focus(), Focus::Why);
    run.press("4");
    let here = spot(&run, Place::Row(List::Checks, 1));
    run.click(here);
    assert_eq!((run.focus(), run.app.check_list().cursor()), (Focus::Main, 1));
}

#[test]
fn a_click_on_the_box_switches_the_option() {
    let mut run = wide();
    let mongodb = run.app.catalogue().options().keys().find(|id| *id == option("mongodb")).unwrap();
    let was = run.has_option("mongodb");
    let here = spot(&run, Place::Mark(List::Options, mongodb.position() as u64));
    run.click(here);
    assert_eq!((run.has_option("mongodb"), run.focus()), (!was, Focus::Options));
    assert!(run.message().starts_with("MongoDB"), "{}", run.message());
    let here = spot(&run, Place::Mark(List::Options, mongodb.position() as u64));
    run.click(here);
    assert_eq!(run.has_option("mongodb"), was);
}

#[test]
fn a_double_click_is_enter_there() {
    let mut run = wide();
    let here = spot(&run, Place::Row(List::Hosts, 2));
    run.double_click(here);
    assert_eq!((run.context(), run.form().name.text()), (Context::Form, "repo01"));
    run.press("Esc");
    let was = run.has_option("netbios");
    let netbios = option("netbios").position() as u64;
    let here = spot(&run, Place::Row(List::Options, netbios));
    run.double_click(here);
    assert_ne!(run.has_option("netbios"), was);
    run.press("4");
    let here = spot(&run, Place::Row(List::Checks, 0));
    run.double_click(here);
    assert!(!run.app.layers().is_empty(), "the finding is mended in a dialog");
}

/// At 80x24 a click changes what is on the screen; the second press may hit something that was not aimed at.
#[test]
fn a_second_click_on_something_else_does_nothing() {
    let mut run = Run::of(rich_plan(), None).sized(80, 24);
    let add = spot(&run, Place::Command(Command::AddHost));
    run.click(add);
    assert_eq!(run.context(), Context::Form);
    assert_eq!(viewport(&run).hits.at(add), Some(Place::Command(Command::Accept)));
    run.gesture(Gesture::Press(Press::Double), add).gesture(Gesture::Release, add);
    assert_eq!(run.form().error, None, "the form was not asked to take an empty name");
}

#[test]
fn a_command_runs_when_the_button_goes_up_on_it() {
    let mut run = wide();
    let here = spot(&run, Place::Command(Command::AddHost));
    run.gesture(Gesture::Press(Press::Single), here);
    assert_eq!(run.context(), Context::Hosts);
    run.gesture(Gesture::Release, here);
    assert_eq!(run.context(), Context::Form);
    run.press("Esc");
    let away = Spot { column: 0, row: 5 };
    run.drag(here, away);
    assert_eq!(run.context(), Context::Hosts, "who moves away has thought better of it");
    run.gesture(Gesture::Release, here);
    assert_eq!(run.context(), Context::Hosts, "a button that never went down");
}

#[test]
fn the_title_leads_to_hosts_flows_checks_and_help() {
    let mut run = wide();
    for (place, context) in [
        (Place::Command(Command::ViewChecks), Context::Checks),
        (Place::Command(Command::ViewFlows), Context::Flows),
        (Place::Body(List::Hosts), Context::Hosts),
        (Place::Command(Command::Help), Context::Help),
    ] {
        let title = find(&run, |found| found == place).unwrap();
        assert_eq!(title.row, 0, "{place:?}");
        run.click(title);
        assert_eq!(run.context(), context);
    }
}

#[test]
fn the_wheel_scrolls_what_is_under_it_and_leaves_the_focus() {
    let mut run = long();
    let hosts = spot(&run, Place::Row(List::Hosts, 5));
    let first = |run: &Run| {
        viewport(run).hits.iter().find_map(|hit| match hit.place {
            Place::Row(List::Hosts, line) => Some(line),
            _ => None,
        })
    };
    assert_eq!(first(&run), Some(0));
    run.press("Tab Tab");
    let flows = spot(&run, Place::Row(List::Flows, 5));
    let top = |run: &Run| {
        viewport(run).hits.iter().find_map(|hit| match hit.place {
            Place::Row(List::Flows, line) => Some(line),
            _ => None,
        })
    };
    run.gesture(Gesture::WheelDown, hosts);
    assert_eq!((first(&run), run.focus(), top(&run)), (Some(3), Focus::Main, Some(0)));
    assert_eq!(run.selected(), "worker01", "the cursor stays in sight");
    run.gesture(Gesture::WheelUp, hosts);
    assert_eq!((first(&run), run.selected()), (Some(0), "worker01"));
    run.gesture(Gesture::WheelUp, hosts);
    assert_eq!(first(&run), Some(0));
    run.gesture(Gesture::WheelDown, flows);
    assert_eq!((top(&run), first(&run)), (Some(3), Some(0)));
    for _ in 0..1000 {
        run.gesture(Gesture::WheelDown, flows);
    }
    let (last, shown) = (run.listed() - 1, viewport(&run).main);
    assert_eq!(top(&run), Some(last + 1 - u64::from(shown)), "and no further");
}

#[test]
fn the_wheel_scrolls_texts_and_dialogs() {
    let mut run = Run::of(rich_plan(), None).sized(120, 20);
    run.press("2");
    let rules = spot(&run, Place::Body(List::Rules));
    run.gesture(Gesture::WheelDown, rules);
    assert_eq!(run.app.snippet().list.cursor(), 3);
    run.press("?");
    let help = spot(&run, Place::Body(List::Dialog));
    run.gesture(Gesture::WheelDown, help).gesture(Gesture::WheelDown, help).gesture(Gesture::WheelUp, help);
    assert!(matches!(run.app.layers().last(), Some(Layer::Help(list)) if list.cursor() == 3));
    assert_eq!(run.app.snippet().list.cursor(), 3, "what lies behind does not move");
}

#[test]
fn the_border_of_the_columns_is_dragged_within_limits() {
    let mut run = wide();
    let width = |run: &Run| {
        viewport(run).hits.iter().find_map(|hit| match hit.place {
            Place::Body(List::Hosts) if hit.row > 0 => Some(hit.width),
            _ => None,
        })
    };
    let start = width(&run).unwrap();
    let border = find(&run, |place| matches!(place, Place::Divider(Divider::Left, _))).unwrap();
    let to = |column: u16| Spot { column, ..border };
    run.drag(border, to(border.column + 10));
    assert_eq!(width(&run), Some(start + 10));
    let border = find(&run, |place| matches!(place, Place::Divider(Divider::Left, _))).unwrap();
    run.drag(border, to(0));
    assert_eq!(width(&run), Some(24));
    let border = find(&run, |place| matches!(place, Place::Divider(Divider::Left, _))).unwrap();
    run.drag(border, to(159));
    assert_eq!(width(&run), Some(110));
    run = run.sized(80, 24).sized(160, 45);
    assert_eq!(width(&run), Some(110), "it is remembered");
    run.gesture(Gesture::Drag, to(20));
    assert_eq!(width(&run), Some(110), "nothing is held");
}

#[test]
fn the_border_above_the_reasons_is_dragged_within_limits() {
    let mut run = wide();
    let height = |run: &Run| viewport(run).why + 2;
    let start = height(&run);
    let border = |run: &Run| find(run, |place| matches!(place, Place::Divider(Divider::Why, _))).unwrap();
    let here = border(&run);
    run.drag(here, Spot { row: here.row - 5, ..here });
    assert_eq!(height(&run), start + 5);
    let here = border(&run);
    run.drag(here, Spot { row: 0, ..here });
    assert_eq!(height(&run), 43 - 6);
    let here = border(&run);
    run.drag(here, Spot { row: 44, ..here });
    assert_eq!(height(&run), 4);
}

#[test]
fn behind_a_dialog_nothing_answers() {
    let mut run = wide();
    let host = spot(&run, Place::Row(List::Hosts, 4));
    let flow = spot(&run, Place::Row(List::Flows, 0));
    let border = find(&run, |place| matches!(place, Place::Divider(Divider::Left, _))).unwrap();
    run.press("e").type_text("x");
    run.drag(Spot { row: 2, ..border }, Spot { column: 60, row: 2 });
    assert_eq!(run.app.splits(), Splits::default());
    let before = run.form().name.text().to_owned();
    run.click(Spot { column: 1, row: host.row }).click(Spot { column: 158, row: flow.row });
    run.gesture(Gesture::WheelDown, Spot { column: 1, row: host.row });
    assert_eq!(
        (run.context(), run.form().name.text(), run.selected()),
        (Context::Form, before.as_str(), "vbr01")
    );
}

/// Key and click can come before the next frame.
#[test]
fn a_click_that_comes_before_the_dialog_is_drawn_does_not_reach_behind_it() {
    let mut run = wide();
    let host = spot(&run, Place::Row(List::Hosts, 4));
    let add = spot(&run, Place::Command(Command::DeleteHost));
    run.app.handle(Event::Key("e".parse().unwrap()));
    for spot in [host, add] {
        run.app.handle(Event::Mouse(Gesture::Press(Press::Single), spot));
        run.app.handle(Event::Mouse(Gesture::Release, spot));
    }
    run.app.handle(Event::Mouse(Gesture::WheelDown, host));
    assert_eq!((run.selected(), run.names().len(), run.context()), ("vbr01", 10, Context::Form));
}

#[test]
fn fields_and_choices_of_the_form_answer() {
    let mut run = wide();
    run.press("a");
    let zone = spot(&run, Place::Field(FormField::Zone));
    run.click(zone);
    run.type_text("dmz");
    assert_eq!((run.form().zone.text(), run.form().field), ("dmz", FormField::Zone));
    let linux = Os::ALL.iter().position(|os| *os == Os::Linux).unwrap();
    let choice = spot(&run, Place::Choice(FormField::System, linux));
    run.click(choice);
    assert_eq!((run.form().os, run.form().field), (Os::Linux, FormField::System));
    let agent = option("persistent-agent");
    let off = spot(&run, Place::Choice(FormField::Option(agent), 2));
    run.click(off);
    assert_eq!(run.form().options.setting(agent), HostSetting::Off);
}

#[test]
fn lists_of_dialogs_answer() {
    let mut run = Run::start().sized(100, 30);
    let third = spot(&run, Place::Row(List::Dialog, 2));
    run.click(third);
    assert!(matches!(run.app.layers().last(), Some(Layer::Start(start)) if start.list.cursor() == 2));
    run.double_click(third);
    assert_eq!(run.effect(), Effect::OpenSample(1));

    let mut run = wide();
    run.press("r");
    let mark = spot(&run, Place::Mark(List::Dialog, 1));
    let before = run.roles("vbr01").len();
    run.click(mark);
    assert_ne!(run.roles("vbr01").len(), before, "the box gives the role or takes it");
    let row = spot(&run, Place::Row(List::Dialog, 1));
    run.double_click(row);
    assert_eq!((run.roles("vbr01").len(), run.context()), (before, Context::Roles));
    run.press("Esc :");
    let second = spot(&run, Place::Row(List::Dialog, 1));
    run.double_click(second);
    assert_eq!(run.context(), Context::Form, "the second command edits the host");
    run.press("Esc f");
    let scope = spot(&run, Place::Row(List::Scopes, 1));
    run.click(scope);
    let format = spot(&run, Place::Row(List::Formats, 2));
    run.click(format);
    assert!(matches!(run.app.layers().last(),
        Some(Layer::CopyAs(dialog)) if dialog.scopes.cursor() == 1 && dialog.targets.cursor() == 2));
}

#[test]
fn the_answers_of_a_question_answer() {
    let mut run = Run::sample().sized(100, 30);
    run.press("x q");
    assert_eq!(run.context(), Context::Confirm);
    let stay = spot(&run, Place::Command(Command::Cancel));
    run.click(stay);
    assert_eq!((run.context(), run.asked()), (Context::Hosts, 0));
    run.press("q");
    let discard = spot(&run, Place::Command(Command::DiscardAndGo));
    run.click(discard);
    assert_eq!(run.effect(), Effect::Quit);
}

#[test]
fn places_beyond_the_screen_are_nothing() {
    let mut run = wide();
    let before = run.content();
    for spot in
        [Spot { column: u16::MAX, row: u16::MAX }, Spot { column: 0, row: 45 }, Spot { column: 160, row: 0 }]
    {
        run.double_click(spot).drag(spot, Spot { column: 0, row: 0 });
        run.gesture(Gesture::WheelDown, spot);
    }
    assert_eq!((run.content(), run.context(), run.app.splits()), (before, Context::Hosts, Splits::default()));
}

#[test]
fn the_mouse_is_released_and_taken_back() {
    let mut run = wide();
    assert_eq!(run.app.mouse_mode(), Mouse::On);
    run.press("M");
    assert_eq!(run.effect(), Effect::Mouse(Mouse::Released));
    assert!(run.message().contains("Shift-drag"), "{}", run.message());
    run.press(":").type_text("release mouse").press("Enter");
    assert_eq!((run.effect(), run.app.mouse_mode()), (Effect::Mouse(Mouse::On), Mouse::On));
}

#[test]
fn a_program_without_the_mouse_can_take_it() {
    let app = App::new(shared_catalogue(), Vec::new()).with_mouse(Mouse::Off);
    assert_eq!(app.mouse_mode(), Mouse::Off);
    let mut run = Run::sample();
    run.app = app;
    run.press("Enter M");
    assert_eq!((run.effect(), run.app.mouse_mode()), (Effect::Mouse(Mouse::On), Mouse::On));
}

#[test]
fn ctrl_z_asks_for_a_stop_wherever_it_is_pressed() {
    for place in ["", "Tab", "Tab Tab", "Tab Tab Tab", "2", "4", "/", "a", "r", "f", ":", "?", "S", "x q"] {
        let mut run = Run::sample();
        run.press(place);
        let context = run.context();
        run.effects();
        run.press("Ctrl-z");
        assert_eq!((run.effect(), run.context()), (Effect::Suspend, context), "{place}");
    }
    let mut run = Run::start();
    run.press("Ctrl-z");
    assert_eq!(run.effect(), Effect::Suspend);
}
