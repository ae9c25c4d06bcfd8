//! The snippet, live, with its target and scope.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::app::{App, Focus};

use super::pane::{self, framing};
use super::text::{fit, grouped, wrap};
use super::theme::Theme;

pub(super) fn draw(app: &App, theme: &Theme, frame: &mut Frame<'_>, area: Rect) -> u16 {
    let focused = app.focus() == Focus::Main && app.layers().is_empty();
    let snippet = app.snippet();
    let title = format!("Rules · {} · {}", snippet.target.label(), app.scope_words());
    let title = fit(&title, usize::from(area.width).saturating_sub(20));
    let len = snippet.line_count();
    let size = Line::from(Span::styled(format!(" {} lines ", grouped(len)), theme.strong));
    let inner = pane::draw(theme, frame, area, framing(focused), &title, Some(size));
    let offset = snippet.list.cursor().min(len.saturating_sub(u64::from(inner.height)));
    match &snippet.text {
        Ok(text) => {
            let skip = usize::try_from(offset).unwrap_or(0);
            for (at, line) in (0..inner.height).zip(text.lines().skip(skip)) {
                let shown = fit(line, usize::from(inner.width).saturating_sub(1));
                let line = Line::from(Span::styled(format!(" {shown}"), line_style(theme, line)));
                frame.render_widget(line, pane::line_of(inner, at));
            }
            pane::scroll_mark(theme, frame, area, offset, len);
        }
        Err(why) => {
            for (at, line) in (1..).zip(wrap(why, usize::from(inner.width).saturating_sub(4), 0)) {
                frame.render_widget(
                    Line::from(Span::styled(format!("  {line}"), theme.doubt)),
                    pane::line_of(inner, at),
                );
            }
        }
    }
    inner.height
}

fn line_style(theme: &Theme, line: &str) -> Style {
    let line = line.trim_start();
    if line.starts_with("# TODO") {
        theme.doubt
    } else if line.starts_with('#') {
        theme.dim
    } else {
        Style::new()
    }
}
