//! The snippet, live, with its target and scope.

mod highlight;
mod rows;

use ratatui::Frame;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use unicode_segmentation::UnicodeSegmentation;

use crate::app::{App, Command, Context, Focus, Viewport};
use crate::snippets::Content;

use super::dialogs::window;
use super::pane::{self, framing};
use super::text::{fit, fit_end, grouped, wrap};
use super::theme::Theme;
use highlight::{Class, Part, Syntax};
use rows::Row;

/// Draws the pane; the viewport learns its height, which rows it shows and how many there are at this width.
pub(super) fn draw(app: &App, theme: &Theme, frame: &mut Frame<'_>, area: Rect, viewport: &mut Viewport) {
    let focused = matches!(app.focus(), Focus::Main | Focus::Search) && app.layers().is_empty();
    let snippet = app.snippet();
    let text = text(app);
    let size = text.is_ok().then(|| size(app, theme));
    let title = format!("Rules · {} · {}", snippet.target.label(), app.scope_words());
    let taken = size.as_ref().map_or(0, Line::width) + 6;
    let title = fit(&title, usize::from(area.width).saturating_sub(taken));
    let inner = pane::draw(theme, frame, area, framing(focused), &title, size);
    (viewport.main, viewport.snippet_lines) = (inner.height, 1);
    match text {
        Ok(text) => {
            let columns = usize::from(inner.width).saturating_sub(2).max(1);
            let len = rows::count(text, columns);
            let offset = offset(app, text, columns, (len, inner.height));
            let syntax = Syntax::of(snippet.target);
            let mut known: Option<(u64, Vec<Part>)> = None;
            for (at, row) in (0..inner.height).zip(rows::rows(text, columns, offset)) {
                let parts = match known.take() {
                    Some((number, parts)) if number == row.number => parts,
                    _ => syntax.parts(row.line),
                };
                pane::put(frame, pane::line_of(inner, at), &line(app, theme, &row, &parts));
                known = Some((row.number, parts));
            }
            (viewport.snippet_lines, viewport.snippet_offset) = (len, offset);
            pane::scroll_mark(theme, frame, area, offset, len);
        }
        Err(why) => {
            for (at, line) in (1..).zip(wrap(&why, usize::from(inner.width).saturating_sub(4), 0)) {
                frame.render_widget(
                    Line::from(Span::styled(format!("  {line}"), theme.doubt)),
                    pane::line_of(inner, at),
                );
            }
        }
    }
    search_line(app, theme, frame, area);
}

/// What there is to read, or what to do instead.
fn text(app: &App) -> Result<&str, String> {
    let snippet = app.snippet();
    if snippet.target.content() == Content::Binary {
        let ask = app.keys().ask(Context::Rules, Command::WriteSnippet);
        return Err(format!(
            "{} is a file and not a text to read here; {ask} to write it",
            snippet.target.label()
        ));
    }
    snippet.text.as_deref().map_err(Clone::clone)
}

/// The number of lines, behind that of the place that was searched for.
fn size(app: &App, theme: &Theme) -> Line<'static> {
    let snippet = app.snippet();
    let lines = Span::styled(format!(" {} lines ", grouped(snippet.line_count())), theme.strong);
    let total = snippet.find.count() as u64;
    match snippet.find.present() {
        Some((at, _)) => {
            let place = format!(" {} of {} ·", grouped(at as u64 + 1), grouped(total));
            Line::from(vec![Span::styled(place, theme.strong), lines])
        }
        None if snippet.find.field.is_empty() => Line::from(lines),
        None => Line::from(vec![Span::styled(" not found ·", theme.doubt), lines]),
    }
}

/// The first row to draw: where it was scrolled to, or so that the place that was searched for is seen.
fn offset(app: &App, text: &str, columns: usize, (len, height): (u64, u16)) -> u64 {
    let height = u64::from(height);
    let last = len.saturating_sub(height);
    let scrolled = app.snippet().list.cursor().min(last);
    match app.snippet().find.awaited().map(|hit| rows::row_of(text, columns, hit)) {
        Some(row) if !(scrolled..scrolled + height).contains(&row) => {
            row.saturating_sub(height / 3).min(last)
        }
        _ => scrolled,
    }
}

fn line(app: &App, theme: &Theme, row: &Row<'_>, parts: &[Part]) -> Line<'static> {
    let find = &app.snippet().find;
    let hits = find.in_line(row.number);
    let present = find.present().map(|(_, hit)| hit);
    let mut spans = vec![Span::styled(if row.continued { "›" } else { " " }, theme.dim)];
    let (mut run, mut run_style) = (String::new(), Style::new());
    for (at, letter) in row.line.get(row.bytes.clone()).unwrap_or_default().grapheme_indices(true) {
        let at = row.bytes.start + at;
        let hit =
            hits.get(hits.partition_point(|hit| hit.bytes.end <= at)).filter(|hit| hit.bytes.start <= at);
        let part = parts.get(parts.partition_point(|(bytes, _)| bytes.end <= at));
        let style = match hit {
            Some(hit) if present == Some(hit) => theme.selected,
            hit => {
                let class = part.filter(|(bytes, _)| bytes.start <= at).map(|(_, class)| *class);
                let style = class.map_or_else(Style::new, |class| class_style(theme, class));
                if hit.is_some() { style.patch(theme.found) } else { style }
            }
        };
        if style != run_style {
            spans.push(Span::styled(std::mem::take(&mut run), run_style));
            run_style = style;
        }
        run.push_str(letter);
    }
    spans.push(Span::styled(run, run_style));
    Line::from(spans)
}

fn class_style(theme: &Theme, class: Class) -> Style {
    match class {
        Class::Comment => theme.dim,
        Class::Todo => theme.doubt,
        Class::Word => theme.key,
        Class::Quoted => theme.quoted,
    }
}

/// The search stands in the lower frame: the upper one says what the rules are for.
fn search_line(app: &App, theme: &Theme, frame: &mut Frame<'_>, area: Rect) {
    let field = &app.snippet().find.field;
    let active = app.context() == Context::Find;
    let room = usize::from(area.width).saturating_sub(10);
    if (field.is_empty() && !active) || room == 0 {
        return;
    }
    let (shown, column) = if active { window(field, room) } else { (fit_end(field.text(), room), 0) };
    let spans = vec![Span::styled(" / ", theme.key), Span::styled(shown, theme.strong), Span::raw(" ")];
    let place = Rect { x: area.x + 2, y: area.bottom().saturating_sub(1), width: area.width - 4, height: 1 };
    pane::put(frame, place, &Line::from(spans));
    if active {
        let x = place.x.saturating_add(3).saturating_add(column);
        frame.set_cursor_position(Position { x: x.min(area.right().saturating_sub(2)), y: place.y });
    }
}
