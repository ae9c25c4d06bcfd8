//! How many flows go from whom to whom: hosts or zones against hosts or zones.
//!
//! Nothing is stored for a pair. Every group is a few classes of hosts with their sizes, so a cell is a sum over pairs of
//! classes, and only the cells that are shown are computed.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Range;

use crate::catalogue::{Key, PortItem, Ports, Transport};
use crate::plan::{Plan, ZoneName};

use super::classes::{ClassId, TargetId};
use super::resolve::{Flows, HostIx};
use super::shape::ShapeId;

/// What a row or a column stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Axis {
    /// One host.
    Hosts,
    /// All hosts of a zone; those without one are a group, too.
    Zones,
}

/// What one row or column is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place<'a> {
    /// A host, by its place in the plan.
    Host(HostIx),
    /// A zone, or the hosts without one.
    Zone(Option<&'a ZoneName>),
}

/// What goes from one group of hosts to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Cell {
    /// Flows between different hosts.
    pub flows: u64,
    /// What hosts of both groups need from themselves: no network flows.
    pub same_host: u64,
}

/// Hosts of one class, and how many.
type Members = [(ClassId, u64)];

/// A zone and its hosts.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Group {
    zone: Option<ZoneName>,
    members: Vec<(ClassId, u64)>,
    hosts: Vec<HostIx>,
}

/// The flows of a plan by pairs of groups.
#[derive(Debug, Clone)]
pub struct Matrix {
    rows: Axis,
    columns: Axis,
    zones: Vec<Group>,
    zone_of: Vec<usize>,
    /// The class of each host, as a group of its own.
    hosts: Vec<[(ClassId, u64); 1]>,
    all: Vec<(ClassId, u64)>,
}

impl Matrix {
    /// Groups the hosts; no flow is counted yet.
    pub fn new(plan: &Plan, flows: &Flows, rows: Axis, columns: Axis) -> Self {
        let mut zones: Vec<Group> = Vec::new();
        let mut known: HashMap<Option<&ZoneName>, usize> = HashMap::new();
        let places = zone_order(plan);
        for zone in places {
            known.insert(zone, zones.len());
            zones.push(Group { zone: zone.cloned(), members: Vec::new(), hosts: Vec::new() });
        }
        let mut counts: Vec<BTreeMap<ClassId, u64>> = vec![BTreeMap::new(); zones.len()];
        let (mut zone_of, mut hosts) = (Vec::new(), Vec::new());
        for (at, host) in flows.hosts().keys().zip(plan.hosts()) {
            let Some(class) = flows.class_id(at) else { break };
            let zone = known.get(&plan.zone_of(host)).copied().unwrap_or_default();
            if let (Some(group), Some(counts)) = (zones.get_mut(zone), counts.get_mut(zone)) {
                group.hosts.push(at);
                *counts.entry(class).or_default() += 1;
            }
            zone_of.push(zone);
            hosts.push([(class, 1)]);
        }
        let mut all: BTreeMap<ClassId, u64> = BTreeMap::new();
        for (group, counts) in zones.iter_mut().zip(counts) {
            for (class, size) in &counts {
                *all.entry(*class).or_default() += size;
            }
            group.members = counts.into_iter().collect();
        }
        Self { rows, columns, zones, zone_of, hosts, all: all.into_iter().collect() }
    }

    /// What rows and columns stand for.
    pub fn axes(&self) -> (Axis, Axis) {
        (self.rows, self.columns)
    }

    /// How many rows and columns there are.
    pub fn size(&self) -> (usize, usize) {
        (self.len(self.rows), self.len(self.columns))
    }

