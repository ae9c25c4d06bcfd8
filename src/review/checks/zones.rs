//! Zones: whether hosts stand where their addresses say.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use ipnet::IpNet;

use crate::catalogue::Catalogue;
use crate::plan::{Host, HostId, Standing, Zone, ZoneName};

use super::scene::{Scene, Terms};
use super::{Check, Finding, Found, HostField, Mend};

/// Something about zones and their networks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ZoneFinding {
    /// The host's zone has networks, and this address of the host is in none of them.
    Outside {
        /// The host.
        host: HostId,
        /// The zone.
        zone: ZoneName,
        /// The address.
        address: IpNet,
    },
    /// The host's addresses lie in different zones, or in one and outside of all.
    Torn(HostId, Option<ZoneName>, Option<ZoneName>),
    /// Zones share a network.
    Shared(IpNet, ZoneName, ZoneName),
    /// The plan describes zones, but not the one that these hosts name.
    Unknown(HostId, ZoneName),
    /// The plan describes zones with networks, and the host stands in none.
    Nowhere(HostId),
}

impl Found for ZoneFinding {
    fn check(&self) -> Check {
        match self {
            Self::Outside { .. } => Check::OutsideZone,
            Self::Torn(..) => Check::TornZones,
            Self::Shared(..) => Check::SharedNetwork,
            Self::Unknown(..) => Check::UnknownZone,
            Self::Nowhere(_) => Check::NoZone,
        }
    }

    fn subject(&self) -> Option<HostId> {
        match self {
            Self::Outside { host, .. }
            | Self::Torn(host, ..)
            | Self::Unknown(host, _)
            | Self::Nowhere(host) => Some(*host),
            Self::Shared(..) => None,
        }
    }

    fn about(&self, _: &Catalogue) -> Option<String> {
        match self {
            Self::Shared(network, ..) => Some(network.to_string()),
            Self::Outside { .. } | Self::Torn(..) | Self::Unknown(..) | Self::Nowhere(_) => None,
        }
    }

    fn statement(&self, _: Terms<'_>) -> String {
        let place = |zone: &Option<ZoneName>| {
            zone.as_ref().map_or_else(|| "outside of all zones".to_owned(), |zone| format!("in {zone}"))
        };
        match self {
            Self::Outside { zone, address, .. } => {
                format!("stands in {zone}, but {} is in none of its networks", shown(*address))
            }
            Self::Torn(_, one, other) => {
                let (inside, other) = if one.is_some() { (one, other) } else { (other, one) };
                format!("has addresses {} and {}", place(inside), place(other))
            }
            Self::Shared(network, one, other) => format!("{network} is a network of {one} and of {other}"),
            Self::Unknown(_, zone) => format!("stands in {zone}, which the plan does not describe"),
            Self::Nowhere(_) => "has an address that is in no zone's network".to_owned(),
        }
    }

    fn remedy(&self, _: &Catalogue) -> String {
        match self {
            Self::Outside { .. } => "correct the address or the zone, or add the network to the zone",
            Self::Torn(..) => "put the host into one of the zones, or make a host of each of its addresses",
            Self::Shared(..) => "take the network out of one of the zones",
            Self::Unknown(..) => "correct the zone, or describe it with its networks",
            Self::Nowhere(_) => "put it into a zone, or add its network to one",
        }
        .to_owned()
    }

    fn mend(&self) -> Mend {
        match self {
            Self::Outside { host, .. } => Mend::Field(*host, HostField::Addresses),
            Self::Torn(host, ..) | Self::Unknown(host, _) | Self::Nowhere(host) => {
                Mend::Field(*host, HostField::Zone)
            }
            Self::Shared(..) => Mend::Nothing,
        }
    }
}

/// One address without its prefix.
fn shown(network: IpNet) -> String {
    if network.prefix_len() == network.max_prefix_len() {
        network.addr().to_string()
    } else {
        network.to_string()
    }
}

pub(super) fn find(scene: &Scene<'_>, found: &mut Vec<Finding>) {
    let zones = scene.plan.zones();
    if zones.is_empty() {
        return;
    }
    found.extend(shared(zones).into_iter().map(Finding::Zone));
    let known: HashMap<&ZoneName, &Zone> = zones.iter().map(|zone| (&zone.name, zone)).collect();
    let with_networks = zones.iter().any(|zone| !zone.networks.is_empty());
    found.extend(scene.plan.hosts().iter().filter_map(|host| {
        let finding = match scene.plan.standing(host) {
            Standing::Named(name) => match known.get(name) {
                Some(zone) => outside(host, zone),
                None => Some(ZoneFinding::Unknown(host.id, name.clone())),
            },
            Standing::Torn(one, other) => Some(ZoneFinding::Torn(host.id, one.cloned(), other.cloned())),
            Standing::Nowhere if with_networks && has_network(host) => Some(ZoneFinding::Nowhere(host.id)),
            Standing::ByAddress(_) | Standing::Nowhere => None,
        };
        finding.map(Finding::Zone)
    }));
}

fn has_network(host: &Host) -> bool {
    host.addresses.iter().any(|address| address.network().is_some())
}

fn outside(host: &Host, zone: &Zone) -> Option<ZoneFinding> {
    if zone.networks.is_empty() {
        return None;
    }
    let mut addresses = host.addresses.iter().filter_map(crate::plan::Address::network);
    let address = addresses.find(|address| !zone.networks.iter().any(|network| network.contains(address)))?;
    Some(ZoneFinding::Outside { host: host.id, zone: zone.name.clone(), address })
}

/// A network inside another one is well defined: the longer prefix decides. The same one in two zones is not; it is told
/// once, however many zones have it.
fn shared(zones: &[Zone]) -> Vec<ZoneFinding> {
    let mut first: BTreeMap<IpNet, &ZoneName> = BTreeMap::new();
    let mut told = BTreeSet::new();
    let mut found = Vec::new();
    for zone in zones {
        for network in &zone.networks {
            match first.get(&network.trunc()) {
                Some(other) if **other != zone.name && told.insert(network.trunc()) => {
                    found.push(ZoneFinding::Shared(network.trunc(), (*other).clone(), zone.name.clone()));
                }
                Some(_) => {}
                None => drop(first.insert(network.trunc(), &zone.name)),
            }
        }
    }
    found
}
