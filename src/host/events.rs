//! From the terminal library's events to the program's own.

use crossterm::event::{
    Event as TerminalEvent, KeyCode, KeyEvent, KeyModifiers, MouseButton, MouseEvent, MouseEventKind,
};

use super::session::Input;

/// The program's view of a terminal event; `None` for those that nobody needs.
pub fn translate(event: TerminalEvent) -> Option<Input> {
    match event {
        TerminalEvent::Key(key) if key.is_press() || key.is_repeat() => Some(key_press(key)),
        TerminalEvent::Paste(text) => Some(Input::Paste(text)),
        TerminalEvent::Resize(..) => Some(Input::Resized),
        TerminalEvent::Mouse(event) => pointer(event).map(Input::Mouse),
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

/// What the mouse did, and where.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pointer {
    /// What it did.
    pub motion: Motion,
    /// The column, from 0.
    pub column: u16,
    /// The row, from 0.
    pub row: u16,
}

/// What the mouse did. Only the left button counts: the others are the terminal's menus and pastes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Motion {
    /// The button went down.
    Press,
    /// The mouse moved with the button down.
    Drag,
    /// The button went up.
    Release,
    /// The wheel turned away from the hand.
    WheelUp,
    /// The wheel turned towards the hand.
    WheelDown,
}

fn pointer(event: MouseEvent) -> Option<Pointer> {
    let motion = match event.kind {
        MouseEventKind::Down(MouseButton::Left) => Motion::Press,
        MouseEventKind::Drag(MouseButton::Left) => Motion::Drag,
        MouseEventKind::Up(MouseButton::Left) => Motion::Release,
        MouseEventKind::ScrollUp => Motion::WheelUp,
        MouseEventKind::ScrollDown => Motion::WheelDown,
        _ => return None,
    };
    Some(Pointer { motion, column: event.column, row: event.row })
}
