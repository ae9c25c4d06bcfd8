//! What changed between two resolved plans: how many flows came and went, and whether one is new.

use std::collections::{HashMap, HashSet};
use std::hash::Hash;

use crate::catalogue::{Key, Ports, Transport};
use crate::plan::HostId;

use super::classes::{Class, ClassId, SourceId, TargetId};
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
    places: Places,
}

/// Something of a host before and after; `None` where the host is not in that state.
type Joint<T> = (Option<T>, Option<T>);

impl Comparison {
    /// Compares two states of one plan. Hosts are told apart by their id, so a renamed host is the same host.
    pub fn new(before: &Flows, after: &Flows) -> Self {
        let places = Places::new(before);
        let joints = joint_classes(before, after, &places);
        Self { delta: count(before, after, &joints), places }
    }

    /// How many flows came and went.
    pub fn delta(&self) -> Delta {
        self.delta
    }

    /// Whether a flow of the state after was not there before.
    pub fn is_new(&self, before: &Flows, after: &Flows, flow: FlowRef) -> bool {
        let place = |host: HostIx| self.places.get(after.hosts()[host]);
        let (Some(from), Some(to)) = (place(flow.from), place(flow.to)) else { return true };
        let shape = after.shape(flow.shape);
        let was_there =
            |list| before.list(list).merged.iter().any(|old| same_flow(before.shape(*old), shape));
        !before.list_between(from, to).is_some_and(was_there)
    }
}

fn same_flow(left: &Shape, right: &Shape) -> bool {
    left.transport == right.transport && left.ports == right.ports
}

/// Where each host stood before. Ids are small numbers, so a list is all that is needed.
#[derive(Debug)]
struct Places(Vec<Option<HostIx>>);

impl Places {
    fn new(flows: &Flows) -> Self {
        let len = flows.hosts().entries().iter().map(|id| id.number() + 1).max().unwrap_or(0);
        let mut places = vec![None; len];
        for (host, id) in flows.hosts().iter() {
            if let Some(place) = places.get_mut(id.number()) {
                *place = Some(host);
            }
        }
        Self(places)
    }

    fn get(&self, id: HostId) -> Option<HostIx> {
        self.0.get(id.number()).copied().flatten()
    }
}

/// How many hosts there are of each class before and after.
fn joint_classes(before: &Flows, after: &Flows, places: &Places) -> HashMap<Joint<ClassId>, u64> {
    let mut joints: HashMap<Joint<ClassId>, u64> = HashMap::new();
    let mut kept = vec![false; before.hosts().len()];
    for (place, id) in after.hosts().iter() {
        let old = places.get(*id);
        if let Some(kept) = old.and_then(|old| kept.get_mut(old.position())) {
            *kept = true;
        }
        let joint = (old.and_then(|old| before.class_id(old)), after.class_id(place));
        *joints.entry(joint).or_default() += 1;
    }
    for (place, _) in before.hosts().keys().zip(kept).filter(|(_, kept)| !kept) {
        *joints.entry((before.class_id(place), None)).or_default() += 1;
    }
    joints
}

/// Sums up over the two sides of hosts, and takes out what that counts from a host to itself.
fn count(before: &Flows, after: &Flows, joints: &HashMap<Joint<ClassId>, u64>) -> Delta {
    let old = |class: ClassId| &before.classes.table[class];
    let new = |class: ClassId| &after.classes.table[class];
    let classes = || joints.iter().map(|((was, is), size)| ((was.map(old), is.map(new)), *size));
    let sources = summed(classes().map(|(joint, size)| (side(joint, |class| class.source), size)));
    let targets = summed(classes().map(|(joint, size)| (side(joint, |class| class.target), size)));
    let mut differences = Differences { before, after, known: HashMap::new() };
    let mut delta = Delta::default();
    for (source, from_size) in &sources {
        for (target, to_size) in &targets {
            let (added, removed) = differences.between(*source, *target);
            delta.added += added * from_size * to_size;
            delta.removed += removed * from_size * to_size;
        }
    }
    for (joint, size) in classes() {
        let (source, target) = (side(joint, |class| class.source), side(joint, |class| class.target));
        let (added, removed) = differences.between(source, target);
        delta.added -= added * size;
        delta.removed -= removed * size;
    }
    delta
}

fn side<T>((was, is): Joint<&Class>, of: impl Fn(&Class) -> T) -> Joint<T> {
    (was.map(&of), is.map(of))
}

fn summed<T: Eq + Hash>(parts: impl Iterator<Item = (T, u64)>) -> HashMap<T, u64> {
    let mut sums = HashMap::new();
    for (key, size) in parts {
        *sums.entry(key).or_default() += size;
    }
    sums
}

/// How many flows came and went between pairs of hosts.
struct Differences<'a> {
    before: &'a Flows,
    after: &'a Flows,
    known: HashMap<Joint<ListId>, (u64, u64)>,
}

impl Differences<'_> {
    fn between(&mut self, source: Joint<SourceId>, target: Joint<TargetId>) -> (u64, u64) {
        let across = |flows: &Flows, source: Option<SourceId>, target: Option<TargetId>| {
            flows.classes.across(source?, target?)
        };
        let lists = (across(self.before, source.0, target.0), across(self.after, source.1, target.1));
        if lists == (None, None) {
            return (0, 0);
        }
        *self.known.entry(lists).or_insert_with(|| difference(self.before, self.after, lists.0, lists.1))
    }
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
        let classes = self.classes.table.entries();
        let sources = summed(classes.iter().map(|class| (class.source, class.size)));
        let targets = summed(classes.iter().map(|class| (class.target, class.size)));
        let rows = |source, target| {
            self.classes.across(source, target).map_or(0, |list| self.list(list).merged.len() as u64)
        };
        let all = sources.iter().flat_map(|(source, from)| {
            targets.iter().map(move |(target, to)| rows(*source, *target) * from * to)
        });
        let to_themselves = classes.iter().map(|class| rows(class.source, class.target) * class.size);
        all.sum::<u64>() - to_themselves.sum::<u64>()
    }

    /// The place of a host in this resolved plan.
    pub fn place(&self, id: HostId) -> Option<HostIx> {
        self.hosts().entries().iter().position(|host| *host == id).and_then(HostIx::from_position)
    }
}
