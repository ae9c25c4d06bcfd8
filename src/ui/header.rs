//! The title line: the plan, whether it is saved, and what it comes to.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::app::mouse::{Hits, List, Mouse, Place};
use crate::app::{Access, App, Change, Command, Context, Key};

use super::hits;
use super::pane;
use super::text::{fit, grouped, width};
use super::theme::Theme;

/// So much of the plan's name is always there.
const NAME: usize = 8;

/// So much of a baseline's name is there at most.
const BASELINE: usize = 20;

/// What the line says; where it is too short, parts go from the top of this list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Detail {
    All,
    NoProgram,
    NoEdition,
    NoHosts,
    NoHelp,
    NoChecks,
    NameOnly,
}

const DETAILS: [Detail; 7] = [
    Detail::All,
    Detail::NoProgram,
    Detail::NoEdition,
    Detail::NoHosts,
    Detail::NoHelp,
    Detail::NoChecks,
    Detail::NameOnly,
];

pub(super) fn draw(app: &App, theme: &Theme, frame: &mut Frame<'_>, area: Rect, hits: &mut Hits) {
    let name = app.plan().name().as_str();
    let columns = usize::from(area.width);
    let marked = width(mark(app)).max(1) + 1;
    let room =
        |detail| columns.saturating_sub(width(program(detail)) + counts_width(app, theme, detail) + marked);
    let fits = |detail: &Detail| room(*detail) >= width(name).min(NAME);
    let detail = DETAILS.into_iter().find(fits).unwrap_or(Detail::NameOnly);
    let mut left = vec![Span::styled(program(detail), theme.focus)];
    left.push(Span::styled(fit(name, room(detail)), theme.strong));
    left.push(Span::styled(mark(app), theme.doubt));
    pane::put(frame, area, &Line::from(left));
    let right_width = u16::try_from(counts_width(app, theme, detail)).unwrap_or(u16::MAX);
    let start = area.right().saturating_sub(right_width).max(area.x);
    let right = Rect { x: start, width: area.right() - start, ..area };
    let parts = counts(app, theme, detail);
    let mut column = right.x;
    for (spans, target) in &parts {
        let columns = u16::try_from(spans.iter().map(Span::width).sum::<usize>()).unwrap_or(u16::MAX);
        if let Some(target) = target {
            hits::add(hits, Rect { x: column, width: columns, ..right }.intersection(right), *target);
        }
        column = column.saturating_add(columns);
    }
    let spans: Vec<Span<'static>> = parts.into_iter().flat_map(|(spans, _)| spans).collect();
    frame.render_widget(Line::from(spans), right);
}

/// What is to be known about the plan's file.
fn mark(app: &App) -> &'static str {
    match (app.access(), app.is_dirty(), app.trouble()) {
        (Access::ReadOnly(_), ..) => " (read-only)",
        (Access::Full, true, Some(_)) => "* (not kept)",
        (Access::Full, true, None) => "*",
        (Access::Full, false, _) => "",
    }
}

fn program(detail: Detail) -> &'static str {
    if detail < Detail::NoProgram { " portplan  " } else { " " }
}

fn counts_width(app: &App, theme: &Theme, detail: Detail) -> usize {
    counts(app, theme, detail).iter().flat_map(|(spans, _)| spans).map(Span::width).sum()
}

/// A part of the line and what a click on it does.
type Part = (Vec<Span<'static>>, Option<Place>);

fn counts(app: &App, theme: &Theme, detail: Detail) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    let mut add = |spans: Vec<Span<'static>>, target: Option<Place>| {
        if !parts.is_empty() {
            parts.push((vec![Span::styled(" · ", theme.dim)], None));
        }
        parts.push((spans, target));
    };
    if app.mouse_mode() == Mouse::Released && detail < Detail::NameOnly {
        add(vec![Span::styled("mouse released", theme.doubt)], None);
    }
    if detail < Detail::NoEdition {
        add(vec![Span::styled(app.catalogue().edition_words(), theme.dim)], None);
    }
    if detail < Detail::NoHosts {
        let hosts = plural(app.plan().hosts().len() as u64, "host");
        add(vec![Span::raw(hosts)], Some(Place::Body(List::Hosts)));
    }
    if detail < Detail::NameOnly {
        add(flows(app, theme), Some(Place::Command(Command::ViewFlows)));
    }
    if let Some(spans) = since(app, theme, detail) {
        add(spans, Some(Place::Command(Command::ViewChanges)));
    }
    let checks = app.review().urgent();
    if checks > 0 && detail < Detail::NoChecks {
        let checks = Span::styled(plural(checks as u64, "check"), theme.doubt);
        add(vec![checks], Some(Place::Command(Command::ViewChecks)));
    }
    if detail < Detail::NoHelp {
        parts.extend(help(app, theme));
    } else {
        parts.push((vec![Span::raw(" ")], None));
    }
    parts
}

fn flows(app: &App, theme: &Theme) -> Vec<Span<'static>> {
    let mut spans = vec![Span::raw(plural(app.flows().count(), "flow"))];
    if let Some(delta) = app.change().map(Change::delta).filter(|delta| !delta.is_empty()) {
        spans.push(Span::styled(format!(" +{}", grouped(delta.added)), theme.added));
        spans.push(Span::styled(format!(" −{}", grouped(delta.removed)), theme.removed));
    }
    spans
}

/// What came and went since the baseline; its name goes first where there is little room.
fn since(app: &App, theme: &Theme, detail: Detail) -> Option<Vec<Span<'static>>> {
    let pinned = app.comparison().filter(|_| detail < Detail::NameOnly)?;
    let delta = pinned.delta();
    let name = match detail {
        Detail::All | Detail::NoProgram | Detail::NoEdition => {
            format!(" since \"{}\"", fit(pinned.name().as_str(), BASELINE))
        }
        _ => " since".to_owned(),
    };
    Some(vec![
        Span::styled(format!("+{}", grouped(delta.added)), theme.added),
        Span::styled(format!(" −{}", grouped(delta.removed)), theme.removed),
        Span::raw(name),
    ])
}

/// The key stands there while it does something; in a text field it is a letter.
fn help(app: &App, theme: &Theme) -> [Part; 3] {
    let name = |key: Key| theme.symbols.key(key);
    let gap = |columns: usize| (vec![Span::raw(" ".repeat(columns))], None);
    if let Some(key) = app.keys().key_for(app.context(), Command::Help).map(name) {
        let key = vec![Span::styled(key, theme.key), Span::raw(" help")];
        return [gap(3), (key, Some(Place::Command(Command::Help))), gap(1)];
    }
    let elsewhere = app.keys().key_for(Context::Hosts, Command::Help).map_or(1, |key| width(&name(key)));
    [gap(3), gap(5 + elsewhere), gap(1)]
}

fn plural(number: u64, word: &str) -> String {
    format!("{} {word}{}", grouped(number), if number == 1 { "" } else { "s" })
}
