//! What stands where on the screen, as drawing reports it.

use super::Spot;
use crate::app::command::Command;
use crate::app::layers::FormField;
use crate::app::layers::import::Section;

/// A list or a text on the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum List {
    /// The hosts.
    Hosts,
    /// The options.
    Options,
    /// The flows.
    Flows,
    /// The reasons of the selected flow.
    Why,
    /// The snippet.
    Rules,
    /// The flows that came and went.
    Changes,
    /// The findings.
    Checks,
    /// The matrix.
    Matrix,
    /// The list of the top dialog.
    Dialog,
    /// The scopes of the dialog that copies.
    Scopes,
    /// The formats of the dialog that copies.
    Formats,
    /// A part of the dialog that brings hosts in.
    Import(Section),
}

/// A border that can be dragged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Divider {
    /// Between the left column and the main pane.
    Left,
    /// Between the flows and their reasons.
    Why,
}

/// What stands in a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Place {
    /// A pane or dialog with a list, apart from its lines.
    Body(List),
    /// A line of a list, from 0.
    Row(List, u64),
    /// A cell of the matrix: its row and its column, from 0.
    Cell(u64, u64),
    /// The box at the beginning of a line.
    Mark(List, u64),
    /// The name of a command that a click runs.
    Command(Command),
    /// A border, and the present size of what it belongs to.
    Divider(Divider, u16),
    /// A field of the form.
    Field(FormField),
    /// One of a field's choices, from 0.
    Choice(FormField, usize),
    /// One of the choices of the top dialog, from 0.
    Pick(usize),
    /// Nothing: a dialog, or what lies behind one.
    Nothing,
}

/// A rectangle of the screen and what stands in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Hit {
    /// The first column.
    pub column: u16,
    /// The first row.
    pub row: u16,
    /// How many columns.
    pub width: u16,
    /// How many rows.
    pub height: u16,
    /// What stands there.
    pub place: Place,
}

impl Hit {
    /// Whether the place is part of it.
    pub fn contains(&self, spot: Spot) -> bool {
        let within = |at: u16, start: u16, size: u16| at >= start && at - start < size;
        within(spot.column, self.column, self.width) && within(spot.row, self.row, self.height)
    }
}

/// Everything on the screen that answers to the mouse; what was drawn later lies above.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Hits(Vec<Hit>);

impl Hits {
    /// Puts something above what is there.
    pub fn push(&mut self, hit: Hit) {
        self.0.push(hit);
    }

    /// What stands in a place.
    pub fn at(&self, spot: Spot) -> Option<Place> {
        self.0.iter().rev().find(|hit| hit.contains(spot)).map(|hit| hit.place)
    }

    /// All of them, the lowest first.
    pub fn iter(&self) -> impl Iterator<Item = &Hit> {
        self.0.iter()
    }
}
