//! Where everything stands, from the size of the terminal alone.

use ratatui::layout::Rect;

use crate::app::mouse::Splits;
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
/// The rows that the options need to be seen as a whole: four groups and their headings, the longest help, and the frame.
const OPTION_ROWS: u16 = 27;
/// What the left column keeps, and what it leaves to the main pane, wherever its border is dragged.
const LEFT_LIMITS: (u16, u16) = (24, 50);
/// What the reasons keep, and what they leave to the flows.
const WHY_LIMITS: (u16, u16) = (4, 6);

impl Layout {
    /// The layout for a terminal of this size; `None` if it is too small for anything.
    /// `splits` holds in a wide terminal, within limits.
    pub fn new(area: Rect, focus: Focus, view: View, splits: Splits) -> Option<Self> {
        if area.width < SMALLEST.0 || area.height < SMALLEST.1 {
            return None;
        }
        let header = Rect { height: 1, ..area };
        let footer = Rect { y: area.y + area.height - 1, height: 1, ..area };
        let body = Rect { y: area.y + 1, height: area.height - 2, ..area };
        let mut layout = Self { header, hosts: None, options: None, main: None, why: None, footer };
        let on_left = matches!(focus, Focus::Hosts | Focus::Options);
        let left_width = match area.width {
            WIDE.. => {
                let width = splits.left.unwrap_or((area.width * 3 / 10).clamp(32, 48));
                width.clamp(LEFT_LIMITS.0, area.width - LEFT_LIMITS.1)
            }
            MEDIUM.. if on_left => 32,
            _ if on_left => area.width,
            _ => 0,
        };
        let (left, right) = split_columns(body, left_width);
        if left_width > 0 {
            layout.place_left(left, focus);
        }
        if right.width > 0 {
            layout.place_right(right, focus, view, splits);
        }
        Some(layout)
    }

    fn place_left(&mut self, left: Rect, focus: Focus) {
        if left.height >= TALL {
            let options = OPTION_ROWS.min(left.height / 2 + 6);
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

    /// The two columns between the left panes and the main one, and the width of the former; only a terminal that shows
    /// both all the time has them.
    pub fn left_divider(&self) -> Option<(Rect, u16)> {
        let (left, right) = (self.hosts.or(self.options)?, self.main.or(self.why)?);
        let height = self.footer.y.saturating_sub(self.header.bottom());
        let place = Rect { x: right.x.saturating_sub(1), y: self.header.bottom(), width: 2, height };
        (self.header.width >= WIDE).then_some((place, left.width))
    }

    /// The two lines between the flows and their reasons, and the height of the latter.
    pub fn why_divider(&self) -> Option<(Rect, u16)> {
        let (main, why) = (self.main?, self.why?);
        let place = Rect {
            x: main.x.saturating_add(1),
            y: why.y.saturating_sub(1),
            width: main.width.saturating_sub(2),
            height: 2,
        };
        Some((place, why.height))
    }

    fn place_right(&mut self, right: Rect, focus: Focus, view: View, splits: Splits) {
        if focus == Focus::Why && right.height < 12 {
            self.why = Some(right);
            return;
        }
        if view != View::Flows || right.height < 12 {
            self.main = Some(right);
            return;
        }
        let why = splits.why.unwrap_or((right.height / 3).clamp(6, 16));
        let why = why.clamp(WHY_LIMITS.0, right.height - WHY_LIMITS.1);
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
