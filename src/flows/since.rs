//! Which flows of a plan were not there in an older one that was read from another file. Files hold no ids, so hosts are
//! told apart by their names: one with another name is another host.

use std::collections::HashMap;

use crate::catalogue::Key;
use crate::plan::{HostId, Plan};

use super::listing::FlowRef;
use super::resolve::{Flows, HostIx};

/// An older plan, seen from a newer one.
#[derive(Debug)]
pub struct Since<'a> {
    before: &'a Flows,
    /// Where each host of the newer plan stood in the older one.
    places: Vec<Option<HostIx>>,
}

impl<'a> Since<'a> {
    /// The older plan as seen from `plan`.
    pub fn new(old: &Plan, before: &'a Flows, plan: &Plan) -> Self {
        let hosts = before.hosts().keys().zip(old.hosts());
        let by_name: HashMap<&str, HostIx> = hosts.map(|(place, host)| (host.name.as_str(), place)).collect();
        let places = plan.hosts().iter().map(|host| by_name.get(host.name.as_str()).copied()).collect();
        Self { before, places }
    }

    /// The older state of the same plan, whose hosts are told apart by their ids: a renamed host is the same host.
    pub fn tracked(before: &'a Flows, after: &Flows) -> Self {
        let by_id: HashMap<HostId, HostIx> = before.hosts().iter().map(|(place, id)| (*id, place)).collect();
        let places = after.hosts().entries().iter().map(|id| by_id.get(id).copied()).collect();
        Self { before, places }
    }

    /// Whether a flow of the newer plan was not there: another host, transport or port is another flow.
    pub fn is_new(&self, after: &Flows, flow: FlowRef) -> bool {
        let place = |host: HostIx| self.places.get(host.position()).copied().flatten();
        let (Some(from), Some(to)) = (place(flow.from), place(flow.to)) else { return true };
        let shape = after.shape(flow.shape);
        let old = self.before.list_between(from, to).map_or(&[][..], |list| &self.before.list(list).merged);
        !old.iter().any(|old| {
            let old = self.before.shape(*old);
            old.transport == shape.transport && old.ports == shape.ports
        })
    }
}
