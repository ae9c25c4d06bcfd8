//! What a picture shows: boxes by zone, and between them arrows with ports.
//!
//! A box is one host as long as the picture can be read; then hosts of one zone with the same roles, then a zone.

use std::collections::{BTreeMap, BTreeSet};
use std::convert::Infallible;

use crate::catalogue::{PortItem, Ports, RoleSet, Transport};
use crate::flows::HostIx;
use crate::plan::{Host, ZoneName};

use super::Request;
use super::gather;
use super::row::addresses;
use super::text::{count, list};

/// The most boxes of a picture that a person can read.
const BOXES: usize = 40;

/// The most zones that have a box of their own where boxes are zones; the rest share one.
const ZONES: usize = 20;

/// The most entries of a port list on an arrow between groups of hosts.
const ITEMS: usize = 12;

/// What a box stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Grain {
    /// One host.
    Host,
    /// The hosts of one zone with the same roles.
    Alike,
    /// The hosts of a zone.
    Zone,
}

impl Grain {
    /// Finest first.
    pub const ALL: [Self; 3] = [Self::Host, Self::Alike, Self::Zone];

    /// What the picture says about its boxes.
    pub fn note(self) -> &'static str {
        match self {
            Self::Host => "A box is a host.",
            Self::Alike => {
                "A box is all hosts of a zone with the same roles; an arrow means some of them. The tables name each host and all ports."
            }
            Self::Zone => {
                "A box is a zone; an arrow means some of its hosts. The tables name each host and all ports."
            }
        }
    }
}

/// One box.
#[derive(Debug)]
pub(super) struct Node {
    /// The place of its zone in [`Diagram::zones`].
    pub zone: usize,
    /// The host's name, or what the hosts have in common.
    pub title: String,
    /// Its addresses, or some of the hosts.
    pub detail: String,
    /// Its roles.
    pub roles: String,
}

/// The ports of an arrow.
pub(super) type Items = BTreeSet<(Transport, PortItem)>;

/// A whole picture.
#[derive(Debug)]
pub(super) struct Diagram {
    /// What the boxes stand for.
    pub grain: Grain,
    /// The headings of the zones.
    pub zones: Vec<String>,
    /// The boxes, in the plan's order.
    pub nodes: Vec<Node>,
    /// From box to box.
    pub arrows: BTreeMap<(usize, usize), Items>,
    /// How many flows it shows.
    pub flows: u64,
    /// How many hosts they connect.
    pub hosts: usize,
}

/// What makes hosts one box; sorted by zone, then by the first host.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Which {
    Host(HostIx),
    Alike(usize),
    Zone,
}

impl Diagram {
    /// The finest picture that can be read and has at most so many arrows.
    pub fn new(request: &Request<'_>, most: usize) -> Self {
        let [finest, middle, coarse] = Grain::ALL;
        for grain in [finest, middle] {
            let diagram = Self::of(request, grain);
            if diagram.nodes.len() <= BOXES && diagram.arrows.len() <= most {
                return diagram;
            }
        }
        Self::of(request, coarse)
    }

    /// The picture with such boxes.
    pub fn of(request: &Request<'_>, grain: Grain) -> Self {
        let mut between: BTreeMap<(HostIx, HostIx), Items> = BTreeMap::new();
        let mut flows = 0;
        let Ok(()) = request.selection.each(request.flows, |flow| {
            let shape = request.flows.shape(flow.shape);
            let items = shape.ports.items().map(|item| (shape.transport, item));
            between.entry((flow.from, flow.to)).or_default().extend(items);
            flows += 1;
            Ok::<(), Infallible>(())
        });
        let hosts: BTreeSet<HostIx> = between.keys().flat_map(|(from, to)| [*from, *to]).collect();
        let mut boxes = Boxes::new(request, grain, &hosts);
        let mut arrows: BTreeMap<(usize, usize), Items> = BTreeMap::new();
        for ((from, to), items) in between {
            if let (Some(from), Some(to)) = (boxes.of_host.get(&from), boxes.of_host.get(&to)) {
                arrows.entry((*from, *to)).or_default().extend(items);
            }
        }
        let nodes = boxes.nodes();
        Self { grain, zones: boxes.zones, nodes, arrows, flows, hosts: hosts.len() }
    }

