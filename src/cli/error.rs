//! Why a command could not do its work.

use std::io;
use std::path::PathBuf;

use thiserror::Error;

use crate::files::import::ImportError;
use crate::files::{CataloguesError, LoadError, Owner, SaveError};
use crate::flows::why::NotUnderstood;
use crate::plan::import::{ColumnError, Kind};
use crate::plan::shown::{brief, shown_path};
use crate::snippets::{SnippetError, WriteError};

/// Why a command could not do its work; each message says what to do.
#[derive(Debug, Error)]
pub enum Failure {
    /// The plan cannot be read.
    #[error("{0}")]
    Load(#[from] LoadError),
    /// A file cannot be written.
    #[error("{0}")]
    Save(#[from] SaveError),
    /// Hosts cannot be read from a file.
    #[error("{0}")]
    Import(#[from] ImportError),
    /// Columns were chosen that there are not.
    #[error("{0}")]
    Columns(#[from] ColumnError),
    /// Columns were chosen of something that has none.
    #[error("--columns and --headings are for tables; this is read as: {0}. Say --from csv if it is a table")]
    NoTable(Kind),
    /// The file is there already.
    #[error("{}: the file is there already; name another one, or bring the hosts into it with --into", shown_path(.0))]
    Exists(PathBuf),
    /// Somebody has the plan open.
    #[error("{}: this plan is open in another portplan ({owner}); close it there first", shown_path(path))]
    InUse {
        /// The plan.
        path: PathBuf,
        /// Who has it.
        owner: Owner,
    },
    /// Somebody wrote the plan while we read.
    #[error("{}: somebody else changed the file meanwhile; nothing was written, try again", shown_path(.0))]
    Changed(PathBuf),
    /// A catalogue file cannot be used.
    #[error("{0}")]
    Catalogue(#[from] CataloguesError),
    /// The snippet cannot be written.
    #[error("{0}")]
    Snippet(#[from] SnippetError),
    /// Bytes were asked for on standard output.
    #[error("an {0} is not text; name a file for it with -o FILE")]
    NeedsFile(&'static str),
    /// The output would take the place of what it is made from.
    #[error("{}: the output would take the place of the plan that it is made from; name another file", shown_path(.0))]
    OntoPlan(PathBuf),
    /// An argument names something that is not there.
    #[error("there is no {kind} \"{}\"{}; {known}", brief(.found), hint(.nearest.as_deref()))]
    Unknown {
        /// What was named: "host", "target", …
        kind: &'static str,
        /// The name.
        found: String,
        /// The known name that is most like it.
        nearest: Option<String>,
        /// How to find the known ones.
        known: String,
    },
    /// More than one plan is to be opened.
    #[error("the planner opens one plan at a time; \"portplan diff A.ron B.ron\" compares two")]
    TwoPlans,
    /// A command stands behind the plan.
    #[error("the command comes first: portplan {0} PLAN.ron")]
    CommandFirst(String),
    /// The question is none about this plan.
    #[error("{0}")]
    Question(#[from] NotUnderstood),
    /// No question was asked.
    #[error(
        "ask something: --from and --to for two hosts, --host for all that one needs, --port for who uses it"
    )]
    NoQuestion,
    /// There is no terminal to open the planner in.
    #[error(
        "the planner needs a terminal: {0}; without one, use a command such as \"portplan flows PLAN.ron\""
    )]
    Terminal(io::Error),
    /// Standard input cannot be read.
    #[error("cannot read standard input: {0}")]
    Input(io::Error),
    /// Standard output cannot be written.
    #[error("cannot write the output: {0}")]
    Output(#[from] io::Error),
}

fn hint(nearest: Option<&str>) -> String {
    nearest.map_or(String::new(), |nearest| format!(", did you mean \"{nearest}\"?"))
}

impl Failure {
    /// Whether the reader of our output went away, as `head` does.
    pub fn is_broken_pipe(&self) -> bool {
        matches!(self, Self::Output(error) if error.kind() == io::ErrorKind::BrokenPipe)
    }
}

impl From<WriteError> for Failure {
    fn from(error: WriteError) -> Self {
        match error {
            WriteError::Snippet(error) => Self::Snippet(error),
            WriteError::Io(error) => Self::Output(error),
        }
    }
}
