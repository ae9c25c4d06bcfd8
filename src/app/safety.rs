//! No work is lost: unsaved work is kept after every change, lost work is offered, files that others changed or hold are
//! not written over.

use std::path::PathBuf;
use std::sync::Arc;

use crate::plan::actions::Action;
use crate::plan::shown::shown_path;
use crate::plan::{Edit, Plan};
use crate::review::Difference;

use super::App;
use super::command::Command;
use super::effect::{Effect, LostEntry, LostWork, Outcome};
use super::layers::{Confirm, Layer, PromptKind, Question};
use super::message::Tone;
use super::unfinished::Unfinished;

/// Whether the plan may be changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Access {
    /// It may.
    Full,
    /// Another planner has it; the text says who.
    ReadOnly(String),
}

/// What is kept outside the plan's file.
#[derive(Debug, Default)]
pub(super) struct Keeping {
    /// Counts the plans that were shown.
    plan: u64,
    /// What was kept last; `None` if nothing is.
    kept: Option<Kept>,
    /// Records whose work is in the plan now.
    takes_over: Vec<PathBuf>,
    /// Why the last state could not be kept.
    trouble: Option<String>,
    /// Work that earlier planners left.
    pub(super) lost: Vec<LostEntry>,
}

/// What was kept.
#[derive(Debug)]
struct Kept {
    /// Which plan, and which revision of it.
    state: (u64, u64),
    /// A copy of that state: typing a letter must not cost another one.
    copy: Arc<Plan>,
    /// What was typed besides.
    unfinished: Option<Unfinished>,
}

impl Keeping {
    /// Another plan is on the screen.
    pub(super) fn next_plan(&mut self) {
        self.plan += 1;
        self.takes_over.clear();
    }
}

impl App {
    /// Whether the plan may be changed.
    pub fn access(&self) -> &Access {
        &self.access
    }

    /// Why unsaved work cannot be kept at the moment.
    pub fn trouble(&self) -> Option<&str> {
        self.keeping.trouble.as_deref()
    }

    /// Work that earlier planners left, newest first.
    pub fn lost_work(&self) -> &[LostEntry] {
        &self.keeping.lost
    }

    /// Asks for the present state to be kept, if it is not saved and not kept yet.
    pub(super) fn keep_work(&mut self) {
        let unfinished = self.unfinished();
        if !self.is_dirty() && unfinished.is_none() {
            if self.keeping.kept.take().is_some() {
                self.effects.push(Effect::Forget);
            }
            return;
        }
        let state = (self.keeping.plan, self.history.revision());
        let before = self.keeping.kept.as_ref().filter(|kept| kept.state == state);
        if before.is_some_and(|kept| kept.unfinished == unfinished) {
            return;
        }
        let copy = before.map_or_else(|| Arc::new(self.plan.clone()), |kept| Arc::clone(&kept.copy));
        self.effects.push(Effect::Keep {
            path: self.path.clone(),
            plan: Arc::clone(&copy),
            unfinished: unfinished.clone(),
            takes_over: std::mem::take(&mut self.keeping.takes_over),
        });
        self.keeping.kept = Some(Kept { state, copy, unfinished });
    }

    pub(super) fn kept(&mut self, outcome: Outcome) {
        let trouble = outcome.err();
        if let Some(why) = trouble.as_ref().filter(|why| self.keeping.trouble.as_ref() != Some(why)) {
            self.say(Tone::Failed, format!("unsaved work cannot be kept: {why}"));
        }
        self.keeping.trouble = trouble;
    }

    /// Whether this command has to wait until the plan may be changed; says so.
    pub(super) fn refuses(&mut self, command: Command) -> bool {
        let Access::ReadOnly(owner) = &self.access else { return false };
        if !changes_the_plan(command) || command == Command::GoToFinding && self.goes_nowhere_but_there() {
            return false;
        }
        let context = self.pane_context();
        let copy = self.keys.ask(context, Command::SaveAs);
        let again = self.keys.ask(context, Command::Reload);
        let text = format!("read-only: {owner} has this plan open; {copy} for a copy, {again} to try again");
        self.say(Tone::Failed, text);
        true
    }

    pub(super) fn in_use(&mut self, owner: String) {
        let text = format!("This plan is open in another portplan: {owner}.");
        self.access = Access::ReadOnly(owner);
        self.ask(Confirm::new(Question::InUse, text));
    }

    pub(super) fn try_again(&mut self) {
        self.layers.pop();
        if let Some(path) = self.path.clone() {
            self.effects.push(Effect::Open(path));
        }
    }

    pub(super) fn offer_lost(&mut self, work: LostWork) {
        match &work.plan {
            Err(why) => {
                let record = shown_path(&work.record);
                self.say(Tone::Failed, format!("unsaved work was left, but cannot be read: {record}: {why}"));
            }
            Ok(plan) => {
                let mut details = Difference::between(&self.catalogue, &self.plan, plan).lines();
                details.extend(work.unfinished.iter().flat_map(Unfinished::lines));
                let what = if self.path.is_some() { "this plan" } else { "a plan that was never saved" };
                let text = format!("portplan ended before its last work on {what} was saved, {}.", work.age);
                self.ask(Confirm::new(Question::Lost(work), text).with_details(details));
            }
        }
    }

