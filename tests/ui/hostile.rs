//! Whatever a name holds, what is drawn is clean, and stands in its column.

use std::path::PathBuf;

use portplan::app::Event;
use portplan::catalogue::Os;
use portplan::plan::text::is_hidden;
use portplan::plan::{Edit, Plan};
use portplan::ui::theme::Theme;
use proptest::prelude::*;

use super::frame::{Screen, draw, screen};
use crate::app::driver::{Run, plan};

/// Letters that a terminal draws in two columns or none, that join with others, that run from right to left.
const NAMES: [&str; 12] = [
    "سلام-لا",
    "שרת-גיבוי",
    "備份伺服器",
    "한글서버",
    "ﾊﾞｯｸｱｯﾌﾟ",
    "सरवर-1",
    "กำแพงไฟ",
    "កាខា-1",
    "ᄒᆞᆫ글",
    "ﷺ01",
    "Ⅷ-vbr",
    "été-ß-ǆ",
];

const NOTES: [&str; 5] = ["e\u{301}\u{301}\u{301}", "👩\u{1f3fd}🇩🇪🇫 family", "ﷺ﷽", "a\u{f3b0}b", "כן (no) ✓"];

fn check(screen: &Screen, what: &str) {
    for cell in screen.buffer.content() {
        assert!(!cell.symbol().chars().any(is_hidden), "{what}: {:?}\n{}", cell.symbol(), screen.text());
    }
}

/// A plan in which every kind of text is this one.
fn full_of(name: &str, text: &str) -> Plan {
    let names = [format!("{name}1"), format!("{name}2"), "plain".to_owned()];
    let mut plan = plan(
        text,
        &[
            (names[0].as_str(), Os::Windows, "backup-server", "10.0.0.1"),
            (names[1].as_str(), Os::Linux, "backup-repository", "10.0.0.2"),
            (names[2].as_str(), Os::Linux, "worker", "10.0.0.3"),
        ],
    );
    for mut host in plan.hosts().to_vec() {
        host.zone = text.parse().ok();
        host.note = text.parse().ok();
        plan.apply(Edit::Replace(Box::new(host))).unwrap();
    }
    plan
}

/// Whether every row of the list of flows has its transport below the column's title.
fn transports_stand_in_their_column(run: &Run, screen: &Screen) -> bool {
    let title = screen.at("Proto");
    let word =
        |y: u16| -> String { (title.x..title.x + 4).map(|x| screen.buffer[(x, y)].symbol()).collect() };
    let rows = usize::try_from(run.app.flow_view().listing().len()).unwrap();
    rows > 3 && (title.y + 1..).take(rows).all(|y| ["tcp ", "udp "].contains(&word(y).as_str()))
}

#[test]
fn names_of_every_script_are_drawn_whole_and_keep_the_columns() {
    for name in NAMES {
        let mut run = Run::of(full_of(name, name), None).sized(160, 45);
        run.press("Tab Tab Tab");
        let screen = screen(&run);
        check(&screen, name);
        assert!(transports_stand_in_their_column(&run, &screen), "{name}\n{}", screen.text());
        for whole in [format!("{name}1"), format!("{name}2")] {
            assert!(
                screen.rows().iter().filter(|row| row.contains(&whole)).count() > 2,
                "{whole}\n{}",
                screen.text()
            );
        }
        assert!(screen.row(0).contains(name), "{name}: {}", screen.row(0));
    }
}

#[test]
fn a_star_and_the_counts_stand_beside_a_name_and_not_on_it() {
    for name in NAMES {
        let mut run = Run::of(full_of(name, name), None).sized(160, 45);
        run.press("d");
        assert!(screen(&run).row(0).contains(&format!("{name}*")), "{}", screen(&run).row(0));
        run.press("/").paste(name);
        assert!(screen(&run).text().contains(&format!("/ {name} ")), "{}", screen(&run).text());
    }
}

#[test]
fn notes_with_marks_and_pictures_are_drawn_clean() {
    for note in NOTES {
        for keys in ["", "e", "e Tab Tab Tab Tab Tab", "2", "4", "Tab Tab Tab", "d q"] {
            let mut run = Run::of(full_of("vbr", note), None);
            run.press(keys);
            for (width, height) in [(160, 45), (80, 24), (40, 12), (24, 6)] {
                check(&draw(&run.app, &Theme::dark(), width, height), note);
            }
        }
    }
}

const NASTY: &str = "/plans/a\u{1b}[2J\u{202e}\u{7}\u{200b}b.ron";
const SHOWN: &str = "/plans/a�[2J���b.ron";

