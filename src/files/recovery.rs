//! Unsaved work on disk, so that neither a crash nor a link that drops loses it.
//!
//! Every running planner keeps one record of its unsaved plan and takes it away when the plan is saved or given up. A
//! record whose planner no longer runs holds work that was lost on the way: [`lost`] finds it.

use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use super::store::{self, SaveError, folder};

/// How names of records begin.
const PREFIX: &str = ".portplan-";

/// How names of records end.
const SUFFIX: &str = ".recovery";

/// What the first line of a record begins with; the plan's file follows, as a RON text.
const HEADER: &str = "// unsaved work of portplan on ";

/// What the second line begins with, where something was typed and is not in the plan yet.
const TYPED: &str = "// typed: ";

/// Where records can be kept: the first place that takes one gets it.
#[derive(Debug, Clone, Default)]
pub struct Places {
    /// The program's state directory.
    pub state: Option<PathBuf>,
    /// A directory of the user's own on another disk, mostly in memory.
    pub runtime: Option<PathBuf>,
}

impl Places {
    /// The directories, best first. Beside the plan is the last place: others may see it there.
    fn directories(&self, plan: Option<&Path>) -> Vec<PathBuf> {
        let own = self.state.iter().chain(&self.runtime).map(|base| base.join("recovery"));
        own.chain(plan.map(|path| folder(path).to_owned())).collect()
    }
}

/// Keeps the record of this process.
#[derive(Debug)]
pub struct Keeper {
    places: Places,
    name: String,
    /// Where there may be a record of ours, each with the lock that says that we live.
    used: Vec<(PathBuf, File)>,
}

impl Keeper {
    /// A keeper that has nothing to keep yet.
    pub fn new(places: Places) -> Self {
        let moment = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        let name = format!("{PREFIX}{}-{:x}", std::process::id(), moment.as_nanos());
        Self { places, name, used: Vec::new() }
    }

    /// Keeps the text of a project file as the unsaved state of `plan`, in place of what was kept before; with a line of
    /// what was typed besides.
    ///
    /// # Errors
    /// If no place takes it; what was kept before is still there then. The error is the one of the best place.
    pub fn keep(&mut self, plan: Option<&Path>, text: &str, typed: Option<&str>) -> Result<(), SaveError> {
        let plan = plan.map(settled);
        let typed = typed.map(|line| format!("{TYPED}{line}\n")).unwrap_or_default();
        let record = format!("{HEADER}{}\n{typed}{text}", heading(plan.as_deref()));
        let mut first_error = None;
        for directory in self.places.directories(plan.as_deref()) {
            match self.keep_in(&directory, &record) {
                Ok(()) => {
                    self.take_away(|other| other != directory);
                    return Ok(());
                }
                Err(error) => first_error = first_error.or(Some(error)),
            }
        }
        Err(first_error.unwrap_or_else(|| {
            let nowhere = io::Error::other("there is no home folder to keep unsaved work in");
            SaveError::from_io(Path::new("unsaved work"), nowhere)
        }))
    }

    fn keep_in(&mut self, directory: &Path, record: &str) -> Result<(), SaveError> {
        let path = directory.join(format!("{}{SUFFIX}", self.name));
        if !self.used.iter().any(|(used, _)| used == directory) {
            let failed = |error| SaveError::from_io(&path, error);
            make_private(directory).map_err(failed)?;
            let alive = mark_alive(&path).map_err(failed)?;
            self.used.push((directory.to_owned(), alive));
        }
        store::save_private(&path, record).map(drop)
    }

    /// Takes the record away: the work is saved, or given up.
    pub fn forget(&mut self) {
        self.take_away(|_| true);
    }

    fn take_away(&mut self, which: impl Fn(&Path) -> bool) {
        let name = &self.name;
        self.used.retain(|(directory, _)| {
            let goes = which(directory);
            if goes {
                let path = directory.join(format!("{name}{SUFFIX}"));
                discard(&path);
            }
            !goes
        });
    }
}

