//! What can be wrong with a project file, and where.

use std::fmt;

use thiserror::Error;

use crate::catalogue::nearest;
use crate::catalogue::port::PortError;
use crate::plan::shown::{brief, shown};
use crate::plan::{AddressError, TextError};

use super::excerpt::{Place, excerpt};

/// Helps on from a word that is not known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Hint {
    /// The known word that was probably meant.
    Nearest(String),
    /// All known words.
    Known(Vec<String>),
}

/// The longest list of known words in a message.
const KNOWN: usize = 40;

impl Hint {
    /// What may have been meant by `found`.
    pub(super) fn towards<'a>(found: &str, known: impl IntoIterator<Item = &'a str>) -> Self {
        let known: Vec<&str> = known.into_iter().collect();
        let with_part =
            |part: &str| known.iter().find(|word| word.split('-').any(|own| own == part)).copied();
        let nearest_part = || nearest(found, known.iter().flat_map(|word| word.split('-')));
        let nearest = nearest(found, known.iter().copied())
            .or_else(|| with_part(found))
            .or_else(|| nearest_part().and_then(with_part));
        match nearest {
            Some(word) => Self::Nearest(brief(word)),
            None => Self::Known(known.into_iter().take(KNOWN).map(brief).collect()),
        }
    }
}

impl fmt::Display for Hint {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Nearest(word) => write!(out, "did you mean \"{word}\"?"),
            Self::Known(words) if words.is_empty() => out.write_str("there are none at all"),
            Self::Known(words) => write!(out, "known: {}", words.join(", ")),
        }
    }
}

