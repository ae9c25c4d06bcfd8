//! Colours: the terminal's own, one accent, and a sign beside every colour that means something.

use ratatui::style::{Color, Modifier, Style};

use super::symbols::Symbols;

/// The styles that drawing uses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Theme {
    /// The signs that the terminal can show.
    pub symbols: Symbols,
    /// The frame and title of the focused pane.
    pub focus: Style,
    /// The frame of other panes.
    pub frame: Style,
    /// The selected line of the focused pane.
    pub selected: Style,
    /// The selected line of other panes.
    pub remembered: Style,
    /// What is secondary.
    pub dim: Style,
    /// What is important.
    pub strong: Style,
    /// What was added.
    pub added: Style,
    /// What was removed.
    pub removed: Style,
    /// Doubts and warnings.
    pub doubt: Style,
    /// Errors.
    pub error: Style,
    /// Keys in footer and help.
    pub key: Style,
    /// Text in quotation marks, in a snippet.
    pub quoted: Style,
    /// Letters that a search found.
    pub found: Style,
}

impl Theme {
    /// For a dark background, with the terminal's 16 colours.
    pub fn dark() -> Self {
        Self {
            added: Style::new().fg(Color::Green),
            removed: Style::new().fg(Color::Red),
            doubt: Style::new().fg(Color::Yellow),
            quoted: Style::new().fg(Color::Green),
            error: Style::new().fg(Color::Red).add_modifier(Modifier::BOLD),
            ..Self::with_accent(Style::new().fg(Color::Cyan), Style::new().fg(Color::Black).bg(Color::Cyan))
        }
    }

    /// For a light background, with those of the 16 colours that can be read there: no yellow, cyan or white.
    pub fn light() -> Self {
        let accent = Style::new().fg(Color::Blue);
        Self {
            added: Style::new().fg(Color::Green),
            removed: Style::new().fg(Color::Red),
            doubt: Style::new().fg(Color::Magenta),
            quoted: Style::new().fg(Color::Green),
            error: Style::new().fg(Color::Red).add_modifier(Modifier::BOLD),
            // Blue reads well on the background, so the background reads well on blue.
            ..Self::with_accent(accent, accent.add_modifier(Modifier::REVERSED))
        }
    }

    /// Without any colour, for `NO_COLOR` and plain terminals.
    pub fn plain() -> Self {
        let bold = Style::new().add_modifier(Modifier::BOLD);
        Self::with_accent(bold, Style::new().add_modifier(Modifier::REVERSED))
    }

    /// What all themes share. Quiet text is dim and not grey: some palettes have the background's colour for grey.
    fn with_accent(accent: Style, selected: Style) -> Self {
        let bold = Style::new().add_modifier(Modifier::BOLD);
        let dim = Style::new().add_modifier(Modifier::DIM);
        // Titles stand on frames, and what is important is not dim because its surroundings are.
        let strong = bold.remove_modifier(Modifier::DIM);
        Self {
            symbols: Symbols::Unicode,
            focus: accent.add_modifier(Modifier::BOLD),
            frame: dim,
            selected,
            remembered: bold,
            dim,
            strong,
            added: bold,
            removed: bold,
            doubt: bold,
            error: bold,
            key: accent,
            quoted: Style::new(),
            found: Style::new().add_modifier(Modifier::BOLD | Modifier::UNDERLINED),
        }
    }

    /// The same theme with other signs.
    #[must_use]
    pub fn with_symbols(self, symbols: Symbols) -> Self {
        Self { symbols, ..self }
    }

    /// The style of a list's row: the selected one stands out, most of all in the pane that has the keyboard.
    pub fn row(&self, selected: bool, focused: bool) -> Style {
        match (selected, focused) {
            (true, true) => self.selected,
            (true, false) => self.remembered,
            (false, _) => Style::new(),
        }
    }
}
