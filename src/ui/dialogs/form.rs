//! The form of a host.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::app::field::Field;
use crate::app::layers::ports::summary;
use crate::app::layers::{FormField, HostForm};
use crate::app::mouse::{Hits, Place};
use crate::app::{App, Command, Context};
use crate::catalogue::{OptionId, Os};
use crate::plan::host::HostSetting;
use crate::plan::{Standing, ZoneName};
use crate::ui::hint::hint;
use crate::ui::text::{fit, width};
use crate::ui::theme::Theme;
use crate::ui::{hits, pane};

const LABEL: u16 = 26;

pub(super) fn draw(
    app: &App,
    theme: &Theme,
    frame: &mut Frame<'_>,
    area: Rect,
    form: &HostForm,
    hits: &mut Hits,
) {
    let title = if form.id.is_some() { "Change host" } else { "Add host" };
    let lines = lines(form);
    let rows = u16::try_from(lines.len()).unwrap_or(u16::MAX);
    let area = pane::centred(area, 78, rows.saturating_add(7));
    let inner = pane::dialog(theme, frame, area, title, None);
    // On a low terminal the fields give way before what is wrong with them does; two of these lines are empty.
    let below = (inner.height / 3 + 2).clamp(3, 5);
    let list = Rect { y: inner.y + 1, height: inner.height.saturating_sub(below).max(1), ..inner };
    let list = Rect { height: list.height.min(inner.height.saturating_sub(1)), ..list };
    let first = first_line(&lines, form.field, list.height);
    for (at, line) in (0..list.height).zip(lines.iter().skip(first)) {
        if let Some(field) = line {
            row(app, theme, frame, pane::line_of(list, at), (form, *field), hits);
        }
    }
    pane::scroll_mark(theme, frame, area, first as u64, u64::from(rows).saturating_add(u64::from(below)));
    let (text, style) = match &form.error {
        Some(error) => (error.text.clone(), theme.error),
        None => (advice(app, theme, form), theme.dim),
    };
    let used = list.height.min(rows) + 2;
    let below = Rect { y: inner.y + used, height: inner.height.saturating_sub(used), ..inner };
    super::lines_of(frame, below, &text, style);
}

/// The fields, with an empty line before the options.
fn lines(form: &HostForm) -> Vec<Option<FormField>> {
    let is_option = |field: &FormField| matches!(field, FormField::Option(_));
    let options = form.fields().iter().position(is_option).unwrap_or(form.fields().len());
    let mut lines: Vec<Option<FormField>> = form.fields().iter().copied().map(Some).collect();
    lines.insert(options, None);
    lines
}

/// The first line on the screen, so that the field with the cursor is in sight.
fn first_line(lines: &[Option<FormField>], field: FormField, height: u16) -> usize {
    let at = lines.iter().position(|line| *line == Some(field)).unwrap_or(0);
    (at + 1).saturating_sub(usize::from(height))
}

fn row(
    app: &App,
    theme: &Theme,
    frame: &mut Frame<'_>,
    line: Rect,
    (form, field): (&HostForm, FormField),
    hits: &mut Hits,
) {
    hits::add(hits, line, Place::Field(field));
    let active = form.field == field;
    let wrong = form.error.as_ref().is_some_and(|error| error.field == field);
    let value = super::labelled(theme, frame, line, label(app, field), LABEL, (active, wrong));
    if let Some(text) = text_of(form, field) {
        super::text_field(frame, value, text, active, Style::new());
        let ghost = if active { form.completion(app.plan()) } else { None };
        let ghost =
            ghost.or_else(|| (field == FormField::Zone && text.is_empty()).then(|| standing(app, form)));
        if let Some(ghost) = ghost {
            behind(theme, frame, value, text, &ghost);
        }
        return;
    }
    let spans = choices(app, theme, form, field, value.width);
    if !matches!(field, FormField::Roles | FormField::Ports) {
        super::hit_choices(hits, value, &spans, |at| Place::Choice(field, at));
    }
    frame.render_widget(Line::from(spans), value);
}

/// What could stand behind the text, where there is room for it.
fn behind(theme: &Theme, frame: &mut Frame<'_>, value: Rect, text: &Field, ghost: &str) {
    let taken = u16::try_from(width(text.text())).unwrap_or(u16::MAX);
    let room = value.width.saturating_sub(taken);
    let place = Rect { x: value.x.saturating_add(taken), width: room, ..value }.intersection(value);
    let ghost = Span::styled(fit(ghost, usize::from(room)), theme.dim);
    pane::put(frame, place, &Line::from(ghost));
}

/// Where the host stands if nobody puts it into a zone.
fn standing(app: &App, form: &HostForm) -> String {
    match form.standing_by_addresses(app.plan()) {
        Standing::ByAddress(zone) | Standing::Named(zone) => format!("{zone}, by address"),
        Standing::Torn(first, second) => {
            let name = |zone: Option<&ZoneName>| zone.map_or("no zone".to_owned(), ToString::to_string);
            format!("torn between {} and {}", name(first), name(second))
        }
        Standing::Nowhere => String::new(),
    }
}

