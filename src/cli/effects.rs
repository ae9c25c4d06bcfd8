//! Carries out the effects that the program's state asks for.

use std::collections::VecDeque;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use crate::app::{Copied, Effect, Event, Mouse, Origin, Overwrite};
use crate::catalogue::Catalogue;
use crate::files::recovery::{self, Places};
use crate::files::{self, LoadError, Recent, import};
use crate::host::clipboard::{Certainty, Clipboard, Preference, Progress, Report, Wait, size_text};
use crate::host::env::Environment;
use crate::host::mouse::Capture;
use crate::host::session::{Session, Stopped};
use crate::plan::{Plan, PlanName};
use crate::snippets::Target;

use super::documents::{Documents, Missing, Opening};
use super::rescue::Rescue;

/// How soon after a change the loop asks whether it is kept.
const GLANCE: Duration = Duration::from_millis(100);

/// How often a copy that takes long is looked at.
const COPY_LOOK: Duration = Duration::from_millis(20);

/// Files, clipboard and clock, as the loop uses them.
pub(super) struct World {
    catalogue: Arc<Catalogue>,
    clipboard: Clipboard,
    /// What is being copied, in words, in the order in which it was asked for.
    copying: VecDeque<String>,
    state_dir: Option<PathBuf>,
    documents: Documents,
    rescue: Rescue,
    wakes: Vec<(Instant, u64)>,
    quit: bool,
}

impl World {
    /// # Errors
    /// If the system gives us no thread.
    pub fn new(
        catalogue: Arc<Catalogue>,
        environment: &Environment,
        preference: Preference,
    ) -> io::Result<Self> {
        let state_dir = files::state_dir();
        let places = Places { state: state_dir.clone(), runtime: files::runtime_dir() };
        Ok(Self {
            clipboard: Clipboard::new(environment, preference),
            copying: VecDeque::new(),
            state_dir,
            rescue: Rescue::start(places.clone(), Arc::clone(&catalogue))?,
            documents: Documents::new(Arc::clone(&catalogue), places),
            catalogue,
            wakes: Vec::new(),
            quit: false,
        })
    }

