//! The terminal without the planner on it: a text on the ordinary screen, where the terminal's own scrolling and
//! selecting work, and where long lines are the terminal's to wrap: what is selected is the text and nothing else.

use std::io::{self, Write, stdout};
use std::sync::atomic::{AtomicBool, Ordering};

use crossterm::cursor::{Hide, MoveTo, Show};
use crossterm::queue;
use crossterm::style::{Attribute, SetAttribute};
use crossterm::terminal::{Clear, ClearType, EnterAlternateScreen, LeaveAlternateScreen};

use super::{MOUSE, Session};
use crate::host::harmless;
use crate::host::mouse::{Release, Take};

/// Whether the ordinary screen is shown; the terminal must not be told to leave the other one twice then, since that
/// would take the cursor back to where it was before.
static SHOWN: AtomicBool = AtomicBool::new(false);

/// Whether the planner is off the screen at the moment.
pub(super) fn is_shown() -> bool {
    SHOWN.load(Ordering::SeqCst)
}

impl Session {
    /// Takes the planner off the screen and writes a text, a blank line and a closing line in its place. Pasting stays
    /// marked as such: what the operator pastes by mistake must not be taken for keys.
    ///
    /// # Errors
    /// If the terminal cannot be written to.
    pub fn show_plain(&mut self, text: &str, closing: &str) -> io::Result<()> {
        let mut out = stdout();
        // A terminal that has one screen only would else show the text in the middle of what was drawn.
        queue!(out, SetAttribute(Attribute::Reset), Clear(ClearType::All), MoveTo(0, 0))?;
        if MOUSE.load(Ordering::SeqCst) {
            queue!(out, Release)?;
        }
        queue!(out, LeaveAlternateScreen, Show)?;
        SHOWN.store(true, Ordering::SeqCst);
        write!(out, "\r\n{}\r\n{}\r\n", harmless::lines(text), harmless::line(closing))?;
        out.flush()
    }

    /// Puts the planner back on the screen; the next frame draws all of it.
    ///
    /// # Errors
    /// If the terminal cannot be written to.
    pub fn leave_plain(&mut self) -> io::Result<()> {
        if !is_shown() {
            return Ok(());
        }
        let mut out = stdout();
        queue!(out, EnterAlternateScreen, Hide, Clear(ClearType::All))?;
        SHOWN.store(false, Ordering::SeqCst);
        if MOUSE.load(Ordering::SeqCst) {
            queue!(out, Take)?;
        }
        self.painter.forget();
        out.flush()
    }

    /// Whether frames can be drawn: not while a plain text has the screen.
    pub fn shows_frames(&self) -> bool {
        !is_shown()
    }
}
