//! Where everything stands, from the size of the terminal alone.

use ratatui::layout::Rect;

use crate::app::{Focus, View};

/// The areas of the screen; a pane that has no room is `None`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Layout {
    /// The title line.
    pub header: Rect,
    /// The list of hosts.
    pub hosts: Option<Rect>,
    /// The options.
    pub options: Option<Rect>,
    /// Flows, snippet or findings.
    pub main: Option<Rect>,
    /// The reasons of the selected flow.
    pub why: Option<Rect>,
    /// The key line.
    pub footer: Rect,
}

/// From this width on, all panes stand side by side.
const WIDE: u16 = 110;
/// From this width on, the left column and the flows stand side by side while the column has the focus.
const MEDIUM: u16 = 70;
/// Below this there is nothing sensible to show.
const SMALLEST: (u16, u16) = (24, 6);
/// Hosts and options share the left column from this height on.
const TALL: u16 = 34;
/// The rows that the options need to be seen as a whole: four groups and their headings, the help, and the frame.
const OPTION_ROWS: u16 = 26;

impl Layout {
    /// The layout for a terminal of this size; `None` if it is too small for anything.
    pub fn new(area: Rect, focus: Focus, view: View) -> Option<Self> {
        if area.width < SMALLEST.0 || area.height < SMALLEST.1 {
            return None;
        }
        let header = Rect { height: 1, ..area };
        let footer = Rect { y: area.y + area.height - 1, height: 1, ..area };
        let body = Rect { y: area.y + 1, height: area.height - 2, ..area };
        let mut layout = Self { header, hosts: None, options: None, main: None, why: None, footer };
        let on_left = matches!(focus, Focus::Hosts | Focus::Options);
        let left_width = match area.width {
            WIDE.. => (area.width * 3 / 10).clamp(32, 48),
            MEDIUM.. if on_left => 32,
            _ if on_left => area.width,
            _ => 0,
        };
        let (left, right) = split_columns(body, left_width);
        if left_width > 0 {
            layout.place_left(left, focus);
        }
        if right.width > 0 {
            layout.place_right(right, focus, view);
        }
        Some(layout)
    }

    fn place_left(&mut self, left: Rect, focus: Focus) {
        if left.height >= TALL {
            let options = OPTION_ROWS.min(left.height / 2 + 4);
            let (upper, lower) = split_rows(left, left.height - options);
            (self.hosts, self.options) = (Some(upper), Some(lower));
        } else if focus == Focus::Options {
            self.options = Some(left);
        } else if left.height >= 20 && focus != Focus::Hosts {
            let (upper, lower) = split_rows(left, left.height / 2);
            (self.hosts, self.options) = (Some(upper), Some(lower));
        } else {
            self.hosts = Some(left);
        }
    }

    fn place_right(&mut self, right: Rect, focus: Focus, view: View) {
        if focus == Focus::Why && right.height < 12 {
            self.why = Some(right);
            return;
        }
        if view != View::Flows || right.height < 12 {
            self.main = Some(right);
            return;
        }
        let why = (right.height / 3).clamp(6, 16);
        let (upper, lower) = split_rows(right, right.height - why);
        (self.main, self.why) = (Some(upper), Some(lower));
    }
}

fn split_columns(area: Rect, left: u16) -> (Rect, Rect) {
    let left = left.min(area.width);
    (Rect { width: left, ..area }, Rect { x: area.x + left, width: area.width - left, ..area })
}

fn split_rows(area: Rect, upper: u16) -> (Rect, Rect) {
    let upper = upper.min(area.height);
    (Rect { height: upper, ..area }, Rect { y: area.y + upper, height: area.height - upper, ..area })
}
