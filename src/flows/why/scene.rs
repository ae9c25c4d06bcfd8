//! What every answer looks at: a plan and its flows.

use crate::catalogue::{Catalogue, Facts, HostFact, Key, OptionId, Port, RoleId, RoleSet, Transport};
use crate::flows::explain::{self, Origin};
use crate::flows::{Flows, HostIx, RuleRef};
use crate::plan::{Host, Plan};

/// A plan with its flows.
#[derive(Debug, Clone, Copy)]
pub struct Scene<'a> {
    /// The rules.
    pub catalogue: &'a Catalogue,
    /// The plan.
    pub plan: &'a Plan,
    /// Its flows.
    pub flows: &'a Flows,
}

impl<'a> Scene<'a> {
    /// The host at a place.
    pub fn host(self, at: HostIx) -> Option<&'a Host> {
        self.plan.hosts().get(at.position())
    }

    /// The name of the host at a place.
    pub fn name(self, at: HostIx) -> &'a str {
        self.host(at).map_or("?", |host| host.name.as_str())
    }

    /// Where a rule comes from.
    pub fn origin(self, rule: RuleRef) -> Option<Origin<'a>> {
        explain::origin(self.catalogue, self.plan, rule)
    }

    /// What the rules ask for between two hosts: one entry for each rule, transport and ports.
    pub(super) fn asks(self, from: HostIx, to: HostIx) -> impl Iterator<Item = Ask<'a>> {
        let flows = self.flows;
        let list = flows.list_between(from, to).map_or(&[][..], |list| &flows.list(list).by_rule);
        list.iter().flat_map(move |id| {
            let shape = flows.shape(*id);
            shape.reasons.iter().map(move |rule| Ask {
                rule: *rule,
                transport: shape.transport,
                ports: &shape.ports,
            })
        })
    }

    /// The roles of a host, those that go with others included.
    pub(super) fn carries(self, host: &Host, role: RoleId) -> bool {
        self.catalogue.with_implied(host.roles).contains(role)
    }

    /// The names of roles, `word` before the last.
    pub(super) fn role_names(self, roles: &[RoleId], word: &str) -> String {
        let labels: Vec<&str> =
            roles.iter().map(|role| self.catalogue.roles()[*role].label.as_str()).collect();
        super::words::list(&labels, word)
    }
}

/// What one rule asks for between two hosts.
#[derive(Debug, Clone, Copy)]
pub(super) struct Ask<'a> {
    pub rule: RuleRef,
    pub transport: Transport,
    pub ports: &'a crate::catalogue::Ports,
}

/// Two hosts of a plan, as conditions see them.
#[derive(Debug, Clone, Copy)]
pub(super) struct Pair<'a> {
    pub catalogue: &'a Catalogue,
    pub plan: &'a Plan,
    pub from: &'a Host,
    pub to: &'a Host,
    /// The port that is asked about, if it is about one.
    pub port: Option<Port>,
    /// The roles that some host has.
    placed: RoleSet,
}

impl<'a> Pair<'a> {
    /// Looks for the roles of all hosts once.
    pub fn new(
        catalogue: &'a Catalogue,
        plan: &'a Plan,
        (from, to): (&'a Host, &'a Host),
        port: Option<Port>,
    ) -> Self {
        let given = plan.hosts().iter().fold(RoleSet::EMPTY, |all, host| all.union(host.roles));
        Self { catalogue, plan, from, to, port, placed: catalogue.with_implied(given) }
    }

    /// Two other hosts of the same plan.
    pub fn between(self, from: &'a Host, to: &'a Host) -> Self {
        Self { from, to, ..self }
    }
}

impl Pair<'_> {
    fn has(&self, host: &Host, fact: HostFact) -> bool {
        match fact {
            HostFact::Option(option) => self.plan.options_of(host).contains(option),
            HostFact::Role(role) => self.catalogue.with_implied(host.roles).contains(role),
        }
    }
}

impl Facts for Pair<'_> {
    fn option(&self, option: OptionId) -> Option<bool> {
        Some(self.plan.options().contains(option))
    }

    fn placed(&self, role: RoleId) -> Option<bool> {
        Some(self.placed.contains(role))
    }

    fn from(&self, fact: HostFact) -> Option<bool> {
        Some(self.has(self.from, fact))
    }

    fn to(&self, fact: HostFact) -> Option<bool> {
        Some(self.has(self.to, fact))
    }
}
