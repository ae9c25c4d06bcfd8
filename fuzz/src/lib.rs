//! What must hold for any file that is opened and any search that is typed. The fuzz targets look for bytes for which
//! it does not; an ordinary test goes through the kept ones.

use std::cell::RefCell;
use std::fs;
use std::sync::{Arc, LazyLock};

use portplan::app::{App, Event, Key, Origin};
use portplan::catalogue::Catalogue;
use portplan::files;
use portplan::files::import::{self, From};
use portplan::flows::search::{Matches, Query};
use portplan::flows::{FlowRef, Flows, Grouping, Listing, SameHost};
use portplan::plan::import::merge;
use portplan::plan::text::is_hidden;
use portplan::plan::{Plan, PlanName};
use portplan::review::findings;
use portplan::snippets::{Direction, Purpose, Request, Selection, Target, render};
use portplan::ui::{self, theme::Theme};
use ratatui::Terminal;
use ratatui::backend::TestBackend;

static CATALOGUE: LazyLock<Arc<Catalogue>> = LazyLock::new(|| Arc::new(Catalogue::embedded().unwrap()));

/// The longest message that tells what is wrong with a file, in characters: a sentence with a list of known words, and
/// a line of the file with a mark below it.
const MESSAGE: usize = 1200;

/// Larger plans take too long to be drawn and written over and over.
const HOSTS: usize = 12;
const RULES: usize = 12;

/// A file with these bytes is a plan that is written as it was read, or is refused in a message that is short, clean and
/// names a place in the file.
///
/// # Panics
/// If it is not.
pub fn project(bytes: &[u8]) {
    thread_local! {
        static FILE: tempfile::NamedTempFile = tempfile::NamedTempFile::new().unwrap();
    }
    let path = FILE.with(|file| file.path().to_owned());
    fs::write(&path, bytes).unwrap();
    match files::load(&path, &CATALOGUE) {
        Err(error) => {
            clean(&error.to_string());
            clean(&error.brief());
            assert!(error.to_string().chars().count() < MESSAGE, "{error}");
            assert_eq!(error.brief().lines().count(), 1, "{error}");
            if let files::LoadError::Read(error) = error {
                let text = String::from_utf8_lossy(bytes);
                let line = text.split('\n').nth(error.line() - 1).expect("the place is in the file");
                assert!((1..=line.chars().count() + 1).contains(&error.column()), "{error}");
            }
        }
        Ok(loaded) => plan(&loaded.plan),
    }
}

fn plan(plan: &Plan) {
    let text = files::write(plan, &CATALOGUE);
    clean(&text);
    let again = files::read(&text, &CATALOGUE).unwrap_or_else(|error| panic!("{error}\nin\n{text}"));
    assert_eq!(*plan, again, "what was written is read back");
    assert_eq!(files::write(&again, &CATALOGUE), text);
    if plan.hosts().len() > HOSTS || plan.rules().len() > RULES {
        return;
    }
    let flows = Flows::new(&CATALOGUE, plan);
    for finding in findings(&CATALOGUE, plan, &flows) {
        clean(&finding.text(&CATALOGUE, plan));
        clean(&finding.remedy(&CATALOGUE));
        finding.details(&CATALOGUE, plan).iter().for_each(|detail| clean(detail));
    }
    let all = Listing::new(&flows, Grouping::Flow, SameHost::Hide, None);
    for target in Target::ALL {
        snippet(plan, &flows, Selection::Listing(&all), "whole plan", target);
    }
    let mut app = app(plan);
    for keys in ["", "e", "Esc Tab Tab 2", "4"] {
        press(&mut app, keys);
        draw(&app, 100, 30);
        draw(&app, 40, 12);
    }
}

