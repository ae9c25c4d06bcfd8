//! The plan as a file: saving, opening, leaving.

use std::path::PathBuf;

use crate::flows::Flows;
use crate::plan::shown::{shown, shown_path};
use crate::plan::{History, Plan, PlanName};

use super::effect::{Effect, Event, Outcome, Overwrite};
use super::field::Field;
use super::layers::confirm::Leave;
use super::layers::{Confirm, Layer, Prompt, PromptKind, Question, Start};
use super::message::Tone;
use super::{App, Focus, View};

/// The name of a plan that has none yet.
pub(super) fn unnamed() -> PlanName {
    PlanName::unnamed()
}

impl App {
    /// Shows a plan in place of the present one.
    pub fn start_plan(&mut self, plan: Plan, path: Option<PathBuf>) {
        self.plan = plan;
        self.compare = super::baselines::Compare::default();
        self.history = if path.is_some() { History::saved() } else { History::unsaved() };
        self.path = path;
        self.access = super::Access::Full;
        self.keeping.next_plan();
        self.flows = Flows::new(&self.catalogue, &self.plan);
        self.resolve();
        self.change = None;
        self.message = None;
        self.hosts = super::ListState::default();
        self.checks = super::ListState::default();
        self.flow_view = super::FlowView::new(&self.flows);
        self.snippet.written_for = None;
        self.matrix = super::MatrixView::default();
        self.view = View::Flows;
        self.focus = Focus::Hosts;
        self.layers.clear();
    }

    /// Treats the plan as not yet on disk, though it has a file name.
    pub fn mark_new_file(&mut self) {
        self.history = History::unsaved();
    }

    pub(super) fn save(&mut self) {
        match self.path.clone() {
            Some(path) => self.save_to(path, Overwrite::IfUnchanged, None),
            None => self.ask_path(PromptKind::SaveAs),
        }
    }

    pub(super) fn save_to(&mut self, path: PathBuf, overwrite: Overwrite, then: Option<Leave>) {
        let same_file = self.path.as_ref() == Some(&path);
        let overwrite = if same_file { Overwrite::IfUnchanged } else { overwrite };
        self.after_save = then;
        self.effects.push(Effect::Save {
            path,
            plan: Box::new(self.plan.clone()),
            revision: self.history.revision(),
            overwrite,
        });
    }

    pub(super) fn ask_path(&mut self, kind: PromptKind) {
        let proposal = match &self.path {
            Some(path) => shown(&path.display().to_string()),
            None => format!("{}.ron", self.file_stem()),
        };
        self.layers.push(Layer::Prompt(Prompt::new(kind, proposal)));
    }

    /// A file name made from the plan's name: small letters, digits and hyphens.
    pub(super) fn file_stem(&self) -> String {
        let mut stem = String::new();
        for letter in self.plan.name().as_str().to_lowercase().chars() {
            if letter.is_alphanumeric() {
                stem.push(letter);
            } else if !stem.is_empty() && !stem.ends_with('-') {
                stem.push('-');
            }
        }
        let stem = stem.trim_end_matches('-');
        if stem.is_empty() { "plan".to_owned() } else { stem.chars().take(60).collect() }
    }

    /// The file to save in. A proposal that nobody touched is the plan's own file, whose name may hold what cannot be
    /// shown.
    pub(super) fn file_to_save(&self, field: &Field) -> PathBuf {
        match &self.path {
            Some(path) if field.is_proposal() => path.clone(),
            _ => self.expand(field.text().trim()),
        }
    }

    pub(super) fn expand(&self, text: &str) -> PathBuf {
        match (text.strip_prefix("~/"), &self.home) {
            (Some(rest), Some(home)) => home.join(rest),
            _ => PathBuf::from(text),
        }
    }

    /// Goes somewhere else; asks first if the plan is not saved.
    pub(super) fn leave(&mut self, leave: Leave) {
        if self.is_dirty() {
            let text = format!("The plan \"{}\" has changes that are not saved.", self.plan.name());
            self.layers.push(Layer::Confirm(Confirm::new(Question::Unsaved(leave), text)));
        } else {
            self.go(leave);
        }
    }

    fn go(&mut self, leave: Leave) {
        match leave {
            Leave::Quit => {
                // Nothing may be offered at the next start that was given up here.
                if self.is_dirty() {
                    self.effects.push(Effect::Forget);
                }
                self.effects.push(Effect::Quit);
            }
            Leave::Open(path) => self.effects.push(Effect::Open(path)),
            Leave::Start => {
                self.layers.clear();
                self.layers.push(Layer::Start(Start::default()));
            }
        }
    }

