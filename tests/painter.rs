//! The bytes of a screen, read by a terminal emulator: it shows the screen, whatever it showed before.

use std::num::NonZeroU16;

use portplan::host::painter::Painter;
use proptest::prelude::*;
use ratatui::buffer::{Buffer, Cell, CellWidth};
use ratatui::layout::{Position, Rect};
use ratatui::style::{Color, Modifier, Style};

const SYMBOLS: [&str; 9] = ["a", "b", "│", "─", "…", "日", "👍", "e\u{301}", "o\u{308}"];
const MODIFIERS: [Modifier; 7] = [
    Modifier::BOLD,
    Modifier::DIM,
    Modifier::ITALIC,
    Modifier::UNDERLINED,
    Modifier::REVERSED,
    Modifier::BOLD.union(Modifier::ITALIC),
    Modifier::BOLD.union(Modifier::UNDERLINED),
];

/// A painter, and the terminal that gets what it writes.
struct Easel {
    painter: Painter,
    terminal: vt100::Parser,
}

impl Easel {
    fn new(columns: u16, rows: u16) -> Self {
        let size = |count| NonZeroU16::new(count).unwrap();
        let mut terminal = vt100::Parser::new(size(rows), size(columns), 0);
        // What another program has left, colours and all.
        terminal.process(b"\x1b[2;1H\x1b[31;44;7mleft behind\x1b[5;3Hmore of it");
        Self { painter: Painter::default(), terminal }
    }

    /// Paints a screen and looks whether it is there.
    fn show(&mut self, screen: &Buffer, cursor: Option<Position>) -> String {
        let bytes = self.painter.paint(screen, cursor);
        self.terminal.process(&bytes);
        let written = String::from_utf8(bytes).unwrap();
        self.compare(screen, &written);
        let shown = self.terminal.screen();
        assert_eq!(shown.hide_cursor(), cursor.is_none(), "{written:?}");
        if let Some(place) = cursor {
            assert_eq!(shown.cursor_position(), (place.y, place.x), "{written:?}");
        }
        written
    }

    fn compare(&self, screen: &Buffer, written: &str) {
        for row in 0..screen.area.height {
            let mut column = 0;
            while column < screen.area.width {
                let cell = &screen[(column, row)];
                let width = cell.cell_width();
                let fits = column + width <= screen.area.width;
                let shown = self.terminal.screen().cell(row, column).unwrap();
                let expected = if fits { seen(cell, cell.symbol()) } else { seen(cell, " ") };
                assert_eq!(look(shown), expected, "column {column}, row {row}: {written:?}");
                column += if fits { width } else { 1 };
            }
        }
    }
}

/// What can be seen of a cell: letter, colours, attributes.
#[derive(Debug, PartialEq)]
struct Look(String, vt100::Color, vt100::Color, [bool; 5]);

impl Look {
    /// Only the ground shows of a blank, unless it is underlined or reversed.
    fn new(letter: &str, text: vt100::Color, ground: vt100::Color, attributes: [bool; 5]) -> Self {
        let [.., underlined, reversed] = attributes;
        if letter.trim().is_empty() && !underlined && !reversed {
            return Self(" ".to_owned(), vt100::Color::Default, ground, [false; 5]);
        }
        Self(if letter.is_empty() { " ".to_owned() } else { letter.to_owned() }, text, ground, attributes)
    }
}

fn look(cell: &vt100::Cell) -> Look {
    let attributes = [cell.bold(), cell.dim(), cell.italic(), cell.underline(), cell.inverse()];
    Look::new(cell.contents(), cell.fgcolor(), cell.bgcolor(), attributes)
}

fn seen(cell: &Cell, symbol: &str) -> Look {
    let attributes =
        [Modifier::BOLD, Modifier::DIM, Modifier::ITALIC, Modifier::UNDERLINED, Modifier::REVERSED]
            .map(|attribute| cell.modifier.contains(attribute));
    Look::new(symbol, colour(cell.fg), colour(cell.bg), attributes)
}

fn colour(colour: Color) -> vt100::Color {
    const NAMED: [Color; 16] = [
        Color::Black,
        Color::Red,
        Color::Green,
        Color::Yellow,
        Color::Blue,
        Color::Magenta,
        Color::Cyan,
        Color::Gray,
        Color::DarkGray,
        Color::LightRed,
        Color::LightGreen,
        Color::LightYellow,
        Color::LightBlue,
        Color::LightMagenta,
        Color::LightCyan,
        Color::White,
    ];
    match colour {
        Color::Reset => vt100::Color::Default,
        Color::Indexed(number) => vt100::Color::Idx(number),
        Color::Rgb(red, green, blue) => vt100::Color::Rgb(red, green, blue),
        named => {
            vt100::Color::Idx(u8::try_from(NAMED.iter().position(|other| *other == named).unwrap()).unwrap())
        }
    }
}

