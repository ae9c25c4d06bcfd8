//! Why hosts cannot be read from a file at all.

use thiserror::Error;

use crate::files::LoadError;
use crate::plan::import::MOST_HOSTS;
use crate::plan::shown::shown;

/// Why hosts cannot be read from a file at all; each message says what to do.
#[derive(Debug, Error)]
pub enum ImportError {
    /// There is no such file, or it cannot be read.
    #[error(transparent)]
    Load(#[from] LoadError),
    /// More bytes than are read.
    #[error("{name}: the text has {found} bytes; at most {limit} are read")]
    TooLarge {
        /// The source.
        name: String,
        /// Its size.
        found: usize,
        /// The limit.
        limit: usize,
    },
    /// Nothing but white space.
    #[error("{name}: there is nothing in it")]
    Empty {
        /// The source.
        name: String,
    },
    /// The content is at fault.
    #[error("{name}{}: {what}", place(*.line, *.column))]
    Content {
        /// The source.
        name: String,
        /// The line, from 1; 0 if there is none to name.
        line: usize,
        /// The character in the line, from 1; 0 if there is none to name.
        column: usize,
        /// What is wrong and what to do.
        what: String,
    },
}

fn place(line: usize, column: usize) -> String {
    match (line, column) {
        (0, _) => String::new(),
        (line, 0) => format!(":{line}"),
        (line, column) => format!(":{line}:{column}"),
    }
}

/// What is wrong with a content, before it is known what the source is called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    line: usize,
    column: usize,
    what: String,
}

impl Fault {
    /// Something that is wrong in this line and column, from 1. Parsers repeat what they read.
    pub(super) fn at(line: usize, column: usize, what: &str) -> Self {
        Self { line, column, what: shown(what) }
    }

    /// Something that is wrong as a whole.
    pub(super) fn whole(what: &str) -> Self {
        Self::at(0, 0, what)
    }

    pub(super) fn too_many() -> Self {
        Self::whole(&format!(
            "there are more than {MOST_HOSTS} rows; split the file and bring it in part by part"
        ))
    }

    /// The error for a source.
    pub(super) fn of(self, name: &str) -> ImportError {
        ImportError::Content { name: name.to_owned(), line: self.line, column: self.column, what: self.what }
    }
}
