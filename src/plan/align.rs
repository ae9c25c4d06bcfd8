//! Two plans that were read apart number their hosts apart; names tell which hosts are the same.

use std::collections::{HashMap, HashSet};

use super::host::{Host, HostId};
use super::{Acknowledged, Baseline, OwnRule, Partners, Party, Plan};

/// New numbers for hosts: those that are known, and fresh ones for the others.
struct Numbers {
    known: HashMap<HostId, HostId>,
    next: u32,
}

impl Numbers {
    fn of(&mut self, old: HostId) -> HostId {
        let next = &mut self.next;
        *self.known.entry(old).or_insert_with(|| {
            let id = HostId::new(*next);
            *next = next.saturating_add(1);
            id
        })
    }

    fn party(&mut self, party: Party) -> Party {
        match party {
            Party::Host(host) => Party::Host(self.of(host)),
            Party::Role(role) => Party::Role(role),
        }
    }

    fn rule(&mut self, rule: &OwnRule) -> OwnRule {
        OwnRule { from: self.party(rule.from), to: self.party(rule.to), ..rule.clone() }
    }

    fn plan(&mut self, plan: &Plan) -> Plan {
        let hosts = plan.hosts.iter().map(|host| Host { id: self.of(host.id), ..host.clone() }).collect();
        let rules = plan.rules.iter().map(|rule| self.rule(rule)).collect();
        let partners = plan
            .partners
            .iter()
            .map(|pair| Partners { host: self.of(pair.host), partner: self.of(pair.partner) })
            .collect();
        let acknowledged = plan
            .acknowledged
            .iter()
            .map(|entry| Acknowledged { host: entry.host.map(|host| self.of(host)), ..entry.clone() })
            .collect();
        let baselines = plan
            .baselines
            .iter()
            .map(|baseline| Baseline::new(baseline.name().clone(), &self.plan(baseline.plan())))
            .collect();
        Plan {
            name: plan.name.clone(),
            edition: plan.edition.clone(),
            options: plan.options,
            zones: plan.zones.clone(),
            hosts,
            ports: plan.ports.clone(),
            partners,
            rules,
            acknowledged,
            baselines,
            next_host: self.next,
        }
    }
}

impl Plan {
    /// This plan with its hosts numbered as the hosts of the same names in `other`, so that both can be compared and
    /// one can take the place of the other. Nothing but the numbers changes.
    #[must_use]
    pub fn numbered_like(&self, other: &Self) -> Self {
        let known: HashMap<&str, HostId> =
            other.hosts.iter().map(|host| (host.name.as_str(), host.id)).collect();
        let same = |host: &Host| Some((host.id, *known.get(host.name.as_str())?));
        let known = self.hosts.iter().filter_map(same).collect();
        let mut numbers = Numbers { known, next: self.next_host.max(other.next_host) };
        let plan = numbers.plan(self);
        Self { next_host: numbers.next, ..plan }
    }

    /// Whether both plans say the same; how their hosts are numbered does not matter.
    pub fn says_the_same(&self, other: &Self) -> bool {
        let same_baselines = self.baselines.len() == other.baselines.len()
            && self
                .baselines
                .iter()
                .zip(&other.baselines)
                .all(|(mine, theirs)| mine.plan().says_the_same(theirs.plan()));
        let mine = Self {
            next_host: other.next_host,
            baselines: other.baselines.clone(),
            ..self.numbered_like(other)
        };
        same_baselines && mine == *other
    }

    /// The names that stand in this plan and not in the other.
    pub(crate) fn names_missing_in<'a>(&'a self, other: &Self) -> Vec<&'a Host> {
        let known: HashSet<&str> = other.hosts.iter().map(|host| host.name.as_str()).collect();
        self.hosts.iter().filter(|host| !known.contains(host.name.as_str())).collect()
    }
}