fn any_colour() -> impl Strategy<Value = Color> {
    prop_oneof![
        6 => Just(Color::Reset),
        2 => Just(Color::Cyan),
        1 => Just(Color::DarkGray),
        1 => Just(Color::White),
        1 => any::<u8>().prop_map(Color::Indexed),
        1 => any::<[u8; 3]>().prop_map(|[red, green, blue]| Color::Rgb(red, green, blue)),
    ]
}

fn any_cell() -> impl Strategy<Value = Cell> {
    let symbol = prop_oneof![3 => Just(" "), 2 => prop::sample::select(&SYMBOLS[..])];
    let modifier = prop_oneof![3 => Just(Modifier::empty()), 1 => prop::sample::select(&MODIFIERS[..])];
    (symbol, any_colour(), any_colour(), modifier).prop_map(|(symbol, text, ground, modifier)| {
        let mut cell = Cell::default();
        cell.set_symbol(symbol).set_style(Style::new().fg(text).bg(ground).add_modifier(modifier));
        cell
    })
}

/// How one screen comes from the one before.
#[derive(Debug, Clone)]
enum Change {
    /// Runs of one cell, which is what borders, blanks and selected rows are: where, how long, what.
    Runs(Vec<(usize, usize, Cell)>),
    /// Rows go up, the cells below come in: the first row, how many rows, by how much.
    Up(usize, usize, usize),
    Down(usize, usize, usize),
    /// Everything goes.
    Wipe,
    /// Something else wrote to the terminal.
    Disturb,
}

fn any_change() -> impl Strategy<Value = Change> {
    let runs = prop::collection::vec((0..700_usize, 1..40_usize, any_cell()), 1..12);
    let block = || (0..20_usize, 4..20_usize, 1..4_usize);
    prop_oneof![
        8 => runs.prop_map(Change::Runs),
        2 => block().prop_map(|(first, rows, by)| Change::Up(first, rows, by)),
        2 => block().prop_map(|(first, rows, by)| Change::Down(first, rows, by)),
        1 => Just(Change::Wipe),
        1 => Just(Change::Disturb),
    ]
}

fn change(screen: &mut Buffer, change: &Change, easel: &mut Easel) {
    let width = usize::from(screen.area.width);
    let len = screen.content.len();
    let block = |first: usize, rows: usize| (first * width).min(len)..((first + rows) * width).min(len);
    match change {
        Change::Runs(runs) => {
            for (at, length, cell) in runs {
                let start = at % len;
                screen.content[start..(start + length).min(len)].fill(cell.clone());
            }
        }
        Change::Up(first, rows, by) => {
            let cells = &mut screen.content[block(*first, *rows)];
            cells.rotate_left((by * width).min(cells.len()));
        }
        Change::Down(first, rows, by) => {
            let cells = &mut screen.content[block(*first, *rows)];
            cells.rotate_right((by * width).min(cells.len()));
        }
        Change::Wipe => screen.reset(),
        Change::Disturb => {
            easel.terminal.process(b"\x1b[1;5Hanother program\x1b[33mwrites\r\nhere\x1b[?25h");
            easel.painter.forget();
        }
    }
}

/// A screen of rows that all differ, so that it pays to move them.
fn full_of_text(area: Rect, text: u8) -> Buffer {
    let mut screen = Buffer::empty(area);
    for (at, cell) in screen.content.iter_mut().enumerate() {
        let letter = u8::try_from((at * at + usize::from(text) * at) % 23).unwrap();
        cell.set_char(char::from(b'a' + letter));
    }
    screen
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn a_terminal_shows_what_is_painted_whatever_it_showed_before(
        columns in 1..34_u16,
        rows in 1..24_u16,
        text in any::<u8>(),
        changes in prop::collection::vec((any_change(), any::<Option<(u16, u16)>>()), 1..8),
    ) {
        let mut easel = Easel::new(columns, rows);
        let mut screen = full_of_text(Rect::new(0, 0, columns, rows), text);
        easel.show(&screen, None);
        for (step, cursor) in &changes {
            change(&mut screen, step, &mut easel);
            let cursor = cursor.map(|(column, row)| Position::new(column % columns, row % rows));
            let written = easel.show(&screen, cursor);
            prop_assert_eq!(foreign_sequences(&written), Vec::<String>::new());
            prop_assert_eq!(easel.show(&screen, cursor), "", "nothing has changed");
        }
    }
}

