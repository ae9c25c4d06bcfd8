//! Zones with networks: where a host stands follows from its addresses.

use std::collections::HashMap;

use ipnet::IpNet;

use super::Plan;
use super::address::Address;
use super::host::Host;
use super::text::ZoneName;

/// A part of the network that the operator gave a name, and the networks that belong to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Zone {
    /// Its name; no two zones of a plan share one.
    pub name: ZoneName,
    /// Its networks. A zone without networks is only a name.
    pub networks: Vec<IpNet>,
}

impl Zone {
    /// How exactly the zone holds the address: the length of the prefix that does. `None` if it does not.
    fn holds(&self, address: &IpNet) -> Option<u8> {
        self.networks.iter().filter(|own| own.contains(address)).map(IpNet::prefix_len).max()
    }
}

/// In which zone a host stands, and why.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing<'a> {
    /// The operator put it there.
    Named(&'a ZoneName),
    /// All its addresses lie in networks of the zone.
    ByAddress(&'a ZoneName),
    /// Its addresses lie in several zones, or in one zone and outside of all; here are two of them.
    Torn(Option<&'a ZoneName>, Option<&'a ZoneName>),
    /// Nothing tells.
    Nowhere,
}

impl<'a> Standing<'a> {
    /// The zone, if it is known.
    pub fn zone(self) -> Option<&'a ZoneName> {
        match self {
            Standing::Named(zone) | Standing::ByAddress(zone) => Some(zone),
            Standing::Torn(..) | Standing::Nowhere => None,
        }
    }
}

/// The networks of all zones, to be found without looking at each: a lookup costs as much as there are lengths of
/// prefixes.
struct Index<'a> {
    zones: HashMap<IpNet, &'a ZoneName>,
    /// The lengths that occur, longest first.
    lengths: Vec<u8>,
}

impl<'a> Index<'a> {
    fn new(zones: &'a [Zone]) -> Self {
        let networks =
            || zones.iter().flat_map(|zone| zone.networks.iter().map(move |net| (net.trunc(), zone)));
        let mut index = Self { zones: HashMap::new(), lengths: Vec::new() };
        for (network, zone) in networks() {
            index.zones.entry(network).or_insert(&zone.name);
        }
        index.lengths = networks().map(|(network, _)| network.prefix_len()).collect();
        index.lengths.sort_unstable_by(|left, right| right.cmp(left));
        index.lengths.dedup();
        index
    }

    fn zone_of(&self, address: &Address) -> Option<&'a ZoneName> {
        let network = address.network()?;
        let mut wider = self.lengths.iter().filter(|length| **length <= network.prefix_len());
        wider.find_map(|length| {
            let wider = IpNet::new(network.addr(), *length).ok()?.trunc();
            self.zones.get(&wider).copied()
        })
    }
}

impl Plan {
    /// The zone whose networks hold the address; the longest prefix decides. DNS names stand in none.
    pub fn zone_of_address(&self, address: &Address) -> Option<&ZoneName> {
        let network = address.network()?;
        let held = self.zones.iter().filter_map(|zone| Some((zone.holds(&network)?, &zone.name)));
        held.rev().max_by_key(|(prefix, _)| *prefix).map(|(_, name)| name)
    }

    /// In which zone a host stands, and why. A zone that the operator gave it comes before its addresses.
    pub fn standing<'a>(&'a self, host: &'a Host) -> Standing<'a> {
        match &host.zone {
            Some(zone) => Standing::Named(zone),
            None => self.standing_by(&host.addresses),
        }
    }

    /// In which zone a host with these addresses stands, if nobody put it into one.
    pub fn standing_by(&self, addresses: &[Address]) -> Standing<'_> {
        self.judged(addresses, |address| self.zone_of_address(address))
    }

    fn judged<'a>(
        &self,
        addresses: &[Address],
        zone_of: impl Fn(&Address) -> Option<&'a ZoneName>,
    ) -> Standing<'a> {
        if self.zones.is_empty() {
            return Standing::Nowhere;
        }
        let mut zones = addresses.iter().filter(|address| address.network().is_some()).map(zone_of);
        let Some(first) = zones.next() else { return Standing::Nowhere };
        match (first, zones.find(|zone| *zone != first)) {
            (first, Some(other)) => Standing::Torn(first, other),
            (Some(zone), None) => Standing::ByAddress(zone),
            (None, None) => Standing::Nowhere,
        }
    }

    /// The zone in which a host stands, whether it was named or follows from its addresses.
    pub fn zone_of<'a>(&'a self, host: &'a Host) -> Option<&'a ZoneName> {
        self.standing(host).zone()
    }

    /// The zone of every host, in the order of the hosts. Asking for each alone costs as much as there are networks.
    pub fn zones_of_hosts(&self) -> impl Iterator<Item = Option<&ZoneName>> {
        let index = Index::new(&self.zones);
        self.hosts.iter().map(move |host| match &host.zone {
            Some(zone) => Some(zone),
            None => self.judged(&host.addresses, |address| index.zone_of(address)).zone(),
        })
    }
}
