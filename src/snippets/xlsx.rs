//! A workbook: the flows, the openings of each host, and where all of it comes from.
//!
//! Every cell is text, ports included, so that no spreadsheet makes a number or a formula of it. The same plan gives the
//! same bytes.

mod book;
mod parts;
mod strings;
#[cfg(test)]
mod tests;

use std::collections::HashMap;
use std::convert::Infallible;
use std::io;

use crate::catalogue::Key;
use crate::flows::{FlowRef, HostIx, ShapeId};

use super::Request;
use super::about::About;
use super::limits::FLOWS_IN_SHEET;
use super::row::{host_cells, shape_cells, tags_cell};
use super::target::{Content, Facts, Form, Group, ListForm};

use book::{Book, Column};
use strings::Cell;

/// What is known about the target.
pub(super) const FACTS: Facts = Facts {
    id: "xlsx",
    label: "Excel workbook",
    extension: "xlsx",
    group: Group::Ticket,
    form: Form::Listed(ListForm { content: Content::Binary, most: FLOWS_IN_SHEET, write }),
};

const FLOWS: [Column; 11] = [
    ("From", 18),
    ("From zone", 12),
    ("From address", 22),
    ("To", 18),
    ("To zone", 12),
    ("To address", 22),
    ("Transport", 10),
    ("Ports", 22),
    ("Purpose", 60),
    ("Source", 22),
    ("Remarks", 20),
];

const HOSTS: [Column; 10] = [
    ("Host", 18),
    ("Address", 22),
    ("Direction", 10),
    ("Peer", 18),
    ("Peer address", 22),
    ("Transport", 10),
    ("Ports", 22),
    ("Purpose", 60),
    ("Source", 22),
    ("Remarks", 20),
];

/// Writes the file.
fn write(request: &Request<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    write_book(request, FLOWS_IN_SHEET, out)
}

/// Writes a workbook whose tables have so many rows below their headers.
fn write_book(request: &Request<'_>, most: u64, out: &mut dyn io::Write) -> io::Result<()> {
    let mut flows = Vec::new();
    let Ok(()) = request.selection.each(request.flows, |flow| {
        flows.push(flow);
        Ok::<(), Infallible>(())
    });
    let layout = HostSheets::fit_for(flows.len(), most);
    let by_host = layout.names_and_ways();
    let mut book = Book::new(out, by_host.len() + 2)?;
    let cells = Cells::new(request, &flows, &mut book);
    flow_sheet(&flows, &cells, &mut book)?;
    for (name, ways) in by_host {
        host_sheet(name, ways, &flows, &cells, &mut book)?;
    }
    about_sheet(request, layout, &mut book)?;
    book.finish(request.plan.name().as_str())
}

/// The cells of what flows consist of; there are far fewer of those than of flows.
struct Cells {
    /// Name, zone and addresses, for the hosts that have flows.
    hosts: Vec<[Cell; 3]>,
    /// Transport, ports, purpose and source.
    shapes: HashMap<ShapeId, [Cell; 4]>,
    /// Remarks, of flows between hosts and of those within one.
    tags: HashMap<(ShapeId, Ends), Cell>,
    inbound: Cell,
    outbound: Cell,
}

/// Where a flow leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Ends {
    Apart,
    SameHost,
}

impl Ends {
    fn of(flow: &FlowRef) -> Self {
        if flow.from == flow.to { Self::SameHost } else { Self::Apart }
    }
}

impl Cells {
    fn new(request: &Request<'_>, flows: &[FlowRef], book: &mut Book<'_>) -> Self {
        let Request { catalogue, plan, flows: resolved, .. } = request;
        let mut hosts: Vec<Option<[Cell; 3]>> = vec![None; plan.hosts().len()];
        let zones = resolved.zones(plan);
        let (mut shapes, mut tags) = (HashMap::new(), HashMap::new());
        for flow in flows {
            for at in &[flow.from, flow.to] {
                let place = hosts.get_mut(at.position()).filter(|cells| cells.is_none());
                if let (Some(place), Some(host)) = (place, plan.hosts().get(at.position())) {
                    let [name, addresses] = host_cells(host);
                    let zone = zones.name_of(*at).map(ToString::to_string).unwrap_or_default();
                    *place = Some([name, zone, addresses].map(|text| book.cell(&text)));
                }
            }
            shapes.entry(flow.shape).or_insert_with(|| {
                shape_cells(catalogue, plan, resolved.shape(flow.shape)).map(|text| book.cell(&text))
            });
            tags.entry((flow.shape, Ends::of(flow)))
                .or_insert_with(|| book.cell(&tags_cell(resolved, *flow)));
        }
        let hosts = hosts.into_iter().map(Option::unwrap_or_default).collect();
        Self { hosts, shapes, tags, inbound: book.cell("inbound"), outbound: book.cell("outbound") }
    }

