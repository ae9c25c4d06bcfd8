//! The lines of the dialog that brings hosts in.

use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::app::layers::ImportPreview;
use crate::app::layers::import::Section;
use crate::app::{App, Command, Context};
use crate::catalogue::{Catalogue, Os};
use crate::plan::import::{Arrival, Field, Guessed, Headings, NewHost};
use crate::ui::hint::hint;
use crate::ui::text::{cell, grouped};
use crate::ui::theme::Theme;

/// Columns of the mark before a row.
const MARK: usize = 3;

/// How the columns of hosts share a line.
struct Widths {
    name: usize,
    system: usize,
    addresses: usize,
    roles: usize,
}

impl Widths {
    fn of(columns: usize) -> Self {
        let room = columns.saturating_sub(MARK + 1);
        let (name, addresses, system) = (room * 26 / 100, room * 27 / 100, 8);
        let roles = room.saturating_sub(name + addresses + system + 6);
        Self { name, system, addresses, roles }
    }
}

/// The heading of a part.
pub(super) fn heading(
    theme: &Theme,
    dialog: &ImportPreview,
    section: Section,
    style: Style,
    width: u16,
) -> Line<'static> {
    let (title, number) = match section {
        Section::Columns => ("Columns", dialog.len(section)),
        Section::Hosts => ("Hosts", dialog.len(section)),
        Section::Unread if dialog.import().unread.is_empty() => ("Notes", dialog.len(section)),
        Section::Unread => ("Not read", dialog.import().unread.len() as u64),
    };
    let title = format!(" {title} {}", grouped(number));
    let mut spans = vec![Span::styled(title.clone(), style)];
    if section == Section::Hosts {
        let widths = Widths::of(usize::from(width));
        let behind = (MARK + widths.name + 2).saturating_sub(title.chars().count());
        spans.push(Span::raw(" ".repeat(behind)));
        for (text, width) in
            [("system", widths.system), ("addresses", widths.addresses), ("roles", widths.roles)]
        {
            spans.extend(cell(text, width, &[], theme.dim, theme.dim));
            spans.push(Span::raw("  "));
        }
    }
    Line::from(spans)
}

/// A line of a part; `None` behind its end.
pub(super) fn row(
    catalogue: &Catalogue,
    theme: &Theme,
    dialog: &ImportPreview,
    section: Section,
    at: usize,
    columns: usize,
) -> Option<Line<'static>> {
    let mut line = match section {
        Section::Columns => column(theme, dialog, at, columns),
        Section::Hosts => host(catalogue, theme, dialog, at, columns),
        Section::Unread => unread(theme, dialog, at, columns),
    }?;
    let selected = dialog.section == section && dialog.list(section).index() == at;
    line.spans.insert(0, Span::raw(if selected { "▸" } else { " " }));
    Some(line)
}

fn column(theme: &Theme, dialog: &ImportPreview, at: usize, columns: usize) -> Option<Line<'static>> {
    let table = dialog.table()?;
    let field = *table.columns().get(at)?;
    let idle = field == Field::Nothing;
    let style = if idle { theme.dim } else { Style::new() };
    let room = columns.saturating_sub(MARK + 1);
    let (heading, word) = (room * 28 / 100, 12);
    let mut spans = vec![Span::raw(" ".repeat(MARK - 1))];
    spans.extend(cell(&table.heading(at), heading, &[], style, style));
    spans.push(Span::raw("  "));
    spans.extend(cell(field.word(), word, &[], style, style));
    let example = table.example(at).unwrap_or_default();
    spans.extend(cell(&example, room.saturating_sub(heading + word + 2), &[], theme.dim, theme.dim));
    Some(Line::from(spans))
}

