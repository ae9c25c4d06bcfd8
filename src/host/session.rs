//! The terminal while the program has it: everything that is switched on is switched off again, whatever happens.

mod plain;

use std::io::{self, IsTerminal, Write, stdout};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use crossterm::cursor::Show;
use crossterm::event::{self, DisableBracketedPaste, EnableBracketedPaste};
use crossterm::execute;
use crossterm::terminal::{
    EndSynchronizedUpdate, EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode,
};
use ratatui::{Frame, Terminal};

use super::canvas::Canvas;
use super::ending::Rescue;
use super::events::{Pointer, Press, translate};
#[cfg(unix)]
use super::jobs::{self, Word};
use super::mouse::{Capture, Release, Take};
use super::painter::Painter;
#[cfg(unix)]
use super::unread::{Unheard, announce_keys};

/// Something that came from the terminal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Input {
    /// A key was pressed.
    Key(Press),
    /// Text was pasted.
    Paste(String),
    /// The mouse did something.
    Mouse(Pointer),
    /// The terminal has another size, or has to be drawn again as a whole.
    Resized,
    /// The process was told to stop; [`Session::stop`] does it.
    Stop,
}

/// What became of a stop.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stopped {
    /// The process was stopped and goes on.
    AndBack,
    /// There is no shell that would bring it back, so it did not stop.
    NoShell,
}

/// Whether the terminal is in our hands; signal and panic handlers look at it.
static ACTIVE: AtomicBool = AtomicBool::new(false);
/// Whether the program has the mouse while it has the terminal.
static MOUSE: AtomicBool = AtomicBool::new(false);

/// The terminal in raw mode on its alternate screen.
#[derive(Debug)]
pub struct Session {
    terminal: Terminal<Canvas>,
    painter: Painter,
    #[cfg(unix)]
    unheard: Unheard,
}

impl Session {
    /// Takes the terminal, and the mouse if it is to be the program's. A panic calls `rescue` and gives both back.
    ///
    /// # Errors
    /// If standard input or output is no terminal, or the terminal refuses.
    pub fn open(capture: Capture, rescue: Rescue) -> io::Result<Self> {
        if !io::stdin().is_terminal() || !stdout().is_terminal() {
            return Err(io::Error::other("standard input and output must be a terminal"));
        }
        restore_on_panic(rescue);
        // The library would leave attributes out along with colours; our theme knows what to do without colours.
        crossterm::style::force_color_output(true);
        MOUSE.store(capture == Capture::Program, Ordering::SeqCst);
        #[cfg(unix)]
        let unheard = Unheard::listen()?;
        match first_take() {
            Ok(terminal) => Ok(Self {
                terminal,
                painter: Painter::default(),
                #[cfg(unix)]
                unheard,
            }),
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
        match self.event(timeout)? {
            Some(Input::Resized) => {
                // What a terminal does to its screen then is its own affair: a window that shrank and grew again
                // between two frames has lost what it showed, though its size is as before.
                self.painter.forget();
                self.resized().map(Some)
            }
            input => Ok(input),
        }
    }

    #[cfg(unix)]
    fn event(&mut self, timeout: Duration) -> io::Result<Option<Input>> {
        announce_keys()?;
        let timeout = if self.unheard.is_there() { Duration::ZERO } else { timeout };
        let input = if event::poll(timeout)? { translate(event::read()?) } else { None };
        match input {
            Some(Input::Resized) => {
                self.unheard.take();
                Ok(input)
            }
            None if self.unheard.take() => Ok(Some(Input::Resized)),
            input => Ok(input),
        }
    }

    #[cfg(not(unix))]
    fn event(&mut self, timeout: Duration) -> io::Result<Option<Input>> {
        Ok(if event::poll(timeout)? { translate(event::read()?) } else { None })
    }

    /// A change of the size can be a word from the thread that hears signals.
    #[cfg(unix)]
    fn resized(&mut self) -> io::Result<Input> {
        Ok(match jobs::word() {
            Some(Word::Stop) => Input::Stop,
            Some(Word::GoOn) => {
                self.take_again()?;
                Input::Resized
            }
            None => Input::Resized,
        })
    }

    #[cfg(not(unix))]
    fn resized(&mut self) -> io::Result<Input> {
        Ok(Input::Resized)
    }

    /// Gives the terminal back, stops the process, and takes the terminal again when it goes on.
    ///
    /// # Errors
    /// If the terminal cannot be taken again.
    #[cfg(unix)]
    pub fn stop(&mut self) -> io::Result<Stopped> {
        if !jobs::has_shell() {
            return Ok(Stopped::NoShell);
        }
        restore();
        jobs::stop()?;
        self.take_again()?;
        Ok(Stopped::AndBack)
    }

    /// There is no job control here.
    ///
    /// # Errors
    /// Never.
    #[cfg(not(unix))]
    pub fn stop(&mut self) -> io::Result<Stopped> {
        Ok(Stopped::NoShell)
    }

    /// Whoever used the terminal meanwhile may have left anything: every mode is set and every cell drawn again. The
    /// mode of the input comes first: where the program goes on in the background, that is what stops it again.
    fn take_again(&mut self) -> io::Result<()> {
        disable_raw_mode()?;
        self.painter.forget();
        take()
    }

    /// Gives the mouse to the program or to the terminal.
    ///
    /// # Errors
    /// If the terminal cannot be written to.
    pub fn set_mouse(&mut self, capture: Capture) -> io::Result<()> {
        MOUSE.store(capture == Capture::Program, Ordering::SeqCst);
        match capture {
            Capture::Program => execute!(stdout(), Take),
            Capture::Terminal => execute!(stdout(), Release),
        }
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

fn first_take() -> io::Result<Terminal<Canvas>> {
    enable_raw_mode()?;
    ACTIVE.store(true, Ordering::SeqCst);
    // The first look at events sets up hearing of changes of the size; it comes before the size is asked for.
    event::poll(Duration::ZERO)?;
    take()?;
    Terminal::new(Canvas::default())
}

/// Switches on every mode; [`restore`] switches them off the other way round.
fn take() -> io::Result<()> {
    enable_raw_mode()?;
    ACTIVE.store(true, Ordering::SeqCst);
    if plain::is_shown() {
        return execute!(stdout(), EnableBracketedPaste);
    }
    execute!(stdout(), EnterAlternateScreen, EnableBracketedPaste)?;
    if MOUSE.load(Ordering::SeqCst) {
        execute!(stdout(), Take)?;
    }
    Ok(())
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
        let _ = if plain::is_shown() { execute!(stdout(), DisableBracketedPaste, Show) } else { give_back() };
    }
}

fn give_back() -> io::Result<()> {
    execute!(stdout(), EndSynchronizedUpdate, Show)?;
    if MOUSE.load(Ordering::SeqCst) {
        execute!(stdout(), Release)?;
    }
    execute!(stdout(), DisableBracketedPaste, LeaveAlternateScreen)
}

/// A thread that works beside the main one may fail without taking the screen away: whoever waits for it says so.
fn restore_on_panic(rescue: Rescue) {
    let report = std::panic::take_hook();
    let main = thread::current().id();
    std::panic::set_hook(Box::new(move |info| {
        if thread::current().id() == main {
            rescue();
            restore();
            report(info);
        }
    }));
}
