//! Bytes to text: UTF-8, and UTF-16 as Excel and PowerShell write it.

use super::error::Fault;

/// The text of a file, without a byte order mark.
///
/// # Errors
/// If it is neither UTF-8 nor UTF-16.
pub fn decode(bytes: Vec<u8>) -> Result<String, Fault> {
    match bytes.as_slice() {
        [0xFF, 0xFE, rest @ ..] => utf16(rest, u16::from_le_bytes),
        [0xFE, 0xFF, rest @ ..] => utf16(rest, u16::from_be_bytes),
        // ASCII in UTF-16 without its mark: every other byte is zero.
        [first, 0, second, 0, ..] if *first != 0 && *second != 0 => utf16(&bytes, u16::from_le_bytes),
        [0, first, 0, second, ..] if *first != 0 && *second != 0 => utf16(&bytes, u16::from_be_bytes),
        [0xEF, 0xBB, 0xBF, rest @ ..] => utf8(rest.to_vec()),
        _ => utf8(bytes),
    }
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Result<String, Fault> {
    let (pairs, odd) = bytes.as_chunks::<2>();
    let fault = |line| Fault::at(line, 0, "this is no valid UTF-16; save the file as UTF-8");
    let mut text = String::with_capacity(bytes.len());
    for letter in char::decode_utf16(pairs.iter().map(|pair| unit(*pair))) {
        text.push(letter.map_err(|_| fault(text.matches('\n').count() + 1))?);
    }
    if odd.is_empty() { Ok(text) } else { Err(fault(text.matches('\n').count() + 1)) }
}

fn utf8(bytes: Vec<u8>) -> Result<String, Fault> {
    String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        let (good, bad) = error.as_bytes().split_at_checked(at).unwrap_or_default();
        let good = String::from_utf8_lossy(good);
        let line = good.rsplit('\n').next().unwrap_or_default();
        let byte = bad.first().copied().unwrap_or_default();
        let what =
            format!("the byte 0x{byte:02X} is not UTF-8 text; save the file as UTF-8 (in Excel: CSV UTF-8)");
        Fault::at(good.matches('\n').count() + 1, line.chars().count() + 1, &what)
    })
}
