//! Chooses what to copy and in which format.

use crate::app::list::ListState;
use crate::app::snippet::SnippetScope;
use crate::snippets::Target;

/// Which of the two lists has the cursor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Column {
    /// What is copied.
    Scope,
    /// How it is written.
    Target,
}

/// The dialog.
#[derive(Debug)]
pub struct CopyAs {
    /// The list with the cursor.
    pub column: Column,
    /// What can be copied.
    pub choices: Vec<SnippetScope>,
    /// The cursor among the scopes.
    pub scopes: ListState,
    /// The cursor among the targets.
    pub targets: ListState,
}

impl CopyAs {
    /// Remembers how many lines of either list the screen shows.
    pub fn seen(&mut self, height: u16) {
        self.scopes.seen(height, self.choices.len() as u64);
        self.targets.seen(height, Target::ALL.len() as u64);
    }

    /// The dialog with this choice under the cursors.
    pub fn new(choices: Vec<SnippetScope>, scope: SnippetScope, target: Target) -> Self {
        let place = |at: Option<usize>| at.unwrap_or(0) as u64;
        let mut scopes = ListState::default();
        scopes.go(place(choices.iter().position(|known| *known == scope)), choices.len() as u64);
        let mut targets = ListState::default();
        targets.go(place(Target::ALL.iter().position(|known| *known == target)), Target::ALL.len() as u64);
        Self { column: Column::Target, choices, scopes, targets }
    }

    /// The scope under the cursor.
    pub fn scope(&self) -> SnippetScope {
        self.choices.get(self.scopes.index()).copied().unwrap_or(SnippetScope::Plan)
    }

    /// The target under the cursor.
    pub fn target(&self) -> Target {
        Target::ALL.get(self.targets.index()).copied().unwrap_or(Target::Markdown)
    }

    /// The list with the cursor, and its length.
    pub fn list(&mut self) -> (&mut ListState, u64) {
        match self.column {
            Column::Scope => (&mut self.scopes, self.choices.len() as u64),
            Column::Target => (&mut self.targets, Target::ALL.len() as u64),
        }
    }

    /// Puts the cursor into the other list.
    pub fn other_column(&mut self) {
        self.column = match self.column {
            Column::Scope => Column::Target,
            Column::Target => Column::Scope,
        };
    }
}
