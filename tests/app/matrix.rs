//! The matrix: moving in it, what rows and columns stand for, the way to the flows of a cell and back.

use portplan::app::mouse::{List, Place};
use portplan::app::{Context, Focus, Spot, View};
use portplan::catalogue::Os;
use portplan::flows::{Axis, Cell, SameHost};
use portplan::plan::{Edit, Plan, Zone};

use super::driver::{Run, plan, small_plan};

/// One zone is named, one follows from addresses, and one host stands in none.
fn zoned() -> Plan {
    let mut plan = small_plan();
    let zone =
        Zone { name: "the \"guests\"".parse().unwrap(), networks: vec!["10.0.8.0/24".parse().unwrap()] };
    plan.apply(Edit::Zones(vec![zone])).unwrap();
    for mut host in plan.hosts().to_vec() {
        if host.name.as_str() != "sql01" && host.name.as_str() != "ahv01" {
            host.zone = Some("backup".parse().unwrap());
            plan.apply(Edit::Replace(Box::new(host))).unwrap();
        }
    }
    plan
}

fn cell(run: &Run) -> (usize, usize) {
    run.app.matrix_view().selected()
}

fn axes(run: &Run) -> (Axis, Axis) {
    run.app.matrix_view().matrix().unwrap().axes()
}

#[test]
fn a_cursor_moves_through_the_cells_and_stops_at_the_edges() {
    let mut run = Run::of(small_plan(), None);
    run.press("5");
    assert_eq!((run.context(), run.app.view(), cell(&run)), (Context::Matrix, View::Matrix, (0, 0)));
    assert_eq!(axes(&run), (Axis::Hosts, Axis::Hosts), "no host has a zone");
    for (keys, expected) in [
        ("↓ → →", (1, 2)),
        ("h k", (0, 1)),
        ("← ← ↑", (0, 0)),
        ("$ G", (4, 4)),
        ("l j L", (4, 4)),
        ("H", (4, 0)),
        ("L 0 Home", (0, 0)),
        ("End →", (4, 1)),
    ] {
        run.press(keys);
        assert_eq!(cell(&run), expected, "{keys}");
    }
}

#[test]
fn rows_and_columns_change_what_they_stand_for() {
    let mut run = Run::of(zoned(), None);
    run.press("5");
    let mut seen = Vec::new();
    for _ in 0..4 {
        seen.push((axes(&run), run.app.matrix_view().matrix().unwrap().size()));
        run.press("v");
    }
    let (hosts, zones) = (Axis::Hosts, Axis::Zones);
    assert_eq!(
        seen,
        [
            ((zones, zones), (3, 3)),
            ((hosts, zones), (5, 3)),
            ((zones, hosts), (3, 5)),
            ((hosts, hosts), (5, 5))
        ]
    );
    assert_eq!(axes(&run), (zones, zones));
}

#[test]
fn a_cell_leads_to_its_flows_and_back() {
    let mut run = Run::of(zoned(), None);
    run.press("/").type_text("tcp").press("Enter 5 ↓");
    let names = |run: &Run| -> Vec<String> {
        let (row, column) = cell(run);
        let matrix = run.app.matrix_view().matrix().unwrap();
        vec![
            run.app.place_words(matrix.row(row).unwrap()),
            run.app.place_words(matrix.column(column).unwrap()),
        ]
    };
    assert_eq!(names(&run), ["backup", "the \"guests\""]);
    let count = run.app.selected_cell().unwrap();
    assert!(count.flows > 0);
    run.press("Enter");
    assert_eq!((run.app.view(), run.focus(), run.listed()), (View::Flows, Focus::Main, count.flows));
    assert_eq!(run.app.flow_view().search.text(), "from-zone:=backup to-zone:=\"the \"\"guests\"\"\"");
    assert!(run.all_flows().iter().all(|flow| flow.contains(" sql01 ")), "{:?}", run.all_flows());
    assert_eq!(run.message(), "from backup to the \"guests\"; press Esc to go back to the matrix");
    run.press("Esc");
    assert_eq!((run.app.view(), run.context(), cell(&run)), (View::Matrix, Context::Matrix, (1, 0)));
    assert_eq!(run.app.flow_view().search.text(), "tcp", "the search is what it was");
    run.press("Enter 5");
    assert_eq!((run.app.view(), run.app.flow_view().search.text()), (View::Matrix, "tcp"));
    // Whoever searches on is on a way of their own: the words go first, as everywhere.
    run.press("Enter /").type_text(" 445").press("Enter Esc");
    assert_eq!((run.app.view(), run.app.flow_view().search.text()), (View::Flows, ""));
}

