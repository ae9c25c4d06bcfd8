//! Saves a text so that the file is either the old or the new one, never half of it.

use std::fs::{self, File, Metadata, OpenOptions};
use std::io::{self, BufWriter, ErrorKind, Write};
use std::path::{Path, PathBuf};

use tempfile::{Builder, NamedTempFile};

use super::backup::{self, Backup};
use super::error::SaveError;
use super::load::not_a_file;
use super::stamp::Stamp;

/// How many symbolic links are followed before they are taken for a circle.
const LINKS: usize = 40;

/// Saves a text under this path: it is written to a new file beside the old one, which then takes its place.
/// Symbolic links stay, and so do the mode and, where the system allows it, the owner of the file.
///
/// # Errors
/// If the text cannot be written. The old file is whole then, and nothing else is left behind.
pub fn save(path: &Path, content: impl AsRef<[u8]>) -> Result<Stamp, SaveError> {
    put(path, content.as_ref(), |_| ()).map(|(stamp, ())| stamp)
}

/// Saves what is written piece by piece as [`save`] does: it may be larger than the memory. Where `fill` gives up with an
/// error of its own, the old file stays as it is and the error comes back.
///
/// # Errors
/// As with [`save`].
pub fn save_streamed<E>(
    path: &Path,
    fill: impl FnOnce(&mut dyn Write) -> io::Result<Result<(), E>>,
) -> Result<Result<(), E>, SaveError> {
    check_kind(path)?;
    let target = follow_links(path).map_err(|error| SaveError::from_io(path, error))?;
    let old = check_target(&target)?;
    let failed = |error| SaveError::from_io(&target, error);
    let mut filled = Ok(());
    let new = prepare(&target, old.as_ref(), |file| {
        let mut out = BufWriter::new(file);
        filled = fill(&mut out)?;
        out.flush()
    });
    let new = new.map_err(failed)?;
    if filled.is_ok() {
        take_place(new, &target).map_err(failed)?;
    }
    Ok(filled)
}

/// Saves a text as [`save`] does, in a file that only its owner can read.
///
/// # Errors
/// As with [`save`].
pub(in crate::files) fn save_private(path: &Path, text: &str) -> Result<(), SaveError> {
    let failed = |error| SaveError::from_io(path, error);
    let mut new = temporary().tempfile_in(folder(path)).map_err(failed)?;
    new.write_all(text.as_bytes()).and_then(|()| new.as_file().sync_all()).map_err(failed)?;
    take_place(new, path).map(drop).map_err(failed)
}

/// Saves a text as [`save`] does, and keeps what the file held before in a backup beside it.
///
/// # Errors
/// If the text cannot be written; a backup that cannot be kept is no error.
pub fn save_with_backup(path: &Path, text: &str) -> Result<(Stamp, Backup), SaveError> {
    put(path, text.as_bytes(), |target| backup::keep(target, text))
}

/// `before` runs when the new file is complete and the old one is still there.
fn put<T>(path: &Path, content: &[u8], before: impl FnOnce(&Path) -> T) -> Result<(Stamp, T), SaveError> {
    check_kind(path)?;
    let target = follow_links(path).map_err(|error| SaveError::from_io(path, error))?;
    let old = check_target(&target)?;
    let failed = |error| SaveError::from_io(&target, error);
    let new = prepare(&target, old.as_ref(), |file| file.write_all(content)).map_err(failed)?;
    let done = before(&target);
    let metadata = take_place(new, &target).map_err(failed)?;
    Ok((Stamp::new(&metadata, content), done))
}

/// Refuses what is no file, under the name that was given: the links behind /dev/stdout lead to no name.
fn check_kind(path: &Path) -> Result<(), SaveError> {
    match fs::metadata(path).ok().as_ref().and_then(not_a_file) {
        Some(what) => Err(SaveError::NotAFile { path: path.to_owned(), what }),
        None if path.as_os_str().as_encoded_bytes().ends_with(b"/") => {
            Err(SaveError::NotAFile { path: path.to_owned(), what: "the name of a folder" })
        }
        None => Ok(()),
    }
}