/// Anything is a search: it finds some of the flows, and is shown clean.
///
/// # Panics
/// If it is not.
pub fn query(bytes: &[u8]) {
    static PLAN: LazyLock<Plan> =
        LazyLock::new(|| files::read(files::samples()[1].text, &CATALOGUE).unwrap());
    static FLOWS: LazyLock<Flows> = LazyLock::new(|| Flows::new(&CATALOGUE, &PLAN));
    static FLOW: LazyLock<FlowRef> = LazyLock::new(|| {
        let all = Listing::new(&FLOWS, Grouping::Flow, SameHost::Hide, None);
        all.window(&FLOWS, 0, 1)[0]
    });
    let text = &*String::from_utf8_lossy(bytes);
    let query = Query::parse(text);
    assert!(query.terms().len() <= Query::LIMIT);
    let is_word = |text: &str| !text.is_empty() && !text.contains(char::is_whitespace);
    assert!(query.terms().iter().all(|term| term.whole.is_some() || is_word(&term.text)));
    let all = Listing::new(&FLOWS, Grouping::Rule, SameHost::Show, None).len();
    let matches = (!query.is_empty()).then(|| Matches::new(&CATALOGUE, &PLAN, &FLOWS, &query, None));
    let found = Listing::new(&FLOWS, Grouping::Rule, SameHost::Show, matches);
    let rows = found.window(&FLOWS, 0, usize::MAX);
    assert_eq!(rows.len() as u64, found.len());
    assert!(if query.is_empty() { found.len() == all } else { found.len() <= all });
    let scope = format!("search \"{text}\"");
    for target in [Target::Markdown, Target::Nftables] {
        snippet(&PLAN, &FLOWS, Selection::Flow(*FLOW), &scope, target);
    }
    thread_local! {
        static APP: RefCell<App> = RefCell::new(app(&files::read(files::samples()[0].text, &CATALOGUE).unwrap()));
    }
    APP.with_borrow_mut(|app| {
        press(app, "1 /");
        app.handle(Event::Paste(text.to_owned()));
        draw(app, 80, 24);
        press(app, "Home Enter 2");
        draw(app, 60, 12);
        press(app, "1 / Esc");
        assert!(app.flow_view().search.is_empty(), "the next search begins with nothing");
    });
}

/// Any file is read as hosts, or refused; what is said of it is clean, and so is the screen that shows it. The first byte
/// says as what it is read.
///
/// # Panics
/// If it is not.
pub fn import(bytes: &[u8]) {
    let Some((first, rest)) = bytes.split_first() else { return };
    let kinds =
        [From::Auto, From::Csv, From::Prism, From::Ansible, From::MagicPorts, From::List, From::AnyTable];
    let from = kinds[usize::from(*first) % kinds.len()];
    let source = match import::read_bytes("here", rest.to_vec(), from, &CATALOGUE) {
        Err(error) => return clean(&error.to_string()),
        Ok(source) => source,
    };
    let read = source.import(&CATALOGUE);
    for unread in &read.unread {
        clean(&format!("{} {} {}", unread.place, unread.text, unread.why));
    }
    read.notes.iter().for_each(|note| clean(note));
    for guess in read.hosts.iter().flat_map(|host| &host.guesses) {
        clean(&guess.text(&CATALOGUE));
    }
    let empty = Plan::new(PlanName::unnamed(), &CATALOGUE);
    let merged = merge(&empty, &CATALOGUE, &read);
    assert_eq!(merged.added, read.hosts.len());
    assert_eq!(merge(&merged.plan, &CATALOGUE, &read).plan, merged.plan, "what is there does not come again");
    let text = files::write(&merged.plan, &CATALOGUE);
    let again = files::read(&text, &CATALOGUE).unwrap_or_else(|error| panic!("{error}\nin\n{text}"));
    assert_eq!(merged.plan, again, "what was brought in is written and read back");
    let mut app = app(&empty);
    let origin = Origin::Pasted(String::new());
    app.handle(Event::Imported { origin, source: Ok(Box::new(source)) });
    draw(&app, 80, 24);
    press(&mut app, "Tab → h Tab Down".replace("Down", "↓").as_str());
    draw(&app, 40, 12);
}

fn app(plan: &Plan) -> App {
    let mut app = App::new(Arc::clone(&CATALOGUE), Vec::new());
    app.start_plan(plan.clone(), None);
    app
}

fn snippet(plan: &Plan, flows: &Flows, selection: Selection<'_>, scope: &str, target: Target) {
    for direction in [Direction::Inbound, Direction::Transit] {
        let request = Request {
            catalogue: &CATALOGUE,
            plan,
            flows,
            selection,
            scope: scope.to_owned(),
            target,
            direction,
            purpose: Purpose::Apply,
            date: None,
        };
        match render(&request) {
            Ok(text) => clean(&text.replace('\r', "")),
            Err(error) => clean(&error.to_string()),
        }
    }
}

fn press(app: &mut App, keys: &str) {
    for key in keys.split_whitespace() {
        let key: Key = key.parse().unwrap_or_else(|error| panic!("{error}"));
        app.handle(Event::Key(key));
    }
}

fn draw(app: &App, width: u16, height: u16) {
    let mut terminal = Terminal::new(TestBackend::new(width, height)).unwrap();
    let frame = terminal
        .draw(|frame| {
            ui::draw(app, &Theme::dark(), frame);
        })
        .unwrap();
    for cell in frame.buffer.content() {
        clean(cell.symbol());
    }
}

/// Nothing in the text but line breaks can disturb a terminal.
fn clean(text: &str) {
    if let Some(found) = text.chars().find(|letter| is_hidden(*letter) && *letter != '\n') {
        panic!("U+{:04X} in {text:?}", u32::from(found));
    }
}
