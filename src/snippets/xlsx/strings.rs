//! The texts of a workbook: each stands in it once, and cells name it by its number.

use std::collections::HashMap;
use std::fmt::Write as _;

/// The most characters that a cell holds, less room for the mark of what is left out.
const MOST: usize = 32_000;

/// How a cell looks; the number is its place in `parts::STYLES`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    /// The name of a column.
    Head = 1,
    /// Anything that is read.
    Text = 2,
    /// What a line is about.
    Name = 3,
}

/// A cell as it stands in a sheet, from behind its place to its end; empty if there is nothing in it.
#[derive(Debug, Clone, Default)]
pub(super) struct Cell(String);

impl Cell {
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// All texts that cells name.
#[derive(Debug, Default)]
pub(super) struct Strings {
    numbers: HashMap<Box<str>, usize>,
    items: String,
}

impl Strings {
    /// A cell with this text, cut to what a cell can hold.
    pub fn cell(&mut self, text: &str, style: Style) -> Cell {
        match text.char_indices().nth(MOST) {
            _ if text.is_empty() => Cell::default(),
            None => self.numbered(text, style),
            Some((end, _)) => {
                let start = text.get(..end).unwrap_or_default();
                self.numbered(&format!("{start}... (more: see the CSV table)"), style)
            }
        }
    }

    fn numbered(&mut self, text: &str, style: Style) -> Cell {
        let number = match self.numbers.get(text) {
            Some(number) => *number,
            None => self.add(text),
        };
        Cell(format!("\" s=\"{}\" t=\"s\"><v>{number}</v></c>", style as u8))
    }

    fn add(&mut self, text: &str) -> usize {
        let number = self.numbers.len();
        let blanks = [' ', '\t', '\n'];
        let kept = text.starts_with(blanks) || text.ends_with(blanks);
        let space = if kept { " xml:space=\"preserve\"" } else { "" };
        let text_in_xml = xml(&without_escapes(text));
        // Writing into a text cannot fail.
        let _ = write!(self.items, "<si><t{space}>{text_in_xml}</t></si>");
        self.numbers.insert(text.into(), number);
        number
    }

    /// The part of the workbook that holds the texts, for cells that name them so many times.
    pub fn part(&self, uses: u64) -> String {
        let (start, end) =
            ("<sst xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"", "</sst>");
        let unique = self.numbers.len();
        format!("{start} count=\"{uses}\" uniqueCount=\"{unique}\">{}{end}", self.items)
    }
}

/// A text as the content of an element. What XML has no room for is written as spreadsheets write it: `_x0007_`.
pub(super) fn xml(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '\t' | '\n' => out.push(letter),
            _ if letter < ' ' || matches!(letter, '\u{fffe}' | '\u{ffff}') => {
                // Writing into a text cannot fail.
                let _ = write!(out, "_x{:04X}_", u32::from(letter));
            }
            _ => out.push(letter),
        }
    }
    out
}

/// A cell's text that looks like `_x0041_` would be read as the letter of that number, were its first sign not written
/// as a number itself.
fn without_escapes(text: &str) -> String {
    let is_escape = |at: usize| {
        let hex = |digits: &[u8]| digits.len() == 4 && digits.iter().all(u8::is_ascii_hexdigit);
        matches!(text.as_bytes().get(at..at + 7), Some([b'_', b'x', digits @ .., b'_']) if hex(digits))
    };
    let mut out = String::with_capacity(text.len());
    for (at, letter) in text.char_indices() {
        match letter {
            '_' if is_escape(at) => out.push_str("_x005F_"),
            _ => out.push(letter),
        }
    }
    out
}
