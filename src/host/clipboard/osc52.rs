//! OSC 52: the escape sequence with which a program hands text to the terminal's clipboard.

use crossterm::Command;
use crossterm::clipboard::CopyToClipboard;

use super::Refusal;

/// Several terminals drop a longer text whole. In bytes.
pub const LIMIT: usize = 74_000;

const ST: &[u8] = b"\x1b\\";
const BEL: u8 = 0x07;

/// The sequence for a text. Base64 holds whatever the text holds, so nothing in it can end the sequence.
pub(super) fn sequence(text: &str) -> Result<Vec<u8>, Refusal> {
    if text.len() > LIMIT {
        return Err(Refusal::TooLarge);
    }
    let mut sequence = String::new();
    // Writing to a text in memory never fails.
    let _ = CopyToClipboard::to_clipboard_from(text).write_ansi(&mut sequence);
    let mut sequence = sequence.into_bytes();
    // The library ends it with ST, which more programs on the way take for their own than BEL.
    if sequence.ends_with(ST) {
        sequence.truncate(sequence.len() - ST.len());
        sequence.push(BEL);
    }
    Ok(sequence)
}
