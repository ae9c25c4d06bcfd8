//! Puts the messages of `ron` into words that say what was found, what should be there, and where.

use ron::Error;
use ron::error::SpannedError;
use ron::extensions::Extensions;

use crate::catalogue::port::PortError;
use crate::plan::shown::brief;
use crate::plan::text::is_hidden;

use super::excerpt::Place;
use super::fault::{Fault, Hint};
use super::tokens::{Token, TokenKind, open_brackets, token_at, token_before};

/// What a text is to hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::files) enum Form {
    Plan,
    Config,
}

impl Form {
    fn name(self) -> &'static str {
        match self {
            Self::Plan => "plan",
            Self::Config => "config",
        }
    }

    /// What a map in it looks like.
    fn map(self) -> &'static str {
        match self {
            Self::Plan => "a map in braces, such as {\"persistent-agent\": true}",
            Self::Config => "a map in braces, such as {\"add-host\": [\"a\"]}",
        }
    }
}

/// What is wrong, and where in the text, in bytes.
pub(in crate::files) fn explain(text: &str, error: &SpannedError, form: Form) -> (usize, Fault) {
    let end = Place { line: error.span.end.line, column: error.span.end.col }.offset(text);
    let scene = Scene { text, end, form };
    if scene.taken().is_some_and(|token| scene.is_last_word(&token)) {
        return scene.truncated();
    }
    scene.word(&error.code).or_else(|| scene.form(&error.code)).unwrap_or_else(|| scene.other(&error.code))
}

/// The text, and how far `ron` came.
struct Scene<'a> {
    text: &'a str,
    end: usize,
    form: Form,
}

