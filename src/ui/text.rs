//! Text that fits: measured in terminal columns, cut with an ellipsis, with marked letters.

use std::ops::Range;

use ratatui::buffer::CellWidth;
use ratatui::style::Style;
use ratatui::text::Span;
use unicode_segmentation::UnicodeSegmentation;

/// How many terminal columns the text takes as it is drawn: letter by letter, also where letters could be joined.
pub fn width(text: &str) -> usize {
    if text.bytes().all(|byte| (b' '..=b'~').contains(&byte)) {
        return text.len();
    }
    // Control characters are not drawn at all.
    let drawn = text.graphemes(true).filter(|letter| !letter.contains(char::is_control));
    drawn.map(|letter| usize::from(letter.cell_width())).sum()
}

/// The shortest beginning of the text that takes at least so many columns: its length in bytes, and its columns.
pub fn head(text: &str, columns: usize) -> (usize, usize) {
    let mut used = 0;
    for (at, letter) in text.grapheme_indices(true) {
        if used >= columns {
            return (at, used);
        }
        used += width(letter);
    }
    (text.len(), used)
}

/// The text in at most `limit` columns; what is cut ends in `…`.
pub fn fit(text: &str, limit: usize) -> String {
    if width(text) <= limit {
        return text.to_owned();
    }
    let mut kept = String::new();
    let mut used = 0;
    for letter in text.graphemes(true) {
        let wide = width(letter);
        if used + wide + 1 > limit {
            break;
        }
        kept.push_str(letter);
        used += wide;
    }
    if limit > 0 {
        kept.push('…');
    }
    kept
}

/// The end of the text in at most `limit` columns; what is cut begins with `…`.
pub fn fit_end(text: &str, limit: usize) -> String {
    if width(text) <= limit {
        return text.to_owned();
    }
    let mut kept: Vec<&str> = Vec::new();
    let mut used = 1;
    for letter in text.graphemes(true).rev() {
        used += width(letter);
        if used > limit {
            break;
        }
        kept.push(letter);
    }
    kept.push("…");
    kept.reverse();
    kept.concat()
}

/// A cell of a table: exactly `columns` wide, with the marked characters in another style.
pub fn cell(
    text: &str,
    columns: usize,
    marks: &[Range<usize>],
    style: Style,
    marked: Style,
) -> Vec<Span<'static>> {
    let shown = fit(text, columns);
    let padding = columns.saturating_sub(width(&shown));
    let mut spans: Vec<Span<'static>> = Vec::new();
    let mut run = String::new();
    let mut run_is_marked = false;
    for (at, letter) in shown.chars().enumerate() {
        let is_marked = letter != '…' && marks.iter().any(|mark| mark.contains(&at));
        if is_marked != run_is_marked && !run.is_empty() {
            spans.push(span(std::mem::take(&mut run), run_is_marked, style, marked));
        }
        run_is_marked = is_marked;
        run.push(letter);
    }
    if !run.is_empty() {
        spans.push(span(run, run_is_marked, style, marked));
    }
    if padding > 0 {
        spans.push(Span::styled(" ".repeat(padding), style));
    }
    spans
}

fn span(text: String, is_marked: bool, style: Style, marked: Style) -> Span<'static> {
    Span::styled(text, if is_marked { style.patch(marked) } else { style })
}

/// The text in lines of at most `columns`, broken at spaces where possible, each line indented.
pub fn wrap(text: &str, columns: usize, indent: usize) -> Vec<String> {
    let columns = columns.max(indent + 8);
    let mut lines = Vec::new();
    let mut line = " ".repeat(indent);
    for word in text.split(' ') {
        let mut word = word.to_owned();
        let room = |line: &str| columns.saturating_sub(width(line) + usize::from(!line.trim().is_empty()));
        if width(&word) > room(&line) && !line.trim().is_empty() {
            lines.push(std::mem::replace(&mut line, " ".repeat(indent)));
        }
        while width(&word) > columns - indent {
            let rest = word.split_off(head_len(&word, columns - indent));
            lines.push(std::mem::replace(&mut line, " ".repeat(indent)) + &word);
            word = rest;
        }
        if !line.trim().is_empty() {
            line.push(' ');
        }
        line.push_str(&word);
    }
    if !line.trim().is_empty() || lines.is_empty() {
        lines.push(line);
    }
    lines
}

/// How many bytes of the text fit into `columns`; at least one character does.
fn head_len(text: &str, columns: usize) -> usize {
    let mut used = 0;
    let too_many = text.grapheme_indices(true).skip_while(|(at, letter)| {
        used += width(letter);
        *at == 0 || used <= columns
    });
    too_many.map(|(at, _)| at).next().unwrap_or(text.len())
}

/// A number with thin groups of three: `21 345 678`.
pub fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(' ');
        }
        text.push(digit);
    }
    text
}
