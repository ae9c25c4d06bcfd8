//! A Markdown table, for tickets.

use std::io;

use crate::flows::FlowRef;

use super::row::{Row, row};
use super::target::{Content, Facts, Form, Group, ListForm};
use super::{Request, text};

/// What is known about the target.
pub(super) const FACTS: Facts = Facts {
    id: "markdown",
    label: "Markdown table",
    extension: "md",
    group: Group::Ticket,
    form: Form::Listed(ListForm { content: Content::Text, most: u64::MAX, write }),
};

/// Writes a line about the selection and the table.
fn write(request: &Request<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    let Request { catalogue, plan, flows, selection, scope, .. } = request;
    writeln!(
        out,
        "portplan, plan {}, edition {}, {}: {} flow(s)\n",
        text::markdown(plan.name().as_str()),
        text::markdown(&request.catalogue.edition_words()),
        text::markdown(scope),
        selection.len(flows)
    )?;
    writeln!(out, "| From | Address | To | Address | Transport | Ports | Purpose | Source |")?;
    writeln!(out, "|---|---|---|---|---|---|---|---|")?;
    selection.each(flows, |flow: FlowRef| line(&row(catalogue, plan, flows, flow), out))
}

fn line(row: &Row, out: &mut dyn io::Write) -> io::Result<()> {
    for cell in row.cells() {
        write!(out, "| {} ", text::markdown(cell))?;
    }
    writeln!(out, "|")
}
