//! The matrix: who reaches whom, as counts. A cell leads to its flows, and from there back to the cell.

use crate::catalogue::Key;
use crate::flows::search::whole;
use crate::flows::{Axis, Cell, Matrix, Place, SameHost};

use super::command::{Command, Context};
use super::list::{ListState, Step};
use super::message::Tone;
use super::{App, Focus, View};

/// State of the matrix.
#[derive(Debug, Default)]
pub struct MatrixView {
    /// The cursor among the rows.
    pub rows: ListState,
    /// The cursor among the columns.
    pub columns: ListState,
    matrix: Option<Matrix>,
    /// What rows and columns stand for, as the operator chose.
    axes: Option<(Axis, Axis)>,
    /// The state of the plan that was counted.
    counted: Option<u64>,
    back: Option<Back>,
}

/// The way back from the flows of a cell.
#[derive(Debug)]
struct Back {
    /// The search that shows the cell's flows; another one ends the way back.
    search: String,
    search_before: String,
    same_host_before: SameHost,
}

const AXES: [(Axis, Axis); 4] = [
    (Axis::Zones, Axis::Zones),
    (Axis::Hosts, Axis::Zones),
    (Axis::Zones, Axis::Hosts),
    (Axis::Hosts, Axis::Hosts),
];

impl MatrixView {
    /// The matrix, as soon as it was asked for.
    pub fn matrix(&self) -> Option<&Matrix> {
        self.matrix.as_ref()
    }

    /// Row and column of the selected cell.
    pub fn selected(&self) -> (usize, usize) {
        (self.rows.index(), self.columns.index())
    }

    fn size(&self) -> (u64, u64) {
        let (rows, columns) = self.matrix.as_ref().map_or((0, 0), Matrix::size);
        (rows as u64, columns as u64)
    }

    pub(super) fn seen(&mut self, rows: u16, columns: u16) {
        let (row_count, column_count) = self.size();
        self.rows.seen(rows, row_count);
        self.columns.seen(columns, column_count);
    }

    pub(super) fn step_row(&mut self, step: Step) {
        self.rows.step(step, self.size().0);
    }

    fn step_column(&mut self, step: Step) {
        self.columns.step(step, self.size().1);
    }

    pub(super) fn wheel(&mut self, by: i64) {
        self.rows.wheel(by, self.size().0);
    }

    pub(super) fn select(&mut self, row: u64, column: u64) {
        let (rows, columns) = self.size();
        self.rows.go(row, rows);
        self.columns.go(column, columns);
    }
}

impl App {
    /// The matrix.
    pub fn matrix_view(&self) -> &MatrixView {
        &self.matrix
    }

    /// What a row or column of the matrix is called.
    pub fn place_words(&self, place: Place<'_>) -> String {
        match place {
            Place::Host(at) => self.plan.hosts().get(at.position()).map_or("?", |host| host.name.as_str()),
            Place::Zone(zone) => zone.map_or("no zone", |zone| zone.as_str()),
        }
        .to_owned()
    }

    /// What the selected cell counts.
    pub fn selected_cell(&self) -> Option<Cell> {
        let (row, column) = self.matrix.selected();
        let matrix = self.matrix.matrix()?;
        matrix.row(row)?;
        matrix.column(column)?;
        Some(matrix.cell(&self.flows, row, column))
    }

    /// While the matrix is on the screen, it follows the plan.
    pub(super) fn refresh_matrix(&mut self) {
        let revision = self.history.revision();
        if self.view != View::Matrix || self.matrix.counted == Some(revision) {
            return;
        }
        let has_zones = || self.plan.hosts().iter().any(|host| self.plan.zone_of(host).is_some());
        let proposed = || if has_zones() { (Axis::Zones, Axis::Zones) } else { (Axis::Hosts, Axis::Hosts) };
        let (rows, columns) = self.matrix.axes.unwrap_or_else(proposed);
        self.matrix.matrix = Some(Matrix::new(&self.plan, &self.flows, rows, columns));
        self.matrix.counted = Some(revision);
        let (row, column) = (self.matrix.rows.cursor(), self.matrix.columns.cursor());
        self.matrix.select(row, column);
    }

    pub(super) fn run_matrix_command(&mut self, command: Command) {
        match command {
            Command::Left => self.matrix.step_column(Step::Up),
            Command::Right => self.matrix.step_column(Step::Down),
            Command::PageLeft => self.matrix.step_column(Step::PageUp),
            Command::PageRight => self.matrix.step_column(Step::PageDown),
            Command::FirstColumn => self.matrix.step_column(Step::First),
            Command::LastColumn => self.matrix.step_column(Step::Last),
            Command::SwitchAxes => self.switch_axes(),
            Command::OpenCell => self.open_cell(),
            _ => {}
        }
    }

    fn switch_axes(&mut self) {
        let present = self.matrix.matrix().map(Matrix::axes);
        let at = AXES.iter().position(|axes| Some(*axes) == present).map_or(0, |at| at + 1);
        self.matrix.axes = AXES.get(at % AXES.len()).copied();
        self.matrix.counted = None;
        self.matrix.select(0, 0);
    }

    /// Shows the flows of the selected cell, by a search that finds them and no others.
    pub(super) fn open_cell(&mut self) {
        let (row, column) = self.matrix.selected();
        let Some((from, to)) =
            self.matrix.matrix().and_then(|matrix| matrix.row(row).zip(matrix.column(column)))
        else {
            return;
        };
        let cell = self.selected_cell().unwrap_or_default();
        let (from_words, to_words) = (self.place_words(from), self.place_words(to));
        if cell == Cell::default() {
            self.say(Tone::Failed, format!("no flow goes from {from_words} to {to_words}"));
            return;
        }
        let search =
            format!("{} {}", self.pinned(from, "from:", "from-zone:"), self.pinned(to, "to:", "to-zone:"));
        self.matrix.back = Some(Back {
            search: search.clone(),
            search_before: self.flow_view.search.text().to_owned(),
            same_host_before: self.flow_view.same_host,
        });
        if cell.flows == 0 {
            self.flow_view.same_host = SameHost::Show;
        }
        self.search_for(search);
        let ask = self.keys.ask(Context::Flows, Command::ClearSearch);
        self.say(Tone::Done, format!("from {from_words} to {to_words}; {ask} to go back to the matrix"));
    }

    fn pinned(&self, place: Place<'_>, host_pin: &str, zone_pin: &str) -> String {
        match place {
            Place::Host(_) => whole(host_pin, &self.place_words(place)),
            Place::Zone(zone) => whole(zone_pin, zone.map_or("", |zone| zone.as_str())),
        }
    }

    fn search_for(&mut self, search: String) {
        self.flow_view.search.set(search);
        (self.view, self.focus) = (View::Flows, Focus::Main);
        self.relist_in_place();
        self.flow_view.list.go(0, self.flow_view.listing().len());
    }

    /// From the flows of a cell back to the cell; says whether that was the way.
    pub(super) fn go_back_to_cell(&mut self) -> bool {
        let Some(back) = self.matrix.back.take() else { return false };
        if self.view != View::Flows || back.search != self.flow_view.search.text() {
            return false;
        }
        self.flow_view.same_host = back.same_host_before;
        self.search_for(back.search_before);
        self.view = View::Matrix;
        true
    }
}