#[test]
fn hosts_without_a_zone_are_a_group_of_their_own() {
    let mut run = Run::of(zoned(), None);
    run.press("5 ↓ $");
    let matrix = run.app.matrix_view().matrix().unwrap();
    assert_eq!(run.app.place_words(matrix.column(2).unwrap()), "no zone");
    let flows = run.app.selected_cell().unwrap().flows;
    assert!(flows > 0);
    run.press("Enter");
    assert_eq!(run.app.flow_view().search.text(), "from-zone:=backup to-zone:=\"\"");
    assert_eq!(run.listed(), flows);
    assert!(run.all_flows().iter().all(|flow| flow.contains(" ahv01 ")), "{:?}", run.all_flows());
}

#[test]
fn a_host_to_itself_is_marked_and_its_rows_are_shown() {
    let mut run = Run::of(small_plan(), None);
    run.press("5");
    let Cell { flows, same_host } = run.app.selected_cell().unwrap();
    assert!(flows == 0 && same_host > 0, "vbr01 is backup server and mount server");
    run.press("Enter");
    assert_eq!((run.listed(), run.app.flow_view().same_host), (same_host, SameHost::Show));
    run.press("Esc");
    assert_eq!(run.app.flow_view().same_host, SameHost::Hide);
    assert_eq!(run.app.view(), View::Matrix);
}

#[test]
fn an_empty_cell_says_so() {
    let mut run = Run::of(small_plan(), None);
    run.press("5 ↓ Enter");
    assert_eq!((run.app.view(), run.message()), (View::Matrix, "no flow goes from repo01 to vbr01"));
}

#[test]
fn counts_follow_edits_and_the_cursor_stays_inside() {
    let mut run = Run::of(small_plan(), None);
    run.press("5 End $");
    let before = run.app.matrix_view().matrix().unwrap().size();
    run.press("a").type_text("new").press("Enter");
    assert_eq!(run.app.matrix_view().matrix().unwrap().size(), (before.0 + 1, before.1 + 1));
    run.press("u");
    assert_eq!(cell(&run), (4, 4));
    run.press("Tab x 5");
    assert_eq!(run.app.matrix_view().matrix().unwrap().size(), (4, 4));
    assert_eq!(cell(&run), (3, 3));
    let total: u64 =
        (0..4).map(|row| run.app.matrix_view().matrix().unwrap().row_sum(run.app.flows(), row)).sum();
    assert_eq!(total, run.flows());
}

#[test]
fn another_plan_begins_at_its_first_cell() {
    let mut run = Run::of(zoned(), None);
    run.press("5 v ↓ →");
    let other = plan("x", &[("a", Os::Linux, "worker", "10.0.0.1"), ("b", Os::Linux, "worker", "10.0.0.2")]);
    run.app.start_plan(other, None);
    run.press("5");
    assert_eq!((cell(&run), run.app.matrix_view().matrix().unwrap().size()), ((0, 0), (2, 2)));
}

fn spot(run: &Run, place: Place) -> Spot {
    let screen = crate::ui::frame::screen(run);
    let hit = screen.viewport.hits.iter().find(|hit| hit.place == place).copied();
    let hit = hit.unwrap_or_else(|| panic!("no {place:?} in\n{}", screen.text()));
    Spot { column: hit.column + hit.width - 1, row: hit.row }
}

#[test]
fn the_mouse_selects_cells_scrolls_and_opens() {
    let mut run = Run::of(small_plan(), None).sized(100, 24);
    run.press("5 Tab");
    let (row, column) = (0, 4);
    let at = spot(&run, Place::Cell(row, column));
    run.click(at);
    assert_eq!((cell(&run), run.focus()), ((0, 4), Focus::Main));
    let at = spot(&run, Place::Cell(row, column));
    run.double_click(at);
    assert_eq!((run.app.view(), run.app.flow_view().search.text()), (View::Flows, "from:=vbr01 to:=sql01"));
    let mut run = Run::of(small_plan(), None).sized(100, 10);
    run.press("5");
    let at = spot(&run, Place::Body(List::Matrix));
    run.gesture(portplan::app::Gesture::WheelDown, at);
    assert!(cell(&run).0 > 0);
}
