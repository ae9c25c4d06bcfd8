//! The findings, the worst first, with remedy and rules of the selected one.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::app::mouse::{Hits, List, Place};
use crate::app::{App, Command, Context, Focus};
use crate::plan::HostId;
use crate::review::{Entry, Finding, Mend, Severity};

use super::hint::hint;
use super::hits;
use super::pane::{self, framing};
use super::text::{cell, grouped, width, wrap};
use super::theme::Theme;

/// Cursor, sign and the longest word of a severity, with a space behind.
const SEVERITY: usize = 13;
/// So wide can the column with the hosts become.
const HOSTS: usize = 20;

pub(super) fn draw(app: &App, theme: &Theme, frame: &mut Frame<'_>, area: Rect, hits: &mut Hits) -> u16 {
    hits::add(hits, area, Place::Body(List::Checks));
    let focused = app.focus() == Focus::Main && app.layers().is_empty();
    let review = app.review();
    let inner = pane::draw(theme, frame, area, framing(focused), "Checks", Some(counts(app, theme)));
    if review.is_empty() {
        for (at, line) in (1..inner.height).zip(nothing(app, theme, usize::from(inner.width))) {
            frame.render_widget(line, pane::line_of(inner, at));
        }
        return inner.height;
    }
    let details = selected_details(app, theme, usize::from(inner.width));
    // Whatever is selected, the list stays as it is.
    let len = u16::try_from(review.len()).unwrap_or(u16::MAX);
    let list = Rect { height: len.min(inner.height.div_ceil(2)), ..inner };
    let offset = app.check_list().first_visible(review.len() as u64, list.height);
    let first = usize::try_from(offset).unwrap_or(usize::MAX);
    let entries: Vec<(usize, Entry<'_>)> = (first..first.saturating_add(usize::from(list.height)))
        .map_while(|at| Some((at, review.entry(at)?)))
        .collect();
    let hosts: Vec<String> = entries.iter().map(|(_, entry)| hosts(app, *entry)).collect();
    let column = hosts.iter().map(|hosts| width(hosts)).max().unwrap_or(0).min(HOSTS);
    for (line, ((at, entry), hosts)) in (0..list.height).zip(entries.into_iter().zip(hosts)) {
        let selected = at == app.check_list().index();
        let look = Look { base: theme.row(selected, focused), selected, focused };
        let text = row(app, theme, entry, &hosts, column, list.width, &look);
        pane::put(frame, pane::line_of(list, line), &text);
        hits::add(hits, pane::line_of(list, line), Place::Row(List::Checks, at as u64));
    }
    let room = inner.height.saturating_sub(list.height + 1);
    draw_details(theme, frame, Rect { y: list.bottom() + 1, height: room, ..inner }, details);
    let framed = Rect { height: list.height + 2, ..area };
    pane::scroll_mark(theme, frame, framed, offset, review.len() as u64);
    list.height
}

/// What does not fit is counted.
fn draw_details(theme: &Theme, frame: &mut Frame<'_>, area: Rect, mut details: Vec<Line<'static>>) {
    let room = usize::from(area.height);
    if details.len() > room {
        let more = details.len() - room.saturating_sub(1);
        details.truncate(room.saturating_sub(1));
        details.push(Line::from(Span::styled(
            format!("   … {more} more lines; portplan check prints them all"),
            theme.dim,
        )));
    }
    for (at, line) in (0..area.height).zip(details) {
        frame.render_widget(line, pane::line_of(area, at));
    }
}

/// `2 errors · 1 warning · 5 hints · 1 acknowledged`.
fn counts(app: &App, theme: &Theme) -> Line<'static> {
    let review = app.review();
    let mut spans = vec![Span::raw(" ")];
    let mut add = |count: usize, text: String, style: Style| {
        if count > 0 {
            if spans.len() > 1 {
                spans.push(Span::styled(" · ", theme.dim));
            }
            spans.push(Span::styled(text, style));
        }
    };
    for severity in Severity::ALL {
        let count = review.count(severity);
        let plural = if count == 1 { "" } else { "s" };
        let text = format!("{} {}{plural}", grouped(count as u64), severity.word());
        add(count, text, style(theme, severity));
    }
    let standing = review.len() - review.open().len();
    add(standing, format!("{} acknowledged", grouped(standing as u64)), theme.dim);
    spans.push(Span::raw(" "));
    Line::from(spans)
}

fn style(theme: &Theme, severity: Severity) -> Style {
    match severity {
        Severity::Error => theme.error,
        Severity::Warning => theme.doubt,
        Severity::Hint => Style::new(),
    }
}

