//! The planner: the loop that joins state, screen and outside world.

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use crossterm::event::KeyCode;

use crate::app::{App, Code, Effect, Event, Key, SampleEntry};
use crate::catalogue::Catalogue;
use crate::files::{self, LoadError};
use crate::host::clipboard::Wait;
#[cfg(unix)]
use crate::host::ending;
use crate::host::ending::Rescue;
use crate::host::env::Environment;
use crate::host::events::{Motion, Press};
use crate::host::session::{Input, Session, Stopped};
use crate::plan::{Plan, PlanName};
use crate::ui;
use crate::ui::theme::Theme;

use super::args::SettingsArgs;
use super::effects::{self, World};
use super::pointer::Clicks;
use super::settings::Settings;
use super::{Failure, Verdict};

/// Without anything to wait for, the loop sleeps this long at a time.
const LONG: Duration = Duration::from_secs(3600);
/// Keys that follow pasted text without such a pause belong to it.
const BREATH: Duration = Duration::from_millis(20);

/// Opens the planner.
pub(super) fn run(
    path: Option<PathBuf>,
    catalogue: &Arc<Catalogue>,
    args: &SettingsArgs,
) -> Result<Verdict, Failure> {
    let environment = Environment::read();
    let settings = Settings::read(args, &environment)?;
    let samples = files::samples();
    let entry = |sample: &files::Sample| SampleEntry {
        title: sample.title.to_owned(),
        about: sample.about.to_owned(),
    };
    let mut app = App::new(Arc::clone(catalogue), samples.iter().map(entry).collect())
        .with_home(environment.home.clone())
        .with_keys(settings.keys.clone())
        .with_mouse(settings.mouse());
    let theme = settings.theme();
    let mut world =
        World::new(Arc::clone(catalogue), &environment, settings.clipboard()).map_err(Failure::Terminal)?;
    if let Some(target) = world.last_target() {
        app = app.with_target(target);
    }
    let mut first = Vec::from(world.lists());
    if let Some(path) = path {
        first.extend(open(&mut app, &mut world, catalogue, path)?);
    }
    if let Some(problem) = settings.problem() {
        app.notice(problem);
    }
    let rescue: Rescue = Arc::new(world.last_will());
    #[cfg(unix)]
    crate::host::signals::watch(Arc::clone(&rescue)).map_err(Failure::Terminal)?;
    let capture = effects::capture(app.mouse_mode());
    let session = Session::open(capture, Arc::clone(&rescue)).map_err(Failure::Terminal)?;
    #[cfg(unix)]
    crate::host::watchdog::watch(Arc::clone(&rescue)).map_err(Failure::Terminal)?;
    let mut planner =
        Planner { app, world, session, theme, clicks: Clicks::default(), on_screen: Frame::Old };
    if let Err(failure) = planner.run(first) {
        return Err(ended_early(&rescue, failure));
    }
    let notice = planner.world.part(&mut planner.session).map_err(Failure::Terminal);
    drop(planner);
    rescue();
    if let Some(notice) = notice? {
        // Standard error may be closed; there is nobody left to tell then.
        let _ = writeln!(io::stderr(), "portplan: {notice}");
    }
    Ok(Verdict::Done)
}

/// The terminal failed under the program's hands. If it is gone, this is a hang-up like any other, and what stands for
/// the screen is not taken down: the drawing library would write about that to a terminal that is not there.
fn ended_early(rescue: &Rescue, failure: Failure) -> Failure {
    #[cfg(unix)]
    if crate::host::watchdog::is_gone() {
        ending::end(rescue, ending::Ending::HungUp);
    }
    rescue();
    failure
}

/// A missing file is a new plan of that name. Gives the events that tell what else there is to say about the file.
fn open(
    app: &mut App,
    world: &mut World,
    catalogue: &Catalogue,
    path: PathBuf,
) -> Result<Vec<Event>, Failure> {
    let opening = world.open_first(&path);
    match opening.plan {
        Ok(plan) => app.start_plan(plan, Some(path)),
        Err(LoadError::Missing { .. }) => {
            let plan = Plan::new(name_of(&path), catalogue);
            app.start_plan(plan, Some(path));
            app.mark_new_file();
        }
        Err(error) => return Err(error.into()),
    }
    Ok(opening.more)
}

fn name_of(path: &Path) -> PlanName {
    let stem = path.file_stem().map(|stem| stem.to_string_lossy().into_owned());
    stem.and_then(|stem| stem.parse().ok()).unwrap_or_else(PlanName::unnamed)
}

/// Whether the screen shows the state.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Frame {
    Fresh,
    Old,
}

struct Planner {
    app: App,
    world: World,
    session: Session,
    theme: Theme,
    clicks: Clicks,
    on_screen: Frame,
}

