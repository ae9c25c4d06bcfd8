//! Addresses as rules take them: canonical networks, each family apart.

use std::collections::BTreeSet;
use std::fmt;
use std::net::{Ipv4Addr, Ipv6Addr};

use ipnet::{IpNet, Ipv4Net, Ipv6Net};

use crate::plan::{Address, Host};

use super::target::DnsNames;

/// The family of an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Family {
    V4,
    V6,
}

impl Family {
    pub const ALL: [Self; 2] = [Self::V4, Self::V6];

    /// As names of rules write it.
    pub fn digit(self) -> char {
        match self {
            Self::V4 => '4',
            Self::V6 => '6',
        }
    }

    fn holds(self, net: &IpNet) -> bool {
        matches!((self, net), (Self::V4, IpNet::V4(_)) | (Self::V6, IpNet::V6(_)))
    }
}

/// Networks in order, none of them inside another.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
struct Nets(Vec<IpNet>);

impl Nets {
    /// What the host's addresses cover. DNS names are neither resolved nor guessed.
    fn of(host: &Host) -> Self {
        host.addresses.iter().filter_map(net).collect()
    }
}

/// An IPv4 address in IPv6 clothes never stands in a packet, so the rule takes the IPv4 address.
fn net(address: &Address) -> Option<IpNet> {
    match address {
        Address::Ip(ip) => Some(IpNet::from(ip.to_canonical())),
        Address::Network(_) | Address::Name(_) => address.network(),
    }
}

impl FromIterator<IpNet> for Nets {
    fn from_iter<I: IntoIterator<Item = IpNet>>(nets: I) -> Self {
        let mut sorted: Vec<IpNet> = nets.into_iter().flat_map(halves).map(|net| net.trunc()).collect();
        // A network sorts before the networks inside it.
        sorted.sort_unstable();
        let mut kept: Vec<IpNet> = Vec::with_capacity(sorted.len());
        for net in sorted {
            if !kept.last().is_some_and(|outer| outer.contains(&net)) {
                kept.push(net);
            }
        }
        Self(kept)
    }
}

/// A network without a prefix as its two halves, because Windows refuses `/0`.
fn halves(net: IpNet) -> Vec<IpNet> {
    if net.prefix_len() > 0 {
        return vec![net];
    }
    let half = |v4: [u8; 4], v6: u16| match net {
        IpNet::V4(_) => Ipv4Net::new(Ipv4Addr::from(v4), 1).map(IpNet::V4),
        IpNet::V6(_) => Ipv6Net::new(Ipv6Addr::new(v6, 0, 0, 0, 0, 0, 0, 0), 1).map(IpNet::V6),
    };
    [half([0; 4], 0), half([128, 0, 0, 0], 0x8000)].into_iter().flatten().collect()
}

/// One address in a rule, as its target writes it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Peer {
    /// One address or a network, host bits clear.
    Net(IpNet),
    /// A DNS name: letters, digits, dots, hyphens and underscores.
    Name(String),
}

impl fmt::Display for Peer {
    /// `10.0.0.10` for one address, `10.0.8.0/24` for a network, and a name as it is.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Net(net) if net.prefix_len() == net.max_prefix_len() => net.addr().fmt(out),
            Self::Net(net) => net.fmt(out),
            Self::Name(name) => out.write_str(name),
        }
    }
}

/// The addresses of one end of a rule.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Peers {
    nets: Nets,
    names: BTreeSet<String>,
}

impl Peers {
    /// What the host's addresses cover, as far as the target takes them.
    pub fn of(host: &Host, names: DnsNames) -> Self {
        let name = |address: &Address| match address {
            Address::Name(name) => Some(name.clone()),
            Address::Ip(_) | Address::Network(_) => None,
        };
        let mut nets = Nets::of(host);
        if names == DnsNames::LeftOutWithIpv6 {
            nets.0.retain(|net| Family::V4.holds(net));
        }
        let names = match names {
            DnsNames::Taken => host.addresses.iter().filter_map(name).collect(),
            DnsNames::LeftOut | DnsNames::LeftOutWithIpv6 => BTreeSet::new(),
        };
        Self { nets, names }
    }

    /// Whether there is no address.
    pub fn is_empty(&self) -> bool {
        self.nets.0.is_empty() && self.names.is_empty()
    }

    /// Whether there is an address that packets of the family can have. What a DNS name stands for is not known here,
    /// so it may be either.
    pub fn has(&self, family: Family) -> bool {
        !self.names.is_empty() || self.nets.0.iter().any(|net| family.holds(net))
    }

    /// The addresses that packets of the family can have: networks in order, then names.
    pub fn family(&self, family: Family) -> Vec<Peer> {
        let nets = self.nets.0.iter().copied().filter(|net| family.holds(net)).map(Peer::Net);
        nets.chain(self.names.iter().cloned().map(Peer::Name)).collect()
    }
}

impl FromIterator<Self> for Peers {
    fn from_iter<I: IntoIterator<Item = Self>>(all: I) -> Self {
        let (mut nets, mut names) = (Vec::new(), BTreeSet::new());
        for peers in all {
            nets.extend(peers.nets.0);
            names.extend(peers.names);
        }
        Self { nets: nets.into_iter().collect(), names }
    }
}
