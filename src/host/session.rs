//! The terminal while the program has it: everything that is switched on is switched off again, whatever happens.

mod plain;

use std::io::{self, IsTerminal, Stdout, Write, stdout};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use crossterm::cursor::Show;
use crossterm::event::{self, DisableBracketedPaste, EnableBracketedPaste};
use crossterm::terminal::{
    BeginSynchronizedUpdate, EndSynchronizedUpdate, EnterAlternateScreen, LeaveAlternateScreen,
    disable_raw_mode, enable_raw_mode,
};
use crossterm::{execute, queue};
use ratatui::backend::CrosstermBackend;
use ratatui::{Frame, Terminal};

use super::events::{Press, translate};

/// Something that came from the terminal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Input {
    /// A key was pressed.
    Key(Press),
    /// Text was pasted.
    Paste(String),
    /// The terminal has another size.
    Resized,
}

/// Whether the terminal is in our hands; signal and panic handlers look at it.
static ACTIVE: AtomicBool = AtomicBool::new(false);

/// The terminal in raw mode on its alternate screen.
#[derive(Debug)]
pub struct Session {
    terminal: Terminal<CrosstermBackend<Stdout>>,
}

impl Session {
    /// Takes the terminal.
    ///
    /// # Errors
    /// If standard input or output is no terminal, or the terminal refuses.
    pub fn open() -> io::Result<Self> {
        if !io::stdin().is_terminal() || !stdout().is_terminal() {
            return Err(io::Error::other("standard input and output must be a terminal"));
        }
        restore_on_panic();
        // The library would leave attributes out along with colours; our theme knows what to do without colours.
        crossterm::style::force_color_output(true);
        enable_raw_mode()?;
        ACTIVE.store(true, Ordering::SeqCst);
        match enter() {
            Ok(terminal) => Ok(Self { terminal }),
            Err(error) => {
                restore();
                Err(error)
            }
        }
    }

    /// Draws one frame; the terminal shows it as a whole.
    ///
    /// # Errors
    /// If the terminal cannot be written to.
    pub fn draw(&mut self, render: impl FnOnce(&mut Frame<'_>)) -> io::Result<()> {
        queue!(stdout(), BeginSynchronizedUpdate)?;
        self.terminal.draw(render)?;
        execute!(stdout(), EndSynchronizedUpdate)
    }

    /// Waits for input for at most this long; `None` if there was none.
    ///
    /// # Errors
    /// If the terminal is gone.
    pub fn input(&mut self, timeout: Duration) -> io::Result<Option<Input>> {
        if event::poll(timeout)? { Ok(translate(event::read()?)) } else { Ok(None) }
    }

    /// Writes bytes that the terminal itself understands, between frames.
    ///
    /// # Errors
    /// If the terminal cannot be written to.
    pub fn send(&mut self, bytes: &[u8]) -> io::Result<()> {
        let mut out = stdout();
        out.write_all(bytes)?;
        out.flush()
    }
}

fn enter() -> io::Result<Terminal<CrosstermBackend<Stdout>>> {
    // The first look at events sets up hearing of changes of the size; it comes before the size is asked for.
    event::poll(Duration::ZERO)?;
    execute!(stdout(), EnterAlternateScreen, EnableBracketedPaste)?;
    Terminal::new(CrosstermBackend::new(stdout()))
}

impl Drop for Session {
    fn drop(&mut self) {
        restore();
    }
}

/// Gives the terminal back; does nothing if it is not ours.
pub fn restore() {
    if ACTIVE.swap(false, Ordering::SeqCst) {
        // Nobody could act on an error here: the terminal is gone, or as good as it gets.
        // The mode comes first: changing it never waits for a terminal that hangs.
        let _ = disable_raw_mode();
        let _ = if plain::is_shown() {
            execute!(stdout(), DisableBracketedPaste, Show)
        } else {
            execute!(stdout(), EndSynchronizedUpdate, DisableBracketedPaste, LeaveAlternateScreen, Show)
        };
    }
}

fn restore_on_panic() {
    let report = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |info| {
        restore();
        report(info);
    }));
}
