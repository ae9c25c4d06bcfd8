//! The flows that came and went since the baseline, in groups, with the reasons of the selected one.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::app::baselines::Pinned;
use crate::app::mouse::{Hits, List, Place};
use crate::app::{App, Command, Context, Focus};
use crate::flows::changes::{Cause, ChangedFlow, Fate, GroupBy, Heading, Row, Topic, Weight};
use crate::flows::explain::origin;
use crate::flows::{Delta, Flows};
use crate::plan::Plan;
use crate::review::Difference;

use super::hint::hint;
use super::hits;
use super::pane::{self, framing};
use super::text::{cell, fit, grouped, width, wrap};
use super::theme::Theme;
use super::why;

/// Draws the view; gives the height of the list in lines.
pub(super) fn draw(app: &App, theme: &Theme, frame: &mut Frame<'_>, area: Rect, hits: &mut Hits) -> u16 {
    hits::add(hits, area, Place::Body(List::Changes));
    let focused = app.focus() == Focus::Main && app.layers().is_empty();
    let (Some(pinned), Some(list)) = (app.comparison(), app.changes()) else {
        let inner = pane::draw(theme, frame, area, framing(focused), "Changes", None);
        lines(frame, inner, without_baseline(app, theme, usize::from(inner.width)));
        return inner.height;
    };
    let count =
        Line::from([&[Span::raw(" ")][..], &delta(theme, list.delta(), None), &[Span::raw(" ")]].concat());
    let room = usize::from(area.width).saturating_sub(count.width() + 6);
    let title = fit(&title(list.by(), pinned), room);
    let inner = pane::draw(theme, frame, area, framing(focused), &title, Some(count));
    if list.is_empty() {
        lines(frame, inner, without_difference(app, theme, pinned, usize::from(inner.width)));
        return inner.height;
    }
    let below = if inner.height < 10 { 0 } else { (inner.height * 2 / 5).clamp(4, 14) };
    let rows = Rect { height: inner.height - below, ..inner };
    let offset = app.change_list().first_visible(list.len(), rows.height);
    let table = Table::new(app, pinned, usize::from(rows.width));
    for (at, row) in (0..).zip(list.window(offset, usize::from(rows.height))) {
        let number = offset + u64::from(at);
        let style = theme.row(number == app.change_list().cursor(), focused);
        let is_selected = number == app.change_list().cursor();
        let line = table.row(theme, &row, style, is_selected);
        pane::put(frame, pane::line_of(rows, at), &line);
        hits::add(hits, pane::line_of(rows, at), Place::Row(List::Changes, number));
    }
    pane::scroll_mark(theme, frame, Rect { height: rows.height + 2, ..area }, offset, list.len());
    if below > 1 {
        let rule = pane::line_of(inner, rows.height);
        frame.render_widget(Span::styled("─".repeat(usize::from(rule.width)), theme.frame), rule);
        let details = Rect { y: rule.y + 1, height: below - 1, ..inner };
        lines(frame, details, selected(app, theme, pinned, usize::from(inner.width)));
    }
    rows.height
}

fn lines(frame: &mut Frame<'_>, area: Rect, lines: Vec<Line<'static>>) {
    for (at, line) in (0..area.height).zip(lines) {
        pane::put(frame, pane::line_of(area, at), &line);
    }
}

fn title(by: GroupBy, pinned: &Pinned) -> String {
    let by = match by {
        GroupBy::Reason => "by reason",
        GroupBy::Host => "by host",
    };
    format!("Changes since \"{}\", {by}", pinned.name())
}

fn delta(theme: &Theme, delta: Delta, base: Option<Style>) -> Vec<Span<'static>> {
    let part = |sign: char, number: u64, style| {
        Span::styled(format!("{sign}{}", grouped(number)), base.unwrap_or(style))
    };
    vec![
        part('+', delta.added, theme.added),
        Span::styled(" ", base.unwrap_or_default()),
        part('−', delta.removed, theme.removed),
    ]
}

