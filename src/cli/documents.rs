//! The plan's file while it is open: who holds it, what it held when it was read, and unsaved work that was left on it.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::SystemTime;

use crate::app::{Effect, Event, LostEntry, LostWork, Overwrite};
use crate::catalogue::Catalogue;
use crate::files::recovery::{self, Lost, Places};
use crate::files::{self, Backup, Change, Held, LoadError, Loaded, Lock, Stamp};
use crate::plan::shown::shown_path;
use crate::plan::{Plan, PlanName};

/// Our hold on the open file. The threads that end the program let go of it, too.
#[derive(Debug, Clone, Default)]
pub(super) struct Hold(Arc<Mutex<Option<Held>>>);

impl Hold {
    fn open(&self) -> MutexGuard<'_, Option<Held>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn take(&self, held: Option<Held>) {
        *self.open() = held;
    }

    fn is_for(&self, path: &Path) -> bool {
        self.open().as_ref().is_some_and(|held| held.is_for(path))
    }

    /// Gives the file free.
    pub fn let_go(&self) {
        self.take(None);
    }
}

/// The file that is open, and what it held when it was read or saved last; `None` if it was not there.
#[derive(Debug)]
struct Known {
    path: PathBuf,
    stamp: Option<Stamp>,
}

/// What opening came to: the plan, and what else there is to say about it.
pub(super) struct Opening {
    pub plan: Result<Plan, LoadError>,
    pub more: Vec<Event>,
}

/// What a file that is not there means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Missing {
    /// A mistake.
    Failure,
    /// A new plan of that name.
    NewPlan,
}

/// Plans on disk.
#[derive(Debug)]
pub(super) struct Documents {
    catalogue: Arc<Catalogue>,
    places: Places,
    hold: Hold,
    known: Option<Known>,
}

impl Documents {
    pub fn new(catalogue: Arc<Catalogue>, places: Places) -> Self {
        Self { catalogue, places, hold: Hold::default(), known: None }
    }

    /// Our hold on the open file.
    pub fn hold(&self) -> Hold {
        self.hold.clone()
    }

    /// Opens a plan. A new plan's file is ours, too, though it is not there yet.
    pub fn open(&mut self, path: &Path, missing: Missing) -> Opening {
        let lock = (!self.hold.is_for(path)).then(|| files::lock(path));
        let loaded = files::load(path, &self.catalogue);
        let is_new = missing == Missing::NewPlan && matches!(loaded, Err(LoadError::Missing { .. }));
        if loaded.is_err() && !is_new {
            return Opening { plan: loaded.map(|loaded| loaded.plan), more: Vec::new() };
        }
        let stamp = loaded.as_ref().ok().map(|loaded| loaded.stamp);
        self.known = Some(Known { path: path.to_owned(), stamp });
        let plan = loaded.map(|loaded| loaded.plan);
        let more = match lock {
            Some(Lock::Busy(owner)) => {
                self.hold.let_go();
                vec![Event::InUse(owner.to_string())]
            }
            Some(Lock::Held(held)) => {
                self.hold.take(Some(held));
                self.lost_work(path, plan.as_ref().ok())
            }
            Some(Lock::Unknown) => {
                self.hold.let_go();
                self.lost_work(path, plan.as_ref().ok())
            }
            None => Vec::new(),
        };
        Opening { plan, more }
    }

    /// The plan on the screen has no file.
    pub fn close(&mut self) {
        self.hold.let_go();
        self.known = None;
    }

    /// Reads the open file again.
    pub fn reload(&mut self, path: PathBuf) -> Event {
        let plan = match files::load(&path, &self.catalogue) {
            Ok(Loaded { plan, stamp }) => {
                self.known = Some(Known { path: path.clone(), stamp: Some(stamp) });
                Ok(Box::new(plan))
            }
            Err(error) => Err(error.brief()),
        };
        Event::Reloaded { path, plan }
    }

    /// Saves the plan, unless that would destroy what somebody else wrote.
    pub fn save(
        &mut self,
        path: PathBuf,
        plan: Box<Plan>,
        revision: u64,
        overwrite: Overwrite,
    ) -> Vec<Event> {
        match (overwrite, self.change(&path)) {
            (Overwrite::Ask, _) if path.exists() => {
                let overwrite = Overwrite::Replace;
                vec![Event::Exists(Box::new(Effect::Save { path, plan, revision, overwrite }))]
            }
            (Overwrite::IfUnchanged, Change::Changed) => {
                let theirs = files::load(&path, &self.catalogue);
                let theirs = theirs.map(|loaded| Box::new(loaded.plan)).map_err(|error| error.brief());
                let overwrite = Overwrite::Replace;
                let effect = Box::new(Effect::Save { path, plan, revision, overwrite });
                vec![Event::Changed { effect, theirs }]
            }
            _ => {
                let (outcome, warning) = match self.write(&path, &plan) {
                    Ok(warning) => (Ok(()), warning),
                    Err(why) => (Err(why), None),
                };
                let saved = Event::Saved { path, revision, outcome };
                [saved].into_iter().chain(warning.map(Event::NoBackup)).collect()
            }
        }
    }

