//! Flows put into groups, each of which becomes one rule.
//!
//! A group has one host where the rules apply (or, in transit, one destination), one transport and one list of
//! ports, so its hosts times its ports are exactly its flows: merging opens nothing that no flow asks for.

use std::collections::{BTreeMap, BTreeSet};
use std::convert::Infallible;
use std::sync::Arc;

use crate::catalogue::{Key, Port, Ports, Transport};
use crate::flows::{FlowRef, HostIx, RuleRef, Tag};
use crate::plan::Host;

use super::Request;
use super::target::Direction;

/// What the flows of a group have in common.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct GroupKey {
    /// The host where the rule applies; in transit, the destination.
    pub anchor: HostIx,
    lowest: Option<Port>,
    /// The ports.
    pub ports: Arc<Ports>,
    /// The transport.
    pub transport: Transport,
}

/// Flows that become one rule.
#[derive(Debug, Default)]
pub(super) struct Group {
    /// The other ends of the flows.
    pub peers: BTreeSet<HostIx>,
    /// Every rule that asks for one of them.
    pub reasons: BTreeSet<RuleRef>,
    tags: BTreeMap<Tag, usize>,
    rows: usize,
}

impl Group {
    fn add(&mut self, peer: HostIx, reasons: &[RuleRef], tags: &[Tag]) {
        self.peers.insert(peer);
        self.reasons.extend(reasons);
        self.rows += 1;
        for tag in tags {
            *self.tags.entry(*tag).or_default() += 1;
        }
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
    pub groups: BTreeMap<GroupKey, Group>,
    /// Connections of hosts to themselves; they pass no firewall.
    pub same_host: usize,
}

/// Puts the flows of a request into groups.
pub(super) fn gather(request: &Request<'_>) -> Gathered {
    let mut gathered = Gathered::default();
    let Ok(()) = request.selection.each(request.flows, |flow| {
        gathered.add(request, flow);
        Ok::<(), Infallible>(())
    });
    gathered
}

impl Gathered {
    fn add(&mut self, request: &Request<'_>, flow: FlowRef) {
        if flow.from == flow.to {
            self.same_host += 1;
            return;
        }
        let shape = request.flows.shape(flow.shape);
        let (anchor, peer) = match request.direction {
            Direction::Outbound => (flow.from, flow.to),
            Direction::Inbound | Direction::Transit => (flow.to, flow.from),
        };
        let (lowest, ports) = (shape.ports.lowest(), Arc::clone(&shape.ports));
        let key = GroupKey { anchor, lowest, ports, transport: shape.transport };
        self.groups.entry(key).or_default().add(peer, &shape.reasons, &shape.tags);
    }
}

/// The host at this place of the plan.
pub(super) fn host<'a>(request: &Request<'a>, at: HostIx) -> Option<&'a Host> {
    request.plan.hosts().get(at.position())
}
