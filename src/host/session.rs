//! The terminal while the program has it: everything that is switched on is switched off again, whatever happens.

use std::io::{self, IsTerminal, Write, stdout};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use crossterm::cursor::Show;
use crossterm::event::{self, DisableBracketedPaste, EnableBracketedPaste};
use crossterm::execute;
use crossterm::terminal::{
    EndSynchronizedUpdate, EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode,
};
use ratatui::{Frame, Terminal};

use super::canvas::Canvas;
use super::events::{Press, translate};
use super::painter::Painter;

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
    terminal: Terminal<Canvas>,
    painter: Painter,
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
            Ok(terminal) => Ok(Self { terminal, painter: Painter::default() }),
            Err(error) => {
                restore();
                Err(error)
            }
        }
    }

    /// Draws one frame; the terminal shows it as a whole. Nothing is written if it shows it already.
    ///
    /// # Errors
    /// If the terminal cannot be written to.
    pub fn draw(&mut self, render: impl FnOnce(&mut Frame<'_>)) -> io::Result<()> {
        let canvas = self.terminal.backend().clone();
        let frame = self.terminal.draw(render)?;
        if canvas.take_erased() {
            self.painter.forget();
        }
        let bytes = self.painter.paint(frame.buffer, canvas.cursor());
        if bytes.is_empty() { Ok(()) } else { self.send(&bytes) }
    }

    /// Waits for input for at most this long; `None` if there was none.
    ///
    /// # Errors
    /// If the terminal is gone.
    pub fn input(&mut self, timeout: Duration) -> io::Result<Option<Input>> {
        let input = if event::poll(timeout)? { translate(event::read()?) } else { None };
        if input == Some(Input::Resized) {
            // What a terminal does to its screen then is its own affair, even if the size comes back at once.
            self.painter.forget();
        }
        Ok(input)
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

fn enter() -> io::Result<Terminal<Canvas>> {
    // The first look at events sets up hearing of changes of the size; it comes before the size is asked for.
    event::poll(Duration::ZERO)?;
    execute!(stdout(), EnterAlternateScreen, EnableBracketedPaste)?;
    Terminal::new(Canvas::default())
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
        let _ = execute!(stdout(), EndSynchronizedUpdate, DisableBracketedPaste, LeaveAlternateScreen, Show);
    }
}

fn restore_on_panic() {
    let report = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |info| {
        restore();
        report(info);
    }));
}