#[test]
fn paths_are_drawn_clean_wherever_they_stand() {
    let mut run = Run::start();
    run.event(Event::Recent(vec![NASTY.into(), format!("/{NASTY}").into()]));
    run.press("Down Down Down Down".replace("Down", "↓").as_str());
    let start = screen(&run);
    check(&start, "start screen");
    assert_eq!(start.text().matches(SHOWN).count(), 3, "the list and the line below it\n{}", start.text());

    let mut run = Run::of(crate::app::driver::small_plan(), Some(NASTY));
    run.press("d s").saves(Ok(()));
    assert_eq!(run.message(), format!("saved {SHOWN}"));
    run.press("S");
    assert_eq!(run.prompt(), SHOWN);
    check(&screen(&run), "prompt");
    run.press("Enter");
    let effect = run.effect();
    let portplan::app::Effect::Save { path, .. } = &effect else { panic!("{effect:?}") };
    assert_eq!(*path, PathBuf::from(NASTY), "a name that is only shown otherwise stays the same file");
    run.event(Event::Exists(Box::new(effect)));
    assert_eq!(run.question(), format!("{SHOWN} is there already."));
    check(&screen(&run), "question");
    run.press("Esc").event(Event::Written { path: NASTY.into(), outcome: Ok(()) });
    assert_eq!(run.message(), format!("wrote {SHOWN}"));
}

#[cfg(unix)]
#[test]
fn a_file_whose_name_is_no_text_is_saved_under_that_name() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;

    let path = PathBuf::from(OsStr::from_bytes(b"/plans/l\xe9n.ron"));
    let mut run = Run::sample();
    run.app.start_plan(crate::app::driver::small_plan(), Some(path.clone()));
    run.press("d S Enter");
    let effect = run.effect();
    let portplan::app::Effect::Save { path: found, .. } = &effect else { panic!("{effect:?}") };
    assert_eq!(*found, path);
}

#[test]
fn what_cannot_be_seen_gets_into_no_field() {
    for keys in ["/", "a", "n Ctrl-u", "o Ctrl-u", ":", "r"] {
        let mut run = Run::of(crate::app::driver::small_plan(), None);
        run.press(keys).paste("q\u{202e}\u{0}\u{1b}[31m\u{200b}\u{feff}\u{9b}z\u{ffff}");
        for letter in ['\u{202e}', '\u{9b}', '\u{200b}'] {
            run.event(Event::Key(portplan::app::Key {
                code: portplan::app::Code::Char(letter),
                ctrl: false,
                alt: false,
            }));
        }
        let screen = screen(&run);
        check(&screen, keys);
        assert!(screen.text().contains("q[31mz"), "{keys}\n{}", screen.text());
    }
}

#[test]
fn a_megabyte_is_pasted_at_once_and_refused_in_a_few_words() {
    let megabyte = "x".repeat(1_000_000);
    let mut run = Run::of(crate::app::driver::small_plan(), None);
    run.press("a").type_text("ab").press("←").paste(&megabyte);
    assert_eq!(run.form().name.text(), "ab", "nothing that was there is lost");
    assert_eq!(run.message(), "the pasted text has 1000000 characters; a line takes 10000 at once");
    run.paste(&"x".repeat(9_000)).press("Home Delete Enter");
    assert!(run.form().name.text().ends_with("xxb"));
    let screen = screen(&run);
    assert!(
        screen.text().contains("the host name has 9001 characters; at most 253 are allowed"),
        "{}",
        screen.text()
    );
    let mut run = Run::of(crate::app::driver::small_plan(), None);
    run.press("/").paste(&megabyte).paste(&"wq ".repeat(3_000));
    assert_eq!(run.app.flow_view().listing().len(), 0);
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(48) })]

    #[test]
    fn any_text_is_drawn_clean_and_in_its_column(name in "[\\p{L}\\p{Nd}\\p{M}]{1,12}", text in "\\PC{1,30}", width in 60_u16..170) {
        prop_assume!(format!("{name}1").parse::<portplan::plan::HostName>().is_ok());
        prop_assume!(text.parse::<portplan::plan::Note>().is_ok());
        let mut run = Run::of(full_of(&name, &text), None).sized(width, 30);
        for keys in ["Tab Tab", "e", "Esc /"] {
            run.press(keys);
            check(&screen(&run), keys);
        }
        run.press("Esc");
        let screen = screen(&run);
        prop_assert!(transports_stand_in_their_column(&run, &screen), "{}", screen.text());
    }
}
