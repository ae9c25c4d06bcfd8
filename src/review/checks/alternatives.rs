//! Rows that read "this or that": every alternative that is placed has flows, unless an option says otherwise.

use crate::catalogue::{Catalogue, Condition, OptionId, RoleId};
use crate::flows::{HostIx, RuleRef, ShapeUse};

use super::scene::{Scene, Terms, count, labels};
use super::{Check, Finding, Found, Mend};

/// Alternatives that are both placed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AlternativeFinding {
    /// An option would leave the work to one of them.
    Narrowed {
        /// The option, which is off.
        option: OptionId,
        /// The role that would do the work alone.
        role: RoleId,
        /// How many flows the option would take away.
        flows: u64,
        /// The two hosts of one of these flows.
        example: (HostIx, HostIx),
        /// The rules that ask for them.
        rules: Vec<RuleRef>,
    },
    /// A row names both as the end of a flow.
    Both {
        /// The roles.
        roles: [RoleId; 2],
        /// How many flows its rules ask for.
        flows: u64,
        /// The two hosts of one of them.
        example: (HostIx, HostIx),
        /// The rules.
        rules: Vec<RuleRef>,
    },
}

impl Found for AlternativeFinding {
    fn check(&self) -> Check {
        Check::Alternatives
    }

    fn about(&self, catalogue: &Catalogue) -> Option<String> {
        Some(match self {
            Self::Narrowed { option, .. } => catalogue.options()[*option].id.clone(),
            Self::Both { roles, .. } => roles.map(|role| catalogue.roles()[role].id.as_str()).join(","),
        })
    }

    fn statement(&self, terms: Terms<'_>) -> String {
        match self {
            Self::Narrowed { option, role, flows, .. } => format!(
                "a host is {}, and the backup server does the same work: option {} would take away {}",
                terms.roles(&[*role]),
                terms.catalogue.options()[*option].label,
                count(*flows, "flow"),
            ),
            Self::Both { roles, flows, .. } => format!(
                "{} are both placed; rows that name either ask for {} with both",
                roles.map(|role| terms.roles(&[role])).join(" and "),
                count(*flows, "flow"),
            ),
        }
    }

    fn remedy(&self, catalogue: &Catalogue) -> String {
        match self {
            Self::Narrowed { option, role, .. } => format!(
                "switch {} on if the {} works alone, or leave both",
                catalogue.options()[*option].label,
                labels(catalogue, &[*role]).to_lowercase()
            ),
            Self::Both { .. } => {
                "leave it if both take data; else take the role away that is not used".to_owned()
            }
        }
    }

    fn rules(&self) -> &[RuleRef] {
        match self {
            Self::Narrowed { rules, .. } | Self::Both { rules, .. } => rules,
        }
    }

    fn mend(&self) -> Mend {
        match self {
            Self::Narrowed { option, .. } => Mend::Option(*option),
            Self::Both { example: (from, to), rules, .. } => {
                rules.first().map_or(Mend::Nothing, |rule| Mend::Flow(*from, *to, *rule))
            }
        }
    }
}

pub(super) fn find(scene: &Scene<'_>, found: &mut Vec<Finding>) {
    let mut narrowing: Vec<(OptionId, RoleId)> = Vec::new();
    for rule in scene.catalogue.rules().entries() {
        narrowing.extend(narrows(&rule.when));
    }
    narrowing.sort_unstable();
    narrowing.dedup();
    let narrowed = narrowing.into_iter().filter_map(|(option, role)| narrowed(scene, option, role));
    found.extend(narrowed.chain(repositories(scene)).map(Finding::Alternative));
}

/// The option and the role with which a rule would no longer hold.
fn narrows(condition: &Condition) -> Option<(OptionId, RoleId)> {
    match condition {
        Condition::All(parts) => parts.iter().find_map(narrows),
        Condition::Not(inner) => match &**inner {
            Condition::All(parts) => match parts.as_slice() {
                [Condition::Option(option), Condition::Placed(role)] => Some((*option, *role)),
                _ => None,
            },
            _ => None,
        },
        _ => None,
    }
}

fn narrowed(scene: &Scene<'_>, option: OptionId, role: RoleId) -> Option<AlternativeFinding> {
    if scene.plan.options().contains(option) || !scene.facts.placed.contains(role) {
        return None;
    }
    let goes = |rule| scene.printed(rule).is_some_and(|rule| narrows(&rule.when) == Some((option, role)));
    let (mut shapes, rules) = scene.used(goes);
    // A flow that another rule asks for as well would stay.
    shapes.retain(|used| scene.flows.shape(used.shape).reasons.iter().all(|rule| goes(*rule)));
    let example = shapes.first()?.example;
    Some(AlternativeFinding::Narrowed { option, role, flows: total(&shapes), example, rules })
}

/// "Backup repository (or gateway server)". Where a share is placed, the gateway stands before that.
fn repositories(scene: &Scene<'_>) -> Option<AlternativeFinding> {
    let role = |id| scene.catalogue.role(id);
    let roles = [role("backup-repository")?, role("gateway-server")?];
    let share = role("smb-share").is_some_and(|share| scene.facts.placed.contains(share));
    if share || !roles.iter().all(|role| scene.facts.placed.contains(*role)) {
        return None;
    }
    let (shapes, rules) = scene.used(|rule| {
        let names = |role: &RoleId| {
            scene.printed(rule).is_some_and(|rule| rule.to.iter().any(|end| end.role == *role))
        };
        roles.iter().all(names)
    });
    let example = shapes.first()?.example;
    Some(AlternativeFinding::Both { roles, flows: total(&shapes), example, rules })
}

fn total(shapes: &[ShapeUse]) -> u64 {
    shapes.iter().map(|used| used.flows).sum()
}
