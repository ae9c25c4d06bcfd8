//! What the program asks of the outside world, and what the outside world tells it. The loop carries effects out.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use crate::plan::import::Source;
use crate::plan::{Plan, Remarks};
use crate::snippets::Target;

use super::copying::SnippetChoice;
use super::importing::Origin;
use super::key::Key;
use super::mouse::{Gesture, Mouse, Spot};
use super::unfinished::Unfinished;

/// What to do if a file is there already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Overwrite {
    /// Tell, and leave it alone.
    Ask,
    /// Replace it if it is as we know it; tell otherwise.
    IfUnchanged,
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
    /// Read hosts from a file or from pasted text.
    Import(Origin),
    /// Read the present plan's file once more.
    Reload(PathBuf),
    /// Take up the work in a record that an earlier planner left.
    OpenLost(PathBuf),
    /// Give the present plan's file free: the plan on the screen has no file.
    Close,
    /// Keep the unsaved plan where the next start finds it.
    Keep {
        /// The plan's file, if it has one.
        path: Option<PathBuf>,
        /// The plan as it stands; the same copy while only what was typed differs.
        plan: Arc<Plan>,
        /// What was typed and is not in the plan yet.
        unfinished: Option<Unfinished>,
        /// Records of earlier planners whose work is in this plan; they are not needed when it is kept.
        takes_over: Vec<PathBuf>,
    },
    /// Take away what was kept: the work is saved, or given up.
    Forget,
    /// Take away a record that an earlier planner left.
    Discard(PathBuf),
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
        /// What it is to hold, byte for byte; not every snippet is text.
        content: Vec<u8>,
        /// What to do if the file is there already.
        overwrite: Overwrite,
    },
    /// Draw the screen as it stands, then send [`Event::Shown`] before anything else: what follows takes long.
    Show(SnippetChoice),
    /// Write a copy of the plan with remarks to a file.
    WriteRemarks {
        /// The file.
        path: PathBuf,
        /// The plan as it stands.
        plan: Box<Plan>,
        /// What stands beside its parts.
        remarks: Box<Remarks>,
        /// What to do if the file is there already.
        overwrite: Overwrite,
    },
    /// Keep the target that was used last, for the next start.
    RememberTarget(Target),
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

/// Work of an earlier planner that ended before it was saved.
#[derive(Debug, Clone, PartialEq)]
pub struct LostWork {
    /// Where it is kept.
    pub record: PathBuf,
    /// How long ago it was kept: `3 minutes ago`.
    pub age: String,
    /// The plan, or why it cannot be read.
    pub plan: Result<Box<Plan>, String>,
    /// What was typed and is not in that plan.
    pub unfinished: Option<Unfinished>,
}

/// Lost work on the start screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LostEntry {
    /// Where it is kept.
    pub record: PathBuf,
    /// The plan's name, and how long ago it was kept.
    pub title: String,
    /// The plan's file, in words.
    pub about: String,
}

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
    /// So many keys came in one breath with pasted text, as part of it by all signs, and were left out.
    KeysLeftOut(usize),
    /// The mouse did something.
    Mouse(Gesture, Spot),
    /// There is no shell that would bring the program back from [`Effect::Suspend`].
    NoShell,
    /// The screen was drawn, as [`Effect::Show`] asked for.
    Shown(SnippetChoice),
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
    /// The plan was saved, but what the file held before could not be kept beside it; the text says why.
    NoBackup(String),
    /// A plan was read, or could not be.
    Opened {
        /// Where it came from; `None` for a sample.
        path: Option<PathBuf>,
        /// The plan, or why there is none.
        plan: Result<Box<Plan>, String>,
    },
    /// The present plan's file was read once more, or could not be.
    Reloaded {
        /// The file.
        path: PathBuf,
        /// The plan, or why there is none.
        plan: Result<Box<Plan>, String>,
    },
    /// Hosts were read, or could not be.
    Imported {
        /// Where they come from.
        origin: Origin,
        /// What was read, or why nothing could be.
        source: Result<Box<Source>, String>,
    },
    /// Another planner has the plan that was just opened; the text says who.
    InUse(String),
    /// There is lost work on the plan that was just opened.
    Lost(LostWork),
    /// All lost work there is, newest first.
    LostWork(Vec<LostEntry>),
    /// [`Effect::Keep`] or [`Effect::Forget`] ended.
    Kept(Outcome),
    /// The file is not as we know it, and [`Overwrite::IfUnchanged`] was asked for.
    Changed {
        /// The effect that would replace it.
        effect: Box<Effect>,
        /// What it holds now, or why that cannot be read.
        theirs: Result<Box<Plan>, String>,
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
