//! Presses keys, draws after each of them as the loop does, and keeps the effects. After every event it checks what must
//! hold whatever was pressed.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use portplan::app::mouse::Press;
use portplan::app::{App, Context, Effect, Event, Focus, Gesture, Key, Layer, SampleEntry, Spot, Tone};
use portplan::catalogue::{Catalogue, CustomPortId, OptionSet, Os, PortSet};
use portplan::flows::{ChangeList, Delta, Flows};
use portplan::plan::{Host, OwnRule, Partners, Plan, Zone, actions};
use portplan::ui;
use portplan::ui::theme::Theme;
use ratatui::Terminal;
use ratatui::backend::TestBackend;

use crate::flows::support::{option, role};

/// Where the sample plan is saved.
pub const FILE: &str = "/plans/munich.ron";

pub fn shared_catalogue() -> Arc<Catalogue> {
    static CATALOGUE: OnceLock<Arc<Catalogue>> = OnceLock::new();
    Arc::clone(CATALOGUE.get_or_init(|| Arc::new(Catalogue::embedded().unwrap())))
}

/// Everything in a plan that an operator can change or see.
#[derive(Debug, Clone, PartialEq)]
pub struct Content {
    name: String,
    options: OptionSet,
    hosts: Vec<Host>,
    ports: BTreeMap<CustomPortId, PortSet>,
    rules: Vec<OwnRule>,
    zones: Vec<Zone>,
    partners: Vec<Partners>,
}

pub fn content(plan: &Plan) -> Content {
    Content {
        name: plan.name().to_string(),
        options: plan.options(),
        hosts: plan.hosts().to_vec(),
        ports: plan.ports().clone(),
        rules: plan.rules().to_vec(),
        zones: plan.zones().to_vec(),
        partners: plan.partners().to_vec(),
    }
}

/// A plan with one host for each line: name, system, roles, addresses. Made as an operator makes it, so roles switch
/// their options on.
pub fn plan(name: &str, hosts: &[(&str, Os, &str, &str)]) -> Plan {
    let catalogue = shared_catalogue();
    let mut plan = Plan::new(name.parse().unwrap(), &catalogue);
    for (name, os, roles, addresses) in hosts {
        let mut host = Host::new(plan.fresh_id(), name.parse().unwrap());
        host.os = *os;
        host.roles = roles.split_whitespace().map(role).collect();
        host.addresses = addresses.split_whitespace().map(|address| address.parse().unwrap()).collect();
        let action = actions::put_host(&plan, &catalogue, host, plan.hosts().len());
        plan.apply(action.edit).unwrap();
    }
    plan
}

pub fn small_plan() -> Plan {
    plan(
        "Munich",
        &[
            ("vbr01", Os::Windows, "backup-server", "10.0.0.10"),
            ("repo01", Os::Linux, "backup-repository", "10.0.0.20"),
            ("worker01", Os::Linux, "worker", "10.0.0.30"),
            ("ahv01", Os::Other, "ahv-cluster", "10.0.0.40"),
            ("sql01", Os::Windows, "mssql-guest", "10.0.8.1"),
        ],
    )
}

/// A plan whose hosts have several roles, so that several rules ask for the same flow.
pub fn rich_plan() -> Plan {
    plan(
        "Wien",
        &[
            ("vbr01", Os::Windows, "backup-server console distribution-server", "10.0.0.10"),
            ("gip01", Os::Windows, "guest-interaction-proxy mount-server", "10.0.0.11"),
            ("repo01", Os::Linux, "backup-repository mount-server gateway-server", "10.0.0.20"),
            ("lss01", Os::Linux, "log-shipping-server", "10.0.0.21"),
            ("worker01", Os::Linux, "worker", "10.0.0.30"),
            ("ahv01", Os::Other, "ahv-cluster prism-central", "10.0.0.40"),
            ("ora7", Os::Linux, "oracle-guest postgresql-guest", "10.0.8.1"),
            ("sql01", Os::Windows, "mssql-guest sharepoint-server", "10.0.8.2"),
            ("mongo1", Os::Linux, "mongodb-server", "10.0.9.0/24"),
            ("ad01", Os::Windows, "active-directory dns-server mail-server", "10.0.1.1"),
        ],
    )
}

