//! Comma-separated values, for spreadsheets.

use std::collections::HashMap;
use std::io;

use csv::{ErrorKind, Writer};

use crate::catalogue::Key;
use crate::flows::{HostIx, ShapeId};

use super::row::{host_cells, shape_cells};
use super::target::{Content, Facts, Form, Group, ListForm};
use super::{Request, text};

/// What is known about the target.
pub(super) const FACTS: Facts = Facts {
    id: "csv",
    label: "CSV table",
    extension: "csv",
    group: Group::Ticket,
    form: Form::Listed(ListForm { content: Content::Text, most: u64::MAX, write }),
};

const COLUMNS: [&str; 8] =
    ["from", "from_address", "to", "to_address", "transport", "ports", "purpose", "source"];

/// Writes the column names and one record per flow.
fn write(request: &Request<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    let Request { catalogue, plan, flows, selection, .. } = request;
    let mut writer = Writer::from_writer(out);
    writer.write_record(COLUMNS).map_err(plain)?;
    // A flow's cells are its hosts' and its shape's, and there are far fewer of those than of flows.
    let safe = |cell: String| text::spreadsheet(&cell).into_owned();
    let hosts: Vec<[String; 2]> = plan.hosts().iter().map(|host| host_cells(host).map(safe)).collect();
    let mut shapes: HashMap<ShapeId, [String; 4]> = HashMap::new();
    let host = |at: HostIx| hosts.get(at.position()).into_iter().flatten();
    selection.each(flows, |flow| {
        let shape = shapes
            .entry(flow.shape)
            .or_insert_with(|| shape_cells(catalogue, plan, flows.shape(flow.shape)).map(safe));
        for cell in host(flow.from).chain(host(flow.to)) {
            writer.write_field(cell).map_err(plain)?;
        }
        writer.write_record(&*shape).map_err(plain)
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