fn label(app: &App, field: FormField) -> &str {
    match field {
        FormField::Name => "Name",
        FormField::Roles => "Roles",
        FormField::System => "System",
        FormField::Addresses => "Addresses",
        FormField::Zone => "Zone",
        FormField::Site => "Site",
        FormField::Partners => "Partners",
        FormField::Ports => "Ports",
        FormField::Note => "Note",
        FormField::Option(option) => &app.catalogue().options()[option].label,
    }
}

fn text_of(form: &HostForm, field: FormField) -> Option<&Field> {
    match field {
        FormField::Name => Some(&form.name),
        FormField::Addresses => Some(&form.addresses),
        FormField::Zone => Some(&form.zone),
        FormField::Site => Some(&form.site),
        FormField::Partners => Some(&form.partners),
        FormField::Note => Some(&form.note),
        FormField::Roles | FormField::System | FormField::Ports | FormField::Option(_) => None,
    }
}

fn choices(app: &App, theme: &Theme, form: &HostForm, field: FormField, columns: u16) -> Vec<Span<'static>> {
    match field {
        FormField::System => {
            super::pick(theme, Os::ALL.iter().map(|os| (os.label().to_owned(), *os == form.os)))
        }
        FormField::Option(option) => settings(app, theme, form, option),
        FormField::Ports if form.ports.is_empty() => {
            let key = hint(app, theme, Context::Form, Command::Toggle);
            vec![Span::styled(format!("none of its own: {key} opens the list"), theme.dim)]
        }
        FormField::Ports => {
            vec![Span::raw(fit(&summary(app.catalogue(), &form.ports), usize::from(columns)))]
        }
        _ => {
            let roles: Vec<&str> =
                form.roles.iter().map(|role| app.catalogue().roles()[role].label.as_str()).collect();
            if roles.is_empty() {
                let key = hint(app, theme, Context::Form, Command::Toggle);
                vec![Span::styled(format!("none yet: {key} opens the list"), theme.dim)]
            } else {
                vec![Span::raw(fit(&roles.join(", "), usize::from(columns)))]
            }
        }
    }
}

fn settings(app: &App, theme: &Theme, form: &HostForm, option: OptionId) -> Vec<Span<'static>> {
    let plan = if app.plan().options().contains(option) { "on" } else { "off" };
    let names = [
        (format!("as the plan ({plan})"), HostSetting::Inherit),
        ("on".to_owned(), HostSetting::On),
        ("off".to_owned(), HostSetting::Off),
    ];
    let present = form.options.setting(option);
    super::pick(theme, names.into_iter().map(|(name, setting)| (name, setting == present)))
}

fn advice(app: &App, theme: &Theme, form: &HostForm) -> String {
    let key = |command| hint(app, theme, Context::Form, command);
    match form.field {
        FormField::Name => "Letters, digits, hyphens, dots and underscores.".to_owned(),
        FormField::Roles => {
            format!("What the host does; {} opens the list of roles.", key(Command::Toggle))
        }
        FormField::System => {
            let (on, back) = (key(Command::ChangeOn), key(Command::ChangeBack));
            format!("{}, {on} or {back} change it. Rules for Windows or Linux need it.", key(Command::Toggle))
        }
        FormField::Addresses => {
            "IPv4, IPv6, a network such as 10.0.8.0/24 for many guests, or a DNS name; several with commas."
                .to_owned()
        }
        FormField::Zone => {
            let text = "The network zone it stands in, such as dmz; empty: where its addresses say.";
            with_known(app, theme, form, text)
        }
        FormField::Site => {
            let text = "Hosts of two sites do not work with each other; empty: with all sites.";
            with_known(app, theme, form, text)
        }
        FormField::Partners => {
            let text = "Hosts that it works with, and so not with others of their role; theirs is it, too.";
            with_known(app, theme, form, text)
        }
        FormField::Ports => {
            format!("Ports of its own in place of the printed ones; {} opens the list.", key(Command::Toggle))
        }
        FormField::Note => "A remark for whoever reads the plan.".to_owned(),
        FormField::Option(option) => app.catalogue().options()[option].help.clone(),
    }
}

/// The advice with the names that are known already, or with the key that takes the one that is being typed.
fn with_known(app: &App, theme: &Theme, form: &HostForm, advice: &str) -> String {
    if form.completion(app.plan()).is_some() {
        let key = hint(app, theme, Context::Form, Command::ChangeOn);
        return format!("{advice} {key} takes the dim letters.");
    }
    let known = form.known_names(app.plan());
    if known.is_empty() { advice.to_owned() } else { format!("{advice} Known: {}.", known.join(", ")) }
}
