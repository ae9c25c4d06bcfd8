//! The project file: a plan as RON text, small and readable in a diff.
//!
//! Reading goes in three steps: the format number is looked at before anything else, `ron` turns the text into
//! plain words (`raw`), and these are checked against the catalogue (`build`). A value that does not fit is
//! named by its path through the file; only then is the text scanned again to find its line and column
//! (`locate`), so a good file pays nothing for good messages.

mod build;
mod excerpt;
mod fault;
mod locate;
mod raw;
mod read;
mod sections;
mod syntax;
mod tokens;
mod write;

pub use fault::{Fault, Hint, ReadError};
pub(in crate::files) use locate::{Step, locate};
pub(in crate::files) use raw::Pairs;
pub use read::{MAX_BYTES, read};
pub(in crate::files) use syntax::{Form, explain};
pub(in crate::files) use tokens::is_blank;
pub use write::{write, write_with};

/// The formats that this program reads. It writes the first that has all that the plan says, so that a plan which
/// needs nothing new can still be opened by an older program.
pub const FORMATS: [u64; 2] = [1, 2];

/// The latest of them.
pub const FORMAT: u64 = 2;