    /// A file that was not there when it was opened, and is now, was made by somebody else.
    fn change(&self, path: &Path) -> Change {
        match &self.known {
            Some(Known { path: known, stamp: Some(stamp) }) if known == path => stamp.change(path),
            Some(Known { path: known, stamp: None }) if known == path && path.exists() => Change::Changed,
            _ => Change::None,
        }
    }

    /// Gives the reason where no backup could be kept.
    fn write(&mut self, path: &Path, plan: &Plan) -> Result<Option<String>, String> {
        let lock = (!self.hold.is_for(path)).then(|| files::lock(path));
        if let Some(Lock::Busy(owner)) = &lock {
            let path = shown_path(path);
            return Err(format!(
                "{path}: this plan is open in another portplan ({owner}); choose another name"
            ));
        }
        let text = files::project::write(plan, &self.catalogue);
        let (stamp, backup) = files::save_with_backup(path, &text).map_err(|error| error.to_string())?;
        self.known = Some(Known { path: path.to_owned(), stamp: Some(stamp) });
        match lock {
            Some(Lock::Held(held)) => self.hold.take(Some(held)),
            Some(_) => self.hold.let_go(),
            None => {}
        }
        Ok(match backup {
            Backup::Failed(error) => Some(error.to_string()),
            Backup::Kept(_) | Backup::NotNeeded => None,
        })
    }

    /// Takes up the work in a record: on its plan, if that is still there.
    pub fn open_lost(&mut self, record: &Path, unnamed: PlanName) -> (Option<PathBuf>, Opening) {
        let Some(lost) = recovery::lost_in(record) else {
            let plan = Err(LoadError::Missing { path: record.to_owned() });
            return (None, Opening { plan, more: Vec::new() });
        };
        if let Some(path) = lost.plan.clone().filter(|path| path.exists()) {
            let opening = self.open(&path, Missing::Failure);
            return (Some(path), opening);
        }
        self.close();
        let empty = Plan::new(unnamed, &self.catalogue);
        let more = vec![Event::Lost(self.offer(lost))];
        (None, Opening { plan: Ok(empty), more })
    }

    /// Work that was left on a plan, newest first; work that the plan has already is taken away.
    fn lost_work(&self, path: &Path, plan: Option<&Plan>) -> Vec<Event> {
        let found = recovery::lost(&self.places, Some(path)).into_iter().map(|lost| self.offer(lost));
        let mut events = Vec::new();
        for offer in found {
            match (&offer.plan, plan) {
                (Ok(work), Some(plan)) if offer.unfinished.is_none() && work.says_the_same(plan) => {
                    recovery::discard(&offer.record);
                }
                _ => events.push(Event::Lost(offer)),
            }
        }
        // The question that is put last is answered first.
        events.reverse();
        events
    }

    fn offer(&self, lost: Lost) -> LostWork {
        let plan = files::project::read(&lost.text, &self.catalogue);
        let plan = plan.map(Box::new).map_err(|error| error.message());
        let unfinished = lost.typed.and_then(|line| ron::from_str(&line).ok());
        LostWork { record: lost.record, age: age(lost.kept), plan, unfinished }
    }

    /// All lost work there is, for the start screen.
    pub fn all_lost(&self) -> Event {
        let entry = |lost: Lost| {
            let about = match &lost.plan {
                Some(path) => format!("Unsaved work on {}", shown_path(path)),
                None => "Unsaved work on a plan that was never saved".to_owned(),
            };
            let work = self.offer(lost);
            let name = work.plan.as_ref().map_or("unreadable", |plan| plan.name().as_str());
            LostEntry { title: format!("{name}, {}", work.age), about, record: work.record }
        };
        Event::LostWork(recovery::lost(&self.places, None).into_iter().map(entry).collect())
    }
}

/// `3 minutes ago`, for a time that has passed.
fn age(then: SystemTime) -> String {
    let seconds = SystemTime::now().duration_since(then).unwrap_or_default().as_secs();
    let (number, unit) = match seconds {
        0..60 => return "less than a minute ago".to_owned(),
        60..3600 => (seconds / 60, "minute"),
        3600..86_400 => (seconds / 3600, "hour"),
        _ => (seconds / 86_400, "day"),
    };
    format!("{number} {unit}{} ago", if number == 1 { "" } else { "s" })
}
