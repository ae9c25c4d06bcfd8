//! The line that asks about the plan, with what could be meant.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::app::layers::Ask;
use crate::app::mouse::{List, Place};
use crate::app::{App, Viewport};
use crate::ui::text::{cell, width, wrap};
use crate::ui::theme::Theme;
use crate::ui::{hits, pane};

use super::lists::with_query;

pub(super) fn draw(
    app: &App,
    theme: &Theme,
    frame: &mut Frame<'_>,
    area: Rect,
    dialog: &Ask,
    viewport: &mut Viewport,
) {
    let area = pane::centred(area, 84, area.height.min(24));
    let inner = pane::dialog(theme, frame, area, "Ask", None);
    let below = 3.min(inner.height / 4);
    let list = with_query(theme, frame, inner, &dialog.field, &example(app), below);
    let choices = dialog.choices(app.plan(), app.flows());
    let offset = dialog.list.first_visible(choices.len() as u64, list.height);
    let first = usize::try_from(offset).unwrap_or(0);
    let longest = choices.iter().map(|choice| width(&choice.text)).max().unwrap_or(0);
    let columns = usize::from(list.width);
    let name = longest.clamp(12, (columns * 3 / 5).max(12));
    for (line, (at, choice)) in (0..list.height).zip(choices.iter().enumerate().skip(first)) {
        let selected = at == dialog.list.index();
        let style = if selected { theme.selected } else { Style::new() };
        let quiet = if selected { style } else { theme.dim };
        let mut spans = vec![Span::styled(if selected { "▸ " } else { "  " }, style)];
        spans.extend(cell(&choice.text, name, &[], style, style));
        spans.push(Span::styled("  ", style));
        spans.extend(cell(&choice.about, columns.saturating_sub(name + 4), &[], quiet, quiet));
        frame.render_widget(Line::from(spans), pane::line_of(list, line));
        hits::add(&mut viewport.hits, pane::line_of(list, line), Place::Row(List::Dialog, at as u64));
    }
    if choices.is_empty() {
        let line = Line::from(Span::styled("   nothing in this plan has such a name or port", theme.dim));
        frame.render_widget(line, pane::line_of(list, 0));
    }
    let (text, style) = match &dialog.error {
        Some(error) => (error.as_str(), theme.error),
        None => (
            "Two hosts with -> between them, a host, or a port; names or addresses. A port behind two hosts asks for that port.",
            theme.dim,
        ),
    };
    let advice = Rect { y: list.bottom(), height: below, ..inner };
    for (at, line) in (1..below).zip(wrap(text, columns.saturating_sub(3), 0)) {
        frame.render_widget(Line::from(Span::styled(format!(" {line}"), style)), pane::line_of(advice, at));
    }
    pane::scroll_mark(theme, frame, area, offset, choices.len() as u64);
    viewport.dialog = list.height;
    viewport.dialog_lines = choices.len() as u64;
}

/// What could be asked, with names of this plan.
fn example(app: &App) -> String {
    let names: Vec<&str> = app.plan().hosts().iter().take(2).map(|host| host.name.as_str()).collect();
    match names.as_slice() {
        [from, to] => format!("{from} -> {to}, {from}, or 6162"),
        [only] => format!("{only}, or 6162"),
        _ => "a host, or a port".to_owned(),
    }
}