/// Where the links lead, even if nothing is there yet.
pub(in crate::files) fn follow_links(path: &Path) -> io::Result<PathBuf> {
    let mut target = path.to_owned();
    for _ in 0..LINKS {
        match fs::read_link(&target) {
            Ok(next) => target = folder(&target).join(next),
            Err(_) => return Ok(target),
        }
    }
    Err(io::Error::other("the symbolic links lead in a circle"))
}

pub(in crate::files) fn folder(path: &Path) -> &Path {
    match path.parent() {
        Some(parent) if parent != Path::new("") => parent,
        _ => Path::new("."),
    }
}

/// What stands under the name so far, if it may be replaced.
fn check_target(target: &Path) -> Result<Option<Metadata>, SaveError> {
    let metadata = match fs::metadata(target) {
        Ok(metadata) => metadata,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(SaveError::from_io(target, error)),
    };
    if metadata.permissions().readonly() {
        return Err(SaveError::ReadOnly { path: target.to_owned() });
    }
    // A folder that we may write to would let us replace a file that we may not.
    OpenOptions::new().write(true).open(target).map_err(|error| SaveError::from_io(target, error))?;
    Ok(Some(metadata))
}

fn prepare(
    target: &Path,
    old: Option<&Metadata>,
    fill: impl FnOnce(&mut File) -> io::Result<()>,
) -> io::Result<NamedTempFile> {
    let mut new = create(folder(target), old)?;
    fill(new.as_file_mut())?;
    if let Some(old) = old {
        keep_owner_and_mode(new.as_file(), old)?;
    }
    new.as_file().sync_all()?;
    Ok(new)
}

fn take_place(new: NamedTempFile, target: &Path) -> io::Result<Metadata> {
    let file = new.persist(target).map_err(|error| error.error)?;
    sync_folder(folder(target));
    file.metadata()
}

/// A new file is open to whom the umask allows; one that takes an old one's place is closed until it is complete.
#[cfg(unix)]
fn create(folder: &Path, old: Option<&Metadata>) -> io::Result<NamedTempFile> {
    use std::os::unix::fs::PermissionsExt;

    let mode = if old.is_some() { 0o600 } else { 0o666 };
    temporary().permissions(fs::Permissions::from_mode(mode)).tempfile_in(folder)
}

#[cfg(not(unix))]
fn create(folder: &Path, _old: Option<&Metadata>) -> io::Result<NamedTempFile> {
    temporary().tempfile_in(folder)
}

pub(super) fn temporary() -> Builder<'static, 'static> {
    let mut builder = Builder::new();
    builder.prefix(".portplan-").suffix(".tmp");
    builder
}

#[cfg(unix)]
fn keep_owner_and_mode(new: &File, old: &Metadata) -> io::Result<()> {
    use std::os::unix::fs::{MetadataExt, fchown};

    let present = new.metadata()?;
    if (present.uid(), present.gid()) != (old.uid(), old.gid()) {
        // Only root may give files away; for others the file becomes theirs, as with every editor.
        let _ = fchown(new, Some(old.uid()), Some(old.gid())).or_else(|_| fchown(new, None, Some(old.gid())));
    }
    new.set_permissions(old.permissions())
}

#[cfg(not(unix))]
fn keep_owner_and_mode(new: &File, old: &Metadata) -> io::Result<()> {
    new.set_permissions(old.permissions())
}

/// Makes the new name last through a power failure. Some file systems cannot do that; the file is complete anyway.
#[cfg(unix)]
fn sync_folder(folder: &Path) {
    let _ = File::open(folder).and_then(|folder| folder.sync_all());
}

#[cfg(not(unix))]
fn sync_folder(_folder: &Path) {}
