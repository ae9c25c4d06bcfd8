//! A line that asks for a name.

use crate::app::field::Field;
use crate::plan::{HostId, Id, PlanName};

/// What the line is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PromptKind {
    /// The file to save the plan in.
    SaveAs,
    /// The file to open.
    Open,
    /// The file to write the snippet to.
    WriteSnippet(Vec<u8>),
    /// The file to write a report to.
    WriteReport,
    /// The file to bring hosts in from.
    Import,
    /// The plan's name.
    RenamePlan,
    /// The name of a baseline that is to be pinned.
    PinBaseline,
    /// Another name for the baseline.
    RenameBaseline(PlanName),
    /// Why a finding may stand.
    Acknowledge(Box<Acknowledging>),
}

/// The finding that a reason is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Acknowledging {
    /// The check.
    pub check: Id,
    /// The host that it is about.
    pub host: Option<HostId>,
    /// What else it is about.
    pub about: Option<Id>,
    /// The finding in words.
    pub text: String,
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

    /// Whether there is something in the line that is not a proposal.
    pub fn is_typed(&self) -> bool {
        !self.field.is_proposal() && !self.field.is_empty()
    }

    /// The title of the dialog.
    pub fn title(&self) -> &'static str {
        match self.kind {
            PromptKind::SaveAs => "Save plan as",
            PromptKind::Open => "Open plan",
            PromptKind::WriteSnippet(_) => "Write snippet to file",
            PromptKind::WriteReport => "Write report to file",
            PromptKind::Import => "Bring in hosts from file",
            PromptKind::RenamePlan => "Name of the plan",
            PromptKind::PinBaseline => "Pin the plan as a baseline",
            PromptKind::RenameBaseline(_) => "Name of the baseline",
            PromptKind::Acknowledge(_) => "Why this may stand",
        }
    }

    /// A line of advice below the field.
    pub fn advice(&self) -> &str {
        match &self.kind {
            PromptKind::Acknowledge(finding) => &finding.text,
            PromptKind::SaveAs => "A file name, such as munich.ron; ~ is your home folder.",
            PromptKind::Open => "A plan's file, such as munich.ron; ~ is your home folder.",
            PromptKind::WriteSnippet(_) => "An existing file is not replaced without asking.",
            PromptKind::WriteReport => ".html to print, .md for Markdown, .ron for the plan with remarks",
            PromptKind::Import => "CSV, Prism's VM list, Ansible inventory, Magic Ports, or a list.",
            PromptKind::RenamePlan => "It stands in the title and in every snippet's header.",
            PromptKind::PinBaseline => "The title then counts what you add and take away. A name for it:",
            PromptKind::RenameBaseline(_) => "Such as \"as agreed\" or \"before the second site\".",
        }
    }
}
