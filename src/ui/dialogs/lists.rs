//! Dialogs that are a searchable list: roles and commands.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::app::field::Field;
use crate::app::layers::{Palette, RolePicker, RoleTarget};
use crate::app::mouse::{List, Place};
use crate::app::{App, Command, Context, Viewport};
use crate::catalogue::RoleId;
use crate::ui::hint::hint;
use crate::ui::text::{cell, fit, width, wrap};
use crate::ui::theme::Theme;
use crate::ui::{hits, pane};

/// The field at the top and the area for the list below it.
pub(super) fn with_query(
    theme: &Theme,
    frame: &mut Frame<'_>,
    inner: Rect,
    query: &Field,
    hint: &str,
    below: u16,
) -> Rect {
    let line = pane::line_of(inner, 0);
    frame.render_widget(Line::from(Span::styled(" / ", theme.key)), line);
    let field = Rect { x: line.x + 3, width: line.width.saturating_sub(4), ..line };
    if query.is_empty() {
        frame.render_widget(Line::from(Span::styled(hint.to_owned(), theme.dim)), field);
    }
    super::text_field(frame, field, query, true, Style::new());
    Rect { y: inner.y + 2, height: inner.height.saturating_sub(2 + below), ..inner }
}

pub(super) fn roles(
    app: &App,
    theme: &Theme,
    frame: &mut Frame<'_>,
    area: Rect,
    dialog: &RolePicker,
    viewport: &mut Viewport,
) {
    let title = match dialog.target {
        RoleTarget::Host(id) => {
            format!("Roles of {}", app.plan().host(id).map_or("?", |host| host.name.as_str()))
        }
        RoleTarget::Form => "Roles".to_owned(),
    };
    let area = pane::centred(area, 84, area.height.min(34));
    let inner = pane::dialog(theme, frame, area, &fit(&title, 60), None);
    let matches = dialog.matches(app.catalogue());
    let below = 5.min(inner.height / 4);
    let key = hint(app, theme, Context::Roles, Command::Toggle);
    let advice = format!("type to search, {key} to add or remove");
    let list = with_query(theme, frame, inner, &dialog.query, &advice, below);
    let offset = dialog.list.first_visible(matches.len() as u64, list.height);
    let first = usize::try_from(offset).unwrap_or(0);
    for (line, (at, role)) in (0..list.height).zip(matches.iter().enumerate().skip(first)) {
        let selected = at == dialog.list.index();
        let has = app.target_has(dialog.target, *role);
        frame
            .render_widget(role_row(app, theme, *role, has, selected, list.width), pane::line_of(list, line));
        let (place, at) = (pane::line_of(list, line), at as u64);
        hits::add(&mut viewport.hits, place, Place::Row(List::Dialog, at));
        hits::add(&mut viewport.hits, pane::mark_of(place, 1), Place::Mark(List::Dialog, at));
    }
    if matches.is_empty() {
        let line = Line::from(Span::styled("   no role has such a name", theme.dim));
        frame.render_widget(line, pane::line_of(list, 0));
    }
    let about = Rect { y: list.bottom(), height: below, ..inner };
    if let Some(role) = dialog.selected(app.catalogue()) {
        role_about(app, theme, frame, about, role);
    }
    pane::scroll_mark(theme, frame, area, offset, matches.len() as u64);
    viewport.dialog = list.height;
    viewport.dialog_lines = matches.len() as u64;
}

fn role_row(
    app: &App,
    theme: &Theme,
    role: RoleId,
    has: bool,
    selected: bool,
    columns: u16,
) -> Line<'static> {
    let role = &app.catalogue().roles()[role];
    let style = if selected { theme.selected } else { Style::new() };
    let quiet = if selected { style } else { theme.dim };
    let mut spans = vec![
        Span::styled(if selected { "▸" } else { " " }, style),
        Span::styled(format!("{} ", theme.symbols.switch(has)), if selected { style } else { theme.key }),
    ];
    let label = 26.min(usize::from(columns) / 2);
    spans.extend(cell(&role.label, label, &[], style, style));
    let room = usize::from(columns).saturating_sub(label + 3 + width(theme.symbols.switch(has)));
    spans.extend(cell(&role.about, room, &[], quiet, quiet));
    Line::from(spans)
}

fn role_about(app: &App, theme: &Theme, frame: &mut Frame<'_>, area: Rect, role: RoleId) {
    let role = &app.catalogue().roles()[role];
    let columns = usize::from(area.width).saturating_sub(3);
    let systems: Vec<&str> = role.systems.iter().map(|os| os.label()).collect();
    let mut lines = vec![String::new()];
    lines.extend(wrap(&role.about, columns, 0));
    lines.push(format!("{} · {} · id {}", role.group.label(), systems.join(", "), role.id));
    if !role.aliases.is_empty() {
        lines.push(format!("also called {}", role.aliases.join(", ")));
    }
    for (at, line) in (0..area.height).zip(lines) {
        let text = format!("  {}", fit(&line, columns));
        frame.render_widget(Line::from(Span::styled(text, theme.dim)), pane::line_of(area, at));
    }
}

pub(super) fn palette(
    app: &App,
    theme: &Theme,
    frame: &mut Frame<'_>,
    area: Rect,
    dialog: &Palette,
    viewport: &mut Viewport,
) {
    let area = pane::centred(area, 84, area.height.min(24));
    let inner = pane::dialog(theme, frame, area, "Commands", None);
    let matches = dialog.matches();
    let list = with_query(theme, frame, inner, &dialog.query, "type a few letters of what you want to do", 0);
    let offset = dialog.list.first_visible(matches.len() as u64, list.height);
    let first = usize::try_from(offset).unwrap_or(0);
    for (line, (at, spec)) in (0..list.height).zip(matches.iter().enumerate().skip(first)) {
        let selected = at == dialog.list.index();
        let style = if selected { theme.selected } else { Style::new() };
        let quiet = if selected { style } else { theme.dim };
        let key = if selected { style } else { theme.key };
        let mut spans = vec![Span::styled(if selected { "▸ " } else { "  " }, style)];
        spans.extend(cell(spec.name, 24, &[], style, style));
        let name = app.keys().key_for(dialog.context, spec.command);
        let name = name.map_or(String::new(), |key| theme.symbols.key(key));
        spans.extend(cell(&name, 10, &[], key, key));
        spans.extend(cell(spec.help, usize::from(list.width).saturating_sub(37), &[], quiet, quiet));
        frame.render_widget(Line::from(spans), pane::line_of(list, line));
        hits::add(&mut viewport.hits, pane::line_of(list, line), Place::Row(List::Dialog, at as u64));
    }
    pane::scroll_mark(theme, frame, area, offset, matches.len() as u64);
    viewport.dialog = list.height;
    viewport.dialog_lines = matches.len() as u64;
}
