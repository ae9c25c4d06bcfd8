//! What rules open, read back from a text, and what the plan's flows ask for.

use std::collections::BTreeSet;
use std::net::IpAddr;

use ipnet::IpNet;
use portplan::catalogue::{Key, Os};
use portplan::plan::{Address, Host};
use portplan::snippets::Direction;

use super::plans::{World, rows};

/// Connections that are let pass: from every address of one end to every address of the other, at a range of ports.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Opening {
    /// The host where the rule stands; `the` for a firewall between.
    pub place: String,
    pub from: Side,
    pub to: Side,
    /// `tcp` or `udp`.
    pub transport: String,
    pub ports: (u16, u16),
}

/// One end of an opening.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Side {
    /// The host where the rule stands, whatever its address.
    Here,
    Net(IpNet),
    Name(String),
}

impl Side {
    /// Reads `10.0.0.1`, `10.0.0.0/24`, IPv6 likewise, or a DNS name. Host bits are a fault of the writer.
    pub fn parse(text: &str) -> Self {
        let net = text.parse::<IpNet>().or_else(|_| text.parse::<IpAddr>().map(IpNet::from));
        match net {
            Ok(net) => {
                assert_eq!(net, net.trunc(), "{text} has bits behind its prefix");
                Self::Net(net)
            }
            Err(_) => Self::Name(text.to_owned()),
        }
    }

    /// Reads `10.0.0.0 255.255.255.0`.
    pub fn masked(address: &str, mask: &str) -> Self {
        let mask = ipnet::ipv4_mask_to_prefix(mask.parse().unwrap()).unwrap();
        Self::parse(&format!("{address}/{mask}"))
    }

    pub fn is_v6(&self) -> Option<bool> {
        match self {
            Self::Net(net) => Some(net.addr().is_ipv6()),
            Self::Here | Self::Name(_) => None,
        }
    }

    fn is_inside(&self, outer: &Self) -> bool {
        match (self, outer) {
            (Self::Net(inner), Self::Net(outer)) => outer.contains(inner),
            _ => self == outer,
        }
    }
}

/// What a rule says, as its reader found it: the product of its lists.
pub struct Product<'a> {
    pub place: &'a str,
    pub from: &'a [Side],
    pub to: &'a [Side],
    pub transport: &'a str,
    pub ports: &'a [(u16, u16)],
}

impl Product<'_> {
    /// Adds what the rule opens; fails if families meet in it, or if a list is empty.
    pub fn add_to(&self, openings: &mut BTreeSet<Opening>) {
        let families: BTreeSet<bool> = self.from.iter().chain(self.to).filter_map(Side::is_v6).collect();
        assert!(families.len() < 2, "IPv4 and IPv6 meet in one rule: {:?} {:?}", self.from, self.to);
        assert!(!self.from.is_empty() && !self.to.is_empty() && !self.ports.is_empty(), "an empty list");
        for from in self.from {
            for to in self.to {
                for ports in self.ports {
                    openings.insert(Opening {
                        place: self.place.to_owned(),
                        from: from.clone(),
                        to: to.clone(),
                        transport: self.transport.to_owned(),
                        ports: *ports,
                    });
                }
            }
        }
    }
}

/// Reads `445` and `2500-3300`, with another sign in place of the hyphen where the target has one.
pub fn ports(text: &str, between: char) -> (u16, u16) {
    let (from, to) = text.split_once(between).unwrap_or((text, text));
    (from.parse().unwrap(), to.parse().unwrap())
}

/// The host that a heading names: `# run on db (10.0.2.2): 1 inbound rule`, or `# rules for db …`.
pub fn place(line: &str) -> Option<String> {
    let heading = line.split_once(" run on ").or_else(|| line.split_once(" rules for "));
    let rest = heading.filter(|(sign, _)| ["#", "!"].contains(sign))?.1;
    let rest = rest.strip_prefix("every host of ").unwrap_or(rest);
    Some(rest.split([' ', ':']).next().unwrap().to_owned())
}

/// What the plan asks for on hosts of these systems, straight from its flows.
pub fn expected(world: &World, direction: Direction, systems: &[Os], names: bool) -> BTreeSet<Opening> {
    let flows = world.flows();
    let mut openings = BTreeSet::new();
    for flow in rows(&flows) {
        let host = |at: portplan::flows::HostIx| &world.plan.hosts()[at.position()];
        let (from, to) = (host(flow.from), host(flow.to));
        let shape = flows.shape(flow.shape);
        let sides = |host: &Host| host.addresses.iter().filter_map(|address| side(address, names)).collect();
        let here = || vec![Side::Here];
        let (place, sources, targets): (_, Vec<Side>, Vec<Side>) = match direction {
            Direction::Inbound => (Some(to), sides(from), here()),
            Direction::Outbound => (Some(from), here(), sides(to)),
            Direction::Transit => (None, sides(from), sides(to)),
        };
        if place.is_some_and(|place| !systems.contains(&place.os)) {
            continue;
        }
        let place = place.map_or("the".to_owned(), |host| host.name.to_string());
        for (source, target) in sources.iter().flat_map(|from| targets.iter().map(move |to| (from, to))) {
            if source.is_v6().zip(target.is_v6()).is_some_and(|(source, target)| source != target) {
                continue;
            }
            for range in shape.ports.to_open().ranges() {
                openings.insert(Opening {
                    place: place.clone(),
                    from: source.clone(),
                    to: target.clone(),
                    transport: shape.transport.to_string(),
                    ports: (range.from().number(), range.to().number()),
                });
            }
        }
    }
    openings
}

fn side(address: &Address, names: bool) -> Option<Side> {
    match address {
        Address::Name(name) => names.then(|| Side::Name(name.clone())),
        Address::Ip(_) | Address::Network(_) => address.network().map(Side::Net),
    }
}

/// Whether what `opening` lets pass is let pass by one of `all`, whose networks may be wider.
pub fn covered(opening: &Opening, all: &BTreeSet<Opening>) -> bool {
    all.iter().any(|other| {
        other.place == opening.place
            && opening.from.is_inside(&other.from)
            && opening.to.is_inside(&other.to)
            && other.transport == opening.transport
            && other.ports.0 <= opening.ports.0
            && opening.ports.1 <= other.ports.1
    })
}

/// Fails if a rule opens what no flow asks for, or if a flow asks for what no rule opens.
pub fn compare(what: &str, written: &BTreeSet<Opening>, expected: &BTreeSet<Opening>) {
    for opening in written {
        assert!(covered(opening, expected), "{what}: opened, but no flow asks for it: {opening:?}");
    }
    for opening in expected {
        assert!(covered(opening, written), "{what}: a flow asks for it, but it is not opened: {opening:?}");
    }
}
