//! The list of hosts.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::app::mouse::{Hits, List, Place};
use crate::app::{App, Command, Context, Focus};
use crate::plan::Host;

use super::hint::hint;
use super::hits;
use super::pane::{self, framing};
use super::text::{cell, fit, width};
use super::theme::Theme;

pub(super) fn draw(app: &App, theme: &Theme, frame: &mut Frame<'_>, area: Rect, hits: &mut Hits) -> u16 {
    hits::add(hits, area, Place::Body(List::Hosts));
    let hosts = app.plan().hosts();
    let focused = app.focus() == Focus::Hosts && app.layers().is_empty();
    let count = Line::from(Span::styled(format!(" {} ", hosts.len()), theme.dim));
    let inner = pane::draw(theme, frame, area, framing(focused), "Hosts", Some(count));
    if hosts.is_empty() {
        empty(app, theme, frame, inner);
        return inner.height;
    }
    let offset = app.host_list().first_visible(hosts.len() as u64, inner.height);
    let names = name_width(hosts, inner.width);
    let sites = site_width(hosts, usize::from(inner.width).saturating_sub(names + 4));
    let first = usize::try_from(offset).unwrap_or(usize::MAX);
    for (line, (at, host)) in (0..inner.height).zip(hosts.iter().enumerate().skip(first)) {
        let selected = at == app.host_list().index();
        let row = row(app, theme, host, (names, sites, usize::from(inner.width)), selected, focused);
        pane::put(frame, pane::line_of(inner, line), &row);
        hits::add(hits, pane::line_of(inner, line), Place::Row(List::Hosts, at as u64));
    }
    pane::scroll_mark(theme, frame, area, offset, hosts.len() as u64);
    inner.height
}

fn empty(app: &App, theme: &Theme, frame: &mut Frame<'_>, inner: Rect) {
    let lines = [
        Line::raw(""),
        Line::raw("  No host yet."),
        Line::from(vec![
            Span::raw("  Press "),
            Span::styled(hint(app, theme, Context::Hosts, Command::AddHost), theme.key),
            Span::raw(" to add the first."),
        ]),
    ];
    for (at, line) in (0..).zip(lines) {
        frame.render_widget(line, pane::line_of(inner, at));
    }
}

fn name_width(hosts: &[Host], columns: u16) -> usize {
    let longest = hosts.iter().take(2000).map(|host| width(host.name.as_str())).max().unwrap_or(8);
    longest.clamp(6, (usize::from(columns) / 2).max(8))
}

/// Sites have a column where some host has one, and the roles keep most of the room.
fn site_width(hosts: &[Host], room: usize) -> usize {
    let sites = hosts.iter().take(2000).filter_map(|host| host.site.as_ref());
    let longest = sites.map(|site| width(site.as_str())).max().unwrap_or(0);
    let columns = longest.min(12) + 1;
    if longest > 0 && room >= columns + 14 { columns } else { 0 }
}

fn row(
    app: &App,
    theme: &Theme,
    host: &Host,
    (names, sites, columns): (usize, usize, usize),
    selected: bool,
    focused: bool,
) -> Line<'static> {
    let base = theme.row(selected, focused);
    let quiet = if selected && focused { base } else { theme.dim };
    let roles: Vec<&str> = host.roles.iter().map(|role| app.catalogue().roles()[role].id.as_str()).collect();
    let (roles, style) = match roles.as_slice() {
        [] => ("no role yet".to_owned(), if selected && focused { base } else { theme.doubt }),
        roles => (roles.join(", "), base),
    };
    let mut spans = vec![Span::styled(if selected { "▸" } else { " " }, base)];
    spans.extend(cell(host.name.as_str(), names, &[], base, base));
    spans.push(Span::styled(format!(" {} ", theme.symbols.system(host.os)), quiet));
    let room = columns.saturating_sub(names + 4 + sites);
    spans.extend(cell(&fit(&roles, room), room, &[], style, style));
    if sites > 0 {
        spans.push(Span::styled(" ", quiet));
        let site = host.site.as_ref().map_or("", |site| site.as_str());
        spans.extend(cell(site, sites - 1, &[], quiet, quiet));
    }
    Line::from(spans)
}
