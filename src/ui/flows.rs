//! The table of flows: one calm line each, what a search found is marked.

use std::ops::Range;

use ratatui::Frame;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::app::mouse::{Hits, List, Place};
use crate::app::{App, Command, Context, Focus};
use crate::catalogue::{Key, Ports};
use crate::flows::explain::{origin, purpose};
use crate::flows::search::{Column, Matcher, Skim};
use crate::flows::{Crossing, FlowRef, Grouping, HostIx, Tag};

use super::dialogs::window;
use super::hint::hint;
use super::hits;
use super::pane::{self, framing};
use super::text::{cell, fit_end, grouped, width};
use super::theme::Theme;

pub(super) fn draw(app: &App, theme: &Theme, frame: &mut Frame<'_>, area: Rect, hits: &mut Hits) -> u16 {
    hits::add(hits, area, Place::Body(List::Flows));
    let focused = matches!(app.focus(), Focus::Main | Focus::Search) && app.layers().is_empty();
    let total = app.flow_view().listing().len();
    let inner = pane::draw(theme, frame, area, framing(focused), title(app), Some(count(app, theme)));
    search_line(app, theme, frame, area, hits);
    let columns = Columns::new(app, usize::from(inner.width));
    frame.render_widget(columns.heading(theme), pane::line_of(inner, 0));
    let list = Rect { y: inner.y + 1, height: inner.height.saturating_sub(1), ..inner };
    let view = app.flow_view();
    let offset = view.list.first_visible(total, list.height);
    let marker = Marker { app, matcher: Skim::default() };
    let rows = view.listing().window(app.flows(), offset, usize::from(list.height));
    for (at, flow) in (0..).zip(&rows) {
        let selected = offset + u64::from(at) == view.list.cursor();
        let line = columns.row(app, theme, &marker, *flow, selected.then_some(focused));
        pane::put(frame, pane::line_of(list, at), &line);
        hits::add(hits, pane::line_of(list, at), Place::Row(List::Flows, offset + u64::from(at)));
    }
    if rows.is_empty() {
        empty(app, theme, frame, list);
    }
    pane::scroll_mark(theme, frame, area, offset, total);
    list.height
}

fn title(app: &App) -> &'static str {
    match (app.flow_view().grouping, app.flow_view().crossing) {
        (Grouping::Flow, Crossing::All) => "Flows",
        (Grouping::Rule, Crossing::All) => "Flows by rule",
        (Grouping::Flow, Crossing::Only) => "Flows that cross zones",
        (Grouping::Rule, Crossing::Only) => "Flows that cross zones, by rule",
    }
}

fn count(app: &App, theme: &Theme) -> Line<'static> {
    let shown = grouped(app.flow_view().listing().len());
    let text = if app.flow_view().is_narrowed() {
        format!(" {shown} of {} ", grouped(app.flows().count()))
    } else if app.flows().left_out() > 0 {
        format!(" {shown}, {} left out ", grouped(app.flows().left_out()))
    } else {
        format!(" {shown} ")
    };
    Line::from(Span::styled(text, theme.strong))
}

/// The search stands in the frame, beside the title.
fn search_line(app: &App, theme: &Theme, frame: &mut Frame<'_>, area: Rect, hits: &mut Hits) {
    let search = &app.flow_view().search;
    let active = app.focus() == Focus::Search && app.layers().is_empty();
    if search.is_empty() && !active {
        return;
    }
    let start = area.x + 4 + u16::try_from(width(title(app))).unwrap_or(0);
    let taken = u16::try_from(count(app, theme).width()).unwrap_or(0) + 2;
    let room = area.right().saturating_sub(start + taken);
    if room < 8 {
        return;
    }
    let text_room = usize::from(room) - 5;
    let (shown, column) =
        if active { window(search, text_room) } else { (fit_end(search.text(), text_room), 0) };
    let ignored = app.flow_view().query().ignored();
    let mut spans = vec![Span::styled(" / ", theme.key), Span::styled(shown, theme.strong)];
    if ignored > 0 {
        spans.push(Span::styled(format!(" ({ignored} words too many)"), theme.doubt));
    }
    spans.push(Span::raw(" "));
    let line = Line::from(spans);
    let columns = u16::try_from(line.width()).unwrap_or(room).min(room);
    let place = Rect { x: start, y: area.y, width: columns, height: 1 };
    pane::put(frame, Rect { width: room, ..place }, &line);
    hits::add(hits, place, Place::Command(Command::Search));
    if active {
        let x = start + 3 + column;
        frame.set_cursor_position(Position { x: x.min(area.right().saturating_sub(2)), y: area.y });
    }
}

