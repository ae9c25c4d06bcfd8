//! A line that asks for a name.

use crate::app::field::Field;

/// What the line is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PromptKind {
    /// The file to save the plan in.
    SaveAs,
    /// The file to open.
    Open,
    /// The file to write the snippet to.
    WriteSnippet(Vec<u8>),
    /// The file to bring hosts in from.
    Import,
    /// The plan's name.
    RenamePlan,
}

/// The dialog.
#[derive(Debug)]
pub struct Prompt {
    /// What the line is for.
    pub kind: PromptKind,
    /// The line.
    pub field: Field,
    /// What is wrong with the line.
    pub error: Option<String>,
    /// Whether to go on to something after a save.
    pub then: Option<super::confirm::Leave>,
}

impl Prompt {
    /// An empty prompt, or one with a proposal in it.
    pub fn new(kind: PromptKind, text: impl Into<String>) -> Self {
        Self { kind, field: Field::proposing(text), error: None, then: None }
    }

    /// The title of the dialog.
    pub fn title(&self) -> &'static str {
        match self.kind {
            PromptKind::SaveAs => "Save plan as",
            PromptKind::Open => "Open plan",
            PromptKind::WriteSnippet(_) => "Write snippet to file",
            PromptKind::Import => "Bring in hosts from file",
            PromptKind::RenamePlan => "Name of the plan",
        }
    }

    /// A line of advice below the field.
    pub fn advice(&self) -> &'static str {
        match self.kind {
            PromptKind::SaveAs => "A file name, such as munich.ron; ~ is your home folder.",
            PromptKind::Open => "A plan's file, such as munich.ron; ~ is your home folder.",
            PromptKind::WriteSnippet(_) => "An existing file is not replaced without asking.",
            PromptKind::Import => "CSV, Prism's VM list, Ansible inventory, Magic Ports, or a list.",
            PromptKind::RenamePlan => "It stands in the title and in every snippet's header.",
        }
    }
}
