//! The mouse: what the terminal is told to report, and nothing more.

use std::fmt;

use crossterm::Command;

/// Who has the mouse.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Capture {
    /// The program: the terminal reports buttons, the wheel, and movements while a button is down.
    Program,
    /// The terminal: it selects text, as it does in a shell.
    Terminal,
}

/// Has buttons, wheel and drags reported, in the form that holds places beyond column 223. Movements without a button
/// are left out: each of them would be a report, and a slow link has better things to carry.
#[derive(Debug, Clone, Copy)]
pub(super) struct Take;

/// Takes back what [`Take`] asked for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Release;

impl Command for Take {
    fn write_ansi(&self, out: &mut impl fmt::Write) -> fmt::Result {
        out.write_str("\x1b[?1000h\x1b[?1002h\x1b[?1006h")
    }

    #[cfg(windows)]
    fn execute_winapi(&self) -> std::io::Result<()> {
        crossterm::event::EnableMouseCapture.execute_winapi()
    }
}

impl Command for Release {
    fn write_ansi(&self, out: &mut impl fmt::Write) -> fmt::Result {
        out.write_str("\x1b[?1006l\x1b[?1002l\x1b[?1000l")
    }

    #[cfg(windows)]
    fn execute_winapi(&self) -> std::io::Result<()> {
        crossterm::event::DisableMouseCapture.execute_winapi()
    }
}