impl<'a> Scene<'a> {
    /// What `ron` had just taken when it stopped.
    fn taken(&self) -> Option<Token<'a>> {
        token_before(self.text, self.end)
    }

    /// Where the token begins that `ron` had just taken.
    fn taken_start(&self) -> usize {
        self.taken().map_or(0, |token| token.start)
    }

    /// Whether the file breaks off in this word; what it was to be nobody knows.
    fn is_last_word(&self, token: &Token<'_>) -> bool {
        token.kind == TokenKind::Word && token.start > 0 && token.end() == self.text.trim_end().len()
    }

    /// Faults of words: fields, variants and values that were read but do not belong there.
    fn word(&self, error: &Error) -> Option<(usize, Fault)> {
        let fault = match error {
            Error::NoSuchStructField { expected, found, outer } => Fault::UnknownField {
                of: outer.clone().unwrap_or_else(|| self.form.name().to_owned()),
                found: brief(found),
                hint: hint(found, expected),
            },
            Error::NoSuchExtension(found) => return Some(self.extension(found)),
            Error::InvalidIntegerDigit { .. } => {
                Fault::Expected { expected: "a number".to_owned(), found: describe(self.taken()) }
            }
            Error::NoSuchEnumVariant { expected, found, outer } => Fault::Unknown {
                kind: kind_of(outer.as_deref()),
                found: brief(found),
                hint: hint(found, expected),
            },
            Error::DuplicateStructField { field, .. } => {
                Fault::Twice { kind: "field", found: (*field).to_owned() }
            }
            Error::MissingStructField { field, outer } => return Some(self.missing(field, outer.as_deref())),
            Error::InvalidValueForType { expected, .. } => {
                // serde says "an 64-bit unsigned integer".
                let expected =
                    if expected.ends_with("integer") { "a number".to_owned() } else { expected.clone() };
                Fault::Expected { expected, found: describe(self.taken()) }
            }
            Error::ExpectedDifferentStructName { .. } => {
                Fault::Expected { expected: "\"(\"".to_owned(), found: describe(self.taken()) }
            }
            Error::IntegerOutOfBounds => self.large_number(),
            _ => return None,
        };
        Some((self.taken_start(), fault))
    }

    /// The extensions of RON have no part in the form of a plan, but its reader lets them be named.
    fn extension(&self, found: &str) -> (usize, Fault) {
        let names: Vec<String> =
            Extensions::all().iter_names().map(|(name, _)| name.to_lowercase()).collect();
        let found = brief(found);
        let hint = Hint::towards(&found, names.iter().map(String::as_str));
        (self.taken_start(), Fault::Unknown { kind: "RON extension", found, hint })
    }

    /// Numbers are ports in lists and the format elsewhere.
    fn large_number(&self) -> Fault {
        let found = self.taken().map_or_else(String::new, |token| brief(token.text));
        let in_list = open_brackets(self.text, self.end).last().is_some_and(|token| token.text == "[");
        if in_list { PortError::OutOfRange(found).into() } else { Fault::NoSuchFormat(found) }
    }

    /// A missing field is shown at the bracket that opens the entry.
    fn missing(&self, field: &'static str, outer: Option<&str>) -> (usize, Fault) {
        let open = open_brackets(self.text, self.end).last().map_or(0, |token| token.start);
        let of = outer.unwrap_or(self.form.name()).to_owned();
        let example = example(&of, field).to_owned();
        (open, Fault::MissingField { of, field, example })
    }

    /// Faults of form: something else should stand where `ron` stopped.
    fn form(&self, error: &Error) -> Option<(usize, Fault)> {
        if let Some(fault) = self.unclosed(error) {
            return Some(fault);
        }
        let expected = expected(error, self.form)?;
        let Some(next) = token_at(self.text, self.end).filter(|next| !self.is_last_word(next)) else {
            return Some(self.truncated());
        };
        if next.kind == TokenKind::Unclosed {
            return Some((next.start, unclosed(next)));
        }
        if *error == Error::ExpectedComma {
            return Some(self.no_comma(next));
        }
        let fault = Fault::Expected { expected: expected.to_owned(), found: describe(Some(next)) };
        Some((next.start, fault))
    }

    fn unclosed(&self, error: &Error) -> Option<(usize, Fault)> {
        if !matches!(error, Error::ExpectedStringEnd | Error::UnclosedBlockComment | Error::Eof) {
            return None;
        }
        let token = token_at(self.text, self.end.saturating_sub(1)).or_else(|| self.taken());
        token.filter(|token| token.kind == TokenKind::Unclosed).map(|token| (token.start, unclosed(token)))
    }

    /// Behind an entry comes a comma or the closing bracket.
    fn no_comma(&self, next: Token<'a>) -> (usize, Fault) {
        let open = open_brackets(self.text, next.start).last().map_or("(", |token| token.text);
        let found = describe(Some(next));
        match next.kind {
            TokenKind::Text | TokenKind::Word | TokenKind::Open => (next.start, Fault::NoComma { found }),
            _ => {
                (next.start, Fault::Expected { expected: format!("a comma or \"{}\"", closing(open)), found })
            }
        }
    }

    fn truncated(&self) -> (usize, Fault) {
        let end = self.text.trim_end().len();
        let fault = match open_brackets(self.text, self.text.len()).last() {
            Some(token) => Fault::Truncated {
                bracket: token.text.to_owned(),
                line: Place::of(self.text, token.start).line,
            },
            None => Fault::Expected {
                expected: format!("a {}", self.form.name()),
                found: "the end of the file".to_owned(),
            },
        };
        (end, fault)
    }

    fn other(&self, error: &Error) -> (usize, Fault) {
        let message = match error {
            Error::Eof => return self.truncated(),
            Error::TrailingCharacters => {
                let next = token_at(self.text, self.end);
                let expected = format!("nothing more behind the {}", self.form.name());
                return (self.end, Fault::Expected { expected, found: describe(next) });
            }
            Error::InvalidEscape(what) => {
                let backslash = self.text.get(..self.end).and_then(|before| before.rfind('\\'));
                let message =
                    format!("{}; write \\\\ for a backslash and \\\" for a quote", first_small(what));
                return (backslash.unwrap_or(self.end), Fault::Syntax(message));
            }
            Error::ExceededRecursionLimit => {
                format!("the brackets are nested too deep for a {}", self.form.name())
            }
            Error::SuggestRawIdentifier(found) => {
                let found = brief(found);
                let fault = Fault::Expected {
                    expected: "a word in letters and underscores".to_owned(),
                    found: format!("\"{found}\""),
                };
                return (self.end, fault);
            }
            error => brief(&error.to_string()),
        };
        (self.end, Fault::Syntax(first_small(&message)))
    }
}

