//! The desktop's clipboard, on a thread of its own: a display that does not answer would block for ever.

use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::Duration;

use super::Sent;

const PATIENCE: Duration = Duration::from_secs(1);

type Answer = Result<(), String>;

/// The worker that owns the clipboard for the life of the program: the text is gone when the owner is.
#[derive(Debug, Default)]
pub struct Native {
    worker: Worker,
}

#[derive(Debug, Default)]
enum Worker {
    #[default]
    NotStarted,
    Running {
        texts: Sender<String>,
        answers: Receiver<Answer>,
    },
    /// It did not answer once; it is not asked again.
    Stuck,
}

impl Native {
    /// Puts text on the desktop's clipboard.
    pub(super) fn copy(&mut self, text: &str) -> Sent {
        if matches!(self.worker, Worker::NotStarted) {
            self.worker = start();
        }
        let Worker::Running { texts, answers } = &self.worker else {
            return Sent::Failed("the desktop's clipboard does not answer".to_owned());
        };
        if texts.send(text.to_owned()).is_err() {
            self.worker = Worker::Stuck;
            return Sent::Failed("the desktop's clipboard does not answer".to_owned());
        }
        match answers.recv_timeout(PATIENCE) {
            Ok(Ok(())) => Sent::Delivered("on the desktop's clipboard while portplan runs"),
            Ok(Err(why)) => Sent::Failed(format!("the desktop's clipboard refused: {why}")),
            Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => {
                self.worker = Worker::Stuck;
                Sent::Failed("the desktop's clipboard did not answer within a second".to_owned())
            }
        }
    }
}

fn start() -> Worker {
    let (texts, inbox) = channel::<String>();
    let (outbox, answers) = channel();
    let spawned = thread::Builder::new().name("clipboard".to_owned()).spawn(move || {
        let mut clipboard = arboard::Clipboard::new();
        for text in inbox {
            if clipboard.is_err() {
                clipboard = arboard::Clipboard::new();
            }
            let answer = match &mut clipboard {
                Ok(clipboard) => clipboard.set_text(text).map_err(|error| error.to_string()),
                Err(error) => Err(error.to_string()),
            };
            if outbox.send(answer).is_err() {
                return;
            }
        }
    });
    if spawned.is_ok() { Worker::Running { texts, answers } } else { Worker::Stuck }
}
