//! A line of text that the operator edits.

use thiserror::Error;
use tui_input::{Input, InputRequest};

use crate::plan::text::is_hidden;

use super::key::{Code, Key};

/// How many characters can be put in at once; no name, note or search is as long.
const LONGEST_INSERT: usize = 10_000;

/// A text that is too long for a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("the pasted text has {found} characters; a line takes {LONGEST_INSERT} at once")]
pub struct TooLong {
    /// Its length in characters.
    pub found: usize,
}

/// An editable line. Control characters, and others that cannot be seen, never get in.
#[derive(Debug, Clone, Default)]
pub struct Field {
    input: Input,
    proposal: Proposal,
}

/// Whether the text is what the operator typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Proposal {
    /// A proposal that nobody touched: typing takes its place.
    Untouched,
    #[default]
    Taken,
}

impl Field {
    /// A line with this text, the cursor behind it.
    pub fn new(text: impl Into<String>) -> Self {
        Self { input: Input::new(text.into()), proposal: Proposal::Taken }
    }

    /// A line with a proposal: typing takes its place, moving in it or deleting takes it over.
    pub fn proposing(text: impl Into<String>) -> Self {
        let input = Input::new(text.into());
        let proposal = if input.value().is_empty() { Proposal::Taken } else { Proposal::Untouched };
        Self { input, proposal }
    }

    /// Whether the text is a proposal that nobody touched.
    pub fn is_proposal(&self) -> bool {
        self.proposal == Proposal::Untouched
    }

    /// The text.
    pub fn text(&self) -> &str {
        self.input.value()
    }

    /// Whether there is no text.
    pub fn is_empty(&self) -> bool {
        self.input.value().is_empty()
    }

    /// The text in front of the cursor.
    pub fn before_cursor(&self) -> &str {
        let text = self.text();
        let end = text.char_indices().nth(self.input.cursor()).map_or(text.len(), |(at, _)| at);
        text.get(..end).unwrap_or_default()
    }

    /// Replaces the text.
    pub fn set(&mut self, text: impl Into<String>) {
        *self = Self::new(text);
    }

    /// Puts text in at the cursor. Line breaks and tabs become spaces; what would hide or reorder text is dropped.
    ///
    /// # Errors
    /// If the text is longer than any line has a use for; the line is as before then.
    pub fn insert(&mut self, text: &str) -> Result<(), TooLong> {
        let text = text.trim_end_matches(['\n', '\r']).replace("\r\n", " ").replace(['\n', '\r', '\t'], " ");
        let text: String = text.chars().filter(|letter| !is_hidden(*letter)).collect();
        let found = text.chars().count();
        if found > LONGEST_INSERT {
            return Err(TooLong { found });
        }
        self.take_over(Reaction::Replace);
        let cursor = self.input.cursor();
        let before: String = self.input.value().chars().take(cursor).collect();
        let behind: String = self.input.value().chars().skip(cursor).collect();
        self.input = Input::new(format!("{before}{text}{behind}")).with_cursor(cursor + found);
        Ok(())
    }

    /// Takes a key; says whether it was one for a text line.
    pub fn key(&mut self, key: Key) -> bool {
        let Some(request) = request(key) else { return false };
        let typed = matches!(request, InputRequest::InsertChar(_));
        if matches!(request, InputRequest::InsertChar(letter) if is_hidden(letter)) {
            return true;
        }
        self.take_over(if typed { Reaction::Replace } else { Reaction::Edit });
        self.input.handle(request);
        true
    }

    /// Whether a text field has a use for the key.
    pub fn uses(key: Key) -> bool {
        request(key).is_some()
    }

    fn take_over(&mut self, reaction: Reaction) {
        if self.is_proposal() && reaction == Reaction::Replace {
            self.input.reset();
        }
        self.proposal = Proposal::Taken;
    }
}

/// What happens to a proposal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reaction {
    Replace,
    Edit,
}

fn request(key: Key) -> Option<InputRequest> {
    if let Some(letter) = key.typed() {
        return Some(InputRequest::InsertChar(letter));
    }
    Some(match (key.ctrl, key.alt, key.code) {
        (false, false, Code::Left) => InputRequest::GoToPrevChar,
        (false, false, Code::Right) => InputRequest::GoToNextChar,
        (true, _, Code::Left) => InputRequest::GoToPrevWord,
        (true, _, Code::Right) => InputRequest::GoToNextWord,
        (false, false, Code::Home) | (true, false, Code::Char('a')) => InputRequest::GoToStart,
        (false, false, Code::End) | (true, false, Code::Char('e')) => InputRequest::GoToEnd,
        (false, false, Code::Backspace) | (true, false, Code::Char('h')) => InputRequest::DeletePrevChar,
        (false, false, Code::Delete) => InputRequest::DeleteNextChar,
        (true, false, Code::Char('w')) => InputRequest::DeletePrevWord,
        (true, false, Code::Char('u')) => InputRequest::DeleteFromStart,
        (true, false, Code::Char('k')) => InputRequest::DeleteTillEnd,
        _ => return None,
    })
}
