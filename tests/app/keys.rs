//! The palette, the help, and keys that must not be mistaken.

use portplan::app::command::{COMMANDS, specs_for};
use portplan::app::{Context, Effect, Layer, View};

use super::driver::Run;

#[test]
fn the_palette_runs_a_command_by_its_name() {
    let mut run = Run::sample();
    run.press(":").type_text("view rules").press("Enter");
    assert_eq!((run.context(), run.app.view()), (Context::Rules, View::Rules));
    run.press("Ctrl-p").type_text("quit").press("Enter");
    assert_eq!(run.effect(), Effect::Quit);
}

#[test]
fn the_palette_acts_where_it_was_opened() {
    let mut run = Run::sample();
    run.press("↓ :").type_text("duplicate").press("Enter");
    assert_eq!(run.selected(), "repo02");
    run.press(":").type_text("zzzz").press("Enter");
    assert_eq!(run.context(), Context::Palette, "nothing to run, nothing lost");
    run.press("Esc");
    assert_eq!(run.context(), Context::Hosts);
}

#[test]
fn every_command_of_a_pane_is_in_its_palette() {
    let mut run = Run::sample();
    run.press(":");
    let Some(Layer::Palette(palette)) = run.app.layers().last() else { panic!() };
    let listed: Vec<_> = palette.matches().iter().map(|spec| spec.command).collect();
    assert!(specs_for(Context::Hosts).all(|spec| listed.contains(&spec.command)));
}

#[test]
fn the_palette_takes_keys_before_the_first_frame() {
    let (mut slow, mut fast) = (Run::sample(), Run::sample());
    slow.press(": ↓ ↓ ↓ Enter");
    fast.press_ahead(": ↓ ↓ ↓ Enter");
    assert_eq!((fast.names(), fast.context()), (slow.names(), slow.context()));
    assert_ne!(fast.names(), Run::sample().names(), "the fourth command duplicates");
}

#[test]
fn the_help_scrolls_to_its_end_and_no_further() {
    let mut run = Run::sample().sized(80, 24);
    run.press("?");
    let cursor = |run: &Run| match run.app.layers().last() {
        Some(Layer::Help(list)) => list.cursor(),
        other => panic!("{other:?}"),
    };
    run.press("↓ j");
    assert_eq!(cursor(&run), 2);
    run.press("End");
    let end = cursor(&run);
    assert!(end > 20);
    run.press("PgDn ↓");
    assert_eq!(cursor(&run), end);
    run.press("↑");
    assert_eq!(cursor(&run), end - 1, "the first ↑ moves");
    run.press("Home ↑");
    assert_eq!(cursor(&run), 0);
    for key in ["Esc", "q", "?"] {
        run.press(key);
        assert_eq!((run.context(), run.asked()), (Context::Hosts, 0));
        run.press("F1");
    }
}

#[test]
fn a_key_with_ctrl_or_alt_is_not_the_key_without() {
    let mut run = Run::sample();
    let before = run.content();
    run.press("Ctrl-d Ctrl-x Alt-d Alt-x Ctrl-q Alt-q Ctrl-Alt-d Alt-Esc");
    assert_eq!((run.content(), run.asked(), run.context()), (before, 0, Context::Hosts));
    run.press("a Ctrl-d Alt-x").type_text("ok");
    assert_eq!(run.form().name.text(), "ok");
}

#[test]
fn q_is_a_letter_in_every_text_field() {
    for (keys, read) in [
        ("n", (|run: &Run| run.prompt().to_owned()) as fn(&Run) -> String),
        ("a", |run| run.form().name.text().to_owned()),
        ("/", |run| run.app.flow_view().search.text().to_owned()),
        ("r", |run| match run.app.layers().last() {
            Some(Layer::Roles(picker)) => picker.query.text().to_owned(),
            _ => String::new(),
        }),
        (":", |run| match run.app.layers().last() {
            Some(Layer::Palette(palette)) => palette.query.text().to_owned(),
            _ => String::new(),
        }),
    ] {
        let mut run = Run::sample();
        run.press(keys).press("q ? y");
        assert!(read(&run).ends_with("q?y"), "{keys}: {}", read(&run));
        assert!(run.effects().is_empty());
    }
}

#[test]
fn paste_goes_into_every_text_field() {
    let mut run = Run::sample();
    run.press("/").paste("27\u{1b}50\n");
    assert_eq!(run.app.flow_view().search.text(), "2750");
    assert!(run.listed() < run.flows());
    run.press("Esc n Ctrl-u").paste("A\tB\u{0}");
    assert_eq!(run.prompt(), "A B");
}

/// Nothing happens, rather than something else, where a plan has no host and no flow.
#[test]
fn every_key_is_safe_in_an_empty_plan() {
    for spec in COMMANDS {
        for key in spec.keys {
            for pane in
                ["", "Tab", "Tab Tab", "Tab Tab Tab", "2", "4", "5", "/", "f", ":", "?", "a", "o", "n"]
            {
                let mut run = Run::empty();
                run.press(pane).press(key);
                assert!(run.names().is_empty());
            }
        }
    }
}
