//! The last line: a message for a while, else the keys that are valid now.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::app::command::{Command, Spec, specs_for};
use crate::app::mouse::{Hits, Place};
use crate::app::{App, Tone};

use super::hits;
use super::text::{fit, width};
use super::theme::Theme;

pub(super) fn draw(app: &App, theme: &Theme, frame: &mut Frame<'_>, area: Rect, hits: &mut Hits) {
    let line = match app.message() {
        Some(message) => {
            let (sign, style) = match message.tone {
                Tone::Done => (" ", theme.strong),
                Tone::Failed => ("! ", theme.error),
            };
            let room = usize::from(area.width).saturating_sub(width(sign) + 1);
            Line::from(vec![Span::styled(sign, style), Span::styled(fit(&message.text, room), style)])
        }
        None => keys(app, theme, area, hits),
    };
    frame.render_widget(line, area);
}

/// The keys that do something now, in the order of the table; where not all fit, the way to other panes stays.
fn keys(app: &App, theme: &Theme, area: Rect, hits: &mut Hits) -> Line<'static> {
    let room = usize::from(area.width);
    let useful = |spec: &&Spec| !spec.hint.is_empty() && app.is_useful(spec.command);
    let specs: Vec<&Spec> = specs_for(app.context()).filter(useful).collect();
    let kept = |spec: &&&Spec| matches!(spec.command, Command::NextPane | Command::ViewFlows);
    let mut reserved: usize = specs.iter().filter(kept).map(|spec| columns(spec)).sum();
    if reserved * 2 > room {
        reserved = 0;
    }
    let mut spans = vec![Span::raw(" ")];
    let mut used = 1;
    let mut full = false;
    for spec in specs {
        let is_kept = reserved > 0 && kept(&&spec);
        if is_kept {
            reserved -= columns(spec);
        }
        // The two spaces behind the last key need no room.
        let fits = used + columns(spec) + reserved <= room + 2;
        full |= !fits;
        if full && !is_kept {
            continue;
        }
        let start = area.x.saturating_add(u16::try_from(used).unwrap_or(u16::MAX));
        let place = Rect { x: start, width: u16::try_from(columns(spec) - 2).unwrap_or(0), ..area };
        hits::add(hits, place.intersection(area), Place::Command(spec.command));
        used += columns(spec);
        spans.push(Span::styled(key(spec), theme.key));
        spans.push(Span::raw(format!(" {}  ", spec.hint)));
    }
    Line::from(spans)
}

fn key(spec: &Spec) -> &'static str {
    spec.keys.first().copied().unwrap_or_default()
}

fn columns(spec: &Spec) -> usize {
    width(key(spec)) + width(spec.hint) + 3
}
