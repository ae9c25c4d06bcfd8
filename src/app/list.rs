//! A cursor in a list of any length, and which part of the list is on the screen.

/// Cursor and scroll offset of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ListState {
    cursor: u64,
    offset: u64,
    height: u16,
}

/// A movement in a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// One line up.
    Up,
    /// One line down.
    Down,
    /// A screen up.
    PageUp,
    /// A screen down.
    PageDown,
    /// To the first line.
    First,
    /// To the last line.
    Last,
}

impl ListState {
    /// The line that the cursor is on.
    pub fn cursor(&self) -> u64 {
        self.cursor
    }

    /// The cursor as an index into a slice.
    pub fn index(&self) -> usize {
        usize::try_from(self.cursor).unwrap_or(usize::MAX)
    }

    /// The line that the view begins with, as far as the screen has said how much it shows.
    pub fn offset(&self) -> u64 {
        self.offset
    }

    /// How many lines the screen shows, as far as it has said.
    pub fn height(&self) -> u16 {
        self.height
    }

    /// Moves the cursor in a list of `len` lines.
    pub fn step(&mut self, step: Step, len: u64) {
        let page = u64::from(self.height.max(2)) - 1;
        let target = match step {
            Step::Up => self.cursor.saturating_sub(1),
            Step::Down => self.cursor.saturating_add(1),
            Step::PageUp => self.cursor.saturating_sub(page),
            Step::PageDown => self.cursor.saturating_add(page),
            Step::First => 0,
            Step::Last => u64::MAX,
        };
        self.go(target, len);
    }

    /// Puts the cursor on a line, or on the last one if the list of `len` lines is shorter.
    pub fn go(&mut self, line: u64, len: u64) {
        self.cursor = line.min(len.saturating_sub(1));
        self.offset = self.first_visible(len, self.height);
    }

    /// Remembers how many lines the screen shows; a list that is not on the screen keeps its place.
    pub fn seen(&mut self, height: u16, len: u64) {
        if height == 0 {
            return;
        }
        self.height = height;
        self.offset = self.first_visible(len, height);
    }

    /// The first line to draw, so that the cursor is visible and no room is wasted.
    pub fn first_visible(&self, len: u64, height: u16) -> u64 {
        let height = u64::from(height.max(1));
        let last_offset = len.saturating_sub(height);
        self.offset.clamp(self.cursor.saturating_sub(height - 1), self.cursor).min(last_offset)
    }

    /// Moves the view by some lines, as a wheel does; the cursor stays on its line for as long as that is visible.
    pub fn wheel(&mut self, by: i64, len: u64) {
        let height = u64::from(self.height.max(1));
        self.offset = self.offset.saturating_add_signed(by).min(len.saturating_sub(height));
        let last = self.offset.saturating_add(height - 1).min(len.saturating_sub(1));
        self.cursor = self.cursor.clamp(self.offset.min(last), last);
    }

    /// Moves the view of a text by some lines.
    pub fn wheel_text(&mut self, by: i64, len: u64) {
        self.cursor = self.cursor.saturating_add_signed(by);
        self.scroll_to_fit(len);
    }

    /// Moves the view without a cursor, for texts: the cursor is the first line.
    pub fn scroll(&mut self, step: Step, len: u64) {
        let height = u64::from(self.height.max(1));
        self.step(step, len.saturating_sub(height).saturating_add(1));
        self.offset = self.cursor;
    }

    /// Keeps the view of a text where it is, as far as a text of `len` lines goes.
    pub fn scroll_to_fit(&mut self, len: u64) {
        self.cursor = self.cursor.min(len.saturating_sub(u64::from(self.height.max(1))));
        self.offset = self.cursor;
    }
}