    pub(super) fn save_and_go(&mut self) {
        if !matches!(self.layers.last(), Some(Layer::Confirm(Confirm { question: Question::Unsaved(_), .. })))
        {
            return;
        }
        let Some(Layer::Confirm(Confirm { question: Question::Unsaved(leave), .. })) = self.layers.pop()
        else {
            return;
        };
        if let Some(path) = self.path.clone() {
            self.save_to(path, Overwrite::IfUnchanged, Some(leave));
            return;
        }
        self.ask_path(PromptKind::SaveAs);
        if let Some(Layer::Prompt(prompt)) = self.layers.last_mut() {
            prompt.then = Some(leave);
        }
    }

    pub(super) fn discard_and_go(&mut self) {
        if self.discard_lost() {
            return;
        }
        match self.layers.last() {
            Some(Layer::Confirm(Confirm { question: Question::Unsaved(leave), .. })) => {
                let leave = leave.clone();
                self.layers.pop();
                self.go(leave);
            }
            Some(Layer::Confirm(Confirm { question: Question::DropForm, .. })) => {
                self.layers.pop();
                self.layers.pop();
            }
            _ => {}
        }
    }

    pub(super) fn overwrite(&mut self) {
        let Some(Layer::Confirm(Confirm { question, .. })) = self.layers.last() else { return };
        let effect = match question {
            Question::Overwrite(effect) | Question::Changed(effect) => effect.clone(),
            _ => return,
        };
        self.layers.pop();
        self.effects.push(effect);
    }

    /// Takes in how a file operation or a copy ended.
    pub(super) fn outcome(&mut self, event: Event) {
        match event {
            Event::Saved { path, revision, outcome } => self.saved(path, revision, outcome),
            Event::Opened { path, plan } => self.opened(path, plan),
            Event::Reloaded { path, plan } => self.reloaded(&path, plan),
            Event::Imported { origin, source } => self.imported(origin, source),
            Event::NoBackup(why) => {
                self.say(
                    Tone::Failed,
                    format!("saved, but no backup of the file before could be kept: {why}"),
                );
            }
            Event::InUse(owner) => self.in_use(owner),
            Event::Lost(work) => self.offer_lost(work),
            Event::LostWork(lost) => self.keeping.lost = lost,
            Event::Kept(outcome) => self.kept(outcome),
            Event::Changed { effect, theirs } => self.changed_on_disk(*effect, &theirs),
            Event::Copied { what, report, ending } => self.copied(&what, &report, ending),
            Event::Written { path, outcome: Ok(()) } => {
                self.say(Tone::Done, format!("wrote {}", shown_path(&path)));
            }
            Event::Written { outcome: Err(why), .. } => self.say(Tone::Failed, why),
            Event::Exists(effect) => {
                let path = match &*effect {
                    Effect::Save { path, .. } | Effect::Write { path, .. } => shown_path(path),
                    _ => return,
                };
                let text = format!("{path} is there already.");
                self.layers.push(Layer::Confirm(Confirm::new(Question::Overwrite(*effect), text)));
            }
            Event::NoShell => {
                self.say(Tone::Failed, "no shell started portplan, so none could bring it back");
            }
            Event::KeysLeftOut(keys) => self.keys_left_out(keys),
            Event::Shown(choice) => self.shown(choice),
            Event::Key(_) | Event::Paste(_) | Event::Mouse(..) | Event::Wake(_) | Event::Recent(_) => {}
        }
    }

    fn saved(&mut self, path: PathBuf, revision: u64, outcome: Outcome) {
        let then = self.after_save.take();
        match outcome {
            Ok(()) => {
                self.history.mark_saved(revision);
                self.say(Tone::Done, format!("saved {}", shown_path(&path)));
                self.path = Some(path);
                self.access = super::Access::Full;
                if let Some(leave) = then {
                    self.leave(leave);
                }
            }
            Err(why) => self.say(Tone::Failed, why),
        }
    }

    fn opened(&mut self, path: Option<PathBuf>, plan: Result<Box<Plan>, String>) {
        match plan {
            Ok(plan) => {
                let name = plan.name().to_string();
                self.start_plan(*plan, path);
                self.say(Tone::Done, format!("opened {name}"));
            }
            Err(why) => self.say(Tone::Failed, why),
        }
    }
}
