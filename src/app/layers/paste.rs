//! Shows what pasted text would add before it does, and keeps the lines in sight that made no host.

use crate::app::list::ListState;
use crate::plan::paste::Pasted;

/// How far the dialog is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// The hosts are not in the plan yet.
    Asks,
    /// What could be added is added, and what was left out is shown.
    Done,
}

/// The dialog.
#[derive(Debug)]
pub struct PastePreview {
    /// What the text holds.
    pub pasted: Pasted,
    /// How far the dialog is.
    pub stage: Stage,
    /// Which part is on the screen.
    pub list: ListState,
}

impl PastePreview {
    /// A preview of what was pasted; if there is no host in it, there is nothing to ask.
    pub fn new(pasted: Pasted) -> Self {
        let stage = if pasted.hosts.is_empty() { Stage::Done } else { Stage::Asks };
        Self { pasted, stage, list: ListState::default() }
    }
}
