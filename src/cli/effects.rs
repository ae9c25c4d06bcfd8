//! Carries out the effects that the program's state asks for.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use crate::app::{Effect, Event, Mouse, Overwrite};
use crate::catalogue::Catalogue;
use crate::files::{self, Recent};
use crate::host::clipboard::{self, Native, Sent};
use crate::host::env::Environment;
use crate::host::mouse::Capture;
use crate::host::session::{Session, Stopped};
use crate::plan::Plan;

/// Files, clipboard and clock, as the loop uses them.
pub(super) struct World {
    catalogue: Arc<Catalogue>,
    environment: Environment,
    native: Native,
    state_dir: Option<PathBuf>,
    wakes: Vec<(Instant, u64)>,
    quit: bool,
}

impl World {
    pub fn new(catalogue: Arc<Catalogue>, environment: Environment) -> Self {
        let state_dir = files::state_dir();
        Self { catalogue, environment, native: Native::default(), state_dir, wakes: Vec::new(), quit: false }
    }

    /// The plans that were used last.
    pub fn recent(&self) -> Vec<PathBuf> {
        self.state_dir.as_deref().map_or_else(Vec::new, |dir| Recent::load(dir).paths().to_vec())
    }

    /// Puts a plan at the top of the list of recent ones. The list is a convenience: where it cannot be kept, work
    /// goes on.
    pub fn remember(&self, path: &Path) {
        if let Some(dir) = &self.state_dir {
            let mut recent = Recent::load(dir);
            recent.add(path);
            let _ = recent.save();
        }
    }

    /// Whether the program was asked to end.
    pub fn has_quit(&self) -> bool {
        self.quit
    }

    /// How long until the next thing is due.
    pub fn next_wake(&self, now: Instant) -> Option<Duration> {
        self.wakes.iter().map(|(at, _)| at.saturating_duration_since(now)).min()
    }

    /// What is due now.
    pub fn due(&mut self, now: Instant) -> Vec<u64> {
        let due = self.wakes.iter().filter(|(at, _)| *at <= now).map(|(_, number)| *number).collect();
        self.wakes.retain(|(at, _)| *at > now);
        due
    }

    /// Carries out one effect; gives the events that tell how it ended.
    pub fn carry_out(&mut self, effect: Effect, session: &mut Session) -> io::Result<Vec<Event>> {
        let recent_may_change = matches!(effect, Effect::Save { .. } | Effect::Open(_));
        let mut events: Vec<Event> = self.carry_out_one(effect, session)?.into_iter().collect();
        if recent_may_change {
            events.push(Event::Recent(self.recent()));
        }
        Ok(events)
    }

    fn carry_out_one(&mut self, effect: Effect, session: &mut Session) -> io::Result<Option<Event>> {
        Ok(match effect {
            Effect::Quit => {
                self.quit = true;
                None
            }
            Effect::Wake { after, number } => {
                self.wakes.push((Instant::now() + after, number));
                None
            }
            Effect::Mouse(mode) => {
                session.set_mouse(capture(mode))?;
                None
            }
            Effect::Suspend => match session.stop()? {
                Stopped::AndBack => None,
                Stopped::NoShell => Some(Event::NoShell),
            },
            Effect::Save { overwrite: Overwrite::Ask, path, plan, revision } if path.exists() => {
                let replace = Effect::Save { overwrite: Overwrite::Replace, path, plan, revision };
                Some(Event::Exists(Box::new(replace)))
            }
            Effect::Write { overwrite: Overwrite::Ask, path, text } if path.exists() => {
                Some(Event::Exists(Box::new(Effect::Write { overwrite: Overwrite::Replace, path, text })))
            }
            Effect::Save { path, plan, revision, .. } => Some(self.save(path, &plan, revision)),
            Effect::Write { path, text, .. } => {
                let outcome = files::save(&path, &text).map(drop).map_err(|error| error.to_string());
                Some(Event::Written { path, outcome })
            }
            Effect::Open(path) => Some(self.open(path)),
            Effect::OpenSample(at) => Some(self.open_sample(at)),
            Effect::Copy { text, what } => Some(self.copy(&text, &what, session)?),
        })
    }

    fn save(&self, path: PathBuf, plan: &Plan, revision: u64) -> Event {
        let text = files::project::write(plan, &self.catalogue);
        let outcome = files::save(&path, &text).map(drop).map_err(|error| error.to_string());
        if outcome.is_ok() {
            self.remember(&path);
        }
        Event::Saved { path, revision, outcome }
    }

    fn open(&self, path: PathBuf) -> Event {
        let plan = files::load(&path, &self.catalogue);
        if plan.is_ok() {
            self.remember(&path);
        }
        let plan = plan.map(|loaded| Box::new(loaded.plan)).map_err(|error| error.brief());
        Event::Opened { path: Some(path), plan }
    }

    fn open_sample(&self, at: usize) -> Event {
        let samples = files::samples();
        let plan = match samples.get(at) {
            Some(sample) => files::project::read(sample.text, &self.catalogue)
                .map(Box::new)
                .map_err(|error| error.to_string()),
            None => Err("there is no such sample".to_owned()),
        };
        Event::Opened { path: None, plan }
    }

    fn copy(&mut self, text: &str, what: &str, session: &mut Session) -> io::Result<Event> {
        let mut results = Vec::new();
        for way in clipboard::ways(&self.environment) {
            let sent = clipboard::send(way, text, &self.environment, &mut self.native);
            if let Sent::ToTerminal(bytes) = &sent {
                session.send(bytes)?;
            }
            results.push((way, sent));
        }
        Ok(Event::Copied(clipboard::report(what, text.len(), &results)))
    }
}

/// Who gets the terminal's reports of the mouse.
pub(super) fn capture(mode: Mouse) -> Capture {
    match mode {
        Mouse::On => Capture::Program,
        Mouse::Released | Mouse::Off => Capture::Terminal,
    }
}
