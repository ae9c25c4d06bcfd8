//! Hosts from elsewhere before they are brought in: columns, hosts, and what could not be read, above each other. The
//! part that has the keyboard gets the room; a few lines below tell all about what is selected in it.

mod rows;

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::app::layers::ImportPreview;
use crate::app::layers::import::Section;
use crate::app::layers::paste::Stage;
use crate::app::mouse::{List, Place};
use crate::app::{App, Command, Context, Viewport};
use crate::ui::hint::hint;
use crate::ui::text::{fit, fit_end, grouped, wrap};
use crate::ui::theme::Theme;
use crate::ui::{hits, pane};

/// Lines that tell about what is selected.
const DETAILS: u16 = 3;

/// Lines of a part that has not the keyboard.
const GLANCE: u16 = 3;

pub(super) fn draw(
    app: &App,
    theme: &Theme,
    frame: &mut Frame<'_>,
    area: Rect,
    dialog: &ImportPreview,
    viewport: &mut Viewport,
) {
    let sections: Vec<Section> = dialog.sections().collect();
    let lines: u64 = sections.iter().map(|section| dialog.len(*section).max(1) + 1).sum();
    let height = lines.saturating_add(u64::from(DETAILS) + 6).min(u64::from(area.height));
    let area = pane::centred(area, 120, u16::try_from(height).unwrap_or(u16::MAX).max(14));
    let verb = if dialog.stage == Stage::Asks { "Bring in hosts from" } else { "Not read of" };
    let kind = Line::from(Span::styled(format!(" {} ", dialog.import().kind.label()), theme.dim));
    let room = usize::from(area.width).saturating_sub(verb.len() + kind.width() + 8);
    let title = format!("{verb} {}", fit_end(&dialog.name, room));
    let inner = pane::dialog(theme, frame, area, &title, Some(kind));
    let columns = usize::from(inner.width).saturating_sub(2);
    let mut at = 0;
    for (text, style) in head(app, theme, dialog) {
        let line = Line::from(Span::styled(format!(" {}", fit(&text, columns)), style));
        frame.render_widget(line, pane::line_of(inner, at));
        at += 1;
    }
    at += 1;
    let room = inner.height.saturating_sub(at + DETAILS + 1);
    for (section, rows) in sections.iter().zip(shares(dialog, &sections, room)) {
        let part = Rect { y: inner.y + at, height: rows + 1, ..inner }.intersection(inner);
        draw_section(theme, app, frame, part, dialog, *section, viewport);
        at += rows + 1;
    }
    let details = Rect { y: inner.bottom().saturating_sub(DETAILS), height: DETAILS, ..inner };
    draw_details(app, theme, frame, details.intersection(inner), dialog);
}

/// What Enter does, and how many of each there are.
fn head(app: &App, theme: &Theme, dialog: &ImportPreview) -> Vec<(String, Style)> {
    let key = |command| hint(app, theme, Context::Import, command);
    let sums = dialog.sums();
    let unread = dialog.import().unread.len();
    if dialog.stage == Stage::Done {
        let text =
            format!("{} closes this. Mend it in the source, or in the plan by hand.", key(Command::Accept));
        return vec![(text, theme.strong)];
    }
    let first = match (sums.new, sums.gain) {
        (0, 0) if dialog.import().hosts.is_empty() => "No host was found yet.".to_owned(),
        (0, 0) => "The plan has all of these hosts already.".to_owned(),
        (new, gain) => {
            let what = match (new, gain) {
                (0, gain) => format!("adds to {}", many(gain, "host")),
                (new, 0) => format!("adds {}", many(new, "host")),
                (new, gain) => format!("adds {} and to {} more", many(new, "host"), grouped(gain as u64)),
            };
            format!("{} {what}, in one step; {} adds nothing.", key(Command::Accept), key(Command::Cancel))
        }
    };
    let mut parts = Vec::new();
    if sums.known > 0 {
        parts.push(format!("= {} in the plan already", grouped(sums.known as u64)));
    }
    if sums.guesses > 0 {
        parts.push(format!("? {}", many(sums.guesses, "guess").replace("guesss", "guesses")));
    }
    if unread > 0 {
        parts.push(format!("! {} not read", grouped(unread as u64)));
    }
    if parts.is_empty() {
        parts.push("Everything was read, and nothing was guessed.".to_owned());
    }
    let style = if unread > 0 { theme.doubt } else { theme.dim };
    vec![(first, theme.strong), (parts.join("   "), style)]
}

