//! The start screen.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use ratatui::widgets::Clear;

use crate::app::layers::{Start, StartItem};
use crate::app::mouse::{List, Place};
use crate::app::{App, Viewport};
use crate::plan::shown::shown_path;
use crate::ui::text::{cell, fit_end, wrap};
use crate::ui::theme::Theme;
use crate::ui::{hits, pane};

pub(super) fn draw(
    app: &App,
    theme: &Theme,
    frame: &mut Frame<'_>,
    area: Rect,
    dialog: &Start,
    viewport: &mut Viewport,
) {
    let items = app.start_items();
    let rows = u16::try_from(items.len()).unwrap_or(u16::MAX);
    frame.render_widget(Clear, area);
    let inner = pane::dialog(theme, frame, pane::centred(area, 76, rows.saturating_add(9)), "portplan", None);
    let intro = "Which network ports does this Veeam backup install need, host by host?";
    frame
        .render_widget(Line::from(Span::styled(format!("  {intro}"), theme.strong)), pane::line_of(inner, 1));
    let list = Rect { y: inner.y + 3, height: inner.height.saturating_sub(6), ..inner };
    let offset = dialog.list.first_visible(items.len() as u64, list.height);
    let first = usize::try_from(offset).unwrap_or(0);
    for (line, (at, item)) in (0..list.height).zip(items.iter().enumerate().skip(first)) {
        let selected = at == dialog.list.index();
        pane::put(
            frame,
            pane::line_of(list, line),
            &row(app, theme, item, usize::from(list.width), selected),
        );
        hits::add(&mut viewport.hits, pane::line_of(list, line), Place::Row(List::Dialog, at as u64));
    }
    let about = items.get(dialog.list.index()).map(|item| about(app, item)).unwrap_or_default();
    for (at, line) in (0..2).zip(wrap(&about, usize::from(inner.width).saturating_sub(4), 0)) {
        let area = pane::line_of(inner, inner.height.saturating_sub(2) + at);
        frame.render_widget(Line::from(Span::styled(format!("  {line}"), theme.dim)), area);
    }
    viewport.dialog = list.height;
    viewport.dialog_lines = items.len() as u64;
}

fn row(app: &App, theme: &Theme, item: &StartItem, columns: usize, selected: bool) -> Line<'static> {
    let style = if selected { theme.selected } else { Style::new() };
    let (kind, text) = match item {
        StartItem::Lost(at) => {
            ("unsaved", app.lost_work().get(*at).map_or(String::new(), |entry| entry.title.clone()))
        }
        StartItem::New => ("new", "An empty plan".to_owned()),
        StartItem::Sample(at) => {
            ("sample", app.samples().get(*at).map_or(String::new(), |sample| sample.title.clone()))
        }
        StartItem::Recent(path) => ("recent", fit_end(&shown_path(path), columns.saturating_sub(14))),
        StartItem::Open => ("open", "A plan from a file …".to_owned()),
    };
    let quiet = if selected { style } else { theme.dim };
    let mut spans = vec![Span::styled(if selected { " ▸ " } else { "   " }, style)];
    spans.extend(cell(kind, 8, &[], quiet, quiet));
    spans.extend(cell(&text, columns.saturating_sub(12), &[], style, style));
    Line::from(spans)
}

fn about(app: &App, item: &StartItem) -> String {
    match item {
        StartItem::Lost(at) => app.lost_work().get(*at).map_or(String::new(), |entry| entry.about.clone()),
        StartItem::New => "Start with no hosts and the usual options.".to_owned(),
        StartItem::Sample(at) => app.samples().get(*at).map_or(String::new(), |sample| sample.about.clone()),
        StartItem::Recent(path) => shown_path(path),
        StartItem::Open => "Type the name of a plan's file.".to_owned(),
    }
}
