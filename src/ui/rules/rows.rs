//! Lines of a text as rows of the screen. Nothing of a rule may be out of sight, so long lines are broken, not cut.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

use crate::app::find::Hit;
use crate::ui::text::width;

/// One row of the screen: a line of the text, or a part of one that is too long.
pub(super) struct Row<'a> {
    /// The line, counted from 0.
    pub number: u64,
    pub line: &'a str,
    /// Which part of it, in bytes.
    pub bytes: Range<usize>,
    pub continued: bool,
}

/// How many rows the text takes.
pub(super) fn count(text: &str, columns: usize) -> u64 {
    text.lines().map(|line| rows_of(line, columns)).sum()
}

/// The row that a hit begins on.
pub(super) fn row_of(text: &str, columns: usize, hit: &Hit) -> u64 {
    let mut before = 0;
    for (number, line) in (0..).zip(text.lines()) {
        if number == hit.line {
            let later = break_line(line, columns).iter().filter(|row| row.end <= hit.bytes.start).count();
            return before + later as u64;
        }
        before += rows_of(line, columns);
    }
    before
}

/// The rows from `skip` on.
pub(super) fn rows(text: &str, columns: usize, skip: u64) -> impl Iterator<Item = Row<'_>> {
    let mut left = skip;
    let lines = (0..).zip(text.lines()).filter_map(move |(number, line)| {
        // Nothing is to be skipped any more once rows are shown, so what follows is not counted.
        let rows = if left == 0 { 1 } else { rows_of(line, columns) };
        let skipped = left.min(rows);
        left -= skipped;
        (skipped < rows).then_some((number, line, skipped))
    });
    lines.flat_map(move |(number, line, skipped)| {
        let parts = break_line(line, columns).into_iter().enumerate();
        let parts = parts.skip(usize::try_from(skipped).unwrap_or(0));
        parts.map(move |(at, bytes)| Row { number, line, bytes, continued: at > 0 })
    })
}

fn rows_of(line: &str, columns: usize) -> u64 {
    // A wide letter that does not fit leaves a column empty, so only narrow ones can be counted.
    let rows = if line.is_ascii() { width(line).div_ceil(columns) } else { break_line(line, columns).len() };
    rows.max(1) as u64
}

fn break_line(line: &str, columns: usize) -> Vec<Range<usize>> {
    let mut rows = Vec::new();
    let (mut start, mut used) = (0, 0);
    for (at, letter) in line.grapheme_indices(true) {
        let wide = width(letter);
        if used + wide > columns && at > start {
            rows.push(start..at);
            (start, used) = (at, 0);
        }
        used += wide;
    }
    rows.push(start..line.len());
    rows
}
