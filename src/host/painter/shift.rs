//! Rows that moved as a whole, as when a list as wide as the screen goes on by a line: the terminal can move them itself.

use std::hash::{Hash, Hasher};

use ratatui::buffer::{Buffer, Cell};

use super::hand::Hand;

/// Lists go on by one line for a key, by three for a mouse wheel.
const FARTHEST: u16 = 3;

/// Rows of the screen that move, and those that become empty by it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Shift {
    /// The first row that changes its place or its text.
    top: u16,
    /// The row behind the last such row.
    bottom: u16,
    by: u16,
    direction: Direction,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Direction {
    Up,
    Down,
}

impl Shift {
    /// The shift that saves most columns from being written, if any does.
    pub fn find(before: &Buffer, after: &Buffer) -> Option<Self> {
        let width = usize::from(before.area.width).max(1);
        let (before, after) = (prints(before), prints(after));
        let before: Vec<_> = before.chunks(width).collect();
        let after: Vec<_> = after.chunks(width).collect();
        let all = (1..=FARTHEST).flat_map(|by| [(by, Direction::Up), (by, Direction::Down)]);
        let best = all.filter_map(|(by, direction)| Self::best(&before, &after, by, direction));
        best.max_by_key(|(saved, _)| *saved).map(|(_, shift)| shift)
    }

    /// The best block of rows for one way to move, and how many columns it saves.
    fn best(before: &[&[u64]], after: &[&[u64]], by: u16, direction: Direction) -> Option<(usize, Self)> {
        let lines = usize::from(by);
        // Each row that the shift brings, the row that shall stand where it arrives, and the one that stands there now.
        let (sources, targets) = match direction {
            Direction::Up => (before.get(lines..)?, after),
            Direction::Down => (before, after.get(lines..)?),
        };
        let kept = match direction {
            Direction::Up => before,
            Direction::Down => before.get(lines..)?,
        };
        let mut best = None;
        let (mut start, mut saved) = (0, 0);
        for (row, ((source, target), kept)) in (0..).zip(sources.iter().zip(targets).zip(kept)) {
            let (with, without) = (differences(source, target), differences(kept, target));
            if saved + without <= with {
                (start, saved) = (row + 1, 0);
                continue;
            }
            saved = saved + without - with;
            if best.is_none_or(|(most, _)| saved > most) {
                best = Some((saved, Self { top: start, bottom: row + 1 + by, by, direction }));
            }
        }
        best
    }

    /// Has the terminal move its rows, and does the same with what is known of them.
    pub fn apply(self, hand: &mut Hand, shown: &mut Buffer) {
        let (removed, added) = match self.direction {
            Direction::Up => (self.top, self.bottom - self.by),
            Direction::Down => (self.bottom - self.by, self.top),
        };
        hand.delete_lines(removed, self.by);
        hand.insert_lines(added, self.by);
        let width = usize::from(shown.area.width);
        let cells = |rows: u16| usize::from(rows) * width;
        let moved = shown.content.get_mut(cells(self.top)..cells(self.bottom)).unwrap_or_default();
        let count = cells(self.by).min(moved.len());
        let emptied = match self.direction {
            Direction::Up => {
                moved.rotate_left(count);
                let kept = moved.len() - count;
                moved.get_mut(kept..)
            }
            Direction::Down => {
                moved.rotate_right(count);
                moved.get_mut(..count)
            }
        };
        emptied.unwrap_or_default().iter_mut().for_each(Cell::reset);
    }
}

/// A number for each cell. That two cells share one by chance does not matter: it only makes a shift look a little better
/// or worse than it is, and the shorter way is taken in the end.
fn prints(buffer: &Buffer) -> Vec<u64> {
    let print = |cell: &Cell| {
        let mut print = Print(0);
        cell.hash(&mut print);
        print.finish()
    };
    buffer.content.iter().map(print).collect()
}

/// A hash that costs a few instructions.
struct Print(u64);

impl Print {
    fn add(&mut self, number: u64) {
        self.0 = (self.0.rotate_left(5) ^ number).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }
}

impl Hasher for Print {
    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.add(u64::from(*byte));
        }
    }

    fn write_u16(&mut self, number: u16) {
        self.add(u64::from(number));
    }

    fn write_isize(&mut self, number: isize) {
        self.add(number.cast_unsigned() as u64);
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

fn differences(one: &[u64], other: &[u64]) -> usize {
    one.iter().zip(other).filter(|(one, other)| one != other).count()
}
