//! Title line and key line.

use portplan::app::Event;
use portplan::app::command::specs_for;
use portplan::ui::theme::Theme;

use super::frame::{Screen, screen};
use crate::app::driver::{Run, plan, rich_plan};

/// The keys that the last line shows, with their hints.
fn keys(screen: &Screen) -> Vec<String> {
    screen.last().split("  ").map(str::trim).filter(|part| !part.is_empty()).map(str::to_owned).collect()
}

#[test]
fn the_title_says_what_the_plan_comes_to() {
    let run = Run::sample().sized(110, 30);
    let title = screen(&run).row(0);
    let expected = format!("2025-12 · 5 hosts · {} flows · 1 check   ? help ", run.flows());
    assert_eq!(run.app.review().urgent(), 1, "hints are not counted");
    assert!(run.app.findings().len() > 1);
    assert!(title.starts_with(" portplan  Munich  "), "{title}");
    assert!(title.ends_with(&expected), "{title}");
}

#[test]
fn one_is_not_many() {
    let run = Run::of(plan("x", &[("only", portplan::catalogue::Os::Linux, "console", "")]), None);
    let title = screen(&run).row(0);
    assert!(title.contains("1 host · 0 flows"), "{title}");
}

#[test]
fn an_edit_shows_the_star_and_what_it_did_in_colour_and_sign() {
    let theme = Theme::dark();
    let mut run = Run::sample().sized(110, 30);
    run.press("Tab ↓ Space ↑ Space");
    let (added, removed) = run.delta();
    let shown = screen(&run);
    assert!(shown.row(0).contains("Munich*"), "{}", shown.row(0));
    assert!(shown.row(0).contains(&format!(" +{added} −{removed}")), "{}", shown.row(0));
    assert!(shown.has_style(&format!("+{added}"), theme.added));
    assert!(shown.has_style(&format!("−{removed}"), theme.removed));
    assert!(shown.has_style("*", theme.doubt));
    assert!(shown.last().contains(run.message()), "{}", shown.last());
    for number in 0..9 {
        run.event(Event::Wake(number));
    }
    assert!(!screen(&run).row(0).contains('−'), "the mark goes");
}

/// What an operator must not lose: which plan, whether it is saved, and the answer to "what if".
#[test]
fn a_narrow_title_keeps_the_name_the_star_and_the_delta() {
    for width in [120, 110, 90, 80, 70, 60, 50, 40, 30] {
        let mut run = Run::sample().sized(width, 24);
        run.press("Tab Space");
        let title = screen(&run).row(0);
        assert!(title.contains("Munich*"), "{width}: {title}");
        let (added, removed) = run.delta();
        assert!(title.contains(&format!("+{added} −{removed}")), "{width}: {title}");
    }
    let title = screen(&Run::sample().sized(24, 10)).row(0);
    assert!(title.contains("Munich"), "{title}");
}

#[test]
fn a_long_name_ends_in_an_ellipsis() {
    let run = Run::of(plan(&"München-Nord-".repeat(7), &[]), None).sized(80, 24);
    let title = screen(&run).row(0);
    assert!(title.contains("München-") && title.contains('…') && title.contains("0 hosts"), "{title}");
}

#[test]
fn help_is_offered_where_its_key_gives_help() {
    let mut run = Run::sample();
    assert!(screen(&run).row(0).contains("? help"));
    run.press("e");
    assert!(!screen(&run).row(0).contains("? help"), "there ? is a letter");
    assert!(screen(&Run::start()).row(0).contains("? help"));
}

#[test]
fn the_key_line_shows_only_keys_that_count_here() {
    let places = ["", "Tab", "Tab Tab", "Tab Tab Tab", "2", "4", "/", "a", "r", "f", ":", "?", "S"];
    for keys_to_place in places {
        for width in [80, 160] {
            let mut run = Run::sample().sized(width, 24);
            run.press(keys_to_place);
            let context = run.context();
            let shown = keys(&screen(&run));
            assert!(!shown.is_empty(), "{context:?}");
            for text in shown {
                let valid = specs_for(context)
                    .any(|spec| spec.keys.first().is_some_and(|key| text == format!("{key} {}", spec.hint)));
                assert!(valid, "{text} in {context:?}");
            }
        }
    }
}

#[test]
fn the_most_important_keys_fit_into_80_columns() {
    for (place, wanted) in [
        ("", &["a add", "e edit", "r roles", "x delete", "/ search", "Tab pane"][..]),
        ("Tab", &["Space on/off", "/ search", "y copy", "Tab pane"]),
        ("Tab Tab", &["/ search", "y copy", "f format", "v by rule", "Tab pane"]),
        ("Tab Tab Tab", &["/ search", "y copy", "v by rule", "Tab pane"]),
        ("2", &["t target", "c scope", "y copy", "f format", "1 flows", "Tab pane"]),
        ("4", &["Enter go there", "1 flows", "Tab pane"]),
        ("/", &["Enter keep", "Esc clear"]),
        ("a", &["Enter save", "Tab next field", "Esc close"]),
        ("r", &["Space add/remove", "Enter done", "Esc close"]),
        ("f", &["Enter copy", "w to file", "Tab scope/format", "Esc close"]),
        (":", &["Enter run", "Esc close"]),
        ("S", &["Enter done", "Esc close"]),
    ] {
        let mut run = Run::sample().sized(80, 24);
        run.press(place);
        let shown = keys(&screen(&run));
        for key in wanted {
            assert!(shown.iter().any(|known| known == key), "{place:?}: {key} is missing in {shown:?}");
        }
    }
    let shown = keys(&screen(&Run::start().sized(80, 24)));
    assert!(["q quit", "Enter choose"].iter().all(|key| shown.iter().any(|known| known == key)), "{shown:?}");
}

/// A key on the last line does something when it is pressed.
#[test]
fn keys_that_would_do_nothing_are_not_shown() {
    let has = |run: &Run, key: &str| keys(&screen(run)).iter().any(|known| known == key);
    let mut run = Run::empty().sized(160, 45);
    for key in ["e edit", "r roles", "d duplicate", "x delete", "i its flows", "u undo", "y copy"] {
        assert!(!has(&run, key), "{key} in an empty plan");
    }
    run.press("a").type_text("x").press("Enter ↓");
    for key in ["e edit", "r roles", "d duplicate", "x delete", "i its flows", "u undo", "y copy"] {
        assert!(has(&run, key), "{key}");
    }
    run.press("2");
    assert!(has(&run, "1 flows") && has(&run, "4 checks") && !has(&run, "2 rules"));
    run.press("4");
    assert!(has(&run, "1 flows") && has(&run, "2 rules") && !has(&run, "4 checks"));
    run.press("1 Shift-Tab Shift-Tab e");
    assert!(!has(&run, "Space choose"), "in a name Space is a space");
    run.press("Tab");
    assert!(has(&run, "Space choose"));
}

#[test]
fn a_message_that_is_too_long_ends_in_an_ellipsis() {
    let mut run = Run::of(rich_plan(), None).sized(40, 12);
    run.press("a").type_text(&"x".repeat(60)).press("Enter");
    let last = screen(&run).last();
    assert!(last.trim_end().ends_with('…'), "{last}");
}

#[test]
fn a_failure_has_its_sign() {
    let mut run = Run::sample();
    run.press("u");
    let shown = screen(&run);
    assert!(shown.last().starts_with("! nothing to undo"), "{}", shown.last());
    assert!(shown.has_style("nothing to undo", Theme::dark().error));
}
