//! A flow as one row of a table, shared by every table.

use crate::catalogue::{Catalogue, Key};
use crate::flows::explain::{origin, purpose};
use crate::flows::{FlowRef, Flows, HostIx, RuleRef, Shape, Tag};
use crate::plan::{Host, Plan};

/// A flow in words, one text for each column.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Row {
    /// The host that opens the connection.
    pub from: String,
    /// Its addresses: `10.0.0.10; 2001:db8::10`.
    pub from_addresses: String,
    /// The host it goes to.
    pub to: String,
    /// Its addresses.
    pub to_addresses: String,
    /// `tcp` or `udp`.
    pub transport: String,
    /// `445; 2500-3300`, `1058+`, `6162 or 2500-3300`.
    pub ports: String,
    /// What it is for; several purposes have ` / ` between them.
    pub purpose: String,
    /// The rules that ask for it: `ahv row 31; ahv row 59`.
    pub source: String,
    /// What its reader must know: `doubt; fallback`.
    pub tags: String,
}

impl Row {
    /// The columns that every table shows, in their order; tags are left to those that have room.
    pub fn cells(&self) -> [&str; 8] {
        let Self { from, from_addresses, to, to_addresses, transport, ports, purpose, source, tags: _ } =
            self;
        [from, from_addresses, to, to_addresses, transport, ports, purpose, source]
    }
}

/// Between the entries of a cell. A comma would make one number of `135,445` in a spreadsheet.
const SEPARATOR: &str = "; ";

/// The row of a flow.
pub fn row(catalogue: &Catalogue, plan: &Plan, flows: &Flows, flow: FlowRef) -> Row {
    let shape = flows.shape(flow.shape);
    let end = |at: HostIx| plan.hosts().get(at.position()).map_or_else(Default::default, host_cells);
    let ([from, from_addresses], [to, to_addresses]) = (end(flow.from), end(flow.to));
    let [transport, ports, purpose, source] = shape_cells(catalogue, plan, shape);
    let tags = tags_cell(flows, flow);
    Row { from, from_addresses, to, to_addresses, transport, ports, purpose, source, tags }
}

/// Name and addresses.
pub(super) fn host_cells(host: &Host) -> [String; 2] {
    [host.name.to_string(), addresses(host).join(SEPARATOR)]
}

/// What a flow's reader must know.
pub(super) fn tags_cell(flows: &Flows, flow: FlowRef) -> String {
    let tags: Vec<&str> = flows.tags(flow).into_iter().map(Tag::text).collect();
    tags.join(SEPARATOR)
}

/// Transport, ports, purpose and source.
pub(super) fn shape_cells(catalogue: &Catalogue, plan: &Plan, shape: &Shape) -> [String; 4] {
    [
        shape.transport.to_string(),
        shape.ports.text(SEPARATOR),
        purposes(catalogue, plan, shape.reasons.iter().copied()),
        sources(catalogue, plan, &shape.reasons),
    ]
}

/// The host's addresses as written in the plan.
pub(super) fn addresses(host: &Host) -> Vec<String> {
    host.addresses.iter().map(ToString::to_string).collect()
}

/// What rules are for, without repeats.
pub(super) fn purposes(catalogue: &Catalogue, plan: &Plan, rules: impl Iterator<Item = RuleRef>) -> String {
    let purposes = rules.map(|rule| purpose(catalogue, plan, rule));
    let mut known: Vec<&str> = Vec::new();
    for purpose in purposes {
        if !known.contains(&purpose) {
            known.push(purpose);
        }
    }
    known.join(" / ")
}

/// Rows of one page may have become several rules; each place is named once.
fn sources(catalogue: &Catalogue, plan: &Plan, rules: &[RuleRef]) -> String {
    let mut places: Vec<String> =
        rules.iter().filter_map(|rule| Some(origin(catalogue, plan, *rule)?.short())).collect();
    places.dedup();
    places.join(SEPARATOR)
}