    /// `tcp 445, 2500-3300`, one text for each transport.
    pub fn words(&self, items: &Items) -> Vec<String> {
        let transports: BTreeSet<Transport> = items.iter().map(|(transport, _)| *transport).collect();
        let words = transports.into_iter().map(|transport| {
            let of = items.iter().filter(|(known, _)| *known == transport).map(|(_, item)| *item);
            let ports: Ports = of.collect();
            let all: Vec<PortItem> = ports.items().collect();
            let more = all.len().saturating_sub(ITEMS);
            if ports.exact().is_empty() && ports.open_ended().is_empty() {
                format!("{transport} {} as fallback", ranges(&all))
            } else if self.grain == Grain::Host || more == 0 {
                format!("{transport} {ports}")
            } else {
                let some: Ports = all.into_iter().take(ITEMS).collect();
                format!("{transport} {some} and {more} more")
            }
        });
        words.collect()
    }
}

/// The boxes while they are made.
struct Boxes<'a> {
    request: &'a Request<'a>,
    grain: Grain,
    zones: Vec<String>,
    of_host: BTreeMap<HostIx, usize>,
    members: Vec<(usize, Vec<&'a Host>)>,
}

impl<'a> Boxes<'a> {
    fn new(request: &'a Request<'a>, grain: Grain, hosts: &BTreeSet<HostIx>) -> Self {
        let mut known: Vec<Option<&ZoneName>> = Vec::new();
        let mut roles: Vec<RoleSet> = Vec::new();
        let mut groups: BTreeMap<(usize, Which), Vec<(HostIx, &Host)>> = BTreeMap::new();
        for at in hosts {
            let Some(host) = gather::host(request, *at) else { continue };
            let mut zone = place(&mut known, request.plan.zone_of(host));
            if grain == Grain::Zone {
                zone = zone.min(ZONES);
            }
            let which = match grain {
                Grain::Host => Which::Host(*at),
                Grain::Alike => Which::Alike(place(&mut roles, host.roles)),
                Grain::Zone => Which::Zone,
            };
            groups.entry((zone, which)).or_default().push((*at, host));
        }
        let name = |zone: Option<&ZoneName>| zone.map_or("no zone".to_owned(), |zone| format!("zone {zone}"));
        let mut zones: Vec<String> = known.iter().copied().map(name).collect();
        if grain == Grain::Zone && zones.len() > ZONES + 1 {
            let more = (zones.len() - ZONES) as u64;
            zones.truncate(ZONES);
            zones.push(count(more, "other zone"));
        }
        let (mut of_host, mut members) = (BTreeMap::new(), Vec::new());
        for ((zone, _), hosts) in groups {
            of_host.extend(hosts.iter().map(|(at, _)| (*at, members.len())));
            members.push((zone, hosts.into_iter().map(|(_, host)| host).collect()));
        }
        Self { request, grain, zones, of_host, members }
    }

    fn nodes(&mut self) -> Vec<Node> {
        let members = std::mem::take(&mut self.members);
        members.iter().map(|(zone, hosts)| self.node(*zone, hosts)).collect()
    }

    fn node(&self, zone: usize, hosts: &[&Host]) -> Node {
        let names: Vec<&str> = hosts.iter().map(|host| host.name.as_str()).collect();
        let roles = |host: &Host| {
            let roles = host.roles.iter().map(|role| self.request.catalogue.roles()[role].label.as_str());
            roles.collect::<Vec<_>>().join(", ")
        };
        match (self.grain, hosts) {
            (Grain::Host | Grain::Alike, [host]) => Node {
                zone,
                title: host.name.to_string(),
                detail: list(&addresses(host)),
                roles: roles(host),
            },
            (Grain::Zone, _) => Node {
                zone,
                title: self.zones.get(zone).cloned().unwrap_or_default(),
                detail: list(&names),
                roles: count(hosts.len() as u64, "host"),
            },
            (Grain::Host | Grain::Alike, _) => Node {
                zone,
                title: hosts
                    .first()
                    .map(|host| roles(host))
                    .filter(|roles| !roles.is_empty())
                    .unwrap_or_else(|| "hosts without a role".to_owned()),
                detail: list(&names),
                roles: count(hosts.len() as u64, "host"),
            },
        }
    }
}

/// Ranges without the word that tells a fallback from what stands before it.
fn ranges(items: &[PortItem]) -> String {
    let ranges: Vec<String> = items.iter().map(|item| item.range.to_string()).collect();
    ranges.join(", ")
}

/// The place of a thing in a list that it is added to if it is new.
fn place<T: PartialEq>(known: &mut Vec<T>, thing: T) -> usize {
    known.iter().position(|other| *other == thing).unwrap_or_else(|| {
        known.push(thing);
        known.len() - 1
    })
}
