//! One row: which parts of it differ, and the cheapest way to write them.

use ratatui::buffer::{Cell, CellWidth};

use super::hand::{Hand, counted_len};
use super::pen::Pen;

/// Unchanged columns between two changes are written again rather than jumped over if that is shorter. It never is for
/// more of them than a jump has bytes.
const LONGEST_BRIDGE: usize = 8;

/// The bytes that erase the rest of a line.
const ERASE_LINE: usize = 3;

/// What a column shows. Blanks have no letter's style, so that tiles are equal exactly if they look equal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Tile<'a> {
    /// Empty where the letter before reaches into this column.
    pub symbol: &'a str,
    pub pen: Pen,
    /// In columns.
    pub width: u16,
}

impl<'a> Tile<'a> {
    const BLANK: Self = Self { symbol: " ", pen: Pen::PLAIN, width: 1 };

    fn of(cell: &'a Cell, room: usize) -> Self {
        let width = cell.cell_width();
        if cell.symbol() == " " || width == 0 || usize::from(width) > room {
            return Self { pen: Pen::of_blank(cell), ..Self::BLANK };
        }
        Self { symbol: cell.symbol(), pen: Pen::of(cell), width }
    }

    pub fn is_blank(&self) -> bool {
        self.symbol == " "
    }

    /// Whether all terminals give it one column.
    pub fn is_sure(&self) -> bool {
        self.width == 1 && self.symbol.chars().nth(1).is_none()
    }
}

fn tiles(cells: &[Cell]) -> Vec<Tile<'_>> {
    let mut tiles: Vec<Tile<'_>> = Vec::with_capacity(cells.len());
    while let Some(cell) = cells.get(tiles.len()) {
        let tile = Tile::of(cell, cells.len() - tiles.len());
        tiles.push(tile);
        tiles.extend((1..tile.width).map(|_| Tile { symbol: "", width: 0, ..tile }));
    }
    tiles
}

/// Writes what differs between a row as it is shown and as it shall be.
pub(super) fn paint(hand: &mut Hand, row: u16, before: &[Cell], after: &[Cell]) {
    let (before, after) = (tiles(before), tiles(after));
    let row = Row { number: row, before: &before, after: &after };
    let mut next = row.next_change(0);
    while let Some(change) = next {
        row.reach(hand, change);
        next = row.write(hand, change).and_then(|column| row.next_change(column));
    }
}

struct Row<'a> {
    number: u16,
    before: &'a [Tile<'a>],
    after: &'a [Tile<'a>],
}

impl<'a> Row<'a> {
    /// The tiles from one column up to another one, which is left out.
    fn tiles(&self, from: u16, to: u16) -> &'a [Tile<'a>] {
        self.after.get(usize::from(from)..usize::from(to)).unwrap_or_default()
    }

    /// Columns that have to be written, from this one on.
    fn changes(&self, from: u16) -> impl Iterator<Item = u16> {
        let start = usize::from(from);
        let before = self.before.get(start..).unwrap_or_default();
        let after = self.after.get(start..).unwrap_or_default();
        let pairs = before.iter().zip(after).zip(from..);
        pairs.filter(|((before, after), _)| before != after && after.width > 0).map(|(_, column)| column)
    }

    fn next_change(&self, from: u16) -> Option<u16> {
        self.changes(from).next()
    }

    /// Goes to a column that has to be written.
    fn reach(&self, hand: &mut Hand, column: u16) {
        let bridge = hand.column_in(self.number).map_or(&[][..], |at| self.tiles(at, column));
        if bridge.is_empty() || bridge.len() > LONGEST_BRIDGE || !bridge.iter().all(Tile::is_sure) {
            return hand.go(column, self.number);
        }
        // What counts is the length with the change itself, since it may need another style behind a bridge.
        let change = self.tiles(column, column + 1);
        let mut over = hand.try_out();
        over.go(column, self.number);
        over.put_all(change);
        let mut through = hand.try_out();
        through.put_all(bridge);
        through.put_all(change);
        if through.written() <= over.written() {
            hand.put_all(bridge);
        } else {
            hand.go(column, self.number);
        }
    }

    /// Writes or erases what stands at a column; gives the first column that is not done, if any.
    fn write(&self, hand: &mut Hand, column: u16) -> Option<u16> {
        let rest = self.after.get(usize::from(column)..).unwrap_or_default();
        let blanks = rest.iter().take_while(|tile| **tile == Tile::BLANK).count();
        if blanks > ERASE_LINE && blanks == rest.len() {
            hand.erase_line();
            return None;
        }
        let end = (column..).nth(blanks).unwrap_or(column);
        if let Some(last) = self.changes(column).take_while(|change| *change < end).last()
            && self.is_cheaper_erased(column, last + 1)
        {
            hand.erase(last + 1 - column);
            return Some(last + 1);
        }
        let tile = rest.first()?;
        hand.put(tile);
        Some(column + tile.width)
    }

    /// Whether blanks are better erased than written, given that the cursor stays before erased ones.
    fn is_cheaper_erased(&self, from: u16, to: u16) -> bool {
        let way_on = |at: u16| self.next_change(to).map_or(0, |next| counted_len(next - at));
        counted_len(to - from) + way_on(from) < usize::from(to - from) + way_on(to)
    }
}
