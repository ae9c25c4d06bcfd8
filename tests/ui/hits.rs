//! What answers to the mouse stands where it is drawn, at every size.

use portplan::app::layers::{RuleField, ZoneField};
use portplan::app::mouse::{List, Place};
use portplan::app::{App, Layer, Spot};

use super::frame::{Screen, screen};
use crate::app::driver::{Run, rich_plan};

const SIZES: [(u16, u16); 9] =
    [(160, 45), (120, 36), (110, 30), (109, 30), (80, 24), (70, 20), (60, 12), (40, 12), (24, 6)];

/// The line of the list that has the mark of the cursor, as the screen shows it.
fn marked(screen: &Screen, row: u16) -> bool {
    screen.row(row).contains('▸')
}

fn cursor(app: &App, list: List) -> Option<u64> {
    match (list, app.layers().last()) {
        (List::Hosts, None) => Some(app.host_list().cursor()),
        (List::Options, None) => Some(app.option_list().cursor()),
        (List::Flows, None) => Some(app.flow_view().list.cursor()),
        (List::Changes, None) => Some(app.change_list().cursor()),
        (List::Checks, None) => Some(app.check_list().cursor()),
        (List::Dialog, Some(Layer::Roles(picker))) => Some(picker.list.cursor()),
        (List::Dialog, Some(Layer::Baselines(dialog))) => Some(dialog.list.cursor()),
        (List::Dialog, Some(Layer::Palette(palette))) => Some(palette.list.cursor()),
        (List::Dialog, Some(Layer::Start(start))) => Some(start.list.cursor()),
        (List::Dialog, Some(Layer::Ports(form))) => Some(form.list.cursor()),
        (List::Dialog, Some(Layer::OwnRules(list) | Layer::Zones(list))) => Some(list.cursor()),
        (List::Dialog, Some(Layer::ZoneHosts(dialog))) => Some(dialog.list.cursor()),
        (List::Dialog, Some(Layer::RuleForm(form))) => {
            RuleField::ALL.iter().position(|field| *field == form.field).map(|at| at as u64)
        }
        (List::Dialog, Some(Layer::ZoneForm(form))) => Some(u64::from(form.field == ZoneField::Networks)),
        (List::Scopes, Some(Layer::CopyAs(dialog))) => Some(dialog.scopes.cursor()),
        (List::Formats, Some(Layer::CopyAs(dialog))) => Some(dialog.targets.cursor()),
        _ => None,
    }
}

/// Every spot of the screen with a line of a list on it; the boxes at their beginning do more than select.
fn lines(screen: &Screen) -> Vec<(Spot, List, u64)> {
    let area = screen.buffer.area;
    let rows = (0..area.height).flat_map(|row| [1, area.width - 3].map(|column| Spot { column, row }));
    let line = |spot: Spot| match screen.viewport.hits.at(spot) {
        Some(Place::Row(list, line)) => Some((spot, list, line)),
        _ => None,
    };
    rows.filter_map(line).collect()
}

fn pane(screen: &Screen, list: List) -> Option<portplan::app::mouse::Hit> {
    screen.viewport.hits.iter().find(|hit| hit.place == Place::Body(list) && hit.row > 0).copied()
}

fn every_line_answers(make: impl Fn() -> Run) {
    for (width, height) in [(160, 45), (110, 30), (80, 24), (60, 12), (24, 6)] {
        let shown = screen(&make().sized(width, height));
        for (spot, list, line) in lines(&shown) {
            let mut run = make().sized(width, height);
            run.click(spot);
            assert_eq!(
                cursor(&run.app, list),
                Some(line),
                "{width}x{height} {list:?} {spot:?}\n{}",
                shown.text()
            );
            let after = screen(&run);
            // A low terminal gives the options the whole column when they get the keyboard.
            if list != List::Options || pane(&shown, list) == pane(&after, list) {
                assert!(marked(&after, spot.row), "{width}x{height} {list:?} {spot:?}\n{}", after.text());
            }
        }
    }
}

#[test]
fn every_drawn_line_of_every_pane_selects_itself() {
    for keys in ["", "Tab", "Tab Tab End", "4 End", "Tab End", "b Enter x 3", "b Enter x 3 End"] {
        every_line_answers(|| {
            let mut run = Run::of(rich_plan(), None);
            run.press(keys);
            run
        });
    }
}

#[test]
fn every_drawn_line_of_every_dialog_selects_itself() {
    for keys in [
        "r",
        "r End",
        ":",
        ": PgDn",
        "f",
        "f Tab",
        "P",
        "O",
        "O a",
        "O a Tab Tab",
        "Z",
        "Z End i",
        "Z a",
        "b Enter b a Enter b",
    ] {
        every_line_answers(|| {
            let mut run = Run::of(rich_plan(), None);
            run.press(keys);
            run
        });
    }
    every_line_answers(Run::start);
}

