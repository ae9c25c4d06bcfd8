//! A question with a few answers, each with its key.

use std::path::PathBuf;

use crate::app::command::Command;
use crate::app::effect::{Effect, LostWork};

/// Where the operator wants to go from an unsaved plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Leave {
    /// Out of the program.
    Quit,
    /// To the start screen.
    Start,
    /// To another file.
    Open(PathBuf),
}

/// What is asked.
#[derive(Debug, Clone, PartialEq)]
pub enum Question {
    /// The plan is not saved: save it before leaving?
    Unsaved(Leave),
    /// The file is there already: replace it?
    Overwrite(Effect),
    /// What was typed into the form is not in the plan: drop it?
    DropForm,
    /// An earlier planner left unsaved work on this plan: take it over?
    Lost(LostWork),
    /// Somebody else changed the file: this effect would replace it.
    Changed(Effect),
    /// Another planner has the plan.
    InUse,
}

/// One answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Choice {
    /// The key, as the command table has it.
    pub command: Command,
    /// What it does.
    pub text: &'static str,
}

/// The dialog.
#[derive(Debug, Clone, PartialEq)]
pub struct Confirm {
    /// What is asked.
    pub question: Question,
    /// The question in words.
    pub text: String,
    /// What it is about, line by line.
    pub details: Vec<String>,
}

impl Confirm {
    /// A question.
    pub fn new(question: Question, text: impl Into<String>) -> Self {
        Self { question, text: text.into(), details: Vec::new() }
    }

    /// The question with lines that say more.
    #[must_use]
    pub fn with_details(self, details: Vec<String>) -> Self {
        Self { details, ..self }
    }

    /// The answers; Esc goes back in every case.
    pub fn choices(&self) -> &'static [Choice] {
        match self.question {
            Question::Unsaved(_) => &[
                Choice { command: Command::SaveAndGo, text: "save, then go on" },
                Choice { command: Command::DiscardAndGo, text: "go on without saving" },
                Choice { command: Command::Cancel, text: "stay here" },
            ],
            Question::Overwrite(_) => &[
                Choice { command: Command::Overwrite, text: "overwrite the file" },
                Choice { command: Command::Cancel, text: "leave it alone" },
            ],
            Question::DropForm => &[
                Choice { command: Command::DiscardAndGo, text: "drop what was typed" },
                Choice { command: Command::Cancel, text: "go on typing" },
            ],
            Question::Lost(_) => &[
                Choice { command: Command::Recover, text: "take it over; undo takes it back" },
                Choice { command: Command::DiscardAndGo, text: "throw it away" },
                Choice { command: Command::Cancel, text: "decide at the next start" },
            ],
            Question::Changed(_) => &[
                Choice {
                    command: Command::Reload,
                    text: "take over what the file holds; undo takes it back",
                },
                Choice { command: Command::SaveElsewhere, text: "save your plan under another name" },
                Choice {
                    command: Command::Overwrite,
                    text: "overwrite the file; what it holds becomes the backup",
                },
                Choice { command: Command::Cancel, text: "decide later" },
            ],
            Question::InUse => &[
                Choice { command: Command::TryAgain, text: "try again" },
                Choice { command: Command::Cancel, text: "look at it, read-only" },
            ],
        }
    }
}
