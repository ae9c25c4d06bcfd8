//! What changed between two resolved plans: how many flows came and went, and whether one is new.

use std::collections::{HashMap, HashSet};

use crate::catalogue::{Key, Ports, Transport};
use crate::plan::HostId;

use super::classes::ClassId;
use super::listing::FlowRef;
use super::resolve::{Flows, HostIx};
use super::shape::{ListId, Shape};

/// How many flows appeared and disappeared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Delta {
    /// Flows that were not there before.
    pub added: u64,
    /// Flows that are gone.
    pub removed: u64,
}

impl Delta {
    /// Whether nothing changed.
    pub fn is_empty(self) -> bool {
        self == Self::default()
    }
}

/// Two states of one plan, ready to be compared.
#[derive(Debug)]
pub struct Comparison {
    delta: Delta,
    places: HashMap<HostId, HostIx>,
}

/// The class of a host before and after; `None` where it is not in that state.
type Joint = (Option<ClassId>, Option<ClassId>);

impl Comparison {
    /// Compares two states of one plan. Hosts are told apart by their id, so a renamed host is the same host.
    pub fn new(before: &Flows, after: &Flows) -> Self {
        let places = before.hosts().iter().map(|(place, id)| (*id, place)).collect();
        let joints = joint_classes(before, after, &places);
        Self { delta: count(before, after, &joints), places }
    }

    /// How many flows came and went.
    pub fn delta(&self) -> Delta {
        self.delta
    }

    /// Whether a flow of the state after was not there before.
    pub fn is_new(&self, before: &Flows, after: &Flows, flow: FlowRef) -> bool {
        let place = |host: HostIx| self.places.get(&after.hosts()[host]).copied();
        let (Some(from), Some(to)) = (place(flow.from), place(flow.to)) else { return true };
        let shape = after.shape(flow.shape);
        let was_there = |list: &super::shape::ShapeList| {
            list.merged.iter().any(|old| same_flow(before.shape(*old), shape))
        };
        !before.list_between(from, to).is_some_and(was_there)
    }
}

fn same_flow(left: &Shape, right: &Shape) -> bool {
    left.transport == right.transport && left.ports == right.ports
}

fn joint_classes(before: &Flows, after: &Flows, places: &HashMap<HostId, HostIx>) -> HashMap<Joint, u64> {
    let mut joints: HashMap<Joint, u64> = HashMap::new();
    let mut kept = HashSet::new();
    for (place, id) in after.hosts().iter() {
        let old = places.get(id).copied();
        kept.extend(old);
        let joint = (old.and_then(|old| before.class_of(old)), after.class_of(place));
        *joints.entry(joint).or_default() += 1;
    }
    for place in before.hosts().keys().filter(|place| !kept.contains(place)) {
        *joints.entry((before.class_of(place), None)).or_default() += 1;
    }
    joints
}

fn count(before: &Flows, after: &Flows, joints: &HashMap<Joint, u64>) -> Delta {
    let mut delta = Delta::default();
    let mut known: HashMap<(Option<ListId>, Option<ListId>), (u64, u64)> = HashMap::new();
    for (from, from_size) in joints {
        for (to, to_size) in joints {
            let lists = (list_across(before, from.0, to.0), list_across(after, from.1, to.1));
            if lists == (None, None) {
                continue;
            }
            let (added, removed) =
                *known.entry(lists).or_insert_with(|| difference(before, after, lists.0, lists.1));
            let pairs = from_size * if from == to { to_size - 1 } else { *to_size };
            delta.added += added * pairs;
            delta.removed += removed * pairs;
        }
    }
    delta
}

fn list_across(flows: &Flows, from: Option<ClassId>, to: Option<ClassId>) -> Option<ListId> {
    let row = flows.reached_from(from?);
    let to = to?;
    let at = row.binary_search_by_key(&to, |(class, _)| *class).ok()?;
    row.get(at).map(|(_, list)| *list)
}

fn difference(before: &Flows, after: &Flows, old: Option<ListId>, new: Option<ListId>) -> (u64, u64) {
    let keys = |flows: &'_ Flows, list: Option<ListId>| -> HashSet<(Transport, Ports)> {
        let shapes = list.map_or(&[][..], |list| &flows.list(list).merged);
        shapes
            .iter()
            .map(|shape| flows.shape(*shape))
            .map(|shape| (shape.transport, Ports::clone(&shape.ports)))
            .collect()
    };
    let (old, new) = (keys(before, old), keys(after, new));
    (new.difference(&old).count() as u64, old.difference(&new).count() as u64)
}

impl Flows {
    /// How many flows there are between different hosts.
    pub fn count(&self) -> u64 {
        let sizes = |class: ClassId| self.classes.size(class);
        let from = |class: ClassId| {
            self.reached_from(class).iter().map(move |(to, list)| {
                let shapes = self.list(*list).merged.len() as u64;
                let targets = if *to == class { sizes(class) - 1 } else { sizes(*to) };
                shapes * sizes(class) * targets
            })
        };
        self.classes().keys().flat_map(from).sum()
    }

    /// The place of a host in this resolved plan.
    pub fn place(&self, id: HostId) -> Option<HostIx> {
        self.hosts().entries().iter().position(|host| *host == id).and_then(HostIx::from_position)
    }
}
