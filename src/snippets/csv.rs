//! Comma-separated values, for spreadsheets.

use std::io;

use csv::{ErrorKind, Writer};

use super::row::row;
use super::{Request, text};

const COLUMNS: [&str; 8] =
    ["from", "from_address", "to", "to_address", "transport", "ports", "purpose", "source"];

/// Writes the column names and one record per flow.
pub(super) fn write(request: &Request<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    let Request { catalogue, plan, flows, selection, .. } = request;
    let mut writer = Writer::from_writer(out);
    writer.write_record(COLUMNS).map_err(plain)?;
    selection.each(flows, |flow| {
        let row = row(catalogue, plan, flows, flow);
        writer.write_record(row.cells().map(|cell| text::spreadsheet(cell).into_owned())).map_err(plain)
    })?;
    writer.flush()
}

/// The library wraps errors of the output, which would hide that its reader went away.
fn plain(error: csv::Error) -> io::Error {
    let text = error.to_string();
    match error.into_kind() {
        ErrorKind::Io(error) => error,
        _ => io::Error::other(text),
    }
}
