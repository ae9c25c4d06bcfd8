//! Zones with networks: where a host stands follows from its addresses.

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
        if self.zones.is_empty() {
            return Standing::Nowhere;
        }
        let mut zones = addresses
            .iter()
            .filter(|address| address.network().is_some())
            .map(|address| self.zone_of_address(address));
        let Some(first) = zones.next() else { return Standing::Nowhere };
        match (first, zones.find(|zone| *zone != first)) {
            (first, Some(other)) => Standing::Torn(first, other),
            (Some(zone), None) => Standing::ByAddress(zone),
            (None, None) => Standing::Nowhere,
        }
    }

    /// The zone in which a host stands, whether it was named or follows from its addresses.
    pub fn zone_of<'a>(&'a self, host: &'a Host) -> Option<&'a ZoneName> {
        match self.standing(host) {
            Standing::Named(zone) | Standing::ByAddress(zone) => Some(zone),
            Standing::Torn(..) | Standing::Nowhere => None,
        }
    }
}
