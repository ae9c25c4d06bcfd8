//! From the terminal library's events to the program's own.

use crossterm::event::{Event as TerminalEvent, KeyCode, KeyEvent, KeyModifiers};

use super::session::Input;

/// The program's view of a terminal event; `None` for those that nobody needs.
pub fn translate(event: TerminalEvent) -> Option<Input> {
    match event {
        TerminalEvent::Key(key) if key.is_press() || key.is_repeat() => Some(key_press(key)),
        TerminalEvent::Paste(text) => Some(Input::Paste(text)),
        TerminalEvent::Resize(..) => Some(Input::Resized),
        _ => None,
    }
}

/// A key as plain data: the code's name as the program spells it, and the modifiers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Press {
    /// The key.
    pub code: KeyCode,
    /// Whether Ctrl was held.
    pub ctrl: bool,
    /// Whether Alt was held.
    pub alt: bool,
}

fn key_press(key: KeyEvent) -> Input {
    let ctrl = key.modifiers.contains(KeyModifiers::CONTROL);
    let alt = key.modifiers.contains(KeyModifiers::ALT);
    // Ctrl and Alt together are how some keyboards type characters such as @.
    let (ctrl, alt) = if ctrl && alt { (false, false) } else { (ctrl, alt) };
    let code = match key.code {
        KeyCode::Char(letter) if ctrl => KeyCode::Char(letter.to_ascii_lowercase()),
        KeyCode::Tab if key.modifiers.contains(KeyModifiers::SHIFT) => KeyCode::BackTab,
        code => code,
    };
    Input::Key(Press { code, ctrl, alt })
}
