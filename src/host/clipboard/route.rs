//! Which ways a copy takes, in which order, and why.

use super::Preference;
use crate::host::env::Environment;

/// A way for text to leave the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Way {
    /// The tmux server's buffer, passed on to the outer terminal.
    Tmux,
    /// An OSC 52 sequence through GNU screen, in pieces.
    Screen,
    /// An OSC 52 sequence to the terminal.
    Osc52,
    /// The desktop's clipboard.
    Native,
}

/// When a way is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum When {
    /// For every copy.
    Always,
    /// Where tmux could not send the text on.
    TmuxFails,
}

/// One way of a route.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Leg {
    /// The way.
    pub way: Way,
    /// When it is taken.
    pub when: When,
}

/// The ways that a copy takes, in order; none if copying is off.
pub fn route(environment: &Environment, preference: Preference) -> Vec<Leg> {
    let always = |way| Leg { way, when: When::Always };
    match preference {
        Preference::Auto => suggested(environment),
        Preference::Osc52 => vec![always(Way::Osc52)],
        Preference::Tmux => vec![always(Way::Tmux)],
        Preference::Screen => vec![always(Way::Screen)],
        Preference::Native => vec![always(Way::Native)],
        Preference::Off => Vec::new(),
    }
}

/// tmux and screen can each run inside the other, and both variables are set then. tmux is asked first: its server
/// takes text from anywhere, while screen's pieces mean nothing to tmux.
fn suggested(environment: &Environment) -> Vec<Leg> {
    let terminal = if environment.screen.is_some() { Way::Screen } else { Way::Osc52 };
    let always = |way| Leg { way, when: When::Always };
    let mut legs = if environment.tmux.is_some() && environment.programs.tmux.is_some() {
        vec![always(Way::Tmux), Leg { way: terminal, when: When::TmuxFails }]
    } else {
        vec![always(terminal)]
    };
    if environment.has_local_desktop() {
        legs.push(always(Way::Native));
    }
    legs
}
