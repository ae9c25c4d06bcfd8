//! What all checks look at, computed once.

use crate::catalogue::{Catalogue, Condition, Key, RoleId, RoleSet, Rule};
use crate::flows::{Flows, HostIx, PlanFacts, RuleRef, ShapeUse, Usage};
use crate::plan::{Host, HostId, Plan};

/// A plan with its flows, and what they come to.
pub(super) struct Scene<'a> {
    pub catalogue: &'a Catalogue,
    pub plan: &'a Plan,
    pub flows: &'a Flows,
    pub usage: Usage,
    /// What the plan as a whole says.
    pub facts: PlanFacts,
}

impl<'a> Scene<'a> {
    pub fn new(catalogue: &'a Catalogue, plan: &'a Plan, flows: &'a Flows) -> Self {
        let given = plan.hosts().iter().fold(RoleSet::EMPTY, |all, host| all.union(host.roles));
        let placed = catalogue.with_implied(given);
        Self {
            catalogue,
            plan,
            flows,
            usage: Usage::new(flows),
            facts: PlanFacts { options: plan.options(), placed },
        }
    }

    /// The hosts with their places among the flows.
    pub fn hosts(&self) -> impl Iterator<Item = (HostIx, &'a Host)> {
        self.flows.hosts().keys().zip(self.plan.hosts())
    }

    pub fn host_at(&self, at: HostIx) -> Option<&'a Host> {
        self.plan.hosts().get(at.position())
    }

    /// The shapes in use for which one of the reasons is `wanted`, and these reasons without repeats.
    pub fn used(&self, wanted: impl Fn(RuleRef) -> bool) -> (Vec<ShapeUse>, Vec<RuleRef>) {
        let (mut shapes, mut rules) = (Vec::new(), Vec::new());
        for used in self.usage.shapes() {
            let reasons = self.flows.shape(used.shape).reasons.iter().copied();
            let before = rules.len();
            rules.extend(reasons.filter(|rule| wanted(*rule)));
            if rules.len() > before {
                shapes.push(*used);
            }
        }
        rules.sort_unstable();
        rules.dedup();
        (shapes, rules)
    }

    /// Whether the rule may hold for some hosts of the plan.
    pub fn may_hold(&self, condition: &Condition) -> bool {
        condition.holds(&self.facts) != Some(false)
    }

    pub fn printed(&self, rule: RuleRef) -> Option<&'a Rule> {
        match rule {
            RuleRef::Catalogue(id) => Some(&self.catalogue.rules()[id]),
            RuleRef::Own(_) => None,
        }
    }
}

/// What findings are put into words with.
#[derive(Clone, Copy)]
pub(super) struct Terms<'a> {
    pub catalogue: &'a Catalogue,
    pub plan: &'a Plan,
}

impl Terms<'_> {
    /// `vbr01`.
    pub fn host(self, id: HostId) -> String {
        self.plan.host(id).map_or_else(|| "a host".to_owned(), |host| host.name.to_string())
    }

    /// `vbr01, repo01, w1 and 4 more`.
    pub fn hosts(self, ids: &[HostId]) -> String {
        const NAMED: usize = 3;
        let named: Vec<String> = ids.iter().take(NAMED).map(|id| self.host(*id)).collect();
        match (ids.len().saturating_sub(NAMED), named.as_slice()) {
            (0, [first @ .., last]) if !first.is_empty() => format!("{} and {last}", first.join(", ")),
            (0, _) => named.join(", "),
            (more, _) => format!("{} and {more} more", named.join(", ")),
        }
    }

    /// `Backup repository or Gateway server`.
    pub fn roles(self, roles: &[RoleId]) -> String {
        labels(self.catalogue, roles)
    }
}

pub(super) fn labels(catalogue: &Catalogue, roles: &[RoleId]) -> String {
    let labels: Vec<&str> = roles.iter().map(|role| catalogue.roles()[*role].label.as_str()).collect();
    labels.join(" or ")
}

/// `1 flow`, `2 flows`.
pub(super) fn count(number: u64, thing: &str) -> String {
    format!("{number} {thing}{}", if number == 1 { "" } else { "s" })
}