impl Planner {
    fn run(&mut self, first: Vec<Event>) -> Result<(), Failure> {
        for event in first {
            self.handle(event)?;
        }
        loop {
            self.draw()?;
            let timeout = self.world.next_wake(Instant::now()).unwrap_or(LONG);
            let mut input = self.session.input(timeout).map_err(Failure::Terminal)?;
            if let Some(kept) = self.world.kept() {
                self.handle(kept)?;
            }
            for number in self.world.due(Instant::now()) {
                self.handle(Event::Wake(number))?;
            }
            for event in self.world.copies(Wait::No, &mut self.session).map_err(Failure::Terminal)? {
                self.handle(event)?;
            }
            // Everything that is there already is taken in before the next frame: typing ahead stays fast.
            while let Some(present) = input {
                self.take(present)?;
                if self.world.has_quit() {
                    return Ok(());
                }
                input = self.session.input(Duration::ZERO).map_err(Failure::Terminal)?;
            }
        }
    }

    fn take(&mut self, input: Input) -> Result<(), Failure> {
        match input {
            Input::Key(press) => key(press).map_or(Ok(()), |key| self.handle(Event::Key(key))),
            Input::Paste(text) => {
                self.handle(Event::Paste(text))?;
                self.rest_of_paste()
            }
            Input::Mouse(pointer) => {
                // The mouse speaks of what the operator sees.
                if self.on_screen == Frame::Old && matches!(pointer.motion, Motion::Press | Motion::Release) {
                    self.draw()?;
                }
                let event = self.clicks.event(pointer, Instant::now());
                self.handle(event)
            }
            Input::Resized => {
                self.on_screen = Frame::Old;
                Ok(())
            }
            Input::Stop => match self.session.stop().map_err(Failure::Terminal)? {
                Stopped::AndBack => Ok(()),
                Stopped::NoShell => self.handle(Event::NoShell),
            },
        }
    }

    /// Pasted text that holds the mark of its own end goes on as keys. Terminals take such marks out; where one does
    /// not, keys in the same breath are taken for what they are: no hand is that fast.
    fn rest_of_paste(&mut self) -> Result<(), Failure> {
        let mut keys = 0;
        while let Some(input) = self.session.input(BREATH).map_err(Failure::Terminal)? {
            match input {
                Input::Key(_) | Input::Mouse(_) => keys += 1,
                Input::Paste(text) => self.handle(Event::Paste(text))?,
                Input::Resized | Input::Stop => self.take(input)?,
            }
        }
        if keys > 0 { self.handle(Event::KeysLeftOut(keys)) } else { Ok(()) }
    }

    fn draw(&mut self) -> Result<(), Failure> {
        if !self.session.shows_frames() {
            return Ok(());
        }
        let (app, theme) = (&self.app, &self.theme);
        let mut viewport = crate::app::Viewport::default();
        self.session.draw(|frame| viewport = ui::draw(app, theme, frame)).map_err(Failure::Terminal)?;
        self.app.seen(&viewport);
        self.on_screen = Frame::Fresh;
        Ok(())
    }

    /// Effects can bring events, which can bring effects.
    fn handle(&mut self, event: Event) -> Result<(), Failure> {
        self.on_screen = Frame::Old;
        let mut effects: std::collections::VecDeque<_> = self.app.handle(event).into();
        while let Some(effect) = effects.pop_front() {
            if let Effect::Show(choice) = effect {
                self.draw()?;
                effects.extend(self.app.handle(Event::Shown(choice)));
                self.on_screen = Frame::Old;
                continue;
            }
            for event in self.world.carry_out(effect, &mut self.session).map_err(Failure::Terminal)? {
                effects.extend(self.app.handle(event));
            }
        }
        Ok(())
    }
}

fn key(press: Press) -> Option<Key> {
    let code = match press.code {
        KeyCode::Char(letter) => Code::Char(letter),
        KeyCode::Enter => Code::Enter,
        KeyCode::Esc => Code::Esc,
        KeyCode::Tab => Code::Tab,
        KeyCode::BackTab => Code::BackTab,
        KeyCode::Backspace => Code::Backspace,
        KeyCode::Delete => Code::Delete,
        KeyCode::Up => Code::Up,
        KeyCode::Down => Code::Down,
        KeyCode::Left => Code::Left,
        KeyCode::Right => Code::Right,
        KeyCode::Home => Code::Home,
        KeyCode::End => Code::End,
        KeyCode::PageUp => Code::PageUp,
        KeyCode::PageDown => Code::PageDown,
        KeyCode::F(number) => Code::F(number),
        _ => return None,
    };
    Some(Key { code, ctrl: press.ctrl, alt: press.alt })
}
