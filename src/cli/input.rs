//! What the commands have in common: a plan from a file, its flows, a host by its name.

use std::path::Path;
use std::sync::Arc;

use crate::catalogue::{Catalogue, nearest};
use crate::files;
use crate::flows::search::{Direction, Matches, Query, Scope};
use crate::flows::{Crossing, Flows, Grouping, HostIx, Listing, SameHost};
use crate::plan::Plan;
use crate::snippets::{CROSSING, outside_words};

use super::Failure;

/// A plan with its flows.
pub(super) struct Loaded {
    pub catalogue: Arc<Catalogue>,
    pub plan: Plan,
    pub flows: Flows,
}

impl Loaded {
    /// Reads and resolves a plan.
    pub fn read(path: &Path, catalogue: &Arc<Catalogue>) -> Result<Self, Failure> {
        let plan = files::load(path, catalogue)?.plan;
        let flows = Flows::new(catalogue, &plan);
        Ok(Self { catalogue: Arc::clone(catalogue), plan, flows })
    }

    /// That only what crosses zones is meant, in words.
    pub fn crossing_words(&self) -> String {
        format!("{CROSSING}{}", outside_words(self.flows.zones(&self.plan).outside()))
    }

    /// A pinned state of the plan, in its place.
    pub fn at_baseline(&self, name: &str) -> Result<Self, Failure> {
        let Some(baseline) = self.plan.baseline(name) else {
            let names = self.plan.baselines().iter().map(|baseline| baseline.name().as_str());
            return Err(Failure::Unknown {
                kind: "baseline",
                found: name.to_owned(),
                nearest: nearest(name, names).map(str::to_owned),
                known: format!("the plan has {}; portplan baselines lists them", self.plan.baselines().len()),
            });
        };
        let catalogue = Arc::clone(&self.catalogue);
        let plan = self.plan.as_in(baseline);
        let flows = Flows::new(&catalogue, &plan);
        Ok(Self { catalogue, plan, flows })
    }

    /// The place of the host with this name.
    pub fn host(&self, name: &str) -> Result<HostIx, Failure> {
        let place = self.plan.host_named(name).and_then(|host| self.flows.place(host.id));
        place.ok_or_else(|| {
            let names = self.plan.hosts().iter().map(|host| host.name.as_str());
            Failure::Unknown {
                kind: "host",
                found: name.to_owned(),
                nearest: nearest(name, names).map(str::to_owned),
                known: format!("the plan has {} host(s)", self.plan.hosts().len()),
            }
        })
    }

    /// The flows that match a search, of one host or of all; with `crossing`, only what crosses zones.
    pub fn listing(
        &self,
        search: Option<&str>,
        host: Option<&str>,
        direction: Direction,
        grouping: Grouping,
        same_host: SameHost,
        crossing: Crossing,
    ) -> Result<Listing, Failure> {
        let query = Query::parse(search.unwrap_or_default());
        let host = host.map(|name| self.host(name)).transpose()?;
        let scope = host.map(|host| Scope { host, direction });
        let matches = (scope.is_some() || !query.is_empty())
            .then(|| Matches::new(&self.catalogue, &self.plan, &self.flows, &query, scope));
        Ok(match crossing {
            Crossing::All => Listing::new(&self.flows, grouping, same_host, matches),
            Crossing::Only => Listing::crossing(&self.flows, self.flows.zones(&self.plan), grouping, matches),
        })
    }
}
