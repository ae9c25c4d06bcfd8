//! Text from outside, written so that a terminal shows it and never obeys it.

/// One line: whatever a terminal could obey, or could show in another order, is spelled out (`\u{1b}`).
pub fn line(text: &str) -> String {
    text.chars().fold(String::with_capacity(text.len()), |mut line, letter| {
        push(&mut line, letter);
        line
    })
}

/// Whole lines for a terminal in raw mode, which has to be told to go back to the first column.
pub fn lines(text: &str) -> String {
    let mut shown = String::with_capacity(text.len() + text.len() / 16);
    for present in text.lines() {
        for letter in present.chars() {
            if letter == '\t' {
                shown.push(letter);
            } else {
                push(&mut shown, letter);
            }
        }
        shown.push_str("\r\n");
    }
    shown
}

fn push(text: &mut String, letter: char) {
    if letter.is_control() || reorders(letter) {
        text.extend(letter.escape_unicode());
    } else {
        text.push(letter);
    }
}

/// The marks with which Unicode turns the order of letters round.
fn reorders(letter: char) -> bool {
    matches!(letter, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}
