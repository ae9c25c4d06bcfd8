//! tmux: the server takes the text and passes it on to the terminal outside.

use std::path::Path;

use super::{Outcome, Refusal};
use crate::host::program::{Trouble, run};

/// tmux keeps a longer text, but does not send it out whole. In bytes.
pub const LIMIT: usize = 1_000_000;

/// Loads the text into tmux's buffer. `-w` (tmux 3.2 and later) also sends it to the outer terminal.
pub(super) fn load(program: &Path, text: &str) -> Outcome {
    if text.len() <= LIMIT {
        match run(program, &["load-buffer", "-w", "-"], text) {
            Ok(_) => return Outcome::TmuxAndTerminal,
            Err(Trouble::Hung) => return Outcome::Failed(Refusal::TmuxHangs),
            Err(Trouble::Refused) => {}
        }
    }
    match run(program, &["load-buffer", "-"], text) {
        Ok(_) if text.len() > LIMIT => Outcome::TmuxTooLargeOutside,
        Ok(_) => Outcome::TmuxOnly,
        Err(Trouble::Hung) => Outcome::Failed(Refusal::TmuxHangs),
        Err(Trouble::Refused) => Outcome::Failed(Refusal::TmuxRefuses),
    }
}

/// What tmux says about itself: its version, and what it does with clipboard sequences.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// The version, as in `3.3a`.
    pub version: Result<String, Trouble>,
    /// The option `set-clipboard` of the server that `TMUX` names.
    pub set_clipboard: Result<String, Trouble>,
}

/// Asks tmux about itself; takes two seconds at most.
pub fn ask(program: &Path) -> Told {
    let version = run(program, &["-V"], "");
    let set_clipboard = run(program, &["show-options", "-sv", "set-clipboard"], "");
    let trimmed = |text: String| text.trim().to_owned();
    Told {
        version: version.map(|text| text.trim().trim_start_matches("tmux ").to_owned()),
        set_clipboard: set_clipboard.map(trimmed),
    }
}
