//! What is different between two plans: flows that come and flows that go, as a table in several forms.

use std::io;

use serde::Serialize;

use crate::catalogue::Catalogue;
use crate::flows::changes::State;
use crate::flows::{FlowRef, Grouping, Listing, SameHost, Since};

use super::row::{Row, row};
use super::table_form::TableForm;
use super::text;

/// Two plans to compare. They may come from different files: hosts are the same if their names are.
#[derive(Debug, Clone, Copy)]
pub struct Changes<'a> {
    /// The catalogue of both.
    pub catalogue: &'a Catalogue,
    /// The earlier state.
    pub before: State<'a>,
    /// The later state.
    pub after: State<'a>,
    /// What differs in the plans themselves, line by line: `+ host ora7`.
    pub notes: &'a [String],
}

/// What becomes of a flow.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
enum Change {
    Added,
    Removed,
}

impl Change {
    fn sign(self) -> char {
        match self {
            Self::Added => '+',
            Self::Removed => '-',
        }
    }

    fn word(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Removed => "removed",
        }
    }
}

#[derive(Serialize)]
struct Flow<'a> {
    change: Change,
    from: &'a str,
    from_address: &'a str,
    to: &'a str,
    to_address: &'a str,
    transport: &'a str,
    ports: &'a str,
    purpose: &'a str,
    source: &'a str,
}

#[derive(Serialize)]
struct Whole<'a> {
    plan: &'a [String],
    flows: Vec<Flow<'a>>,
}

const COLUMNS: [&str; 9] =
    ["change", "from", "from_address", "to", "to_address", "transport", "ports", "purpose", "source"];

impl Changes<'_> {
    /// Writes the table; says whether there is any difference.
    ///
    /// # Errors
    /// If the output cannot be written.
    pub fn write(&self, form: TableForm, out: &mut dyn io::Write) -> io::Result<bool> {
        let rows = self.rows();
        match form {
            TableForm::Text => self.write_text(&rows, out)?,
            TableForm::Csv => write_csv(&rows, out)?,
            TableForm::Json => self.write_json(&rows, out)?,
            TableForm::Markdown => self.write_markdown(&rows, out)?,
        }
        Ok(!rows.is_empty() || !self.notes.is_empty())
    }

    fn rows(&self) -> Vec<(Change, Row)> {
        let mut rows = Vec::new();
        self.gather(self.before, self.after, Change::Added, &mut rows);
        self.gather(self.after, self.before, Change::Removed, &mut rows);
        rows
    }

    /// The flows of `new` that `old` does not have.
    fn gather(&self, old: State<'_>, new: State<'_>, change: Change, rows: &mut Vec<(Change, Row)>) {
        let since = Since::new(old.plan, old.flows, new.plan);
        let listing = Listing::new(new.flows, Grouping::Flow, SameHost::Hide, None);
        let Ok(()) = listing.each(new.flows, |flow: FlowRef| {
            if since.is_new(new.flows, flow) {
                rows.push((change, row(self.catalogue, new.plan, new.flows, flow)));
            }
            Ok::<(), std::convert::Infallible>(())
        });
    }

    fn write_text(&self, rows: &[(Change, Row)], out: &mut dyn io::Write) -> io::Result<()> {
        if rows.is_empty() && self.notes.is_empty() {
            return writeln!(out, "no difference");
        }
        for note in self.notes {
            writeln!(out, "{note}")?;
        }
        let names = rows.iter().flat_map(|(_, row)| [row.from.chars().count(), row.to.chars().count()]);
        let host = names.max().unwrap_or(4).clamp(4, 40);
        if !rows.is_empty() {
            writeln!(
                out,
                "  {:host$}  {:host$}  {:5}  {:22}  PURPOSE (SOURCE)",
                "FROM", "TO", "PROTO", "PORTS"
            )?;
        }
        for (change, row) in rows {
            writeln!(
                out,
                "{} {:host$}  {:host$}  {:5}  {:22}  {} ({})",
                change.sign(),
                row.from,
                row.to,
                row.transport,
                row.ports,
                row.purpose,
                row.source
            )?;
        }
        Ok(())
    }

    fn write_json(&self, rows: &[(Change, Row)], out: &mut dyn io::Write) -> io::Result<()> {
        let flows = rows.iter().map(|(change, row)| {
            let [from, from_address, to, to_address, transport, ports, purpose, source] = row.cells();
            let change = *change;
            Flow { change, from, from_address, to, to_address, transport, ports, purpose, source }
        });
        let whole = Whole { plan: self.notes, flows: flows.collect() };
        serde_json::to_writer_pretty(&mut *out, &whole)?;
        writeln!(out)
    }

    fn write_markdown(&self, rows: &[(Change, Row)], out: &mut dyn io::Write) -> io::Result<()> {
        let (before, after) = (self.before.plan.name().as_str(), self.after.plan.name().as_str());
        let count = |wanted: Change| rows.iter().filter(|(change, _)| *change == wanted).count();
        writeln!(
            out,
            "portplan, from plan {} to plan {}: {} flow(s) added, {} removed\n",
            text::markdown(before),
            text::markdown(after),
            count(Change::Added),
            count(Change::Removed)
        )?;
        for note in self.notes {
            writeln!(out, "- {}", text::markdown(note))?;
        }
        if !self.notes.is_empty() {
            writeln!(out)?;
        }
        writeln!(out, "| Change | From | Address | To | Address | Transport | Ports | Purpose | Source |")?;
        writeln!(out, "|---|---|---|---|---|---|---|---|---|")?;
        for (change, row) in rows {
            write!(out, "| {} ", change.word())?;
            for cell in row.cells() {
                write!(out, "| {} ", text::markdown(cell))?;
            }
            writeln!(out, "|")?;
        }
        Ok(())
    }
}

fn write_csv(rows: &[(Change, Row)], out: &mut dyn io::Write) -> io::Result<()> {
    let mut writer = csv::Writer::from_writer(out);
    writer.write_record(COLUMNS)?;
    for (change, row) in rows {
        writer.write_field(change.word())?;
        for cell in row.cells() {
            writer.write_field(&*text::spreadsheet(cell))?;
        }
        writer.write_record(None::<&[u8]>)?;
    }
    writer.flush()
}
