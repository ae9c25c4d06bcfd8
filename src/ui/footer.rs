//! The last line: a message for a while, else the keys that are valid now.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::app::command::specs_for;
use crate::app::{App, Tone};

use super::text::{fit, width};
use super::theme::Theme;

pub(super) fn draw(app: &App, theme: &Theme, frame: &mut Frame<'_>, area: Rect) {
    let line = match app.message() {
        Some(message) => {
            let (sign, style) = match message.tone {
                Tone::Done => (" ", theme.strong),
                Tone::Failed => ("! ", theme.error),
            };
            let room = usize::from(area.width).saturating_sub(width(sign) + 1);
            Line::from(vec![Span::styled(sign, style), Span::styled(fit(&message.text, room), style)])
        }
        None => keys(app, theme, usize::from(area.width)),
    };
    frame.render_widget(line, area);
}

fn keys(app: &App, theme: &Theme, room: usize) -> Line<'static> {
    let mut spans = vec![Span::raw(" ")];
    let mut used = 1;
    for spec in specs_for(app.context()).filter(|spec| !spec.hint.is_empty()) {
        let key = spec.keys.first().copied().unwrap_or_default();
        let wide = width(key) + width(spec.hint) + 3;
        if used + wide > room + 2 {
            break;
        }
        used += wide;
        spans.push(Span::styled(key, theme.key));
        spans.push(Span::raw(format!(" {}  ", spec.hint)));
    }
    Line::from(spans)
}
