//! The title line: the plan, whether it is saved, and what it comes to.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::app::command::specs_for;
use crate::app::{App, Change, Command};

use super::pane;
use super::text::{fit, grouped, width};
use super::theme::Theme;

/// So much of the plan's name is always there.
const NAME: usize = 8;

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

pub(super) fn draw(app: &App, theme: &Theme, frame: &mut Frame<'_>, area: Rect) {
    let name = app.plan().name().as_str();
    let columns = usize::from(area.width);
    let room = |detail| columns.saturating_sub(width(program(detail)) + counts_width(app, theme, detail) + 2);
    let fits = |detail: &Detail| room(*detail) >= width(name).min(NAME);
    let detail = DETAILS.into_iter().find(fits).unwrap_or(Detail::NameOnly);
    let mut left = vec![Span::styled(program(detail), theme.focus)];
    left.push(Span::styled(fit(name, room(detail)), theme.strong));
    if app.is_dirty() {
        left.push(Span::styled("*", theme.doubt));
    }
    pane::put(frame, area, &Line::from(left));
    let right_width = u16::try_from(counts_width(app, theme, detail)).unwrap_or(u16::MAX);
    let start = area.right().saturating_sub(right_width).max(area.x);
    let right = Rect { x: start, width: area.right() - start, ..area };
    frame.render_widget(Line::from(counts(app, theme, detail)), right);
}

fn program(detail: Detail) -> &'static str {
    if detail < Detail::NoProgram { " portplan  " } else { " " }
}

fn counts_width(app: &App, theme: &Theme, detail: Detail) -> usize {
    counts(app, theme, detail).iter().map(Span::width).sum()
}

fn counts(app: &App, theme: &Theme, detail: Detail) -> Vec<Span<'static>> {
    let mut parts = Vec::new();
    if detail < Detail::NoEdition {
        parts.push(vec![Span::styled(app.plan().edition().to_owned(), theme.dim)]);
    }
    if detail < Detail::NoHosts {
        parts.push(vec![Span::raw(plural(app.plan().hosts().len() as u64, "host"))]);
    }
    if detail < Detail::NameOnly {
        parts.push(flows(app, theme));
    }
    let checks = app.findings().len();
    if checks > 0 && detail < Detail::NoChecks {
        parts.push(vec![Span::styled(plural(checks as u64, "check"), theme.doubt)]);
    }
    let mut spans = Vec::new();
    for part in parts {
        if !spans.is_empty() {
            spans.push(Span::styled(" · ", theme.dim));
        }
        spans.extend(part);
    }
    spans.extend(if detail < Detail::NoHelp { help(app, theme) } else { vec![Span::raw(" ")] });
    spans
}

fn flows(app: &App, theme: &Theme) -> Vec<Span<'static>> {
    let mut spans = vec![Span::raw(plural(app.flows().count(), "flow"))];
    if let Some(delta) = app.change().map(Change::delta).filter(|delta| !delta.is_empty()) {
        spans.push(Span::styled(format!(" +{}", grouped(delta.added)), theme.added));
        spans.push(Span::styled(format!(" −{}", grouped(delta.removed)), theme.removed));
    }
    spans
}

/// The key stands there while it does something; in a text field it is a letter.
fn help(app: &App, theme: &Theme) -> Vec<Span<'static>> {
    let counts = specs_for(app.context()).any(|spec| spec.command == Command::Help);
    if counts {
        vec![Span::raw("   "), Span::styled("?", theme.key), Span::raw(" help ")]
    } else {
        vec![Span::raw(" ".repeat(10))]
    }
}

fn plural(number: u64, word: &str) -> String {
    format!("{} {word}{}", grouped(number), if number == 1 { "" } else { "s" })
}
