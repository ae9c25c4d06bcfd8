//! The thread that copies: one text after the other, so that the last one is what the clipboard has in the end.

use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;

use super::keep::{self, Parting};
use super::native::Native;
use super::{Leg, Outcome, Refusal, Report, Way, When, osc52, screen, tmux};
use crate::host::env::Environment;

/// What the thread is asked.
pub(super) enum Job {
    Copy(String),
    /// Sees to it that the last copy outlives the program.
    Keep,
}

/// What the thread answers.
#[derive(Debug)]
pub(super) enum Note {
    ToTerminal(Vec<u8>),
    Done(Report),
    Kept(Parting),
}

pub(super) struct Copier {
    route: Vec<Leg>,
    environment: Environment,
    native: Native,
    notes: Sender<Note>,
    /// The last text, if the desktop's clipboard took it.
    on_desktop: Option<String>,
}

impl Copier {
    /// Starts the thread. If there is none to be had, the receiver says that nobody will answer.
    pub fn start(route: Vec<Leg>, environment: Environment) -> (Sender<Job>, Receiver<Note>) {
        let (jobs, inbox) = channel();
        let (notes, outbox) = channel();
        let copier = Self { route, environment, native: Native::default(), notes, on_desktop: None };
        let _ = thread::Builder::new().name("clipboard".to_owned()).spawn(move || copier.serve(&inbox));
        (jobs, outbox)
    }

    fn serve(mut self, inbox: &Receiver<Job>) {
        for job in inbox {
            let note = match job {
                Job::Copy(text) => Note::Done(self.copy(text)),
                Job::Keep => Note::Kept(self.keep()),
            };
            if self.notes.send(note).is_err() {
                return;
            }
        }
    }

    fn copy(&mut self, text: String) -> Report {
        let mut outcomes: Vec<Outcome> = Vec::new();
        for leg in self.route.clone() {
            let reached = outcomes.iter().any(|outcome| outcome.needs_no_other_way());
            if leg.when == When::Always || !reached {
                outcomes.push(self.send(leg.way, &text));
            }
        }
        let report = Report::new(&outcomes, text.len());
        self.on_desktop = outcomes.contains(&Outcome::Desktop).then_some(text);
        report
    }

    fn send(&mut self, way: Way, text: &str) -> Outcome {
        match way {
            Way::Osc52 => self.write(osc52::sequence(text), Outcome::Terminal),
            Way::Screen => self.write(screen::sequence(text), Outcome::Screen),
            Way::Tmux => match &self.environment.programs.tmux {
                Some(program) => tmux::load(program, text),
                None => Outcome::Failed(Refusal::TmuxRefuses),
            },
            Way::Native => self.native.copy(text),
        }
    }

    fn write(&self, sequence: Result<Vec<u8>, Refusal>, sent: Outcome) -> Outcome {
        match sequence {
            Ok(bytes) => {
                // Nobody listens any more once the program is over; nothing can be written then.
                let _ = self.notes.send(Note::ToTerminal(bytes));
                sent
            }
            Err(refusal) => Outcome::Failed(refusal),
        }
    }

    fn keep(&mut self) -> Parting {
        match self.on_desktop.take() {
            // What was copied elsewhere since must not be replaced.
            Some(text) if self.native.still_holds(&text) => self.keep_text(&text),
            _ => Parting::NothingToKeep,
        }
    }

    fn keep_text(&mut self, text: &str) -> Parting {
        // Elsewhere the system itself keeps what was copied.
        if cfg!(any(windows, target_os = "macos")) || keep::hand_over(&self.environment, text) {
            return Parting::Kept;
        }
        // The desktop took the clipboard away from the terminal, which may well have had it.
        let terminal =
            self.route.iter().map(|leg| leg.way).find(|way| matches!(way, Way::Osc52 | Way::Screen));
        match terminal.map(|way| self.send(way, text)) {
            Some(Outcome::Terminal | Outcome::Screen) => Parting::SentAgain,
            _ => Parting::Lost,
        }
    }
}
