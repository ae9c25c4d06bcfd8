//! Two plans that were read apart number their hosts apart; names tell which hosts are the same.

use std::collections::{HashMap, HashSet};

use super::host::{Host, HostId};
use super::{OwnRule, Party, Plan};

impl Plan {
    /// This plan with its hosts numbered as the hosts of the same names in `other`, so that both can be compared and
    /// one can take the place of the other. Nothing but the numbers changes.
    #[must_use]
    pub fn numbered_like(&self, other: &Self) -> Self {
        let known: HashMap<&str, HostId> =
            other.hosts.iter().map(|host| (host.name.as_str(), host.id)).collect();
        let mut next = self.next_host.max(other.next_host);
        let mut fresh = || {
            let id = HostId::new(next);
            next = next.saturating_add(1);
            id
        };
        let ids: HashMap<HostId, HostId> = self
            .hosts
            .iter()
            .map(|host| (host.id, known.get(host.name.as_str()).copied().unwrap_or_else(&mut fresh)))
            .collect();
        let id = |old: HostId| ids.get(&old).copied().unwrap_or(old);
        let party = |party| match party {
            Party::Host(host) => Party::Host(id(host)),
            Party::Role(role) => Party::Role(role),
        };
        let hosts = self.hosts.iter().map(|host| Host { id: id(host.id), ..host.clone() }).collect();
        let rule = |rule: &OwnRule| OwnRule { from: party(rule.from), to: party(rule.to), ..rule.clone() };
        let rules = self.rules.iter().map(rule).collect();
        Self { hosts, rules, next_host: next, ..self.clone() }
    }

    /// Whether both plans say the same; how their hosts are numbered does not matter.
    pub fn says_the_same(&self, other: &Self) -> bool {
        let mine = Self { next_host: other.next_host, ..self.numbered_like(other) };
        mine == *other
    }

    /// The names that stand in this plan and not in the other.
    pub(crate) fn names_missing_in<'a>(&'a self, other: &Self) -> Vec<&'a Host> {
        let known: HashSet<&str> = other.hosts.iter().map(|host| host.name.as_str()).collect();
        self.hosts.iter().filter(|host| !known.contains(host.name.as_str())).collect()
    }
}