fn host(
    catalogue: &Catalogue,
    theme: &Theme,
    dialog: &ImportPreview,
    at: usize,
    columns: usize,
) -> Option<Line<'static>> {
    let host = dialog.import().hosts.get(at)?;
    let (mark, style) = match dialog.arrivals().get(at)? {
        Arrival::New => ("+ ", theme.added),
        Arrival::Gains { .. } => ("~ ", theme.doubt),
        Arrival::Known => ("= ", theme.dim),
    };
    let widths = Widths::of(columns);
    let guessed = |what| if host.guesses.iter().any(|guess| guess.what == what) { "?" } else { "" };
    let system = match host.os {
        Os::Other => String::new(),
        os => format!("{}{}", os.label(), guessed(Guessed::System(os))),
    };
    let addresses: Vec<String> = host.addresses.iter().map(ToString::to_string).collect();
    let roles: Vec<String> = host
        .roles
        .iter()
        .map(|role| format!("{}{}", catalogue.roles()[role].id, guessed(Guessed::Role(role))))
        .collect();
    let name = format!("{}{}", host.name, guessed(Guessed::Name));
    let plain = Style::new();
    let mut spans = vec![Span::styled(mark, style)];
    spans.extend(cell(&name, widths.name, &[], plain, plain));
    for (text, width) in
        [(system, widths.system), (addresses.join(", "), widths.addresses), (roles.join(", "), widths.roles)]
    {
        spans.push(Span::raw("  "));
        spans.extend(cell(&text, width, &[], plain, plain));
    }
    Some(Line::from(spans))
}

fn unread(theme: &Theme, dialog: &ImportPreview, at: usize, columns: usize) -> Option<Line<'static>> {
    let import = dialog.import();
    let room = columns.saturating_sub(MARK + 1);
    let (mark, text, style) = match import.unread.get(at) {
        Some(unread) => {
            let text = if unread.text.is_empty() { unread.why.to_string() } else { unread.text.clone() };
            ("! ", format!("{}: {text}", unread.place), Style::new())
        }
        None => ("· ", import.notes.get(at - import.unread.len())?.clone(), theme.dim),
    };
    let mut spans = vec![Span::styled(mark, theme.doubt)];
    spans.extend(cell(&text, room, &[], style, style));
    Some(Line::from(spans))
}

/// All about what is selected.
pub(super) fn details(app: &App, theme: &Theme, dialog: &ImportPreview) -> String {
    let at = dialog.list(dialog.section).index();
    match dialog.section {
        Section::Columns => column_details(app, theme, dialog),
        Section::Hosts => match (dialog.import().hosts.get(at), dialog.arrivals().get(at)) {
            (Some(host), Some(arrival)) => host_details(app.catalogue(), host, arrival),
            _ => String::new(),
        },
        Section::Unread => {
            let import = dialog.import();
            match import.unread.get(at) {
                Some(unread) => {
                    let text =
                        if unread.text.is_empty() { String::new() } else { format!(" \"{}\"", unread.text) };
                    format!("{}:{text}: {}", unread.place, unread.why)
                }
                None => import.notes.get(at.saturating_sub(import.unread.len())).cloned().unwrap_or_default(),
            }
        }
    }
}

fn column_details(app: &App, theme: &Theme, dialog: &ImportPreview) -> String {
    let key = |command| hint(app, theme, Context::Import, command);
    let words = Field::ALL.map(Field::word).join(", ");
    let first = match dialog.table().map(crate::plan::import::Table::headings) {
        Some(Headings::FirstRow) => "the first row has the headings",
        _ => "the first row is a host",
    };
    format!(
        "{} and {} choose what the column holds: {words}. {}: {first}.",
        key(Command::PreviousMeaning),
        key(Command::NextMeaning),
        key(Command::ToggleHeadings)
    )
}

fn host_details(catalogue: &Catalogue, host: &NewHost, arrival: &Arrival) -> String {
    let mut parts = Vec::new();
    match arrival {
        Arrival::New => {}
        Arrival::Known => parts.push("in the plan already and stays as it is".to_owned()),
        Arrival::Gains { addresses, roles } => {
            let mut gains: Vec<String> = addresses.iter().map(ToString::to_string).collect();
            gains.extend(roles.iter().map(|role| catalogue.roles()[role].label.clone()));
            parts
                .push(format!("in the plan already, gains {} and keeps the rest as it is", gains.join(", ")));
        }
    }
    if *arrival == Arrival::New {
        parts.extend(host.zone.as_ref().map(|zone| format!("zone {zone}")));
        parts.extend(host.site.as_ref().map(|site| format!("site {site}")));
        parts.extend(host.note.as_ref().map(|note| format!("note {note}")));
    }
    parts.extend(host.guesses.iter().map(|guess| format!("guessed {}", guess.text(catalogue))));
    let places: Vec<String> = host.places.iter().take(5).map(ToString::to_string).collect();
    format!(
        "{} ({}): {}",
        host.name,
        places.join(", "),
        if parts.is_empty() { "nothing was guessed".to_owned() } else { parts.join("; ") }
    )
}
