//! A line of text that the operator edits.

use tui_input::{Input, InputRequest};

use super::key::{Code, Key};

/// An editable line. Control characters never get in.
#[derive(Debug, Clone, Default)]
pub struct Field(Input);

impl Field {
    /// A line with this text, the cursor behind it.
    pub fn new(text: impl Into<String>) -> Self {
        Self(Input::new(text.into()))
    }

    /// The text.
    pub fn text(&self) -> &str {
        self.0.value()
    }

    /// Whether there is no text.
    pub fn is_empty(&self) -> bool {
        self.0.value().is_empty()
    }

    /// Where the cursor stands, in terminal columns.
    pub fn cursor_column(&self) -> usize {
        self.0.visual_cursor()
    }

    /// How many columns to leave out at the start so that the cursor is visible in `width` columns.
    pub fn scroll(&self, width: usize) -> usize {
        self.0.visual_scroll(width)
    }

    /// Replaces the text.
    pub fn set(&mut self, text: impl Into<String>) {
        self.0 = Input::new(text.into());
    }

    /// Puts text in at the cursor; line breaks become spaces, other control characters are dropped.
    pub fn insert(&mut self, text: &str) {
        for letter in text.trim_end_matches(['\n', '\r']).chars() {
            match letter {
                '\n' | '\t' => drop(self.0.handle(InputRequest::InsertChar(' '))),
                letter if letter.is_control() => {}
                letter => drop(self.0.handle(InputRequest::InsertChar(letter))),
            }
        }
    }

    /// Takes a key; says whether it was one for a text line.
    pub fn key(&mut self, key: Key) -> bool {
        let Some(request) = request(key) else { return false };
        self.0.handle(request);
        true
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
