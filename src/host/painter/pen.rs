//! The style that a terminal writes with, and the shortest way to another one.

use ratatui::buffer::Cell;
use ratatui::style::{Color, Modifier};

/// What shows on a blank, beside the background.
const SEEN_ON_BLANKS: Modifier = Modifier::UNDERLINED
    .union(Modifier::SLOW_BLINK)
    .union(Modifier::RAPID_BLINK)
    .union(Modifier::REVERSED)
    .union(Modifier::CROSSED_OUT);

/// Each attribute with the code that switches it on, and the code that switches it off.
const ATTRIBUTES: [(Modifier, u8, u8); 9] = [
    (Modifier::BOLD, 1, 22),
    (Modifier::DIM, 2, 22),
    (Modifier::ITALIC, 3, 23),
    (Modifier::UNDERLINED, 4, 24),
    (Modifier::SLOW_BLINK, 5, 25),
    (Modifier::RAPID_BLINK, 6, 25),
    (Modifier::REVERSED, 7, 27),
    (Modifier::HIDDEN, 8, 28),
    (Modifier::CROSSED_OUT, 9, 29),
];

/// Colours and attributes of letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Pen {
    text: Color,
    ground: Color,
    attributes: Modifier,
}

impl Pen {
    /// The terminal's own style, the one it starts with.
    pub const PLAIN: Self = Self { text: Color::Reset, ground: Color::Reset, attributes: Modifier::empty() };

    /// The style of a cell's letter.
    pub fn of(cell: &Cell) -> Self {
        Self { text: cell.fg, ground: cell.bg, attributes: cell.modifier }
    }

    /// The style of a cell's blank: what cannot be seen on it is left out.
    pub fn of_blank(cell: &Cell) -> Self {
        if cell.modifier.intersects(SEEN_ON_BLANKS) {
            return Self::of(cell);
        }
        Self { ground: cell.bg, ..Self::PLAIN }
    }

    /// Whether a blank of that style looks the same when this pen writes it.
    pub fn can_blank(self, blank: Self) -> bool {
        self == blank
            || (self.ground == blank.ground
                && !self.attributes.intersects(SEEN_ON_BLANKS)
                && !blank.attributes.intersects(SEEN_ON_BLANKS))
    }

    /// Writes the sequence that turns this style into another one.
    pub fn change(self, to: Self, bytes: &mut Vec<u8>) {
        if self == to {
            return;
        }
        let mut steps = Codes::default();
        steps.push_difference(self, to);
        let mut afresh = Codes::default();
        if to != Self::PLAIN {
            afresh.push(0);
            afresh.push_difference(Self::PLAIN, to);
        }
        let Codes(shorter) = if afresh.0.len() < steps.0.len() { afresh } else { steps };
        bytes.extend_from_slice(b"\x1b[");
        bytes.extend(shorter);
        bytes.push(b'm');
    }
}

/// Numbers with semicolons between them.
#[derive(Debug, Default)]
struct Codes(Vec<u8>);

impl Codes {
    fn push(&mut self, code: u8) {
        if !self.0.is_empty() {
            self.0.push(b';');
        }
        push_number(&mut self.0, u16::from(code));
    }

    fn push_all(&mut self, codes: &[u8]) {
        for code in codes {
            self.push(*code);
        }
    }

    fn push_difference(&mut self, from: Pen, to: Pen) {
        let mut lit = from.attributes;
        if !to.attributes.contains(lit) {
            for (attribute, _, off) in ATTRIBUTES {
                if lit.contains(attribute) && !to.attributes.contains(attribute) {
                    self.push(off);
                    let of_the_same_code = ATTRIBUTES.iter().filter(|(.., other)| *other == off);
                    lit = of_the_same_code.fold(lit, |lit, (attribute, ..)| lit - *attribute);
                }
            }
        }
        if !lit.contains(to.attributes) {
            let missing = to.attributes - lit;
            ATTRIBUTES
                .iter()
                .filter(|(each, ..)| missing.contains(*each))
                .for_each(|(_, on, _)| self.push(*on));
        }
        if from.text != to.text {
            self.push_colour(to.text, 30);
        }
        if from.ground != to.ground {
            self.push_colour(to.ground, 40);
        }
    }

    /// Letters count from 30, the ground from 40.
    fn push_colour(&mut self, colour: Color, base: u8) {
        let bright = base + 60;
        match colour {
            Color::Reset => self.push(base + 9),
            Color::Black => self.push(base),
            Color::Red => self.push(base + 1),
            Color::Green => self.push(base + 2),
            Color::Yellow => self.push(base + 3),
            Color::Blue => self.push(base + 4),
            Color::Magenta => self.push(base + 5),
            Color::Cyan => self.push(base + 6),
            Color::Gray => self.push(base + 7),
            Color::DarkGray => self.push(bright),
            Color::LightRed => self.push(bright + 1),
            Color::LightGreen => self.push(bright + 2),
            Color::LightYellow => self.push(bright + 3),
            Color::LightBlue => self.push(bright + 4),
            Color::LightMagenta => self.push(bright + 5),
            Color::LightCyan => self.push(bright + 6),
            Color::White => self.push(bright + 7),
            Color::Indexed(number) => self.push_all(&[base + 8, 5, number]),
            Color::Rgb(red, green, blue) => self.push_all(&[base + 8, 2, red, green, blue]),
        }
    }
}

/// Writes a number in decimal digits.
pub(super) fn push_number(bytes: &mut Vec<u8>, number: u16) {
    if number >= 10 {
        push_number(bytes, number / 10);
    }
    // A digit always fits.
    bytes.push(b'0' + u8::try_from(number % 10).unwrap_or_default());
}
