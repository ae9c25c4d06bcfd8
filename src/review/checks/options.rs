//! Options without the roles that they are for, and roles without their option.

use crate::catalogue::{
    Catalogue, Condition, Endpoint, Facts, HostFact, OptionGroup, OptionId, OptionSet, RoleId,
};
use crate::flows::RuleRef;
use crate::plan::HostId;

use super::scene::{Scene, Terms, count, labels};
use super::{Check, Finding, Found, Mend};

/// An option and the roles that go with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OptionFinding {
    /// It is on, and no host has a role that it is for.
    WithoutRole {
        /// The option.
        option: OptionId,
        /// The roles, any of which would do.
        roles: Vec<RoleId>,
    },
    /// Hosts have its role, and it is off.
    Off {
        /// The option.
        option: OptionId,
        /// The role.
        role: RoleId,
        /// The hosts.
        hosts: Vec<HostId>,
        /// The rules that are left out.
        rules: Vec<RuleRef>,
    },
    /// It was switched on, and no flow depends on it.
    Idle {
        /// The option.
        option: OptionId,
    },
}

impl OptionFinding {
    fn option(&self) -> OptionId {
        match self {
            Self::WithoutRole { option, .. } | Self::Off { option, .. } | Self::Idle { option } => *option,
        }
    }
}

impl Found for OptionFinding {
    fn check(&self) -> Check {
        match self {
            Self::WithoutRole { .. } => Check::OptionWithoutRole,
            Self::Off { .. } => Check::RoleWithoutOption,
            Self::Idle { .. } => Check::IdleOption,
        }
    }

    fn hosts(&self) -> Vec<HostId> {
        match self {
            Self::Off { hosts, .. } => hosts.clone(),
            Self::WithoutRole { .. } | Self::Idle { .. } => Vec::new(),
        }
    }

    fn about(&self, catalogue: &Catalogue) -> Option<String> {
        Some(catalogue.options()[self.option()].id.clone())
    }

    fn statement(&self, terms: Terms<'_>) -> String {
        let label = &terms.catalogue.options()[self.option()].label;
        match self {
            Self::WithoutRole { roles, .. } => {
                format!("option {label} is on, but no host has the role {}", terms.roles(roles))
            }
            Self::Off { role, hosts, rules, .. } => format!(
                "option {label} is off, but {} {} the role {}: {} left out",
                terms.hosts(hosts),
                if hosts.len() == 1 { "has" } else { "have" },
                terms.roles(&[*role]),
                if rules.len() == 1 {
                    "1 rule is".to_owned()
                } else {
                    format!("{} are", count(rules.len() as u64, "rule"))
                },
            ),
            Self::Idle { .. } => format!("option {label} is on, but no flow depends on it"),
        }
    }

    fn remedy(&self, catalogue: &Catalogue) -> String {
        let label = &catalogue.options()[self.option()].label;
        match self {
            Self::WithoutRole { roles, .. } => {
                format!("add a host with the role {}, or switch {label} off", labels(catalogue, roles))
            }
            Self::Off { role, .. } => {
                format!("switch {label} on, or take the role {} away", labels(catalogue, &[*role]))
            }
            Self::Idle { .. } => format!("switch {label} off, or add the hosts that it is for"),
        }
    }

    fn rules(&self) -> &[RuleRef] {
        match self {
            Self::Off { rules, .. } => rules,
            Self::WithoutRole { .. } | Self::Idle { .. } => &[],
        }
    }

    fn mend(&self) -> Mend {
        match self {
            Self::WithoutRole { roles, .. } => {
                roles.first().map_or(Mend::Nothing, |role| Mend::AddHost(*role))
            }
            Self::Off { option, .. } | Self::Idle { option } => Mend::Switch(*option),
        }
    }
}

