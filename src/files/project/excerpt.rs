//! Places in a text, and the line around one with a mark under it.

use unicode_width::UnicodeWidthChar;

use crate::plan::shown::visible;

/// The widest line of an excerpt, in columns of the screen.
const WIDTH: usize = 100;
const MARGIN: &str = "  | ";

/// A place in a text, both numbers from 1; columns are characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Place {
    pub line: usize,
    pub column: usize,
}

impl Place {
    pub fn of(text: &str, offset: usize) -> Self {
        let before = text.get(..offset).unwrap_or(text);
        let start = before.rfind('\n').map_or(0, |at| at + 1);
        Self {
            line: 1 + before.matches('\n').count(),
            column: 1 + before.get(start..).map_or(0, |line| line.chars().count()),
        }
    }

    /// Where the place is, in bytes.
    pub fn offset(self, text: &str) -> usize {
        let lines = text.split_inclusive('\n').take(self.line.saturating_sub(1));
        let start: usize = lines.map(str::len).sum();
        let line = text.get(start..).unwrap_or_default();
        let column = self.column.saturating_sub(1);
        start + line.char_indices().nth(column).map_or(line.len(), |(at, _)| at)
    }
}

/// The line at a place and a mark under it, both made safe for a terminal and at most 100 columns wide.
pub(super) fn excerpt(text: &str, place: Place) -> String {
    let line = text.split('\n').nth(place.line.saturating_sub(1)).unwrap_or_default();
    let line = line.strip_suffix('\r').unwrap_or(line);
    let room = WIDTH - MARGIN.len();
    let at = place.column.saturating_sub(1);
    let skipped = hidden_part(line, at, room);
    let mut shown = String::new();
    let mut columns = 0;
    let mut mark = None;
    if skipped > 0 {
        shown.push('…');
        columns += 1;
    }
    for (number, letter) in line.chars().enumerate().skip(skipped) {
        if number == at {
            mark = Some(columns);
        }
        let letter = visible(letter);
        let width = letter.width().unwrap_or(1);
        if columns + width >= room {
            shown.push('…');
            break;
        }
        shown.push(letter);
        columns += width;
    }
    let mark = mark.unwrap_or(columns);
    format!("{MARGIN}{shown}\n{MARGIN}{}^", " ".repeat(mark))
}

/// How many characters are left out at the start, so that the one at `at` is shown.
fn hidden_part(line: &str, at: usize, room: usize) -> usize {
    let columns = |letters: usize| {
        line.chars().take(letters).map(|letter| visible(letter).width().unwrap_or(1)).sum::<usize>()
    };
    if columns(at + 20) < room {
        return 0;
    }
    at.saturating_sub(room / 3)
}
