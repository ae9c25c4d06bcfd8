//! GNU screen passes an escape sequence on only in small pieces, each wrapped for it.

/// Larger pieces are dropped.
const PIECE: usize = 240;

const ST: &[u8] = b"\x1b\\";
const BEL: u8 = 0x07;

/// The OSC 52 sequence for a text, wrapped for screen.
pub(super) fn sequence(text: &str) -> Result<Vec<u8>, String> {
    let mut inner = super::osc52::sequence(text)?;
    // The usual end, ST, would end the wrapping instead; BEL ends the sequence just as well.
    if inner.ends_with(ST) {
        inner.truncate(inner.len() - ST.len());
        inner.push(BEL);
    }
    let mut wrapped = Vec::with_capacity(inner.len() + inner.len() / PIECE * 4 + 4);
    for piece in inner.chunks(PIECE) {
        wrapped.extend_from_slice(b"\x1bP");
        wrapped.extend_from_slice(piece);
        wrapped.extend_from_slice(b"\x1b\\");
    }
    Ok(wrapped)
}