/// A text, wrapped.
fn told(text: &str, columns: usize, style: Style) -> Vec<Line<'static>> {
    wrap(text, columns.saturating_sub(3), 0)
        .into_iter()
        .map(|line| Line::styled(format!("  {line}"), style))
        .collect()
}

fn without_baseline(app: &App, theme: &Theme, columns: usize) -> Vec<Line<'static>> {
    let key = hint(app, theme, Context::Changes, Command::Baselines);
    let mut lines = vec![Line::default()];
    lines.extend(told("There is nothing to compare the plan with yet.", columns, theme.strong));
    lines.extend(told(
        &format!("{key} pins the plan as it is now. From then on, every flow that you add or take away stands here, with its reason."),
        columns,
        Style::new(),
    ));
    lines
}

/// No flow came or went; something else may differ all the same.
fn without_difference(app: &App, theme: &Theme, pinned: &Pinned, columns: usize) -> Vec<Line<'static>> {
    let mut lines = vec![Line::default()];
    let text = format!("No flow came or went since \"{}\".", pinned.name());
    lines.extend(told(&text, columns, theme.strong));
    let difference = Difference::between(app.catalogue(), pinned.plan(), app.plan());
    if difference.is_empty() {
        let key = hint(app, theme, Context::Changes, Command::Baselines);
        let text = format!(
            "The plan says what it said then. Change it and see what that does; {key} has other baselines."
        );
        lines.extend(told(&text, columns, Style::new()));
    } else {
        lines.extend(told("The plan differs in what opens no port:", columns, Style::new()));
        for line in difference.lines() {
            lines.extend(told(&format!("  {line}"), columns, Style::new()));
        }
    }
    lines
}

/// The columns of the list.
struct Table<'a> {
    app: &'a App,
    pinned: &'a Pinned,
    columns: usize,
    host: usize,
    ports: usize,
    service: usize,
}

const PROTO: usize = 5;
const GAP: usize = 2;

impl<'a> Table<'a> {
    fn new(app: &'a App, pinned: &'a Pinned, columns: usize) -> Self {
        let names = app.plan().hosts().iter().chain(pinned.plan().hosts());
        let longest = names.take(4000).map(|host| width(host.name.as_str())).max().unwrap_or(4);
        let host = longest.clamp(4, (columns / 5).clamp(8, 32));
        let left = columns.saturating_sub(5 + 2 * (host + GAP) + PROTO + GAP);
        let ports = if left >= 40 { (left / 5).clamp(17, 24) } else { left.min(17) };
        let service = left.saturating_sub(ports + GAP);
        Self { app, pinned, columns, host, ports, service: if service < 10 { 0 } else { service } }
    }

    fn row(&self, theme: &Theme, row: &Row, style: Style, is_selected: bool) -> Line<'static> {
        let cursor = Span::styled(if is_selected { "▸" } else { " " }, style);
        match row {
            Row::Heading(heading) => self.heading(theme, heading, style, cursor),
            Row::Flow(flow) => self.flow(theme, flow, style, cursor),
        }
    }

    fn heading(
        &self,
        theme: &Theme,
        heading: &Heading,
        style: Style,
        cursor: Span<'static>,
    ) -> Line<'static> {
        let is_plain = style == Style::new();
        let counts = delta(theme, heading.delta, (!is_plain).then_some(style));
        let room = self.columns.saturating_sub(counts.iter().map(Span::width).sum::<usize>() + 4);
        let text = match (heading.topic, self.app.change_teller()) {
            (Topic::Cause(cause), Some(teller)) => format!("because {}", teller.tell(cause)),
            (Topic::Host(host), Some(teller)) => format!("from {}", teller.name(host)),
            (_, None) => String::new(),
        };
        let strong = if is_plain { theme.strong } else { style };
        let mut spans = vec![cursor];
        spans.extend(cell(&text, room, &[], strong, strong));
        spans.push(Span::styled("  ", style));
        spans.extend(counts);
        spans.push(Span::styled(" ", style));
        Line::from(spans)
    }

    fn flow(&self, theme: &Theme, row: &ChangedFlow, style: Style, cursor: Span<'static>) -> Line<'static> {
        let (plan, flows) = state(self.app, self.pinned, row.fate);
        let name = |id| plan.host(id).map_or("?", |host| host.name.as_str());
        let shape = flows.shape(row.flow.shape);
        let sign_style = match row.fate {
            _ if style != Style::new() => style,
            Fate::Added => theme.added,
            Fate::Removed => theme.removed,
        };
        let mut spans = vec![
            cursor,
            Span::styled("  ", style),
            Span::styled(format!("{} ", row.fate.sign()), sign_style),
        ];
        let mut column = |text: &str, columns: usize| {
            spans.extend(cell(text, columns, &[], style, style));
            spans.push(Span::styled(" ".repeat(GAP), style));
        };
        column(name(row.from), self.host);
        column(name(row.to), self.host);
        column(shape.transport.name(), PROTO);
        column(&shape.ports.to_string(), self.ports);
        if self.service > 0 {
            let first = shape.reasons.first().and_then(|rule| origin(self.app.catalogue(), plan, *rule));
            column(first.as_ref().map_or("", |origin| origin.service()), self.service);
        }
        Line::from(spans)
    }
}

