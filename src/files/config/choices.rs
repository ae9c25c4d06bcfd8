//! What a setting can be. The words stand in users' files and scripts, so they never change.

use serde::Deserialize;

/// A setting with all its words.
macro_rules! choice {
    ($(#[$about:meta])* $name:ident $word:literal { $($(#[$help:meta])* $variant:ident $value:literal,)* }) => {
        $(#[$about])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
        #[serde(rename = $word)]
        pub enum $name {
            $($(#[$help])* #[serde(rename = $value)] $variant,)*
        }

        impl $name {
            /// All that it can be, the default first.
            pub const ALL: &[Self] = &[$(Self::$variant),*];

            /// The word for it in the config file.
            pub fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $value,)*
                }
            }
        }
    };
}

choice! {
    /// The colours.
    ThemeChoice "theme" {
        /// As the environment says.
        #[default]
        Auto "auto",
        /// For a dark background.
        Dark "dark",
        /// For a light background.
        Light "light",
        /// Without colours.
        Plain "plain",
    }
}

choice! {
    /// The signs outside ASCII.
    SymbolsChoice "symbols" {
        /// As the locale and the terminal's kind say.
        #[default]
        Auto "auto",
        /// All.
        Unicode "unicode",
        /// None.
        Ascii "ascii",
    }
}

choice! {
    /// Whether the mouse is listened to.
    MouseChoice "mouse" {
        /// Clicks and the wheel are for the program.
        #[default]
        On "on",
        /// They are for the terminal.
        Off "off",
    }
}

choice! {
    /// Which way a copy takes.
    ClipboardChoice "clipboard" {
        /// Every way that the environment offers.
        #[default]
        Auto "auto",
        /// An OSC 52 sequence to the terminal.
        Osc52 "osc52",
        /// The buffer of tmux.
        Tmux "tmux",
        /// An OSC 52 sequence through GNU screen.
        Screen "screen",
        /// The desktop's clipboard.
        Native "native",
        /// None: files only.
        Off "off",
    }
}
