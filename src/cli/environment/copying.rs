//! The part about copying: the ways in order, why, how much each takes, and what nobody can know.

use crate::host::clipboard::{Preference, TERMINAL_LIMIT, Way, When, route, size_text, tmux};
use crate::host::env::Environment;

use super::Group;

/// The ways that a copy takes.
pub(super) fn ways(environment: &Environment, preference: Preference) -> Group {
    let mut group = Group::new(format!("A copy goes (--clipboard {preference})"));
    for leg in route(environment, preference) {
        let name = match leg.when {
            When::Always if group.lines.is_empty() => "to",
            When::Always => "and to",
            When::TmuxFails => "if tmux fails",
        };
        group = group.line(name, place(leg.way));
        group = group.line("  because", why(leg.way, leg.when, environment, preference));
        group = group.line("  at most", limit(leg.way));
    }
    if group.lines.is_empty() {
        group = group.line("nowhere", "copying is switched off");
    }
    if preference == Preference::Auto && environment.has_desktop() && !environment.has_local_desktop() {
        group = group
            .line("not to", "the desktop's clipboard: over SSH it is far away (--clipboard native takes it)");
    }
    group.line("always", "w writes a file, p shows bare text to select with the mouse")
}

fn place(way: Way) -> &'static str {
    match way {
        Way::Tmux => "tmux: its buffer, which it passes on to the terminal outside",
        Way::Screen => "GNU screen, as OSC 52 in pieces, on to the terminal outside",
        Way::Osc52 => "the terminal, as an OSC 52 sequence",
        Way::Native => "the desktop's clipboard, for as long as portplan runs",
    }
}

fn why(way: Way, when: When, environment: &Environment, preference: Preference) -> &'static str {
    if preference != Preference::Auto {
        return "--clipboard says so";
    }
    match (way, when) {
        (Way::Tmux, _) => "TMUX is set and tmux is there",
        (Way::Screen, When::Always) => "STY is set",
        (Way::Screen | Way::Osc52, When::TmuxFails) => "before tmux 3.2, or if its server is gone or silent",
        (Way::Osc52, _) if environment.tmux.is_some() => "TMUX is set, but there is no tmux program",
        (Way::Osc52, _) => "neither TMUX nor STY is set",
        (Way::Native, _) => "there is a desktop, and no sign of SSH",
    }
}

fn limit(way: Way) -> String {
    match way {
        Way::Tmux => {
            let (outside, sure) = (size_text(tmux::LIMIT), size_text(TERMINAL_LIMIT));
            format!("{outside}, more stays in tmux's buffer; several terminals drop more than {sure}")
        }
        Way::Screen | Way::Osc52 => {
            format!("{}, since several terminals drop more", size_text(TERMINAL_LIMIT))
        }
        Way::Native => "what memory holds".to_owned(),
    }
}

/// What no program can find out.
pub(super) fn unknown() -> Group {
    Group::new("Not known")
        .line("OSC 52", "gives no answer: paste to check")
        .line("", "PuTTY, older GNOME Terminal (VTE), older Terminal.app and conhost ignore it")
        .line("", "xterm (as Debian sets it) and iTerm2 take it only if their settings allow it")
        .line("tmux", "does not say whether the terminal outside took what it sent on")
}
