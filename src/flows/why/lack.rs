//! What a rule lacks to hold for two hosts. Whoever adds a further reason for "no flow" adds a kind of lack here, a test to
//! [`TESTS`], its words, and in `change.rs` what would mend it.

use crate::catalogue::{Condition, Os, Ports, Reach, RoleId};
use crate::flows::requirement::{End as RuleEnd, Requirement};
use crate::flows::{Limit, explain};
use crate::plan::{Host, HostId};

use super::scene::{Pair, Scene};
use super::words;

/// An end of a connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum End {
    /// The host that opens it.
    From,
    /// The host it goes to.
    To,
}

/// Something that a rule lacks to hold for two hosts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Lack {
    /// The host at this end has none of the roles.
    Role {
        /// Which end.
        end: End,
        /// The roles that would do.
        roles: Vec<RoleId>,
    },
    /// The host at this end has the role, but the rule is for another system.
    System {
        /// Which end.
        end: End,
        /// The role.
        role: RoleId,
        /// The system that the rule is for.
        os: Os,
    },
    /// The rule speaks of another host at this end.
    Named {
        /// Which end.
        end: End,
        /// The host that it speaks of.
        host: HostId,
    },
    /// The rule is about a host and itself.
    SameHost,
    /// The plan has ports of its own where the rule prints the one that is asked for.
    OtherPorts {
        /// The ports that the rule asks for in this plan.
        here: Ports,
    },
    /// The hosts do not work with each other for this.
    Limit(Limit),
    /// The condition does not hold; these facts keep it from that.
    Condition {
        /// One sentence each.
        facts: Vec<String>,
        /// How many of them have to change at least.
        flips: usize,
    },
}

/// Looks for one kind of lack.
type Test = fn(Pair<'_>, &Requirement, &mut Vec<Lack>);

/// Everything that can keep a rule from holding, the ends first.
const TESTS: [Test; 5] = [ends, reach, condition, port, limit];

/// What the rule lacks to hold from the one host to the other; nothing if it holds.
pub(super) fn lacks(pair: Pair<'_>, rule: &Requirement) -> Vec<Lack> {
    let mut found = Vec::new();
    for test in TESTS {
        test(pair, rule, &mut found);
    }
    found
}

fn ends(pair: Pair<'_>, rule: &Requirement, found: &mut Vec<Lack>) {
    for (end, wanted) in [(End::From, &rule.from), (End::To, &rule.to)] {
        found.extend(end_lack(pair, end, wanted));
    }
}

fn end_lack(pair: Pair<'_>, end: End, wanted: &RuleEnd) -> Option<Lack> {
    let host = end.of(pair);
    match wanted {
        RuleEnd::Host(id) => (*id != host.id).then_some(Lack::Named { end, host: *id }),
        RuleEnd::Roles(endpoints) => {
            let roles = pair.catalogue.with_implied(host.roles);
            let mut with_role = endpoints.iter().filter(|endpoint| roles.contains(endpoint.role)).peekable();
            if with_role.peek().is_none() {
                return Some(Lack::Role { end, roles: words::roles_of(wanted) });
            }
            let mut other_system = None;
            for endpoint in with_role {
                match endpoint.os.filter(|os| *os != host.os) {
                    None => return None,
                    Some(os) => {
                        other_system = other_system.or(Some(Lack::System { end, role: endpoint.role, os }));
                    }
                }
            }
            other_system
        }
    }
}

fn reach(pair: Pair<'_>, rule: &Requirement, found: &mut Vec<Lack>) {
    if rule.reach == Reach::SameHost && pair.from.id != pair.to.id {
        found.push(Lack::SameHost);
    }
}

fn condition(pair: Pair<'_>, rule: &Requirement, found: &mut Vec<Lack>) {
    if rule.when.holds(&pair) == Some(false) {
        let facts = explain::facts(pair.catalogue, pair.plan, (pair.from, pair.to), &rule.when, false);
        found.push(Lack::Condition { facts, flips: flips(pair, &rule.when, true) });
    }
}

/// What the resolver decides for classes of hosts, for these two.
fn limit(pair: Pair<'_>, rule: &Requirement, found: &mut Vec<Lack>) {
    let by_role = matches!((&rule.from, &rule.to), (RuleEnd::Roles(_), RuleEnd::Roles(_)));
    let (from, to) = (pair.from, pair.to);
    let are_partners = |one: &Host, other: HostId| pair.plan.partners_of(one.id).any(|host| host.id == other);
    if !by_role || from.id == to.id || are_partners(from, to.id) {
        return;
    }
    let fits = |host: &Host, other: Pair<'_>, end| {
        let pair =
            if end == End::From { other.between(host, other.to) } else { other.between(other.from, host) };
        let wanted = if end == End::From { &rule.from } else { &rule.to };
        end_lack(pair, end, wanted).is_none()
    };
    let sites_differ = from.site.is_some() && to.site.is_some() && from.site != to.site;
    if sites_differ {
        found.push(Lack::Limit(Limit::Site));
    } else if pair.plan.partners_of(from.id).any(|partner| fits(partner, pair, End::To))
        || pair.plan.partners_of(to.id).any(|partner| fits(partner, pair, End::From))
    {
        found.push(Lack::Limit(Limit::Partners));
    }
}