/// The first column of each name of a command holds its key, as the last line shows it.
#[test]
fn a_key_of_the_last_line_runs_its_own_command() {
    for (width, height) in SIZES {
        for keys in [
            "",
            "Tab",
            "Tab Tab",
            "2",
            "4",
            "5",
            "a",
            "r",
            "f",
            ":",
            "S",
            "P",
            "O",
            "O a",
            "Z",
            "Z i",
            "b Enter x 3",
            "b Enter b",
        ] {
            let mut run = Run::of(rich_plan(), None).sized(width, height);
            run.press(keys);
            let shown = screen(&run);
            for hit in shown.viewport.hits.iter().filter(|hit| hit.row == height - 1) {
                let Place::Command(command) = hit.place else { panic!("{hit:?}") };
                let spec =
                    portplan::app::command::specs_for(run.context()).find(|spec| spec.command == command);
                let (spec, line) = (spec.unwrap(), shown.last());
                let text: String =
                    line.chars().skip(usize::from(hit.column)).take(usize::from(hit.width)).collect();
                assert_eq!(text, format!("{} {}", spec.keys[0], spec.hint), "{width}x{height} {keys}");
            }
        }
    }
}

#[test]
fn what_the_title_counts_is_what_a_click_goes_to() {
    let shown = screen(&Run::of(rich_plan(), None).sized(160, 45));
    let text = |hit: &portplan::app::mouse::Hit| -> String {
        shown.row(0).chars().skip(usize::from(hit.column)).take(usize::from(hit.width)).collect()
    };
    let title: Vec<String> = shown.viewport.hits.iter().filter(|hit| hit.row == 0).map(text).collect();
    assert_eq!(title[0], "10 hosts");
    assert!(title[1].ends_with(" flows"), "{title:?}");
    assert!(title.last().unwrap() == "? help", "{title:?}");
}

#[test]
fn no_place_lies_outside_the_screen() {
    for (width, height) in SIZES.into_iter().chain([(23, 5), (2, 2), (1, 1)]) {
        for keys in [
            "",
            "Tab",
            "2",
            "3",
            "4",
            "5",
            "5 End $",
            "a",
            "r",
            "f",
            ":",
            "?",
            "S",
            "x q",
            "/ x",
            "P",
            "O a",
            "O a Tab Tab",
            "Z",
            "Z i",
            "b",
            "b Enter x 3",
            "b Enter b",
        ] {
            let mut run = Run::of(rich_plan(), None);
            run.press(keys);
            let shown = screen(&run.sized(width, height));
            for hit in shown.viewport.hits.iter() {
                assert!(
                    hit.column + hit.width <= width && hit.row + hit.height <= height,
                    "{width}x{height} {hit:?}"
                );
            }
        }
    }
}

#[test]
fn pasted_hosts_are_shown_with_what_was_left_out() {
    let mut run = Run::of(rich_plan(), None).sized(80, 24);
    run.paste("new01 10.1.0.1\nvbr01 10.1.0.2\nplease add these\nnew02");
    let text = screen(&run).text();
    for part in [
        "Add these hosts?",
        "Enter adds 2 hosts, in one step; Esc adds nothing.",
        "! 2 lines make no host:",
        "line 2: vbr01 10.1.0.2",
        "there is a host called \"vbr01\" already",
        "line 3: please add these",
        "+ new01  10.1.0.1",
        "+ new02  no address",
    ] {
        assert!(text.contains(part), "{part} is missing in\n{text}");
    }
    run.press("Enter");
    let text = screen(&run).text();
    assert!(text.contains("Lines that made no host") && text.contains("line 3: please add these"), "{text}");
    assert!(!text.contains("+ new01"), "{text}");
}

#[test]
fn a_long_paste_is_read_to_its_end() {
    let mut run = Run::of(rich_plan(), None).sized(80, 24);
    let lines: Vec<String> = (0..300).map(|at| format!("host{at:03}")).collect();
    run.paste(&lines.join("\n")).press("End");
    assert!(screen(&run).text().contains("+ host299"), "{}", screen(&run).text());
}

#[test]
fn a_released_mouse_is_seen() {
    for width in [160, 110, 80, 60] {
        let mut run = Run::of(rich_plan(), None).sized(width, 24);
        assert!(!screen(&run).row(0).contains("mouse released"));
        run.press("M");
        assert!(screen(&run).row(0).contains("mouse released"), "{}", screen(&run).row(0));
    }
}
