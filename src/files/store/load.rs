//! Loads a plan from a file.

use std::fs::{self, File, Metadata};
use std::io::Read;
use std::path::Path;

use crate::catalogue::Catalogue;
use crate::files::project::{self, MAX_BYTES};
use crate::plan::Plan;
use crate::plan::shown::shown_path;

use super::error::LoadError;
use super::stamp::Stamp;

/// A plan from a file, and the file's state at that moment.
#[derive(Debug, Clone)]
pub struct Loaded {
    /// The plan.
    pub plan: Plan,
    /// Tells later whether somebody else changed the file.
    pub stamp: Stamp,
}

/// Loads a plan.
///
/// # Errors
/// If there is no readable file of this name, or what it holds is not a plan.
pub fn load(path: &Path, catalogue: &Catalogue) -> Result<Loaded, LoadError> {
    let (bytes, metadata) = bytes(path)?;
    let stamp = Stamp::new(&metadata, &bytes);
    let text = text(path, bytes)?;
    let plan = project::read(&text, catalogue).map_err(|error| error.with_name(&shown_path(path)))?;
    Ok(Loaded { plan, stamp })
}

/// The text of a file.
pub(in crate::files) fn read_text(path: &Path) -> Result<String, LoadError> {
    text(path, bytes(path)?.0)
}

/// The bytes of a file, whatever they are.
pub(in crate::files) fn read_bytes(path: &Path) -> Result<Vec<u8>, LoadError> {
    Ok(bytes(path)?.0)
}

/// What a path leads to, if that is not a file: opening a FIFO would wait for ever.
pub(super) fn not_a_file(metadata: &Metadata) -> Option<&'static str> {
    let kind = metadata.file_type();
    if kind.is_file() {
        return None;
    }
    if kind.is_dir() {
        return Some("a directory");
    }
    Some(special(kind))
}

#[cfg(unix)]
fn special(kind: fs::FileType) -> &'static str {
    use std::os::unix::fs::FileTypeExt;

    if kind.is_fifo() {
        "a named pipe (FIFO)"
    } else if kind.is_socket() {
        "a socket"
    } else if kind.is_block_device() || kind.is_char_device() {
        "a device"
    } else {
        "something else"
    }
}

#[cfg(not(unix))]
fn special(_: fs::FileType) -> &'static str {
    "something else"
}

fn bytes(path: &Path) -> Result<(Vec<u8>, Metadata), LoadError> {
    let failed = |error| LoadError::from_io(path, error);
    let metadata = fs::metadata(path).map_err(failed)?;
    if let Some(what) = not_a_file(&metadata) {
        return Err(LoadError::NotAFile { path: path.to_owned(), what });
    }
    let limit = MAX_BYTES as u64;
    let too_large = |found| LoadError::TooLarge { path: path.to_owned(), found, limit };
    if metadata.len() > limit {
        return Err(too_large(metadata.len()));
    }
    let mut bytes = Vec::new();
    // The file may grow while it is read.
    let read =
        File::open(path).and_then(|file| file.take(limit + 1).read_to_end(&mut bytes)).map_err(failed)?;
    if read > MAX_BYTES {
        return Err(too_large(read as u64));
    }
    Ok((bytes, metadata))
}

fn text(path: &Path, bytes: Vec<u8>) -> Result<String, LoadError> {
    if bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]) {
        return Err(LoadError::Utf16 { path: path.to_owned() });
    }
    String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        let (good, bad) = error.as_bytes().split_at_checked(at).unwrap_or_default();
        let good = String::from_utf8_lossy(good);
        let line = good.rsplit('\n').next().unwrap_or_default();
        LoadError::NotUtf8 {
            path: path.to_owned(),
            byte: bad.first().copied().unwrap_or_default(),
            line: good.matches('\n').count() + 1,
            column: line.chars().count() + 1,
        }
    })
}
