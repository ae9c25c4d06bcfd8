//! The choice of scope and format.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::app::layers::{Column, CopyAs};
use crate::app::mouse::{List, Place};
use crate::app::{App, Command, Context, Viewport};
use crate::snippets::Target;
use crate::ui::hint::hint;
use crate::ui::text::{cell, fit};
use crate::ui::theme::Theme;
use crate::ui::{hits, pane};

pub(super) fn draw(
    app: &App,
    theme: &Theme,
    frame: &mut Frame<'_>,
    area: Rect,
    dialog: &CopyAs,
    viewport: &mut Viewport,
) {
    let rows = dialog.choices.len().max(Target::ALL.len());
    let height = u16::try_from(rows + 6).unwrap_or(u16::MAX);
    let inner = pane::dialog(theme, frame, pane::centred(area, 78, height), "Copy as", None);
    let left = Rect { width: inner.width * 3 / 5, ..inner };
    let right = Rect { x: left.right(), width: inner.width - left.width, ..inner };
    let scopes: Vec<String> = dialog.choices.iter().map(|scope| app.words_for(*scope)).collect();
    let targets: Vec<String> = Target::ALL.iter().map(|target| target.label().to_owned()).collect();
    let in_scopes = dialog.column == Column::Scope;
    let columns = [
        (left, "What", List::Scopes, &scopes, &dialog.scopes, in_scopes),
        (right, "Format", List::Formats, &targets, &dialog.targets, !in_scopes),
    ];
    viewport.dialog = inner.height.saturating_sub(4).max(1);
    for (area, title, list, rows, state, focused) in columns {
        let first = state.first_visible(rows.len() as u64, viewport.dialog);
        for (line, at) in (2..2 + viewport.dialog).zip(first..rows.len() as u64) {
            hits::add(&mut viewport.hits, pane::line_of(area, line), Place::Row(list, at));
        }
        column(theme, frame, area, title, rows, (first, state.index()), focused);
    }
    let key = |command| Span::styled(hint(app, theme, Context::CopyAs, command), theme.key);
    let keys = Line::from(vec![
        Span::raw("  "),
        key(Command::Accept),
        Span::raw(" copies, "),
        key(Command::WriteSnippet),
        Span::raw(" writes a file, "),
        key(Command::ShowRules),
        Span::raw(" shows it, "),
        key(Command::NextField),
        Span::raw(" changes the column"),
    ]);
    frame.render_widget(keys, pane::line_of(inner, inner.height.saturating_sub(1)));
}

fn column(
    theme: &Theme,
    frame: &mut Frame<'_>,
    area: Rect,
    title: &str,
    rows: &[String],
    (first, selected): (u64, usize),
    focused: bool,
) {
    let title_style = if focused { theme.focus } else { theme.dim };
    let columns = usize::from(area.width).saturating_sub(4);
    let visible = usize::from(area.height).saturating_sub(4).max(1);
    let place =
        if rows.len() > visible { format!(", {} of {}", selected + 1, rows.len()) } else { String::new() };
    let title = Line::from(Span::styled(format!("  {title}{place}"), title_style));
    frame.render_widget(title, pane::line_of(area, 1));
    let hidden = usize::try_from(first).unwrap_or(0);
    for (line, (at, row)) in (2..).zip(rows.iter().enumerate().skip(hidden).take(visible)) {
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
