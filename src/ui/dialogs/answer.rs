//! An answer, as large as the screen allows.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::app::Viewport;
use crate::app::layers::AnswerPage;
use crate::app::mouse::{List, Place};
use crate::flows::why::{Line as Told, LineKind};
use crate::ui::text::{fit, wrap};
use crate::ui::theme::Theme;
use crate::ui::{hits, pane};

/// A line as it is drawn, and the change that it is a part of.
type Drawn = (Line<'static>, Option<usize>);

pub(super) fn draw(
    theme: &Theme,
    frame: &mut Frame<'_>,
    area: Rect,
    page: &AnswerPage,
    viewport: &mut Viewport,
) {
    let area = pane::centred(area, 110, area.height);
    let columns = usize::from(area.width.saturating_sub(2));
    let lines: Vec<Drawn> =
        page.telling.lines.iter().flat_map(|line| drawn(theme, page, line, columns)).collect();
    let height = u16::try_from(lines.len() + 2).unwrap_or(u16::MAX);
    let area = pane::centred(area, area.width, height);
    let title = fit(&page.telling.title, columns.saturating_sub(6));
    let inner = pane::dialog(theme, frame, area, &title, None);
    hits::add(&mut viewport.hits, area, Place::Body(List::Dialog));
    let len = lines.len() as u64;
    let offset = page.list.cursor().min(len.saturating_sub(u64::from(inner.height)));
    viewport.dialog_marks = marks(&lines);
    let skip = usize::try_from(offset).unwrap_or(0);
    for (at, (line, change)) in (0..inner.height).zip(lines.into_iter().skip(skip)) {
        frame.render_widget(line, pane::line_of(inner, at));
        if let Some(change) = change {
            hits::add(&mut viewport.hits, pane::line_of(inner, at), Place::Row(List::Dialog, change as u64));
        }
    }
    pane::scroll_mark(theme, frame, area, offset, len);
    viewport.dialog = inner.height;
    viewport.dialog_lines = len;
}

/// The first line of each change.
fn marks(lines: &[Drawn]) -> Vec<u64> {
    let mut marks: Vec<u64> = Vec::new();
    for (at, (_, change)) in (0u64..).zip(lines) {
        if *change == Some(marks.len()) {
            marks.push(at);
        }
    }
    marks
}

fn drawn(theme: &Theme, page: &AnswerPage, line: &Told, columns: usize) -> Vec<Drawn> {
    let indent = line.indent * 2;
    let room = columns.saturating_sub(2);
    let styled = |text: String, style: Style| Line::from(Span::styled(format!(" {text}"), style));
    match line.kind {
        LineKind::Gap => vec![(Line::default(), None)],
        LineKind::Proposal(at) => {
            let chosen = page.chosen == Some(at);
            let style = if chosen { theme.selected } else { theme.key };
            let mark = if chosen { "▸ " } else { "- " };
            wrap(&line.text, room.saturating_sub(2), indent)
                .into_iter()
                .enumerate()
                .map(|(row, text)| {
                    let (start, rest) = text.split_at(text.len() - text.trim_start().len());
                    let mark = if row == 0 { mark } else { "  " };
                    (styled(format!("{start}{mark}{rest}"), style), Some(at))
                })
                .collect()
        }
        kind => {
            let style = match kind {
                LineKind::Heading => theme.strong,
                LineKind::Doubt => theme.doubt,
                LineKind::Quiet => theme.dim,
                _ => Style::new(),
            };
            let sign = if kind == LineKind::Doubt { "! " } else { "" };
            wrap(&format!("{sign}{}", line.text), room, indent)
                .into_iter()
                .map(|text| (styled(text, style), None))
                .collect()
        }
    }
}