fn samples() -> Vec<SampleEntry> {
    let entry = |title: &str, about: &str| SampleEntry { title: title.to_owned(), about: about.to_owned() };
    vec![
        entry("Small AHV site", "One backup server, a worker, a repository and a cluster."),
        entry(
            "Databases",
            "Oracle and PostgreSQL guests with a log shipping server between them and the repository.",
        ),
        entry("MongoDB and SharePoint", "A replica set and a farm."),
    ]
}

/// A program and everything it asked for.
pub struct Run {
    pub app: App,
    pub size: (u16, u16),
    effects: Vec<Effect>,
}

impl Run {
    /// The start screen, with two recent plans.
    pub fn start() -> Self {
        let app = App::new(shared_catalogue(), samples()).with_home(Some("/home/ann".into()));
        let mut run = Self { app, size: (120, 40), effects: Vec::new() };
        run.event(Event::Recent(vec!["/plans/a.ron".into(), "/plans/b.ron".into()]));
        run
    }

    /// A new plan without hosts.
    pub fn empty() -> Self {
        let mut run = Self::start();
        run.press("Enter");
        run.effects.clear();
        run
    }

    /// A small plan that is saved as [`FILE`].
    pub fn sample() -> Self {
        Self::of(small_plan(), Some(FILE))
    }

    pub fn of(plan: Plan, path: Option<&str>) -> Self {
        let mut run = Self::start();
        run.app.start_plan(plan, path.map(PathBuf::from));
        run.draw();
        run
    }

    /// The same on a terminal of another size.
    pub fn sized(mut self, width: u16, height: u16) -> Self {
        self.size = (width, height);
        self.draw();
        self
    }

    /// Presses keys, named as the screen shows them, with spaces between.
    pub fn press(&mut self, keys: &str) -> &mut Self {
        for name in keys.split_whitespace() {
            let key: Key = name.parse().unwrap_or_else(|error| panic!("{error}"));
            self.event(Event::Key(key));
        }
        self
    }

    /// Presses keys that all arrive before the next frame, as over a slow line.
    pub fn press_ahead(&mut self, keys: &str) -> &mut Self {
        for name in keys.split_whitespace() {
            let key: Key = name.parse().unwrap_or_else(|error| panic!("{error}"));
            let effects = self.app.handle(Event::Key(key));
            self.effects.extend(effects);
        }
        self.draw();
        self
    }

    pub fn type_text(&mut self, text: &str) -> &mut Self {
        for letter in text.chars() {
            let name = if letter == ' ' { "Space".to_owned() } else { letter.to_string() };
            self.event(Event::Key(name.parse().unwrap()));
        }
        self
    }

    pub fn paste(&mut self, text: &str) -> &mut Self {
        self.event(Event::Paste(text.to_owned()))
    }

    pub fn gesture(&mut self, gesture: Gesture, spot: Spot) -> &mut Self {
        self.event(Event::Mouse(gesture, spot))
    }

    /// Presses the mouse button and lets it go.
    pub fn click(&mut self, spot: Spot) -> &mut Self {
        self.gesture(Gesture::Press(Press::Single), spot).gesture(Gesture::Release, spot)
    }

    /// Clicks twice in quick succession.
    pub fn double_click(&mut self, spot: Spot) -> &mut Self {
        self.click(spot).gesture(Gesture::Press(Press::Double), spot).gesture(Gesture::Release, spot)
    }

    /// Presses the button in one place and lets it go in another.
    pub fn drag(&mut self, from: Spot, to: Spot) -> &mut Self {
        self.gesture(Gesture::Press(Press::Single), from);
        self.gesture(Gesture::Drag, to).gesture(Gesture::Release, to)
    }

