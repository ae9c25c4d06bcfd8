//! What the plan still lacks, with the remedy of the selected finding.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::app::mouse::{Hits, List, Place};
use crate::app::{App, Command, Context, Focus};
use crate::review::Finding;

use super::hint::hint;
use super::hits;
use super::pane::{self, framing};
use super::text::{cell, wrap};
use super::theme::Theme;

pub(super) fn draw(app: &App, theme: &Theme, frame: &mut Frame<'_>, area: Rect, hits: &mut Hits) -> u16 {
    hits::add(hits, area, Place::Body(List::Checks));
    let focused = app.focus() == Focus::Main && app.layers().is_empty();
    let findings = app.findings();
    let count = Line::from(Span::styled(format!(" {} ", findings.len()), theme.strong));
    let inner = pane::draw(theme, frame, area, framing(focused), "Checks", Some(count));
    if findings.is_empty() {
        let line = Line::from(Span::styled("  Nothing is missing.", theme.added));
        frame.render_widget(line, pane::line_of(inner, 1));
        return inner.height;
    }
    let details = selected_details(app, theme, usize::from(inner.width));
    let room = (inner.height / 2).min(u16::try_from(details.len() + 1).unwrap_or(u16::MAX));
    let list = Rect { height: inner.height - room, ..inner };
    let offset = app.check_list().first_visible(findings.len() as u64, list.height);
    let first = usize::try_from(offset).unwrap_or(usize::MAX);
    for (line, (at, finding)) in (0..list.height).zip(findings.iter().enumerate().skip(first)) {
        let selected = at == app.check_list().index();
        pane::put(frame, pane::line_of(list, line), &row(app, theme, finding, list.width, selected, focused));
        hits::add(hits, pane::line_of(list, line), Place::Row(List::Checks, at as u64));
    }
    let below = Rect { y: list.bottom() + 1, height: room.saturating_sub(1), ..inner };
    for (at, line) in (0..below.height).zip(details) {
        frame.render_widget(line, pane::line_of(below, at));
    }
    pane::scroll_mark(theme, frame, area, offset, findings.len() as u64);
    list.height
}

fn row(
    app: &App,
    theme: &Theme,
    finding: &Finding,
    columns: u16,
    selected: bool,
    focused: bool,
) -> Line<'static> {
    let base = theme.row(selected, focused);
    let sign = if selected && focused { base } else { theme.doubt };
    let text = finding.text(app.catalogue(), app.plan());
    let mut spans = vec![Span::styled(if selected { "▸" } else { " " }, base), Span::styled("! ", sign)];
    spans.extend(cell(&text, usize::from(columns).saturating_sub(3), &[], base, base));
    Line::from(spans)
}

fn selected_details(app: &App, theme: &Theme, columns: usize) -> Vec<Line<'static>> {
    let Some(finding) = app.findings().get(app.check_list().index()) else { return Vec::new() };
    let mut lines = Vec::new();
    let mut add = |indent: usize, text: &str, style: Style| {
        for line in wrap(text, columns.saturating_sub(2), indent) {
            lines.push(Line::from(Span::styled(format!(" {line}"), style)));
        }
    };
    add(0, &finding.text(app.catalogue(), app.plan()), theme.strong);
    let key = hint(app, theme, Context::Checks, Command::GoToFinding);
    add(0, &format!("{key}: {}", finding.remedy(app.catalogue())), theme.key);
    for detail in finding.details(app.catalogue(), app.plan()) {
        add(2, &detail, theme.dim);
    }
    lines
}
