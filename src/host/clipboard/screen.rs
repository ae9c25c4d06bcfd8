//! GNU screen passes an escape sequence on only in small pieces, each wrapped for it.

use super::Refusal;

/// Larger pieces are dropped. In bytes.
const PIECE: usize = 240;

/// The OSC 52 sequence for a text, wrapped for screen.
pub(super) fn sequence(text: &str) -> Result<Vec<u8>, Refusal> {
    let inner = super::osc52::sequence(text)?;
    let mut wrapped = Vec::with_capacity(inner.len() + inner.len() / PIECE * 4 + 4);
    for piece in inner.chunks(PIECE) {
        wrapped.extend_from_slice(b"\x1bP");
        wrapped.extend_from_slice(piece);
        wrapped.extend_from_slice(b"\x1b\\");
    }
    Ok(wrapped)
}
