//! The snippet, live, with its target and scope.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use unicode_segmentation::UnicodeSegmentation;

use crate::app::{App, Focus};

use super::pane::{self, framing};
use super::text::{fit, grouped, width, wrap};
use super::theme::Theme;

/// Draws the pane; gives its height in lines and how many lines the text has at this width.
pub(super) fn draw(app: &App, theme: &Theme, frame: &mut Frame<'_>, area: Rect) -> (u16, u64) {
    let focused = app.focus() == Focus::Main && app.layers().is_empty();
    let snippet = app.snippet();
    let title = format!("Rules · {} · {}", snippet.target.label(), app.scope_words());
    let title = fit(&title, usize::from(area.width).saturating_sub(20));
    let size = Line::from(Span::styled(format!(" {} lines ", grouped(snippet.line_count())), theme.strong));
    let inner = pane::draw(theme, frame, area, framing(focused), &title, Some(size));
    let mut len = 1;
    match &snippet.text {
        Ok(text) => {
            let columns = usize::from(inner.width).saturating_sub(2).max(1);
            len = text.lines().map(|line| rows_of(line, columns)).sum();
            let offset = snippet.list.cursor().min(len.saturating_sub(u64::from(inner.height)));
            for (at, row) in (0..inner.height).zip(rows(text, columns, offset)) {
                let (sign, style) = (if row.continued { "›" } else { " " }, line_style(theme, row.line));
                let line = Line::from(vec![Span::styled(sign, theme.dim), Span::styled(row.text, style)]);
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
    (inner.height, len)
}

/// One row of the screen: a line of the text, or a part of one that is too long.
struct Row<'a> {
    line: &'a str,
    text: String,
    continued: bool,
}

fn rows_of(line: &str, columns: usize) -> u64 {
    (width(line).div_ceil(columns)).max(1) as u64
}

/// The rows from `skip` on. Nothing of a rule may be out of sight, so long lines are broken, not cut.
fn rows(text: &str, columns: usize, skip: u64) -> impl Iterator<Item = Row<'_>> {
    let mut left = skip;
    let lines = text.lines().filter_map(move |line| {
        let rows = rows_of(line, columns);
        let skipped = left.min(rows);
        left -= skipped;
        (skipped < rows).then_some((line, skipped))
    });
    lines.flat_map(move |(line, skipped)| {
        let parts =
            break_line(line, columns).into_iter().enumerate().skip(usize::try_from(skipped).unwrap_or(0));
        parts.map(move |(at, text)| Row { line, text, continued: at > 0 })
    })
}

fn break_line(line: &str, columns: usize) -> Vec<String> {
    let mut rows = vec![String::new()];
    let mut used = 0;
    for letter in line.graphemes(true) {
        let wide = width(letter);
        if used + wide > columns {
            rows.push(String::new());
            used = 0;
        }
        used += wide;
        if let Some(row) = rows.last_mut() {
            row.push_str(letter);
        }
    }
    rows
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
