//! A question with a few answers, each with its key.

use std::path::PathBuf;

use crate::app::command::Command;
use crate::app::effect::Effect;

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
}

impl Confirm {
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
        }
    }
}
