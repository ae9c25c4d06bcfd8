//! Which flows a snippet is written for.

use crate::flows::{Between, FlowRef, Flows, HostIx, Listing, Since};
use crate::plan::{Plan, ZoneName};

use super::names::Id;

/// Which flows to write.
#[derive(Debug, Clone, Copy)]
pub enum Selection<'a> {
    /// One flow.
    Flow(FlowRef),
    /// The rows of a listing: the whole plan, one host, or what a search found.
    Listing(&'a Listing),
    /// All flows from the hosts of one zone to those of another.
    Zones(&'a ZonePair),
    /// What is new since a baseline.
    New(New<'a>),
    /// What is gone since a baseline: the plan is the baseline then, and `since` the newer state.
    Gone(New<'a>),
}

/// The flows of a selection that were not there in an older state of the plan.
#[derive(Debug, Clone, Copy)]
pub struct New<'a> {
    /// Where to look for them.
    pub among: &'a Selection<'a>,
    /// The older state.
    pub since: &'a Since<'a>,
    /// How many flows of the older state are gone.
    pub gone: u64,
}

/// Two zones, or the hosts without one.
#[derive(Debug)]
pub struct ZonePair {
    from: Option<ZoneName>,
    to: Option<ZoneName>,
    flows: Between,
}

impl ZonePair {
    /// All flows from one zone to another; `None` stands for the hosts that have no zone.
    pub fn new(plan: &Plan, flows: &Flows, from: Option<&ZoneName>, to: Option<&ZoneName>) -> Self {
        let zones = flows.zones(plan);
        let hosts = |zone: Option<&ZoneName>| -> Vec<HostIx> {
            flows.hosts().keys().filter(|host| zones.name_of(*host) == zone).collect()
        };
        let between = Between::new(flows, hosts(from), hosts(to));
        Self { from: from.cloned(), to: to.cloned(), flows: between }
    }

    /// `zone dmz to zone lan`.
    pub fn words(&self) -> String {
        zone_words(self.from.as_ref(), self.to.as_ref())
    }

    /// What tells its rules from those of other pairs.
    pub(super) fn id(&self) -> Id {
        let zone = |zone: &'_ Option<ZoneName>| zone.as_ref().map_or("", ZoneName::as_str).to_owned();
        Id::of(["zones", &zone(&self.from), &zone(&self.to)])
    }
}

/// Two zones in words: `zone dmz to zone lan`.
pub fn zone_words(from: Option<&ZoneName>, to: Option<&ZoneName>) -> String {
    let one = |zone: Option<&ZoneName>| {
        zone.map_or_else(|| "hosts without a zone".to_owned(), |zone| format!("zone {zone}"))
    };
    format!("{} to {}", one(from), one(to))
}

/// What crosses zones, in words.
pub const CROSSING: &str = "only what crosses zones";

/// What stands behind [`CROSSING`] where hosts have no zone, since nobody knows what their flows cross.
pub fn outside_words(outside: usize) -> String {
    match outside {
        0 => String::new(),
        1 => " (1 host without a zone counts as crossing)".to_owned(),
        more => format!(" ({more} hosts without a zone count as crossing)"),
    }
}

impl Selection<'_> {
    /// How many rows there are.
    pub fn len(&self, flows: &Flows) -> u64 {
        match self {
            Self::Flow(_) => 1,
            Self::Listing(listing) => listing.len(),
            Self::Zones(zones) => zones.flows.len(),
            Self::New(_) | Self::Gone(_) => {
                let mut count = 0;
                let Ok(()) = self.each(flows, |_| {
                    count += 1;
                    Ok::<(), std::convert::Infallible>(())
                });
                count
            }
        }
    }

    /// Hands every row to `visit` in order, without keeping any.
    ///
    /// # Errors
    /// The first error of `visit`.
    pub fn each<E>(&self, flows: &Flows, mut visit: impl FnMut(FlowRef) -> Result<(), E>) -> Result<(), E> {
        self.visit(flows, &mut visit)
    }

    fn visit<E>(&self, flows: &Flows, visit: &mut dyn FnMut(FlowRef) -> Result<(), E>) -> Result<(), E> {
        match self {
            Self::Flow(flow) => visit(*flow),
            Self::Listing(listing) => listing.each(flows, visit),
            Self::Zones(zones) => zones.flows.each(flows, visit),
            Self::New(new) | Self::Gone(new) => new.among.visit(flows, &mut |flow| {
                if new.since.is_new(flows, flow) { visit(flow) } else { Ok(()) }
            }),
        }
    }
}
