//! Hosts from files and pasted text: the preview, the columns, and what comes of it.

use portplan::app::layers::ImportPreview;
use portplan::app::layers::import::Section;
use portplan::app::layers::paste::Stage;
use portplan::app::{Context, Effect, Event, Focus, Layer, Origin};
use portplan::files::import::{From, read_text};
use portplan::plan::import::{Arrival, Field};

use super::driver::{Run, shared_catalogue};

const TABLE: &str = "Name;IP;Guest OS;Role;Data centre\nnew01;10.1.0.1;Ubuntu 22.04;worker;munich\n\
                     vbr01;10.0.0.10 10.0.0.11;;mount-server;\nrepo01;10.0.0.20;;backup-repository;\nnew02;10.1.0.999;;;\n";

fn preview(run: &Run) -> &ImportPreview {
    match run.app.layers().last() {
        Some(Layer::Import(preview)) => preview,
        other => panic!("no preview, but {other:?}"),
    }
}

/// Answers the one effect as the loop does.
fn answer(run: &mut Run, text: &str) {
    let Effect::Import(origin) = run.effect() else { panic!("nothing is read") };
    let source = read_text("here", text, From::Auto, &shared_catalogue());
    let source = source.map(Box::new).map_err(|error| error.to_string());
    run.event(Event::Imported { origin, source });
}

/// A preview of a file.
fn file(mut run: Run, text: &str) -> Run {
    run.press("I").type_text("~/hosts.csv").press("Enter");
    answer(&mut run, text);
    run
}

#[test]
fn a_file_is_asked_for_and_read_by_the_loop() {
    for pane in ["", "Tab", "Tab Tab", "Tab Tab Tab", "2", "4"] {
        let mut run = Run::sample();
        run.press(pane).press("I");
        assert_eq!(run.context(), Context::Prompt, "{pane}");
        run.type_text("~/hosts.csv").press("Enter");
        assert_eq!(run.effect(), Effect::Import(Origin::File("/home/ann/hosts.csv".into())));
        assert!(run.app.layers().is_empty());
    }
}

#[test]
fn a_file_that_cannot_be_read_asks_again() {
    let mut run = Run::sample();
    run.press("I").type_text("/x.csv").press("Enter");
    let origin = Origin::File("/x.csv".into());
    run.effects();
    run.event(Event::Imported { origin, source: Err("/x.csv: there is no such file".to_owned()) });
    assert_eq!((run.context(), run.message()), (Context::Prompt, "/x.csv: there is no such file"));
    run.press("Esc");
    assert!(run.app.layers().is_empty());
}

#[test]
fn what_would_come_is_shown_first_and_comes_as_one_step() {
    let mut run = file(Run::sample(), TABLE);
    let before = run.content();
    assert_eq!((run.context(), preview(&run).section), (Context::Import, Section::Hosts));
    let sums = preview(&run).sums();
    assert_eq!((sums.new, sums.gain, sums.known, sums.guesses), (2, 1, 1, 1));
    assert!(matches!(preview(&run).arrivals()[1], Arrival::Gains { .. }));
    run.press("Enter");
    assert_eq!(run.names()[5..], ["new01", "new02"]);
    assert_eq!(run.addresses("vbr01"), ["10.0.0.10", "10.0.0.11"]);
    assert_eq!((run.selected(), run.focus()), ("new01", Focus::Hosts));
    assert!(
        run.message().starts_with("bring in 2 hosts · vbr01 gains 10.0.0.11, role Mount server"),
        "{}",
        run.message()
    );
    assert_eq!(run.host("new01").site.as_ref().unwrap().as_str(), "munich");
    // What could not be read stays until it is closed.
    assert_eq!((preview(&run).stage, preview(&run).section), (Stage::Done, Section::Unread));
    assert_eq!(preview(&run).import().unread[0].text, "10.1.0.999");
    run.press("Enter");
    assert!(run.app.layers().is_empty());
    assert_eq!(run.names().len(), 7, "nothing comes twice");
    run.press("u");
    assert_eq!(run.content(), before, "one step");
    run.press("U");
    assert_eq!(run.names().len(), 7);
}

#[test]
fn escape_brings_nothing() {
    let mut run = file(Run::sample(), TABLE);
    let before = run.content();
    run.press("Esc");
    assert_eq!((run.content(), run.context(), run.is_dirty()), (before, Context::Hosts, false));
}

