//! An array of objects, for programs: one flow a line, so that two files can be compared.

use std::io;

use serde::Serialize;

use crate::catalogue::{Key, PortItem, PortKind, Transport};
use crate::flows::explain::{Origin, origin, purpose};
use crate::flows::{FlowRef, HostIx, RuleRef, Tag};

use super::Request;
use super::row::addresses;
use super::target::{Content, Facts, Form, Group, ListForm};

/// What is known about the target.
pub(super) const FACTS: Facts = Facts {
    id: "json",
    label: "JSON list",
    extension: "json",
    group: Group::Ticket,
    form: Form::Listed(ListForm { content: Content::Text, most: u64::MAX, write }),
};

#[derive(Serialize)]
struct Record<'a> {
    from: End<'a>,
    to: End<'a>,
    transport: Transport,
    ports: Vec<Ports>,
    tags: Vec<&'static str>,
    reasons: Vec<Because<'a>>,
}

#[derive(Serialize, Default)]
struct End<'a> {
    host: &'a str,
    address: Vec<String>,
}

#[derive(Serialize)]
struct Ports {
    from: u16,
    to: u16,
    open: bool,
    fallback: bool,
}

#[derive(Serialize)]
struct Because<'a> {
    rule: String,
    page: Option<&'a str>,
    row: Option<u16>,
    purpose: &'a str,
}

/// Writes the array.
fn write(request: &Request<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    let mut before = "[\n";
    request.selection.each(request.flows, |flow| {
        write!(out, "{before}  ")?;
        before = ",\n";
        serde_json::to_writer(&mut *out, &record(request, flow)).map_err(io::Error::from)
    })?;
    out.write_all(if before == ",\n" { b"\n]\n" } else { b"[]\n" })
}

fn record<'a>(request: &Request<'a>, flow: FlowRef) -> Record<'a> {
    let shape = request.flows.shape(flow.shape);
    Record {
        from: end(request, flow.from),
        to: end(request, flow.to),
        transport: shape.transport,
        ports: shape.ports.items().map(ports).collect(),
        tags: request.flows.tags(flow).into_iter().map(Tag::text).collect(),
        reasons: shape.reasons.iter().filter_map(|rule| because(request, *rule)).collect(),
    }
}

fn end<'a>(request: &Request<'a>, at: HostIx) -> End<'a> {
    let host = request.plan.hosts().get(at.position());
    host.map_or_else(End::default, |host| End { host: host.name.as_str(), address: addresses(host) })
}

fn ports(item: PortItem) -> Ports {
    Ports {
        from: item.range.from().number(),
        to: item.range.to().number(),
        open: item.kind == PortKind::OpenEnded,
        fallback: item.kind == PortKind::Fallback,
    }
}

fn because<'a>(request: &Request<'a>, rule: RuleRef) -> Option<Because<'a>> {
    let origin = origin(request.catalogue, request.plan, rule)?;
    let (page, row) = match origin {
        Origin::Printed { rule, page } => (Some(page.id.as_str()), Some(rule.source.row)),
        Origin::Own { .. } => (None, None),
    };
    let purpose = purpose(request.catalogue, request.plan, rule);
    Some(Because { rule: origin.id(), page, row, purpose })
}
