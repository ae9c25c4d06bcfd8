//! The zones, the form of one, and the hosts that stand in one.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::app::layers::zones::{ZoneLine, ZoneRow, lines};
use crate::app::layers::{ZoneField, ZoneForm, ZoneHosts};
use crate::app::mouse::{List, Place};
use crate::app::{App, Command, Context, ListState, Viewport};
use crate::plan::{Host, Standing, ZoneName};
use crate::ui::hint::hint;
use crate::ui::text::{cell, fit, width, wrap};
use crate::ui::theme::Theme;
use crate::ui::{hits, pane};

use super::ports::many;

const LABEL: u16 = 14;
/// Holds `12 named, 34 by address`.
const HOSTS: usize = 24;
/// The lines of notes in the form.
const NOTES: u16 = 8;

pub(super) fn list(
    app: &App,
    theme: &Theme,
    frame: &mut Frame<'_>,
    area: Rect,
    list: &ListState,
    viewport: &mut Viewport,
) {
    let zones = lines(app.plan());
    let rows = u16::try_from(zones.len()).unwrap_or(u16::MAX);
    let area = pane::centred(area, 94, rows.max(2).saturating_add(8));
    let inner = pane::dialog(theme, frame, area, "Zones", None);
    let names = zones.iter().map(|line| width(&row_name(&line.row))).max().unwrap_or(4);
    let names = names.clamp(6, (usize::from(inner.width) / 3).max(6)) + 2;
    let networks = usize::from(inner.width).saturating_sub(3 + names + HOSTS);
    let titles = [("Zone", names), ("Hosts", HOSTS), ("Networks", networks)];
    let mut heading = vec![Span::raw("   ")];
    heading.extend(
        titles.into_iter().flat_map(|(title, columns)| cell(title, columns, &[], theme.dim, theme.dim)),
    );
    pane::put(frame, pane::line_of(inner, 0), &Line::from(heading));
    let below = super::below(inner, rows, 5);
    let body = Rect { y: inner.y + 1, height: inner.height.saturating_sub(1 + below), ..inner };
    let offset = list.first_visible(zones.len() as u64, body.height);
    let skip = usize::try_from(offset).unwrap_or(0);
    for (row, (at, line)) in (0..body.height).zip(zones.iter().enumerate().skip(skip)) {
        let selected = at == list.index();
        let base = theme.row(selected, true);
        let other = match (&line.row, selected) {
            (_, true) => base,
            (ZoneRow::Torn, _) => theme.doubt,
            (ZoneRow::Nowhere, _) => theme.dim,
            _ => base,
        };
        let mut spans = vec![Span::styled(if selected { " ▸ " } else { "   " }, base)];
        spans.extend(cell(&fit(&row_name(&line.row), names - 1), names, &[], other, other));
        spans.extend(cell(&count(line), HOSTS, &[], other, other));
        spans.extend(cell(&networks_of(line), networks, &[], other, other));
        let place = pane::line_of(body, row);
        pane::put(frame, place, &Line::from(spans));
        hits::add(&mut viewport.hits, place, Place::Row(List::Dialog, at as u64));
    }
    pane::scroll_mark(theme, frame, area, offset, zones.len() as u64);
    let about = Rect { y: body.bottom() + 1, height: below.saturating_sub(1), ..inner };
    super::lines_of(frame, about, &advice(app, theme, zones.get(list.index())), theme.dim);
    viewport.dialog = body.height;
    viewport.dialog_lines = zones.len() as u64;
}

fn row_name(row: &ZoneRow) -> String {
    match row {
        ZoneRow::Zone(name) => name.to_string(),
        ZoneRow::Torn => "(torn between zones)".to_owned(),
        ZoneRow::Nowhere => "(no zone)".to_owned(),
    }
}

fn count(line: &ZoneLine) -> String {
    match (&line.row, line.named, line.by_address) {
        (ZoneRow::Zone(_), 0, 0) => "no host".to_owned(),
        (ZoneRow::Zone(_), 0, by_address) => format!("{by_address} by address"),
        (ZoneRow::Zone(_), named, 0) => format!("{named} named"),
        (ZoneRow::Zone(_), named, by_address) => format!("{named} named, {by_address} by address"),
        (_, _, number) => many(number as u64, "host"),
    }
}

