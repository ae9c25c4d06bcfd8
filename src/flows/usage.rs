//! How often each shape occurs, and who has flows at all: counted by sides of hosts, never flow by flow.

use std::collections::{BTreeMap, HashMap};

use crate::catalogue::Key;

use super::classes::{ClassId, SourceId, TargetId};
use super::resolve::{Flows, HostIx};
use super::shape::{ListId, ShapeId};

/// Hosts with the same side: how many there are, and the first two of them.
#[derive(Debug, Clone, Copy)]
struct Members {
    count: u64,
    first: HostIx,
    second: Option<HostIx>,
}

impl Members {
    fn add<K: Ord>(all: &mut BTreeMap<K, Self>, side: K, host: HostIx) {
        all.entry(side)
            .and_modify(|members| {
                members.count += 1;
                members.second = members.second.or(Some(host));
            })
            .or_insert(Self { count: 1, first: host, second: None });
    }

    /// A host of the one side and another of the other; none where both sides are one host.
    fn pair(self, other: Self) -> Option<(HostIx, HostIx)> {
        if self.first != other.first {
            return Some((self.first, other.first));
        }
        match (self.second, other.second) {
            (_, Some(second)) => Some((self.first, second)),
            (Some(second), None) => Some((second, other.first)),
            (None, None) => None,
        }
    }
}

/// How often a shape occurs between different hosts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ShapeUse {
    /// The shape, as flows are merged.
    pub shape: ShapeId,
    /// How many flows have it.
    pub flows: u64,
    /// The two hosts of one of them.
    pub example: (HostIx, HostIx),
}

/// What the flows of a plan use.
#[derive(Debug, Default)]
pub struct Usage {
    shapes: Vec<ShapeUse>,
    /// For each class, whether its hosts have flows with others.
    busy: Vec<bool>,
}

impl Usage {
    /// Counts what the flows use.
    pub fn new(flows: &Flows) -> Self {
        let (mut sources, mut targets) = (BTreeMap::new(), BTreeMap::new());
        for (host, class) in flows.hosts.keys().filter_map(|host| Some((host, flows.class_of(host)?))) {
            Members::add(&mut sources, class.source, host);
            Members::add(&mut targets, class.target, host);
        }
        // Hosts that are on both sides of a pair have no flow with themselves.
        let mut both: HashMap<(SourceId, TargetId), u64> = HashMap::new();
        for class in flows.classes.table.entries() {
            *both.entry((class.source, class.target)).or_default() += class.size;
        }
        let mut lists: BTreeMap<ListId, (u64, (HostIx, HostIx))> = BTreeMap::new();
        let mut outward: HashMap<SourceId, u64> = HashMap::new();
        let mut inward: HashMap<TargetId, u64> = HashMap::new();
        for (source, from) in &sources {
            for (target, to) in &targets {
                let Some(list) = flows.classes.across(*source, *target) else { continue };
                *outward.entry(*source).or_default() += to.count;
                *inward.entry(*target).or_default() += from.count;
                let pairs = from.count * to.count - both.get(&(*source, *target)).copied().unwrap_or(0);
                if let Some(example) = from.pair(*to).filter(|_| pairs > 0) {
                    lists.entry(list).or_insert((0, example)).0 += pairs;
                }
            }
        }
        let busy = |class: &super::classes::Class| {
            let own = u64::from(flows.classes.across(class.source, class.target).is_some());
            outward.get(&class.source).is_some_and(|peers| *peers > own)
                || inward.get(&class.target).is_some_and(|peers| *peers > own)
        };
        let busy = flows.classes.table.entries().iter().map(busy).collect();
        Self { shapes: shapes(flows, &lists), busy }
    }

    /// The shapes that flows between different hosts have.
    pub fn shapes(&self) -> &[ShapeUse] {
        &self.shapes
    }

    /// Whether the host has a flow from or to another one.
    pub fn has_flows(&self, flows: &Flows, host: HostIx) -> bool {
        let class = flows.class_id(host);
        class.is_some_and(|class| self.busy.get(class.position()).copied().unwrap_or(false))
    }
}

fn shapes(flows: &Flows, lists: &BTreeMap<ListId, (u64, (HostIx, HostIx))>) -> Vec<ShapeUse> {
    let mut shapes: BTreeMap<ShapeId, ShapeUse> = BTreeMap::new();
    for (list, (pairs, example)) in lists {
        for shape in &flows.list(*list).merged {
            let unused = ShapeUse { shape: *shape, flows: 0, example: *example };
            shapes.entry(*shape).or_insert(unused).flows += pairs;
        }
    }
    shapes.into_values().collect()
}

/// Counts, for single hosts, the flows that they have with the hosts of a group.
#[derive(Debug, Default)]
pub struct Contacts {
    sources: BTreeMap<SourceId, Members>,
    targets: BTreeMap<TargetId, Members>,
    known: HashMap<ClassId, Option<(u64, HostIx)>>,
}

impl Contacts {
    /// The group.
    pub fn new(flows: &Flows, group: impl Iterator<Item = HostIx>) -> Self {
        let mut contacts = Self::default();
        for host in group {
            if let Some(class) = flows.class_of(host) {
                Members::add(&mut contacts.sources, class.source, host);
                Members::add(&mut contacts.targets, class.target, host);
            }
        }
        contacts
    }

    /// How many flows a host outside the group has with it, and one of the hosts that they go to or come from; `None`
    /// where it has none.
    pub fn of(&mut self, flows: &Flows, host: HostIx) -> Option<(u64, HostIx)> {
        let id = flows.class_id(host)?;
        if let Some(known) = self.known.get(&id) {
            return *known;
        }
        let class = flows.class_of(host)?;
        let size = |list| flows.list(list).merged.len() as u64;
        let outward = self.targets.iter().filter_map(|(target, members)| {
            flows
                .classes
                .across(class.source, *target)
                .map(|list| (size(list) * members.count, members.first))
        });
        let inward = self.sources.iter().filter_map(|(source, members)| {
            flows
                .classes
                .across(*source, class.target)
                .map(|list| (size(list) * members.count, members.first))
        });
        let found =
            outward.chain(inward).reduce(|(count, first), (more, other)| (count + more, first.min(other)));
        self.known.insert(id, found);
        found
    }
}
