//! The program's state: everything that happens comes in as an event, everything it wants done goes out as an effect.

mod adapting;
pub mod baselines;
pub mod changes;
mod checks;
pub mod command;
mod context;
mod copying;
mod crossing;
mod dialogs;
mod document;
pub mod effect;
pub mod field;
pub mod find;
pub mod flow_view;
mod importing;
mod input;
pub mod key;
pub mod keymap;
pub mod layers;
pub mod list;
mod matrix;
pub mod message;
pub mod mouse;
mod reading;
mod report;
mod run;
pub mod safety;
pub mod snippet;
pub mod unfinished;
mod why;
mod work;

use std::path::{Path, PathBuf};
use std::sync::Arc;

pub use command::{COMMANDS, Command, Context, Spec};
pub use copying::SnippetChoice;
pub use effect::{Copied, Effect, Event, LostEntry, LostWork, Overwrite};
pub use flow_view::FlowView;
pub use importing::Origin;
pub use key::{Code, Key};
pub use keymap::KeyMap;
pub use layers::Layer;
pub use list::ListState;
pub use matrix::MatrixView;
pub use message::{Message, Tone};
pub use mouse::{Gesture, Mouse, Spot};
pub use safety::Access;
pub use unfinished::{Dialog, Unfinished};
pub use work::Change;

use crate::catalogue::Catalogue;
use crate::flows::Flows;
use crate::plan::{History, Plan};
use crate::review::{Finding, Review};
use crate::snippets::Target;
use layers::Start;
use snippet::SnippetView;

/// What the main pane shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum View {
    /// Flows, with the reasons of the selected one.
    Flows,
    /// The snippet.
    Rules,
    /// The flows that came and went since a baseline.
    Changes,
    /// The findings.
    Checks,
    /// How many flows go from whom to whom.
    Matrix,
}

/// Which pane has the keyboard.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Focus {
    /// The list of hosts.
    Hosts,
    /// The options.
    Options,
    /// What the view shows.
    Main,
    /// The reasons of the selected flow.
    Why,
    /// The search line.
    Search,
}

/// A sample plan on the start screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SampleEntry {
    /// Its name.
    pub title: String,
    /// One line that says what it shows.
    pub about: String,
}

/// How many lines each pane shows, as the screen reports after drawing.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Viewport {
    /// The list of hosts.
    pub hosts: u16,
    /// The options.
    pub options: u16,
    /// The flows, the snippet or the findings.
    pub main: u16,
    /// How many columns of the matrix.
    pub matrix_columns: u16,
    /// How many lines the snippet has at this width.
    pub snippet_lines: u64,
    /// The first of them on the screen.
    pub snippet_offset: u64,
    /// The reasons.
    pub why: u16,
    /// How many lines the reasons have at this width.
    pub why_lines: u64,
    /// The list in the top dialog.
    pub dialog: u16,
    /// How many lines the top dialog has.
    pub dialog_lines: u64,
    /// Where in the top dialog the changes of an answer begin.
    pub dialog_marks: Vec<u64>,
    /// What answers to the mouse, and where.
    pub hits: mouse::Hits,
}

/// The state of the program.
#[derive(Debug)]
pub struct App {
    catalogue: Arc<Catalogue>,
    samples: Vec<SampleEntry>,
    recent: Vec<PathBuf>,
    plan: Plan,
    history: History,
    path: Option<PathBuf>,
    access: Access,
    keeping: safety::Keeping,
    flows: Flows,
    review: Review,
    change: Option<Change>,
    view: View,
    focus: Focus,
    hosts: ListState,
    options: ListState,
    checks: ListState,
    why: ListState,
    compare: baselines::Compare,
    flow_view: FlowView,
    snippet: SnippetView,
    matrix: MatrixView,
    remembered_target: Target,
    layers: Vec<Layer>,
    message: Option<Message>,
    last_copy: Option<SnippetChoice>,
    offered: Option<SnippetChoice>,
    wakes: u64,
    after_save: Option<layers::confirm::Leave>,
    home: Option<PathBuf>,
    keys: KeyMap,
    why_lines: u64,
    dialog_lines: u64,
    pointer: mouse::Pointer,
    effects: Vec<Effect>,
}

impl App {
    /// The program at its start screen.
    pub fn new(catalogue: Arc<Catalogue>, samples: Vec<SampleEntry>) -> Self {
        let plan = Plan::new(document::unnamed(), &catalogue);
        let flows = Flows::new(&catalogue, &plan);
        let flow_view = FlowView::new(&flows);
        Self {
            catalogue,
            samples,
            recent: Vec::new(),
            plan,
            history: History::unsaved(),
            path: None,
            access: Access::Full,
            keeping: safety::Keeping::default(),
            flows,
            review: Review::default(),
            change: None,
            view: View::Flows,
            focus: Focus::Hosts,
            hosts: ListState::default(),
            options: ListState::default(),
            checks: ListState::default(),
            why: ListState::default(),
            compare: baselines::Compare::default(),
            flow_view,
            snippet: SnippetView::default(),
            matrix: MatrixView::default(),
            remembered_target: SnippetView::default().target,
            layers: vec![Layer::Start(Start::default())],
            message: None,
            last_copy: None,
            offered: None,
            wakes: 0,
            after_save: None,
            home: None,
            keys: KeyMap::default(),
            why_lines: 0,
            dialog_lines: u64::MAX,
            pointer: mouse::Pointer::default(),
            effects: Vec::new(),
        }
    }