/// What is wrong with a project file or a config file.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Fault {
    /// Nothing, or nothing but white space and comments.
    #[error("the file is empty; a plan begins with: (format: 1, name: \"…\", edition: \"…\", …)")]
    Empty,
    /// More text than any plan needs.
    #[error("the file has {found} bytes; at most {limit} are read")]
    TooLarge {
        /// Its size.
        found: usize,
        /// The limit.
        limit: usize,
    },
    /// A format that came after this program.
    #[error(
        "format {0} was made by a later portplan; this one reads formats 1 and 2; open it with a newer portplan"
    )]
    LaterFormat(String),
    /// A part that only a later format has.
    #[error("\"{field}\" came with format {format}; write format: {format} at the top of the file")]
    NeedsFormat {
        /// The field.
        field: &'static str,
        /// The first format that has it.
        format: u64,
    },
    /// A page of the catalogue that is not built in, and was not given.
    #[error(
        "this plan was made with a catalogue page \"{0}\" of your own; give its file with --catalogue FILE, or take \"{0}\" out here to plan without it"
    )]
    NeedsCatalogue(String),
    /// A zone is made of networks.
    #[error("\"{0}\" is a name; a zone's networks are written as 10.0.8.0/24 or 2001:db8::/64")]
    NoNetwork(String),
    /// A host as its own partner.
    #[error("\"{0}\" cannot be its own partner; name two hosts")]
    OwnPartner(String),
    /// A format that never was.
    #[error("there is no format {0}; write format: 1 or format: 2")]
    NoSuchFormat(String),
    /// The text stops inside brackets.
    #[error("the file ends too early: the \"{bracket}\" in line {line} is not closed")]
    Truncated {
        /// The innermost open bracket.
        bracket: String,
        /// Its line.
        line: usize,
    },
    /// A text or comment has no end.
    #[error("the {what} that begins here is not closed; end it with {end}")]
    Unclosed {
        /// "text" or "comment".
        what: &'static str,
        /// What ends it.
        end: &'static str,
    },
    /// Two entries with nothing between them.
    #[error("expected a comma before {found}")]
    NoComma {
        /// What follows.
        found: String,
    },
    /// Something else should stand here.
    #[error("expected {expected}, found {found}")]
    Expected {
        /// What should stand here.
        expected: String,
        /// What stands here.
        found: String,
    },
    /// A command or a key in the config file that cannot be.
    #[error("{0}")]
    Keys(String),
    /// Any other breach of the RON rules.
    #[error("{0}")]
    Syntax(String),
    /// A field that is not in the form.
    #[error("a {of} has no field \"{found}\"; {hint}")]
    UnknownField {
        /// "plan", "host", "rule" or "config".
        of: String,
        /// The field.
        found: String,
        /// What may have been meant.
        hint: Hint,
    },
    /// A field that has to be there.
    #[error("the {of} has no {field}; add {example}")]
    MissingField {
        /// "plan", "host", "rule" or "config".
        of: String,
        /// The field.
        field: &'static str,
        /// How it is written.
        example: String,
    },
    /// A word that the catalogue, or the form, does not know.
    #[error("there is no {kind} \"{found}\"; {hint}")]
    Unknown {
        /// "role", "option", "edition", …
        kind: &'static str,
        /// The word.
        found: String,
        /// What may have been meant.
        hint: Hint,
    },
    /// Something that may be there once is there again.
    #[error("the {kind} \"{found}\" is there twice; take one of them out")]
    Twice {
        /// "role", "option", "field", …
        kind: &'static str,
        /// Its name.
        found: String,
    },
    /// Two hosts with one name.
    #[error("host number {first} is called \"{name}\" already; give this one another name")]
    HostTwice {
        /// The name.
        name: String,
        /// The place of the first one in the list, from 1.
        first: usize,
    },
    /// A host sets an option that only the plan can set.
    #[error(
        "the option \"{0}\" holds for the whole plan; take it out here and list it in the plan's options"
    )]
    PlanOnly(String),
    /// A list that must not be empty.
    #[error("the list of {0} is empty; name at least one")]
    NothingListed(&'static str),
    /// An own rule's port as a number.
    #[error("the ports of a rule are written in quotes; write \"{0}\"")]
    PortWithoutQuotes(String),
    /// A text is not an address.
    #[error(transparent)]
    Address(#[from] AddressError),
    /// A text is not a port or a range.
    #[error(transparent)]
    Port(#[from] PortError),
    /// A name or note is refused.
    #[error(transparent)]
    Text(#[from] TextError),
}

/// A fault of a project file with its place, ready to be shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadError(Box<Detail>);

#[derive(Debug, Clone, PartialEq, Eq)]
struct Detail {
    name: Option<String>,
    place: Place,
    fault: Fault,
    excerpt: String,
}

impl ReadError {
    pub(in crate::files) fn new(text: &str, offset: usize, fault: Fault) -> Self {
        let place = Place::of(text, offset);
        let excerpt = match fault {
            Fault::Empty | Fault::TooLarge { .. } => String::new(),
            _ => excerpt(text, place),
        };
        Self(Box::new(Detail { name: None, place, fault, excerpt }))
    }

    /// The error with the file's name in its message.
    #[must_use]
    pub fn with_name(mut self, name: &str) -> Self {
        self.0.name = Some(shown(name));
        self
    }

    /// What is wrong.
    pub fn fault(&self) -> &Fault {
        &self.0.fault
    }

    /// The line, from 1.
    pub fn line(&self) -> usize {
        self.0.place.line
    }

    /// The character in the line, from 1.
    pub fn column(&self) -> usize {
        self.0.place.column
    }

    /// One line: file, place, what is wrong and what to do.
    pub fn message(&self) -> String {
        let Place { line, column } = self.0.place;
        match &self.0.name {
            Some(name) => format!("{name}:{line}:{column}: {}", self.0.fault),
            None => format!("line {line}, column {column}: {}", self.0.fault),
        }
    }

    /// The line of the file with a mark under the place; empty where no line would help.
    pub fn excerpt(&self) -> &str {
        &self.0.excerpt
    }
}

impl fmt::Display for ReadError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.message())?;
        if !self.0.excerpt.is_empty() {
            write!(out, "\n{}", self.0.excerpt)?;
        }
        Ok(())
    }
}

impl std::error::Error for ReadError {}
