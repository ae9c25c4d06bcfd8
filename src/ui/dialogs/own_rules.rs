//! The operator's own rules, and the form of one.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::app::layers::own_rule::{PartyField, Transports};
use crate::app::layers::{RuleField, RuleForm};
use crate::app::mouse::{List, Place};
use crate::app::{App, Command, Context, ListState, Viewport};
use crate::catalogue::Transport;
use crate::plan::adapting::{party_name, speaks_of};
use crate::plan::{OwnRule, Party};
use crate::ui::hint::hint;
use crate::ui::text::{cell, fit, grouped, width};
use crate::ui::theme::Theme;
use crate::ui::{hits, pane};

use super::ports::many;

const LABEL: u16 = 14;
/// So many lines below the fields are for choices.
const CHOICES: u16 = 8;

pub(super) fn list(
    app: &App,
    theme: &Theme,
    frame: &mut Frame<'_>,
    area: Rect,
    list: &ListState,
    viewport: &mut Viewport,
) {
    let rules = app.plan().rules();
    let rows = u16::try_from(rules.len()).unwrap_or(u16::MAX);
    let area = pane::centred(area, 110, rows.max(3).saturating_add(8));
    let inner = pane::dialog(theme, frame, area, "Own rules", None);
    if rules.is_empty() {
        empty(app, theme, frame, inner);
        return;
    }
    let flows = app.flows().extents_of_own_rules(app.plan());
    let columns = Columns::new(app, usize::from(inner.width));
    pane::put(frame, pane::line_of(inner, 0), &columns.line(&TITLES, "   ", [theme.dim; 6]));
    let below = super::below(inner, rows, 4);
    let body = Rect { y: inner.y + 1, height: inner.height.saturating_sub(1 + below), ..inner };
    let len = rules.len() as u64;
    let offset = list.first_visible(len, body.height);
    let skip = usize::try_from(offset).unwrap_or(0);
    for (line, (at, rule)) in (0..body.height).zip(rules.iter().enumerate().skip(skip)) {
        let flows = flows.get(at).map_or(0, |extent| extent.flows);
        let selected = at == list.index();
        let base = theme.row(selected, true);
        let few = if flows == 0 && !selected { theme.doubt } else { base };
        let cells = cells(app, rule, flows);
        let mark = format!(" {} ", if selected { "▸" } else { " " });
        let row =
            columns.line(&cells.each_ref().map(String::as_str), &mark, [base, base, base, base, few, base]);
        let place = pane::line_of(body, line);
        pane::put(frame, place, &row);
        hits::add(&mut viewport.hits, place, Place::Row(List::Dialog, at as u64));
    }
    pane::scroll_mark(theme, frame, area, offset, len);
    if let Some(rule) = rules.get(list.index()) {
        let none = flows.get(list.index()).is_some_and(|extent| extent.flows == 0);
        let none = if none { " No flow comes of it now." } else { "" };
        let text = format!("{}: {}{none}", title(app, rule), rule.purpose);
        let about = Rect { y: body.bottom() + 1, height: below.saturating_sub(1), ..inner };
        super::lines_of(frame, about, &text, theme.dim);
    }
    viewport.dialog = body.height;
    viewport.dialog_lines = len;
}

fn empty(app: &App, theme: &Theme, frame: &mut Frame<'_>, inner: Rect) {
    let text = "No own rule yet. The catalogue has what the vendor's pages require; put here what your site needs \
                beside it, between hosts or between all hosts of a role.";
    let used = super::lines_of(
        frame,
        Rect { y: inner.y + 1, height: inner.height.saturating_sub(1), ..inner },
        text,
        Style::new(),
    );
    let line = Line::from(vec![
        Span::raw("  "),
        Span::styled(hint(app, theme, Context::OwnRules, Command::AddEntry), theme.key),
        Span::raw(" adds one, begun from the selected flow or host."),
    ]);
    frame.render_widget(line, pane::line_of(inner, used + 2));
}

const TITLES: [&str; 6] = ["From", "To", "Proto", "Ports", "Flows", "Purpose"];
const PROTO: usize = 8;
const FLOWS: usize = 7;

struct Columns {
    party: usize,
    ports: usize,
    purpose: usize,
}

impl Columns {
    fn new(app: &App, room: usize) -> Self {
        let names = app.plan().rules().iter().flat_map(|rule| [rule.from, rule.to]);
        let longest = names.map(|party| width(&named(app, party))).max().unwrap_or(4);
        let room = room.saturating_sub(4 + PROTO + FLOWS);
        let party = longest.clamp(6, (room / 4).max(6)) + 1;
        let left = room.saturating_sub(2 * party);
        let ports = left.min(16);
        Self { party, ports, purpose: left.saturating_sub(ports) }
    }

