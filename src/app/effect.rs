//! What the program asks of the outside world, and what the outside world tells it. The loop carries effects out.

use std::path::PathBuf;
use std::time::Duration;

use crate::plan::Plan;

use super::key::Key;
use super::mouse::{Gesture, Mouse, Spot};

/// What to do if a file is there already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Overwrite {
    /// Tell, and leave it alone.
    Ask,
    /// Replace it.
    Replace,
}

/// A side effect, as a value.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    /// Leave the program.
    Quit,
    /// Write the plan to a file, atomically.
    Save {
        /// The file.
        path: PathBuf,
        /// The plan as it stands.
        plan: Box<Plan>,
        /// Names the state that is saved.
        revision: u64,
        /// What to do if the file is there already.
        overwrite: Overwrite,
    },
    /// Read a plan.
    Open(PathBuf),
    /// Take the sample at this place of the list.
    OpenSample(usize),
    /// Put text on the clipboard by every way there is.
    Copy {
        /// The text, byte for byte.
        text: String,
        /// What it is, for the message.
        what: String,
    },
    /// Write a snippet to a file.
    Write {
        /// The file.
        path: PathBuf,
        /// The text, byte for byte.
        text: String,
        /// What to do if the file is there already.
        overwrite: Overwrite,
    },
    /// Give the mouse to the program or to the terminal.
    Mouse(Mouse),
    /// Stop the program until the shell brings it back.
    Suspend,
    /// Send [`Event::Wake`] with this number after a while.
    Wake {
        /// How long to wait.
        after: Duration,
        /// The number.
        number: u64,
    },
}

/// What a file operation came to.
pub type Outcome = Result<(), String>;

/// Something that happened.
#[derive(Debug)]
pub enum Event {
    /// A key was pressed.
    Key(Key),
    /// Text was pasted.
    Paste(String),
    /// So many keys came in one breath with pasted text, as part of it by all signs, and were left out.
    KeysLeftOut(usize),
    /// The mouse did something.
    Mouse(Gesture, Spot),
    /// There is no shell that would bring the program back from [`Effect::Suspend`].
    NoShell,
    /// The time that [`Effect::Wake`] asked for is over.
    Wake(u64),
    /// A save ended.
    Saved {
        /// The file.
        path: PathBuf,
        /// The state that was saved.
        revision: u64,
        /// How it ended.
        outcome: Outcome,
    },
    /// A plan was read, or could not be.
    Opened {
        /// Where it came from; `None` for a sample.
        path: Option<PathBuf>,
        /// The plan, or why there is none.
        plan: Result<Box<Plan>, String>,
    },
    /// A copy ended; the text says what was done and what is not known.
    Copied(Result<String, String>),
    /// A snippet was written, or could not be.
    Written {
        /// The file.
        path: PathBuf,
        /// How it ended.
        outcome: Outcome,
    },
    /// A file was there already, and [`Overwrite::Ask`] was asked for: the effect that would replace it.
    Exists(Box<Effect>),
    /// The plans that were used last, newest first.
    Recent(Vec<PathBuf>),
}