/// The sequences that are not among those which every terminal family understands.
fn foreign_sequences(written: &str) -> Vec<String> {
    let mut foreign = Vec::new();
    for part in written.split('\x1b').skip(1) {
        let length = 2 + part.chars().skip(1).take_while(|letter| !letter.is_ascii_alphabetic()).count();
        let sequence: String = part.chars().take(length).collect();
        let is_known = ["[?2026h", "[?2026l", "[?25h", "[?25l", "[2J", "[K"].contains(&sequence.as_str())
            || (sequence.starts_with('[')
                && sequence.ends_with(['m', 'H', 'C', 'X', 'L', 'M'])
                && !sequence.contains(['?', ':', ' ']));
        if !is_known {
            foreign.push(sequence);
        }
    }
    foreign
}

/// What one screen after another one costs, the marks of a frame left out.
fn between(before: &[&str], after: &[&str]) -> String {
    let (before, after) = (Buffer::with_lines(before.to_vec()), Buffer::with_lines(after.to_vec()));
    let mut easel = Easel::new(before.area.width, before.area.height);
    easel.show(&before, None);
    let written = easel.show(&after, None);
    let inner = written.strip_prefix("\x1b[?2026h").and_then(|rest| rest.strip_suffix("\x1b[?2026l"));
    inner.unwrap_or(&written).to_owned()
}

#[test]
fn one_letter_costs_a_move_and_the_letter() {
    assert_eq!(between(&["abc", "def"], &["abc", "dxf"]), "\x1b[2;2Hx");
}

#[test]
fn a_short_gap_is_written_over_and_a_long_one_jumped() {
    assert_eq!(between(&["abcdef          "], &["xbcdey          "]), "\x1b[Hxbcdey");
    assert_eq!(between(&["a0123456789f"], &["x0123456789y"]), "\x1b[Hx\x1b[10Cy");
}

#[test]
fn blanks_are_erased_where_that_is_shorter() {
    assert_eq!(between(&["abcdef"], &["a     "]), "\x1b[1;2H\x1b[K");
    assert_eq!(between(&["a0123456789f"], &["a          f"]), "\x1b[1;2H\x1b[10X");
    assert_eq!(between(&["a0f"], &["a f"]), "\x1b[1;2H ");
}

#[test]
fn where_the_cursor_goes_behind_the_last_column_is_not_relied_on() {
    // Some terminals wrap at once, some when the next letter comes.
    assert_eq!(between(&["ab", "cd"], &["ax", "yd"]), "\x1b[1;2Hx\x1b[2Hy");
}

#[test]
fn how_wide_a_doubtful_letter_is_is_not_relied_on() {
    let written = between(&["abcdef"], &["❤\u{fe0f}xyef"]);
    // Its columns are emptied first, then it is written, and what follows gets a place of its own.
    assert_eq!(written, "\x1b[H  \x1b[H❤\u{fe0f}\x1b[1;3Hxy");
    assert_eq!(between(&["abcdef"], &["日xyef"]), "\x1b[H  \x1b[H日\x1b[1;3Hxy");
}

#[test]
fn a_list_that_moves_is_moved_by_the_terminal() {
    let lines: Vec<String> = (0..14).map(|number| format!("{number:02} {}", "abcdefgh".repeat(4))).collect();
    let lines: Vec<String> =
        lines.iter().enumerate().map(|(at, line)| line.replace('e', &at.to_string())).collect();
    let screen = |first: usize| {
        let list = lines[first..first + 12].iter().map(String::as_str);
        ["title"].into_iter().chain(list).chain(["footer"]).collect::<Vec<_>>()
    };
    let up = between(&screen(0), &screen(1));
    assert!(up.starts_with("\x1b[2H\x1b[M\x1b[13H\x1b[L") && up.len() < 80, "{up:?}");
    let down = between(&screen(2), &screen(0));
    assert!(down.starts_with("\x1b[12H\x1b[2M\x1b[2H\x1b[2L") && down.len() < 130, "{down:?}");
}

#[test]
fn styles_are_changed_by_what_differs() {
    let mut before = Buffer::with_lines(["abcd"]);
    let mut easel = Easel::new(4, 1);
    easel.show(&before, None);
    before[(0, 0)].set_style(Style::new().fg(Color::Cyan).add_modifier(Modifier::BOLD));
    before[(1, 0)].set_style(Style::new().fg(Color::Cyan));
    before[(2, 0)].set_style(Style::new().bg(Color::DarkGray));
    let written = easel.show(&before, None);
    assert!(
        written.contains("\x1b[H\x1b[1;36ma\x1b[22mb\x1b[0;100mc\x1b[m"),
        "bold goes and cyan stays, a reset is shorter for the next, and all ends in the terminal's own style: {written:?}"
    );
}

#[test]
fn another_size_is_painted_whole() {
    let mut easel = Easel::new(20, 6);
    easel.show(&Buffer::with_lines(["a long first line...", "", "", "", "", "last"]), None);
    let small = |count| NonZeroU16::new(count).unwrap();
    easel.terminal.screen_mut().set_size(small(3), small(8));
    easel.show(&Buffer::with_lines(["small", "", "last    "]), Some(Position::new(1, 1)));
}