    fn line(&self, cells: &[&str; 6], mark: &str, styles: [Style; 6]) -> Line<'static> {
        let widths = [self.party, self.party, PROTO, self.ports, FLOWS, self.purpose];
        let mut spans = vec![Span::styled(mark.to_owned(), styles[0])];
        for ((text, columns), style) in cells.iter().zip(widths).zip(styles) {
            spans.extend(cell(text, columns.saturating_sub(1), &[], style, style));
            spans.push(Span::styled(" ", style));
        }
        Line::from(spans)
    }
}

fn cells(app: &App, rule: &OwnRule, flows: u64) -> [String; 6] {
    let transports: Vec<&str> = rule.transports.iter().map(|transport| transport.name()).collect();
    [
        named(app, rule.from),
        named(app, rule.to),
        transports.join(" "),
        rule.ports.to_string(),
        grouped(flows),
        rule.purpose.to_string(),
    ]
}

fn named(app: &App, party: Party) -> String {
    let name = party_name(app.plan(), app.catalogue(), party);
    match party {
        Party::Host(_) => name.to_owned(),
        Party::Role(_) => format!("any {name}"),
    }
}

fn title(app: &App, rule: &OwnRule) -> String {
    let kind = |party| match party {
        Party::Host(_) => format!("host {}", named(app, party)),
        Party::Role(_) => format!("role {}", party_name(app.plan(), app.catalogue(), party)),
    };
    format!("{} → {}", kind(rule.from), kind(rule.to))
}

pub(super) fn form(
    app: &App,
    theme: &Theme,
    frame: &mut Frame<'_>,
    area: Rect,
    form: &RuleForm,
    viewport: &mut Viewport,
) {
    let title = if form.at.is_some() { "Change own rule" } else { "Add own rule" };
    let fields = u16::try_from(RuleField::ALL.len()).unwrap_or(u16::MAX);
    let inner = pane::dialog(theme, frame, pane::centred(area, 78, fields + CHOICES + 5), title, None);
    // On a low terminal the field with the cursor stays in sight.
    let room = inner.height.saturating_sub(4).clamp(1, fields);
    let at = RuleField::ALL.iter().position(|field| *field == form.field).unwrap_or(0);
    let first = (at + 1).saturating_sub(usize::from(room));
    let top = u16::from(inner.height > fields + 4);
    for (line, (at, field)) in (top..top + room).zip(RuleField::ALL.iter().enumerate().skip(first)) {
        let place = pane::line_of(inner, line);
        hits::add(&mut viewport.hits, place, Place::Row(List::Dialog, at as u64));
        row(app, theme, frame, place, (form, *field), viewport);
    }
    let used = top + room + 1;
    let below = Rect { y: inner.y + used, height: inner.height.saturating_sub(used), ..inner };
    match (&form.error, form.party()) {
        (Some((_, error)), _) => {
            super::lines_of(frame, below, error, theme.error);
        }
        (None, Some(party)) => choices(app, theme, frame, below, party, viewport),
        (None, None) => {
            let used = super::lines_of(frame, below, &advice(app, theme, form.field), theme.dim);
            let rest = Rect { y: below.y + used, height: below.height.saturating_sub(used), ..below };
            super::lines_of(frame, rest, &reach(app, form), theme.strong);
        }
    }
}

fn row(
    app: &App,
    theme: &Theme,
    frame: &mut Frame<'_>,
    line: Rect,
    (form, field): (&RuleForm, RuleField),
    viewport: &mut Viewport,
) {
    let active = form.field == field;
    let wrong = form.error.as_ref().is_some_and(|(wrong, _)| *wrong == field);
    let value = super::labelled(theme, frame, line, label(field), LABEL, (active, wrong));
    match field {
        RuleField::From => party(app, theme, frame, value, &form.from, active),
        RuleField::To => party(app, theme, frame, value, &form.to, active),
        RuleField::Ports => super::text_field(frame, value, &form.ports, active, Style::new()),
        RuleField::Purpose => super::text_field(frame, value, &form.purpose, active, Style::new()),
        RuleField::Transports => {
            let all = Transports::ALL.iter();
            let names = all.map(|choice| (choice.label().to_owned(), *choice == form.transports));
            let spans = super::pick(theme, names);
            // Where a list of choices is open, a number means a line of that.
            if form.party().is_none() {
                super::hit_choices(&mut viewport.hits, value, &spans, Place::Pick);
            }
            frame.render_widget(Line::from(spans), value);
        }
    }
}