fn networks_of(line: &ZoneLine) -> String {
    match (&line.row, &line.networks) {
        (ZoneRow::Zone(_), Some(networks)) if !networks.is_empty() => {
            networks.iter().map(ToString::to_string).collect::<Vec<String>>().join(", ")
        }
        (ZoneRow::Zone(_), _) => "no network yet".to_owned(),
        _ => String::new(),
    }
}

/// What can be done with the line, and what comes of it.
fn advice(app: &App, theme: &Theme, line: Option<&ZoneLine>) -> String {
    let key = |command| hint(app, theme, Context::Zones, command);
    let add = key(Command::AddEntry);
    match line {
        None => {
            format!(
                "No zone yet. {add} adds one: a name and its networks. Hosts fall into zones by their addresses."
            )
        }
        Some(ZoneLine { row: ZoneRow::Torn, .. }) => format!(
            "Their addresses lie in several zones, or in one and outside of all. {} shows them, to put each into a \
             zone by name.",
            key(Command::EditEntry)
        ),
        Some(ZoneLine { row: ZoneRow::Nowhere, .. }) => format!(
            "They name no zone, and no address of theirs lies in a zone's network. {} shows them; {add} adds a zone.",
            key(Command::EditEntry)
        ),
        Some(ZoneLine { named: 0, .. }) => format!(
            "Addresses decide where a host stands, the longest prefix first. {} changes name and networks, {} \
             deletes the zone.",
            key(Command::EditEntry),
            key(Command::DeleteEntry)
        ),
        Some(ZoneLine { named, .. }) => format!(
            "{} here by name, whatever the addresses say. A new name goes to {}, too; if {} deletes the zone, \
             addresses decide.",
            if *named == 1 { "1 host is".to_owned() } else { format!("{named} hosts are") },
            if *named == 1 { "it" } else { "them" },
            key(Command::DeleteEntry)
        ),
    }
}

pub(super) fn form(
    app: &App,
    theme: &Theme,
    frame: &mut Frame<'_>,
    area: Rect,
    form: &ZoneForm,
    viewport: &mut Viewport,
) {
    let title = if form.before.is_some() { "Change zone" } else { "Add zone" };
    let inner = pane::dialog(theme, frame, pane::centred(area, 78, NOTES + 6), title, None);
    let fields = [(ZoneField::Name, "Name", &form.name), (ZoneField::Networks, "Networks", &form.networks)];
    let top = u16::from(inner.height > 6);
    for (at, (field, label, text)) in (0..).zip(fields) {
        let place = pane::line_of(inner, top + at);
        hits::add(&mut viewport.hits, place, Place::Row(List::Dialog, u64::from(at)));
        let active = form.field == field;
        let wrong = form.error.as_ref().is_some_and(|(wrong, _)| *wrong == field);
        let value = super::labelled(theme, frame, place, label, LABEL, (active, wrong));
        super::text_field(frame, value, text, active && place.height > 0, Style::new());
    }
    let used = top + 3;
    let below = Rect { y: inner.y + used, height: inner.height.saturating_sub(used), ..inner };
    if let Some((_, error)) = &form.error {
        super::lines_of(frame, below, error, theme.error);
        return;
    }
    let advice = match form.field {
        ZoneField::Name => "A short name, such as dmz. Searches, checks and rules use it.",
        ZoneField::Networks => {
            "Networks such as 10.0.8.0/24 or 2001:db8::/64, or single addresses; several with commas or spaces."
        }
    };
    let used = super::lines_of(frame, below, advice, theme.dim) + 1;
    let below = Rect { y: below.y + used, height: below.height.saturating_sub(used), ..below };
    notes(frame, below, &form.notes(app.plan()));
}