    pub fn event(&mut self, event: Event) -> &mut Self {
        let before = content(self.app.plan());
        let flows = self.app.flows().count();
        let replaces = matches!(event, Event::Opened { .. })
            || self.app.layers().iter().any(|layer| matches!(layer, Layer::Start(_)));
        let effects = self.app.handle(event);
        self.effects.extend(effects);
        if !replaces && before != content(self.app.plan()) {
            self.check_change(flows);
        }
        self.check_cursors();
        self.draw();
        self
    }

    /// What an edit reports is what it did.
    fn check_change(&self, before: u64) {
        let fresh = Flows::new(self.app.catalogue(), self.app.plan()).count();
        assert_eq!(self.app.flows().count(), fresh, "the flows on the screen are those of the plan");
        let delta = self.app.change().expect("an edit is marked").delta();
        assert_eq!(before + delta.added - delta.removed, fresh, "{delta:?}");
        assert!(
            self.app.message().is_some_and(|message| message.tone == Tone::Done),
            "an edit says what it did"
        );
    }

    fn check_cursors(&self) {
        let app = &self.app;
        let lists = [
            ("hosts", app.host_list().cursor(), app.plan().hosts().len() as u64),
            ("flows", app.flow_view().list.cursor(), app.flow_view().listing().len()),
            (
                "changes",
                app.changes().map_or(0, |_| app.change_list().cursor()),
                app.changes().map_or(0, ChangeList::len),
            ),
            ("checks", app.check_list().cursor(), app.review().len() as u64),
            ("options", app.option_list().cursor(), app.catalogue().options().len() as u64),
        ];
        for (name, cursor, len) in lists {
            assert!(cursor < len.max(1), "{name}: the cursor is on line {cursor} of {len}");
        }
    }

    fn draw(&mut self) {
        let mut terminal = Terminal::new(TestBackend::new(self.size.0, self.size.1)).unwrap();
        let mut viewport = portplan::app::Viewport::default();
        terminal.draw(|frame| viewport = ui::draw(&self.app, &Theme::dark(), frame)).unwrap();
        self.app.seen(&viewport);
    }

    /// The effects since the last call, without timers and what is kept in the background.
    pub fn effects(&mut self) -> Vec<Effect> {
        let effects = std::mem::take(&mut self.effects);
        effects.into_iter().filter(is_asked).collect()
    }

    /// Every effect since the last call but timers.
    pub fn all_effects(&mut self) -> Vec<Effect> {
        let effects = std::mem::take(&mut self.effects).into_iter();
        effects.filter(|effect| !matches!(effect, Effect::Wake { .. })).collect()
    }

    /// How many effects wait to be looked at, without timers and what is kept in the background.
    pub fn asked(&self) -> usize {
        self.effects.iter().filter(|effect| is_asked(effect)).count()
    }

    /// What was asked to be kept, and to be forgotten, since the last call.
    pub fn keeping(&mut self) -> Vec<Effect> {
        let effects = std::mem::take(&mut self.effects).into_iter();
        effects.filter(|effect| matches!(effect, Effect::Keep { .. } | Effect::Forget)).collect()
    }

    /// The numbers of the timers that were asked for since the last call.
    pub fn wakes(&mut self) -> Vec<u64> {
        let effects = std::mem::take(&mut self.effects).into_iter();
        let number = |effect| match effect {
            Effect::Wake { number, .. } => Some(number),
            _ => None,
        };
        effects.filter_map(number).collect()
    }

    /// The one effect since the last call.
    pub fn effect(&mut self) -> Effect {
        let mut effects = self.effects();
        assert_eq!(effects.len(), 1, "{effects:?}");
        effects.remove(0)
    }

    /// Carries the last save out as if the disk had taken it, or had not.
    pub fn saves(&mut self, outcome: Result<(), &str>) -> &mut Self {
        let Effect::Save { path, revision, .. } = self.effect() else { panic!("nothing to save") };
        self.event(Event::Saved { path, revision, outcome: outcome.map_err(str::to_owned) })
    }

    pub fn message(&self) -> &str {
        self.app.message().map_or("", |message| message.text.as_str())
    }

    pub fn delta(&self) -> (u64, u64) {
        let Delta { added, removed } = self.app.change().expect("an edit is marked").delta();
        (added, removed)
    }

