//! What the program asks of the outside world, and what the outside world tells it. The loop carries effects out.

use std::path::PathBuf;
use std::time::Duration;

use crate::plan::Plan;

use super::key::Key;

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
    /// Take the planner off the screen and show a text in its place, to be selected with the mouse.
    ShowPlain {
        /// The text, byte for byte.
        text: String,
        /// The line below it that says how to go back.
        closing: String,
    },
    /// Put the planner back on the screen.
    LeavePlain,
    /// Write a snippet to a file.
    Write {
        /// The file.
        path: PathBuf,
        /// The text, byte for byte.
        text: String,
        /// What to do if the file is there already.
        overwrite: Overwrite,
    },
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

/// How a copy ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Copied {
    /// The text is where it should be.
    Known,
    /// It was sent to something that gives no answer.
    Unknown,
    /// It is nowhere: there is too much of it.
    TooLarge,
    /// It is nowhere.
    Failed,
}

/// Something that happened.
#[derive(Debug)]
pub enum Event {
    /// A key was pressed.
    Key(Key),
    /// Text was pasted.
    Paste(String),
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
    /// A copy ended.
    Copied {
        /// What was copied, in words, with its size.
        what: String,
        /// Which ways were used, and what is not known: a short sentence.
        report: String,
        /// What the operator may want to do about it.
        ending: Copied,
    },
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
