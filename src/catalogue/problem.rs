//! What can be wrong with the catalogue's files.

use std::fmt;

use thiserror::Error;

/// One fault of the catalogue's files.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Problem {
    /// A file is not the RON that was expected.
    #[error("{file}:{line}:{column}: {what}")]
    Syntax {
        /// Which file.
        file: String,
        /// Line, from 1.
        line: usize,
        /// Column, from 1.
        column: usize,
        /// The reader's message.
        what: String,
    },
    /// Two entries of one kind share an id.
    #[error("{kind} \"{id}\" is there twice")]
    Twice {
        /// Role, option, rule, …
        kind: &'static str,
        /// The id.
        id: String,
    },
    /// There are more entries than ids.
    #[error("too many entries of the kind {kind}")]
    TooMany {
        /// Role, option, rule, …
        kind: &'static str,
    },
    /// An entry names something that is not there.
    #[error("{entry}: there is no {kind} \"{id}\"")]
    Unknown {
        /// The entry that names it.
        entry: String,
        /// Role, option, …
        kind: &'static str,
        /// The id that is not there.
        id: String,
    },
    /// A value of an entry does not make sense.
    #[error("{entry}: {what}")]
    Value {
        /// The entry.
        entry: String,
        /// What is wrong with it.
        what: String,
    },
    /// No rule covers a row of a page.
    #[error("page {page}: no rule covers row {row}")]
    RowMissing {
        /// The page.
        page: String,
        /// The row.
        row: u16,
    },
}

/// All faults that were found, never empty.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub struct CatalogueError(pub Vec<Problem>);

impl fmt::Display for CatalogueError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "the catalogue has {} fault(s)", self.0.len())?;
        for problem in &self.0 {
            write!(out, "\n  {problem}")?;
        }
        Ok(())
    }
}