/// What the networks come to; what has no room is counted.
fn notes(frame: &mut Frame<'_>, area: Rect, notes: &[String]) {
    let columns = usize::from(area.width).saturating_sub(6);
    let lines: Vec<String> = notes
        .iter()
        .flat_map(|note| {
            let wrapped = wrap(note, columns, 0).into_iter().enumerate();
            wrapped.map(|(at, line)| if at == 0 { format!("· {line}") } else { format!("  {line}") })
        })
        .collect();
    let room = usize::from(area.height);
    let shown = if lines.len() > room { room.saturating_sub(1) } else { lines.len() };
    let more =
        (shown < lines.len()).then(|| format!("… {}", many((lines.len() - shown) as u64, "more line")));
    for (at, line) in (0..area.height).zip(lines.into_iter().take(shown).chain(more)) {
        pane::put(frame, pane::line_of(area, at), &Line::raw(format!("  {line}")));
    }
}

pub(super) fn hosts(
    app: &App,
    theme: &Theme,
    frame: &mut Frame<'_>,
    area: Rect,
    dialog: &ZoneHosts,
    viewport: &mut Viewport,
) {
    let hosts = dialog.hosts(app.plan());
    let rows = u16::try_from(hosts.len()).unwrap_or(u16::MAX);
    let area = pane::centred(area, 94, rows.max(1).saturating_add(5));
    let title = match &dialog.row {
        ZoneRow::Zone(name) => format!("Hosts of zone {name}"),
        ZoneRow::Torn => "Hosts torn between zones".to_owned(),
        ZoneRow::Nowhere => "Hosts without a zone".to_owned(),
    };
    let inner = pane::dialog(theme, frame, area, &fit(&title, 70), None);
    let body = Rect { height: inner.height.saturating_sub(2).max(1), ..inner }.intersection(inner);
    let offset = dialog.list.first_visible(hosts.len() as u64, body.height);
    let skip = usize::try_from(offset).unwrap_or(0);
    let shown: Vec<(usize, &Host)> = hosts
        .iter()
        .enumerate()
        .skip(skip)
        .take(usize::from(body.height))
        .filter_map(|(at, id)| Some((at, app.plan().host(*id)?)))
        .collect();
    let names = shown.iter().map(|(_, host)| width(host.name.as_str())).max().unwrap_or(4);
    let names = names.clamp(6, (usize::from(body.width) / 3).max(6)) + 2;
    for (line, (at, host)) in (0..body.height).zip(shown) {
        let selected = at == dialog.list.index();
        let base = theme.row(selected, true);
        let quiet = if selected { base } else { theme.dim };
        let mut spans = vec![Span::styled(if selected { " ▸ " } else { "   " }, base)];
        spans.extend(cell(&fit(host.name.as_str(), names - 1), names, &[], base, base));
        let room = usize::from(body.width).saturating_sub(names + 3);
        spans.extend(cell(&why(app, host), room, &[], quiet, quiet));
        let place = pane::line_of(body, line);
        pane::put(frame, place, &Line::from(spans));
        hits::add(&mut viewport.hits, place, Place::Row(List::Dialog, at as u64));
    }
    pane::scroll_mark(theme, frame, area, offset, hosts.len() as u64);
    let key = hint(app, theme, Context::ZoneHosts, Command::EditEntry);
    let text = match hosts.len() {
        0 => "No host stands here any more.".to_owned(),
        _ => format!("{key} changes the host's zone or addresses."),
    };
    let about =
        Rect { y: body.bottom() + 1, height: inner.bottom().saturating_sub(body.bottom() + 1), ..inner };
    super::lines_of(frame, about, &text, theme.dim);
    viewport.dialog = body.height;
    viewport.dialog_lines = hosts.len() as u64;
}

/// Why a host stands where it stands.
fn why(app: &App, host: &Host) -> String {
    let zone = |zone: Option<&ZoneName>| zone.map_or("no zone".to_owned(), ToString::to_string);
    let networks = host.addresses.iter().filter(|address| address.network().is_some());
    match app.plan().standing(host) {
        Standing::Named(_) => "put there by name".to_owned(),
        Standing::Nowhere if host.addresses.is_empty() => "no address".to_owned(),
        Standing::Torn(..) => {
            let parts =
                networks.map(|address| format!("{address} in {}", zone(app.plan().zone_of_address(address))));
            parts.collect::<Vec<String>>().join(", ")
        }
        _ => host.addresses.iter().map(ToString::to_string).collect::<Vec<String>>().join(", "),
    }
}