pub(super) fn find(scene: &Scene<'_>, found: &mut Vec<Finding>) {
    let mut reported = OptionSet::EMPTY;
    for (option, roles) in roles_by_option(scene) {
        let on = scene.plan.options().contains(option);
        if on && !roles.iter().any(|role| scene.facts.placed.contains(*role)) {
            reported = reported.with(option);
            found.push(Finding::Option(OptionFinding::WithoutRole { option, roles }));
        } else if !on {
            let placed = roles.into_iter().filter(|role| scene.facts.placed.contains(*role));
            found.extend(placed.filter_map(|role| off(scene, option, role)).map(Finding::Option));
        }
    }
    for (option, entry) in scene.catalogue.options().iter() {
        let idle = scene.plan.options().contains(option)
            && !entry.default
            && !reported.contains(option)
            && entry.group != OptionGroup::Workloads
            && !matters(scene, option);
        if idle {
            found.push(Finding::Option(OptionFinding::Idle { option }));
        }
    }
}

/// The roles that each option is for: workloads, and those that a condition names in one breath with the option.
fn roles_by_option(scene: &Scene<'_>) -> Vec<(OptionId, Vec<RoleId>)> {
    let mut pairs: Vec<(OptionId, RoleId)> = Vec::new();
    for (role, entry) in scene.catalogue.roles().iter() {
        pairs.extend(entry.option.map(|option| (option, role)));
    }
    for rule in scene.catalogue.rules().entries() {
        rule.when.walk(&mut |part| pairs.extend(together(part)));
    }
    let roles = |option| {
        let mut roles: Vec<RoleId> =
            pairs.iter().filter(|(other, _)| *other == option).map(|(_, role)| *role).collect();
        roles.sort_unstable();
        roles.dedup();
        (option, roles)
    };
    scene.catalogue.options().keys().map(roles).filter(|(_, roles)| !roles.is_empty()).collect()
}

/// An option that narrows what a placed role leaves to others.
fn together(condition: &Condition) -> Option<(OptionId, RoleId)> {
    let Condition::All(parts) = condition else { return None };
    match parts.as_slice() {
        [Condition::Option(option), Condition::Placed(role)] => Some((*option, *role)),
        _ => None,
    }
}

/// Hosts whose workload is switched off.
fn off(scene: &Scene<'_>, option: OptionId, role: RoleId) -> Option<OptionFinding> {
    if scene.catalogue.roles()[role].option != Some(option) {
        return None;
    }
    let hosts: Vec<HostId> =
        scene.plan.hosts().iter().filter(|host| host.has_role(role)).map(|host| host.id).collect();
    let rules = scene.catalogue.rules().iter().filter(|(_, rule)| {
        asks_for(&rule.when, option) && rule.from.iter().chain(&rule.to).any(|end| end.role == role)
    });
    let rules: Vec<RuleRef> = rules.map(|(id, _)| RuleRef::Catalogue(id)).collect();
    (!hosts.is_empty()).then_some(OptionFinding::Off { option, role, hosts, rules })
}

/// Whether a rule between roles of the plan hangs on the option, be it that it brings the rule or that it takes it away.
fn matters(scene: &Scene<'_>, option: OptionId) -> bool {
    let placed = |ends: &[Endpoint]| ends.iter().any(|end| scene.facts.placed.contains(end.role));
    scene.catalogue.rules().entries().iter().any(|rule| {
        placed(&rule.from)
            && placed(&rule.to)
            && asks_for(&rule.when, option)
            && rule.when.holds(&Without { scene, option }) != Some(false)
    })
}

fn asks_for(condition: &Condition, option: OptionId) -> bool {
    let mut asks = false;
    condition.walk(&mut |part| {
        asks |= matches!(part, Condition::Option(found)
            | Condition::From(HostFact::Option(found))
            | Condition::To(HostFact::Option(found)) if *found == option);
    });
    asks
}

/// What the plan says when one option is left open.
struct Without<'a> {
    scene: &'a Scene<'a>,
    option: OptionId,
}

impl Facts for Without<'_> {
    fn option(&self, option: OptionId) -> Option<bool> {
        if option == self.option { None } else { self.scene.facts.option(option) }
    }

    fn placed(&self, role: RoleId) -> Option<bool> {
        self.scene.facts.placed(role)
    }

    fn from(&self, _: HostFact) -> Option<bool> {
        None
    }

    fn to(&self, _: HostFact) -> Option<bool> {
        None
    }
}
