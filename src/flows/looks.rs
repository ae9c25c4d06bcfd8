//! What the rules can see of a host. Many hosts look the same.

use std::collections::HashMap;

use crate::catalogue::table::{Table, key};
use crate::catalogue::{Catalogue, HostFact, OptionSet, Os, RoleSet};
use crate::plan::{Host, HostId, OwnRule, Party, Plan};

key!(
    /// A look of one resolved plan.
    LookId(u32), 1 << 31
);

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
}

impl Looks {
    pub fn new(plan: &Plan, catalogue: &Catalogue) -> Self {
        let mut looks = Self { of_host: Vec::with_capacity(plan.hosts().len()), ..Self::default() };
        let mut known: HashMap<Look, LookId> = HashMap::new();
        let named = named_hosts(plan.rules());
        for host in plan.hosts() {
            let look = look_of(plan, catalogue, host, &named);
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
    }
}

fn named_hosts(rules: &[OwnRule]) -> Vec<HostId> {
    let mut hosts: Vec<HostId> = rules
        .iter()
        .flat_map(|rule| [rule.from, rule.to])
        .filter_map(|party| match party {
            Party::Host(id) => Some(id),
            Party::Role(_) => None,
        })
        .collect();
    hosts.sort_unstable();
    hosts.dedup();
    hosts
}