/// How many lines each part gets: the one with the keyboard what the others leave.
fn shares(dialog: &ImportPreview, sections: &[Section], room: u16) -> Vec<u16> {
    let headings = u16::try_from(sections.len()).unwrap_or(0);
    let room = room.saturating_sub(headings);
    let wants = |section: Section| u16::try_from(dialog.len(section).max(1)).unwrap_or(u16::MAX);
    let mut shares: Vec<u16> = sections
        .iter()
        .map(|section| match section {
            section if *section == dialog.section => 0,
            // While columns are chosen, the hosts show what comes of it.
            Section::Hosts if dialog.section == Section::Columns => wants(*section).min(room / 2),
            section => wants(*section).min(GLANCE).min(room / 4),
        })
        .collect();
    let left = room.saturating_sub(shares.iter().sum());
    let focused = sections.iter().position(|section| *section == dialog.section);
    if let Some(share) = focused.and_then(|at| shares.get_mut(at)) {
        *share = left.min(wants(dialog.section));
    }
    // What the part with the keyboard does not need is the hosts'.
    let spare = room.saturating_sub(shares.iter().sum());
    let hosts = sections.iter().position(|section| *section == Section::Hosts);
    if let Some(share) = hosts.and_then(|at| shares.get_mut(at)) {
        *share = share.saturating_add(spare).min(wants(Section::Hosts));
    }
    shares
}

fn draw_section(
    theme: &Theme,
    app: &App,
    frame: &mut Frame<'_>,
    area: Rect,
    dialog: &ImportPreview,
    section: Section,
    viewport: &mut Viewport,
) {
    let focused = dialog.section == section;
    let len = dialog.len(section);
    let rows = area.height.saturating_sub(1);
    let list = List::Import(section);
    hits::add(&mut viewport.hits, area, Place::Body(list));
    let style = if focused { theme.focus } else { theme.strong };
    frame.render_widget(rows::heading(theme, dialog, section, style, area.width), pane::line_of(area, 0));
    let offset = dialog.list(section).first_visible(len, rows.max(1));
    let first = usize::try_from(offset).unwrap_or(0);
    for (line, at) in (1..=rows).zip(first..) {
        let row = pane::line_of(area, line);
        let Some(text) = rows::row(app.catalogue(), theme, dialog, section, at, usize::from(area.width))
        else {
            if len == 0 && line == 1 {
                let none = if section == Section::Hosts { "   none" } else { "" };
                frame.render_widget(Line::styled(none, theme.dim), row);
            }
            break;
        };
        let selected = at == dialog.list(section).index();
        pane::put(frame, row, &text.style(theme.row(selected && focused, focused)));
        hits::add(&mut viewport.hits, row, Place::Row(list, at as u64));
    }
    if len > u64::from(rows) {
        let frame_area = Rect { y: area.y, height: rows + 2, width: area.width + 1, ..area };
        pane::scroll_mark(theme, frame, frame_area, offset, len);
    }
    if focused {
        (viewport.dialog, viewport.dialog_lines) = (rows, len);
    }
}

fn draw_details(app: &App, theme: &Theme, frame: &mut Frame<'_>, area: Rect, dialog: &ImportPreview) {
    let columns = usize::from(area.width).saturating_sub(3);
    let text = rows::details(app, theme, dialog);
    let lines = wrap(&text, columns, 0);
    let cut = lines.len() > usize::from(area.height);
    let shown = usize::from(area.height);
    for (at, line) in (0..area.height).zip(lines.iter().take(shown)) {
        let is_last = usize::from(at) + 1 == shown;
        let line = if cut && is_last { fit(&format!("{line} …"), columns) } else { line.clone() };
        frame.render_widget(Line::styled(format!(" {line}"), theme.dim), pane::line_of(area, at));
    }
}

pub(super) fn many(number: usize, word: &str) -> String {
    format!("{} {word}{}", grouped(number as u64), if number == 1 { "" } else { "s" })
}
