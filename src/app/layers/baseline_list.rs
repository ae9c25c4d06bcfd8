//! The baselines of the plan, each with what the present state adds and takes away.

use crate::app::list::ListState;
use crate::flows::Delta;
use crate::plan::PlanName;

/// One line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BaselineEntry {
    /// The baseline.
    pub name: PlanName,
    /// What came and went since.
    pub delta: Delta,
    /// How many hosts it has.
    pub hosts: usize,
    /// Whether the plan says what it said then.
    pub standing: Standing,
}

/// How the plan stands to a baseline.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// They say the same.
    Same,
    /// They differ in something.
    Different,
}

/// The dialog.
#[derive(Debug)]
pub struct BaselineList {
    /// The cursor.
    pub list: ListState,
    /// The baselines, in the order of pinning.
    pub entries: Vec<BaselineEntry>,
}

impl BaselineList {
    /// The baseline under the cursor.
    pub fn selected(&self) -> Option<&BaselineEntry> {
        self.entries.get(self.list.index())
    }
}
