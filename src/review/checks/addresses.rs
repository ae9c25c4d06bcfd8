//! Addresses: none, none that rules can use, and those that several hosts share.

use std::collections::BTreeMap;
use std::net::IpAddr;

use ipnet::IpNet;

use crate::catalogue::Catalogue;
use crate::flows::{Contacts, HostIx};
use crate::plan::{Address, Host, HostId};

use super::scene::{Scene, Terms, count};
use super::{Check, Finding, Found, HostField, Mend};

/// Something about addresses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AddressFinding {
    /// The host has none.
    None(HostId),
    /// The host has DNS names only.
    NameOnly(HostId),
    /// No other host can reach this address of the host.
    Unusable(HostId, IpAddr),
    /// This network of the host holds every address.
    Any(HostId, IpNet),
    /// Hosts share an address or a DNS name.
    Same {
        /// What they share.
        address: Address,
        /// The hosts, in the plan's order.
        hosts: Vec<HostId>,
    },
    /// A network of the host holds addresses of others.
    Overlap {
        /// The host.
        host: HostId,
        /// Its network.
        network: IpNet,
        /// The others.
        inside: Vec<HostId>,
    },
    /// The host has IPv6 addresses only and works with hosts that have IPv4 addresses only.
    Strangers {
        /// The host.
        host: HostId,
        /// One of the others.
        peer: HostId,
        /// How many flows there are between them.
        flows: u64,
    },
}

impl Found for AddressFinding {
    fn check(&self) -> Check {
        match self {
            Self::None(_) => Check::NoAddress,
            Self::NameOnly(_) => Check::NameOnly,
            Self::Unusable(..) => Check::UnusableAddress,
            Self::Any(..) => Check::AnyAddress,
            Self::Same { address: Address::Name(_), .. } => Check::SameName,
            Self::Same { .. } => Check::SameAddress,
            Self::Overlap { .. } => Check::OverlappingNetworks,
            Self::Strangers { .. } => Check::NoCommonFamily,
        }
    }

    fn subject(&self) -> Option<HostId> {
        match self {
            Self::None(host)
            | Self::NameOnly(host)
            | Self::Unusable(host, _)
            | Self::Any(host, _)
            | Self::Overlap { host, .. }
            | Self::Strangers { host, .. } => Some(*host),
            Self::Same { .. } => None,
        }
    }

    fn hosts(&self) -> Vec<HostId> {
        match self {
            Self::Same { hosts, .. } => hosts.clone(),
            _ => self.subject().into_iter().collect(),
        }
    }

    fn about(&self, _: &Catalogue) -> Option<String> {
        match self {
            Self::Unusable(_, address) => Some(address.to_string()),
            Self::Any(_, network) | Self::Overlap { network, .. } => Some(network.to_string()),
            Self::Same { address, .. } => Some(address.to_string()),
            Self::None(_) | Self::NameOnly(_) | Self::Strangers { .. } => None,
        }
    }

    fn statement(&self, terms: Terms<'_>) -> String {
        match self {
            Self::None(_) => "has no address, so no firewall rule can name it".to_owned(),
            Self::NameOnly(_) => {
                "has a DNS name and no IP address, which most firewalls do not take".to_owned()
            }
            Self::Unusable(_, address) => {
                format!("has the address {address}, which no other host can reach: it is {}", kind(*address))
            }
            Self::Any(_, network) => format!("has the address {network}, which is every address there is"),
            Self::Same { address, hosts } => format!("{address} is the address of {}", terms.hosts(hosts)),
            Self::Overlap { network, inside, .. } => {
                format!("has the network {network}, which holds addresses of {}", terms.hosts(inside))
            }
            Self::Strangers { peer, flows, .. } => format!(
                "has IPv6 addresses only, and {} with hosts that have IPv4 only, such as {}",
                if *flows == 1 { "1 flow".to_owned() } else { count(*flows, "flow") },
                terms.host(*peer)
            ),
        }
    }

    fn remedy(&self, _: &Catalogue) -> String {
        match self {
            Self::None(_) => "give it an address, a network or a DNS name",
            Self::NameOnly(_) => "add its IP address, or leave it if the firewall takes names",
            Self::Unusable(..) => "give it the address under which others reach it",
            Self::Any(..) => "write the networks that the host really stands for",
            Self::Same { .. } => {
                "correct the address; if it is one machine, make it one host with all the roles"
            }
            Self::Overlap { .. } => "split the network, or leave it if its ports may be open there, too",
            Self::Strangers { .. } => "give one of the ends an address of the other's family",
        }
        .to_owned()
    }

    fn mend(&self) -> Mend {
        let host = match self {
            Self::Same { hosts, .. } => hosts.last().copied(),
            _ => self.subject(),
        };
        host.map_or(Mend::Nothing, |host| Mend::Field(host, HostField::Addresses))
    }
}

fn kind(address: IpAddr) -> &'static str {
    if address.is_loopback() {
        "loopback"
    } else if address.is_unspecified() {
        "unspecified"
    } else if address.is_multicast() {
        "multicast"
    } else {
        "link-local"
    }
}