    /// What the row is.
    pub fn row(&self, at: usize) -> Option<Place<'_>> {
        self.place(self.rows, at)
    }

    /// What the column is.
    pub fn column(&self, at: usize) -> Option<Place<'_>> {
        self.place(self.columns, at)
    }

    /// The hosts of a row, in the plan's order.
    pub fn row_hosts(&self, at: usize) -> Vec<HostIx> {
        self.hosts_of(self.rows, at)
    }

    /// The hosts of a column, in the plan's order.
    pub fn column_hosts(&self, at: usize) -> Vec<HostIx> {
        self.hosts_of(self.columns, at)
    }

    /// The cells of some rows and columns.
    pub fn window(&self, flows: &Flows, rows: Range<usize>, columns: Range<usize>) -> Vec<Vec<Cell>> {
        rows.map(|row| {
            let mut reach = Reach::new(flows, self.members(self.rows, row));
            columns.clone().map(|column| self.cell_of(flows, &mut reach, row, column)).collect()
        })
        .collect()
    }

    /// One cell.
    pub fn cell(&self, flows: &Flows, row: usize, column: usize) -> Cell {
        self.cell_of(flows, &mut Reach::new(flows, self.members(self.rows, row)), row, column)
    }

    /// The network flows of a whole row.
    pub fn row_sum(&self, flows: &Flows, row: usize) -> u64 {
        let members = self.members(self.rows, row);
        Reach::new(flows, members).count(flows, &self.all).saturating_sub(own(flows, members))
    }

    /// The network flows of a whole column.
    pub fn column_sum(&self, flows: &Flows, column: usize) -> u64 {
        let members = self.members(self.columns, column);
        Reach::new(flows, &self.all).count(flows, members).saturating_sub(own(flows, members))
    }

    /// The shapes that flows of a cell have, those of hosts to themselves aside.
    pub fn shapes(&self, flows: &Flows, row: usize, column: usize) -> BTreeSet<ShapeId> {
        let from = self.members(self.rows, row);
        shapes(flows, from, self.members(self.columns, column), self.common(row, column))
    }

    /// The shapes that any network flow of the plan has.
    pub fn all_shapes(&self, flows: &Flows) -> BTreeSet<ShapeId> {
        shapes(flows, &self.all, &self.all, &self.all)
    }

    fn cell_of(&self, flows: &Flows, reach: &mut Reach, row: usize, column: usize) -> Cell {
        let common = self.common(row, column);
        let same_host = common.iter().map(|(class, size)| {
            let within = flows.classes.table[*class].within;
            within.map_or(0, |list| flows.list(list).merged.len() as u64) * size
        });
        Cell {
            flows: reach.count(flows, self.members(self.columns, column)).saturating_sub(own(flows, common)),
            same_host: same_host.sum(),
        }
    }

    fn len(&self, axis: Axis) -> usize {
        match axis {
            Axis::Hosts => self.hosts.len(),
            Axis::Zones => self.zones.len(),
        }
    }

    fn place(&self, axis: Axis, at: usize) -> Option<Place<'_>> {
        match axis {
            Axis::Hosts if at < self.hosts.len() => HostIx::from_position(at).map(Place::Host),
            Axis::Hosts => None,
            Axis::Zones => self.zones.get(at).map(|group| Place::Zone(group.zone.as_ref())),
        }
    }

    fn hosts_of(&self, axis: Axis, at: usize) -> Vec<HostIx> {
        match axis {
            Axis::Hosts => HostIx::from_position(at).into_iter().collect(),
            Axis::Zones => self.zones.get(at).map_or_else(Vec::new, |group| group.hosts.clone()),
        }
    }

    fn members(&self, axis: Axis, at: usize) -> &Members {
        match axis {
            Axis::Hosts => self.hosts.get(at).map_or(&[], <[_; 1]>::as_slice),
            Axis::Zones => self.zones.get(at).map_or(&[], |group| &group.members),
        }
    }

    /// The hosts that are in the row and in the column.
    fn common(&self, row: usize, column: usize) -> &Members {
        let is_in = |host: usize, zone: usize| self.zone_of.get(host) == Some(&zone);
        match (self.rows, self.columns) {
            (Axis::Hosts, Axis::Zones) if is_in(row, column) => self.members(Axis::Hosts, row),
            (Axis::Zones, Axis::Hosts) if is_in(column, row) => self.members(Axis::Hosts, column),
            (rows, columns) if rows == columns && row == column => self.members(rows, row),
            _ => &[],
        }
    }
}

