//! Whether a snippet holds all of a host's flows, or only a part of them.
//!
//! What creates all of them may replace what an earlier state of the plan created. A part must not: it would close
//! ports that the host's other flows need. So a part gets names of its own.

use std::collections::HashMap;

use crate::catalogue::{OptionSet, Os, RoleSet};
use crate::flows::search::{self, Matches, Query, Scope};
use crate::flows::{Grouping, HostIx, Listing, SameHost};
use crate::plan::{Host, HostId, Party};

use super::names::Id;
use super::target::Direction;
use super::{Request, Selection};

/// How much of what a place needs the selection holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Coverage {
    /// Every flow.
    Whole,
    /// Every flow between two zones; a later state of the plan may replace them too.
    Zones(Id),
    /// Some flows.
    Part,
}

/// Hosts for which this is equal have equally many flows.
type Likeness = (RoleSet, Os, OptionSet, Option<HostId>);

/// Counts what hosts need; hosts that are alike are counted once.
pub(super) struct Census<'a> {
    request: &'a Request<'a>,
    counted: HashMap<Likeness, u64>,
}

impl<'a> Census<'a> {
    pub fn new(request: &'a Request<'a>) -> Self {
        Self { request, counted: HashMap::new() }
    }

    /// How much of what all firewalls between hosts need is selected.
    pub fn between(&self) -> Coverage {
        match self.request.selection {
            Selection::Listing(listing) if listing.matches().is_none() => Coverage::Whole,
            Selection::Zones(zones) => Coverage::Zones(zones.id()),
            Selection::Listing(_) | Selection::Flow(_) | Selection::New(_) | Selection::Gone(_) => {
                Coverage::Part
            }
        }
    }

    /// How much of what the host needs is selected, if `selected` of its flows are.
    pub fn of(&mut self, host: &Host, at: HostIx, selected: usize) -> Coverage {
        let between = self.between();
        let may_be_whole = match self.request.selection {
            // Of a host that keeps nothing, everything goes that was made for it.
            Selection::Listing(_) | Selection::Zones(_) | Selection::Gone(_) => between != Coverage::Whole,
            Selection::Flow(_) | Selection::New(_) => false,
        };
        if may_be_whole && self.needed(host, at) == selected as u64 { Coverage::Whole } else { between }
    }

    fn needed(&mut self, host: &Host, at: HostIx) -> u64 {
        let request = self.request;
        let named = |party: Party| party == Party::Host(host.id);
        let own = request.plan.rules().iter().any(|rule| named(rule.from) || named(rule.to));
        let likeness = (host.roles, host.os, request.plan.options_of(host), Some(host.id).filter(|_| own));
        *self.counted.entry(likeness).or_insert_with(|| count(request, at))
    }
}

fn count(request: &Request<'_>, host: HostIx) -> u64 {
    let direction = match request.direction {
        Direction::Inbound => search::Direction::Inbound,
        Direction::Outbound => search::Direction::Outbound,
        Direction::Transit => search::Direction::Both,
    };
    let scope = Some(Scope { host, direction });
    let matches = Matches::new(request.catalogue, request.plan, request.flows, &Query::default(), scope);
    Listing::new(request.flows, Grouping::Flow, SameHost::Hide, Some(matches)).len()
}
