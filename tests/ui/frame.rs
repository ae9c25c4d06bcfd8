//! One drawn frame, read back as text and styles.

use portplan::app::{App, Viewport};
use portplan::ui;
use portplan::ui::theme::Theme;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::{Buffer, Cell, CellWidth};
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

use crate::app::driver::Run;

pub struct Screen {
    pub buffer: Buffer,
    pub cursor: Option<Position>,
    pub viewport: Viewport,
}

/// Draws a program in its own size with the 16 colours.
pub fn screen(run: &Run) -> Screen {
    draw(&run.app, &Theme::dark(), run.size.0, run.size.1)
}

pub fn draw(app: &App, theme: &Theme, width: u16, height: u16) -> Screen {
    let mut terminal = Terminal::new(TestBackend::new(width, height)).unwrap();
    let mut viewport = Viewport::default();
    let buffer = terminal.draw(|frame| viewport = ui::draw(app, theme, frame)).unwrap().buffer.clone();
    let cursor = terminal.backend().cursor_visible().then(|| terminal.backend().cursor_position());
    Screen { buffer, cursor, viewport }
}

impl Screen {
    pub fn row(&self, y: u16) -> String {
        let area = self.buffer.area;
        let mut text = String::new();
        let mut skip = 0;
        for x in area.left()..area.right() {
            if skip > 0 {
                skip -= 1;
                continue;
            }
            let symbol = self.buffer[(x, y)].symbol();
            skip = symbol.cell_width().saturating_sub(1);
            text.push_str(symbol);
        }
        text
    }

    pub fn rows(&self) -> Vec<String> {
        (0..self.buffer.area.height).map(|y| self.row(y)).collect()
    }

    pub fn text(&self) -> String {
        self.rows().join("\n")
    }

    pub fn last(&self) -> String {
        self.row(self.buffer.area.height - 1)
    }

    /// Where the text stands first, from the top.
    pub fn find(&self, text: &str) -> Option<Position> {
        self.find_in(self.buffer.area, text)
    }

    pub fn find_in(&self, area: Rect, text: &str) -> Option<Position> {
        let letters: Vec<String> = text.chars().map(String::from).collect();
        let here = |x: u16, y: u16| {
            let mut at = x;
            letters.iter().all(|letter| {
                let same = at < area.right() && self.buffer[(at, y)].symbol() == letter;
                at += u16::try_from(unicode_width::UnicodeWidthStr::width(letter.as_str())).unwrap().max(1);
                same
            })
        };
        (area.top()..area.bottom())
            .flat_map(|y| (area.left()..area.right()).map(move |x| (x, y)))
            .find(|(x, y)| here(*x, *y))
            .map(|(x, y)| Position { x, y })
    }

    pub fn at(&self, text: &str) -> Position {
        self.find(text).unwrap_or_else(|| panic!("no {text:?} in\n{}", self.text()))
    }

    pub fn cell(&self, at: Position) -> &Cell {
        &self.buffer[(at.x, at.y)]
    }

    /// Whether the text, where it stands first, has at least this style.
    pub fn has_style(&self, text: &str, style: Style) -> bool {
        let start = self.at(text);
        let columns = u16::try_from(unicode_width::UnicodeWidthStr::width(text)).unwrap();
        (0..columns).all(|x| is_styled(self.cell(Position { x: start.x + x, ..start }), style))
    }
}

/// Whether the cell has the colours and modifiers that the style asks for.
pub fn is_styled(cell: &Cell, style: Style) -> bool {
    style.fg.is_none_or(|fg| cell.fg == fg)
        && style.bg.is_none_or(|bg| cell.bg == bg)
        && cell.modifier.contains(style.add_modifier)
}
