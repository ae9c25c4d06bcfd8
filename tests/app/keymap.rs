//! Keys that the operator changed: they work, the old ones do not, and every advice names the new ones.

use std::collections::BTreeMap;

use portplan::app::keymap::KeyMapError;
use portplan::app::{COMMANDS, Command, Context, Key, KeyMap, Spec, View};
use proptest::prelude::*;

use super::driver::Run;
use crate::ui::frame::screen;

type Change<'a> = (&'a str, &'a [&'a str]);

fn map(changes: &[Change<'_>]) -> Result<KeyMap, KeyMapError> {
    let words = |keys: &[&str]| keys.iter().map(|key| (*key).to_owned()).collect();
    let lines: Vec<_> = changes.iter().map(|(id, keys)| ((*id).to_owned(), words(keys))).collect();
    KeyMap::with_changes(&lines).map_err(|misplaced| misplaced.error)
}

fn remapped(mut run: Run, changes: &[Change<'_>]) -> Run {
    run.app = run.app.with_keys(map(changes).unwrap());
    run.press("Alt-F24");
    run
}

fn keys(map: &KeyMap, context: Context, command: Command) -> Vec<String> {
    let own = map.bindings(context).filter(|binding| binding.spec.command == command);
    own.flat_map(|binding| binding.keys.iter().map(Key::to_string)).collect()
}

#[test]
fn a_new_key_works_and_the_old_one_does_not() {
    let mut run = remapped(Run::sample(), &[("delete-host", &["D"]), ("view-rules", &["F2"])]);
    let before = run.content();
    run.press("x Delete 2");
    assert_eq!((run.content(), run.app.view()), (before, View::Flows));
    run.press("D");
    assert_eq!(run.names()[0], "repo01");
    run.press("F2");
    assert_eq!(run.app.view(), View::Rules);
}

#[test]
fn keys_can_be_exchanged() {
    let mut run = remapped(Run::sample(), &[("save", &["o"]), ("open", &["s"])]);
    run.press("s");
    assert_eq!(run.context(), Context::Prompt);
    run.press("Esc o");
    run.saves(Ok(()));
}

#[test]
fn footer_title_help_and_palette_show_the_keys_in_force() {
    let changes: &[Change<'_>] =
        &[("add-host", &["A"]), ("help", &["F9"]), ("next-pane", &["F6"]), ("copy", &[])];
    let mut run = remapped(Run::sample().sized(160, 45), changes);
    let shown = screen(&run);
    for text in [" A add  ", "F6 pane"] {
        assert!(shown.last().contains(text), "{text}: {}", shown.last());
    }
    assert!(!shown.last().contains("copy"), "a command without a key: {}", shown.last());
    assert!(shown.row(0).ends_with("F9 help "), "{}", shown.row(0));
    run.press("F9");
    let help = screen(&run).text();
    assert!(help.contains(" A                 Add a host"), "{help}");
    assert!(!help.contains("Copy the snippet for what is selected"), "{help}");
    run.press("Esc :").type_text("add host");
    assert!(screen(&run).text().contains("Add host                A "), "{}", screen(&run).text());
    run.press("Esc :").type_text("copy the snippet").press("Enter");
    assert_eq!(run.asked(), 1, "the palette runs what has no key");
}

#[test]
fn messages_and_empty_places_name_the_keys_in_force() {
    let changes: &[Change<'_>] = &[
        ("add-host", &["Up"]),
        ("up", &["k"]),
        ("accept", &["F10", "Enter"]),
        ("clear-search", &["F5"]),
        ("go-to-finding", &["F7"]),
        ("assign-roles", &["F8"]),
        ("view-checks", &["F4"]),
        ("toggle", &["F3"]),
        ("next-field", &["F6"]),
        ("write-snippet", &["W"]),
        ("discard-and-go", &["F2"]),
    ];
    let mut run = remapped(Run::start().sized(160, 45), changes);
    run.press("F10");
    assert_eq!(run.message(), "a new plan; press Up to add the first host");
    let text = screen(&run).text();
    assert!(text.contains("Press ↑ to add the first.") && text.contains("↑ adds a host."), "{text}");
    run.press("e");
    assert_eq!(run.message(), "there is no host yet; press Up to add one");
    run.press("↑ F6");
    let text = screen(&run).text();
    assert!(text.contains("none yet: F3 opens the list"), "{text}");
    assert!(text.contains("F3 opens the list of roles."), "{text}");
    run.press("F6");
    assert!(screen(&run).text().contains("F3, → or ← change it."), "{}", screen(&run).text());
    run.press("Shift-Tab F3");
    assert!(screen(&run).text().contains("type to search, F3 to add or remove"), "{}", screen(&run).text());
    run.press("Esc Shift-Tab").type_text("one").press("F10");
    let text = screen(&run).text();
    assert!(text.contains("F8 in the list of hosts") && text.contains("F4 shows what is missing"), "{text}");
    run.press("F4");
    assert!(screen(&run).text().contains("F7 add such a host · "), "{}", screen(&run).text());
    run.press("1 /").type_text("zzz").press("F10");
    assert!(screen(&run).text().contains("F5 shows all flows again."), "{}", screen(&run).text());
    run.press("f");
    let text = screen(&run).text();
    assert!(text.contains("F10 copies, W writes a file, Space shows it, F6 changes the column"), "{text}");
    run.press("Esc q");
    assert!(screen(&run).text().contains("  F2  go on without saving"), "{}", screen(&run).text());
}

#[test]
fn advice_names_the_command_where_it_has_no_key() {
    let mut run = remapped(Run::empty().sized(160, 45), &[("add-host", &[])]);
    assert!(screen(&run).text().contains("\"Add host\" adds a host."), "{}", screen(&run).text());
    run.press("e");
    assert_eq!(run.message(), "there is no host yet; run \"Add host\" to add one");
}

#[test]
fn a_letter_for_moving_stays_a_letter_where_text_is_typed() {
    let changed = map(&[("down", &["n", "Ctrl-n"]), ("rename-plan", &[])]).unwrap();
    assert_eq!(keys(&changed, Context::Hosts, Command::Down), ["n", "Ctrl-n"]);
    assert_eq!(keys(&changed, Context::Roles, Command::Down), ["Ctrl-n"]);
    let letter_only = map(&[("down", &["n"]), ("rename-plan", &[])]).unwrap();
    assert_eq!(keys(&letter_only, Context::Hosts, Command::Down), ["n"]);
    assert_eq!(keys(&letter_only, Context::Roles, Command::Down), ["↓"], "else there would be no way down");
    let mut run = remapped(Run::sample(), &[("down", &["n"]), ("rename-plan", &[])]);
    run.press("n");
    assert_eq!(run.selected(), "repo01");
    run.press(":").type_text("n").press("Esc");
    assert_eq!(run.selected(), "repo01");
}

#[test]
fn closing_with_another_key_leaves_text_alone() {
    let mut run = remapped(Run::sample(), &[("cancel", &["Ctrl-g", "b"])]);
    run.press("a").type_text("b");
    assert_eq!(run.form().name.text(), "b");
    run.press("Esc");
    assert_eq!(run.context(), Context::Form, "Esc has no meaning left here");
    run.press("Ctrl-g d ?");
    assert_eq!(run.context(), Context::Help);
    run.press("b");
    assert_eq!(run.context(), Context::Hosts);
}

#[test]
fn keys_that_edit_text_are_refused_like_letters() {
    for key in ["Ctrl-u", "Backspace", "Home", "Ctrl-w", "Space"] {
        // In the form the keys of the table stay; beside lists there is nothing to edit.
        if let Ok(map) = map(&[("next-field", &[key])]) {
            assert_eq!(keys(&map, Context::Form, Command::NextField), ["Tab", "↓"], "{key} edits the name");
        }
        let refused = map(&[("change-back", &[key])]).unwrap_err();
        let own_key = key == "Space";
        assert_eq!(matches!(refused, KeyMapError::Clash { .. }), own_key, "{key}: {refused}");
        assert_eq!(matches!(refused, KeyMapError::Typed { .. }), !own_key, "{key}: {refused}");
    }
}

#[test]
fn an_arrow_can_be_written_as_a_word() {
    let changed = map(&[("save", &["Up"]), ("up", &["k"])]).unwrap();
    assert_eq!(keys(&changed, Context::Hosts, Command::Save), ["↑"]);
    for (word, name) in
        [("Down", "↓"), ("Left", "←"), ("Right", "→"), ("PageUp", "PgUp"), ("Ctrl-S", "Ctrl-s")]
    {
        assert_eq!(word.parse::<Key>().unwrap().to_string(), name);
    }
    for spec in COMMANDS {
        for key in spec.keys {
            let key: Key = key.parse().unwrap();
            assert!(key.word().is_ascii() && key.word().parse() == Ok(key), "{key}");
        }
    }
}

/// The names stand in users' files.
#[test]
fn the_names_of_commands_stay_as_they_are() {
    let ids: Vec<String> = COMMANDS.iter().map(Spec::id).collect();
    for id in [
        "add-host",
        "edit-host",
        "assign-roles",
        "duplicate-host",
        "delete-host",
        "show-host-flows",
        "move-host-up",
        "move-host-down",
        "toggle-option",
        "go-to-finding",
        "acknowledge",
        "next-finding",
        "next-target",
        "next-scope",
        "search",
        "clear-search",
        "copy",
        "copy-as",
        "write-snippet",
        "toggle-grouping",
        "toggle-same-host",
        "next-pane",
        "previous-pane",
        "undo",
        "redo",
        "save",
        "save-as",
        "open",
        "new-plan",
        "rename-plan",
        "view-flows",
        "view-rules",
        "view-checks",
        "up",
        "down",
        "page-up",
        "page-down",
        "first",
        "last",
        "palette",
        "help",
        "quit",
        "accept",
        "cancel",
        "next-field",
        "previous-field",
        "toggle",
        "change-on",
        "change-back",
        "save-and-go",
        "discard-and-go",
        "overwrite",
        "recover",
        "reload",
        "save-elsewhere",
        "try-again",
    ] {
        assert!(ids.iter().any(|known| known == id), "{id}");
    }
}

fn contexts() -> Vec<Context> {
    let mut contexts: Vec<Context> = Vec::new();
    for context in COMMANDS.iter().flat_map(|spec| spec.contexts) {
        if !contexts.contains(context) {
            contexts.push(*context);
        }
    }
    contexts
}

fn has_one_meaning_for_each_key(map: &KeyMap) {
    for context in contexts() {
        let mut meanings = BTreeMap::new();
        for binding in map.bindings(context) {
            for key in &binding.keys {
                let command = *meanings.entry(key.word()).or_insert(binding.spec.command);
                assert_eq!(command, binding.spec.command, "{key} in {context:?}");
            }
        }
    }
}

fn has_a_way_out_everywhere(map: &KeyMap) {
    let table = KeyMap::default();
    for context in contexts() {
        for command in [Command::Quit, Command::Cancel, Command::Help, Command::Accept] {
            let needed = !keys(&table, context, command).is_empty();
            assert_eq!(!keys(map, context, command).is_empty(), needed, "{command:?} in {context:?}");
        }
    }
}

fn leaves_letters_to_the_text(map: &KeyMap) {
    for context in [Context::Search, Context::Palette, Context::Prompt, Context::Form, Context::Roles] {
        for letter in '!'..='~' {
            let key: Key = letter.to_string().parse().unwrap();
            assert_eq!(map.command_for(context, key), None, "{letter} in {context:?}");
        }
    }
}

#[test]
fn the_table_itself_holds_to_the_rules() {
    let table = KeyMap::default();
    has_one_meaning_for_each_key(&table);
    leaves_letters_to_the_text(&table);
}

fn words() -> Vec<&'static str> {
    vec![
        "a", "A", "z", "Z", "w", "?", "q", "Esc", "Enter", "Tab", "Space", "Up", "Down", "Left", "Right",
        "Home", "F1", "F2", "F3", "F5", "F6", "F7", "F8", "F9", "Ctrl-a", "Ctrl-c", "Ctrl-g", "Ctrl-n",
        "Ctrl-t", "Alt-x", "Delete", "PgUp", "é", "[", "-", "Ctrl-o",
    ]
}

fn changes() -> impl Strategy<Value = Vec<(String, Vec<String>)>> {
    let ids: Vec<String> = COMMANDS.iter().map(Spec::id).collect();
    let word = prop::sample::select(words()).prop_map(str::to_owned);
    let keys = prop::collection::vec(word, 0..4);
    prop::collection::vec((prop::sample::select(ids), keys), 0..5)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, ..ProptestConfig::default() })]

    #[test]
    fn changes_are_refused_or_leave_every_place_in_order(changes in changes()) {
        match KeyMap::with_changes(&changes) {
            Ok(map) => {
                has_one_meaning_for_each_key(&map);
                has_a_way_out_everywhere(&map);
                leaves_letters_to_the_text(&map);
            }
            Err(misplaced) => {
                let (_, keys) = &changes[misplaced.entry];
                prop_assert!(misplaced.key.is_none_or(|at| at < keys.len()));
                prop_assert!(misplaced.error.to_string().is_ascii() || changes.iter().any(|(_, keys)| keys.iter().any(|key| !key.is_ascii())));
            }
        }
    }
}
