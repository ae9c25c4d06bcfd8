//! One sentence about a copy: which ways were used, and what is not known.

use super::osc52::LIMIT;
use super::{Outcome, Refusal};

/// How much is known about a copy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Certainty {
    /// The text is where it should be.
    Known,
    /// It was sent to something that gives no answer.
    Unknown,
    /// It is nowhere: no way takes so much text.
    TooLarge,
    /// It is nowhere.
    Failed,
}

/// What came of a copy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// The sentence; short, so that the keys to try next fit behind it on a line of 80 columns.
    pub text: String,
    /// How much is known.
    pub certainty: Certainty,
}

impl Report {
    /// The sentence for what came of each way, for a text of this many bytes.
    pub(super) fn new(outcomes: &[Outcome], size: usize) -> Self {
        let told = Told { outcomes, size };
        let failed = outcomes.iter().all(|outcome| matches!(outcome, Outcome::Failed(_)));
        if failed {
            let too_large = told.has(Outcome::Failed(Refusal::TooLarge));
            let certainty = if too_large { Certainty::TooLarge } else { Certainty::Failed };
            return Self { text: told.failure(), certainty };
        }
        if told.has(Outcome::Desktop) {
            return Self { text: told.on_desktop(), certainty: Certainty::Known };
        }
        let text = match told.desktop_trouble() {
            Some(trouble) => format!("{}; {trouble}", told.sent_in_short()),
            None => told.sent(),
        };
        Self { text, certainty: Certainty::Unknown }
    }

    /// What is said where there is no thread to copy with.
    pub(super) fn without_a_thread() -> Self {
        let text = "not copied: the system gives portplan no more threads".to_owned();
        Self { text, certainty: Certainty::Failed }
    }
}

struct Told<'a> {
    outcomes: &'a [Outcome],
    size: usize,
}

impl Told<'_> {
    fn has(&self, outcome: Outcome) -> bool {
        self.outcomes.contains(&outcome)
    }

    /// Where the text went by OSC 52, if it did.
    fn terminal(&self) -> Option<&'static str> {
        if self.has(Outcome::Terminal) {
            Some("sent to the terminal")
        } else if self.has(Outcome::Screen) {
            Some("sent through screen")
        } else {
            None
        }
    }

    fn sent(&self) -> String {
        let size = size_text(self.size);
        if self.has(Outcome::TmuxAndTerminal) && self.size > LIMIT {
            return format!("in tmux's buffer, sent on; the terminal may drop {size}");
        }
        if self.has(Outcome::TmuxAndTerminal) {
            return "in tmux's buffer, sent on to the terminal: paste to check".to_owned();
        }
        let in_tmux = self.has(Outcome::TmuxOnly) || self.has(Outcome::TmuxTooLargeOutside);
        match (in_tmux, self.terminal(), self.tmux_trouble()) {
            (true, Some(sent), _) => format!("in tmux's buffer; also {sent}: paste to check"),
            (true, None, _) if self.size > LIMIT => {
                format!("in tmux's buffer only; {size} are too large to go outside")
            }
            (true, None, _) => "in tmux's buffer only; this tmux does not send it on".to_owned(),
            (false, Some(sent), Some(trouble)) => format!("{trouble}; {sent}: paste to check"),
            (false, sent, _) => {
                format!("{}, which gives no answer: paste to check", sent.unwrap_or("sent"))
            }
        }
    }

    fn sent_in_short(&self) -> String {
        if self.has(Outcome::TmuxAndTerminal) {
            return "in tmux's buffer, sent on".to_owned();
        }
        let in_tmux = self.has(Outcome::TmuxOnly) || self.has(Outcome::TmuxTooLargeOutside);
        match (in_tmux, self.terminal(), self.tmux_trouble()) {
            (true, Some(sent), _) => format!("in tmux; {sent}"),
            (true, None, _) => "in tmux's buffer only".to_owned(),
            (false, Some(sent), Some(_)) => format!("{sent}, not tmux"),
            (false, sent, _) => format!("{}, no answer", sent.unwrap_or("sent")),
        }
    }

    fn on_desktop(&self) -> String {
        let also = if self.has(Outcome::TmuxAndTerminal) || self.has(Outcome::TmuxOnly) {
            "; also in tmux's buffer"
        } else if self.has(Outcome::Failed(Refusal::TooLarge)) {
            "; too large for the terminal"
        } else if self.terminal().is_some() {
            "; also sent to the terminal"
        } else {
            ""
        };
        format!("on the desktop's clipboard while portplan runs{also}")
    }

    fn failure(&self) -> String {
        let size = size_text(self.size);
        let reasons: Vec<String> = match self.outcomes {
            [] => vec!["copying is switched off".to_owned()],
            [Outcome::Failed(Refusal::TooLarge)] => {
                vec![format!("{size}, terminals take {}", size_text(LIMIT))]
            }
            _ => {
                let too_large = self.has(Outcome::Failed(Refusal::TooLarge));
                let too_large = too_large.then(|| format!("{size} too large outside"));
                let others = [self.tmux_trouble(), self.desktop_trouble(), self.given_up()];
                others.into_iter().flatten().map(str::to_owned).chain(too_large).collect()
            }
        };
        format!("not copied: {}", reasons.join("; "))
    }

    fn tmux_trouble(&self) -> Option<&'static str> {
        if self.has(Outcome::Failed(Refusal::TmuxHangs)) {
            Some("tmux does not answer")
        } else if self.has(Outcome::Failed(Refusal::TmuxRefuses)) {
            Some("tmux did not take it")
        } else {
            None
        }
    }

    /// What is told about the desktop once; later copies do not try it.
    fn desktop_trouble(&self) -> Option<&'static str> {
        if self.has(Outcome::Failed(Refusal::DesktopHangs)) {
            Some("desktop silent, given up")
        } else if self.has(Outcome::Failed(Refusal::DesktopRefuses)) {
            Some("no desktop clipboard")
        } else {
            None
        }
    }

    fn given_up(&self) -> Option<&'static str> {
        self.has(Outcome::Failed(Refusal::DesktopGivenUp)).then_some("the desktop does not answer")
    }
}

/// A size as people read it: `812 bytes`, `74 KB`, `1.2 MB`.
pub fn size_text(bytes: usize) -> String {
    let (tenths, unit) = match bytes {
        0..1000 => return format!("{bytes} bytes"),
        1000..1_000_000 => (bytes / 100, "KB"),
        _ => (bytes / 100_000, "MB"),
    };
    if tenths % 10 == 0 {
        format!("{} {unit}", tenths / 10)
    } else {
        format!("{}.{} {unit}", tenths / 10, tenths % 10)
    }
}