fn empty(app: &App, theme: &Theme, frame: &mut Frame<'_>, list: Rect) {
    let key = |command| Span::styled(hint(app, theme, Context::Flows, command), theme.key);
    let crossing = app.flow_view().crossing == Crossing::Only && app.flows().count() > 0;
    let lines = if crossing && app.flow_view().query().is_empty() {
        vec![
            Line::raw("  No flow crosses zones: each stays inside one."),
            Line::from(vec![
                Span::raw("  "),
                key(Command::ToggleCrossing),
                Span::raw(" shows all flows again."),
            ]),
        ]
    } else if !app.flow_view().query().is_empty() {
        let clear = match app.focus() {
            Focus::Search => hint(app, theme, Context::Search, Command::Cancel),
            _ => hint(app, theme, Context::Flows, Command::ClearSearch),
        };
        vec![
            Line::raw(if crossing {
                "  No flow that crosses zones matches every word of the search."
            } else {
                "  No flow matches every word of the search."
            }),
            Line::from(vec![
                Span::raw("  "),
                Span::styled(clear, theme.key),
                Span::raw(" shows all flows again."),
            ]),
        ]
    } else if app.plan().hosts().is_empty() {
        vec![
            Line::raw("  Flows appear here as soon as two hosts have roles that talk to each other."),
            Line::from(vec![Span::raw("  "), key(Command::AddHost), Span::raw(" adds a host.")]),
        ]
    } else {
        vec![
            Line::raw("  No two hosts have roles that talk to each other yet."),
            Line::from(vec![
                Span::raw("  "),
                Span::styled(hint(app, theme, Context::Hosts, Command::AssignRoles), theme.key),
                Span::raw(" in the list of hosts gives a host roles, "),
                key(Command::ViewChecks),
                Span::raw(" shows what is missing."),
            ]),
        ]
    };
    for (at, line) in (1..).zip(lines) {
        frame.render_widget(line, pane::line_of(list, at));
    }
}

/// Finds the letters that the search matched.
struct Marker<'a> {
    app: &'a App,
    matcher: Skim,
}

impl Marker<'_> {
    fn marks(&self, column: Column, text: &str) -> Vec<Range<usize>> {
        let terms = self.app.flow_view().query().terms().iter();
        let spoken = terms.filter(|term| !term.excluded && term.speaks_of(column));
        spoken.flat_map(|term| self.matcher.marks(text, &term.text)).collect()
    }

    /// A number marks the entries whose range holds it, not the digits.
    fn port_marks(&self, ports: &Ports, text: &str) -> Vec<Range<usize>> {
        let terms = self.app.flow_view().query().terms().iter();
        let ranges: Vec<_> = terms
            .filter(|term| !term.excluded && term.speaks_of(Column::Port))
            .filter_map(|term| term.range)
            .collect();
        let mut marks = Vec::new();
        let mut from = 0;
        for item in ports.items() {
            let entry = item.to_string();
            let Some(at) = text.get(from..).and_then(|rest| rest.find(&entry)) else { continue };
            if ranges.iter().any(|range| range.overlaps(item.range)) {
                marks.push(from + at..from + at + entry.len());
            }
            from += at + entry.len();
        }
        marks
    }
}

/// The widths of the table's columns.
struct Columns {
    host: usize,
    ports: usize,
    purpose: usize,
}

/// With less room, a few words that name the service say more than the beginning of a sentence.
const SENTENCE: usize = 36;
const PROTO: usize = 5;
/// Holds `6162 or 2500-3300`.
const PORTS: usize = 17;
const MARGIN: usize = 2;
/// Between two columns.
const GAP: usize = 2;

