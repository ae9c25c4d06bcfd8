//! Shows an answer, and makes the changes that it proposes.

use crate::app::list::ListState;
use crate::flows::why::{Question, Telling};

/// The dialog.
#[derive(Debug)]
pub struct AnswerPage {
    /// What was asked.
    pub question: Question,
    /// What was taken for what.
    pub remarks: Vec<String>,
    /// The answer.
    pub telling: Telling,
    /// Which part of the text is on the screen.
    pub list: ListState,
    /// The change that is selected, by its place.
    pub chosen: Option<usize>,
    /// How many lines the answer has, as the screen last said.
    pub(in crate::app) rows: u64,
    /// The state of the plan that the answer is about.
    pub(in crate::app) revision: u64,
    marks: Vec<u64>,
}

impl AnswerPage {
    /// An answer that nobody has read yet.
    pub fn new(question: Question, remarks: Vec<String>, telling: Telling, revision: u64) -> Self {
        Self {
            question,
            remarks,
            telling,
            list: ListState::default(),
            chosen: None,
            rows: u64::MAX,
            revision,
            marks: Vec::new(),
        }
    }

    /// Remembers how much the screen shows, how many lines there are, and where the changes stand.
    pub(in crate::app) fn seen(&mut self, height: u16, lines: u64, marks: &[u64]) {
        self.rows = lines;
        self.marks = marks.to_vec();
        self.list.seen(height, lines);
        self.list.scroll_to_fit(lines);
    }

    /// Selects the next change, or the one before; around the ends.
    pub(in crate::app) fn choose_next(&mut self, forward: bool) {
        let len = self.telling.proposals.len();
        let next = match self.chosen {
            _ if len == 0 => return,
            None if forward => 0,
            None => len - 1,
            Some(at) if forward => (at + 1) % len,
            Some(at) => (at + len - 1) % len,
        };
        self.chosen = Some(next);
        if let Some(mark) = self.marks.get(next) {
            let visible =
                self.list.offset()..self.list.offset().saturating_add(u64::from(self.list.height()));
            if !visible.contains(mark) {
                // What it is about stands in front of it.
                let above = u64::from(self.list.height()) * 2 / 3;
                self.list.go(mark.saturating_sub(above), self.rows);
                self.list.scroll_to_fit(self.rows);
            }
        }
    }

    /// Selects a change by its place.
    pub(in crate::app) fn choose(&mut self, at: u64) {
        let at = usize::try_from(at).unwrap_or(usize::MAX);
        if at < self.telling.proposals.len() {
            self.chosen = Some(at);
        }
    }
}