/// What should stand where `ron` stopped; `None` for errors of another kind.
fn expected(error: &Error, form: Form) -> Option<&'static str> {
    Some(match error {
        Error::ExpectedArray => "a list in square brackets",
        Error::ExpectedArrayEnd => "a comma or \"]\"",
        Error::ExpectedMap => form.map(),
        Error::ExpectedMapEnd => "a comma or \"}\"",
        Error::ExpectedMapColon => "a colon",
        Error::ExpectedComma => "a comma",
        Error::ExpectedStructLikeEnd | Error::ExpectedOptionEnd => "\")\"",
        Error::ExpectedStructLike | Error::ExpectedNamedStructLike(_) => "\"(\"",
        Error::ExpectedString | Error::ExpectedStringEnd => "a text in quotes",
        Error::ExpectedBoolean => "true or false",
        Error::ExpectedInteger => "a number",
        Error::ExpectedIdentifier => "a word without quotes",
        Error::Eof => "more",
        _ => return None,
    })
}

fn describe(token: Option<Token<'_>>) -> String {
    match token {
        None => "the end of the file".to_owned(),
        Some(token) if token.kind == TokenKind::Text => brief(token.text),
        Some(token) if token.kind == TokenKind::Other => character(token.text),
        Some(token) => format!("\"{}\"", brief(token.text)),
    }
}

/// A character by its number where it cannot be seen: there is nothing else to find it by.
fn character(text: &str) -> String {
    let unseen = |letter: &char| is_hidden(*letter) || letter.is_whitespace();
    match text.chars().next().filter(unseen) {
        Some(letter) => format!("the character U+{:04X}", u32::from(letter)),
        None => format!("\"{text}\""),
    }
}

fn unclosed(token: Token<'_>) -> Fault {
    if token.text.starts_with("/*") {
        Fault::Unclosed { what: "comment", end: "*/" }
    } else {
        Fault::Unclosed { what: "text", end: "a quote" }
    }
}

fn closing(open: &str) -> &'static str {
    match open {
        "[" => "]",
        "{" => "}",
        _ => ")",
    }
}

fn hint(found: &str, expected: &'static [&'static str]) -> Hint {
    Hint::towards(&brief(found), expected.iter().copied())
}

fn kind_of(outer: Option<&str>) -> &'static str {
    match outer {
        Some("Os") => "operating system",
        Some("Transport") => "transport",
        Some("theme") => "theme",
        Some("symbols") => "set of symbols",
        Some("mouse") => "setting of the mouse",
        Some("clipboard") => "way to the clipboard",
        Some("RawParty") => "end of a rule",
        _ => "word",
    }
}

fn example(of: &str, field: &str) -> &'static str {
    match (of, field) {
        ("plan", "format") => "format: 1",
        ("plan", "name") => "name: \"Munich\"",
        ("host", "name") => "name: \"vbr01\"",
        ("zone", "name") => "name: \"dmz\"",
        ("baseline", "name") => "name: \"as agreed\"",
        (_, "host") => "host: \"mnt01\"",
        (_, "partner") => "partner: \"repo01\"",
        (_, "check") => "check: \"no-address\"",
        (_, "reason") => "reason: \"decided in the kick-off\"",
        (_, "edition") => "edition: \"2025-12\"",
        (_, "from") => "from: host(\"vbr01\")",
        (_, "to") => "to: role(\"mail-server\")",
        (_, "transports") => "transports: [tcp]",
        (_, "ports") => "ports: [\"465\"]",
        (_, "purpose") => "purpose: \"Site relay\"",
        _ => "it",
    }
}

fn first_small(message: &str) -> String {
    let mut letters = message.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}
