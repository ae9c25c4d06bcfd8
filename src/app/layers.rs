//! Dialogs: a stack of one enum. The top one has the keyboard.

pub mod answer;
pub mod ask;
pub mod baseline_list;
pub mod confirm;
pub mod copy_as;
pub mod host_form;
pub mod import;
pub mod own_rule;
pub mod palette;
pub mod paste;
pub mod ports;
pub mod prompt;
pub mod roles;
pub mod start;
pub mod zones;

pub use answer::AnswerPage;
pub use ask::Ask;
pub use baseline_list::BaselineList;
pub use confirm::{Choice, Confirm, Question};
pub use copy_as::{Column, CopyAs};
pub use host_form::{FormField, HostForm};
pub use import::ImportPreview;
pub use own_rule::{RuleField, RuleForm};
pub use palette::Palette;
pub use paste::PastePreview;
pub use ports::PortsForm;
pub use prompt::{Acknowledging, Prompt, PromptKind};
pub use roles::{RolePicker, RoleTarget};
pub use start::{Start, StartItem};
pub use zones::{ZoneField, ZoneForm, ZoneHosts};

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
    /// The baselines of the plan.
    Baselines(BaselineList),
    /// Hosts from elsewhere are shown before they are brought in.
    Import(Box<ImportPreview>),
    /// Samples, recent plans and a new plan.
    Start(Start),
    /// Own ports are set.
    Ports(Box<PortsForm>),
    /// The operator's own rules.
    OwnRules(ListState),
    /// An own rule is added or changed.
    RuleForm(Box<RuleForm>),
    /// The zones.
    Zones(ListState),
    /// A zone is added or changed.
    ZoneForm(Box<ZoneForm>),
    /// The hosts that stand in a zone.
    ZoneHosts(ZoneHosts),
    /// A question about the plan is typed.
    Ask(Ask),
    /// An answer is read.
    Answer(Box<AnswerPage>),
    /// The planner is off the screen; a snippet stands there as bare text.
    Plain,
}

impl Layer {
    /// Whether something was typed here that is not in the plan yet.
    pub fn is_touched(&self) -> bool {
        match self {
            Self::Form(form) => form.is_touched(),
            Self::Ports(form) => form.is_touched(),
            Self::RuleForm(form) => form.is_touched(),
            Self::ZoneForm(form) => form.is_touched(),
            _ => false,
        }
    }

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
            Self::Baselines(_) => Context::Baselines,
            Self::Import(_) => Context::Import,
            Self::Start(_) => Context::Start,
            Self::Ports(_) => Context::Ports,
            Self::OwnRules(_) => Context::OwnRules,
            Self::RuleForm(_) | Self::ZoneForm(_) => Context::Fields,
            Self::Zones(_) => Context::Zones,
            Self::ZoneHosts(_) => Context::ZoneHosts,
            Self::Ask(_) => Context::Ask,
            Self::Answer(_) => Context::Answer,
            Self::Plain => Context::Plain,
        }
    }
}
