//! Undo and redo, and whether the plan differs from what was saved.

use super::Plan;
use super::edit::{Edit, EditError};

#[derive(Debug, Clone)]
struct Step {
    label: String,
    /// Takes the step back, or makes it again, depending on the stack it is in.
    edit: Edit,
    /// Names the state of the plan before (undo stack) or after (redo stack) the step.
    revision: u64,
}

/// The steps that led to the present plan, and those that were taken back.
#[derive(Debug, Clone, Default)]
pub struct History {
    undo: Vec<Step>,
    redo: Vec<Step>,
    revision: u64,
    newest: u64,
    saved: Option<u64>,
}

impl History {
    /// The history of a plan that is saved as it stands.
    pub fn saved() -> Self {
        Self { saved: Some(0), ..Self::default() }
    }

    /// The history of a plan that was never saved.
    pub fn unsaved() -> Self {
        Self::default()
    }

    /// Makes a change that can be taken back; `label` says what it did ("add vbr01").
    ///
    /// # Errors
    /// If the change does not fit the plan; plan and history are as before then.
    pub fn apply(&mut self, plan: &mut Plan, label: impl Into<String>, edit: Edit) -> Result<(), EditError> {
        let inverse = plan.apply(edit)?;
        self.undo.push(Step { label: label.into(), edit: inverse, revision: self.revision });
        self.redo.clear();
        self.newest += 1;
        self.revision = self.newest;
        Ok(())
    }

    /// Takes the last step back and returns its label; `None` where there is none.
    ///
    /// # Errors
    /// If the plan was changed behind the history's back.
    pub fn undo(&mut self, plan: &mut Plan) -> Result<Option<String>, EditError> {
        Self::step(plan, &mut self.undo, &mut self.redo, &mut self.revision)
    }

    /// Makes the step again that was taken back last, and returns its label.
    ///
    /// # Errors
    /// If the plan was changed behind the history's back.
    pub fn redo(&mut self, plan: &mut Plan) -> Result<Option<String>, EditError> {
        Self::step(plan, &mut self.redo, &mut self.undo, &mut self.revision)
    }

    fn step(
        plan: &mut Plan,
        source: &mut Vec<Step>,
        target: &mut Vec<Step>,
        revision: &mut u64,
    ) -> Result<Option<String>, EditError> {
        let Some(step) = source.pop() else { return Ok(None) };
        let inverse = plan.apply(step.edit)?;
        target.push(Step { label: step.label.clone(), edit: inverse, revision: *revision });
        *revision = step.revision;
        Ok(Some(step.label))
    }

    /// What undo would take back.
    pub fn next_undo(&self) -> Option<&str> {
        self.undo.last().map(|step| step.label.as_str())
    }

    /// What redo would make again.
    pub fn next_redo(&self) -> Option<&str> {
        self.redo.last().map(|step| step.label.as_str())
    }

    /// Names the present state of the plan; equal numbers are equal plans.
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// Remembers that the state with this revision is on disk.
    pub fn mark_saved(&mut self, revision: u64) {
        self.saved = Some(revision);
    }

    /// Whether the plan differs from what is on disk.
    pub fn is_dirty(&self) -> bool {
        self.saved != Some(self.revision) && !(self.saved.is_none() && self.undo.is_empty())
    }
}
