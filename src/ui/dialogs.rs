//! Draws the dialogs, the top one last.

mod answer;
mod ask;
mod baselines;
mod confirm;
mod copy_as;
mod form;
mod help;
mod import;
mod lists;
mod own_rules;
mod paste;
mod ports;
mod prompt;
mod start;
mod zones;

use ratatui::Frame;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::app::field::Field;
use crate::app::mouse::{Hits, Place};
use crate::app::{App, Layer, Viewport};

use super::hits;
use super::pane;
use super::text::{cell, fit, head, width, wrap};
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
            Layer::Baselines(dialog) => baselines::draw(app, theme, frame, area, dialog, viewport),
            Layer::Import(dialog) => import::draw(app, theme, frame, area, dialog, viewport),
            Layer::Start(dialog) => start::draw(app, theme, frame, area, dialog, viewport),
            Layer::Ports(dialog) => ports::draw(app, theme, frame, area, dialog, viewport),
            Layer::OwnRules(list) => own_rules::list(app, theme, frame, area, list, viewport),
            Layer::RuleForm(dialog) => own_rules::form(app, theme, frame, area, dialog, viewport),
            Layer::Zones(list) => zones::list(app, theme, frame, area, list, viewport),
            Layer::ZoneForm(dialog) => zones::form(app, theme, frame, area, dialog, viewport),
            Layer::ZoneHosts(dialog) => zones::hosts(app, theme, frame, area, dialog, viewport),
            Layer::Ask(dialog) => ask::draw(app, theme, frame, area, dialog, viewport),
            Layer::Answer(page) => answer::draw(theme, frame, area, page, viewport),
            // The planner is not on the screen then.
            Layer::Plain => {}
        }
    }
}

/// A text field in an area of one line; with `active` the terminal's cursor stands in it.
fn text_field(frame: &mut Frame<'_>, area: Rect, field: &Field, active: bool, style: Style) {
    let (shown, column) = window(field, usize::from(area.width).saturating_sub(1));
    frame.render_widget(Line::from(Span::styled(shown, style)), area);
    if active && area.height > 0 {
        frame.set_cursor_position(Position {
            x: area.x + column.min(area.width.saturating_sub(1)),
            y: area.y,
        });
    }
}

/// How many lines below a heading and a list of so many rows are for advice: as many as wanted, but on a low terminal no
/// more than leaves the list the better part.
fn below(inner: Rect, rows: u16, wanted: u16) -> u16 {
    let left = inner.height.saturating_sub(rows.saturating_add(1));
    wanted.min(left.max(inner.height * 2 / 5))
}

/// Puts a text into lines below each other; gives how many it took.
fn lines_of(frame: &mut Frame<'_>, area: Rect, text: &str, style: Style) -> u16 {
    let lines = wrap(text, usize::from(area.width).saturating_sub(4), 0);
    let shown = (0..area.height).zip(lines);
    shown.fold(0, |_, (at, line)| {
        frame.render_widget(Line::from(Span::styled(format!("  {line}"), style)), pane::line_of(area, at));
        at + 1
    })
}

/// The name of a field in front of its value, and the area for the value.
fn labelled(
    theme: &Theme,
    frame: &mut Frame<'_>,
    line: Rect,
    label: &str,
    columns: u16,
    (active, wrong): (bool, bool),
) -> Rect {
    let style = match (wrong, active) {
        (true, _) => theme.error,
        (_, true) => theme.focus,
        _ => theme.dim,
    };
    let mut spans = vec![Span::styled(if active { " ▸ " } else { "   " }, style)];
    spans.extend(cell(label, usize::from(columns).saturating_sub(3), &[], style, style));
    frame.render_widget(Line::from(spans), line);
    Rect { x: line.x + columns.min(line.width), width: line.width.saturating_sub(columns + 1), ..line }
}

/// Each choice with its mark.
fn pick(theme: &Theme, choices: impl Iterator<Item = (String, bool)>) -> Vec<Span<'static>> {
    choices
        .flat_map(|(name, chosen)| {
            let style = if chosen { Style::new() } else { theme.dim };
            let mark = theme.symbols.choice(chosen);
            [Span::styled(format!("{mark} "), style), Span::styled(format!("{name}   "), style)]
        })
        .collect()
}

/// Makes each of the choices answer to the mouse: each is a mark and a name.
fn hit_choices(hits: &mut Hits, value: Rect, spans: &[Span<'_>], place: impl Fn(usize) -> Place) {
    let mut column = value.x;
    for (at, choice) in spans.chunks(2).enumerate() {
        let columns = u16::try_from(choice.iter().map(Span::width).sum::<usize>()).unwrap_or(u16::MAX);
        let area = Rect { x: column, width: columns.saturating_sub(3), ..value };
        hits::add(hits, area.intersection(value), place(at));
        column = column.saturating_add(columns);
    }
}

/// The part of a field around its cursor in `room` columns and one more for the cursor, and the cursor's column in it.
pub(super) fn window(field: &Field, room: usize) -> (String, u16) {
    let cursor = width(field.before_cursor());
    let (hidden, skipped) = head(field.text(), cursor.saturating_sub(room));
    let shown = fit(field.text().get(hidden..).unwrap_or_default(), room + 1);
    (shown, u16::try_from(cursor.saturating_sub(skipped)).unwrap_or(0))
}
