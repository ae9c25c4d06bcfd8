//! Signs outside ASCII, and what stands for them where the terminal cannot show them.

use ratatui::buffer::Buffer;

use crate::app::Key;
use crate::catalogue::Os;

/// Which signs the terminal can show.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Symbols {
    /// All that drawing uses.
    Unicode,
    /// Those of the Linux console's own font (`drivers/tty/vt/cp437.uni` in the kernel).
    Console,
    /// ASCII alone.
    Ascii,
}

/// A sign that drawing uses, and its stand-ins; all are one column wide.
struct Sign {
    unicode: &'static str,
    console: &'static str,
    ascii: &'static str,
}

const fn sign(unicode: &'static str, console: &'static str, ascii: &'static str) -> Sign {
    Sign { unicode, console, ascii }
}

/// Every sign outside ASCII that drawing, messages and the catalogue use; a test looks for others.
const SIGNS: [Sign; 22] = [
    sign("╭", "┌", "+"),
    sign("╮", "┐", "+"),
    sign("╰", "└", "+"),
    sign("╯", "┘", "+"),
    sign("─", "─", "-"),
    sign("│", "│", "|"),
    sign("┃", "█", "#"),
    sign("▸", "►", ">"),
    sign("›", "»", ">"),
    sign("…", "~", "~"),
    sign("·", "·", "|"),
    sign("−", "-", "-"),
    sign("→", "→", ">"),
    sign("←", "←", "<"),
    sign("↑", "↑", "^"),
    sign("↓", "↓", "v"),
    sign("■", "■", "x"),
    sign("□", "·", "-"),
    sign("●", "•", "*"),
    sign("○", "○", "o"),
    sign("–", "-", "-"),
    sign("≠", "*", "*"),
];

impl Symbols {
    /// The mark of something that is switched on or off.
    pub fn switch(self, on: bool) -> &'static str {
        match (self, on) {
            (Self::Ascii, true) => "[x]",
            (Self::Ascii, false) => "[ ]",
            (_, true) => "■",
            (_, false) => "□",
        }
    }

    /// The mark of a choice, one of several.
    pub fn choice(self, chosen: bool) -> &'static str {
        match (self, chosen) {
            (Self::Ascii, true) => "(*)",
            (Self::Ascii, false) => "( )",
            (_, true) => "●",
            (_, false) => "○",
        }
    }

    /// What stands where there is nothing; a bar for the dot would look like a frame.
    pub fn nothing(self) -> &'static str {
        if self == Self::Ascii { "." } else { "·" }
    }

    /// A letter for an operating system; a bar for an unknown one would look like a frame.
    pub fn system(self, os: Os) -> char {
        if self == Self::Ascii && os == Os::Other { '-' } else { os.letter() }
    }

    /// The name of a key: in ASCII a `v` would be a letter and no arrow.
    pub fn key(self, key: Key) -> String {
        match self {
            Self::Ascii => key.word(),
            Self::Unicode | Self::Console => key.to_string(),
        }
    }

    /// Puts the stand-ins in place of the signs that the terminal cannot show, wherever they came from.
    pub fn apply(self, buffer: &mut Buffer) {
        if self == Self::Unicode {
            return;
        }
        for cell in buffer.content.iter_mut().filter(|cell| !cell.symbol().is_ascii()) {
            if let Some(sign) = SIGNS.iter().find(|sign| sign.unicode == cell.symbol()) {
                cell.set_symbol(if self == Self::Ascii { sign.ascii } else { sign.console });
            }
        }
    }
}
