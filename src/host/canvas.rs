//! What ratatui takes for the terminal. It draws nothing itself: the painter looks at whole screens.

use std::cell::Cell as Slot;
use std::io;
use std::rc::Rc;

use ratatui::backend::{Backend, ClearType, WindowSize};
use ratatui::buffer::Cell;
use ratatui::layout::{Position, Size};

/// Notes what ratatui wants beside a screen. Clones share their notes, since ratatui keeps its own to itself while it
/// shows a finished frame.
#[derive(Debug, Clone, Default)]
pub struct Canvas {
    cursor: Rc<Slot<Option<Position>>>,
    is_erased: Rc<Slot<bool>>,
}

impl Canvas {
    /// Where the cursor shall be seen, if it shall.
    pub fn cursor(&self) -> Option<Position> {
        self.cursor.get()
    }

    /// Whether the terminal has to be written anew; asking takes the note away.
    pub fn take_erased(&self) -> bool {
        self.is_erased.take()
    }
}

impl Backend for Canvas {
    type Error = io::Error;

    fn draw<'a, I>(&mut self, _changes: I) -> io::Result<()>
    where
        I: Iterator<Item = (u16, u16, &'a Cell)>,
    {
        Ok(())
    }

    fn hide_cursor(&mut self) -> io::Result<()> {
        self.cursor.set(None);
        Ok(())
    }

    fn show_cursor(&mut self) -> io::Result<()> {
        Ok(())
    }

    /// The terminal is not asked, since one that does not answer would stop the program for seconds.
    fn get_cursor_position(&mut self) -> io::Result<Position> {
        Ok(self.cursor.get().unwrap_or_default())
    }

    fn set_cursor_position<P: Into<Position>>(&mut self, position: P) -> io::Result<()> {
        self.cursor.set(Some(position.into()));
        Ok(())
    }

    fn clear(&mut self) -> io::Result<()> {
        self.clear_region(ClearType::All)
    }

    fn clear_region(&mut self, _: ClearType) -> io::Result<()> {
        self.is_erased.set(true);
        Ok(())
    }

    fn size(&self) -> io::Result<Size> {
        crossterm::terminal::size().map(Size::from)
    }

    fn window_size(&mut self) -> io::Result<WindowSize> {
        let window = crossterm::terminal::window_size()?;
        Ok(WindowSize {
            columns_rows: Size::new(window.columns, window.rows),
            pixels: Size::new(window.width, window.height),
        })
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
