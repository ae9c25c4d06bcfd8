//! A question and its answers.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::app::command::specs_for;
use crate::app::layers::{Confirm, Question};
use crate::app::mouse::{Hits, Place};
use crate::app::{Command, Context};
use crate::ui::text::wrap;
use crate::ui::theme::Theme;
use crate::ui::{hits, pane};

pub(super) fn draw(theme: &Theme, frame: &mut Frame<'_>, area: Rect, dialog: &Confirm, hits: &mut Hits) {
    let columns = area.width.min(64);
    let text = wrap(&dialog.text, usize::from(columns).saturating_sub(6), 0);
    let height = u16::try_from(text.len() + dialog.choices().len() + 5).unwrap_or(u16::MAX);
    let inner = pane::dialog(theme, frame, pane::centred(area, columns, height), title(dialog), None);
    let mut at = 1;
    for line in text {
        frame.render_widget(Line::raw(format!("  {line}")), pane::line_of(inner, at));
        at += 1;
    }
    at += 1;
    for choice in dialog.choices() {
        let line = Line::from(vec![
            Span::raw("  "),
            Span::styled(format!("{:>4}", key_of(choice.command)), theme.key),
            Span::raw(format!("  {}", choice.text)),
        ]);
        frame.render_widget(line, pane::line_of(inner, at));
        hits::add(hits, pane::line_of(inner, at), Place::Command(choice.command));
        at += 1;
    }
}

fn title(dialog: &Confirm) -> &'static str {
    match dialog.question {
        Question::Unsaved(_) => "Not saved",
        Question::Overwrite(_) => "Replace the file?",
        Question::DropForm => "Drop what was typed?",
    }
}

fn key_of(command: Command) -> &'static str {
    let spec = specs_for(Context::Confirm).find(|spec| spec.command == command);
    spec.and_then(|spec| spec.keys.first()).copied().unwrap_or_default()
}
