//! Rows and columns: what each column holds is proposed from headings and contents, and the operator can say otherwise.

mod guess;

use thiserror::Error;

use crate::catalogue::{Catalogue, nearest};
use crate::plan::shown::{brief, shown};

use super::collect::{Collector, Draft};
use super::kind::plain;
use super::words::is_blank_word;
use super::{Import, Kind, Place, Reason, Unread};

pub(super) use guess::{is_name_heading, is_other_heading};

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Field {
    /// Nothing that a plan has a place for.
    Nothing,
    /// The host's name.
    Name,
    /// Addresses, any number in a cell.
    Addresses,
    /// The system.
    System,
    /// Roles, by id, label or alias.
    Roles,
    /// The zone.
    Zone,
    /// The site.
    Site,
    /// A remark.
    Note,
}

impl Field {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 8] = [
        Self::Name,
        Self::Addresses,
        Self::System,
        Self::Roles,
        Self::Zone,
        Self::Site,
        Self::Note,
        Self::Nothing,
    ];

    /// The word for it, on the screen and on the command line.
    pub fn word(self) -> &'static str {
        match self {
            Self::Nothing => "nothing",
            Self::Name => "name",
            Self::Addresses => "addresses",
            Self::System => "system",
            Self::Roles => "role",
            Self::Zone => "zone",
            Self::Site => "site",
            Self::Note => "note",
        }
    }

    /// Whether only one column can hold it.
    fn is_single(self) -> bool {
        matches!(self, Self::Name | Self::System | Self::Zone | Self::Site)
    }

    fn of_word(word: &str) -> Option<Self> {
        match plain(word).as_str() {
            "address" | "ip" | "ips" => Some(Self::Addresses),
            "roles" => Some(Self::Roles),
            "os" => Some(Self::System),
            "notes" => Some(Self::Note),
            word => Self::ALL.into_iter().find(|field| field.word() == word),
        }
    }
}

/// Whether the first row says what the columns hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Headings {
    /// It does.
    FirstRow,
    /// It is a host like the others.
    None,
}

/// One row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Its first line, from 1.
    pub line: usize,
    /// Its cells.
    pub cells: Vec<String>,
}

/// Why columns cannot be chosen that way.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ColumnError {
    /// No `=` in a part.
    #[error("\"{}\" is not understood; write name=1,addresses=3, or a heading in place of a number", brief(.0))]
    Form(String),
    /// Not a field.
    #[error("columns hold {}; not \"{}\"", fields(), brief(.0))]
    Field(String),
    /// No such column.
    #[error("there is no column \"{}\"{}; the columns are {}", brief(.found), near(.nearest.as_deref()), brief_list(.known))]
    Column {
        /// What was asked for.
        found: String,
        /// The heading that is most like it.
        nearest: Option<String>,
        /// The headings.
        known: Vec<String>,
    },
}

fn fields() -> String {
    Field::ALL.map(Field::word).join(", ")
}

fn near(nearest: Option<&str>) -> String {
    nearest.map_or(String::new(), |nearest| format!(", did you mean \"{}\"?", brief(nearest)))
}

/// The heading that is most like a word; case does not count.
fn like(wanted: &str, known: &[String]) -> Option<String> {
    let small: Vec<String> = known.iter().map(|heading| heading.to_lowercase()).collect();
    let found = nearest(wanted, small.iter().map(String::as_str))?;
    small.iter().position(|heading| heading == found).and_then(|at| known.get(at)).cloned()
}

fn brief_list(words: &[String]) -> String {
    let numbered = |(at, word): (usize, &String)| format!("{} {}", at + 1, brief(word));
    words.iter().take(40).enumerate().map(numbered).collect::<Vec<_>>().join(", ")
}

/// Rows and columns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    kind: Kind,
    rows: Vec<Row>,
    headings: Headings,
    columns: Vec<Field>,
    unread: Vec<Unread>,
    notes: Vec<String>,
}

impl Table {
    /// A table with a proposal of what its columns hold; `unread` and `notes` are what there is to say so far.
    pub fn new(
        kind: Kind,
        rows: Vec<Row>,
        unread: Vec<Unread>,
        notes: Vec<String>,
        catalogue: &Catalogue,
    ) -> Self {
        let width = rows.iter().map(|row| row.cells.len()).max().unwrap_or(0);
        let columns = vec![Field::Nothing; width];
        let mut table = Self { kind, rows, headings: Headings::None, columns, unread, notes };
        guess::propose(&mut table, catalogue);
        table
    }

    /// What the table comes from.
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// What each column holds.
    pub fn columns(&self) -> &[Field] {
        &self.columns
    }

    /// Whether the first row says what the columns hold.
    pub fn headings(&self) -> Headings {
        self.headings
    }

    /// Takes the first row for headings, or for a host.
    pub fn set_headings(&mut self, headings: Headings) {
        self.headings = headings;
    }

    /// The heading of a column, or its number, fit to be shown.
    pub fn heading(&self, column: usize) -> String {
        match self.own_heading(column) {
            Some(heading) => brief(heading),
            None => format!("column {}", column + 1),
        }
    }

    fn own_heading(&self, column: usize) -> Option<&str> {
        let row = self.rows.first().filter(|_| self.headings == Headings::FirstRow)?;
        row.cells.get(column).map(|cell| cell.trim()).filter(|cell| !cell.is_empty())
    }