/// Takes a record away.
pub fn discard(record: &Path) {
    // A record that stays is offered once more, which does no harm.
    let _ = fs::remove_file(record);
    let _ = fs::remove_file(alive_path(record));
}

/// One spelling for each file, whether it is there or not.
fn settled(path: &Path) -> PathBuf {
    let target = store::follow_links(path).unwrap_or_else(|_| path.to_owned());
    match (fs::canonicalize(folder(&target)), target.file_name()) {
        (Ok(folder), Some(name)) => folder.join(name),
        _ => std::path::absolute(&target).unwrap_or(target),
    }
}

fn heading(plan: Option<&Path>) -> String {
    let name = plan.and_then(Path::to_str).unwrap_or_default();
    ron::to_string(name).unwrap_or_else(|_| "\"\"".to_owned())
}

fn make_private(directory: &Path) -> io::Result<()> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(directory)
}

fn alive_path(record: &Path) -> PathBuf {
    record.with_extension("alive")
}

/// The lock is dropped by the system when the process ends, so a record without one has lost its planner.
fn mark_alive(record: &Path) -> io::Result<File> {
    let path = alive_path(record);
    let file = OpenOptions::new().write(true).create(true).truncate(false).open(path)?;
    // On a file system without locks, a second planner offers our work as lost; better that than the reverse.
    let _ = file.try_lock();
    Ok(file)
}

fn is_alive(record: &Path) -> bool {
    File::open(alive_path(record))
        .is_ok_and(|file| matches!(file.try_lock(), Err(fs::TryLockError::WouldBlock)))
}

/// Work whose planner ended before it was saved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lost {
    /// The record.
    pub record: PathBuf,
    /// The plan's file; `None` if the plan was never saved.
    pub plan: Option<PathBuf>,
    /// When it was kept.
    pub kept: SystemTime,
    /// The project file's text.
    pub text: String,
    /// What was typed and is not in it.
    pub typed: Option<String>,
}

/// Finds lost work, newest first. With a plan, also beside it, and only work on that plan.
pub fn lost(places: &Places, plan: Option<&Path>) -> Vec<Lost> {
    let plan = plan.map(settled);
    let mut found: Vec<Lost> = Vec::new();
    for directory in places.directories(plan.as_deref()) {
        for record in records(&directory) {
            found.extend(read(record).filter(|lost| plan.is_none() || lost.plan == plan));
        }
    }
    found.sort_by_key(|lost| std::cmp::Reverse(lost.kept));
    let mut names = std::collections::HashSet::new();
    // One planner may have left records in two places; the newer one counts.
    found.retain(|lost| names.insert(lost.record.file_name().map(std::ffi::OsStr::to_owned)));
    found
}

/// The lost work in one record, if it is still there and nobody's.
pub fn lost_in(record: &Path) -> Option<Lost> {
    read(record.to_owned())
}

fn records(directory: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(directory) else { return Vec::new() };
    let is_record = |name: &str| name.starts_with(PREFIX) && name.ends_with(SUFFIX);
    entries
        .filter_map(Result::ok)
        .filter(|entry| entry.file_name().to_str().is_some_and(is_record))
        .map(|entry| entry.path())
        .collect()
}

fn read(record: PathBuf) -> Option<Lost> {
    if is_alive(&record) {
        return None;
    }
    let kept = fs::metadata(&record).and_then(|metadata| metadata.modified()).ok()?;
    let whole = store::read_text(&record).ok()?;
    let (heading, text) = whole.strip_prefix(HEADER)?.split_once('\n')?;
    let name: String = ron::from_str(heading).ok()?;
    let plan = (!name.is_empty()).then(|| PathBuf::from(name));
    let (typed, text) = match text.strip_prefix(TYPED).and_then(|rest| rest.split_once('\n')) {
        Some((typed, text)) => (Some(typed.to_owned()), text),
        None => (None, text),
    };
    Some(Lost { record, plan, kept, text: text.to_owned(), typed })
}
