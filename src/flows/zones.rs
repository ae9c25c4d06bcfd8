//! In which zone each host of a resolved plan stands.

use std::collections::HashMap;

use crate::catalogue::Key;
use crate::catalogue::table::{Table, key};
use crate::plan::{Plan, ZoneName};

use super::resolve::HostIx;

key!(
    /// A zone of one resolved plan, with hosts in it.
    ZoneId(u32), 1 << 31
);

/// Which flows to list, by where their hosts stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Crossing {
    /// All of them.
    #[default]
    All,
    /// Those that are not known to stay inside one zone.
    Only,
}

/// The zone of every host, whether the operator named it or it follows from addresses.
#[derive(Debug, Clone, Default)]
pub struct HostZones {
    names: Table<ZoneId, ZoneName>,
    of_host: Vec<Option<ZoneId>>,
}

impl HostZones {
    /// Asks for the zone of every host once.
    pub fn new(plan: &Plan) -> Self {
        let mut zones = Self::default();
        let mut known: HashMap<&ZoneName, ZoneId> = HashMap::new();
        for zone in plan.zones_of_hosts() {
            let zone = zone.and_then(|name| {
                if let Some(id) = known.get(name) {
                    return Some(*id);
                }
                let id = zones.names.push(name.clone())?;
                known.insert(name, id);
                Some(id)
            });
            zones.of_host.push(zone);
        }
        zones
    }

    /// The zones that have hosts, in the order in which the plan comes to them.
    pub fn names(&self) -> &Table<ZoneId, ZoneName> {
        &self.names
    }

    /// The zone of a host.
    pub fn of(&self, host: HostIx) -> Option<ZoneId> {
        self.of_host.get(host.position()).copied().flatten()
    }

    /// The name of a host's zone.
    pub fn name_of(&self, host: HostIx) -> Option<&ZoneName> {
        self.of(host).map(|zone| &self.names[zone])
    }

    /// Whether both hosts are known to stand in one zone.
    pub fn is_inside(&self, from: HostIx, to: HostIx) -> bool {
        self.of(from).is_some_and(|zone| self.of(to) == Some(zone))
    }

    /// How many hosts stand in no zone, or in none that is known.
    pub fn outside(&self) -> usize {
        self.of_host.iter().filter(|zone| zone.is_none()).count()
    }
}