    /// Tells what `~` stands for in file names.
    #[must_use]
    pub fn with_home(mut self, home: Option<PathBuf>) -> Self {
        self.home = home;
        self
    }

    /// Puts other keys in force.
    #[must_use]
    pub fn with_keys(mut self, keys: KeyMap) -> Self {
        self.keys = keys;
        self
    }

    /// Starts with the target that was used last.
    #[must_use]
    pub fn with_target(mut self, target: Target) -> Self {
        (self.snippet.target, self.remembered_target) = (target, target);
        self
    }

    /// Takes an event and says what is to be done about it.
    pub fn handle(&mut self, event: Event) -> Vec<Effect> {
        match event {
            Event::Key(key) => self.key(key),
            Event::Paste(text) => self.paste(&text),
            Event::Mouse(gesture, spot) => self.mouse(gesture, spot),
            Event::Wake(number) => self.wake(number),
            Event::Recent(recent) => self.recent = recent,
            other => self.outcome(other),
        }
        self.refresh_snippet();
        self.refresh_answers();
        self.refresh_changes();
        self.refresh_matrix();
        self.keep_work();
        self.remember_target();
        std::mem::take(&mut self.effects)
    }

    /// Remembers how much of each pane the screen shows.
    pub fn seen(&mut self, viewport: &Viewport) {
        self.hosts.seen(viewport.hosts, self.plan.hosts().len() as u64);
        self.options.seen(viewport.options, self.catalogue.options().len() as u64);
        self.why.seen(viewport.why, viewport.why_lines);
        let flows = self.flow_view.listing().len();
        match self.view {
            View::Flows => self.flow_view.list.seen(viewport.main, flows),
            View::Rules if viewport.main > 0 => {
                self.snippet.rows = viewport.snippet_lines;
                self.snippet.found_at(viewport.snippet_offset);
                self.snippet.list.seen(viewport.main, viewport.snippet_lines);
                self.snippet.list.scroll_to_fit(viewport.snippet_lines);
            }
            View::Rules => {}
            View::Changes => self.changes_seen(viewport.main),
            View::Checks => self.checks.seen(viewport.main, self.review.len() as u64),
            View::Matrix => self.matrix.seen(viewport.main, viewport.matrix_columns),
        }
        self.dialog_seen(viewport);
        self.pointer.hits.clone_from(&viewport.hits);
    }

    /// The catalogue.
    pub fn catalogue(&self) -> &Catalogue {
        &self.catalogue
    }

    /// The plan.
    pub fn plan(&self) -> &Plan {
        &self.plan
    }

    /// The plan's flows.
    pub fn flows(&self) -> &Flows {
        &self.flows
    }

    /// What the plan still lacks, apart from what was acknowledged.
    pub fn findings(&self) -> &[Finding] {
        self.review.open()
    }

    /// The findings, open ones and acknowledged ones.
    pub fn review(&self) -> &Review {
        &self.review
    }

    /// Whether the plan differs from its file.
    pub fn is_dirty(&self) -> bool {
        self.history.is_dirty()
    }

    /// The plan's file.
    pub fn path(&self) -> Option<&Path> {
        self.path.as_deref()
    }

    /// What the last edit did to the flows, for as long as it is marked.
    pub fn change(&self) -> Option<&Change> {
        self.change.as_ref()
    }

    /// What the main pane shows.
    pub fn view(&self) -> View {
        self.view
    }

    /// Which pane has the keyboard, dialogs aside.
    pub fn focus(&self) -> Focus {
        self.focus
    }

    /// What the keyboard speaks to.
    pub fn context(&self) -> Context {
        match self.layers.last() {
            Some(layer) => layer.context(),
            None => self.pane_context(),
        }
    }

    fn pane_context(&self) -> Context {
        match (self.focus, self.view) {
            (Focus::Hosts, _) => Context::Hosts,
            (Focus::Options, _) => Context::Options,
            (Focus::Why, _) => Context::Why,
            (Focus::Search, View::Rules) => Context::Find,
            (Focus::Search, _) => Context::Search,
            (Focus::Main, View::Flows) => Context::Flows,
            (Focus::Main, View::Rules) => Context::Rules,
            (Focus::Main, View::Changes) => Context::Changes,
            (Focus::Main, View::Checks) => Context::Checks,
            (Focus::Main, View::Matrix) => Context::Matrix,
        }
    }

    /// The dialogs, the top one last.
    pub fn layers(&self) -> &[Layer] {
        &self.layers
    }

    /// The message line.
    pub fn message(&self) -> Option<&Message> {
        self.message.as_ref()
    }

    /// The keys in force.
    pub fn keys(&self) -> &KeyMap {
        &self.keys
    }

    /// Which steps undo and redo would take.
    pub fn history(&self) -> &History {
        &self.history
    }

    /// Resolves the plan again after a change.
    fn resolve(&mut self) -> Flows {
        let flows = Flows::new(&self.catalogue, &self.plan);
        self.review = Review::new(&self.catalogue, &self.plan, &flows);
        let before = std::mem::replace(&mut self.flows, flows);
        self.compare_again();
        before
    }
}
