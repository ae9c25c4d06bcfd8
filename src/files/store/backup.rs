//! Keeps what a file held before it is saved: one backup, beside it.

use std::ffi::OsString;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::save::{folder, temporary};

/// What became of the text that the file held before.
#[derive(Debug)]
pub enum Backup {
    /// There was none, or it was the same.
    NotNeeded,
    /// It is in this file now.
    Kept(PathBuf),
    /// It could not be kept; the file itself was saved all the same.
    Failed(io::Error),
}

/// The backup's name: the file's own with a tilde behind it, as editors have it.
pub fn backup_path(target: &Path) -> PathBuf {
    let mut name = OsString::from(target);
    name.push("~");
    PathBuf::from(name)
}

pub(super) fn keep(target: &Path, new_text: &str) -> Backup {
    match fs::read(target) {
        Ok(old) if old != new_text.as_bytes() => match put_aside(target) {
            Ok(path) => Backup::Kept(path),
            Err(error) => Backup::Failed(error),
        },
        _ => Backup::NotNeeded,
    }
}

/// A second name for the old file takes no room, so it works on a full disk too; the old backup is replaced at once.
fn put_aside(target: &Path) -> io::Result<PathBuf> {
    let backup = backup_path(target);
    let second_name = |path: &Path| fs::hard_link(target, path);
    let copy = |path: &Path| fs::copy(target, path).map(drop);
    let folder = folder(target);
    let aside = temporary().make_in(folder, second_name).or_else(|_| temporary().make_in(folder, copy))?;
    let path = aside.path().to_owned();
    aside.into_temp_path().persist(&backup).map_err(|error| error.error)?;
    // Where both names led to one file already, the system leaves them as they are.
    let _ = fs::remove_file(path);
    Ok(backup)
}