impl Columns {
    fn new(app: &App, room: usize) -> Self {
        let hosts = app.plan().hosts();
        let longest = hosts.iter().take(2000).map(|host| width(host.name.as_str())).max().unwrap_or(4);
        let host = longest.clamp(4, (room / 5).clamp(8, 32));
        let left = room.saturating_sub(MARGIN + 2 * (host + GAP) + PROTO + GAP);
        let ports = if left >= 40 { (left / 5).clamp(PORTS, 24) } else { left.min(PORTS) };
        let purpose = left.saturating_sub(ports + GAP);
        Self { host, ports, purpose: if purpose < 10 { 0 } else { purpose } }
    }

    fn heading(&self, theme: &Theme) -> Line<'static> {
        let titles = [
            ("From", self.host),
            ("To", self.host),
            ("Proto", PROTO),
            ("Ports", self.ports),
            (self.last_title(), self.purpose),
        ];
        let mut spans = vec![Span::raw(" ".repeat(MARGIN))];
        for (title, columns) in titles.into_iter().filter(|(_, columns)| *columns > 0) {
            spans.extend(cell(title, columns, &[], theme.dim, theme.dim));
            spans.push(Span::raw(" ".repeat(GAP)));
        }
        Line::from(spans)
    }

    fn last_title(&self) -> &'static str {
        if self.purpose < SENTENCE { "Service" } else { "Purpose" }
    }

    /// What the flow is for, by its first reason.
    fn reason(&self, app: &App, flow: FlowRef) -> String {
        let reasons = &app.flows().shape(flow.shape).reasons;
        let Some(first) = reasons.first() else { return String::new() };
        let text = if self.purpose < SENTENCE {
            origin(app.catalogue(), app.plan(), *first)
                .map_or(String::new(), |origin| origin.service().to_owned())
        } else {
            without_article(purpose(app.catalogue(), app.plan(), *first))
        };
        match reasons.len() - 1 {
            0 => text,
            _ if self.purpose < SENTENCE => text,
            more => format!("{text} (+{more} more)"),
        }
    }

    /// `selected` tells whether the row has the cursor, and then whether the pane has the keyboard.
    fn row(
        &self,
        app: &App,
        theme: &Theme,
        marker: &Marker<'_>,
        flow: FlowRef,
        selected: Option<bool>,
    ) -> Line<'static> {
        let base = match selected {
            Some(true) => theme.selected,
            Some(false) => theme.remembered,
            None => Style::new(),
        };
        let shape = app.flows().shape(flow.shape);
        let host = |at: HostIx| app.plan().hosts().get(at.position()).map_or("?", |host| host.name.as_str());
        let (sign, sign_style) = sign(app, theme, flow);
        let sign_style = if selected == Some(true) { base } else { sign_style };
        let mut spans = vec![
            Span::styled(if selected.is_some() { "▸" } else { " " }, base),
            Span::styled(sign, sign_style),
        ];
        let mut column = |text: &str, columns: usize, marks: &[Range<usize>]| {
            spans.extend(cell(text, columns, marks, base, theme.found));
            spans.push(Span::styled(" ".repeat(GAP), base));
        };
        let (from, to) = (host(flow.from), host(flow.to));
        column(from, self.host, &marker.marks(Column::From, from));
        column(to, self.host, &marker.marks(Column::To, to));
        let proto = shape.transport.name();
        column(proto, PROTO, &marker.marks(Column::Proto, proto));
        let ports = shape.ports.to_string();
        column(&ports, self.ports, &marker.port_marks(&shape.ports, &ports));
        if self.purpose > 0 {
            let text = self.reason(app, flow);
            column(&text, self.purpose, &marker.marks(Column::Purpose, &text));
        }
        Line::from(spans)
    }
}

fn sign(app: &App, theme: &Theme, flow: FlowRef) -> (&'static str, Style) {
    if app.change().is_some_and(|change| change.is_new(app.flows(), flow)) {
        return ("+", theme.added);
    }
    if app.flows().shape(flow.shape).tags.contains(&Tag::Doubt) {
        return ("!", theme.doubt);
    }
    if flow.from == flow.to {
        return ("=", theme.dim);
    }
    if app.flows().shape(flow.shape).tags.contains(&Tag::Overridden) {
        return ("≠", theme.strong);
    }
    (" ", Style::new())
}

/// A table is read faster without the article at every row's beginning and the full stop at its end.
fn without_article(sentence: &str) -> String {
    let text = sentence.trim_end_matches('.');
    let Some(rest) = text.strip_prefix("The ") else { return text.to_owned() };
    let mut letters = rest.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}
