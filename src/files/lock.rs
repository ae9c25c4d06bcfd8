//! One planner at a time changes a plan: a lock file beside the plan says who has it open.
//!
//! The system drops the lock when the process ends, however it ends, so a file that is left behind locks nobody out.

use std::env;
use std::ffi::OsString;
use std::fmt;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use crate::plan::shown::shown;

use super::store::{folder, follow_links};

/// So much is read of what a lock file says.
const OWNER_BYTES: u64 = 200;

/// How often a lock file may vanish under our hands before we stop trying.
const TRIES: usize = 5;

/// What asking for a plan came to.
#[derive(Debug)]
pub enum Lock {
    /// It is ours until the value is dropped.
    Held(Held),
    /// Another planner has it.
    Busy(Owner),
    /// It cannot be told: the folder takes no files, or the file system knows no locks.
    Unknown,
}

/// Who has a plan open: `anna on jump1, process 4711`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Owner(String);

impl fmt::Display for Owner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A lock that is ours. Dropping it gives the plan free.
#[derive(Debug)]
pub struct Held {
    path: PathBuf,
    /// The lock hangs on the open file.
    file: File,
}

impl Held {
    /// Whether this lock is the one of that plan, however its path is spelled.
    pub fn is_for(&self, plan: &Path) -> bool {
        lock_path(plan).is_some_and(|path| is_still_there(&self.file, &path))
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        // Nobody is hurt by a file that stays.
        let _ = fs::remove_file(&self.path);
    }
}

/// Asks for a plan. The plan's file need not exist; symbolic links to one file lead to one lock.
pub fn lock(plan: &Path) -> Lock {
    let Some(path) = lock_path(plan) else { return Lock::Unknown };
    for _ in 0..TRIES {
        let Ok(file) = open(&path) else { return Lock::Unknown };
        match file.try_lock() {
            Ok(()) if is_still_there(&file, &path) => return Lock::Held(sign(file, path)),
            // Whoever had it has just taken its file away.
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Lock::Busy(owner(&file)),
            Err(TryLockError::Error(_)) => return Lock::Unknown,
        }
    }
    Lock::Unknown
}

fn lock_path(plan: &Path) -> Option<PathBuf> {
    let target = follow_links(plan).ok()?;
    let mut name = OsString::from(".");
    name.push(target.file_name()?);
    name.push(".lock");
    Some(folder(&target).join(name))
}

/// Another user's lock file can be read but not written; that is enough to see that it is locked.
fn open(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true);
    no_links(&mut options);
    options.clone().write(true).create(true).open(path).or_else(|_| options.open(path))
}

/// A link in the lock's place could make us write into a file of somebody's choice.
#[cfg(unix)]
fn no_links(options: &mut OpenOptions) {
    use std::os::unix::fs::OpenOptionsExt;

    let flags = rustix::fs::OFlags::NOFOLLOW | rustix::fs::OFlags::NONBLOCK;
    options.custom_flags(flags.bits().cast_signed());
}

#[cfg(not(unix))]
fn no_links(_options: &mut OpenOptions) {}

#[cfg(unix)]
fn is_still_there(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;

    match (file.metadata(), fs::metadata(path)) {
        (Ok(ours), Ok(there)) => (ours.dev(), ours.ino()) == (there.dev(), there.ino()),
        _ => false,
    }
}

#[cfg(not(unix))]
fn is_still_there(_file: &File, path: &Path) -> bool {
    path.exists()
}

/// What the file says is for people only; the lock holds without it.
fn sign(mut file: File, path: PathBuf) -> Held {
    let _ = file.set_len(0).and_then(|()| file.write_all(ourselves().as_bytes()));
    Held { path, file }
}

fn ourselves() -> String {
    let user = env::var("USER").or_else(|_| env::var("LOGNAME")).unwrap_or_else(|_| "somebody".to_owned());
    format!("{user} on {}, process {}", machine(), std::process::id())
}

#[cfg(unix)]
fn machine() -> String {
    rustix::system::uname().nodename().to_string_lossy().into_owned()
}

#[cfg(not(unix))]
fn machine() -> String {
    env::var("COMPUTERNAME").unwrap_or_else(|_| "this machine".to_owned())
}

/// Anybody can have written anything into the file.
fn owner(file: &File) -> Owner {
    let mut bytes = Vec::new();
    let read = file.take(OWNER_BYTES).read_to_end(&mut bytes);
    let text = shown(String::from_utf8_lossy(&bytes).trim());
    match read {
        Ok(_) if !text.is_empty() => Owner(text),
        _ => Owner("somebody".to_owned()),
    }
}