    fn host(&self, at: HostIx) -> impl Iterator<Item = &Cell> {
        self.hosts.get(at.position()).into_iter().flatten()
    }

    fn name_and_addresses(&self, at: HostIx) -> impl Iterator<Item = &Cell> {
        self.host(at).take(1).chain(self.host(at).skip(2))
    }

    fn way(&self, way: Way) -> &Cell {
        match way {
            Way::Inbound => &self.inbound,
            Way::Outbound => &self.outbound,
        }
    }

    /// What stands in both tables behind the hosts.
    fn rest(&self, flow: &FlowRef) -> impl Iterator<Item = &Cell> {
        let tags = self.tags.get(&(flow.shape, Ends::of(flow)));
        self.shapes.get(&flow.shape).into_iter().flatten().chain(tags)
    }
}

fn flow_sheet(flows: &[FlowRef], cells: &Cells, book: &mut Book<'_>) -> io::Result<()> {
    let mut sheet = book.table("Flows", &FLOWS, flows.len())?;
    for flow in flows {
        sheet.row(cells.host(flow.from).chain(cells.host(flow.to)).chain(cells.rest(flow)))?;
    }
    sheet.finish()
}

/// A host's inbound openings stand before its outbound ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Way {
    Inbound,
    Outbound,
}

/// How the openings of the hosts are laid out: each flow is one where it begins and one where it ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum HostSheets {
    One,
    /// They would be more rows than a sheet has.
    OneForEachWay,
}

impl HostSheets {
    fn fit_for(flows: usize, most: u64) -> Self {
        if flows as u64 * 2 > most { Self::OneForEachWay } else { Self::One }
    }

    fn names_and_ways(self) -> &'static [(&'static str, &'static [Way])] {
        match self {
            Self::One => &[("Hosts", &[Way::Inbound, Way::Outbound])],
            Self::OneForEachWay => {
                &[("Hosts inbound", &[Way::Inbound]), ("Hosts outbound", &[Way::Outbound])]
            }
        }
    }

    fn remark(self) -> Option<&'static str> {
        match self {
            Self::One => None,
            Self::OneForEachWay => Some(
                "The openings of the hosts are more than one sheet has rows for: the inbound ones and the outbound \
                 ones have a sheet each.",
            ),
        }
    }
}

/// What each host has to let in and out, host by host, otherwise in the order of the flows.
fn host_sheet(
    name: &'static str,
    ways: &[Way],
    flows: &[FlowRef],
    cells: &Cells,
    book: &mut Book<'_>,
) -> io::Result<()> {
    let near = |flow: &FlowRef, way| match way {
        Way::Inbound => (flow.to, flow.from),
        Way::Outbound => (flow.from, flow.to),
    };
    let mut openings: Vec<(HostIx, Way, usize)> = Vec::with_capacity(flows.len() * ways.len());
    for way in ways {
        openings.extend(flows.iter().enumerate().map(|(at, flow)| (near(flow, *way).0, *way, at)));
    }
    openings.sort_unstable();
    let mut sheet = book.table(name, &HOSTS, openings.len())?;
    for (host, way, at) in openings {
        let Some(flow) = flows.get(at) else { continue };
        let (host, peer) = (cells.name_and_addresses(host), cells.name_and_addresses(near(flow, way).1));
        sheet.row(host.chain([cells.way(way)]).chain(peer).chain(cells.rest(flow)))?;
    }
    sheet.finish()
}

fn about_sheet(request: &Request<'_>, layout: HostSheets, book: &mut Book<'_>) -> io::Result<()> {
    let About { facts, pages, remarks } = About::new(request);
    let facts = facts.into_iter().map(|(name, value)| [name.to_owned(), value, String::new()]);
    let pages = pages.into_iter().map(|page| {
        let edition = format!("{}, as of {}", page.title, page.updated.iso());
        ["Source".to_owned(), edition, page.url.clone()]
    });
    let remarks = layout.remark().map(str::to_owned).into_iter().chain(remarks);
    let remarks = remarks.map(|remark| ["Remark".to_owned(), remark, String::new()]);
    let lines: Vec<[Cell; 3]> = facts
        .chain(pages)
        .chain(remarks)
        .map(|[name, text, link]| [book.name_cell(&name), book.cell(&text), book.cell(&link)])
        .collect();
    let mut sheet = book.lines("About", &[28, 90, 70], lines.len())?;
    for line in &lines {
        sheet.row(line)?;
    }
    sheet.finish()
}
