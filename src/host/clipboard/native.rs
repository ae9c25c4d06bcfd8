//! The desktop's clipboard, on a thread of its own: a display that does not answer would block for ever.

use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;
use std::time::Duration;

use super::{Outcome, Refusal};

const PATIENCE: Duration = Duration::from_secs(1);

/// What the worker is asked.
enum Ask {
    Take(String),
    StillHolds(String),
}

/// The worker that owns the clipboard for the life of the program: the text is gone when the owner is.
#[derive(Debug, Default)]
pub(super) struct Native {
    worker: Worker,
}

#[derive(Debug, Default)]
enum Worker {
    #[default]
    NotStarted,
    Running {
        asks: Sender<Ask>,
        /// Whether what was asked for is so.
        answers: Receiver<bool>,
    },
    /// It did not answer once; it is not asked again.
    Stuck,
}

impl Native {
    /// Puts text on the desktop's clipboard.
    pub fn copy(&mut self, text: &str) -> Outcome {
        if matches!(self.worker, Worker::Stuck) {
            return Outcome::Failed(Refusal::DesktopGivenUp);
        }
        match self.ask(Ask::Take(text.to_owned())) {
            Some(true) => Outcome::Desktop,
            Some(false) => Outcome::Failed(Refusal::DesktopRefuses),
            None => Outcome::Failed(Refusal::DesktopHangs),
        }
    }

    /// Whether the clipboard still has this text, and not what somebody copied elsewhere since.
    pub fn still_holds(&mut self, text: &str) -> bool {
        matches!(self.worker, Worker::Running { .. })
            && self.ask(Ask::StillHolds(text.to_owned())).unwrap_or(false)
    }

    /// The worker's answer; `None` once it does not answer in time, and ever after.
    fn ask(&mut self, ask: Ask) -> Option<bool> {
        if matches!(self.worker, Worker::NotStarted) {
            self.worker = start();
        }
        let Worker::Running { asks, answers } = &self.worker else { return None };
        let answer = match asks.send(ask) {
            Ok(()) => answers.recv_timeout(PATIENCE).ok(),
            Err(_) => None,
        };
        if answer.is_none() {
            self.worker = Worker::Stuck;
        }
        answer
    }
}

fn start() -> Worker {
    let (asks, inbox) = channel();
    let (outbox, answers) = channel();
    let spawned = thread::Builder::new().name("desktop".to_owned()).spawn(move || serve(&inbox, &outbox));
    if spawned.is_ok() { Worker::Running { asks, answers } } else { Worker::Stuck }
}

fn serve(inbox: &Receiver<Ask>, outbox: &Sender<bool>) {
    let mut clipboard = None;
    for ask in inbox {
        if clipboard.is_none() {
            clipboard = arboard::Clipboard::new().ok();
        }
        let answer = match (&mut clipboard, ask) {
            (None, _) => false,
            (Some(clipboard), Ask::Take(text)) => clipboard.set_text(text).is_ok(),
            (Some(clipboard), Ask::StillHolds(text)) => clipboard.get_text().is_ok_and(|held| held == text),
        };
        if outbox.send(answer).is_err() {
            return;
        }
    }
}
