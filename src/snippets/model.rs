//! Flows as firewall rules, before any target's syntax.

use crate::catalogue::{Key, Os, PortSet, Transport};
use crate::flows::HostIx;
use crate::plan::Host;

use super::Request;
use super::addresses::{Family, Peer, Peers};
use super::build::sheet;
use super::coverage::Census;
use super::gather::{self, Gathered, Group};
use super::names::{Id, Owner};
use super::target::{Direction, RuleForm};
use super::text;

/// One end of a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum End {
    /// The host on which the rule applies; its address is not asked for.
    Here,
    /// These addresses.
    Peers(Peers),
}

impl End {
    /// Whether the end can be reached in the family, as far as the rule knows.
    pub fn has(&self, family: Family) -> bool {
        match self {
            Self::Here => true,
            Self::Peers(peers) => peers.has(family),
        }
    }

    /// The addresses of one family; `None` where the address is not asked for.
    pub fn family(&self, family: Family) -> Option<Vec<Peer>> {
        match self {
            Self::Here => None,
            Self::Peers(peers) => Some(peers.family(family)),
        }
    }
}

/// One thing to let pass, or several flows whose product of sources, destinations and ports is exactly the rule. Targets
/// do not write it as it is, but in [`entries`](super::entries), each of one family and within the target's limits.
#[derive(Debug)]
pub(super) struct Rule {
    /// What names are made of.
    pub id: Id,
    /// Who opens the connection.
    pub from: End,
    /// Who it goes to.
    pub to: End,
    /// The transport.
    pub transport: Transport,
    /// The ports to open.
    pub ports: PortSet,
    /// The hosts in words, clean: `gip01 and 2 more to repo01`.
    pub hosts: String,
    /// What it is for, clean.
    pub purpose: String,
    /// What the operator must know, one clean line each.
    pub remarks: Vec<String>,
    /// What is not opened though a flow asks for it, one clean line each.
    pub todos: Vec<String>,
    /// How many flows it stands for.
    pub flows: usize,
    /// How many of them it cannot express.
    pub blocked: usize,
}

impl Rule {
    /// The families in which both ends have an address.
    pub fn families(&self) -> Vec<Family> {
        Family::ALL.into_iter().filter(|family| self.from.has(*family) && self.to.has(*family)).collect()
    }

    /// Whether it opens anything. A rule without addresses opens nothing; it never means "any".
    pub fn opens(&self) -> bool {
        self.blocked < self.flows
    }
}

/// Where a block of rules belongs.
#[derive(Debug, Clone, Copy)]
pub(super) enum Place<'a> {
    /// On a host, or on each host of an entry that stands for many.
    Host(&'a Host, HostIx),
    /// On every firewall between the hosts.
    Between,
}

/// All rules of one place.
#[derive(Debug)]
pub(super) struct Sheet<'a> {
    /// The place.
    pub place: Place<'a>,
    /// What tells it from other parts of the place's flows; `None` if it holds them all.
    pub part: Option<Id>,
    /// The rules, by port.
    pub rules: Vec<Rule>,
}

/// Flows whose rules belong on hosts that the target does not know.
#[derive(Debug)]
pub(super) struct Elsewhere {
    /// The system of the hosts.
    pub os: Os,
    /// The hosts, clean.
    pub hosts: Vec<String>,
    /// How many flows.
    pub flows: usize,
}

/// A whole snippet of rules.
pub(super) struct Document<'a> {
    /// What was asked for.
    pub request: &'a Request<'a>,
    /// What the target is like.
    pub form: &'static RuleForm,
    /// The plan's id.
    pub plan: Id,
    /// The rules, by place.
    pub sheets: Vec<Sheet<'a>>,
    /// What the target cannot express.
    pub elsewhere: Vec<Elsewhere>,
    /// Connections of hosts to themselves; they need no rule.
    pub same_host: usize,
}

impl<'a> Document<'a> {
    /// Makes the rules for a target.
    pub fn new(request: &'a Request<'a>, form: &'static RuleForm) -> Self {
        let Gathered { groups, same_host } = gather::gather(request);
        let plan = Id::of_plan(request.plan);
        let mut document = Self { request, form, plan, sheets: Vec::new(), elsewhere: Vec::new(), same_host };
        match request.direction {
            Direction::Inbound | Direction::Outbound => document.add_hosts(&groups),
            Direction::Transit if groups.is_empty() => {}
            Direction::Transit => {
                let coverage = Census::new(request).between();
                document.sheets.push(sheet(request, form.names, Place::Between, coverage, &groups));
            }
        }
        document
    }

    fn add_hosts(&mut self, groups: &[Group]) {
        let mut census = Census::new(self.request);
        for groups in groups.chunk_by(|left, right| left.anchors == right.anchors) {
            let Some(anchor) = groups.first().and_then(|group| group.anchors.first()).copied() else {
                continue;
            };
            let Some(host) = gather::host(self.request, anchor) else { continue };
            let flows = groups.iter().map(Group::flows).sum();
            if self.form.systems.contains(&host.os) {
                let coverage = census.of(host, anchor, flows);
                let place = Place::Host(host, anchor);
                self.sheets.push(sheet(self.request, self.form.names, place, coverage, groups));
            } else {
                self.add_elsewhere(host.os, label(host, anchor), flows);
            }
        }
        self.elsewhere.sort_by_key(|elsewhere| elsewhere.os.name());
    }

    fn add_elsewhere(&mut self, os: Os, host: String, flows: usize) {
        match self.elsewhere.iter_mut().find(|elsewhere| elsewhere.os == os) {
            Some(elsewhere) => {
                elsewhere.hosts.push(host);
                elsewhere.flows += flows;
            }
            None => self.elsewhere.push(Elsewhere { os, hosts: vec![host], flows }),
        }
    }

    /// Whose names the objects of a place have.
    pub fn owner(&self, sheet: &Sheet<'_>) -> Owner {
        Owner { plan: self.plan, part: sheet.part }
    }

    /// Every rule of every place.
    pub fn rules(&self) -> impl Iterator<Item = &Rule> {
        self.sheets.iter().flat_map(|sheet| &sheet.rules)
    }
}

/// The clean name of a host. One in a script that rules cannot hold is called by its number in the plan.
pub(super) fn label(host: &Host, at: HostIx) -> String {
    let name = text::comment(host.name.as_str());
    if name.bytes().any(|byte| byte.is_ascii_alphanumeric()) {
        name
    } else {
        format!("host number {}", at.position() + 1)
    }
}
