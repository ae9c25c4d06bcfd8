//! Draws the state. Nothing here changes it: drawing reports what it showed, and the loop hands that back.

mod changes;
mod checks;
mod dialogs;
mod flows;
mod footer;
mod header;
mod hint;
mod hits;
mod hosts;
pub mod layout;
mod matrix;
mod options;
mod pane;
mod rules;
pub mod symbols;
mod text;
pub mod theme;
mod why;

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Line;

use crate::app::mouse::{Divider, Hits, List, Place};
use crate::app::{App, View, Viewport};
use layout::Layout;
use theme::Theme;

/// Draws everything and tells how much of each pane is on the screen.
pub fn draw(app: &App, theme: &Theme, frame: &mut Frame<'_>) -> Viewport {
    let area = frame.area();
    let mut viewport = Viewport::default();
    let Some(layout) = Layout::new(area, app.focus(), app.view(), app.splits()) else {
        too_small(frame, area);
        return viewport;
    };
    header::draw(app, theme, frame, layout.header, &mut viewport.hits);
    if let Some(area) = layout.hosts {
        viewport.hosts = hosts::draw(app, theme, frame, area, &mut viewport.hits);
    }
    if let Some(area) = layout.options {
        viewport.options = options::draw(app, theme, frame, area, &mut viewport.hits);
    }
    if let Some(area) = layout.main {
        match app.view() {
            View::Flows => viewport.main = flows::draw(app, theme, frame, area, &mut viewport.hits),
            View::Rules => {
                rules::draw(app, theme, frame, area, &mut viewport);
                hits::add(&mut viewport.hits, area, Place::Body(List::Rules));
            }
            View::Changes => viewport.main = changes::draw(app, theme, frame, area, &mut viewport.hits),
            View::Checks => viewport.main = checks::draw(app, theme, frame, area, &mut viewport.hits),
            View::Matrix => matrix::draw(app, theme, frame, area, &mut viewport),
        }
    }
    if let Some(area) = layout.why {
        (viewport.why, viewport.why_lines) = why::draw(app, theme, frame, area);
        hits::add(&mut viewport.hits, area, Place::Body(List::Why));
    }
    dividers(&layout, &mut viewport.hits);
    footer::draw(app, theme, frame, layout.footer, &mut viewport.hits);
    dialogs::draw(app, theme, frame, body(area), &mut viewport);
    footer::notice(app, theme, frame, area);
    theme.symbols.apply(frame.buffer_mut());
    viewport
}

/// Both borders between two panes can be taken.
fn dividers(layout: &Layout, hits: &mut Hits) {
    if let Some((place, width)) = layout.left_divider() {
        hits::add(hits, place, Place::Divider(Divider::Left, width));
    }
    if let Some((place, height)) = layout.why_divider() {
        hits::add(hits, place, Place::Divider(Divider::Why, height));
    }
}

fn too_small(frame: &mut Frame<'_>, area: Rect) {
    let text = "portplan needs a larger terminal: 24 x 6 at least";
    for (at, line) in (0..area.height).zip(text::wrap(text, usize::from(area.width), 0)) {
        frame.render_widget(Line::raw(line), pane::line_of(area, at));
    }
}

/// Dialogs leave the first and the last line free: title and keys stay in sight.
fn body(area: Rect) -> Rect {
    Rect { y: area.y.saturating_add(1), height: area.height.saturating_sub(2), ..area }
}
