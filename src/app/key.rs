//! Keys as the program names them, apart from any terminal library.

use std::fmt;
use std::str::FromStr;

use thiserror::Error;

use crate::catalogue::nearest;

/// Which key, modifiers aside.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Code {
    /// A character; upper case where Shift was held.
    Char(char),
    /// Enter.
    Enter,
    /// Escape.
    Esc,
    /// Tab.
    Tab,
    /// Shift and Tab.
    BackTab,
    /// Backspace.
    Backspace,
    /// Delete.
    Delete,
    /// Arrow up.
    Up,
    /// Arrow down.
    Down,
    /// Arrow left.
    Left,
    /// Arrow right.
    Right,
    /// Home.
    Home,
    /// End.
    End,
    /// Page up.
    PageUp,
    /// Page down.
    PageDown,
    /// A function key.
    F(u8),
}

/// A key press.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Key {
    /// Which key.
    pub code: Code,
    /// Whether Ctrl was held.
    pub ctrl: bool,
    /// Whether Alt was held.
    pub alt: bool,
}

impl Key {
    /// The key without modifiers.
    pub fn plain(code: Code) -> Self {
        Self { code, ctrl: false, alt: false }
    }

    /// The character that the key types into a text field.
    pub fn typed(self) -> Option<char> {
        match self.code {
            Code::Char(letter) if !self.ctrl && !self.alt => Some(letter),
            _ => None,
        }
    }

    /// The key's name in ASCII: arrows as words.
    pub fn word(self) -> String {
        let name = self.to_string();
        let arrow = SPELLINGS.iter().find(|(_, code)| *code == self.code && !name.is_ascii());
        arrow.map_or_else(|| name.clone(), |(word, _)| name.replace(|letter: char| !letter.is_ascii(), word))
    }
}

const NAMES: [(&str, Code); 15] = [
    ("Enter", Code::Enter),
    ("Esc", Code::Esc),
    ("Tab", Code::Tab),
    ("Shift-Tab", Code::BackTab),
    ("Backspace", Code::Backspace),
    ("Delete", Code::Delete),
    ("↑", Code::Up),
    ("↓", Code::Down),
    ("←", Code::Left),
    ("→", Code::Right),
    ("Home", Code::Home),
    ("End", Code::End),
    ("PgUp", Code::PageUp),
    ("PgDn", Code::PageDown),
    ("Space", Code::Char(' ')),
];

impl fmt::Display for Key {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.ctrl {
            out.write_str("Ctrl-")?;
        }
        if self.alt {
            out.write_str("Alt-")?;
        }
        if let Some((name, _)) = NAMES.iter().find(|(_, code)| *code == self.code) {
            return out.write_str(name);
        }
        match self.code {
            Code::Char(letter) => write!(out, "{letter}"),
            Code::F(number) => write!(out, "F{number}"),
            _ => Ok(()),
        }
    }
}

/// Other spellings, for keyboards that have no arrows to type.
const SPELLINGS: [(&str, Code); 6] = [
    ("Up", Code::Up),
    ("Down", Code::Down),
    ("Left", Code::Left),
    ("Right", Code::Right),
    ("PageUp", Code::PageUp),
    ("PageDown", Code::PageDown),
];

/// Keys that every terminal reports as another one.
const SAME: [(char, &str); 3] = [('i', "Tab"), ('m', "Enter"), ('[', "Esc")];

/// The last function key that terminals report.
const LAST_F: u8 = 24;

/// Why a text names no key.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum KeyError {
    /// Nothing that a keyboard has.
    #[error("\"{found}\" is not a key; {}", help(.nearest.as_deref()))]
    Unknown {
        /// The text.
        found: String,
        /// The key that was probably meant.
        nearest: Option<String>,
    },
    /// A key that no terminal can tell from another.
    #[error("terminals report \"{found}\" as {same}; write \"{same}\" or choose another key")]
    Same {
        /// The text.
        found: String,
        /// What arrives instead.
        same: &'static str,
    },
}

/// How much of a text a message repeats.
const BRIEF: usize = 40;

fn help(nearest: Option<&str>) -> String {
    nearest.map_or_else(
        || "write a character, or a name such as Ctrl-s, Enter, Space, Up, F1".to_owned(),
        |name| format!("did you mean \"{name}\"?"),
    )
}

impl KeyError {
    fn unknown(text: &str, name: &str) -> Self {
        let names = NAMES.iter().chain(&SPELLINGS).map(|(name, _)| *name);
        let known = names.clone().find(|known| known.eq_ignore_ascii_case(name));
        let nearest = known.or_else(|| nearest(name, names)).filter(|_| name.chars().count() > 1);
        let modifiers = text.strip_suffix(name).unwrap_or_default();
        Self::Unknown {
            found: text.chars().filter(|letter| !letter.is_control()).take(BRIEF).collect(),
            nearest: nearest.map(|name| format!("{modifiers}{name}")),
        }
    }
}

impl FromStr for Key {
    type Err = KeyError;

    fn from_str(text: &str) -> Result<Self, KeyError> {
        let (ctrl, rest) = text.strip_prefix("Ctrl-").map_or((false, text), |rest| (true, rest));
        let (alt, rest) = rest.strip_prefix("Alt-").map_or((false, rest), |rest| (true, rest));
        if let Some((_, code)) = NAMES.iter().chain(&SPELLINGS).find(|(name, _)| *name == rest) {
            return Ok(Self { code: *code, ctrl, alt });
        }
        let error = || KeyError::unknown(text, rest);
        let mut letters = rest.chars();
        let code = match (letters.next(), letters.as_str()) {
            (Some(letter), "") if letter.is_control() => return Err(error()),
            // Ctrl takes the difference between small letters and capitals away.
            (Some(letter), "") if ctrl => Code::Char(letter.to_ascii_lowercase()),
            (Some(letter), "") => Code::Char(letter),
            (Some('F'), number) => {
                let number = number.parse().ok().filter(|number| (1..=LAST_F).contains(number));
                Code::F(number.ok_or_else(error)?)
            }
            _ => return Err(error()),
        };
        let same = SAME.iter().find(|(letter, _)| ctrl && code == Code::Char(*letter));
        match same {
            Some((_, same)) => Err(KeyError::Same { found: text.to_owned(), same }),
            None => Ok(Self { code, ctrl, alt }),
        }
    }
}
