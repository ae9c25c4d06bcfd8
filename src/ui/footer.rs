//! The last line: a message for a while, else the keys that are valid now.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use ratatui::widgets::Clear;

use crate::app::keymap::Binding;
use crate::app::mouse::{Hits, Place};
use crate::app::{App, Command, Tone};

use super::hits;
use super::pane;
use super::text::{fit, width, wrap};
use super::theme::Theme;

pub(super) fn draw(app: &App, theme: &Theme, frame: &mut Frame<'_>, area: Rect, hits: &mut Hits) {
    let line = match app.message() {
        Some(message) => {
            let (sign, style) = match message.tone {
                Tone::Done => (" ", theme.strong),
                Tone::Failed => ("! ", theme.error),
            };
            let room = usize::from(area.width).saturating_sub(width(sign) + 1);
            Line::from(vec![Span::styled(sign, style), Span::styled(fit(&message.text, room), style)])
        }
        None => keys(app, theme, area, hits),
    };
    frame.render_widget(line, area);
}

/// So many lines of the screen a message may take that waits for a key.
const NOTICE: usize = 4;

/// A message that waits for a key is shown as a whole: above the last line where that is too short.
pub(super) fn notice(app: &App, theme: &Theme, frame: &mut Frame<'_>, area: Rect) {
    let Some(message) = app.message().filter(|message| message.waits()) else { return };
    let columns = usize::from(area.width).saturating_sub(3);
    let text = wrap(&message.text, columns, 0);
    let lines: Vec<&String> = text.iter().take(NOTICE.min(usize::from(area.height) / 2)).collect();
    let height = u16::try_from(lines.len()).unwrap_or(0);
    let rows = Rect { y: area.bottom().saturating_sub(height), height, ..area };
    frame.render_widget(Clear, rows);
    for (at, line) in (0..height).zip(lines) {
        let line = Line::from(vec![
            Span::styled(if at == 0 { "! " } else { "  " }, theme.error),
            Span::styled(fit(line, columns), theme.error),
        ]);
        frame.render_widget(line, pane::line_of(rows, at));
    }
}

/// The keys that do something now, in the order of the table; where not all fit, the way to other panes stays.
fn keys(app: &App, theme: &Theme, area: Rect, hits: &mut Hits) -> Line<'static> {
    let room = usize::from(area.width);
    let parts: Vec<Part> =
        app.keys().bindings(app.context()).filter_map(|own| part(app, theme, own)).collect();
    let kept = |part: &&Part| matches!(part.command, Command::NextPane | Command::ViewFlows);
    let mut reserved: usize = parts.iter().filter(kept).map(Part::columns).sum();
    if reserved * 2 > room {
        reserved = 0;
    }
    let mut spans = vec![Span::raw(" ")];
    let mut used = 1;
    let mut full = false;
    for part in parts {
        let is_kept = reserved > 0 && kept(&&part);
        if is_kept {
            reserved -= part.columns();
        }
        // The two spaces behind the last key need no room.
        let fits = used + part.columns() + reserved <= room + 2;
        full |= !fits;
        if full && !is_kept {
            continue;
        }
        let start = area.x.saturating_add(u16::try_from(used).unwrap_or(u16::MAX));
        let width = u16::try_from(part.columns().saturating_sub(2)).unwrap_or(0);
        let place = Rect { x: start, width, ..area };
        hits::add(hits, place.intersection(area), Place::Command(part.command));
        used += part.columns();
        spans.push(Span::styled(part.key, theme.key));
        spans.push(Span::raw(format!(" {}  ", part.hint)));
    }
    Line::from(spans)
}

/// A key and what it does.
struct Part {
    command: Command,
    key: String,
    hint: &'static str,
}

impl Part {
    fn columns(&self) -> usize {
        width(&self.key) + width(self.hint) + 3
    }
}

fn part(app: &App, theme: &Theme, binding: &Binding) -> Option<Part> {
    let spec = binding.spec;
    let useful = !spec.hint.is_empty() && app.is_useful(spec.command);
    let key = binding.key().filter(|_| useful)?;
    Some(Part { command: spec.command, key: theme.symbols.key(key), hint: spec.hint })
}
