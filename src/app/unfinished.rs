//! What was typed into a dialog and is not in the plan yet: it is kept with unsaved work, and opened again with it.

use serde::{Deserialize, Serialize};

use crate::plan::{HostName, Id, Plan, ZoneName};

use super::App;
use super::field::Field;
use super::layers::ports::PortsTarget;
use super::layers::{Acknowledging, HostForm, Layer, Prompt, PromptKind, RuleForm, ZoneForm};
use super::message::Tone;

/// A dialog, and what stands in its fields.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unfinished {
    /// Which dialog.
    pub dialog: Dialog,
    /// The fields by name, as text.
    pub fields: Fields,
}

/// Fields by name, as text.
pub type Fields = Vec<(String, String)>;

/// A dialog that is typed into.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Dialog {
    /// The form of a host; with the name of the one that is changed.
    Host(Option<String>),
    /// The form of an own rule; with the place of the one that is changed.
    Rule(Option<usize>),
    /// The form of a zone; with the name of the one that is changed.
    Zone(Option<String>),
    /// The ports of the plan.
    Ports,
    /// A line with this title.
    Line(String, Line),
}

impl Unfinished {
    /// What it is, and each field with something in it, for the operator to read.
    pub fn lines(&self) -> Vec<String> {
        let what = match &self.dialog {
            Dialog::Host(None) => "Add host".to_owned(),
            Dialog::Host(Some(name)) => format!("Edit host {name}"),
            Dialog::Rule(None) => "Add own rule".to_owned(),
            Dialog::Rule(Some(at)) => format!("Edit own rule {}", at + 1),
            Dialog::Zone(None) => "Add zone".to_owned(),
            Dialog::Zone(Some(name)) => format!("Edit zone {name}"),
            Dialog::Ports => "Ports of the plan".to_owned(),
            Dialog::Line(title, _) => title.clone(),
        };
        let head = format!("Typed, but not in the plan yet ({what}):");
        let fields = self.fields.iter().filter(|(_, text)| !text.is_empty());
        [head].into_iter().chain(fields.map(|(name, text)| format!("· {name}: {text}"))).collect()
    }
}

/// What stands in text fields.
pub(super) fn texts<const N: usize>(fields: [(&str, &Field); N]) -> Fields {
    fields.map(|(name, field)| (name.to_owned(), field.text().to_owned())).into()
}

/// Puts what stood in text fields into them.
pub(super) fn restore<const N: usize>(fields: &Fields, into: [(&str, &mut Field); N]) {
    for (name, field) in into {
        if let Some(text) = text_of(fields, name) {
            field.set(text);
        }
    }
}

/// The text of a field.
pub(super) fn text_of<'a>(fields: &'a Fields, name: &str) -> Option<&'a str> {
    fields.iter().find(|(known, _)| known == name).map(|(_, text)| text.as_str())
}

impl App {
    /// What was typed and is not in the plan yet.
    pub(super) fn unfinished(&self) -> Option<Unfinished> {
        self.layers.iter().find_map(|layer| self.unfinished_in(layer))
    }

    fn unfinished_in(&self, layer: &Layer) -> Option<Unfinished> {
        let (dialog, fields) = match layer {
            Layer::Form(form) => {
                let ports = self.layers.iter().find_map(|layer| match layer {
                    Layer::Ports(ports) if ports.target == PortsTarget::Form => Some(ports),
                    _ => None,
                });
                if !form.is_touched() && !ports.is_some_and(|ports| ports.is_touched()) {
                    return None;
                }
                let name = form.id.and_then(|id| self.plan.host(id)).map(|host| host.name.to_string());
                let mut fields = form.texts(&self.catalogue);
                if let Some(ports) = ports {
                    let typed = ports.texts(&self.catalogue);
                    fields.retain(|(name, _)| text_of(&typed, name).is_none());
                    fields.extend(typed);
                }
                (Dialog::Host(name), fields)
            }
            Layer::RuleForm(form) if form.is_touched() => (Dialog::Rule(form.at), form.texts()),
            Layer::ZoneForm(form) if form.is_touched() => {
                (Dialog::Zone(form.before.as_ref().map(ZoneName::to_string)), form.texts())
            }
            Layer::Ports(form) if form.is_touched() => (Dialog::Ports, form.texts(&self.catalogue)),
            Layer::Prompt(prompt) if prompt.is_typed() => {
                let line = Line::of(&prompt.kind, &self.plan)?;
                let dialog = Dialog::Line(prompt.title().to_owned(), line);
                (dialog, vec![("Text".to_owned(), prompt.field.text().to_owned())])
            }
            _ => return None,
        };
        Some(Unfinished { dialog, fields })
    }

