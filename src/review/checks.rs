//! What a plan still lacks.

use crate::catalogue::{Catalogue, Os, RoleId};
use crate::flows::explain::{origin, purpose};
use crate::flows::{Flows, RuleRef};
use crate::plan::{Host, HostId, Plan};

/// One finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Finding {
    /// Rules wait for a role that no host has.
    Unplaced {
        /// Any of these roles would do.
        missing: Vec<RoleId>,
        /// Roles in the plan that would talk to it.
        present: Vec<RoleId>,
        /// The rules that wait.
        rules: Vec<RuleRef>,
    },
    /// The host has no role, so no rule speaks of it.
    NoRole(HostId),
    /// The host has no address, so no firewall rule can name it.
    NoAddress(HostId),
    /// The host has a role whose rules hang on the system, and no system.
    NoSystem(HostId),
}

impl Finding {
    /// A word for lists and files.
    pub fn id(&self) -> &'static str {
        match self {
            Self::Unplaced { .. } => "unplaced-peer",
            Self::NoRole(_) => "no-role",
            Self::NoAddress(_) => "no-address",
            Self::NoSystem(_) => "no-system",
        }
    }

    /// The host that the finding is about.
    pub fn host(&self) -> Option<HostId> {
        match self {
            Self::Unplaced { .. } => None,
            Self::NoRole(host) | Self::NoAddress(host) | Self::NoSystem(host) => Some(*host),
        }
    }

    /// What was found, in one line.
    pub fn text(&self, catalogue: &Catalogue, plan: &Plan) -> String {
        let name = |id: HostId| plan.host(id).map_or("?", |host| host.name.as_str());
        match self {
            Self::Unplaced { missing, present, rules } => format!(
                "no host has the role {}: {} {} from or to {}",
                labels(catalogue, missing),
                rules.len(),
                if rules.len() == 1 { "rule waits for it," } else { "rules wait for it," },
                labels(catalogue, present)
            ),
            Self::NoRole(id) => format!("{} has no role, so it has no flows", name(*id)),
            Self::NoAddress(id) => format!("{} has no address, so no firewall rule can name it", name(*id)),
            Self::NoSystem(id) => {
                format!("{} has no operating system, so rules for Windows or Linux leave it out", name(*id))
            }
        }
    }

    /// What to do about it.
    pub fn remedy(&self, catalogue: &Catalogue) -> String {
        match self {
            Self::Unplaced { missing, .. } => {
                format!(
                    "add a host with the role {}, or leave it if the site has none",
                    labels(catalogue, missing)
                )
            }
            Self::NoRole(_) => "give it a role".to_owned(),
            Self::NoAddress(_) => "give it an address, a network or a DNS name".to_owned(),
            Self::NoSystem(_) => "choose Windows or Linux".to_owned(),
        }
    }

    /// The rules behind the finding, with page, row and purpose.
    pub fn details(&self, catalogue: &Catalogue, plan: &Plan) -> Vec<String> {
        let Self::Unplaced { rules, .. } = self else { return Vec::new() };
        rules
            .iter()
            .filter_map(|rule| {
                let origin = origin(catalogue, plan, *rule)?;
                Some(format!("{}: {}", origin.long(), purpose(catalogue, plan, *rule)))
            })
            .collect()
    }
}

fn labels(catalogue: &Catalogue, roles: &[RoleId]) -> String {
    let labels: Vec<&str> = roles.iter().map(|role| catalogue.roles()[*role].label.as_str()).collect();
    labels.join(" or ")
}

/// Everything that the plan still lacks: missing peers first, then hosts in the plan's order.
pub fn findings(catalogue: &Catalogue, plan: &Plan, flows: &Flows) -> Vec<Finding> {
    let mut findings = unplaced(flows);
    for host in plan.hosts() {
        if host.roles.is_empty() {
            findings.push(Finding::NoRole(host.id));
        } else if needs_system(catalogue, host) {
            findings.push(Finding::NoSystem(host.id));
        }
        if host.addresses.is_empty() {
            findings.push(Finding::NoAddress(host.id));
        }
    }
    findings
}

fn unplaced(flows: &Flows) -> Vec<Finding> {
    let mut groups: Vec<(Vec<RoleId>, Vec<RoleId>, Vec<RuleRef>)> = Vec::new();
    for gap in flows.gaps() {
        match groups.iter_mut().find(|(missing, _, _)| *missing == gap.missing) {
            Some((_, present, rules)) => {
                let new: Vec<RoleId> =
                    gap.present.iter().copied().filter(|role| !present.contains(role)).collect();
                present.extend(new);
                rules.push(gap.rule);
            }
            None => groups.push((gap.missing.clone(), gap.present.clone(), vec![gap.rule])),
        }
    }
    groups
        .into_iter()
        .map(|(missing, present, rules)| Finding::Unplaced { missing, present, rules })
        .collect()
}

/// Whether one of the host's roles runs on Windows or Linux, and it has neither.
fn needs_system(catalogue: &Catalogue, host: &Host) -> bool {
    host.os == Os::Other
        && catalogue
            .with_implied(host.roles)
            .iter()
            .any(|role| !catalogue.roles()[role].systems.contains(&Os::Other))
}
