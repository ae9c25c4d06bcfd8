//! The list of flows: its search, its way of grouping, its cursor.

use crate::catalogue::{Catalogue, Ports, Transport};
use crate::flows::search::{Matches, Query};
use crate::flows::{Crossing, FlowRef, Flows, Grouping, Listing, RuleRef, SameHost};
use crate::plan::{HostId, Plan};

use super::field::Field;
use super::list::ListState;

/// State of the list of flows.
#[derive(Debug)]
pub struct FlowView {
    /// Merged flows, or rules as printed.
    pub grouping: Grouping,
    /// Whether connections of a host to itself are listed.
    pub same_host: SameHost,
    /// Whether what stays inside one zone is listed.
    pub crossing: Crossing,
    /// The search line.
    pub search: Field,
    /// The cursor.
    pub list: ListState,
    query: Query,
    listing: Listing,
}

/// Names a flow across changes of the plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct FlowKey {
    from: HostId,
    to: HostId,
    transport: Transport,
    ports: Ports,
    reasons: Vec<RuleRef>,
}

impl FlowView {
    pub(super) fn new(flows: &Flows) -> Self {
        let (grouping, same_host) = (Grouping::default(), SameHost::default());
        Self {
            grouping,
            same_host,
            crossing: Crossing::default(),
            search: Field::default(),
            list: ListState::default(),
            query: Query::default(),
            listing: Listing::new(flows, grouping, same_host, None),
        }
    }

    /// The flows that are listed.
    pub fn listing(&self) -> &Listing {
        &self.listing
    }

    /// The search as it was understood.
    pub fn query(&self) -> &Query {
        &self.query
    }

    /// Whether fewer flows may be listed than there are.
    pub fn is_narrowed(&self) -> bool {
        !self.query.is_empty() || self.crossing == Crossing::Only
    }

    /// The flow under the cursor.
    pub fn selected(&self, flows: &Flows) -> Option<FlowRef> {
        self.listing.window(flows, self.list.cursor(), 1).first().copied()
    }

    pub(super) fn key(&self, flows: &Flows) -> Option<FlowKey> {
        let flow = self.selected(flows)?;
        let shape = flows.shape(flow.shape);
        Some(FlowKey {
            from: flows.hosts()[flow.from],
            to: flows.hosts()[flow.to],
            transport: shape.transport,
            ports: Ports::clone(&shape.ports),
            reasons: shape.reasons.clone(),
        })
    }

    /// Lists anew after the plan, the search or the grouping changed; the cursor stays on its flow if that is
    /// still listed.
    pub(super) fn refresh(
        &mut self,
        catalogue: &Catalogue,
        plan: &Plan,
        flows: &Flows,
        key: Option<&FlowKey>,
    ) {
        self.query = Query::parse(self.search.text());
        let matches =
            (!self.query.is_empty()).then(|| Matches::new(catalogue, plan, flows, &self.query, None));
        self.listing = match self.crossing {
            Crossing::All => Listing::new(flows, self.grouping, self.same_host, matches),
            Crossing::Only => Listing::crossing(flows, flows.zones(plan), self.grouping, matches),
        };
        let line = key.and_then(|key| self.find(flows, key)).unwrap_or(self.list.cursor());
        self.list.go(line, self.listing.len());
    }

    /// The row with the same reasons; if there is none, the first with the same ports.
    fn find(&self, flows: &Flows, key: &FlowKey) -> Option<u64> {
        let (from, to) = (flows.place(key.from)?, flows.place(key.to)?);
        let same = |shape| {
            let shape = flows.shape(shape);
            shape.transport == key.transport && *shape.ports == key.ports
        };
        let exact = |shape| same(shape) && flows.shape(shape).reasons == key.reasons;
        let position = self.listing.position(flows, from, to, exact);
        position.or_else(|| self.listing.position(flows, from, to, same))
    }
}
