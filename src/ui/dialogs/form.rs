//! The form of a host.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::app::field::Field;
use crate::app::layers::{FormField, HostForm};
use crate::app::mouse::{Hits, Place};
use crate::app::{App, Command, Context};
use crate::catalogue::{OptionId, Os};
use crate::plan::host::HostSetting;
use crate::ui::hint::hint;
use crate::ui::text::{cell, fit, wrap};
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
    let rows = u16::try_from(form.fields().len()).unwrap_or(u16::MAX);
    let inner = pane::dialog(theme, frame, pane::centred(area, 78, rows.saturating_add(7)), title, None);
    let mut at = 1;
    for field in form.fields() {
        if matches!(field, FormField::Option(_)) && at == 7 {
            at += 1;
        }
        row(app, theme, frame, pane::line_of(inner, at), (form, *field), hits);
        at += 1;
    }
    let (text, style) = match &form.error {
        Some(error) => (error.text.clone(), theme.error),
        None => (advice(app, theme, form.field), theme.dim),
    };
    let below = Rect { y: inner.y + at + 1, height: inner.height.saturating_sub(at + 1), ..inner };
    for (at, line) in (0..below.height).zip(wrap(&text, usize::from(inner.width).saturating_sub(4), 0)) {
        frame.render_widget(Line::from(Span::styled(format!("  {line}"), style)), pane::line_of(below, at));
    }
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
    let style = match (wrong, active) {
        (true, _) => theme.error,
        (_, true) => theme.focus,
        _ => theme.dim,
    };
    let mut spans = vec![Span::styled(if active { " ▸ " } else { "   " }, style)];
    spans.extend(cell(label(app, field), usize::from(LABEL) - 3, &[], style, style));
    frame.render_widget(Line::from(spans), line);
    let value = Rect { x: line.x + LABEL, width: line.width.saturating_sub(LABEL + 1), ..line };
    if let Some(text) = text_of(form, field) {
        super::text_field(frame, value, text, active, Style::new());
        return;
    }
    let spans = choices(app, theme, form, field, value.width);
    if field != FormField::Roles {
        hit_choices(hits, value, &spans, field);
    }
    frame.render_widget(Line::from(spans), value);
}

/// Each choice is a mark and a name.
fn hit_choices(hits: &mut Hits, value: Rect, spans: &[Span<'_>], field: FormField) {
    let mut column = value.x;
    for (at, choice) in spans.chunks(2).enumerate() {
        let columns = u16::try_from(choice.iter().map(Span::width).sum::<usize>()).unwrap_or(u16::MAX);
        let place = Rect { x: column, width: columns.saturating_sub(3), ..value };
        hits::add(hits, place.intersection(value), Place::Choice(field, at));
        column = column.saturating_add(columns);
    }
}

fn label(app: &App, field: FormField) -> &str {
    match field {
        FormField::Name => "Name",
        FormField::Roles => "Roles",
        FormField::System => "System",
        FormField::Addresses => "Addresses",
        FormField::Zone => "Zone",
        FormField::Note => "Note",
        FormField::Option(option) => &app.catalogue().options()[option].label,
    }
}

fn text_of(form: &HostForm, field: FormField) -> Option<&Field> {
    match field {
        FormField::Name => Some(&form.name),
        FormField::Addresses => Some(&form.addresses),
        FormField::Zone => Some(&form.zone),
        FormField::Note => Some(&form.note),
        FormField::Roles | FormField::System | FormField::Option(_) => None,
    }
}

fn choices(app: &App, theme: &Theme, form: &HostForm, field: FormField, columns: u16) -> Vec<Span<'static>> {
    match field {
        FormField::System => pick(theme, Os::ALL.iter().map(|os| (os.label().to_owned(), *os == form.os))),
        FormField::Option(option) => settings(app, theme, form, option),
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
    pick(theme, names.into_iter().map(|(name, setting)| (name, setting == present)))
}

fn pick(theme: &Theme, choices: impl Iterator<Item = (String, bool)>) -> Vec<Span<'static>> {
    choices
        .flat_map(|(name, chosen)| {
            let style = if chosen { Style::new() } else { theme.dim };
            let mark = theme.symbols.choice(chosen);
            [Span::styled(format!("{mark} "), style), Span::styled(format!("{name}   "), style)]
        })
        .collect()
}

fn advice(app: &App, theme: &Theme, field: FormField) -> String {
    let key = |command| hint(app, theme, Context::Form, command);
    match field {
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
        FormField::Zone => "The network zone it stands in, such as dmz.".to_owned(),
        FormField::Note => "A remark for whoever reads the plan.".to_owned(),
        FormField::Option(option) => app.catalogue().options()[option].help.clone(),
    }
}
