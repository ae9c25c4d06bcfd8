//! Characters that a reader does not see, or that deceive him.

/// Control characters, and those that hide text or change its direction: Unicode's default ignorable code points (some
/// of them count as letters), line and paragraph separators, and interlinear annotations; and
/// what Unicode says is no character.
pub fn is_hidden(found: char) -> bool {
    let code = u32::from(found);
    found.is_control()
        || code & 0xFFFE == 0xFFFE
        || matches!(code, 0xAD | 0x34F | 0x61C | 0x115F..=0x1160 | 0x17B4..=0x17B5 | 0x180B..=0x180F
            | 0x200B..=0x200F | 0x2028..=0x202E | 0x2060..=0x206F | 0x3164 | 0xFDD0..=0xFDEF | 0xFE00..=0xFE0F | 0xFEFF | 0xFFA0
            | 0xFFF0..=0xFFFB | 0x1BCA0..=0x1BCA3 | 0x1D173..=0x1D17A | 0xE0000..=0xE0FFF)
}
