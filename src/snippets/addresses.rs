//! Addresses as rules take them: canonical networks, each family apart.

use std::net::{Ipv4Addr, Ipv6Addr};

use ipnet::{IpNet, Ipv4Net, Ipv6Net};

use crate::plan::{Address, Host};

/// The family of an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Family {
    V4,
    V6,
}

impl Family {
    pub const ALL: [Self; 2] = [Self::V4, Self::V6];

    fn holds(self, net: &IpNet) -> bool {
        matches!((self, net), (Self::V4, IpNet::V4(_)) | (Self::V6, IpNet::V6(_)))
    }
}

/// Networks in order, none of them inside another.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Nets(Vec<IpNet>);

impl Nets {
    /// What the host's addresses cover. DNS names cover nothing: they are neither resolved nor guessed.
    pub fn of(host: &Host) -> Self {
        host.addresses.iter().filter_map(net).collect()
    }

    pub fn all(&self) -> &[IpNet] {
        &self.0
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The networks of one family.
    pub fn family(&self, family: Family) -> impl Iterator<Item = IpNet> {
        self.0.iter().copied().filter(move |net| family.holds(net))
    }

    /// Whether there is a network of the family.
    pub fn has(&self, family: Family) -> bool {
        self.family(family).next().is_some()
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

/// `10.0.0.10` for one address, `10.0.8.0/24` for a network.
pub(super) fn text(net: &IpNet) -> String {
    if net.prefix_len() == net.max_prefix_len() { net.addr().to_string() } else { net.to_string() }
}