/// What stands in place of findings.
fn nothing(app: &App, theme: &Theme, columns: usize) -> Vec<Line<'static>> {
    let hosts = app.plan().hosts().len();
    let (text, style) = if hosts == 0 {
        let key = hint(app, theme, Context::Checks, Command::AddHost);
        (
            format!("There is nothing to check yet. Press {key} to add the first host, the backup server."),
            theme.strong,
        )
    } else {
        let flows = grouped(app.flows().count());
        let text = format!(
            "Nothing was found. Looked at: hosts {}, flows {flows}; their roles, systems, options, addresses, zones and ports.",
            grouped(hosts as u64)
        );
        (text, theme.added)
    };
    let lines = wrap(&text, columns.saturating_sub(2), 2).into_iter();
    lines.map(|line| Line::from(Span::styled(line, style))).collect()
}

/// The name of the host that an entry is about, or of the first of several.
fn hosts(app: &App, entry: Entry<'_>) -> String {
    let all: Vec<HostId> = match entry {
        Entry::Open(finding) | Entry::Acknowledged(finding, _) => finding.hosts(),
        Entry::Outdated(entry) => entry.host.into_iter().collect(),
    };
    let Some(host) = all.first().and_then(|host| app.plan().host(*host)) else { return String::new() };
    match all.len() - 1 {
        0 => host.name.to_string(),
        more => format!("{} +{more}", host.name),
    }
}

/// How a row stands in the list.
struct Look {
    base: Style,
    selected: bool,
    focused: bool,
}

fn row(
    app: &App,
    theme: &Theme,
    entry: Entry<'_>,
    hosts: &str,
    column: usize,
    columns: u16,
    look: &Look,
) -> Line<'static> {
    let plain = |style: Style| if look.selected && look.focused { look.base } else { look.base.patch(style) };
    let (label, text, mark, rest) = match entry {
        Entry::Open(finding) => (
            format!("{} {}", finding.severity().sign(), finding.severity().word()),
            finding.statement(app.catalogue(), app.plan()),
            plain(style(theme, finding.severity())),
            look.base,
        ),
        Entry::Acknowledged(finding, acknowledged) => (
            format!("ok {}", finding.severity().word()),
            format!("{}: {}", acknowledged.reason, finding.statement(app.catalogue(), app.plan())),
            plain(theme.dim),
            plain(theme.dim),
        ),
        Entry::Outdated(acknowledged) => (
            "-- outdated".to_owned(),
            format!("{}: {}", acknowledged.check, acknowledged.reason),
            plain(theme.dim),
            plain(theme.dim),
        ),
    };
    let mut spans = vec![Span::styled(if look.selected { "▸" } else { " " }, look.base)];
    spans.extend(cell(&label, SEVERITY - 1, &[], mark, mark));
    let mut used = SEVERITY;
    if column > 0 {
        spans.extend(cell(hosts, column, &[], rest, rest));
        spans.push(Span::styled("  ", rest));
        used += column + 2;
    }
    spans.extend(cell(&text, usize::from(columns).saturating_sub(used), &[], rest, rest));
    Line::from(spans)
}

fn selected_details(app: &App, theme: &Theme, columns: usize) -> Vec<Line<'static>> {
    let Some(entry) = app.selected_entry() else { return Vec::new() };
    let mut lines = Vec::new();
    let mut add = |indent: usize, text: &str, style: Style| {
        for line in wrap(text, columns.saturating_sub(2), indent) {
            lines.push(Line::from(Span::styled(format!(" {line}"), style)));
        }
    };
    let stand = hint(app, theme, Context::Checks, Command::Acknowledge);
    match entry {
        Entry::Open(finding) | Entry::Acknowledged(finding, _) => {
            add(0, &finding.text(app.catalogue(), app.plan()), theme.strong);
            add(0, finding.check().why(), Style::new());
            add(0, &format!("To do: {}.", finding.remedy(app.catalogue())), Style::new());
        }
        Entry::Outdated(acknowledged) => {
            let text = format!("{} was acknowledged, but is not found any more.", acknowledged.check);
            add(0, &text, theme.strong);
        }
    }
    if let Some(acknowledged) = entry.acknowledged() {
        add(0, &format!("Acknowledged: {}", acknowledged.reason), Style::new());
    }
    let again = match entry {
        Entry::Open(_) => format!("{stand} acknowledge"),
        Entry::Acknowledged(..) | Entry::Outdated(_) => format!("{stand} withdraw"),
    };
    let keys: Vec<String> =
        entry.finding().and_then(|finding| mend(app, theme, finding)).into_iter().chain([again]).collect();
    add(0, &keys.join(" · "), theme.key);
    if let Some(finding) = entry.finding() {
        for detail in finding.details(app.catalogue(), app.plan()) {
            add(2, &detail, theme.dim);
        }
    }
    lines
}

/// What the key does that mends a finding.
fn mend(app: &App, theme: &Theme, finding: &Finding) -> Option<String> {
    let mend = finding.mend();
    let key = hint(app, theme, Context::Checks, Command::GoToFinding);
    (mend != Mend::Nothing).then(|| format!("{key} {}", mend.words()))
}
