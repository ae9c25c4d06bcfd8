//! States of the plan that were pinned, to compare the present one against.

use std::sync::Arc;

use super::text::PlanName;
use super::{Host, Plan};

/// A pinned state of the plan. Pinning copies no host twice: a baseline is shared by all states that know it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Baseline {
    plan: Arc<Plan>,
}

impl Baseline {
    /// Pins a state under a name. Baselines of its own do not go with it.
    pub fn new(name: PlanName, plan: &Plan) -> Self {
        let plan = Plan { name, baselines: Vec::new(), ..plan.clone() };
        Self { plan: Arc::new(plan) }
    }

    /// Its name; no two baselines of a plan share one.
    pub fn name(&self) -> &PlanName {
        self.plan.name()
    }

    /// Whether both are one pinned state, and not only alike.
    pub fn is_same(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.plan, &other.plan)
    }

    /// The same state under another name.
    #[must_use]
    pub fn renamed(&self, name: PlanName) -> Self {
        Self { plan: Arc::new(Plan { name, ..(*self.plan).clone() }) }
    }

    /// The pinned state, called as the baseline is.
    pub fn plan(&self) -> &Plan {
        &self.plan
    }
}

impl Plan {
    /// The baseline with this name.
    pub fn baseline(&self, name: &str) -> Option<&Baseline> {
        self.baselines.iter().find(|baseline| baseline.name().as_str() == name)
    }

    /// The pinned state as a plan that can take the place of this one: it keeps this plan's name and baselines.
    #[must_use]
    pub fn as_in(&self, baseline: &Baseline) -> Self {
        Self {
            name: self.name.clone(),
            baselines: self.baselines.clone(),
            next_host: self.next_host.max(baseline.plan.next_host),
            ..(*baseline.plan).clone()
        }
    }

    /// Whether the plan says what it said when the baseline was pinned.
    pub fn is_as_in(&self, baseline: &Baseline) -> bool {
        self.as_in(baseline).says_the_same(self)
    }

    /// A name that no baseline has yet: `stem 1`, `stem 2`, …
    pub fn free_baseline_name(&self, stem: &str) -> PlanName {
        let names = (1..=self.baselines.len() + 1).map(|number| format!("{stem} {number}"));
        let free = names.filter(|name| self.baseline(name).is_none()).find_map(|name| name.parse().ok());
        free.unwrap_or_else(PlanName::unnamed)
    }

    /// This plan with a part of its hosts, to try things with. All that rules and partners name must be in it.
    pub(crate) fn with_hosts(&self, hosts: Vec<Host>) -> Self {
        Self {
            name: self.name.clone(),
            edition: self.edition.clone(),
            options: self.options,
            zones: self.zones.clone(),
            hosts,
            ports: self.ports.clone(),
            partners: self.partners.clone(),
            rules: self.rules.clone(),
            acknowledged: Vec::new(),
            baselines: Vec::new(),
            next_host: self.next_host,
        }
    }
}
