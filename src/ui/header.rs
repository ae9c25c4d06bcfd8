//! The title line: the plan, whether it is saved, and what it comes to.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::app::App;

use super::text::{fit, grouped, width};
use super::theme::Theme;

pub(super) fn draw(app: &App, theme: &Theme, frame: &mut Frame<'_>, area: Rect) {
    let right = counts(app, theme);
    let right_width: usize = right.iter().map(Span::width).sum();
    let mut left = vec![Span::styled(" portplan  ", theme.focus)];
    let room = usize::from(area.width).saturating_sub(width(" portplan  ") + right_width + 2);
    let name = fit(app.plan().name().as_str(), room.max(6));
    left.push(Span::styled(name, theme.strong));
    if app.is_dirty() {
        left.push(Span::styled("*", theme.doubt));
    }
    frame.render_widget(Line::from(left), area);
    let start = area.right().saturating_sub(u16::try_from(right_width).unwrap_or(u16::MAX));
    frame
        .render_widget(Line::from(right), Rect { x: start.max(area.x), width: area.right() - start, ..area });
}

fn counts(app: &App, theme: &Theme) -> Vec<Span<'static>> {
    let dot = || Span::styled(" · ", theme.dim);
    let hosts = app.plan().hosts().len();
    let flows = app.flows().count();
    let mut spans = vec![
        Span::styled(app.plan().edition().to_owned(), theme.dim),
        dot(),
        Span::raw(plural(hosts as u64, "host")),
        dot(),
        Span::raw(plural(flows, "flow")),
    ];
    if let Some(delta) = app.change().map(crate::app::Change::delta).filter(|delta| !delta.is_empty()) {
        spans.push(Span::styled(format!(" +{}", grouped(delta.added)), theme.added));
        spans.push(Span::styled(format!(" −{}", grouped(delta.removed)), theme.removed));
    }
    let checks = app.findings().len();
    if checks > 0 {
        spans.push(dot());
        spans.push(Span::styled(plural(checks as u64, "check"), theme.doubt));
    }
    spans.push(Span::raw("   "));
    spans.push(Span::styled("?", theme.key));
    spans.push(Span::raw(" help "));
    spans
}

fn plural(number: u64, word: &str) -> String {
    format!("{} {word}{}", grouped(number), if number == 1 { "" } else { "s" })
}
