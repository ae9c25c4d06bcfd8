//! Copies text by the ways that the environment offers, and says honestly which were used.

mod copier;
mod keep;
mod native;
mod osc52;
mod preference;
mod report;
mod route;
mod screen;
pub mod tmux;

use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender};
use std::time::{Duration, Instant};

use copier::{Copier, Job, Note};
pub use keep::Parting;
pub use osc52::LIMIT as TERMINAL_LIMIT;
pub use preference::{Preference, UnknownPreference};
pub use report::{Certainty, Report, size_text};
pub use route::{Leg, Way, When, route};

use super::env::Environment;

/// How long leaving may take: copies under way, a look at the desktop's clipboard, a program that keeps the text.
const AT_THE_END: Duration = Duration::from_secs(4);

/// How long to wait for copies that are not over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wait {
    /// Not at all.
    No,
    /// As long as nobody notices: most ways answer within this, and the message stands at once.
    Moment,
    /// As long as leaving may take.
    ToTheEnd,
}

impl Wait {
    fn at_most(self) -> Duration {
        match self {
            Self::No => Duration::ZERO,
            Self::Moment => Duration::from_millis(150),
            Self::ToTheEnd => AT_THE_END,
        }
    }
}

/// What came of one way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Outcome {
    /// tmux took it and sent it on; whether the terminal outside takes it is not known.
    TmuxAndTerminal,
    /// tmux took it, and is too old to send it on.
    TmuxOnly,
    /// tmux took it; it is too large to be sent on.
    TmuxTooLargeOutside,
    /// It went to the terminal, which gives no answer.
    Terminal,
    /// It went through screen to the terminal, which gives no answer.
    Screen,
    /// The desktop's clipboard has it for as long as this program runs.
    Desktop,
    /// It did not work.
    Failed(Refusal),
}

/// Why a way did not work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Refusal {
    /// More than terminals take.
    TooLarge,
    /// tmux did not answer within a second.
    TmuxHangs,
    /// There is no tmux, its server is gone, or it said no.
    TmuxRefuses,
    /// The display did not answer within a second, and is not asked again.
    DesktopHangs,
    /// The display did not answer to an earlier copy.
    DesktopGivenUp,
    /// There is no such display, or it said no.
    DesktopRefuses,
}

impl Outcome {
    /// Whether the text may be in the clipboard of the machine whose keyboard is used, or is too large for that.
    fn needs_no_other_way(self) -> bool {
        !matches!(self, Self::TmuxOnly | Self::Failed(_))
    }
}

/// What a copy has come to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Progress {
    /// These bytes must go to the terminal, between frames.
    ToTerminal(Vec<u8>),
    /// The copy is over.
    Done(Report),
}

/// The clipboard, by whichever ways lead to it. A thread does the work, since tmux or a display may not answer.
#[derive(Debug)]
pub struct Clipboard {
    jobs: Sender<Job>,
    notes: Receiver<Note>,
    under_way: usize,
    uses_desktop: bool,
}

impl Clipboard {
    /// The clipboard of this environment.
    pub fn new(environment: &Environment, preference: Preference) -> Self {
        let route = route(environment, preference);
        let uses_desktop = route.iter().any(|leg| leg.way == Way::Native);
        let (jobs, notes) = Copier::start(route, environment.clone());
        Self { jobs, notes, under_way: 0, uses_desktop }
    }

    /// Starts to copy; [`Self::progress`] tells how it goes.
    pub fn copy(&mut self, text: String) {
        self.under_way += 1;
        // Without the thread, progress says that nothing was copied.
        let _ = self.jobs.send(Job::Copy(text));
    }

    /// Whether a copy is not over yet.
    pub fn is_busy(&self) -> bool {
        self.under_way > 0
    }

    /// What has happened since the last call; with a copy that is not over, waits a moment for it if asked to.
    pub fn progress(&mut self, wait: Wait) -> Vec<Progress> {
        let deadline = Instant::now() + wait.at_most();
        let mut progress = Vec::new();
        while self.is_busy()
            && let Some(step) = self.next(deadline)
        {
            progress.push(step);
        }
        progress
    }

    /// Sees to it that a copy on the desktop's clipboard outlives the program, if that can be done. What has to go to
    /// the terminal comes with it.
    pub fn part(&mut self) -> (Vec<Progress>, Parting) {
        let deadline = Instant::now() + AT_THE_END;
        let mut progress = self.progress(Wait::ToTheEnd);
        if !self.uses_desktop || self.is_busy() || self.jobs.send(Job::Keep).is_err() {
            return (progress, Parting::NothingToKeep);
        }
        loop {
            match self.notes.recv_timeout(deadline.saturating_duration_since(Instant::now())) {
                Ok(Note::ToTerminal(bytes)) => progress.push(Progress::ToTerminal(bytes)),
                Ok(Note::Kept(parting)) => return (progress, parting),
                Ok(Note::Done(_)) | Err(_) => return (progress, Parting::NothingToKeep),
            }
        }
    }

    fn next(&mut self, deadline: Instant) -> Option<Progress> {
        match self.notes.recv_timeout(deadline.saturating_duration_since(Instant::now())) {
            Ok(Note::ToTerminal(bytes)) => Some(Progress::ToTerminal(bytes)),
            Ok(Note::Done(report)) => {
                self.under_way -= 1;
                Some(Progress::Done(report))
            }
            Ok(Note::Kept(_)) | Err(RecvTimeoutError::Timeout) => None,
            Err(RecvTimeoutError::Disconnected) => {
                self.under_way -= 1;
                Some(Progress::Done(Report::without_a_thread()))
            }
        }
    }
}