#[test]
fn columns_hold_what_the_operator_says_and_the_hosts_follow_at_once() {
    let mut run = file(Run::sample(), TABLE);
    run.press("Shift-Tab");
    assert_eq!(preview(&run).section, Section::Columns);
    let columns = |run: &Run| preview(run).table().unwrap().columns().to_vec();
    assert_eq!(columns(&run), [Field::Name, Field::Addresses, Field::System, Field::Roles, Field::Site]);
    run.press("↓ ↓ ↓ ↓ ←");
    assert_eq!(columns(&run)[4], Field::Zone);
    let host = &preview(&run).import().hosts[0];
    assert_eq!((host.zone.as_ref().unwrap().as_str(), host.site.as_ref()), ("munich", None));
    run.press("→ Space");
    assert_eq!(columns(&run)[4], Field::Note);
    run.press("Space Space");
    assert_eq!(columns(&run), [Field::Nothing, Field::Addresses, Field::System, Field::Roles, Field::Name]);
    assert_eq!(preview(&run).import().hosts[0].name.as_str(), "munich");
    run.press("←");
    assert!(preview(&run).import().hosts.is_empty(), "without names there are no hosts");
    assert_eq!(preview(&run).import().unread.len(), 5, "and every row says so");
    run.press("Enter");
    assert_eq!((run.context(), run.message()), (Context::Import, "there is no host to bring in"));
    let places = |run: &Run| {
        preview(run).import().unread.iter().map(|unread| unread.place.to_string()).collect::<Vec<_>>()
    };
    assert!(!places(&run).contains(&"line 1".to_owned()));
    run.press("h");
    assert!(places(&run).contains(&"line 1".to_owned()), "the headings are a row now");
}

#[test]
fn what_is_no_table_has_no_columns() {
    let mut run = file(Run::sample(), "[oracle]\nora7 ansible_host=10.0.8.7\n[web]\nweb01\n");
    assert!(preview(&run).table().is_none());
    run.press("Tab");
    assert_eq!(preview(&run).section, Section::Unread, "the notes");
    run.press("Tab h → Space");
    assert_eq!(preview(&run).section, Section::Hosts);
    run.press("Enter");
    assert!(run.app.layers().is_empty(), "everything was read");
    assert!(run.message().contains("option Oracle is on now"), "{}", run.message());
    assert_eq!(run.names()[5..], ["ora7", "web01"]);
}

#[test]
fn pasted_tables_and_inventories_come_to_the_same_preview() {
    for text in [TABLE, "[web]\nweb01 ansible_host=10.0.9.1\n", "all:\n  hosts:\n    web01:\n"] {
        let mut run = Run::sample();
        run.paste(text);
        answer(&mut run, text);
        assert_eq!(run.context(), Context::Import, "{text}");
        assert_eq!(preview(&run).name, "pasted text");
    }
    // What only looks like JSON is a list after all.
    let mut run = Run::sample();
    run.paste("{new01}\nnew02");
    answer(&mut run, "{new01}\nnew02");
    assert_eq!(run.context(), Context::Paste);
    let mut run = Run::sample();
    run.paste("new01 10.1.0.1\nnew02");
    assert_eq!((run.context(), run.asked()), (Context::Paste, 0), "lists are read as before");
}

#[test]
fn a_plan_that_somebody_else_has_open_takes_no_hosts() {
    let mut run = Run::sample();
    run.event(Event::InUse("anna on jump1".to_owned())).press("Esc I");
    assert!(run.message().starts_with("read-only: anna on jump1"), "{}", run.message());
    assert!(run.app.layers().is_empty());
    run.paste(TABLE);
    assert_eq!((run.asked(), run.app.layers().len()), (0, 0));
}

#[test]
fn ten_thousand_hosts_scroll_and_change_as_a_few_do() {
    let rows: String = (0..10_000)
        .map(|at| format!("vm{at:05};10.{}.{}.1;linux\n", at / 250, at % 250))
        .collect::<Vec<_>>()
        .concat();
    let mut run = file(Run::sample(), &format!("name;ip;os\n{rows}"));
    run.press("End");
    assert_eq!(preview(&run).hosts.cursor(), 9_999);
    let start = std::time::Instant::now();
    for _ in 0..50 {
        run.press("PgUp");
    }
    // Each key draws the whole screen, too; a debug build on a busy machine has time to spare.
    assert!(start.elapsed().as_secs() < 10, "{:?}", start.elapsed());
    assert!(preview(&run).hosts.cursor() < 9_900);
    run.press("Enter");
    assert_eq!(run.names().len(), 10_005);
    assert!(run.message().starts_with("bring in 10000 hosts"), "{}", run.message());
}
