//! Draws the dialogs, the top one last.

mod confirm;
mod copy_as;
mod form;
mod help;
mod import;
mod lists;
mod paste;
mod prompt;
mod start;

use ratatui::Frame;
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span};

use crate::app::field::Field;
use crate::app::mouse::Place;
use crate::app::{App, Layer, Viewport};

use super::hits;
use super::text::{fit, head, width};
use super::theme::Theme;

pub(super) fn draw(app: &App, theme: &Theme, frame: &mut Frame<'_>, area: Rect, viewport: &mut Viewport) {
    for layer in app.layers() {
        // What lies behind a dialog is out of reach.
        hits::add(&mut viewport.hits, area, Place::Nothing);
        match layer {
            Layer::Form(dialog) => form::draw(app, theme, frame, area, dialog, &mut viewport.hits),
            Layer::Roles(dialog) => lists::roles(app, theme, frame, area, dialog, viewport),
            Layer::CopyAs(dialog) => copy_as::draw(app, theme, frame, area, dialog, viewport),
            Layer::Palette(dialog) => lists::palette(app, theme, frame, area, dialog, viewport),
            Layer::Help(list) => help::draw(app, theme, frame, area, list, viewport),
            Layer::Prompt(dialog) => prompt::draw(theme, frame, area, dialog),
            Layer::Confirm(dialog) => confirm::draw(app, theme, frame, area, dialog, &mut viewport.hits),
            Layer::Paste(dialog) => paste::draw(app, theme, frame, area, dialog, viewport),
            Layer::Import(dialog) => import::draw(app, theme, frame, area, dialog, viewport),
            Layer::Start(dialog) => start::draw(app, theme, frame, area, dialog, viewport),
            // The planner is not on the screen then.
            Layer::Plain => {}
        }
    }
}

/// A text field in an area of one line; with `active` the terminal's cursor stands in it.
fn text_field(frame: &mut Frame<'_>, area: Rect, field: &Field, active: bool, style: ratatui::style::Style) {
    let (shown, column) = window(field, usize::from(area.width).saturating_sub(1));
    frame.render_widget(Line::from(Span::styled(shown, style)), area);
    if active && area.height > 0 {
        frame.set_cursor_position(Position {
            x: area.x + column.min(area.width.saturating_sub(1)),
            y: area.y,
        });
    }
}

/// The part of a field around its cursor in `room` columns and one more for the cursor, and the cursor's column in it.
pub(super) fn window(field: &Field, room: usize) -> (String, u16) {
    let cursor = width(field.before_cursor());
    let (hidden, skipped) = head(field.text(), cursor.saturating_sub(room));
    let shown = fit(field.text().get(hidden..).unwrap_or_default(), room + 1);
    (shown, u16::try_from(cursor.saturating_sub(skipped)).unwrap_or(0))
}