/// What was typed, and in front of it whether a host or a role was taken.
fn party(app: &App, theme: &Theme, frame: &mut Frame<'_>, value: Rect, party: &PartyField, active: bool) {
    const KIND: u16 = 6;
    let (kind, style) = match party.chosen {
        Some(Party::Host(_)) => ("host", theme.key),
        Some(Party::Role(_)) => ("role", theme.key),
        None if party.field.is_empty() => ("", theme.dim),
        None => ("?", theme.doubt),
    };
    frame
        .render_widget(Line::from(Span::styled(kind, style)), Rect { width: KIND.min(value.width), ..value });
    let field =
        Rect { x: value.x + KIND, width: value.width.saturating_sub(KIND), ..value }.intersection(value);
    let style = if active && party.field.is_proposal() { theme.selected } else { Style::new() };
    super::text_field(frame, field, &party.field, active, style);
    let note = party.chosen.map(|chosen| about(app, chosen)).filter(|_| !active);
    if let Some(note) = note {
        let taken = u16::try_from(width(party.field.text())).unwrap_or(u16::MAX).saturating_add(2);
        let room = field.width.saturating_sub(taken);
        let place = Rect { x: field.x.saturating_add(taken), width: room, ..field }.intersection(field);
        pane::put(frame, place, &Line::from(Span::styled(fit(&note, usize::from(room)), theme.dim)));
    }
}

/// The addresses of a host, or how many hosts have a role.
fn about(app: &App, party: Party) -> String {
    match party {
        Party::Host(id) => {
            let addresses = app.plan().host(id).map(|host| host.addresses.as_slice()).unwrap_or_default();
            match addresses {
                [] => "no address".to_owned(),
                [only] => only.to_string(),
                [first, rest @ ..] => format!("{first} (+{})", rest.len()),
            }
        }
        Party::Role(_) => {
            let hosts = app.plan().hosts().iter();
            let count = hosts.filter(|host| speaks_of(app.catalogue(), party, host)).count();
            many(count as u64, "host")
        }
    }
}

fn choices(
    app: &App,
    theme: &Theme,
    frame: &mut Frame<'_>,
    area: Rect,
    party: &PartyField,
    viewport: &mut Viewport,
) {
    let choices = party.choices(app.plan(), app.catalogue());
    if choices.is_empty() {
        let text = "No host and no role has such a name.";
        super::lines_of(frame, area, text, theme.doubt);
        return;
    }
    let list = Rect { height: area.height.saturating_sub(1).max(1), ..area }.intersection(area);
    let offset = party.list.first_visible(choices.len() as u64, list.height);
    let skip = usize::try_from(offset).unwrap_or(0);
    for (line, (at, choice)) in (0..list.height).zip(choices.iter().enumerate().skip(skip)) {
        let selected = at == party.list.index();
        let style = if selected { theme.selected } else { Style::new() };
        let quiet = if selected { style } else { theme.dim };
        let kind = if matches!(choice, Party::Host(_)) { "host" } else { "role" };
        let mut spans = vec![Span::styled(if selected { "            ▸ " } else { "              " }, style)];
        spans.extend(cell(kind, 6, &[], quiet, quiet));
        let name = party_name(app.plan(), app.catalogue(), *choice);
        spans.extend(cell(name, 28, &[], style, style));
        let room = usize::from(list.width).saturating_sub(50);
        spans.extend(cell(&about(app, *choice), room, &[], quiet, quiet));
        let place = pane::line_of(list, line);
        pane::put(frame, place, &Line::from(spans));
        hits::add(&mut viewport.hits, place, Place::Pick(at));
    }
    let key = |command| hint(app, theme, Context::Fields, command);
    let (up, down, take) = (key(Command::Up), key(Command::Down), key(Command::NextField));
    let text = format!("Type a part of a name; {up} {down} choose, {take} takes it. {} fit.", choices.len());
    super::lines_of(
        frame,
        Rect { y: list.bottom(), height: area.height - list.height, ..area },
        &text,
        theme.dim,
    );
    viewport.dialog = list.height;
    viewport.dialog_lines = choices.len() as u64;
}

fn label(field: RuleField) -> &'static str {
    match field {
        RuleField::From => "From",
        RuleField::To => "To",
        RuleField::Transports => "Transports",
        RuleField::Ports => "Ports",
        RuleField::Purpose => "Purpose",
    }
}

fn advice(app: &App, theme: &Theme, field: RuleField) -> String {
    let key = |command| hint(app, theme, Context::Fields, command);
    match field {
        RuleField::From | RuleField::To => String::new(),
        RuleField::Transports => {
            let (on, back) = (key(Command::ChangeOn), key(Command::ChangeBack));
            format!("{}, {on} or {back} change it. \"Both\" is {} and {}.", key(Command::Toggle), Transport::Tcp, Transport::Udp)
        }
        RuleField::Ports => {
            "465, 2500-3300, or several; 1058+ for \"or the next free port\"; 6162 or 2500-3300 for a fallback."
                .to_owned()
        }
        RuleField::Purpose => {
            "What the connection is for. It stands in the lists, and in the rules that are made from it.".to_owned()
        }
    }
}

/// How many hosts the rule speaks of.
fn reach(app: &App, form: &RuleForm) -> String {
    match form.reach(app.plan(), app.catalogue()) {
        None => String::new(),
        Some((from, to)) if from == 0 || to == 0 => {
            "No host has the role yet: the rule waits until one has.".to_owned()
        }
        Some((from, to)) => format!("{} → {}.", many(from as u64, "host"), many(to as u64, "host")),
    }
}
