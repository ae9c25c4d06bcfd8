//! States of the plan that were pinned, to compare the present one against.

use std::sync::Arc;

use super::Plan;
use super::text::PlanName;

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
}
