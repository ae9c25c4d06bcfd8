//! OSC 52: the escape sequence with which a program hands text to the terminal's clipboard.

use crossterm::Command;
use crossterm::clipboard::CopyToClipboard;

/// Several terminals drop a longer text whole.
pub(super) const LIMIT: usize = 74_000;

/// The sequence for a text.
pub(super) fn sequence(text: &str) -> Result<Vec<u8>, String> {
    if text.len() > LIMIT {
        return Err(format!(
            "{} KB are too large for the terminal's clipboard (at most {} KB)",
            text.len() / 1000,
            LIMIT / 1000
        ));
    }
    let mut sequence = String::new();
    CopyToClipboard::to_clipboard_from(text).write_ansi(&mut sequence).map_err(|error| error.to_string())?;
    Ok(sequence.into_bytes())
}
