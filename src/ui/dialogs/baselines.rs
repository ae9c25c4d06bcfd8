//! The list of baselines.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::app::layers::BaselineList;
use crate::app::layers::baseline_list::{BaselineEntry, Standing};
use crate::app::mouse::{List, Place};
use crate::app::{App, Command, Context, Viewport};
use crate::ui::hint::hint;
use crate::ui::text::{cell, grouped, width};
use crate::ui::theme::Theme;
use crate::ui::{hits, pane};

pub(super) fn draw(
    app: &App,
    theme: &Theme,
    frame: &mut Frame<'_>,
    area: Rect,
    dialog: &BaselineList,
    viewport: &mut Viewport,
) {
    let rows = u16::try_from(dialog.entries.len()).unwrap_or(u16::MAX);
    let area = pane::centred(area, 76, rows.saturating_add(8));
    let inner = pane::dialog(theme, frame, area, "Baselines", None);
    let heading = Line::styled("   Name; what the plan adds to it and takes away", theme.dim);
    frame.render_widget(heading, pane::line_of(inner, 0));
    let list = Rect { y: inner.y + 1, height: inner.height.saturating_sub(5), ..inner };
    let offset = dialog.list.first_visible(dialog.entries.len() as u64, list.height);
    let first = usize::try_from(offset).unwrap_or(0);
    for (line, (at, entry)) in (0..list.height).zip(dialog.entries.iter().enumerate().skip(first)) {
        let place = pane::line_of(list, line);
        let shown = row(app, theme, entry, usize::from(list.width), at == dialog.list.index());
        pane::put(frame, place, &shown);
        hits::add(&mut viewport.hits, place, Place::Row(List::Dialog, at as u64));
    }
    let key = |command| Span::styled(hint(app, theme, Context::Baselines, command), theme.key);
    let keys = [
        [
            (Command::Accept, "compares with it"),
            (Command::GoBack, "goes back to it"),
            (Command::PinBaseline, "pins another"),
        ],
        [
            (Command::RenameBaseline, "renames it"),
            (Command::ReplaceBaseline, "pins it anew"),
            (Command::DeleteBaseline, "drops it"),
        ],
    ];
    for (at, keys) in (0..).zip(keys) {
        let mut spans = vec![Span::raw("  ")];
        for (command, text) in keys {
            let key = key(command);
            let used = width(&key.content) + 1;
            spans.push(key);
            spans.push(Span::raw(format!(" {text:<width$}", width = 23_usize.saturating_sub(used))));
        }
        let line = pane::line_of(inner, inner.height.saturating_sub(2) + at);
        frame.render_widget(Line::from(spans), line);
    }
    pane::scroll_mark(theme, frame, area, offset, dialog.entries.len() as u64);
    viewport.dialog = list.height;
    viewport.dialog_lines = dialog.entries.len() as u64;
}

fn row(app: &App, theme: &Theme, entry: &BaselineEntry, columns: usize, selected: bool) -> Line<'static> {
    let style = if selected { theme.selected } else { Style::new() };
    let part = |own: Style| if selected { style } else { own };
    let is_compared = app.comparison().is_some_and(|pinned| *pinned.name() == entry.name);
    let hosts = format!("{} host{}", grouped(entry.hosts as u64), if entry.hosts == 1 { "" } else { "s" });
    let mut counts = vec![Span::styled(format!("{hosts:>12}  "), part(theme.dim))];
    if entry.standing == Standing::Same {
        counts.push(Span::styled("as the plan is", part(theme.dim)));
    } else {
        counts.push(Span::styled(format!("+{}", grouped(entry.delta.added)), part(theme.added)));
        counts.push(Span::styled(" ", style));
        counts.push(Span::styled(format!("−{}", grouped(entry.delta.removed)), part(theme.removed)));
    }
    let compared = if is_compared { "compared  " } else { "" };
    let used = counts.iter().map(Span::width).sum::<usize>() + width(compared) + 5;
    let mut spans = vec![Span::styled(if selected { " ▸ " } else { "   " }, style)];
    spans.extend(cell(entry.name.as_str(), columns.saturating_sub(used), &[], style, style));
    spans.push(Span::styled(compared, part(theme.key)));
    spans.extend(counts);
    spans.push(Span::styled("  ", style));
    Line::from(spans)
}