/// The ports of shapes, by transport.
pub fn ports(flows: &Flows, shapes: &BTreeSet<ShapeId>) -> BTreeMap<Transport, Ports> {
    let mut items: BTreeMap<Transport, BTreeSet<PortItem>> = BTreeMap::new();
    for shape in shapes {
        let shape = flows.shape(*shape);
        items.entry(shape.transport).or_default().extend(shape.ports.items());
    }
    items.into_iter().map(|(transport, items)| (transport, items.into_iter().collect())).collect()
}

/// The zones that have hosts: those that the operator described in their order, then others as hosts name them, then the
/// hosts without one.
fn zone_order(plan: &Plan) -> Vec<Option<&ZoneName>> {
    let mut used: Vec<Option<&ZoneName>> = Vec::new();
    let mut known: BTreeSet<Option<&ZoneName>> = BTreeSet::new();
    for zone in plan.hosts().iter().map(|host| plan.zone_of(host)) {
        if known.insert(zone) {
            used.push(zone);
        }
    }
    let described = |zone: Option<&ZoneName>| {
        let place = zone.and_then(|zone| plan.zones().iter().position(|own| own.name == *zone));
        (zone.is_none(), place.unwrap_or(usize::MAX))
    };
    used.sort_by_key(|zone| described(*zone));
    used
}

/// What goes from a group to each kind of destination, counted once and kept.
struct Reach {
    sources: Vec<(ClassId, u64)>,
    known: HashMap<TargetId, u64>,
}

impl Reach {
    fn new(flows: &Flows, members: &Members) -> Self {
        // Classes with one source side reach the same; one of them stands for all.
        let mut sources: BTreeMap<_, (ClassId, u64)> = BTreeMap::new();
        for (class, size) in members {
            let side = flows.classes.table[*class].source;
            sources.entry(side).or_insert((*class, 0)).1 += size;
        }
        Self { sources: sources.into_values().collect(), known: HashMap::new() }
    }

    /// To all hosts of another group, a host to itself included where it is in both.
    fn count(&mut self, flows: &Flows, members: &Members) -> u64 {
        members.iter().map(|(class, size)| self.to(flows, *class) * size).sum()
    }

    fn to(&mut self, flows: &Flows, class: ClassId) -> u64 {
        let target = flows.classes.table[class].target;
        let sources = &self.sources;
        let sum = || sources.iter().map(|(from, size)| rows(flows, *from, class) * size).sum();
        *self.known.entry(target).or_insert_with(sum)
    }
}

/// How many flows go from a host of one class to a host of another.
fn rows(flows: &Flows, from: ClassId, to: ClassId) -> u64 {
    let (from, to) = (&flows.classes.table[from], &flows.classes.table[to]);
    let list = flows.classes.across(from.source, to.target);
    list.map_or(0, |list| flows.list(list).merged.len() as u64)
}

/// What the sums above count from hosts to themselves.
fn own(flows: &Flows, members: &Members) -> u64 {
    members.iter().map(|(class, size)| rows(flows, *class, *class) * size).sum()
}

fn shapes(flows: &Flows, from: &Members, to: &Members, common: &Members) -> BTreeSet<ShapeId> {
    let common: HashMap<ClassId, u64> = common.iter().copied().collect();
    let mut lists = BTreeSet::new();
    for (source, from_size) in from {
        for (target, to_size) in to {
            let alone = source == target && common.get(source) == Some(&(from_size * to_size));
            let (source, target) = (&flows.classes.table[*source], &flows.classes.table[*target]);
            lists.extend(flows.classes.across(source.source, target.target).filter(|_| !alone));
        }
    }
    lists.into_iter().flat_map(|list| flows.list(list).merged.iter().copied()).collect()
}
