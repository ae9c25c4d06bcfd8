//! The start screen: a new plan, samples, recent plans.

use std::path::PathBuf;

use crate::app::list::ListState;

/// One line of the start screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StartItem {
    /// Unsaved work of an earlier planner, by its place in the list of lost work.
    Lost(usize),
    /// An empty plan.
    New,
    /// A sample, by its place in the list of samples.
    Sample(usize),
    /// A plan that was used lately.
    Recent(PathBuf),
    /// Asks for a file.
    Open,
}

/// The dialog.
#[derive(Debug, Default)]
pub struct Start {
    /// The cursor.
    pub list: ListState,
}

/// The lines, in order.
pub fn items(lost: usize, samples: usize, recent: &[PathBuf]) -> Vec<StartItem> {
    let mut items: Vec<StartItem> = (0..lost).map(StartItem::Lost).collect();
    items.push(StartItem::New);
    items.extend((0..samples).map(StartItem::Sample));
    items.extend(recent.iter().cloned().map(StartItem::Recent));
    items.push(StartItem::Open);
    items
}
