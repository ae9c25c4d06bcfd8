//! The planner: the loop that joins state, screen and outside world.

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use crossterm::event::KeyCode;

use crate::app::{App, Code, Event, Key, SampleEntry};
use crate::catalogue::Catalogue;
use crate::files::{self, LoadError};
use crate::host::clipboard::Wait;
use crate::host::env::Environment;
use crate::host::events::Press;
use crate::host::session::{Input, Session};
use crate::plan::{Plan, PlanName};
use crate::ui;
use crate::ui::theme::Theme;

use super::args::SettingsArgs;
use super::effects::World;
use super::settings::Settings;
use super::{Failure, Verdict};

/// Without anything to wait for, the loop sleeps this long at a time.
const LONG: Duration = Duration::from_secs(3600);

/// Opens the planner.
pub(super) fn run(path: Option<PathBuf>, args: &SettingsArgs) -> Result<Verdict, Failure> {
    let catalogue = Arc::new(Catalogue::embedded()?);
    let environment = Environment::read();
    let settings = Settings::read(args, &environment)?;
    let samples = files::samples();
    let entry = |sample: &files::Sample| SampleEntry {
        title: sample.title.to_owned(),
        about: sample.about.to_owned(),
    };
    let mut app = App::new(Arc::clone(&catalogue), samples.iter().map(entry).collect())
        .with_home(environment.home.clone())
        .with_keys(settings.keys.clone());
    let theme = settings.theme();
    let mut world =
        World::new(Arc::clone(&catalogue), &environment, settings.clipboard()).map_err(Failure::Terminal)?;
    let mut first = Vec::from(world.lists());
    if let Some(path) = path {
        first.extend(open(&mut app, &mut world, &catalogue, path)?);
    }
    if let Some(problem) = settings.problem() {
        app.notice(problem);
    }
    let last_will = world.last_will();
    rescue_on_panic(last_will.clone());
    let session = Session::open().map_err(Failure::Terminal)?;
    #[cfg(unix)]
    crate::host::signals::watch(last_will.clone()).map_err(Failure::Terminal)?;
    let mut planner = Planner { app, world, session, theme };
    let outcome = planner.run(first);
    let notice = planner.world.part(&mut planner.session).map_err(Failure::Terminal);
    drop(planner);
    last_will();
    outcome?;
    if let Some(notice) = notice? {
        // Standard error may be closed; there is nobody left to tell then.
        let _ = writeln!(io::stderr(), "portplan: {notice}");
    }
    Ok(Verdict::Done)
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

fn rescue_on_panic(last_will: impl Fn() + Send + Sync + 'static) {
    let report = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |info| {
        last_will();
        report(info);
    }));
}

fn name_of(path: &Path) -> PlanName {
    let stem = path.file_stem().map(|stem| stem.to_string_lossy().into_owned());
    stem.and_then(|stem| stem.parse().ok()).unwrap_or_else(PlanName::unnamed)
}

struct Planner {
    app: App,
    world: World,
    session: Session,
    theme: Theme,
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
                if let Some(event) = event(present) {
                    self.handle(event)?;
                }
                if self.world.has_quit() {
                    return Ok(());
                }
                input = self.session.input(Duration::ZERO).map_err(Failure::Terminal)?;
            }
        }
    }

    fn draw(&mut self) -> Result<(), Failure> {
        if !self.session.shows_frames() {
            return Ok(());
        }
        let (app, theme) = (&self.app, &self.theme);
        let mut viewport = crate::app::Viewport::default();
        self.session.draw(|frame| viewport = ui::draw(app, theme, frame)).map_err(Failure::Terminal)?;
        self.app.seen(&viewport);
        Ok(())
    }

    /// Effects can bring events, which can bring effects.
    fn handle(&mut self, event: Event) -> Result<(), Failure> {
        let mut effects: std::collections::VecDeque<_> = self.app.handle(event).into();
        while let Some(effect) = effects.pop_front() {
            for event in self.world.carry_out(effect, &mut self.session).map_err(Failure::Terminal)? {
                effects.extend(self.app.handle(event));
            }
        }
        Ok(())
    }
}

fn event(input: Input) -> Option<Event> {
    match input {
        Input::Key(press) => key(press).map(Event::Key),
        Input::Paste(text) => Some(Event::Paste(text)),
        Input::Resized => None,
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
