//! A line that asks for a name.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::app::layers::Prompt;
use crate::ui::pane;
use crate::ui::text::fit;
use crate::ui::theme::Theme;

pub(super) fn draw(theme: &Theme, frame: &mut Frame<'_>, area: Rect, dialog: &Prompt) {
    let inner = pane::dialog(theme, frame, pane::centred(area, 70, 7), dialog.title(), None);
    let line = Rect { x: inner.x + 2, width: inner.width.saturating_sub(4), ..pane::line_of(inner, 1) };
    let style = if dialog.field.is_proposal() { theme.selected } else { Style::new() };
    super::text_field(frame, line, &dialog.field, true, style);
    let (text, style) = match &dialog.error {
        Some(error) => (error.as_str(), theme.error),
        None => (dialog.advice(), theme.dim),
    };
    let room = usize::from(inner.width).saturating_sub(3);
    frame.render_widget(
        Line::from(Span::styled(format!("  {}", fit(text, room)), style)),
        pane::line_of(inner, 3),
    );
}
