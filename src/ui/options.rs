//! The options, by group.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::app::mouse::{Hits, List, Place};
use crate::app::{App, Focus, ListState};
use crate::catalogue::{Key, OptionGroup, OptionId, PlanOption};
use crate::plan::HostOptions;
use crate::plan::host::HostSetting;

use super::hits;
use super::pane::{self, framing};
use super::text::{cell, wrap};
use super::theme::Theme;

enum Row<'a> {
    Heading(OptionGroup),
    Option(OptionId, &'a PlanOption),
}

pub(super) fn draw(app: &App, theme: &Theme, frame: &mut Frame<'_>, area: Rect, hits: &mut Hits) -> u16 {
    hits::add(hits, area, Place::Body(List::Options));
    let focused = app.focus() == Focus::Options && app.layers().is_empty();
    let on = Line::from(Span::styled(format!(" {} on ", app.plan().options().len()), theme.dim));
    let inner = pane::draw(theme, frame, area, framing(focused), "Options", Some(on));
    let (list, help) = split_help(app, inner);
    let rows = rows(app);
    let differing = differing(app);
    let offset = first_row(&rows, app.option_list(), usize::from(list.height));
    let shown = rows.iter().skip(offset).take(usize::from(list.height));
    let options = shown.filter(|row| matches!(row, Row::Option(..))).count();
    for (line, row) in (0..list.height).zip(rows.iter().skip(offset)) {
        let text = match row {
            Row::Heading(group) => Line::from(Span::styled(format!(" {}", group.label()), theme.dim)),
            Row::Option(id, option) => {
                let own = differing.get(id.position()).copied().unwrap_or(0);
                option_row(app, theme, (*id, option, own), usize::from(list.width), focused)
            }
        };
        frame.render_widget(text, pane::line_of(list, line));
        if let Row::Option(id, _) = row {
            let (place, at) = (pane::line_of(list, line), id.position() as u64);
            hits::add(hits, place, Place::Row(List::Options, at));
            hits::add(hits, pane::mark_of(place, 1), Place::Mark(List::Options, at));
        }
    }
    pane::scroll_mark(theme, frame, area, offset as u64, rows.len() as u64);
    for (at, line) in (0..).zip(help_lines(app, usize::from(help.width))) {
        frame.render_widget(Line::from(Span::styled(line, theme.dim)), pane::line_of(help, at));
    }
    u16::try_from(options).unwrap_or(u16::MAX)
}

/// The help of the selected option stands below the list where there is room for the longest one: the list stays where
/// it is, whatever is selected.
fn split_help(app: &App, inner: Rect) -> (Rect, Rect) {
    let lines = |help: &str| wrap(help, usize::from(inner.width).saturating_sub(1), 0).len();
    let longest = app.catalogue().options().iter().map(|(_, option)| lines(&option.help)).max().unwrap_or(0);
    let rows = u16::try_from(longest + 1).unwrap_or(u16::MAX);
    if inner.height < rows.saturating_add(10) {
        return (inner, Rect { height: 0, ..inner });
    }
    let list = Rect { height: inner.height - rows, ..inner };
    (list, Rect { y: list.bottom() + 1, height: rows - 1, ..inner })
}

fn help_lines(app: &App, columns: usize) -> Vec<String> {
    let help = app.selected_option().map_or("", |option| app.catalogue().options()[option].help.as_str());
    wrap(help, columns.saturating_sub(1), 0).into_iter().map(|line| format!(" {line}")).collect()
}

fn rows(app: &App) -> Vec<Row<'_>> {
    let mut rows = Vec::new();
    let mut group = None;
    for (id, option) in app.catalogue().options().iter() {
        if group != Some(option.group) {
            rows.push(Row::Heading(option.group));
            group = Some(option.group);
        }
        rows.push(Row::Option(id, option));
    }
    rows
}

/// The first row to draw: the view stays where it is for as long as the cursor is in it.
fn first_row(rows: &[Row<'_>], list: &ListState, height: usize) -> usize {
    let row_of = |option: u64| {
        rows.iter()
            .position(|row| matches!(row, Row::Option(id, _) if id.position() as u64 == option))
            .unwrap_or(0)
    };
    let first = if list.offset() == 0 { 0 } else { row_of(list.offset()) };
    let cursor = row_of(list.cursor());
    // Above the first option of a list stands a heading.
    let highest = if list.cursor() == 0 { 0 } else { cursor };
    first
        .clamp((cursor + 1).saturating_sub(height), highest.max((cursor + 1).saturating_sub(height)))
        .min(rows.len().saturating_sub(height))
}

/// For each option, how many hosts have it other than the plan.
fn differing(app: &App) -> Vec<usize> {
    let mut counts = vec![0; app.catalogue().options().len()];
    let own = app.plan().hosts().iter().map(|host| host.options).filter(|own| *own != HostOptions::default());
    for (id, setting) in own.flat_map(HostOptions::iter) {
        let differs = (setting == HostSetting::On) != app.plan().options().contains(id);
        if let Some(count) = counts.get_mut(id.position()).filter(|_| differs) {
            *count += 1;
        }
    }
    counts
}

/// `own` is the number of hosts that have the option other than the plan.
fn option_row(
    app: &App,
    theme: &Theme,
    (id, option, own): (OptionId, &PlanOption, usize),
    columns: usize,
    focused: bool,
) -> Line<'static> {
    let on = app.plan().options().contains(id);
    let selected = app.selected_option() == Some(id);
    let style = match (selected, focused, on) {
        (true, true, _) => theme.selected,
        (_, _, true) => Style::new(),
        _ => theme.dim,
    };
    let note = match own {
        0 => String::new(),
        1 => "  1 host differs".to_owned(),
        many => format!("  {many} hosts differ"),
    };
    let mark = if selected && focused { "▸" } else { " " };
    let text = format!("{mark}{} {}{note}", theme.symbols.switch(on), option.label);
    Line::from(cell(&text, columns, &[], style, style))
}