    /// What is to be done when the program ends for a reason of its own.
    pub fn last_will(&self) -> impl Fn() + Clone + Send + Sync + 'static {
        let (rescue, hold) = (self.rescue.clone(), self.documents.hold());
        move || {
            rescue.flush();
            hold.let_go();
        }
    }

    /// Opens the plan that the command line names; a missing file is a new plan of that name.
    pub fn open_first(&mut self, path: &Path) -> Opening {
        let opening = self.documents.open(path, Missing::NewPlan);
        if matches!(opening.plan, Ok(_) | Err(LoadError::Missing { .. })) {
            self.remember(path);
        }
        opening
    }

    /// The plans that were used last.
    fn recent(&self) -> Vec<PathBuf> {
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

    /// The target of rules that was used last, if there is still one of that id.
    pub fn last_target(&self) -> Option<Target> {
        Target::from_id(&files::last_target(self.state_dir.as_deref()?)?)
    }

    /// As with the recent plans, work goes on where it cannot be kept.
    fn remember_target(&self, target: Target) {
        if let Some(dir) = &self.state_dir {
            let _ = files::keep_last_target(dir, target.id());
        }
    }

    /// Whether the program was asked to end.
    pub fn has_quit(&self) -> bool {
        self.quit
    }

    /// How long until the next thing is due.
    pub fn next_wake(&self, now: Instant) -> Option<Duration> {
        let wake = self.wakes.iter().map(|(at, _)| at.saturating_duration_since(now)).min();
        let kept = self.rescue.is_busy().then_some(GLANCE);
        let copy = self.clipboard.is_busy().then_some(COPY_LOOK);
        wake.into_iter().chain(kept).chain(copy).min()
    }

    /// How keeping unsaved work ended, if it did since this was asked before.
    pub fn kept(&self) -> Option<Event> {
        self.rescue.outcome().map(Event::Kept)
    }

    /// What the start screen lists.
    pub fn lists(&self) -> [Event; 2] {
        [Event::Recent(self.recent()), self.documents.all_lost()]
    }

    /// What is due now.
    pub fn due(&mut self, now: Instant) -> Vec<u64> {
        let due = self.wakes.iter().filter(|(at, _)| *at <= now).map(|(_, number)| *number).collect();
        self.wakes.retain(|(at, _)| *at > now);
        due
    }

    /// Carries out one effect; gives the events that tell how it ended.
    pub fn carry_out(&mut self, effect: Effect, session: &mut Session) -> io::Result<Vec<Event>> {
        let wait = if matches!(effect, Effect::Copy { .. }) { Wait::Moment } else { Wait::No };
        let mut events = self.carry_out_one(effect, session)?;
        events.extend(self.copies(wait, session)?);
        Ok(events)
    }

    fn carry_out_one(&mut self, effect: Effect, session: &mut Session) -> io::Result<Vec<Event>> {
        match effect {
            Effect::Quit => {
                self.rescue.flush();
                self.quit = true;
            }
            Effect::Wake { after, number } => self.wakes.push((Instant::now() + after, number)),
            Effect::Copy { text, what } => {
                self.copying.push_back(format!("{what}, {}", size_text(text.len())));
                self.clipboard.copy(text);
            }
            Effect::ShowPlain { text, closing } => session.show_plain(&text, &closing)?,
            Effect::LeavePlain => session.leave_plain()?,
            Effect::Mouse(mode) => session.set_mouse(capture(mode))?,
            Effect::Suspend => {
                if session.stop()? == Stopped::NoShell {
                    return Ok(vec![Event::NoShell]);
                }
            }
            other => return Ok(self.carry_out_on_files(other)),
        }
        Ok(Vec::new())
    }

    fn carry_out_on_files(&mut self, effect: Effect) -> Vec<Event> {
        match effect {
            Effect::Save { path, plan, revision, overwrite } => self.save(path, plan, revision, overwrite),
            Effect::Write { path, content, overwrite } => vec![write(path, content, overwrite)],
            Effect::WriteRemarks { path, plan, remarks, overwrite } => {
                let text = files::project::write_with(&plan, &self.catalogue, &remarks);
                vec![write(path, text.into_bytes(), overwrite)]
            }
            Effect::Open(path) => {
                let opening = self.documents.open(&path, Missing::Failure);
                self.opened(Some(path), opening)
            }
            Effect::OpenLost(record) => {
                let (path, opening) = self.documents.open_lost(&record, PlanName::unnamed());
                self.opened(path, opening)
            }
            Effect::OpenSample(at) => {
                self.documents.close();
                vec![self.open_sample(at)]
            }
            Effect::RememberTarget(target) => {
                self.remember_target(target);
                Vec::new()
            }
            Effect::Reload(path) => vec![self.documents.reload(path)],
            Effect::Import(origin) => vec![self.import(origin)],
            Effect::Close => {
                self.documents.close();
                Vec::new()
            }
            Effect::Keep { path, plan, unfinished, takes_over } => {
                self.rescue.keep(path, plan, unfinished, takes_over);
                Vec::new()
            }
            Effect::Forget => {
                self.rescue.forget();
                Vec::new()
            }
            Effect::Discard(record) => {
                recovery::discard(&record);
                self.lists().into()
            }
            Effect::Quit
            | Effect::Wake { .. }
            | Effect::Copy { .. }
            | Effect::ShowPlain { .. }
            | Effect::LeavePlain
            | Effect::Mouse(_)
            | Effect::Show(_)
            | Effect::Suspend => Vec::new(),
        }
    }

    fn save(&mut self, path: PathBuf, plan: Box<Plan>, revision: u64, overwrite: Overwrite) -> Vec<Event> {
        let mut events = self.documents.save(path, plan, revision, overwrite);
        for event in &events {
            if let Event::Saved { path, outcome: Ok(()), .. } = event {
                self.remember(path);
            }
        }
        events.push(Event::Recent(self.recent()));
        events
    }

    fn opened(&mut self, path: Option<PathBuf>, opening: Opening) -> Vec<Event> {
        let plan = opening.plan.map(Box::new).map_err(|error| error.brief());
        if let (Ok(_), Some(path)) = (&plan, &path) {
            self.remember(path);
        }
        let mut events = vec![Event::Opened { path, plan }];
        events.extend(opening.more);
        events.extend(self.lists());
        events
    }

    fn import(&self, origin: Origin) -> Event {
        let from = import::From::Auto;
        let source = match &origin {
            Origin::File(path) => import::read_file(path, from, &self.catalogue),
            Origin::Pasted(text) => import::read_text("pasted text", text, from, &self.catalogue),
        };
        Event::Imported { origin, source: source.map(Box::new).map_err(|error| error.to_string()) }
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

fn write(path: PathBuf, content: Vec<u8>, overwrite: Overwrite) -> Event {
    if overwrite == Overwrite::Ask && path.exists() {
        return Event::Exists(Box::new(Effect::Write { path, content, overwrite: Overwrite::Replace }));
    }
    let outcome = files::save(&path, &content).map(drop).map_err(|error| error.to_string());
    Event::Written { path, outcome }
}

/// Who gets the terminal's reports of the mouse.
pub(super) fn capture(mode: Mouse) -> Capture {
    match mode {
        Mouse::On => Capture::Program,
        Mouse::Released | Mouse::Off => Capture::Terminal,
    }
}
