//! Colours: 16 of them, or none, and readable on the background that they are for.

use portplan::ui::theme::Theme;
use ratatui::style::{Color, Modifier};

use super::frame::draw;
use crate::app::driver::{Run, rich_plan};

const PLACES: [&str; 14] = [
    "",
    "Tab Space",
    "Tab Tab",
    "/ 2 7 5 0",
    "2 t",
    "2 T / a c",
    "2 / z z z z",
    "4",
    "e",
    "r",
    "? ",
    "u",
    "f",
    "x q",
];

fn cells(theme: &Theme, keys: &str) -> Vec<ratatui::buffer::Cell> {
    let mut run = Run::of(rich_plan(), None);
    run.press(keys);
    draw(&run.app, theme, 120, 40).buffer.content
}

fn colours(theme: &Theme, keys: &str) -> Vec<Color> {
    cells(theme, keys).iter().flat_map(|cell| [cell.fg, cell.bg]).collect()
}

#[test]
fn the_plain_theme_draws_no_colour() {
    for keys in PLACES {
        assert!(colours(&Theme::plain(), keys).iter().all(|colour| *colour == Color::Reset), "{keys}");
    }
}

#[test]
fn the_themes_with_colours_keep_to_the_terminals_sixteen() {
    for (theme, accent) in [(Theme::dark(), Color::Cyan), (Theme::light(), Color::Blue)] {
        for keys in PLACES {
            let colours = colours(&theme, keys);
            let beyond = |colour: &&Color| matches!(colour, Color::Rgb(..) | Color::Indexed(_));
            assert_eq!(colours.iter().find(beyond), None, "{keys}");
            assert!(colours.contains(&accent), "{keys}: the focus is seen");
        }
    }
}

/// Text stands on the terminal's own background, on a colour that suits it, or is reversed, which suits it, too.
#[test]
fn no_text_is_lost_on_the_background_that_a_theme_is_for() {
    let pale = [
        Color::Yellow,
        Color::LightYellow,
        Color::Cyan,
        Color::LightCyan,
        Color::White,
        Color::Gray,
        Color::LightGreen,
    ];
    let dark = [Color::Black, Color::Blue, Color::DarkGray];
    for (theme, lost) in [(Theme::light(), &pale[..]), (Theme::dark(), &dark[..])] {
        for keys in PLACES {
            for cell in cells(&theme, keys).iter().filter(|cell| cell.bg == Color::Reset) {
                assert!(!lost.contains(&cell.fg), "{keys}: {:?} for {:?}", cell.fg, cell.symbol());
            }
        }
    }
    let on_colour = |theme: &Theme, keys| {
        cells(theme, keys)
            .into_iter()
            .filter(|cell| cell.bg != Color::Reset)
            .map(|cell| (cell.fg, cell.bg))
            .collect::<Vec<_>>()
    };
    for keys in PLACES {
        assert!(
            on_colour(&Theme::dark(), keys).iter().all(|pair| *pair == (Color::Black, Color::Cyan)),
            "{keys}"
        );
        assert!(on_colour(&Theme::light(), keys).is_empty(), "{keys}");
    }
}

/// Grey is the background's own colour in some palettes, so what is quiet is dim.
#[test]
fn quiet_text_is_dim_and_not_grey() {
    for theme in [Theme::dark(), Theme::light(), Theme::plain()] {
        assert!(theme.dim.add_modifier.contains(Modifier::DIM) && theme.dim.fg.is_none());
        assert!(!colours(&theme, "").contains(&Color::DarkGray));
    }
}

#[test]
fn states_differ_from_each_other_in_every_theme() {
    for theme in [Theme::dark(), Theme::light(), Theme::plain()] {
        assert_ne!(theme.selected, theme.remembered);
        assert_ne!(theme.focus, theme.frame);
        assert_ne!(theme.strong, theme.dim);
    }
    for theme in [Theme::dark(), Theme::light()] {
        let told = [theme.added, theme.removed, theme.doubt, theme.key];
        for (at, style) in told.iter().enumerate() {
            assert!(!told[..at].contains(style), "{style:?}");
        }
    }
}

/// Titles and scroll marks are drawn over frames that are dim.
#[test]
fn titles_and_scroll_marks_stand_out_from_quiet_frames() {
    for theme in [Theme::dark(), Theme::light(), Theme::plain()] {
        let mut run = Run::of(rich_plan(), None).sized(160, 30);
        run.press("Tab");
        let shown = draw(&run.app, &theme, 160, 30);
        for text in ["Flows", "┃"] {
            let cell = shown.cell(shown.at(text));
            assert!(
                cell.modifier.contains(Modifier::BOLD) && !cell.modifier.contains(Modifier::DIM),
                "{text}"
            );
        }
    }
}

/// What a colour says, a sign says too, so without colours every state still differs.
#[test]
fn without_colour_the_screen_says_the_same() {
    for keys in PLACES {
        let mut run = Run::of(rich_plan(), None);
        run.press(keys);
        let text = |theme: Theme| draw(&run.app, &theme, 120, 40).text();
        assert_eq!(text(Theme::plain()), text(Theme::dark()), "{keys}");
        assert_eq!(text(Theme::light()), text(Theme::dark()), "{keys}");
    }
}
