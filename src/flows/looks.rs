//! What the rules can see of a host. Many hosts look the same.

use std::collections::{BTreeMap, HashMap};

use crate::catalogue::table::{Table, key};
use crate::catalogue::{Catalogue, CustomPortId, HostFact, OptionSet, Os, PortSet, RoleSet};
use crate::plan::{Host, HostId, OwnRule, Party, Plan};

use super::limits::{Limiting, Ties, Who};

key!(
    /// A look of one resolved plan.
    LookId(u32), 1 << 31
);
key!(
    /// Ports of its own that some host of a resolved plan has.
    OwnPortsId(u32), 1 << 31
);

/// Ports of its own, as a host has them.
pub(super) type OwnPorts = BTreeMap<CustomPortId, PortSet>;

/// What the rules can see of a host.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Look {
    /// Its roles, implied ones included.
    pub roles: RoleSet,
    /// Its system.
    pub os: Os,
    /// The options in force for it, as far as they may differ per host.
    pub options: OptionSet,
    /// The host, where an own rule names it.
    pub named: Option<HostId>,
    /// The ports that it has for itself.
    pub(super) ports: Option<OwnPortsId>,
    /// With whom it works.
    pub(super) who: Who,
}

impl Look {
    /// Whether a fact holds for the hosts that look like this.
    pub fn has(&self, fact: HostFact) -> bool {
        match fact {
            HostFact::Option(option) => self.options.contains(option),
            HostFact::Role(role) => self.roles.contains(role),
        }
    }
}

/// The looks of a plan's hosts, each once.
#[derive(Debug, Default)]
pub(super) struct Looks {
    pub table: Table<LookId, Look>,
    pub of_host: Vec<LookId>,
    /// Each set of own ports once.
    pub ports: Table<OwnPortsId, OwnPorts>,
    pub ties: Ties,
}

impl Looks {
    pub fn new(plan: &Plan, catalogue: &Catalogue, limiting: Limiting) -> Self {
        let mut looks = Self {
            of_host: Vec::with_capacity(plan.hosts().len()),
            ties: Ties::new(plan, limiting),
            ..Self::default()
        };
        let mut known: HashMap<Look, LookId> = HashMap::new();
        let mut known_ports = HashMap::new();
        let named = named_hosts(plan.rules());
        for host in plan.hosts() {
            let ports = looks.intern_ports(host, &mut known_ports);
            let look = Look { ports, who: looks.ties.who(host), ..look_of(plan, catalogue, host, &named) };
            let id = match known.get(&look) {
                Some(id) => *id,
                None => match looks.table.push(look) {
                    Some(id) => {
                        known.insert(look, id);
                        id
                    }
                    None => break,
                },
            };
            looks.of_host.push(id);
        }
        looks
    }

    fn intern_ports<'a>(
        &mut self,
        host: &'a Host,
        known: &mut HashMap<&'a OwnPorts, OwnPortsId>,
    ) -> Option<OwnPortsId> {
        if host.ports.is_empty() {
            return None;
        }
        if let Some(id) = known.get(&host.ports) {
            return Some(*id);
        }
        let id = self.ports.push(host.ports.clone())?;
        known.insert(&host.ports, id);
        Some(id)
    }

    /// The look of the host at this place of the plan.
    pub fn at(&self, place: usize) -> Option<&Look> {
        self.of_host.get(place).map(|look| &self.table[*look])
    }

    /// The roles that some host has.
    pub fn placed(&self) -> RoleSet {
        self.table.entries().iter().fold(RoleSet::EMPTY, |all, look| all.union(look.roles))
    }
}

fn look_of(plan: &Plan, catalogue: &Catalogue, host: &Host, named: &[HostId]) -> Look {
    Look {
        roles: catalogue.with_implied(host.roles),
        os: host.os,
        options: plan.options_of(host),
        named: named.contains(&host.id).then_some(host.id),
        ports: None,
        who: Who::default(),
    }
}

fn named_hosts(rules: &[OwnRule]) -> Vec<HostId> {
    let mut hosts: Vec<HostId> =
        rules.iter().flat_map(|rule| [rule.from, rule.to]).filter_map(Party::host).collect();
    hosts.sort_unstable();
    hosts.dedup();
    hosts
}
