//! Foreign text as a message may repeat it: names of files, arguments, words of a file that is not understood. It can
//! hold anything, and anything can take a terminal over.

use std::path::Path;

use super::text::is_hidden;

/// The longest word that a message repeats.
const BRIEF: usize = 60;

/// The longest path that a message repeats, and how much of its beginning is kept; its end says more.
const PATH: usize = 300;
const PATH_START: usize = 60;

/// The character, or a stand-in where it would disturb the screen.
pub fn visible(letter: char) -> char {
    match letter {
        '\t' => ' ',
        letter if is_hidden(letter) => char::REPLACEMENT_CHARACTER,
        letter => letter,
    }
}

/// The text with stand-ins where it would disturb the screen; all of it in one line.
pub fn shown(text: &str) -> String {
    text.chars().map(visible).collect()
}

/// The same in a few words.
pub fn brief(text: &str) -> String {
    let mut letters = text.chars().map(visible);
    let mut brief: String = letters.by_ref().take(BRIEF).collect();
    if letters.next().is_some() {
        brief.push('…');
    }
    brief
}

/// A path, shortened in its middle where it is longer than any message should be. Not for opening the file: bytes that
/// are no text have a stand-in, too.
pub fn shown_path(path: &Path) -> String {
    let text = shown(&path.display().to_string());
    let length = text.chars().count();
    if length <= PATH {
        return text;
    }
    let start = text.chars().take(PATH_START);
    let end = text.chars().skip(length - (PATH - PATH_START - 1));
    start.chain(['…']).chain(end).collect()
}
