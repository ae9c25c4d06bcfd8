//! The hand that writes: it knows where the terminal's cursor stands and which style is on.

use super::pen::{Pen, push_number};
use super::row::Tile;

/// Bytes on their way to a terminal of this many columns.
#[derive(Debug, Clone)]
pub(super) struct Hand {
    bytes: Vec<u8>,
    columns: u16,
    pen: Pen,
    /// Column and row of the cursor; not known at the start, at the right edge, and behind letters of which terminals
    /// disagree how wide they are.
    at: Option<(u16, u16)>,
}

impl Hand {
    pub fn new(columns: u16) -> Self {
        Self { bytes: Vec::new(), columns, pen: Pen::PLAIN, at: None }
    }

    /// A hand in the same place that has written nothing, to try a way.
    pub fn try_out(&self) -> Self {
        Self { bytes: Vec::new(), ..*self }
    }

    /// Does what a trial has done.
    pub fn accept(&mut self, trial: Self) {
        self.bytes.extend(trial.bytes);
        self.pen = trial.pen;
        self.at = trial.at;
    }

    pub fn has_written(&self) -> bool {
        !self.bytes.is_empty()
    }

    /// How much was written.
    pub fn written(&self) -> usize {
        self.bytes.len()
    }

    pub fn done(self) -> Vec<u8> {
        self.bytes
    }

    /// Writes a sequence that moves nothing.
    pub fn write(&mut self, sequence: &[u8]) {
        self.bytes.extend_from_slice(sequence);
    }

    /// The column of the cursor, if it stands in this row.
    pub fn column_in(&self, row: u16) -> Option<u16> {
        self.at.filter(|at| at.1 == row).map(|at| at.0)
    }

    /// Goes to a place.
    pub fn go(&mut self, column: u16, row: u16) {
        if self.at == Some((column, row)) {
            return;
        }
        let start = self.bytes.len();
        if self.go_on(column, row) {
            let relative = self.bytes.split_off(start);
            self.go_to(column, row);
            if relative.len() <= self.bytes.len() - start {
                self.bytes.truncate(start);
                self.bytes.extend(relative);
            }
        } else {
            self.go_to(column, row);
        }
        self.at = Some((column, row));
    }

    /// Goes to a place without saying where it is, if it lies ahead.
    fn go_on(&mut self, column: u16, row: u16) -> bool {
        let Some(at) = self.at.filter(|at| at.1 < row || (at.1 == row && at.0 < column)) else {
            return false;
        };
        for _ in at.1..row {
            self.write(b"\r\n");
        }
        self.counted(if at.1 == row { column - at.0 } else { column }, b'C');
        true
    }

    /// Goes to a place by its numbers; the first column need not be said.
    fn go_to(&mut self, column: u16, row: u16) {
        self.write(b"\x1b[");
        if (column, row) != (0, 0) {
            push_number(&mut self.bytes, row + 1);
        }
        if column > 0 {
            self.bytes.push(b';');
            push_number(&mut self.bytes, column + 1);
        }
        self.bytes.push(b'H');
    }

    /// A sequence that does something so many times; once goes without saying.
    fn counted(&mut self, count: u16, sequence: u8) {
        if count == 0 {
            return;
        }
        self.write(b"\x1b[");
        if count > 1 {
            push_number(&mut self.bytes, count);
        }
        self.bytes.push(sequence);
    }

    /// Writes a tile where the cursor stands.
    pub fn put(&mut self, tile: &Tile<'_>) {
        if !(tile.is_blank() && self.pen.can_blank(tile.pen)) {
            self.take(tile.pen);
        }
        if !tile.is_sure() {
            self.put_doubtful(tile);
            return;
        }
        self.write(tile.symbol.as_bytes());
        self.at = self.at.map(|(column, row)| (column + 1, row)).filter(|at| at.0 < self.columns);
    }

    /// Writes tiles side by side.
    pub fn put_all(&mut self, tiles: &[Tile<'_>]) {
        for tile in tiles {
            self.put(tile);
        }
    }

    /// Terminals that give such a letter fewer columns must not show in the rest of them what was there before.
    fn put_doubtful(&mut self, tile: &Tile<'_>) {
        let start = self.at;
        self.write(" ".repeat(usize::from(tile.width)).as_bytes());
        self.at = None;
        if let Some((column, row)) = start {
            self.go(column, row);
        }
        self.write(tile.symbol.as_bytes());
        self.at = None;
    }

    /// Erases as many columns, and stays where it is.
    pub fn erase(&mut self, columns: u16) {
        self.prepare_to_erase();
        self.counted(columns, b'X');
    }

    /// Erases to the right edge, and stays where it is.
    pub fn erase_line(&mut self) {
        self.prepare_to_erase();
        self.write(b"\x1b[K");
    }

    /// Takes lines out; those below move up.
    pub fn delete_lines(&mut self, row: u16, lines: u16) {
        self.go(0, row);
        self.counted(lines, b'M');
    }

    /// Puts empty lines in; those below move down.
    pub fn insert_lines(&mut self, row: u16, lines: u16) {
        self.go(0, row);
        self.counted(lines, b'L');
    }

    /// Some terminals erase to the background of the pen, others to their own.
    fn prepare_to_erase(&mut self) {
        if !self.pen.can_blank(Pen::PLAIN) {
            self.take(Pen::PLAIN);
        }
    }

    /// Goes back to the terminal's own style, so that whatever else is written between frames looks as it should.
    pub fn put_pen_down(&mut self) {
        self.take(Pen::PLAIN);
    }

    fn take(&mut self, pen: Pen) {
        self.pen.change(pen, &mut self.bytes);
        self.pen = pen;
    }
}

/// How long it is to erase so many columns, or to go so many forward.
pub(super) fn counted_len(count: u16) -> usize {
    match count {
        0 => 0,
        1 => 3,
        2..10 => 4,
        10..100 => 5,
        _ => 6,
    }
}
