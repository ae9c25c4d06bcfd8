//! Colours: 16 of them, or none.

use portplan::ui::theme::Theme;
use ratatui::style::Color;

use super::frame::draw;
use crate::app::driver::{Run, rich_plan};

const PLACES: [&str; 9] = ["", "Tab Space", "Tab Tab", "/ 2 7 5 0", "2 t", "4", "e", "r", "? "];

fn colours(theme: &Theme, keys: &str) -> Vec<Color> {
    let mut run = Run::of(rich_plan(), None);
    run.press(keys);
    let screen = draw(&run.app, theme, 120, 40);
    screen.buffer.content.iter().flat_map(|cell| [cell.fg, cell.bg]).collect()
}

#[test]
fn the_plain_theme_draws_no_colour() {
    for keys in PLACES {
        assert!(colours(&Theme::plain(), keys).iter().all(|colour| *colour == Color::Reset), "{keys}");
    }
}

#[test]
fn the_colour_theme_keeps_to_the_terminals_sixteen() {
    for keys in PLACES {
        let colours = colours(&Theme::dark(), keys);
        let beyond = |colour: &&Color| matches!(colour, Color::Rgb(..) | Color::Indexed(_));
        assert_eq!(colours.iter().find(beyond), None, "{keys}");
        assert!(colours.contains(&Color::Cyan), "{keys}: the focus is seen");
    }
}

/// What a colour says, a sign says too, so without colours every state still differs.
#[test]
fn without_colour_the_screen_says_the_same() {
    for keys in PLACES {
        let mut run = Run::of(rich_plan(), None);
        run.press(keys);
        let text = |theme| draw(&run.app, theme, 120, 40).text();
        assert_eq!(text(&Theme::plain()), text(&Theme::dark()), "{keys}");
    }
}
