//! A rule as it stands in one plan: the plan's ports in place of the printed ones.

use std::collections::BTreeMap;

use crate::catalogue::{
    Catalogue, Condition, CustomPortId, Endpoint, Opening, PortSet, Ports, Reach, Rule, RuleId, Transport,
};
use crate::plan::{Host, HostId, OwnRule, Party, Plan};

use super::limits::Limiting;
use super::looks::{Look, Looks, OwnPorts, OwnPortsId};
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
    /// The printed ports.
    printed: Ports,
    /// The ports where the destination has some of its own that change them.
    of_hosts: BTreeMap<OwnPortsId, Ports>,
    /// When the rule applies.
    pub when: Condition,
    /// Which pairs of hosts it speaks of.
    pub reach: Reach,
    /// Who opens the port on the host.
    pub opening: Opening,
    /// Whether the printed row is doubtful.
    pub doubtful: bool,
}

impl Requirement {
    /// Whether destinations with these ports of their own listen elsewhere than others.
    pub(super) fn is_changed_by(&self, own: OwnPortsId) -> bool {
        self.of_hosts.contains_key(&own)
    }

    /// The ports on which a destination listens.
    pub(super) fn ports_of(&self, own: Option<OwnPortsId>) -> &Ports {
        own.and_then(|own| self.of_hosts.get(&own)).unwrap_or(&self.ports)
    }

    /// Whether these are other ports than the printed ones.
    pub(super) fn is_overridden(&self, own: Option<OwnPortsId>) -> bool {
        *self.ports_of(own) != self.printed
    }
}

/// Every rule that may hold for some pair of the plan's hosts: the catalogue's, then the plan's own. A rule without ports
/// asks for nothing; as a flow it would read as "any".
pub(super) fn requirements(
    catalogue: &Catalogue,
    plan: &Plan,
    facts: &PlanFacts,
    looks: &Looks,
) -> Vec<Requirement> {
    let may_hold = |rule: &Rule| rule.when.holds(facts) != Some(false);
    requirements_of(catalogue, plan, looks, may_hold).collect()
}

/// Every rule, also those that hold for no pair of hosts, as hosts without ports of their own listen.
pub(super) fn every_requirement(catalogue: &Catalogue, plan: &Plan) -> impl Iterator<Item = Requirement> {
    let looks = Looks::new(plan, catalogue, Limiting::Obeyed);
    requirements_of(catalogue, plan, &looks, |_| true).collect::<Vec<_>>().into_iter()
}

/// Every rule with the ports on which this host listens.
pub(super) fn every_requirement_towards(
    catalogue: &Catalogue,
    plan: &Plan,
    to: HostId,
) -> impl Iterator<Item = Requirement> {
    let looks = Looks::new(plan, catalogue, Limiting::Obeyed);
    let own = plan.position(to).and_then(|at| looks.at(at)).and_then(|look| look.ports);
    let towards = |rule: Requirement| Requirement { ports: rule.ports_of(own).clone(), ..rule };
    requirements_of(catalogue, plan, &looks, |_| true).map(towards).collect::<Vec<_>>().into_iter()
}

fn requirements_of(
    catalogue: &Catalogue,
    plan: &Plan,
    looks: &Looks,
    which: impl Fn(&Rule) -> bool,
) -> impl Iterator<Item = Requirement> {
    let rules = catalogue.rules().iter().filter(move |(_, rule)| which(rule));
    let printed = rules.map(|(id, rule)| of_catalogue(id, rule, plan, looks));
    let own = plan.rules().iter().enumerate().map(|(at, rule)| of_plan(at, rule));
    printed.chain(own).filter(|requirement| !requirement.ports.is_empty())
}

fn of_catalogue(id: RuleId, rule: &Rule, plan: &Plan, looks: &Looks) -> Requirement {
    let ports = with_overrides(rule, |key| plan.ports().get(&key));
    let of_hosts = if rule.replaceable.is_empty() {
        BTreeMap::new()
    } else {
        let of_host = |own: &OwnPorts| with_overrides(rule, |key| in_force(plan, own, key));
        let all = looks.ports.iter().map(|(id, own)| (id, of_host(own)));
        all.filter(|(_, own)| *own != ports).collect()
    };
    Requirement {
        rule: RuleRef::Catalogue(id),
        from: End::Roles(rule.from.clone()),
        to: End::Roles(rule.to.clone()),
        transports: rule.transports.clone(),
        ports,
        printed: rule.ports.clone(),
        of_hosts,
        when: rule.when.clone(),
        reach: rule.reach,
        opening: rule.opening,
        doubtful: rule.doubt.is_some(),
    }
}

/// The ports that take the place of printed ones at a host: its own, else the plan's. An empty set is none.
fn in_force<'a>(plan: &'a Plan, own: &'a OwnPorts, key: CustomPortId) -> Option<&'a PortSet> {
    own.get(&key).filter(|ports| !ports.is_empty()).or_else(|| plan.ports().get(&key))
}

/// The ports that take the place of printed ones where this host listens, and whose they are.
pub(super) fn override_of<'a>(
    plan: &'a Plan,
    host: &'a Host,
    key: CustomPortId,
) -> Option<(&'a PortSet, Whose)> {
    let ports = in_force(plan, &host.ports, key).filter(|ports| !ports.is_empty())?;
    let whose = if host.ports.get(&key) == Some(ports) { Whose::Host } else { Whose::Plan };
    Some((ports, whose))
}

/// Who put ports in the place of printed ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Whose {
    /// The plan, for every host without ports of its own.
    Plan,
    /// The host that listens.
    Host,
}

/// All printed ports that give way are taken out before any own port goes in: the own ports of one service may be the
/// printed ports of another in the same row.
fn with_overrides<'a>(rule: &Rule, own: impl Fn(CustomPortId) -> Option<&'a PortSet>) -> Ports {
    let overrides: Vec<(&PortSet, &PortSet)> = rule
        .replaceable
        .iter()
        .filter_map(|part| Some((&part.printed, own(part.key)?)))
        .filter(|(_, own)| !own.is_empty())
        .collect();
    let gone: PortSet = overrides.iter().flat_map(|(printed, _)| printed.ranges()).copied().collect();
    let own: PortSet = overrides.iter().flat_map(|(_, own)| own.ranges()).copied().collect();
    rule.ports.replaced(&gone, &own)
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
        printed: rule.ports.clone(),
        of_hosts: BTreeMap::new(),
        when: Condition::Always,
        reach: Reach::Network,
        opening: Opening::Manual,
        doubtful: false,
    }
}