    /// The rows that are not headings.
    pub fn body(&self) -> &[Row] {
        let skip = usize::from(self.headings == Headings::FirstRow);
        self.rows.get(skip..).unwrap_or_default()
    }

    /// The first thing that stands in a column, fit to be shown.
    pub fn example(&self, column: usize) -> Option<String> {
        let cells = self.body().iter().take(100).filter_map(|row| row.cells.get(column));
        cells.map(|cell| cell.trim()).find(|cell| !cell.is_empty()).map(brief)
    }

    /// Says what a column holds. Where only one column can hold it, the one that did holds nothing then.
    pub fn set_column(&mut self, column: usize, field: Field) {
        if field.is_single() {
            for held in self.columns.iter_mut().filter(|held| **held == field) {
                *held = Field::Nothing;
            }
        }
        if let Some(held) = self.columns.get_mut(column) {
            *held = field;
        }
    }

    /// Says what the columns hold, as the command line has it: `name=1,addresses=IP Address`. What is not named holds
    /// nothing.
    ///
    /// # Errors
    /// If that is not understood; nothing is changed then.
    pub fn choose(&mut self, text: &str) -> Result<(), ColumnError> {
        let mut chosen = Vec::new();
        for part in text.split(',').filter(|part| !part.trim().is_empty()) {
            let (field, column) =
                part.split_once('=').ok_or_else(|| ColumnError::Form(part.trim().to_owned()))?;
            let field = Field::of_word(field).ok_or_else(|| ColumnError::Field(field.trim().to_owned()))?;
            chosen.push((self.find_column(column.trim())?, field));
        }
        self.columns.fill(Field::Nothing);
        for (column, field) in chosen {
            self.set_column(column, field);
        }
        Ok(())
    }

    /// A heading comes before a number: years and port numbers are headings, too.
    fn find_column(&self, wanted: &str) -> Result<usize, ColumnError> {
        let named = |column: &usize| self.own_heading(*column).is_some_and(|own| plain(own) == plain(wanted));
        let by_name = (0..self.columns.len()).find(named).filter(|_| !plain(wanted).is_empty());
        let number = wanted.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
        by_name.or(number).filter(|column| *column < self.columns.len()).ok_or_else(|| {
            let known: Vec<String> = (0..self.columns.len()).map(|column| self.heading(column)).collect();
            ColumnError::Column { found: wanted.to_owned(), nearest: like(wanted, &known), known }
        })
    }

    /// The hosts, as the columns are chosen now.
    pub fn import(&self, catalogue: &Catalogue) -> Import {
        let mut collector = Collector::new(catalogue);
        let name = self.columns.iter().position(|field| *field == Field::Name);
        let names: Vec<String> = (0..self.columns.len()).map(|column| self.heading(column)).collect();
        let headed = match self.headings {
            Headings::FirstRow => self.rows.first().map_or(0, |row| row.cells.len()),
            Headings::None => usize::MAX,
        };
        for row in self.body() {
            if row.cells.iter().any(|cell| !cell.trim().is_empty()) {
                self.read_row(row, name, headed, &names, &mut collector);
            }
        }
        if let Some(note) = self.unused(&names, headed) {
            collector.note(note);
        }
        let mut import = collector.finish(self.kind);
        import.unread.splice(0..0, self.unread.iter().cloned());
        import.notes.splice(0..0, self.notes.iter().cloned());
        import
    }

    fn read_row(&self, row: &Row, name: Option<usize>, headed: usize, names: &[String], to: &mut Collector) {
        let line = Place::Line(row.line);
        let mut draft = Draft::default();
        for ((at, cell), field) in row.cells.iter().enumerate().zip(&self.columns) {
            if cell.trim().is_empty() || *field == Field::Name {
                continue;
            }
            let heading = names.get(at).map_or("", String::as_str);
            let place = || Place::Cell(row.line, heading.to_owned());
            match field {
                Field::Nothing if at >= headed => to.unread(Place::Line(row.line), cell, Reason::Surplus),
                Field::Nothing | Field::Name => {}
                _ if is_blank_word(cell) => {}
                Field::Addresses => to.addresses(&mut draft, &place(), cell),
                Field::System => to.system(&mut draft, &place(), heading, cell),
                Field::Roles => to.roles(&mut draft, &place(), cell),
                Field::Zone => to.zone(&mut draft, &place(), cell),
                Field::Site => to.site(&mut draft, &place(), cell),
                Field::Note => to.remark(&mut draft, &place(), cell),
            }
        }
        let cell = name.map(|name| row.cells.get(name).map_or("", String::as_str));
        match cell {
            Some(cell) if !is_blank_word(cell) => to.put(line, cell, draft),
            Some(_) => to.unread(line, &row.cells.join(", "), Reason::NoName),
            None => to.unread(line, &row.cells.join(", "), Reason::NoNameColumn),
        }
    }

    /// Names the columns that hold something and are not read.
    fn unused(&self, names: &[String], headed: usize) -> Option<String> {
        let mut used = vec![false; self.columns.len()];
        for row in self.body() {
            for (used, cell) in used.iter_mut().zip(&row.cells) {
                *used |= !cell.trim().is_empty();
            }
        }
        let idle = self.columns.iter().zip(used).zip(names).take(headed);
        let idle: Vec<&str> = idle
            .filter(|((field, used), _)| **field == Field::Nothing && *used)
            .map(|(_, name)| name.as_str())
            .collect();
        (!idle.is_empty()).then(|| shown(&format!("columns that were not read: {}", idle.join(", "))))
    }
}