fn is_unusable(address: IpAddr) -> bool {
    let link_local = match address {
        IpAddr::V4(address) => address.is_link_local() || address.is_broadcast(),
        IpAddr::V6(address) => address.is_unicast_link_local(),
    };
    link_local || address.is_loopback() || address.is_unspecified() || address.is_multicast()
}

/// An IPv4 address in IPv6 clothes is the IPv4 address, as it is in rules.
fn plain(address: &Address) -> Address {
    match address {
        Address::Ip(ip) => Address::Ip(ip.to_canonical()),
        other => other.clone(),
    }
}

pub(super) fn find(scene: &Scene<'_>, found: &mut Vec<Finding>) {
    let mut add = |finding| found.push(Finding::Address(finding));
    for host in scene.plan.hosts() {
        if host.addresses.is_empty() {
            add(AddressFinding::None(host.id));
        } else if host.addresses.iter().all(|address| matches!(address, Address::Name(_))) {
            add(AddressFinding::NameOnly(host.id));
        }
        for address in &host.addresses {
            match plain(address) {
                Address::Ip(ip) if is_unusable(ip) => add(AddressFinding::Unusable(host.id, ip)),
                Address::Network(network) if network.prefix_len() == 0 => {
                    add(AddressFinding::Any(host.id, network));
                }
                Address::Ip(_) | Address::Network(_) | Address::Name(_) => {}
            }
        }
    }
    same(scene).into_iter().for_each(&mut add);
    overlaps(scene).into_iter().for_each(&mut add);
    strangers(scene).into_iter().for_each(&mut add);
}

/// Addresses and names of several hosts. Networks can well have several entries.
fn same(scene: &Scene<'_>) -> Vec<AddressFinding> {
    let mut all: Vec<(Address, HostIx)> = Vec::new();
    for (at, host) in scene.hosts() {
        let single = host.addresses.iter().filter(|address| !matches!(address, Address::Network(_)));
        all.extend(single.map(|address| (plain(address), at)));
    }
    all.sort_unstable();
    all.dedup();
    let mut found: Vec<(HostIx, AddressFinding)> = Vec::new();
    for group in all.chunk_by(|left, right| left.0 == right.0) {
        let ([(address, first), _, ..], hosts) = (group, group) else { continue };
        let hosts = hosts.iter().filter_map(|(_, at)| scene.host_at(*at)).map(|host| host.id).collect();
        found.push((*first, AddressFinding::Same { address: address.clone(), hosts }));
    }
    found.sort_by_key(|(first, _)| *first);
    found.into_iter().map(|(_, finding)| finding).collect()
}

/// Networks that hold addresses of other hosts. Two networks are apart or one holds the other, so sorted by their first
/// address, the wider one first, those that hold the next one are a stack.
fn overlaps(scene: &Scene<'_>) -> Vec<AddressFinding> {
    let mut all: Vec<(IpNet, HostIx)> = Vec::new();
    for (at, host) in scene.hosts() {
        all.extend(host.addresses.iter().filter_map(|address| Some((plain(address).network()?, at))));
    }
    all.sort_unstable_by_key(|(network, at)| (network.network(), network.prefix_len(), *at));
    let mut inside: BTreeMap<(HostIx, IpNet), Vec<HostIx>> = BTreeMap::new();
    let mut open: Vec<(IpNet, HostIx)> = Vec::new();
    for (network, at) in all {
        while open.last().is_some_and(|(outer, _)| !outer.contains(&network)) {
            open.pop();
        }
        let holder = open.iter().rev().find(|(_, other)| *other != at);
        if let Some((outer, other)) = holder {
            let hosts = inside.entry((*other, *outer)).or_default();
            if hosts.last() != Some(&at) {
                hosts.push(at);
            }
        }
        if network.prefix_len() < network.max_prefix_len() {
            open.push((network, at));
        }
    }
    inside
        .into_iter()
        .filter_map(|((at, network), mut inside)| {
            inside.sort_unstable();
            inside.dedup();
            let inside = inside.into_iter().filter_map(|at| scene.host_at(at)).map(|host| host.id).collect();
            Some(AddressFinding::Overlap { host: scene.host_at(at)?.id, network, inside })
        })
        .collect()
}

/// Which packets a host can have, if it can have only some.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Only {
    V4,
    V6,
}

/// What a DNS name stands for is not known here, so it may be either.
fn only(host: &Host) -> Option<Only> {
    let mut families = host.addresses.iter().map(|address| match plain(address).network() {
        Some(IpNet::V4(_)) => Some(Only::V4),
        Some(IpNet::V6(_)) => Some(Only::V6),
        None => None,
    });
    let first = families.next()??;
    families.all(|family| family == Some(first)).then_some(first)
}

fn strangers(scene: &Scene<'_>) -> Vec<AddressFinding> {
    let with = |wanted| scene.hosts().filter(move |(_, host)| only(host) == Some(wanted));
    if with(Only::V6).next().is_none() {
        return Vec::new();
    }
    let mut contacts = Contacts::new(scene.flows, with(Only::V4).map(|(at, _)| at));
    with(Only::V6)
        .filter_map(|(at, host)| {
            let (flows, peer) = contacts.of(scene.flows, at)?;
            Some(AddressFinding::Strangers { host: host.id, peer: scene.host_at(peer)?.id, flows })
        })
        .collect()
}
