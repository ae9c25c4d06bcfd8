//! Terminals without box drawing, and the Linux console with its small font.

use std::fs;
use std::path::Path;

use portplan::app::{Copied, Event, Key};
use portplan::ui::symbols::Symbols;
use portplan::ui::theme::Theme;
use ratatui::buffer::Buffer;

use super::frame::{Screen, draw};
use super::sizes::PLACES;
use crate::app::driver::{Run, rich_plan};

/// The characters of the Linux console's own font beyond ASCII: code page 437, as `drivers/tty/vt/cp437.uni` has them.
const CONSOLE: &str = "☺☻♥♦♣♠•◘○◙♂♀♪♫☼►◄↕‼¶§▬↨↑↓→←∟↔▲▼⌂ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»\
    ░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■";

fn screen(run: &Run, symbols: Symbols) -> Screen {
    draw(&run.app, &Theme::plain().with_symbols(symbols), run.size.0, run.size.1)
}

/// Every place, in a plan and without one, at the two sizes that people have; the plan's own words are ASCII.
fn everywhere(check: impl Fn(&str, &Run)) {
    for (width, height) in [(80, 24), (160, 45), (40, 12)] {
        for keys in PLACES {
            let mut run = Run::of(rich_plan(), None).sized(width, height);
            run.press(keys);
            check(keys, &run);
            let mut run = Run::empty().sized(width, height);
            run.press(keys);
            check(keys, &run);
        }
        check("start", &Run::start().sized(width, height));
        let mut run = Run::of(rich_plan(), None).sized(width, height);
        for keys in ["Tab Space", "u", "Tab Tab", "u", "2 y", "?", "Esc / x", "Enter q"] {
            run.press(keys);
            check(keys, &run);
        }
        run.event(Event::Copied {
            what: "flow a to b, 3 bytes".to_owned(),
            report: "sent to the terminal".to_owned(),
            ending: Copied::Unknown,
        });
        check("copied", &run);
        run.app.notice("my.ron:1:2: a config has no field \"them\"; did you mean \"theme\"? ".repeat(3));
        check("notice", &run);
    }
}

#[test]
fn in_ascii_every_cell_is_ascii() {
    everywhere(|place, run| {
        let shown = screen(run, Symbols::Ascii);
        let other = shown.buffer.content.iter().find(|cell| !cell.symbol().is_ascii());
        assert_eq!(other.map(ratatui::buffer::Cell::symbol), None, "{place}:\n{}", shown.text());
    });
}

#[test]
fn the_console_is_shown_only_what_its_font_has() {
    everywhere(|place, run| {
        let shown = screen(run, Symbols::Console);
        let beyond = |text: &&str| !text.is_ascii() && !CONSOLE.contains(text);
        let other = shown.buffer.content.iter().map(ratatui::buffer::Cell::symbol).find(beyond);
        assert_eq!(other, None, "{place}:\n{}", shown.text());
        assert!(shown.text().contains('┌'), "box drawing stays");
    });
}

/// A sign that drawing begins to use must have its stand-ins.
#[test]
fn every_sign_of_the_program_has_its_stand_ins() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut folders: Vec<_> =
        ["src/ui", "src/app", "src/flows", "src/host", "src/review", "src/plan", "assets"]
            .iter()
            .map(|name| root.join(name))
            .collect();
    let mut signs = std::collections::BTreeSet::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.file_name().is_some_and(|name| name != "symbols.rs") {
                let text = fs::read_to_string(&path).unwrap();
                let code = text.lines().filter(|line| !line.trim_start().starts_with("//"));
                signs.extend(code.flat_map(str::chars).filter(|letter| !letter.is_ascii()));
            }
        }
    }
    assert!(signs.contains(&'▸') && signs.contains(&'…'), "{signs:?}");
    for sign in signs {
        for (symbols, allowed) in [(Symbols::Ascii, ""), (Symbols::Console, CONSOLE)] {
            let mut buffer = Buffer::with_lines([sign.to_string()]);
            symbols.apply(&mut buffer);
            let shown = buffer[(0, 0)].symbol();
            assert!(shown.is_ascii() || allowed.contains(shown), "{sign} in {symbols:?} is {shown}");
        }
    }
}

#[test]
fn users_letters_are_left_as_they_are() {
    let mut run = Run::sample().sized(110, 30);
    run.press("n Ctrl-u").type_text("Zürich 備份").press("Enter");
    assert!(
        screen(&run, Symbols::Ascii).row(0).contains("Zürich 備份*"),
        "{}",
        screen(&run, Symbols::Ascii).row(0)
    );
}

/// What is on and what is off, what is chosen and where the cursor stands: all without a letter beyond ASCII.
#[test]
fn ascii_says_what_the_signs_say() {
    let mut run = Run::of(rich_plan(), None).sized(160, 45);
    run.press("Tab");
    let text = screen(&run, Symbols::Ascii).text();
    assert!(text.contains("ahv01    - ahv-cluster"), "{text}");
    assert!(text.contains(">[x] ") && text.contains(" [ ] ") && text.contains("+ Hosts ---"), "{text}");
    run.press("Space");
    let (added, removed) = run.delta();
    let shown = screen(&run, Symbols::Ascii);
    assert!(shown.row(0).contains(&format!("+{added} -{removed} |")), "{}", shown.row(0));
    run.press("Shift-Tab e Tab");
    let text = screen(&run, Symbols::Ascii).text();
    assert!(text.contains("(*) Windows") && text.contains("( ) Linux"), "{text}");
    run.press("Tab");
    assert!(screen(&run, Symbols::Ascii).text().contains("Space, Right or Left change it."));
    run.press("Esc ?");
    let text = screen(&run, Symbols::Ascii).text();
    assert!(!text.contains(" ^ ") && !text.contains(" v j"), "an arrow is a word: {text}");
    run.press("End");
    assert!(
        screen(&run, Symbols::Ascii).text().contains("Right "),
        "{}",
        screen(&run, Symbols::Ascii).text()
    );
}

#[test]
fn nothing_but_the_signs_differs() {
    for keys in PLACES {
        let mut run = Run::of(rich_plan(), None);
        run.press(keys);
        let (all, few) = (screen(&run, Symbols::Unicode), screen(&run, Symbols::Console));
        assert_eq!(all.cursor, few.cursor, "{keys}");
        let pairs = all.buffer.content.iter().zip(&few.buffer.content);
        assert!(pairs.clone().all(|(one, other)| one.style() == other.style()), "{keys}");
        let ascii = |(one, other): &(&ratatui::buffer::Cell, &ratatui::buffer::Cell)| {
            one.symbol().is_ascii() && one != other
        };
        assert_eq!(pairs.clone().find(ascii), None, "{keys}");
    }
}

#[test]
fn keys_have_names_in_ascii() {
    let key: Key = "Ctrl-↑".parse().unwrap();
    assert_eq!(
        (Symbols::Unicode.key(key), Symbols::Ascii.key(key)),
        ("Ctrl-↑".to_owned(), "Ctrl-Up".to_owned())
    );
}
