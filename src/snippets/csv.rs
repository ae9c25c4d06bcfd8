//! Comma-separated values, for spreadsheets.

use std::io;

use csv::Writer;

use super::row::row;
use super::{Request, text};

const COLUMNS: [&str; 8] =
    ["from", "from_address", "to", "to_address", "transport", "ports", "purpose", "source"];

/// Writes the column names and one record per flow.
pub(super) fn write(request: &Request<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    let Request { catalogue, plan, flows, selection, .. } = request;
    let mut writer = Writer::from_writer(out);
    writer.write_record(COLUMNS)?;
    selection.each(flows, |flow| {
        let row = row(catalogue, plan, flows, flow);
        writer.write_record(row.cells().map(|cell| text::spreadsheet(cell).into_owned()))
    })?;
    writer.flush()
}