/// The state that has the flow.
fn state<'a>(app: &'a App, pinned: &'a Pinned, fate: Fate) -> (&'a Plan, &'a Flows) {
    match fate {
        Fate::Added => (app.plan(), app.flows()),
        Fate::Removed => (pinned.plan(), pinned.flows()),
    }
}

fn selected(app: &App, theme: &Theme, pinned: &Pinned, columns: usize) -> Vec<Line<'static>> {
    let Some(teller) = app.change_teller() else { return Vec::new() };
    let tell = |causes: &[Cause], between: &str| {
        causes.iter().map(|cause| teller.tell(*cause)).collect::<Vec<_>>().join(between)
    };
    let mut lines = Vec::new();
    match app.selected_change() {
        None => {}
        Some(Row::Heading(heading)) => {
            let text = match heading.topic {
                Topic::Cause(cause) => format!("{} because {}.", counted(heading.delta), teller.tell(cause)),
                Topic::Host(host) => {
                    format!("{}: connections that {} opens.", counted(heading.delta), teller.name(host))
                }
            };
            lines.extend(told(&text, columns, theme.strong));
        }
        Some(Row::Flow(row)) => {
            let came = if row.fate == Fate::Added { "New" } else { "Gone" };
            let text = match row.weight {
                Weight::Each => format!("{came} because {}.", tell(&row.causes, "; and because ")),
                Weight::Together => format!("{came} because together {}.", tell(&row.causes, ", and ")),
            };
            lines.extend(told(&text, columns, theme.strong));
            let state = state(app, pinned, row.fate);
            lines.extend(why::explain(app.catalogue(), state, theme, row.flow, columns));
        }
    }
    let causes = app.causes_to_take_back();
    if !causes.is_empty() {
        let key = hint(app, theme, Context::Changes, Command::TakeBack);
        let is_told = match app.selected_change() {
            Some(Row::Heading(heading)) => matches!(heading.topic, Topic::Cause(_)),
            Some(Row::Flow(row)) => row.causes == causes,
            None => false,
        };
        let what =
            if is_told { "that back".to_owned() } else { format!("back that {}", tell(&causes, ", and ")) };
        let text = format!("{key} takes {what}: there the plan is as in \"{}\" again.", pinned.name());
        lines.splice(1.min(lines.len())..1.min(lines.len()), told(&text, columns, theme.key));
    }
    lines
}

fn counted(delta: Delta) -> String {
    let flows = |number: u64| format!("{} flow{}", grouped(number), if number == 1 { "" } else { "s" });
    match (delta.added, delta.removed) {
        (added, 0) => format!("{} came", flows(added)),
        (0, removed) => format!("{} went", flows(removed)),
        (added, removed) => format!("{} came, {} went", flows(added), grouped(removed)),
    }
}
