//! Where panes stand.

use portplan::app::mouse::Splits;
use portplan::app::{Focus, View};
use portplan::ui::layout::Layout;
use ratatui::layout::Rect;

const FOCUSES: [Focus; 5] = [Focus::Hosts, Focus::Options, Focus::Main, Focus::Why, Focus::Search];
const VIEWS: [View; 3] = [View::Flows, View::Rules, View::Checks];

fn areas(layout: &Layout) -> Vec<Rect> {
    let panes = [layout.hosts, layout.options, layout.main, layout.why];
    let mut areas: Vec<Rect> = panes.into_iter().flatten().collect();
    areas.extend([layout.header, layout.footer]);
    areas
}

fn check(terminal: Rect, focus: Focus, view: View, splits: Splits) {
    let Some(layout) = Layout::new(terminal, focus, view, splits) else {
        assert!(terminal.width < 24 || terminal.height < 6, "{terminal} is large enough");
        return;
    };
    let areas = areas(&layout);
    let mut covered = 0;
    for (at, area) in areas.iter().enumerate() {
        assert_eq!(area.intersection(terminal), *area, "{terminal} {focus:?} {view:?}");
        assert!(area.width > 0 && area.height > 0, "{terminal} {focus:?} {view:?}: {area}");
        for other in &areas[at + 1..] {
            assert!(!area.intersects(*other), "{terminal} {focus:?} {view:?}: {area} and {other}");
        }
        covered += area.area();
    }
    assert_eq!(covered, terminal.area(), "{terminal} {focus:?} {view:?}: no room is left over");
}

fn has_focus(layout: &Layout, focus: Focus) -> bool {
    match focus {
        Focus::Hosts => layout.hosts.is_some(),
        Focus::Options => layout.options.is_some(),
        Focus::Main | Focus::Search => layout.main.is_some(),
        Focus::Why => layout.why.is_some(),
    }
}

#[test]
fn panes_share_the_terminal_without_overlap() {
    for (width, height) in (1..200).flat_map(|width| (1..60).map(move |height| (width, height))) {
        for focus in FOCUSES {
            for view in VIEWS.into_iter().filter(|view| focus != Focus::Why || *view == View::Flows) {
                let terminal = Rect::new(0, 0, width, height);
                check(terminal, focus, view, Splits::default());
                for size in [0, 1, 30, 90, u16::MAX] {
                    check(terminal, focus, view, Splits { left: Some(size), why: Some(size) });
                }
            }
        }
    }
}

#[test]
fn the_pane_with_the_keyboard_is_always_there() {
    for (width, height) in (24..200).flat_map(|width| (6..60).map(move |height| (width, height))) {
        for focus in FOCUSES {
            let layout =
                Layout::new(Rect::new(0, 0, width, height), focus, View::Flows, Splits::default()).unwrap();
            assert!(has_focus(&layout, focus), "{width}x{height} {focus:?}");
        }
    }
}

#[test]
fn a_wide_terminal_shows_every_pane_at_once() {
    for focus in FOCUSES {
        let layout = Layout::new(Rect::new(0, 0, 160, 45), focus, View::Flows, Splits::default()).unwrap();
        assert_eq!(areas(&layout).len(), 6, "{focus:?}");
    }
}

#[test]
fn an_area_that_does_not_begin_in_the_corner_is_kept_to() {
    check(Rect::new(7, 3, 120, 40), Focus::Main, View::Flows, Splits::default());
}
