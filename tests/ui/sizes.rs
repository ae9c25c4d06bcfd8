//! Every pane, view and dialog in every size.

use portplan::app::Event;
use portplan::ui;
use portplan::ui::symbols::Symbols;
use portplan::ui::theme::Theme;
use ratatui::Terminal;
use ratatui::backend::TestBackend;

use crate::app::driver::{Run, plan, rich_plan};
use portplan::catalogue::Os;

const SIZES: [(u16, u16); 10] =
    [(160, 45), (110, 30), (80, 24), (60, 20), (40, 12), (24, 6), (23, 5), (10, 3), (2, 2), (1, 1)];

/// Keys to every pane, view and dialog from the list of hosts.
pub const PLACES: [&str; 57] = [
    "",
    "Tab",
    "Tab End",
    "Tab Tab",
    "Tab Tab End",
    "Tab Tab Tab End",
    "/ 2 7 5 0",
    "/ z z z z",
    "2",
    "2 End",
    "2 t End",
    "2 c c c",
    "2 / 0",
    "2 / z z z z",
    "2 T / 0 ↑ Enter , .",
    "2 Tab",
    "2 Tab Tab",
    "4",
    "4 End",
    "4 Tab",
    "4 Tab Tab",
    "5",
    "5 End $",
    "5 v L ↓",
    "5 v v v H",
    "5 Enter Esc",
    "R Tab",
    "v",
    "Tab Tab m v",
    "a",
    "a Enter",
    "e Shift-Tab",
    "e Tab Space",
    "r",
    "r w o r End",
    "f",
    "f Tab",
    ":",
    ": z z z",
    "? End",
    "S",
    "d q",
    "P",
    "P x Enter",
    "P ↓ ↓ 7 Esc",
    "e Tab Tab Tab Tab Tab Tab Tab Space 7",
    "O",
    "O a",
    "O a Tab w o",
    "O a Tab z z z z",
    "O a Tab Tab Tab Tab",
    "O a Enter Enter",
    "Z",
    "Z a",
    "Z a d Enter Enter",
    "Z End i",
    "Z End Enter Enter",
];

fn shown_in_every_size(mut run: Run) {
    for (width, height) in SIZES {
        run = run.sized(width, height);
        // Keys must be safe at the size, too: pages are as long as the screen says.
        run.press("PgDn PgUp");
        for theme in [Theme::dark(), Theme::light().with_symbols(Symbols::Ascii), Theme::plain()] {
            let mut terminal = Terminal::new(TestBackend::new(width, height)).unwrap();
            terminal
                .draw(|frame| {
                    ui::draw(&run.app, &theme, frame);
                })
                .unwrap();
        }
    }
}

#[test]
fn nothing_panics_in_a_plan() {
    for keys in PLACES {
        let mut run = Run::of(rich_plan(), None);
        run.press(keys);
        shown_in_every_size(run);
    }
}

#[test]
fn nothing_panics_in_an_empty_plan() {
    for keys in PLACES {
        let mut run = Run::empty();
        run.press(keys);
        shown_in_every_size(run);
    }
    shown_in_every_size(Run::start());
}

#[test]
fn nothing_panics_with_names_that_are_wide_or_long() {
    let long = "a".repeat(253);
    let hosts = [
        ("備份伺服器一號", Os::Windows, "backup-server", "10.0.0.1"),
        (long.as_str(), Os::Linux, "backup-repository", "2001:db8::1"),
        ("été", Os::Linux, "worker", ""),
    ];
    for keys in PLACES {
        let mut run = Run::of(plan("計畫計畫計畫計畫計畫計畫計畫計畫", &hosts), None);
        run.press(keys);
        shown_in_every_size(run);
    }
}

#[test]
fn a_resize_while_something_is_open_loses_nothing() {
    let mut run = Run::of(rich_plan(), None);
    run.press("a").type_text("half");
    for (width, height) in SIZES {
        run = run.sized(width, height);
        run.event(Event::Wake(0));
    }
    assert_eq!(run.form().name.text(), "half");
}

#[test]
fn a_terminal_that_is_too_small_says_so() {
    let screen = super::frame::draw(&Run::sample().app, &Theme::dark(), 30, 5);
    assert_eq!(screen.row(0).trim_end(), "portplan needs a larger");
    assert_eq!(screen.row(1).trim_end(), "terminal: 24 x 6 at least");
}

/// A list that comes back to a narrow screen stands as it stood.
#[test]
fn a_pane_that_was_hidden_comes_back_as_it_was() {
    let mut run = Run::of(rich_plan(), None).sized(60, 20);
    run.press("Tab Tab").press(&"↓ ".repeat(20)).press("↑ ↑ ↑ ↑");
    let before = super::frame::screen(&run).text();
    run.press("Tab Tab Shift-Tab Shift-Tab");
    assert_eq!(super::frame::screen(&run).text(), before);
}
