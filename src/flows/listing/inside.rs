//! What stays inside one zone, taken out of a listing by arithmetic: no group of hosts is split by zones.

use std::collections::HashMap;

use crate::catalogue::Key;
use crate::flows::classes::TargetId;
use crate::flows::resolve::HostIx;
use crate::flows::zones::{HostZones, ZoneId};

use super::groups::Groups;
use super::segment::Segment;

/// Where the hosts of a listing stand.
#[derive(Debug)]
pub(super) struct Inside {
    zones: HostZones,
    /// For each zone, how many hosts of each group of targets stand there; only groups that have some.
    sizes: Vec<Vec<(usize, u64)>>,
}

impl Inside {
    pub fn new(zones: &HostZones, targets: &Groups<TargetId>) -> Self {
        let mut sizes: Vec<HashMap<usize, u64>> = vec![HashMap::new(); zones.names().len()];
        for (host, group) in targets.of_host.iter().enumerate() {
            let zone = HostIx::from_position(host).and_then(|host| zones.of(host));
            if let Some(sizes) = zone.and_then(|zone| sizes.get_mut(zone.position())) {
                *sizes.entry(*group).or_default() += 1;
            }
        }
        let sizes = sizes.into_iter().map(|sizes| sizes.into_iter().collect()).collect();
        Self { zones: zones.clone(), sizes }
    }

    /// The zone of the host at this place.
    pub fn zone(&self, host: usize) -> Option<ZoneId> {
        HostIx::from_position(host).and_then(|host| self.zones.of(host))
    }

    /// Whether a flow between the hosts stays in one zone.
    pub fn is_inside(&self, from: HostIx, to: HostIx) -> bool {
        self.zones.is_inside(from, to)
    }

    /// Counts the rows of a segment that stay in one zone.
    pub fn counter<'a>(&'a self, segment: &'a Segment) -> Counter<'a> {
        Counter { inside: self, targets: &segment.targets, known: HashMap::new() }
    }
}

/// Counts rows that stay in one zone, once for each group of sources in each zone.
pub(super) struct Counter<'a> {
    inside: &'a Inside,
    targets: &'a [Vec<(usize, u64)>],
    known: HashMap<(usize, ZoneId), u64>,
}

impl Counter<'_> {
    /// How many rows from the host, of this group of sources, go to hosts of its zone, itself included; `None` if it
    /// stands in none.
    pub fn rows(&mut self, host: HostIx, source: usize) -> Option<u64> {
        let zone = self.inside.zones.of(host)?;
        if let Some(known) = self.known.get(&(source, zone)) {
            return Some(*known);
        }
        let row = self.targets.get(source).map_or(&[][..], Vec::as_slice);
        let rows = |group: usize| {
            let at = row.binary_search_by_key(&group, |(target, _)| *target).ok()?;
            row.get(at).map(|(_, rows)| *rows)
        };
        let sizes = self.inside.sizes.get(zone.position()).map_or(&[][..], Vec::as_slice);
        let sum = sizes.iter().filter_map(|(group, size)| Some(rows(*group)? * size)).sum();
        self.known.insert((source, zone), sum);
        Some(sum)
    }
}
