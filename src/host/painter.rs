//! A screen as bytes: few that make a terminal show the next screen in place of the one it shows.
//!
//! Only what xterm, the Linux console, GNU screen, tmux, `PuTTY` and conhost all understand is sent: absolute and forward
//! moves, CR LF, erasing to the end of the line or a number of columns, inserting and deleting lines, and colours by their
//! shortest codes.
//! `benches/README.md` says what else was tried.

mod hand;
mod pen;
mod row;
mod shift;

use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Position;

use hand::Hand;
use shift::Shift;

/// What is shorter than this is not worth looking for rows that moved.
const WORTH_A_SHIFT: usize = 200;

const BEGIN: &[u8] = b"\x1b[?2026h";
const END: &[u8] = b"\x1b[?2026l";
const CLEAR: &[u8] = b"\x1b[m\x1b[2J";
const SHOW_CURSOR: &[u8] = b"\x1b[?25h";
const HIDE_CURSOR: &[u8] = b"\x1b[?25l";

/// Knows what the terminal shows, and writes what has to change.
#[derive(Debug, Default)]
pub struct Painter {
    /// What the terminal shows; before the first frame that could be anything.
    shown: Option<Buffer>,
    /// Where the terminal shows its cursor, if it does.
    cursor: Option<Position>,
}

impl Painter {
    /// Something else has written to the terminal: the next frame is written whole.
    pub fn forget(&mut self) {
        self.shown = None;
    }

    /// What to write so that the terminal shows this screen as a whole, and its cursor there or nowhere; nothing if it
    /// does already.
    pub fn paint(&mut self, next: &Buffer, cursor: Option<Position>) -> Vec<u8> {
        let known = self.shown.take().filter(|shown| shown.area == next.area);
        let is_fresh = known.is_none();
        let mut shown = known.unwrap_or_else(|| Buffer::empty(next.area));
        let mut hand = Hand::new(next.area.width);
        if is_fresh {
            hand.write(CLEAR);
        }
        paint_cells(&mut hand, &shown, next);
        self.place_cursor(&mut hand, cursor, is_fresh);
        shown.clone_from(next);
        self.shown = Some(shown);
        as_one_frame(hand.done())
    }

    fn place_cursor(&mut self, hand: &mut Hand, cursor: Option<Position>, is_fresh: bool) {
        match cursor {
            Some(place) if hand.has_written() || self.cursor != cursor => {
                hand.go(place.x, place.y);
                if is_fresh || self.cursor.is_none() {
                    hand.write(SHOW_CURSOR);
                }
            }
            None if is_fresh || self.cursor.is_some() => hand.write(HIDE_CURSOR),
            _ => {}
        }
        self.cursor = cursor;
    }
}

/// Writes what differs between two screens; moves rows first if that makes it shorter.
fn paint_cells(hand: &mut Hand, before: &Buffer, after: &Buffer) {
    let mut in_place = hand.try_out();
    paint_rows(&mut in_place, before, after);
    if in_place.written() > WORTH_A_SHIFT
        && let Some(shift) = Shift::find(before, after)
    {
        let mut moved = before.clone();
        let mut shifted = hand.try_out();
        shift.apply(&mut shifted, &mut moved);
        paint_rows(&mut shifted, &moved, after);
        if shifted.written() < in_place.written() {
            return hand.accept(shifted);
        }
    }
    hand.accept(in_place);
}

fn paint_rows(hand: &mut Hand, before: &Buffer, after: &Buffer) {
    for (row, (before, after)) in (0..).zip(rows(before).zip(rows(after))) {
        if before != after {
            row::paint(hand, row, before, after);
        }
    }
    hand.put_pen_down();
}

fn rows(buffer: &Buffer) -> impl Iterator<Item = &[Cell]> {
    buffer.content.chunks(usize::from(buffer.area.width).max(1))
}

/// Terminals that know the marks around a frame never show half of it.
fn as_one_frame(bytes: Vec<u8>) -> Vec<u8> {
    if bytes.is_empty() { bytes } else { [BEGIN, &bytes, END].concat() }
}
