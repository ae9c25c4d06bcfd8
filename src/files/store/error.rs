//! Why a file cannot be loaded or saved.

use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use thiserror::Error;

use crate::files::project::ReadError;
use crate::plan::shown::shown_path as shown;

/// Why a plan cannot be loaded.
#[derive(Debug, Error)]
pub enum LoadError {
    /// Nothing has this name.
    #[error("{}: there is no such file", shown(path))]
    Missing {
        /// The path.
        path: PathBuf,
    },
    /// A directory, FIFO, socket or device.
    #[error("{}: this is {what}, not a file with a plan", shown(path))]
    NotAFile {
        /// The path.
        path: PathBuf,
        /// What it is, with its article.
        what: &'static str,
    },
    /// The system does not let us read it.
    #[error("{}: no permission to read this file", shown(path))]
    NoPermission {
        /// The path.
        path: PathBuf,
    },
    /// More bytes than any plan needs.
    #[error("{}: the file has {found} bytes; at most {limit} are read", shown(path))]
    TooLarge {
        /// The path.
        path: PathBuf,
        /// Its size.
        found: u64,
        /// The limit.
        limit: u64,
    },
    /// UTF-16, as some editors on Windows save it.
    #[error("{}: the text is UTF-16; save it as UTF-8", shown(path))]
    Utf16 {
        /// The path.
        path: PathBuf,
    },
    /// A byte that is not UTF-8.
    #[error(
        "{}:{line}:{column}: the byte 0x{byte:02X} is not UTF-8 text; save the file as UTF-8",
        shown(path)
    )]
    NotUtf8 {
        /// The path.
        path: PathBuf,
        /// The first byte that does not fit.
        byte: u8,
        /// Its line, from 1.
        line: usize,
        /// Its character in the line, from 1.
        column: usize,
    },
    /// The text is not a plan.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// Anything else that the system reports.
    #[error("{}: cannot read the file: {source}", shown(path))]
    Io {
        /// The path.
        path: PathBuf,
        /// The system's report.
        source: io::Error,
    },
}

impl LoadError {
    pub(super) fn from_io(path: &Path, source: io::Error) -> Self {
        let path = path.to_owned();
        match source.kind() {
            ErrorKind::NotFound => Self::Missing { path },
            ErrorKind::PermissionDenied => Self::NoPermission { path },
            _ => Self::Io { path, source },
        }
    }
}

/// Why a plan cannot be saved. What was in the file before is still there, whole.
#[derive(Debug, Error)]
pub enum SaveError {
    /// The folder is not there, or a part of its path is a file.
    #[error("{}: the folder {} does not exist; make it first or save elsewhere", shown(path), shown(folder))]
    NoFolder {
        /// The path.
        path: PathBuf,
        /// Its folder.
        folder: PathBuf,
    },
    /// The name belongs to a directory, FIFO, socket or device.
    #[error("{}: this is {what}; choose another name", shown(path))]
    NotAFile {
        /// The path.
        path: PathBuf,
        /// What it is, with its article.
        what: &'static str,
    },
    /// The file is marked as read-only.
    #[error("{}: the file is read-only; make it writable or save elsewhere", shown(path))]
    ReadOnly {
        /// The path.
        path: PathBuf,
    },
    /// The file system is mounted for reading only.
    #[error("{}: the file system is read-only; save elsewhere", shown(path))]
    ReadOnlyFileSystem {
        /// The path.
        path: PathBuf,
    },
    /// The system does not let us write there.
    #[error("{}: no permission to write there; save elsewhere", shown(path))]
    NoPermission {
        /// The path.
        path: PathBuf,
    },
    /// The disk or the quota is full.
    #[error("{}: no space is left there; make room or save elsewhere", shown(path))]
    NoSpace {
        /// The path.
        path: PathBuf,
    },
    /// Anything else that the system reports.
    #[error("{}: cannot save the file: {source}", shown(path))]
    Io {
        /// The path.
        path: PathBuf,
        /// The system's report.
        source: io::Error,
    },
}

impl SaveError {
    pub(in crate::files) fn from_io(path: &Path, source: io::Error) -> Self {
        let path = path.to_owned();
        match source.kind() {
            ErrorKind::NotFound | ErrorKind::NotADirectory => {
                let folder = path.parent().unwrap_or(Path::new("")).to_owned();
                Self::NoFolder { path, folder }
            }
            ErrorKind::PermissionDenied => Self::NoPermission { path },
            ErrorKind::ReadOnlyFilesystem => Self::ReadOnlyFileSystem { path },
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded => Self::NoSpace { path },
            _ => Self::Io { path, source },
        }
    }
}

impl LoadError {
    /// The error in one line, for a message line.
    pub fn brief(&self) -> String {
        match self {
            Self::Read(error) => error.message(),
            other => other.to_string(),
        }
    }
}
