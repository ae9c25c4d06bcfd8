//! Single hosts: their roles and their system.

use crate::catalogue::{Catalogue, Os, RoleId, RoleSet};
use crate::flows::RuleRef;
use crate::plan::{Host, HostId};

use super::scene::{Scene, Terms, count, labels};
use super::{Check, Finding, Found, HostField, Mend};

/// A host's roles and system.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HostFinding {
    /// It has no role.
    NoRole(HostId),
    /// It has a role whose rules hang on the system, and neither Windows nor Linux.
    NoSystem(HostId),
    /// The role does not run on its system.
    WrongSystem(HostId, RoleId),
    /// It has roles, and no flow.
    NoFlows(HostId),
    /// Sites or partners leave it alone for these rules.
    CutOff(HostId, Vec<RuleRef>),
}

impl HostFinding {
    fn host(&self) -> HostId {
        match self {
            Self::NoRole(host)
            | Self::NoSystem(host)
            | Self::WrongSystem(host, _)
            | Self::NoFlows(host)
            | Self::CutOff(host, _) => *host,
        }
    }
}

impl Found for HostFinding {
    fn check(&self) -> Check {
        match self {
            Self::NoRole(_) => Check::NoRole,
            Self::NoSystem(_) => Check::NoSystem,
            Self::WrongSystem(..) => Check::WrongSystem,
            Self::NoFlows(_) => Check::NoFlows,
            Self::CutOff(..) => Check::CutOff,
        }
    }

    fn subject(&self) -> Option<HostId> {
        Some(self.host())
    }

    fn about(&self, catalogue: &Catalogue) -> Option<String> {
        match self {
            Self::WrongSystem(_, role) => Some(catalogue.roles()[*role].id.clone()),
            Self::NoRole(_) | Self::NoSystem(_) | Self::NoFlows(_) | Self::CutOff(..) => None,
        }
    }

    fn statement(&self, terms: Terms<'_>) -> String {
        match self {
            Self::NoRole(_) => "has no role, so no rule of the pages speaks of it".to_owned(),
            Self::NoSystem(_) => {
                "has no operating system, so rules for Windows or Linux leave it out".to_owned()
            }
            Self::WrongSystem(host, role) => {
                let os = terms.plan.host(*host).map_or(Os::Other, |host| host.os);
                format!("runs on {}, but {} does not", os.label(), terms.roles(&[*role]))
            }
            Self::NoFlows(_) => "has roles, but no flow comes from them".to_owned(),
            Self::CutOff(_, rules) => {
                format!("is left alone by sites or partners for {}", count(rules.len() as u64, "rule"))
            }
        }
    }

    fn remedy(&self, catalogue: &Catalogue) -> String {
        match self {
            Self::NoRole(_) => "give it a role".to_owned(),
            Self::NoSystem(_) => "choose Windows or Linux".to_owned(),
            Self::WrongSystem(_, role) => {
                let systems: Vec<&str> =
                    catalogue.roles()[*role].systems.iter().map(|os| os.label()).collect();
                format!(
                    "choose {} as its system, or take the role {} away",
                    systems.join(" or "),
                    labels(catalogue, &[*role])
                )
            }
            Self::NoFlows(_) => {
                "leave it if nothing has to be opened for it; else an option is off, or a role is missing"
                    .to_owned()
            }
            Self::CutOff(..) => {
                "give it a partner, place a peer in its site, or leave it if it works without".to_owned()
            }
        }
    }

    fn rules(&self) -> &[RuleRef] {
        match self {
            Self::CutOff(_, rules) => rules,
            Self::NoRole(_) | Self::NoSystem(_) | Self::WrongSystem(..) | Self::NoFlows(_) => &[],
        }
    }

    fn mend(&self) -> Mend {
        match self {
            Self::NoRole(host) => Mend::Roles(*host),
            Self::NoSystem(host) | Self::WrongSystem(host, _) => Mend::Field(*host, HostField::System),
            Self::NoFlows(host) | Self::CutOff(host, _) => Mend::Host(*host),
        }
    }
}

pub(super) fn find(scene: &Scene<'_>, found: &mut Vec<Finding>) {
    let alone = scene.flows.cut_off().iter();
    found.extend(alone.filter_map(|alone| {
        let host = scene.host_at(alone.host)?;
        Some(Finding::Host(HostFinding::CutOff(host.id, alone.rules.clone())))
    }));
    let ask_for_system = roles_that_ask_for_a_system(scene);
    for (at, host) in scene.hosts() {
        if host.roles.is_empty() {
            found.push(Finding::Host(HostFinding::NoRole(host.id)));
            continue;
        }
        let roles = scene.catalogue.with_implied(host.roles);
        if host.os == Os::Other && !roles.intersection(ask_for_system).is_empty() {
            found.push(Finding::Host(HostFinding::NoSystem(host.id)));
        } else if !scene.usage.has_flows(scene.flows, at) {
            found.push(Finding::Host(HostFinding::NoFlows(host.id)));
        }
        let wrong = host.roles.iter().filter(|role| !carries(scene, host, *role));
        found.extend(wrong.map(|role| Finding::Host(HostFinding::WrongSystem(host.id, role))));
    }
}

/// "Other" stands for what is not known, too, and appliances run on a Linux of their own.
fn carries(scene: &Scene<'_>, host: &Host, role: RoleId) -> bool {
    let systems = &scene.catalogue.roles()[role].systems;
    host.os == Os::Other || systems.contains(&host.os) || systems.contains(&Os::Other)
}

/// Roles that rules name together with a system, as far as these rules may hold in the plan.
fn roles_that_ask_for_a_system(scene: &Scene<'_>) -> RoleSet {
    let rules = scene.catalogue.rules().entries().iter().filter(|rule| scene.may_hold(&rule.when));
    rules
        .flat_map(|rule| rule.from.iter().chain(&rule.to))
        .filter(|end| end.os.is_some())
        .map(|end| end.role)
        .collect()
}