    /// Opens the dialog with what was typed; says the text where the plan does not have what the dialog is about.
    pub(super) fn reopen(&mut self, work: &Unfinished) {
        let fields = &work.fields;
        let layer = match &work.dialog {
            Dialog::Host(name) => {
                let name: Option<HostName> = name.as_ref().and_then(|name| name.parse().ok());
                let host = name.and_then(|name| self.plan.host_named(name.as_str()));
                let mut form = match host {
                    Some(host) => HostForm::edit(&self.catalogue, &self.plan, host),
                    None => HostForm::add(&self.catalogue, crate::catalogue::RoleSet::EMPTY),
                };
                form.restore(&self.catalogue, fields);
                Layer::Form(Box::new(form))
            }
            Dialog::Rule(at) => {
                let rule = at.and_then(|at| Some((at, self.plan.rules().get(at)?)));
                let mut form = match rule {
                    Some((at, rule)) => RuleForm::edit(&self.plan, &self.catalogue, at, rule),
                    None => RuleForm::add(&self.plan, &self.catalogue, None, None),
                };
                form.restore(&self.plan, &self.catalogue, fields);
                Layer::RuleForm(Box::new(form))
            }
            Dialog::Zone(name) => {
                let known = self.plan.zones().iter().find(|zone| Some(zone.name.as_str()) == name.as_deref());
                let mut form = ZoneForm::new(&self.plan, known.map(|zone| zone.name.clone()));
                form.restore(fields);
                Layer::ZoneForm(Box::new(form))
            }
            Dialog::Ports => {
                let mut form = self.ports_of_plan();
                form.restore(&self.catalogue, fields);
                Layer::Ports(Box::new(form))
            }
            Dialog::Line(title, line) => {
                let text = text_of(fields, "Text").unwrap_or_default();
                let Some(kind) = line.kind(&self.plan) else {
                    self.say(Tone::Failed, format!("typed before the end, at \"{title}\": {text}"));
                    return;
                };
                let mut prompt = Prompt::new(kind, "");
                prompt.field.set(text);
                Layer::Prompt(prompt)
            }
        };
        self.layers.push(layer);
    }
}

/// A line that is asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Line {
    /// The plan's name.
    PlanName,
    /// The name of a baseline that is to be pinned.
    Pin,
    /// Another name for this baseline.
    Baseline(String),
    /// Why a finding may stand.
    Reason {
        /// The check.
        check: String,
        /// The host that the finding is about, by name.
        host: Option<String>,
        /// What else it is about.
        about: Option<String>,
        /// The finding in words.
        finding: String,
    },
}

impl Line {
    /// `None` for names of files, which are no work on the plan.
    fn of(kind: &PromptKind, plan: &Plan) -> Option<Self> {
        match kind {
            PromptKind::RenamePlan => Some(Self::PlanName),
            PromptKind::PinBaseline => Some(Self::Pin),
            PromptKind::RenameBaseline(name) => Some(Self::Baseline(name.to_string())),
            PromptKind::Acknowledge(asked) => Some(Self::Reason {
                check: asked.check.to_string(),
                host: asked.host.and_then(|id| plan.host(id)).map(|host| host.name.to_string()),
                about: asked.about.as_ref().map(Id::to_string),
                finding: asked.text.clone(),
            }),
            PromptKind::SaveAs
            | PromptKind::Open
            | PromptKind::WriteSnippet(_)
            | PromptKind::WriteReport
            | PromptKind::Import => None,
        }
    }

    /// What the line is for in this plan; `None` if the plan does not have it.
    fn kind(&self, plan: &Plan) -> Option<PromptKind> {
        match self {
            Self::PlanName => Some(PromptKind::RenamePlan),
            Self::Pin => Some(PromptKind::PinBaseline),
            Self::Baseline(name) => {
                plan.baseline(name).map(|baseline| PromptKind::RenameBaseline(baseline.name().clone()))
            }
            Self::Reason { check, host, about, finding } => {
                let host = match host {
                    Some(name) => Some(plan.host_named(name)?.id),
                    None => None,
                };
                let about = about.as_ref().map(|about| about.parse()).transpose().ok()?;
                let asked = Acknowledging { check: check.parse().ok()?, host, about, text: finding.clone() };
                Some(PromptKind::Acknowledge(Box::new(asked)))
            }
        }
    }
}
