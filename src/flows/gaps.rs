//! Rules that miss a peer: one end is in the plan, the other is not.

use std::collections::HashSet;

use crate::catalogue::{Catalogue, Facts, HostFact, Key, OptionId, PageId, Reach, RoleId};

use super::classes::Classes;
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

/// Assumes that a host which is not there yet would have the plan's options.
struct Assumed<'a>(&'a PlanFacts);

impl Facts for Assumed<'_> {
    fn option(&self, option: OptionId) -> Option<bool> {
        self.0.option(option)
    }

    fn placed(&self, role: RoleId) -> Option<bool> {
        self.0.placed(role)
    }

    fn from(&self, fact: HostFact) -> Option<bool> {
        match fact {
            HostFact::Option(option) => self.0.option(option),
            HostFact::Role(_) => None,
        }
    }

    fn to(&self, fact: HostFact) -> Option<bool> {
        self.from(fact)
    }
}

pub(super) fn find(
    catalogue: &Catalogue,
    requirements: &[Requirement],
    plan: &PlanFacts,
    classes: &Classes,
) -> Vec<Gap> {
    let open: Vec<(&Requirement, Ends)> = requirements
        .iter()
        .filter(|requirement| requirement.reach == Reach::Network)
        .filter(|requirement| requirement.when.holds(&Assumed(plan)) != Some(false))
        .map(|requirement| (requirement, Ends::of(requirement, classes)))
        .collect();
    let row = |requirement: &Requirement| row_of(catalogue, requirement.rule);
    let satisfied: HashSet<(PageId, u16)> =
        open.iter().filter(|(_, ends)| ends.from && ends.to).filter_map(|(rule, _)| row(rule)).collect();
    open.into_iter()
        .filter(|(rule, _)| row(rule).is_none_or(|row| !satisfied.contains(&row)))
        .filter_map(|(rule, ends)| match (ends.from, ends.to) {
            (true, false) => Some(gap(plan, rule, &rule.from, &rule.to)),
            (false, true) => Some(gap(plan, rule, &rule.to, &rule.from)),
            _ => None,
        })
        .filter(|gap| !gap.missing.is_empty())
        .collect()
}

/// Which ends of a requirement are in the plan.
struct Ends {
    from: bool,
    to: bool,
}

impl Ends {
    fn of(requirement: &Requirement, classes: &Classes) -> Self {
        let placed = |end: &End| classes.table.entries().iter().any(|class| end.fits_role(class));
        Self { from: placed(&requirement.from), to: placed(&requirement.to) }
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
