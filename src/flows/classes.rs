//! Hosts that look alike to the rules form one class; rules are resolved between classes.

use std::collections::HashMap;

use crate::catalogue::table::{Table, key};
use crate::catalogue::{Catalogue, HostFact, OptionSet, Os, RoleSet};
use crate::plan::{Host, HostId, OwnRule, Party, Plan};

key!(
    /// A class of one resolved plan.
    ClassId(u32), 1 << 31
);

/// What the rules see of a host.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Class {
    /// Its roles, implied ones included.
    pub roles: RoleSet,
    /// Its system.
    pub os: Os,
    /// The options in force for it, as far as they may differ per host.
    pub options: OptionSet,
    /// The host, where an own rule names it.
    pub named: Option<HostId>,
}

impl Class {
    /// Whether a fact holds for the hosts of this class.
    pub fn has(&self, fact: HostFact) -> bool {
        match fact {
            HostFact::Option(option) => self.options.contains(option),
            HostFact::Role(role) => self.roles.contains(role),
        }
    }
}

/// The classes of a plan, with the number of hosts in each.
#[derive(Debug, Clone, Default)]
pub(super) struct Classes {
    pub table: Table<ClassId, Class>,
    pub sizes: Vec<u64>,
    pub of_host: Vec<ClassId>,
}

impl Classes {
    pub fn new(plan: &Plan, catalogue: &Catalogue) -> Self {
        let mut classes = Self { of_host: Vec::with_capacity(plan.hosts().len()), ..Self::default() };
        let mut known: HashMap<Class, ClassId> = HashMap::new();
        let named = named_hosts(plan.rules());
        for host in plan.hosts() {
            let class = class_of(plan, catalogue, host, &named);
            let id = match known.get(&class) {
                Some(id) => *id,
                None => match classes.table.push(class) {
                    Some(id) => {
                        known.insert(class, id);
                        classes.sizes.push(0);
                        id
                    }
                    None => break,
                },
            };
            if let Some(size) = classes.sizes.get_mut(crate::catalogue::Key::position(id)) {
                *size += 1;
            }
            classes.of_host.push(id);
        }
        classes
    }

    pub fn size(&self, class: ClassId) -> u64 {
        self.sizes.get(crate::catalogue::Key::position(class)).copied().unwrap_or(0)
    }
}

fn class_of(plan: &Plan, catalogue: &Catalogue, host: &Host, named: &[HostId]) -> Class {
    Class {
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
