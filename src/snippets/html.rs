//! One page to read and to print: the flows by pair of zones and by host, their sources, and remarks.
//!
//! It needs nothing beside itself: no script, no picture, no font; the only links that leave it go to the vendor's
//! pages. It is well-formed as XML too.

use std::collections::BTreeMap;
use std::io;

use crate::catalogue::{Catalogue, Key};
use crate::flows::explain::{Origin, origin};
use crate::flows::{FlowRef, HostIx, Tag};
use crate::plan::Host;

use super::about::About;
use super::limits::FLOWS_IN_RULES;
use super::row::{addresses, purposes};
use super::target::{Content, Facts, Form, Group, ListForm};
use super::text::{count, markup};
use super::{Request, gather};

/// What is known about the target.
pub(super) const FACTS: Facts = Facts {
    id: "html",
    label: "HTML page",
    extension: "html",
    group: Group::Ticket,
    form: Form::Listed(ListForm { content: Content::Text, most: FLOWS_IN_RULES, write }),
};

const STYLE: &str = include_str!("html/style.css");

/// The places of two zones among all; hosts without a zone have the last place.
type Pair = (usize, usize);

/// Flows of one pair of zones, by the host that opens the connection.
type Part = BTreeMap<HostIx, Vec<FlowRef>>;

/// Writes the page.
fn write(request: &Request<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    let about = About::new(request);
    let zones = request.flows.zones(request.plan);
    let mut parts: BTreeMap<Pair, Part> = BTreeMap::new();
    request.selection.each(request.flows, |flow| {
        let place = |at| zones.of(at).map_or(zones.names().len(), Key::position);
        let part = parts.entry((place(flow.from), place(flow.to))).or_default();
        part.entry(flow.from).or_default().push(flow);
        Ok::<(), io::Error>(())
    })?;
    head(request, &about, out)?;
    let name = |at: usize| {
        let zone = zones.names().entries().get(at);
        zone.map_or_else(|| "no zone".to_owned(), |zone| format!("zone {}", markup(zone.as_str())))
    };
    writeln!(out, "<nav>\n<h2>Zones</h2>\n<ul>")?;
    for ((pair, part), number) in parts.iter().zip(1..) {
        let flows = count(part.values().map(|flows| flows.len() as u64).sum(), "flow");
        writeln!(
            out,
            "<li><a href=\"#pair-{number}\">{} → {}</a>: {flows}</li>",
            name(pair.0),
            name(pair.1)
        )?;
    }
    writeln!(out, "</ul>\n</nav>\n<main>")?;
    for ((pair, part), number) in parts.iter().zip(1..) {
        writeln!(out, "<section id=\"pair-{number}\">\n<h2>{} → {}</h2>", name(pair.0), name(pair.1))?;
        section(request, part, out)?;
        writeln!(out, "</section>")?;
    }
    writeln!(out, "</main>")?;
    tail(&about, out)
}

fn head(request: &Request<'_>, about: &About<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    let name = markup(request.plan.name().as_str());
    writeln!(out, "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\"/>")?;
    writeln!(out, "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>")?;
    writeln!(out, "<title>Firewall openings: {name}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>")?;
    writeln!(out, "<header>\n<h1>Firewall openings: {name}</h1>\n<dl>")?;
    for (fact, value) in about.facts.iter().filter(|(fact, _)| *fact != "Plan") {
        writeln!(out, "<div><dt>{fact}</dt><dd>{}</dd></div>", markup(value))?;
    }
    writeln!(out, "</dl>\n</header>")
}

fn section(request: &Request<'_>, part: &Part, out: &mut dyn io::Write) -> io::Result<()> {
    writeln!(out, "<table>\n<thead>")?;
    writeln!(
        out,
        "<tr><th>To</th><th>Address</th><th>Protocol</th><th>Ports</th><th>Purpose</th><th>Source</th></tr>"
    )?;
    writeln!(out, "</thead>")?;
    for (from, flows) in part {
        let Some(host) = gather::host(request, *from) else { continue };
        writeln!(
            out,
            "<tbody>\n<tr class=\"from\"><th colspan=\"6\">from <b>{}</b> {}</th></tr>",
            markup(host.name.as_str()),
            aside(request.catalogue, host)
        )?;
        for flow in flows {
            line(request, *flow, out)?;
        }
        writeln!(out, "</tbody>")?;
    }
    writeln!(out, "</table>")
}

/// Addresses and roles of a host.
fn aside(catalogue: &Catalogue, host: &Host) -> String {
    let roles: Vec<&str> = host.roles.iter().map(|role| catalogue.roles()[role].label.as_str()).collect();
    let addresses = addresses(host).join(", ");
    let words: Vec<String> =
        [addresses, roles.join(", ")].into_iter().filter(|word| !word.is_empty()).collect();
    format!("<small>{}</small>", markup(&words.join(" · ")))
}

fn line(request: &Request<'_>, flow: FlowRef, out: &mut dyn io::Write) -> io::Result<()> {
    let Some(to) = gather::host(request, flow.to) else { return Ok(()) };
    let shape = request.flows.shape(flow.shape);
    let purpose = purposes(request.catalogue, request.plan, shape.reasons.iter().copied());
    writeln!(
        out,
        "<tr><td>{}</td><td>{}</td><td>{}</td><td>{}</td><td>{}{}</td><td>{}</td></tr>",
        markup(to.name.as_str()),
        markup(&addresses(to).join(", ")),
        shape.transport,
        shape.ports.text(", "),
        markup(&purpose),
        marks(&request.flows.tags(flow)),
        sources(request, flow),
    )
}

fn marks(tags: &[Tag]) -> String {
    tags.iter().flat_map(|tag| [" <i>", tag.text(), "</i>"]).collect()
}

/// Each page and row once, as a link to the page.
fn sources(request: &Request<'_>, flow: FlowRef) -> String {
    let mut sources: Vec<String> = Vec::new();
    for rule in &request.flows.shape(flow.shape).reasons {
        let Some(origin) = origin(request.catalogue, request.plan, *rule) else { continue };
        let source = match origin {
            Origin::Printed { page, .. } => {
                format!("<a href=\"{}\">{}</a>", markup(&page.url), markup(&origin.short()))
            }
            Origin::Own { .. } => markup(&origin.short()),
        };
        if !sources.contains(&source) {
            sources.push(source);
        }
    }
    sources.join(", ")
}

fn tail(about: &About<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    writeln!(out, "<footer>")?;
    if !about.pages.is_empty() {
        writeln!(out, "<h2>Sources</h2>\n<ul>")?;
        for page in &about.pages {
            let (url, title, day) = (markup(&page.url), markup(&page.title), page.updated.iso());
            writeln!(out, "<li><a href=\"{url}\">{title}</a>, as of {day}: <span>{url}</span></li>")?;
        }
        writeln!(out, "</ul>")?;
    }
    if !about.remarks.is_empty() {
        writeln!(out, "<h2>Remarks</h2>\n<ul>")?;
        for remark in &about.remarks {
            writeln!(out, "<li>{}</li>", markup(remark))?;
        }
        writeln!(out, "</ul>")?;
    }
    writeln!(out, "</footer>\n</body>\n</html>")
}
