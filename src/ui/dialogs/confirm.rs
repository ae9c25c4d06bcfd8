//! A question and its answers.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::app::layers::{Confirm, Question};
use crate::app::mouse::{Hits, Place};
use crate::app::{App, Context};
use crate::ui::hint::hint;
use crate::ui::text::wrap;
use crate::ui::theme::Theme;
use crate::ui::{hits, pane};

pub(super) fn draw(
    app: &App,
    theme: &Theme,
    frame: &mut Frame<'_>,
    area: Rect,
    dialog: &Confirm,
    hits: &mut Hits,
) {
    let columns = area.width.min(if dialog.details.is_empty() { 64 } else { 76 });
    let room = usize::from(columns).saturating_sub(6);
    let text = wrap(&dialog.text, room, 0);
    let fixed = text.len() + dialog.choices().len() + 5;
    let details = details(dialog, room, usize::from(area.height).saturating_sub(fixed + 1));
    let height = fixed + details.len() + usize::from(!details.is_empty());
    let height = u16::try_from(height).unwrap_or(u16::MAX);
    let inner = pane::dialog(theme, frame, pane::centred(area, columns, height), title(dialog), None);
    let mut lines: Vec<Line<'_>> = text.into_iter().map(|line| Line::raw(format!("  {line}"))).collect();
    if !details.is_empty() {
        lines.push(Line::default());
        lines.extend(details.into_iter().map(|line| detail(theme, &line)));
    }
    lines.push(Line::default());
    for (at, choice) in (1..).skip(lines.len()).zip(dialog.choices()) {
        hits::add(hits, pane::line_of(inner, at), Place::Command(choice.command));
    }
    lines.extend(dialog.choices().iter().map(|choice| {
        let key =
            Span::styled(format!("{:>4}", hint(app, theme, Context::Confirm, choice.command)), theme.key);
        Line::from(vec![Span::raw("  "), key, Span::raw(format!("  {}", choice.text))])
    }));
    for (at, line) in (1..).zip(lines) {
        frame.render_widget(line, pane::line_of(inner, at));
    }
}

/// As many lines as there is room for; the last one tells how many there is no room for.
fn details(dialog: &Confirm, columns: usize, room: usize) -> Vec<String> {
    let all: Vec<String> = dialog.details.iter().flat_map(|line| wrap(line, columns, 2)).collect();
    if all.len() <= room {
        return all;
    }
    let shown = room.saturating_sub(1);
    let more = format!("… and {} more lines", all.len() - shown);
    all.into_iter().take(shown).chain((room > 0).then_some(more)).collect()
}

fn detail(theme: &Theme, line: &str) -> Line<'static> {
    let style = match line.chars().next() {
        Some('+') => theme.added,
        Some('−') => theme.removed,
        _ => Style::new(),
    };
    Line::from(Span::styled(format!("  {line}"), style))
}

fn title(dialog: &Confirm) -> &'static str {
    match dialog.question {
        Question::Unsaved(_) => "Not saved",
        Question::Overwrite(_) => "Replace the file?",
        Question::DropForm => "Drop what was typed?",
        Question::Lost(_) => "Unsaved work was found",
        Question::Changed(_) => "The file has changed",
        Question::InUse => "Open elsewhere",
    }
}
