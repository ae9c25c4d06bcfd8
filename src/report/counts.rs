//! A matrix as a table, a spreadsheet or data for a program.

use std::io::{self, Write};

use crate::catalogue::Key;
use crate::flows::{Flows, Matrix, Place};
use crate::plan::Plan;
use crate::snippets::TableForm;
use crate::snippets::text::{markdown, spreadsheet};

/// A matrix and what its places are called after.
#[derive(Debug, Clone, Copy)]
pub struct Counts<'a> {
    /// The plan.
    pub plan: &'a Plan,
    /// Its flows.
    pub flows: &'a Flows,
    /// Its groups.
    pub matrix: &'a Matrix,
}

const SUM: &str = "all";

impl Counts<'_> {
    /// Writes the counts, row by row.
    ///
    /// # Errors
    /// Where `out` fails.
    pub fn write(&self, form: TableForm, out: &mut dyn Write) -> io::Result<()> {
        match form {
            TableForm::Text => self.text(out),
            TableForm::Csv => self.csv(out),
            TableForm::Json => self.json(out),
            TableForm::Markdown => self.markdown(out),
        }
    }

    fn name(&self, place: Option<Place<'_>>) -> String {
        match place {
            Some(Place::Host(at)) => {
                self.plan.hosts().get(at.position()).map_or_else(String::new, |host| host.name.to_string())
            }
            Some(Place::Zone(Some(zone))) => zone.to_string(),
            Some(Place::Zone(None)) | None => "no zone".to_owned(),
        }
    }

    fn columns(&self) -> Vec<String> {
        (0..self.matrix.size().1).map(|at| self.name(self.matrix.column(at))).collect()
    }

    /// The network flows of a row, with their sum.
    fn row(&self, row: usize) -> Vec<u64> {
        let window = self.matrix.window(self.flows, row..row.saturating_add(1), 0..self.matrix.size().1);
        let mut cells: Vec<u64> = window.into_iter().flatten().map(|cell| cell.flows).collect();
        cells.push(cells.iter().sum());
        cells
    }

    /// The name and the cells of every row, the sums last.
    fn each(&self, mut visit: impl FnMut(&str, &[u64]) -> io::Result<()>) -> io::Result<()> {
        let (rows, columns) = self.matrix.size();
        let mut sums = vec![0; columns + 1];
        for row in 0..rows {
            let cells = self.row(row);
            for (sum, cell) in sums.iter_mut().zip(&cells) {
                *sum += cell;
            }
            visit(&self.name(self.matrix.row(row)), &cells)?;
        }
        visit(SUM, &sums)
    }

    fn text(&self, out: &mut dyn Write) -> io::Result<()> {
        let columns = self.columns();
        let length = |text: &String| text.chars().count();
        let rows = (0..self.matrix.size().0).map(|at| self.name(self.matrix.row(at)));
        let label = rows.map(|name| length(&name)).max().unwrap_or(0).clamp(9, 40);
        let widths: Vec<usize> =
            columns.iter().chain([&SUM.to_owned()]).map(|name| length(name).max(6)).collect();
        write!(out, "{:label$}", "FROM \\ TO")?;
        for (name, width) in columns.iter().map(String::as_str).chain([SUM]).zip(&widths) {
            write!(out, "  {name:>width$}")?;
        }
        writeln!(out)?;
        self.each(|name, cells| {
            write!(out, "{name:label$}")?;
            for (cell, width) in cells.iter().zip(&widths) {
                let text = if *cell == 0 { "-".to_owned() } else { cell.to_string() };
                write!(out, "  {text:>width$}")?;
            }
            writeln!(out)
        })
    }

    fn csv(&self, out: &mut dyn Write) -> io::Result<()> {
        let mut table = csv::Writer::from_writer(out);
        let columns = self.columns();
        let heads = columns.iter().map(|name| spreadsheet(name)).chain([SUM.into()]);
        let heads: Vec<_> = [std::borrow::Cow::from("from \\ to")].into_iter().chain(heads).collect();
        table.write_record(heads.iter().map(|head| head.as_bytes()))?;
        self.each(|name, cells| {
            let cells = cells.iter().map(ToString::to_string);
            let record: Vec<String> = [spreadsheet(name).into_owned()].into_iter().chain(cells).collect();
            table.write_record(&record).map_err(io::Error::from)
        })?;
        table.flush()
    }

    fn markdown(&self, out: &mut dyn Write) -> io::Result<()> {
        let columns: Vec<String> = self.columns().iter().map(|name| markdown(name)).collect();
        let heads: Vec<&str> = columns.iter().map(String::as_str).chain([SUM]).collect();
        writeln!(out, "| from \\\\ to | {} |", heads.join(" | "))?;
        writeln!(out, "|---|{}", "---:|".repeat(columns.len() + 1))?;
        self.each(|name, cells| {
            let cells: Vec<String> = cells.iter().map(ToString::to_string).collect();
            writeln!(out, "| {} | {} |", markdown(name), cells.join(" | "))
        })
    }

    fn json(&self, out: &mut dyn Write) -> io::Result<()> {
        let (rows, columns) = self.matrix.size();
        let value = |place: Option<Place<'_>>| match place {
            Some(Place::Zone(None)) | None => serde_json::Value::Null,
            named => serde_json::Value::String(self.name(named)),
        };
        let mut first = true;
        write!(out, "[")?;
        for row in 0..rows {
            let cells = self.matrix.window(self.flows, row..row + 1, 0..columns).into_iter().flatten();
            for (column, cell) in cells.enumerate().filter(|(_, cell)| *cell != crate::flows::Cell::default())
            {
                let pair = serde_json::json!({
                    "from": value(self.matrix.row(row)),
                    "to": value(self.matrix.column(column)),
                    "flows": cell.flows,
                    "same_host": cell.same_host,
                });
                write!(out, "{}{pair}", if first { "\n" } else { ",\n" })?;
                first = false;
            }
        }
        writeln!(out, "{}", if first { "]" } else { "\n]" })
    }
}
