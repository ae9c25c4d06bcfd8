//! Plans of every size, and the whole program on a terminal that is only a buffer.

use std::sync::{Arc, LazyLock};

use portplan::app::{App, Event, Key};
use portplan::catalogue::Catalogue;
use portplan::cli::generate::{self, Variety};
use portplan::plan::Plan;
use portplan::ui;
use portplan::ui::theme::Theme;
use ratatui::Terminal;
use ratatui::backend::TestBackend;

static CATALOGUE: LazyLock<Arc<Catalogue>> = LazyLock::new(|| Arc::new(Catalogue::embedded().unwrap()));

/// The embedded catalogue.
pub fn catalogue() -> &'static Catalogue {
    &CATALOGUE
}

/// The measured plans: their name in reports, and the plan.
pub fn plans() -> impl Iterator<Item = (&'static str, Plan)> {
    let few = [("10", 10), ("100", 100), ("1000", 1_000), ("10000", 10_000)];
    few.into_iter()
        .map(|(name, hosts)| (name, generate::plan(catalogue(), hosts, Variety::Few)))
        .chain([("10000-many", generate::plan(catalogue(), 10_000, Variety::Many))])
}

/// The program with a plan open.
pub struct Rig {
    pub app: App,
    terminal: Terminal<TestBackend>,
}

impl Rig {
    pub fn new(plan: &Plan, columns: u16, rows: u16) -> Self {
        let mut app = App::new(Arc::clone(&CATALOGUE), Vec::new());
        app.start_plan(plan.clone(), None);
        let terminal = Terminal::new(TestBackend::new(columns, rows)).unwrap();
        let mut rig = Self { app, terminal };
        rig.draw();
        rig
    }

    /// What a key costs from press to finished frame, output to a terminal aside.
    pub fn press(&mut self, key: &str) {
        self.app.handle(Event::Key(key.parse::<Key>().unwrap()));
        self.draw();
    }

    pub fn press_all(&mut self, keys: &[&str]) {
        for key in keys {
            self.press(key);
        }
    }

    /// Presses keys that must change the plan: a bench of keys that do nothing would be fast.
    pub fn press_edit(&mut self, keys: &[&str]) {
        self.press_all(keys);
        assert!(self.app.history().next_undo().is_some(), "{keys:?} changed nothing");
    }

    pub fn paste(&mut self, text: &str) {
        self.app.handle(Event::Paste(text.to_owned()));
        self.draw();
    }

    pub fn draw(&mut self) {
        let (app, theme) = (&self.app, Theme::dark());
        let mut viewport = portplan::app::Viewport::default();
        self.terminal.draw(|frame| viewport = ui::draw(app, &theme, frame)).unwrap();
        self.app.seen(&viewport);
    }

    /// Makes every cell new, as after a change of the terminal's size.
    pub fn forget_screen(&mut self) {
        self.terminal.clear().unwrap();
    }
}
