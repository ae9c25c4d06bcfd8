//! Flows put into groups, each of which becomes one rule.
//!
//! A group has one host where the rules apply (or, in transit, one destination), one transport and one list of
//! ports, so its hosts times its ports are exactly its flows: merging opens nothing that no flow asks for. In transit,
//! destinations that the same hosts reach at the same ports are one group, and the product is still exact.

use std::collections::{BTreeMap, BTreeSet};
use std::convert::Infallible;
use std::sync::Arc;

use crate::catalogue::{Key as _, Port, Ports, Transport};
use crate::flows::{FlowRef, HostIx, RuleRef, Tag};
use crate::plan::Host;

use super::Request;
use super::target::Direction;

/// What the flows of a group have in common before destinations are put together; its order is that of the rules.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    anchor: HostIx,
    lowest: Option<Port>,
    ports: Arc<Ports>,
    transport: Transport,
}

/// Flows that become one rule: from every peer to every anchor, or the other way round, at all of the ports.
#[derive(Debug)]
pub(super) struct Group {
    /// The host where the rule applies; in transit, the destinations. Never empty.
    pub anchors: Vec<HostIx>,
    /// The other ends of the flows.
    pub peers: BTreeSet<HostIx>,
    /// The ports.
    pub ports: Arc<Ports>,
    /// The transport.
    pub transport: Transport,
    /// Every rule that asks for one of them.
    pub reasons: BTreeSet<RuleRef>,
    tags: BTreeMap<Tag, usize>,
    rows: usize,
}

impl Group {
    fn new(key: &Key) -> Self {
        Self {
            anchors: vec![key.anchor],
            peers: BTreeSet::new(),
            ports: Arc::clone(&key.ports),
            transport: key.transport,
            reasons: BTreeSet::new(),
            tags: BTreeMap::new(),
            rows: 0,
        }
    }

    fn add(&mut self, peer: HostIx, reasons: &[RuleRef], tags: &[Tag]) {
        self.peers.insert(peer);
        self.reasons.extend(reasons);
        self.rows += 1;
        for tag in tags {
            *self.tags.entry(*tag).or_default() += 1;
        }
    }

    /// Takes in a group with the same peers, ports and transport.
    fn join(&mut self, other: Self) {
        self.anchors.extend(other.anchors);
        self.reasons.extend(other.reasons);
        self.rows += other.rows;
        for (tag, count) in other.tags {
            *self.tags.entry(tag).or_default() += count;
        }
    }

    /// How many flows there are, each with all its reasons.
    pub fn flows(&self) -> usize {
        self.anchors.len() * self.peers.len()
    }

    /// Whether a flow of the group has the tag.
    pub fn has_some(&self, tag: Tag) -> bool {
        self.tags.contains_key(&tag)
    }

    /// Whether every flow of the group has the tag.
    pub fn has_all(&self, tag: Tag) -> bool {
        self.tags.get(&tag) == Some(&self.rows)
    }
}

/// All flows of a selection, in groups.
#[derive(Debug, Default)]
pub(super) struct Gathered {
    /// The groups, by host and ports.
    pub groups: Vec<Group>,
    /// Connections of hosts to themselves; they pass no firewall.
    pub same_host: usize,
}

/// Puts the flows of a request into groups.
pub(super) fn gather(request: &Request<'_>) -> Gathered {
    let mut groups = BTreeMap::new();
    let mut same_host = 0;
    let Ok(()) = request.selection.each(request.flows, |flow| {
        if flow.from == flow.to {
            same_host += 1;
        } else {
            add(&mut groups, request, flow);
        }
        Ok::<(), Infallible>(())
    });
    let groups = groups.into_values();
    let groups = match request.direction {
        Direction::Inbound | Direction::Outbound => groups.collect(),
        Direction::Transit => joined(groups),
    };
    Gathered { groups, same_host }
}

fn add(groups: &mut BTreeMap<Key, Group>, request: &Request<'_>, flow: FlowRef) {
    let shape = request.flows.shape(flow.shape);
    let (anchor, peer) = match request.direction {
        Direction::Outbound => (flow.from, flow.to),
        Direction::Inbound | Direction::Transit => (flow.to, flow.from),
    };
    let (lowest, ports) = (shape.ports.lowest(), Arc::clone(&shape.ports));
    let key = Key { anchor, lowest, ports, transport: shape.transport };
    let group = groups.entry(key.clone()).or_insert_with(|| Group::new(&key));
    group.add(peer, &shape.reasons, &shape.tags);
}

/// Puts destinations together that the same hosts reach at the same ports; each stands where its first one stood.
fn joined(groups: impl Iterator<Item = Group>) -> Vec<Group> {
    let mut joined: Vec<Group> = Vec::new();
    let mut places = BTreeMap::new();
    for group in groups {
        let alike = (group.peers.clone(), Arc::clone(&group.ports), group.transport);
        let place = *places.entry(alike).or_insert(joined.len());
        match joined.get_mut(place) {
            Some(first) => first.join(group),
            None => joined.push(group),
        }
    }
    joined
}

/// The host at this place of the plan.
pub(super) fn host<'a>(request: &Request<'a>, at: HostIx) -> Option<&'a Host> {
    request.plan.hosts().get(at.position())
}
