//! Rules that miss a peer: one end is in the plan, the other is not.

use std::collections::HashSet;

use crate::catalogue::{Catalogue, Facts, HostFact, Key, OptionId, PageId, Reach, RoleId};

use super::looks::{Look, Looks};
use super::requirement::{End, Requirement, RuleRef};
use super::resolve::PlanFacts;

/// A rule that would apply if a host had one of the missing roles.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gap {
    /// The rule.
    pub rule: RuleRef,
    /// Roles that the plan has for one end of the rule.
    pub present: Vec<RoleId>,
    /// Roles of the other end, none of which is in the plan.
    pub missing: Vec<RoleId>,
}

/// Knows the hosts of one end, and assumes that the other, which is not there yet, would have the plan's options.
struct Assumed<'a> {
    plan: &'a PlanFacts,
    from: Option<&'a Look>,
    to: Option<&'a Look>,
}

impl Assumed<'_> {
    fn end(&self, look: Option<&Look>, fact: HostFact) -> Option<bool> {
        match (look, fact) {
            (Some(look), fact) => Some(look.has(fact)),
            (None, HostFact::Option(option)) => self.plan.option(option),
            (None, HostFact::Role(_)) => None,
        }
    }
}

impl Facts for Assumed<'_> {
    fn option(&self, option: OptionId) -> Option<bool> {
        self.plan.option(option)
    }

    fn placed(&self, role: RoleId) -> Option<bool> {
        self.plan.placed(role)
    }

    fn from(&self, fact: HostFact) -> Option<bool> {
        self.end(self.from, fact)
    }

    fn to(&self, fact: HostFact) -> Option<bool> {
        self.end(self.to, fact)
    }
}

/// Finds them among requirements that may hold for some pair of hosts.
pub(super) fn find(
    catalogue: &Catalogue,
    requirements: &[Requirement],
    plan: &PlanFacts,
    looks: &Looks,
) -> Vec<Gap> {
    let open: Vec<(&Requirement, Ends)> = requirements
        .iter()
        .filter(|requirement| requirement.reach == Reach::Network)
        .map(|requirement| (requirement, Ends::of(requirement, looks)))
        .collect();
    let row = |requirement: &Requirement| row_of(catalogue, requirement.rule);
    let satisfied: HashSet<(PageId, u16)> = open
        .iter()
        .filter(|(_, ends)| !ends.from.is_empty() && !ends.to.is_empty())
        .filter_map(|(rule, _)| row(rule))
        .collect();
    open.into_iter()
        .filter(|(rule, _)| row(rule).is_none_or(|row| !satisfied.contains(&row)))
        .filter_map(|(rule, ends)| match (ends.from.is_empty(), ends.to.is_empty()) {
            (false, true) if ends.ask_for_peer(rule, plan) => Some(gap(plan, rule, &rule.from, &rule.to)),
            (true, false) if ends.ask_for_peer(rule, plan) => Some(gap(plan, rule, &rule.to, &rule.from)),
            _ => None,
        })
        .filter(|gap| !gap.missing.is_empty())
        .collect()
}

/// The looks that stand at either end of a requirement.
struct Ends<'a> {
    from: Vec<&'a Look>,
    to: Vec<&'a Look>,
}

impl<'a> Ends<'a> {
    fn of(requirement: &Requirement, looks: &'a Looks) -> Self {
        let placed = |end: &End| looks.table.entries().iter().filter(|look| end.fits_role(look)).collect();
        Self { from: placed(&requirement.from), to: placed(&requirement.to) }
    }

    /// Whether the requirement would hold for some host of the one end, if the other end were there.
    fn ask_for_peer(&self, requirement: &Requirement, plan: &PlanFacts) -> bool {
        let may_hold = |facts: Assumed<'_>| requirement.when.holds(&facts) != Some(false);
        let mut from = self.from.iter().filter(|look| requirement.from.fits(look));
        let mut to = self.to.iter().filter(|look| requirement.to.fits(look));
        from.any(|look| may_hold(Assumed { plan, from: Some(look), to: None }))
            || to.any(|look| may_hold(Assumed { plan, from: None, to: Some(look) }))
    }
}

fn gap(plan: &PlanFacts, requirement: &Requirement, present: &End, missing: &End) -> Gap {
    let mut present = roles(present);
    present.retain(|role| plan.placed.contains(*role));
    Gap { rule: requirement.rule, present, missing: roles(missing) }
}

fn roles(end: &End) -> Vec<RoleId> {
    let End::Roles(endpoints) = end else { return Vec::new() };
    let mut roles: Vec<RoleId> = endpoints.iter().map(|end| end.role).collect();
    roles.sort_by_key(|role| role.position());
    roles.dedup();
    roles
}

/// The page and row of a printed rule. A row that speaks of alternatives is several rules; one that finds its
/// peer is enough.
fn row_of(catalogue: &Catalogue, rule: RuleRef) -> Option<(PageId, u16)> {
    match rule {
        RuleRef::Catalogue(id) => {
            let source = &catalogue.rules()[id].source;
            Some((source.page, source.row))
        }
        RuleRef::Own(_) => None,
    }
}
