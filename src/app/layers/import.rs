//! Hosts from elsewhere before they are brought in: what the columns hold, the hosts that come of it, and what could not
//! be read.

use std::collections::HashMap;

use crate::app::list::ListState;
use crate::catalogue::Catalogue;
use crate::plan::Plan;
use crate::plan::import::{Arrival, Field, Headings, Import, Source, Table, arrival};

use super::paste::Stage;

/// The parts of the dialog.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Section {
    /// What the columns of a table hold.
    Columns,
    /// The hosts.
    Hosts,
    /// What could not be read, and notes.
    Unread,
}

/// How many hosts there are of each sort.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Sums {
    /// The plan does not have them.
    pub new: usize,
    /// The plan has them, and they gain something.
    pub gain: usize,
    /// The plan has all of them.
    pub known: usize,
    /// Guesses about any of them.
    pub guesses: usize,
}

/// The dialog.
#[derive(Debug)]
pub struct ImportPreview {
    /// Where the hosts come from, fit to be shown.
    pub name: String,
    /// How far the dialog is.
    pub stage: Stage,
    /// The part that has the keyboard.
    pub section: Section,
    /// Cursor of the columns.
    pub columns: ListState,
    /// Cursor of the hosts.
    pub hosts: ListState,
    /// Cursor of what could not be read.
    pub unread: ListState,
    source: Source,
    import: Import,
    arrivals: Vec<Arrival>,
    sums: Sums,
}

impl ImportPreview {
    /// A preview of what a source would bring into a plan. A table whose columns are not known asks for them first.
    pub fn new(name: String, source: Source, catalogue: &Catalogue, plan: &Plan) -> Self {
        let import = source.import(catalogue);
        let mut preview = Self {
            name,
            stage: Stage::Asks,
            section: Section::Hosts,
            columns: ListState::default(),
            hosts: ListState::default(),
            unread: ListState::default(),
            source,
            import,
            arrivals: Vec::new(),
            sums: Sums::default(),
        };
        preview.compare(plan);
        preview.section = match (preview.table(), preview.import.hosts.is_empty()) {
            (Some(_), true) => Section::Columns,
            (None, true) => Section::Unread,
            (_, false) => Section::Hosts,
        };
        preview
    }

    fn compare(&mut self, plan: &Plan) {
        let there: HashMap<&str, _> = plan.hosts().iter().map(|host| (host.name.as_str(), host)).collect();
        let of = |host: &crate::plan::import::NewHost| arrival(there.get(host.name.as_str()).copied(), host);
        self.arrivals = self.import.hosts.iter().map(of).collect();
        self.sums = Sums { guesses: self.import.guesses(), ..Sums::default() };
        for arrival in &self.arrivals {
            match arrival {
                Arrival::New => self.sums.new += 1,
                Arrival::Gains { .. } => self.sums.gain += 1,
                Arrival::Known => self.sums.known += 1,
            }
        }
    }

    /// What is known, as the columns are chosen now.
    pub fn import(&self) -> &Import {
        &self.import
    }

    /// What each host would do to the plan.
    pub fn arrivals(&self) -> &[Arrival] {
        &self.arrivals
    }

    /// How many hosts there are of each sort.
    pub fn sums(&self) -> Sums {
        self.sums
    }

    /// The table, if the source is one.
    pub fn table(&self) -> Option<&Table> {
        match &self.source {
            Source::Table(table) => Some(table),
            Source::Ready(_) => None,
        }
    }

    /// Whether the operator can say what columns hold.
    pub fn asks_for_columns(&self) -> bool {
        self.stage == Stage::Asks && self.table().is_some()
    }

    /// The parts that there are.
    pub fn sections(&self) -> impl Iterator<Item = Section> {
        let columns = self.asks_for_columns();
        let hosts = self.stage == Stage::Asks;
        let unread = self.len(Section::Unread) > 0;
        [(Section::Columns, columns), (Section::Hosts, hosts), (Section::Unread, unread)]
            .into_iter()
            .filter(|(_, is_there)| *is_there)
            .map(|(section, _)| section)
    }

    /// How many lines a part has.
    pub fn len(&self, section: Section) -> u64 {
        let len = match section {
            Section::Columns => self.table().map_or(0, |table| table.columns().len()),
            Section::Hosts => self.import.hosts.len(),
            Section::Unread => self.import.unread.len() + self.import.notes.len(),
        };
        len as u64
    }

    /// The cursor of a part.
    pub fn list(&self, section: Section) -> &ListState {
        match section {
            Section::Columns => &self.columns,
            Section::Hosts => &self.hosts,
            Section::Unread => &self.unread,
        }
    }

    /// The cursor of the part that has the keyboard, and how many lines it has.
    pub fn focused(&mut self) -> (&mut ListState, u64) {
        let len = self.len(self.section);
        let list = match self.section {
            Section::Columns => &mut self.columns,
            Section::Hosts => &mut self.hosts,
            Section::Unread => &mut self.unread,
        };
        (list, len)
    }

    /// Goes to the next part, or to the one before.
    pub fn next_section(&mut self, forward: bool) {
        let sections: Vec<Section> = self.sections().collect();
        let at = sections.iter().position(|section| *section == self.section).unwrap_or(0);
        let next = if forward { at + 1 } else { at + sections.len().saturating_sub(1) };
        if let Some(section) = sections.get(next % sections.len().max(1)) {
            self.section = *section;
        }
    }

    /// Lets the column under the cursor hold the next thing, or the one before.
    pub fn change_column(&mut self, forward: bool, catalogue: &Catalogue, plan: &Plan) {
        let at = self.columns.index();
        let Source::Table(table) = &mut self.source else { return };
        let Some(held) = table.columns().get(at) else { return };
        let place = Field::ALL.iter().position(|field| field == held).unwrap_or(0);
        let next = if forward { place + 1 } else { place + Field::ALL.len() - 1 };
        if let Some(field) = Field::ALL.get(next % Field::ALL.len()) {
            table.set_column(at, *field);
        }
        self.read_again(catalogue, plan);
    }

    /// Takes the first row for headings, or for a host.
    pub fn switch_headings(&mut self, catalogue: &Catalogue, plan: &Plan) {
        let Source::Table(table) = &mut self.source else { return };
        table.set_headings(match table.headings() {
            Headings::FirstRow => Headings::None,
            Headings::None => Headings::FirstRow,
        });
        self.read_again(catalogue, plan);
    }

    fn read_again(&mut self, catalogue: &Catalogue, plan: &Plan) {
        self.import = self.source.import(catalogue);
        self.compare(plan);
        let (hosts, unread) = (self.len(Section::Hosts), self.len(Section::Unread));
        self.hosts.go(self.hosts.cursor(), hosts);
        self.unread.go(self.unread.cursor(), unread);
    }
}
