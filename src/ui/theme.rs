//! Colours: the terminal's own, one accent, and a sign beside every colour that means something.

use ratatui::style::{Color, Modifier, Style};

/// The styles that drawing uses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Theme {
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
    /// Letters that a search found.
    pub found: Style,
}

impl Theme {
    /// With the terminal's 16 colours.
    pub fn colour() -> Self {
        let accent = Style::new().fg(Color::Cyan);
        Self {
            focus: accent.add_modifier(Modifier::BOLD),
            frame: Style::new().fg(Color::DarkGray),
            selected: Style::new().fg(Color::Black).bg(Color::Cyan),
            remembered: Style::new().add_modifier(Modifier::BOLD),
            dim: Style::new().fg(Color::DarkGray),
            strong: Style::new().add_modifier(Modifier::BOLD),
            added: Style::new().fg(Color::Green),
            removed: Style::new().fg(Color::Red),
            doubt: Style::new().fg(Color::Yellow),
            error: Style::new().fg(Color::Red).add_modifier(Modifier::BOLD),
            key: accent,
            found: Style::new().add_modifier(Modifier::BOLD | Modifier::UNDERLINED),
        }
    }

    /// Without any colour, for `NO_COLOR` and plain terminals.
    pub fn plain() -> Self {
        let bold = Style::new().add_modifier(Modifier::BOLD);
        let dim = Style::new().add_modifier(Modifier::DIM);
        Self {
            focus: bold,
            frame: dim,
            selected: Style::new().add_modifier(Modifier::REVERSED),
            remembered: bold,
            dim,
            strong: bold,
            added: bold,
            removed: bold,
            doubt: bold,
            error: bold,
            key: bold,
            found: Style::new().add_modifier(Modifier::BOLD | Modifier::UNDERLINED),
        }
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
