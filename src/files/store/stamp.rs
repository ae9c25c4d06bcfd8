//! Tells whether a file was changed by somebody else.

use std::fs::{self, Metadata};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::Path;
use std::time::SystemTime;

/// The state of a file on disk when it was loaded or saved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stamp {
    length: u64,
    modified: Option<SystemTime>,
    hash: u64,
}

/// What happened to a file since its stamp was taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// It holds the same text.
    None,
    /// It holds another text, or cannot be read any more.
    Changed,
    /// It is not there any more.
    Gone,
}

impl Stamp {
    pub(super) fn new(metadata: &Metadata, text: &[u8]) -> Self {
        Self { length: text.len() as u64, modified: metadata.modified().ok(), hash: hash(text) }
    }

    /// When the file was last written, as far as the file system knows.
    pub fn modified(&self) -> Option<SystemTime> {
        self.modified
    }

    /// What happened to the file since. The text decides, not the time: a file that was only touched, or written
    /// again with the same text, is not changed, and one that was changed within the clock's tick is.
    pub fn change(&self, path: &Path) -> Change {
        let Ok(metadata) = fs::metadata(path) else { return Change::Gone };
        if !metadata.is_file() || metadata.len() != self.length {
            return Change::Changed;
        }
        match fs::read(path) {
            Ok(text) if hash(&text) == self.hash => Change::None,
            _ => Change::Changed,
        }
    }
}

/// The hash is only compared with others of the same run of the program.
fn hash(text: &[u8]) -> u64 {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish()
}
