//! Carries out the effects that the program's state asks for.

use std::collections::VecDeque;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use crate::app::{Copied, Effect, Event, Overwrite};
use crate::catalogue::Catalogue;
use crate::files::{self, Recent};
use crate::host::clipboard::{Certainty, Clipboard, Preference, Progress, Report, Wait, size_text};
use crate::host::env::Environment;
use crate::host::session::Session;
use crate::plan::Plan;

/// How often a copy that takes long is looked at.
const COPY_LOOK: Duration = Duration::from_millis(20);

/// Files, clipboard and clock, as the loop uses them.
pub(super) struct World {
    catalogue: Arc<Catalogue>,
    clipboard: Clipboard,
    /// What is being copied, in words, in the order in which it was asked for.
    copying: VecDeque<String>,
    state_dir: Option<PathBuf>,
    wakes: Vec<(Instant, u64)>,
    quit: bool,
}

impl World {
    pub fn new(catalogue: Arc<Catalogue>, environment: &Environment, preference: Preference) -> Self {
        Self {
            catalogue,
            clipboard: Clipboard::new(environment, preference),
            copying: VecDeque::new(),
            state_dir: files::state_dir(),
            wakes: Vec::new(),
            quit: false,
        }
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
        let copy = self.clipboard.is_busy().then_some(COPY_LOOK);
        self.wakes.iter().map(|(at, _)| at.saturating_duration_since(now)).chain(copy).min()
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
        let wait = if matches!(effect, Effect::Copy { .. }) { Wait::Moment } else { Wait::No };
        let mut events: Vec<Event> = self.carry_out_one(effect, session)?.into_iter().collect();
        events.extend(self.copies(wait, session)?);
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
            Effect::ShowPlain { text, closing } => {
                session.show_plain(&text, &closing)?;
                None
            }
            Effect::LeavePlain => {
                session.leave_plain()?;
                None
            }
            Effect::Copy { text, what } => {
                self.copying.push_back(format!("{what}, {}", size_text(text.len())));
                self.clipboard.copy(text);
                None
            }
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

    /// What has come of copies.
    pub fn copies(&mut self, wait: Wait, session: &mut Session) -> io::Result<Vec<Event>> {
        let progress = self.clipboard.progress(wait);
        self.take_in(progress, session)
    }

    fn take_in(&mut self, progress: Vec<Progress>, session: &mut Session) -> io::Result<Vec<Event>> {
        let mut events = Vec::new();
        for step in progress {
            match step {
                Progress::ToTerminal(bytes) => session.send(&bytes)?,
                Progress::Done(report) => events.push(copied(self.copying.pop_front(), report)),
            }
        }
        Ok(events)
    }

    /// Sees to what outlives the program; gives what the operator should know about it once the terminal is back.
    pub fn part(&mut self, session: &mut Session) -> io::Result<Option<&'static str>> {
        let (progress, parting) = self.clipboard.part();
        self.take_in(progress, session)?;
        Ok(parting.notice())
    }
}

fn copied(what: Option<String>, report: Report) -> Event {
    let ending = match report.certainty {
        Certainty::Known => Copied::Known,
        Certainty::Unknown => Copied::Unknown,
        Certainty::TooLarge => Copied::TooLarge,
        Certainty::Failed => Copied::Failed,
    };
    Event::Copied { what: what.unwrap_or_default(), report: report.text, ending }
}
