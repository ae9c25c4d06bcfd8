//! Dialogs: a stack of one enum. The top one has the keyboard.

pub mod confirm;
pub mod copy_as;
pub mod host_form;
pub mod import;
pub mod palette;
pub mod paste;
pub mod prompt;
pub mod roles;
pub mod start;

pub use confirm::{Choice, Confirm, Question};
pub use copy_as::{Column, CopyAs};
pub use host_form::{FormField, HostForm};
pub use import::ImportPreview;
pub use palette::Palette;
pub use paste::PastePreview;
pub use prompt::{Prompt, PromptKind};
pub use roles::{RolePicker, RoleTarget};
pub use start::{Start, StartItem};

use super::command::Context;
use super::list::ListState;

/// One dialog.
#[derive(Debug)]
pub enum Layer {
    /// A host is added or changed.
    Form(Box<HostForm>),
    /// Roles are given to a host.
    Roles(RolePicker),
    /// Format and scope are chosen.
    CopyAs(CopyAs),
    /// A command is looked for.
    Palette(Palette),
    /// All keys.
    Help(ListState),
    /// A line is asked for.
    Prompt(Prompt),
    /// A question is asked.
    Confirm(Confirm),
    /// Pasted hosts are shown before they are added.
    Paste(PastePreview),
    /// Hosts from elsewhere are shown before they are brought in.
    Import(Box<ImportPreview>),
    /// Samples, recent plans and a new plan.
    Start(Start),
    /// The planner is off the screen; a snippet stands there as bare text.
    Plain,
}

impl Layer {
    /// What the keyboard speaks to while this dialog is on top.
    pub fn context(&self) -> Context {
        match self {
            Self::Form(_) => Context::Form,
            Self::Roles(_) => Context::Roles,
            Self::CopyAs(_) => Context::CopyAs,
            Self::Palette(_) => Context::Palette,
            Self::Help(_) => Context::Help,
            Self::Prompt(_) => Context::Prompt,
            Self::Confirm(_) => Context::Confirm,
            Self::Paste(_) => Context::Paste,
            Self::Import(_) => Context::Import,
            Self::Start(_) => Context::Start,
            Self::Plain => Context::Plain,
        }
    }
}
