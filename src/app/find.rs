//! The search in the text of the rules view: literal, and capital letters do not count.

use std::ops::Range;

use super::field::Field;
use super::{App, Focus, View};

/// A place in the text where the words stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// The line, counted from 0.
    pub line: u64,
    /// Where in the line, in bytes.
    pub bytes: Range<usize>,
}

/// What is looked for, and where it stands.
#[derive(Debug, Default)]
pub struct Find {
    /// What was typed.
    pub field: Field,
    hits: Vec<Hit>,
    at: usize,
    /// Whether the screen is to go to the present hit; a movement ends it.
    pub(super) view: Follow,
}

/// Which part of the text the screen shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Follow {
    /// The part that was scrolled to.
    #[default]
    Scroll,
    /// The one with the present hit.
    Hit,
}

impl Find {
    /// How many places there are.
    pub fn count(&self) -> usize {
        self.hits.len()
    }

    /// The number of the present hit, counted from 0, and where it stands.
    pub fn present(&self) -> Option<(usize, &Hit)> {
        self.hits.get(self.at).map(|hit| (self.at, hit))
    }

    /// The hit that the screen has to go to.
    pub fn awaited(&self) -> Option<&Hit> {
        self.present().map(|(_, hit)| hit).filter(|_| self.view == Follow::Hit)
    }

    /// The hits in a line.
    pub fn in_line(&self, line: u64) -> &[Hit] {
        let start = self.hits.partition_point(|hit| hit.line < line);
        let end = self.hits.partition_point(|hit| hit.line <= line);
        self.hits.get(start..end).unwrap_or_default()
    }

    fn read(&mut self, text: &str) {
        self.hits.clear();
        let wanted: Vec<char> = self.field.text().chars().flat_map(char::to_lowercase).collect();
        for (number, line) in (0..).zip(text.lines()) {
            self.hits.extend(places(line, &wanted).map(|bytes| Hit { line: number, bytes }));
        }
        self.at = self.at.min(self.hits.len().saturating_sub(1));
    }

    fn step(&mut self, forward: bool) {
        let last = self.hits.len().saturating_sub(1);
        self.at = match (forward, self.at) {
            (true, at) if at < last => at + 1,
            (true, _) => 0,
            (false, 0) => last,
            (false, at) => at - 1,
        };
        self.view = Follow::Hit;
    }
}

/// Where the letters, which are small, stand in a line; places do not overlap.
fn places(line: &str, wanted: &[char]) -> impl Iterator<Item = Range<usize>> {
    let mut from = 0;
    std::iter::from_fn(move || {
        let rest = line.get(from..)?;
        let found = rest.char_indices().find_map(|(at, _)| {
            let start = from + at;
            Some(start..start + matched(line.get(start..)?, wanted)?)
        })?;
        from = found.end;
        Some(found)
    })
}

/// How many bytes of the text's beginning are the letters.
fn matched(text: &str, wanted: &[char]) -> Option<usize> {
    let mut left = wanted.iter();
    for (at, letter) in text.char_indices() {
        if left.as_slice().is_empty() {
            return (at > 0).then_some(at);
        }
        for small in letter.to_lowercase() {
            if left.next() != Some(&small) {
                return None;
            }
        }
    }
    (left.as_slice().is_empty() && !text.is_empty()).then_some(text.len())
}

impl App {
    pub(super) fn open_search(&mut self) {
        if self.pane_context() != super::Context::Rules {
            self.view = View::Flows;
        }
        self.focus = Focus::Search;
    }

    /// Looks again after the words or the text changed.
    pub(super) fn find_again(&mut self) {
        let text = self.snippet.text.as_deref().unwrap_or_default();
        self.snippet.find.read(text);
    }

    /// Goes on from the present hit, so that more letters make it longer and do not leave it.
    pub(super) fn find_typed(&mut self) {
        let before = self.snippet.find.present().map(|(_, hit)| (hit.line, hit.bytes.start));
        self.find_again();
        let find = &mut self.snippet.find;
        let start = before.unwrap_or_default();
        let next = find.hits.partition_point(|hit| (hit.line, hit.bytes.start) < start);
        find.at = if next < find.hits.len() { next } else { 0 };
        find.view = Follow::Hit;
    }

    pub(super) fn find_next(&mut self, forward: bool) {
        self.snippet.find.step(forward);
    }

    /// Ends the search in the text; says whether there was one.
    pub(super) fn clear_find(&mut self) -> bool {
        let was = !self.snippet.find.field.is_empty();
        self.snippet.find = Find::default();
        was
    }
}
