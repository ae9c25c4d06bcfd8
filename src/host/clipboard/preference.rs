//! Which way the operator wants copies to take.

use std::fmt;
use std::str::FromStr;

/// A choice of `--clipboard`. The words are promises: scripts and settings hold them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Preference {
    /// What the environment suggests.
    #[default]
    Auto,
    /// An OSC 52 sequence straight to the terminal, whatever lies between.
    Osc52,
    /// tmux's buffer, and through it the terminal outside.
    Tmux,
    /// OSC 52 in pieces, for GNU screen.
    Screen,
    /// The desktop's clipboard, even one that seems to be far away.
    Native,
    /// No copying at all.
    Off,
}

impl Preference {
    /// All of them, in the order of the help.
    pub const ALL: [Self; 6] = [Self::Auto, Self::Osc52, Self::Tmux, Self::Screen, Self::Native, Self::Off];

    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Osc52 => "osc52",
            Self::Tmux => "tmux",
            Self::Screen => "screen",
            Self::Native => "native",
            Self::Off => "off",
        }
    }
}

impl fmt::Display for Preference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.word())
    }
}

/// A word that names no way.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("\"{}\" is no way to copy; choose auto, osc52, tmux, screen, native or off", super::super::harmless::line(.0))]
pub struct UnknownPreference(String);

impl FromStr for Preference {
    type Err = UnknownPreference;

    fn from_str(word: &str) -> Result<Self, Self::Err> {
        let known = Self::ALL.into_iter().find(|known| known.word() == word);
        known.ok_or_else(|| UnknownPreference(word.to_owned()))
    }
}
