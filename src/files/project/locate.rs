//! Finds a value in the text by the way that leads to it.

use std::iter::Peekable;

use super::tokens::{Token, TokenKind, Tokens};

/// One step from a value to one inside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::files) enum Step {
    /// The value of a struct's field.
    Field(&'static str),
    /// An entry of a list, from 0.
    Item(usize),
    /// The key of a map's entry, from 0.
    Key(usize),
    /// The value of a map's entry, from 0.
    Value(usize),
    /// What stands in the parentheses of a word: `"vbr01"` in `host("vbr01")`.
    Inner,
}

/// Where the value at the end of the steps begins, in bytes; `None` if the text does not go that way.
pub(in crate::files) fn locate(text: &str, steps: impl IntoIterator<Item = Step>) -> Option<usize> {
    let mut walk = Walk { tokens: Tokens::new(text).peekable() };
    walk.skip_attributes();
    for step in steps {
        walk.step(step)?;
    }
    walk.value().map(|token| token.start)
}

struct Walk<'a> {
    tokens: Peekable<Tokens<'a>>,
}

impl<'a> Walk<'a> {
    fn step(&mut self, step: Step) -> Option<()> {
        match step {
            Step::Field(name) => {
                self.enter("(")?;
                self.field(name)
            }
            Step::Item(number) => {
                self.enter("[")?;
                self.skip_entries(number)
            }
            Step::Key(number) => {
                self.enter("{")?;
                self.skip_entries(number)
            }
            Step::Value(number) => {
                self.enter("{")?;
                self.skip_entries(number)?;
                self.skip_to(TokenKind::Colon)
            }
            Step::Inner => self.enter("("),
        }
    }

    /// Moves behind `#![…]` lines.
    fn skip_attributes(&mut self) {
        while self.tokens.next_if(|token| token.text == "#").is_some() {
            if self.enter("[").is_some() {
                while self.skip_to(TokenKind::Comma).is_some() {}
                self.tokens.next();
            }
        }
    }

    /// Moves behind the next opening bracket of this kind; a name or `Some(` may stand in front of it.
    fn enter(&mut self, bracket: &str) -> Option<()> {
        self.tokens.find(|token| token.text == bracket && token.kind == TokenKind::Open).map(|_| ())
    }

    fn field(&mut self, name: &str) -> Option<()> {
        loop {
            let token = self.tokens.peek().filter(|token| token.kind != TokenKind::Close)?;
            let found = token.text.strip_prefix("r#").unwrap_or(token.text) == name;
            if found {
                return self.skip_to(TokenKind::Colon);
            }
            self.skip_to(TokenKind::Comma)?;
        }
    }

    fn skip_entries(&mut self, number: usize) -> Option<()> {
        (0..number).try_for_each(|_| self.skip_to(TokenKind::Comma))
    }

    /// Moves behind the next token of this kind that is not in inner brackets; `None` where the outer one closes.
    fn skip_to(&mut self, kind: TokenKind) -> Option<()> {
        let mut depth = 0_usize;
        loop {
            let token = self.tokens.next_if(|token| depth > 0 || token.kind != TokenKind::Close)?;
            match token.kind {
                TokenKind::Open => depth += 1,
                TokenKind::Close => depth -= 1,
                found if depth == 0 && found == kind => return Some(()),
                _ => {}
            }
        }
    }

    /// The next token; the one inside where the value is wrapped in `Some(…)`.
    fn value(&mut self) -> Option<Token<'a>> {
        let token = self.tokens.next()?;
        if token.text == "Some" && self.tokens.next_if(|token| token.text == "(").is_some() {
            return self.value();
        }
        Some(token)
    }
}
