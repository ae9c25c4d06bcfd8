//! The message line: what the last command did, for a while.

use std::time::Duration;

use super::copying::SnippetChoice;

/// How a message is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Tone {
    /// Something was done.
    Done,
    /// Something could not be done.
    Failed,
}

/// A message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// What it says.
    pub text: String,
    /// How it is meant.
    pub tone: Tone,
    pub(super) number: u64,
    /// The snippet that the keys in the text are about.
    pub(super) offer: Option<SnippetChoice>,
}

impl Message {
    /// Stands for no timer: those that the program asks for are counted from 1.
    pub(super) const NO_TIMER: u64 = 0;

    /// Whether the message stays until a key is pressed.
    pub fn waits(&self) -> bool {
        self.number == Self::NO_TIMER
    }
}

impl Tone {
    /// How long a message stays.
    pub fn stays(self) -> Duration {
        match self {
            Self::Done => Duration::from_secs(6),
            Self::Failed => Duration::from_secs(12),
        }
    }
}
