//! What the commands have in common: a plan from a file, its flows, a host by its name.

use std::path::Path;

use crate::catalogue::{Catalogue, nearest};
use crate::files;
use crate::flows::search::{Direction, Matches, Query, Scope};
use crate::flows::{Flows, Grouping, HostIx, Listing, SameHost};
use crate::plan::Plan;

use super::Failure;

/// A plan with its flows.
pub(super) struct Loaded {
    pub catalogue: Catalogue,
    pub plan: Plan,
    pub flows: Flows,
}

impl Loaded {
    /// Reads and resolves a plan.
    pub fn read(path: &Path) -> Result<Self, Failure> {
        let catalogue = Catalogue::embedded()?;
        let plan = files::load(path, &catalogue)?.plan;
        let flows = Flows::new(&catalogue, &plan);
        Ok(Self { catalogue, plan, flows })
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
        let catalogue = Catalogue::embedded()?;
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

    /// The flows that match a search, of one host or of all.
    pub fn listing(
        &self,
        search: Option<&str>,
        host: Option<&str>,
        direction: Direction,
        grouping: Grouping,
        same_host: SameHost,
    ) -> Result<Listing, Failure> {
        let query = Query::parse(search.unwrap_or_default());
        let host = host.map(|name| self.host(name)).transpose()?;
        let scope = host.map(|host| Scope { host, direction });
        let matches = (scope.is_some() || !query.is_empty())
            .then(|| Matches::new(&self.catalogue, &self.plan, &self.flows, &query, scope));
        Ok(Listing::new(&self.flows, grouping, same_host, matches))
    }
}
