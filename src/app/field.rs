//! A line of text that the operator edits.

use tui_input::{Input, InputRequest};

use crate::plan::text::is_hidden;

use super::key::{Code, Key};

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

    /// Puts text in at the cursor; line breaks become spaces, what cannot be seen is dropped.
    pub fn insert(&mut self, text: &str) {
        self.take_over(Reaction::Replace);
        let added: String = text.trim_end_matches(['\n', '\r']).chars().filter_map(accepted).collect();
        let before = self.before_cursor();
        let after = self.text().get(before.len()..).unwrap_or_default();
        // All at once: letter by letter, each one walks through all that is there already.
        let text = format!("{before}{added}{after}");
        self.input = Input::new(text).with_cursor(self.input.cursor() + added.chars().count());
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

/// What becomes of a pasted character.
fn accepted(letter: char) -> Option<char> {
    match letter {
        '\n' | '\t' => Some(' '),
        letter => (!is_hidden(letter)).then_some(letter),
    }
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