    pub fn names(&self) -> Vec<&str> {
        self.app.plan().hosts().iter().map(|host| host.name.as_str()).collect()
    }

    pub fn selected(&self) -> &str {
        self.app.selected_host().map_or("", |host| host.name.as_str())
    }

    pub fn host(&self, name: &str) -> &Host {
        self.app.plan().host_named(name).unwrap_or_else(|| panic!("no host {name} among {:?}", self.names()))
    }

    /// The ids of a host's roles.
    pub fn roles(&self, name: &str) -> Vec<&str> {
        let label = |role| self.app.catalogue().roles()[role].id.as_str();
        self.host(name).roles.iter().map(label).collect()
    }

    pub fn addresses(&self, name: &str) -> Vec<String> {
        self.host(name).addresses.iter().map(ToString::to_string).collect()
    }

    pub fn has_option(&self, id: &str) -> bool {
        self.app.plan().options().contains(option(id))
    }

    pub fn content(&self) -> Content {
        content(self.app.plan())
    }

    pub fn flows(&self) -> u64 {
        self.app.flows().count()
    }

    /// How many rows the list of flows has.
    pub fn listed(&self) -> u64 {
        self.app.flow_view().listing().len()
    }

    /// The selected flow: `from to tcp 1-2`.
    pub fn flow(&self) -> String {
        let Some(flow) = self.app.flow_view().selected(self.app.flows()) else { return String::new() };
        self.flow_text(flow)
    }

    pub fn flow_text(&self, flow: portplan::flows::FlowRef) -> String {
        let flows = self.app.flows();
        let name = |at| self.app.plan().host(flows.hosts()[at]).unwrap().name.as_str();
        let shape = flows.shape(flow.shape);
        format!("{} {} {} {}", name(flow.from), name(flow.to), shape.transport.name(), shape.ports)
    }

    /// All rows of the list of flows.
    pub fn all_flows(&self) -> Vec<String> {
        let rows = self.app.flow_view().listing().window(self.app.flows(), 0, usize::MAX);
        rows.into_iter().map(|flow| self.flow_text(flow)).collect()
    }

    pub fn context(&self) -> Context {
        self.app.context()
    }

    pub fn focus(&self) -> Focus {
        self.app.focus()
    }

    pub fn is_dirty(&self) -> bool {
        self.app.is_dirty()
    }

    pub fn path(&self) -> Option<&str> {
        self.app.path().and_then(Path::to_str)
    }

    /// The text of the top dialog's line, if it has one.
    pub fn prompt(&self) -> &str {
        match self.app.layers().last() {
            Some(Layer::Prompt(prompt)) => prompt.field.text(),
            other => panic!("no prompt, but {other:?}"),
        }
    }

    pub fn form(&self) -> &portplan::app::layers::HostForm {
        match self.app.layers().last() {
            Some(Layer::Form(form)) => form,
            other => panic!("no form, but {other:?}"),
        }
    }

    /// The plan as it is after it was saved and opened again.
    pub fn reopened(&self) -> Plan {
        let text = portplan::files::project::write(self.app.plan(), self.app.catalogue());
        portplan::files::project::read(&text, self.app.catalogue())
            .unwrap_or_else(|error| panic!("{error}\n{text}"))
    }

    /// The text of the file that the plan is saved in.
    pub fn file(&self) -> String {
        portplan::files::project::write(self.app.plan(), self.app.catalogue())
    }

    /// What stands below the question.
    pub fn details(&self) -> Vec<String> {
        match self.app.layers().last() {
            Some(Layer::Confirm(confirm)) => confirm.details.clone(),
            other => panic!("no question, but {other:?}"),
        }
    }

    pub fn question(&self) -> &str {
        match self.app.layers().last() {
            Some(Layer::Confirm(confirm)) => &confirm.text,
            other => panic!("no question, but {other:?}"),
        }
    }
}

fn is_asked(effect: &Effect) -> bool {
    !matches!(
        effect,
        Effect::Wake { .. }
            | Effect::Keep { .. }
            | Effect::Forget
            | Effect::Close
            | Effect::RememberTarget(_)
    )
}
