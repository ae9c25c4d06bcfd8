//! The choice of scope and format.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::app::App;
use crate::app::layers::{Column, CopyAs};
use crate::snippets::Target;
use crate::ui::pane;
use crate::ui::text::{cell, fit};
use crate::ui::theme::Theme;

pub(super) fn draw(app: &App, theme: &Theme, frame: &mut Frame<'_>, area: Rect, dialog: &CopyAs) {
    let rows = dialog.choices.len().max(Target::ALL.len());
    let height = u16::try_from(rows + 6).unwrap_or(u16::MAX);
    let inner = pane::dialog(theme, frame, pane::centred(area, 78, height), "Copy as", None);
    let left = Rect { width: inner.width * 3 / 5, ..inner };
    let right = Rect { x: left.right(), width: inner.width - left.width, ..inner };
    let scopes: Vec<String> = dialog.choices.iter().map(|scope| app.words_for(*scope)).collect();
    let targets: Vec<String> = Target::ALL.iter().map(|target| target.label().to_owned()).collect();
    let scope_focus = dialog.column == Column::Scope;
    column(theme, frame, left, "What", &scopes, dialog.scopes.index(), scope_focus);
    column(theme, frame, right, "Format", &targets, dialog.targets.index(), !scope_focus);
    let hint = Line::from(vec![
        Span::styled("  Enter", theme.key),
        Span::raw(" copies, "),
        Span::styled("w", theme.key),
        Span::raw(" writes a file, "),
        Span::styled("Tab", theme.key),
        Span::raw(" changes the column"),
    ]);
    frame.render_widget(hint, pane::line_of(inner, inner.height.saturating_sub(1)));
}

fn column(
    theme: &Theme,
    frame: &mut Frame<'_>,
    area: Rect,
    title: &str,
    rows: &[String],
    selected: usize,
    focused: bool,
) {
    let title_style = if focused { theme.focus } else { theme.dim };
    frame.render_widget(Line::from(Span::styled(format!("  {title}"), title_style)), pane::line_of(area, 1));
    let columns = usize::from(area.width).saturating_sub(4);
    for (line, (at, row)) in (2..).zip(rows.iter().enumerate()) {
        let style = theme.row(at == selected, focused);
        let mut spans = vec![Span::styled(if at == selected { "  ▸ " } else { "    " }, style)];
        spans.extend(cell(
            &fit(row, columns.saturating_sub(2)),
            columns.saturating_sub(2),
            &[],
            style,
            style,
        ));
        pane::put(frame, pane::line_of(area, line), &Line::from(spans));
    }
}