fn port(pair: Pair<'_>, rule: &Requirement, found: &mut Vec<Lack>) {
    if pair.port.is_some_and(|port| !rule.ports.contains(port)) {
        found.push(Lack::OtherPorts { here: rule.ports.clone() });
    }
}

/// How many facts have to change at least for the condition to come out as `wanted`.
fn flips(pair: Pair<'_>, condition: &Condition, wanted: bool) -> usize {
    if condition.holds(&pair) == Some(wanted) {
        return 0;
    }
    match (condition, wanted) {
        (Condition::Not(inner), _) => flips(pair, inner, !wanted),
        (Condition::All(parts), true) | (Condition::Any(parts), false) => {
            parts.iter().map(|part| flips(pair, part, wanted)).sum()
        }
        (Condition::All(parts), false) | (Condition::Any(parts), true) => {
            parts.iter().map(|part| flips(pair, part, wanted)).min().unwrap_or(1)
        }
        _ => 1,
    }
}

impl End {
    /// The host at this end of a pair.
    pub(super) fn of(self, pair: Pair<'_>) -> &Host {
        match self {
            Self::From => pair.from,
            Self::To => pair.to,
        }
    }
}

impl Lack {
    /// How much it takes to mend; rules that lack less are nearer.
    pub(super) fn weight(&self) -> usize {
        match self {
            Self::Condition { flips, .. } => *flips,
            Self::Limit(_) => 1,
            Self::System { .. } | Self::OtherPorts { .. } => 2,
            Self::Role { .. } => 3,
            Self::Named { .. } => 4,
            Self::SameHost => 6,
        }
    }

    /// Whether the host at this end is none that the rule speaks of.
    pub(super) fn is_about(&self, wanted: End) -> bool {
        matches!(self, Self::Role { end, .. } | Self::Named { end, .. } if *end == wanted)
    }

    /// The lack as a sentence without a stop.
    pub fn text(&self, scene: Scene<'_>, from: &Host, to: &Host) -> String {
        let at = |end: &End| if *end == End::From { from } else { to };
        match self {
            Self::Role { end, roles } => {
                let (host, wanted) = (at(end), scene.role_names(roles, "or"));
                let runs = |role: &RoleId| scene.catalogue.roles()[*role].systems.contains(&host.os);
                if host.os == Os::Other || roles.iter().any(runs) {
                    format!("{} is not {wanted}", host.name)
                } else {
                    format!("{} is not {wanted}, and cannot be: it runs {}", host.name, host.os.label())
                }
            }
            Self::System { end, role, os } => {
                let (host, role) = (at(end), &scene.catalogue.roles()[*role].label);
                format!(
                    "{} is {role}, but its system is {}, and the rule is for {}",
                    host.name,
                    host.os.label(),
                    os.label()
                )
            }
            Self::Named { end, host } => {
                let named = words::named(scene.plan, *host);
                format!("the rule speaks of {named}, not of {}", at(end).name)
            }
            Self::SameHost => "the rule is about a host and itself, never about two hosts".to_owned(),
            Self::OtherPorts { here } => {
                format!("the plan has its own ports in place of the printed ones: the rule asks for {here}")
            }
            Self::Limit(limit) => limit.text(scene.plan, from, to),
            Self::Condition { facts, .. } => format!("it does not apply while {}", words::list(facts, "and")),
        }
    }
}

/// `is Worker and Mount server`, or `has no role`.
pub(super) fn roles_text(scene: Scene<'_>, host: &Host) -> String {
    let roles: Vec<RoleId> = host.roles.iter().collect();
    if roles.is_empty() {
        "has no role yet".to_owned()
    } else {
        format!("is {}", scene.role_names(&roles, "and"))
    }
}
