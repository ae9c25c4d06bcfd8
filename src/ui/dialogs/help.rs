//! All keys, from the command table.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::app::mouse::{List, Place};
use crate::app::{App, ListState, Viewport};
use crate::ui::text::{cell, wrap};
use crate::ui::theme::Theme;
use crate::ui::{hits, pane};

pub(super) fn draw(
    app: &App,
    theme: &Theme,
    frame: &mut Frame<'_>,
    area: Rect,
    list: &ListState,
    viewport: &mut Viewport,
) {
    let area = pane::centred(area, 92, area.height);
    let inner = pane::dialog(theme, frame, area, "Keys", None);
    hits::add(&mut viewport.hits, area, Place::Body(List::Dialog));
    let lines = lines(app, theme, usize::from(inner.width));
    let len = lines.len() as u64;
    let offset = list.cursor().min(len.saturating_sub(u64::from(inner.height)));
    let skip = usize::try_from(offset).unwrap_or(0);
    for (at, line) in (0..inner.height).zip(lines.into_iter().skip(skip)) {
        frame.render_widget(line, pane::line_of(inner, at));
    }
    pane::scroll_mark(theme, frame, area, offset, len);
    viewport.dialog = inner.height;
    viewport.dialog_lines = len;
}

fn lines(app: &App, theme: &Theme, columns: usize) -> Vec<Line<'static>> {
    let mut lines = Vec::new();
    for section in app.keys().sections() {
        if !lines.is_empty() {
            lines.push(Line::raw(""));
        }
        lines.push(Line::from(Span::styled(format!(" {}", section.title), theme.strong)));
        for binding in section.bindings {
            let keys: Vec<String> = binding.keys.iter().map(|key| theme.symbols.key(*key)).collect();
            let keys = keys.join(" ");
            for (at, help) in wrap(binding.spec.help, columns.saturating_sub(22), 0).into_iter().enumerate() {
                let mut spans = vec![Span::raw("  ")];
                spans.extend(cell(if at == 0 { &keys } else { "" }, 18, &[], theme.key, theme.key));
                spans.push(Span::raw(help));
                lines.push(Line::from(spans));
            }
        }
    }
    lines
}
