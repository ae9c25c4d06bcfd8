//! A rule as it stands in one plan: the plan's ports in place of the printed ones.

use crate::catalogue::{
    Catalogue, Condition, Endpoint, Opening, PortSet, Ports, Reach, Replaceable, Rule, RuleId, Transport,
};
use crate::plan::{HostId, OwnRule, Party, Plan};

use super::looks::Look;
use super::resolve::PlanFacts;

/// Names a rule of the catalogue, or one of the plan's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RuleRef {
    /// A rule of the catalogue.
    Catalogue(RuleId),
    /// The plan's own rule at this place of its list.
    Own(usize),
}

/// One end of a requirement.
#[derive(Debug, Clone)]
pub enum End {
    /// Any host that fits one of these.
    Roles(Vec<Endpoint>),
    /// One host.
    Host(HostId),
}

impl End {
    /// Whether hosts of this look fit the end.
    pub fn fits(&self, look: &Look) -> bool {
        match self {
            Self::Roles(endpoints) => endpoints
                .iter()
                .any(|end| look.roles.contains(end.role) && end.os.is_none_or(|os| os == look.os)),
            Self::Host(host) => look.named == Some(*host),
        }
    }

    /// Whether hosts of this look have the right role, whatever their system.
    pub fn fits_role(&self, look: &Look) -> bool {
        match self {
            Self::Roles(endpoints) => endpoints.iter().any(|end| look.roles.contains(end.role)),
            Self::Host(_) => self.fits(look),
        }
    }
}

/// A rule as it stands in one plan.
#[derive(Debug, Clone)]
pub struct Requirement {
    /// The rule it comes from.
    pub rule: RuleRef,
    /// Who opens the connection.
    pub from: End,
    /// Who it goes to.
    pub to: End,
    /// The transports.
    pub transports: Vec<Transport>,
    /// The ports, the plan's own in place of printed ones.
    pub ports: Ports,
    /// Whether the plan put ports of its own there.
    pub overridden: bool,
    /// When the rule applies.
    pub when: Condition,
    /// Which pairs of hosts it speaks of.
    pub reach: Reach,
    /// Who opens the port on the host.
    pub opening: Opening,
    /// Whether the printed row is doubtful.
    pub doubtful: bool,
}

/// Every rule that may hold for some pair of the plan's hosts: the catalogue's, then the plan's own. A rule without ports
/// asks for nothing; as a flow it would read as "any".
pub(super) fn requirements(catalogue: &Catalogue, plan: &Plan, facts: &PlanFacts) -> Vec<Requirement> {
    let may_hold = |requirement: &Requirement| requirement.when.holds(facts) != Some(false);
    every_requirement(catalogue, plan).filter(may_hold).collect()
}

/// Every rule, also those that hold for no pair of hosts.
pub(super) fn every_requirement(catalogue: &Catalogue, plan: &Plan) -> impl Iterator<Item = Requirement> {
    let printed = catalogue.rules().iter().map(|(id, rule)| of_catalogue(id, rule, plan));
    let own = plan.rules().iter().enumerate().map(|(at, rule)| of_plan(at, rule));
    printed.chain(own).filter(|requirement| !requirement.ports.is_empty())
}

fn of_catalogue(id: RuleId, rule: &Rule, plan: &Plan) -> Requirement {
    let ports = with_overrides(&rule.ports, &rule.replaceable, plan);
    Requirement {
        rule: RuleRef::Catalogue(id),
        from: End::Roles(rule.from.clone()),
        to: End::Roles(rule.to.clone()),
        transports: rule.transports.clone(),
        overridden: ports != rule.ports,
        ports,
        when: rule.when.clone(),
        reach: rule.reach,
        opening: rule.opening,
        doubtful: rule.doubt.is_some(),
    }
}

/// All printed ports that give way are taken out before any own port goes in: the own ports of one service may be the
/// printed ports of another in the same row.
fn with_overrides(printed: &Ports, replaceable: &[Replaceable], plan: &Plan) -> Ports {
    let overrides: Vec<(&PortSet, &PortSet)> = replaceable
        .iter()
        .filter_map(|part| Some((&part.printed, plan.ports().get(&part.key)?)))
        .filter(|(_, own)| !own.is_empty())
        .collect();
    let gone: PortSet = overrides.iter().flat_map(|(printed, _)| printed.ranges()).copied().collect();
    let own: PortSet = overrides.iter().flat_map(|(_, own)| own.ranges()).copied().collect();
    printed.replaced(&gone, &own)
}

fn of_plan(at: usize, rule: &OwnRule) -> Requirement {
    let end = |party| match party {
        Party::Host(host) => End::Host(host),
        Party::Role(role) => End::Roles(vec![Endpoint { role, os: None }]),
    };
    Requirement {
        rule: RuleRef::Own(at),
        from: end(rule.from),
        to: end(rule.to),
        transports: rule.transports.clone(),
        ports: rule.ports.clone(),
        overridden: false,
        when: Condition::Always,
        reach: Reach::Network,
        opening: Opening::Manual,
        doubtful: false,
    }
}
