//! Trying changes: the plan is changed and resolved again, and only what then holds is told.

use crate::catalogue::{Ports, Transport};
use crate::flows::{Comparison, Delta, Flows, HostIx, RuleRef};
use crate::plan::{HostId, OwnRule, Plan};

use super::Scene;
use super::change::{Change, Making};
use super::scene::Ask;

/// A change that was tried, and what it does to the whole plan.
#[derive(Debug, Clone)]
pub struct Proposal {
    /// The change.
    pub change: Change,
    /// How many flows of the plan come and go with it.
    pub delta: Delta,
}

impl Proposal {
    /// What else it does: `2 flows go, 1 comes`.
    pub fn effect(&self) -> String {
        if self.change.making == Making::ChoosePort {
            return "the flow moves to those".to_owned();
        }
        let word = |number: u64, one: &str, many: &str| match number {
            1 => format!("1 flow {one}"),
            number => format!("{number} flows {many}"),
        };
        match (self.delta.added, self.delta.removed) {
            (0, removed) => word(removed, "goes", "go"),
            (added, 0) => word(added, "comes", "come"),
            (added, removed) => {
                format!("{}, {}", word(removed, "goes", "go"), word(added, "comes", "come"))
            }
        }
    }
}

/// A rule, whatever number it has in its plan.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Named {
    Printed(RuleRef),
    Own(OwnRule),
}

/// What a rule asks for between the two hosts.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Kept {
    rule: Named,
    transport: Transport,
    ports: Ports,
}

impl Kept {
    fn new(plan: &Plan, ask: Ask<'_>) -> Self {
        Self { rule: named(plan, ask.rule), transport: ask.transport, ports: ask.ports.clone() }
    }
}

/// A change that was made to a copy of the plan.
#[derive(Debug)]
pub(super) struct Trial {
    pub proposal: Proposal,
    before: Vec<Kept>,
    after: Vec<Kept>,
}

impl Trial {
    /// Makes the change to a copy of the plan and resolves that; `None` if the change cannot be made.
    pub fn new(scene: Scene<'_>, (from, to): (HostId, HostId), change: Change) -> Option<Self> {
        let mut plan = scene.plan.clone();
        plan.apply(change.action.edit.clone()).ok()?;
        let flows = Flows::new(scene.catalogue, &plan);
        let delta = Comparison::new(scene.flows, &flows).delta();
        let after = Scene { plan: &plan, flows: &flows, ..scene };
        let (before, after) = (asked(scene, from, to), asked(after, from, to));
        Some(Self { proposal: Proposal { change, delta }, before, after })
    }

    /// Whether these ports are asked for no longer by this rule, nor in another form by any that was not there before.
    pub fn frees(&self, plan: &Plan, rule: RuleRef, transport: Transport, ports: &Ports) -> bool {
        let rule = named(plan, rule);
        let touches = |kept: &&Kept| {
            kept.transport == transport && ports.items().any(|item| kept.ports.overlaps(item.range))
        };
        let stays = |kept: &Kept| kept.rule == rule && kept.ports == *ports;
        !self.after.iter().filter(touches).any(|kept| stays(kept) || !self.before.contains(kept))
    }

    /// Whether the rule asks for something between the two hosts now.
    pub fn brings(&self, plan: &Plan, rule: RuleRef) -> bool {
        let rule = named(plan, rule);
        self.after.iter().any(|kept| kept.rule == rule)
    }
}

fn asked(scene: Scene<'_>, from: HostId, to: HostId) -> Vec<Kept> {
    let place = |id: HostId| -> Option<HostIx> { scene.flows.place(id) };
    let (Some(from), Some(to)) = (place(from), place(to)) else { return Vec::new() };
    scene.asks(from, to).map(|ask| Kept::new(scene.plan, ask)).collect()
}

fn named(plan: &Plan, rule: RuleRef) -> Named {
    match rule {
        RuleRef::Own(at) => plan.rules().get(at).map_or(Named::Printed(rule), |own| Named::Own(own.clone())),
        RuleRef::Catalogue(_) => Named::Printed(rule),
    }
}

/// Sorts by what else they do to the plan, the least first.
pub(super) fn sort(proposals: &mut [Proposal]) {
    proposals.sort_by_key(|proposal| proposal.delta.added + proposal.delta.removed);
}