    pub(super) fn recover(&mut self) {
        let Some(Question::Lost(work)) = self.take_question() else { return };
        let Ok(plan) = work.plan else { return };
        if !plan.says_the_same(&self.plan) {
            self.replace_plan(&plan, "recover unsaved work");
        }
        if let Some(unfinished) = &work.unfinished {
            self.reopen(unfinished);
        }
        if self.is_dirty() || self.unfinished().is_some() {
            self.keeping.takes_over.push(work.record);
        } else {
            self.effects.push(Effect::Discard(work.record));
        }
    }

    /// Drops lost work; says whether the question was about that.
    pub(super) fn discard_lost(&mut self) -> bool {
        let Some(Layer::Confirm(Confirm { question: Question::Lost(work), .. })) = self.layers.last() else {
            return false;
        };
        self.effects.push(Effect::Discard(work.record.clone()));
        self.layers.pop();
        true
    }

    pub(super) fn changed_on_disk(&mut self, effect: Effect, theirs: &Result<Box<Plan>, String>) {
        let Effect::Save { path, .. } = &effect else { return };
        let text = format!("{} was changed by somebody else since it was read.", shown_path(path));
        let details = match theirs {
            Ok(theirs) => match Difference::between(&self.catalogue, theirs, &self.plan).lines() {
                lines if lines.is_empty() => vec!["It says the same as your plan.".to_owned()],
                mut lines => {
                    lines.insert(0, "Your plan against the file:".to_owned());
                    lines
                }
            },
            Err(why) => vec![format!("It cannot be read as a plan any more: {why}")],
        };
        self.ask(Confirm::new(Question::Changed(effect), text).with_details(details));
    }

    /// Reads the plan's file again, from a question or as a command of its own.
    pub(super) fn reload(&mut self) {
        self.take_question();
        self.after_save = None;
        match (self.path.clone(), &self.access) {
            (None, _) => {
                let ask = self.keys.ask(self.pane_context(), Command::Save);
                self.say(Tone::Failed, format!("this plan has no file yet; {ask} to save it"));
            }
            (Some(path), Access::ReadOnly(_)) => self.effects.push(Effect::Open(path)),
            (Some(path), Access::Full) => self.effects.push(Effect::Reload(path)),
        }
    }

    pub(super) fn reloaded(&mut self, path: &std::path::Path, plan: Result<Box<Plan>, String>) {
        match plan {
            Err(why) => self.say(Tone::Failed, why),
            Ok(plan) if plan.says_the_same(&self.plan) => {
                self.history.mark_saved(self.history.revision());
                self.say(Tone::Done, format!("{} says the same as the plan here", shown_path(path)));
            }
            Ok(plan) => {
                if self.replace_plan(&plan, "read the file again") {
                    self.history.mark_saved(self.history.revision());
                }
            }
        }
    }

    /// Puts another state in the plan's place, as one step that can be taken back.
    fn replace_plan(&mut self, plan: &Plan, label: &str) -> bool {
        let edit = Edit::Whole(Box::new(plan.numbered_like(&self.plan)));
        self.act(Action { label: label.to_owned(), edit, also: Vec::new() })
    }

    pub(super) fn save_elsewhere(&mut self) {
        if self.take_question().is_some() {
            let then = self.after_save.take();
            self.ask_path(PromptKind::SaveAs);
            if let Some(Layer::Prompt(prompt)) = self.layers.last_mut() {
                prompt.then = then;
            }
        }
    }

    pub(super) fn ask(&mut self, confirm: Confirm) {
        self.layers.push(Layer::Confirm(confirm));
    }

    fn take_question(&mut self) -> Option<Question> {
        match self.layers.pop() {
            Some(Layer::Confirm(confirm)) => Some(confirm.question),
            Some(other) => {
                self.layers.push(other);
                None
            }
            None => None,
        }
    }
}

fn changes_the_plan(command: Command) -> bool {
    matches!(
        command,
        Command::AddHost
            | Command::ImportHosts
            | Command::EditHost
            | Command::AssignRoles
            | Command::DuplicateHost
            | Command::DeleteHost
            | Command::MoveHostUp
            | Command::MoveHostDown
            | Command::ToggleOption
            | Command::EditPorts
            | Command::AddEntry
            | Command::EditEntry
            | Command::DeleteEntry
            | Command::GoToFinding
            | Command::Acknowledge
            | Command::Undo
            | Command::Redo
            | Command::RenamePlan
            | Command::TakeBack
            | Command::PinBaseline
            | Command::ReplaceBaseline
            | Command::RenameBaseline
            | Command::DeleteBaseline
            | Command::GoBack
            | Command::Save
    )
}
