//! Makes the rules of one place from its groups of flows.

use crate::flows::HostIx;
use crate::plan::{Address, Host};

use super::Request;
use super::addresses::{Family, Nets};
use super::coverage::Coverage;
use super::gather::{self, Group, GroupKey};
use super::model::{End, Place, Rule, Sheet, label};
use super::names::{Id, Ids};
use super::obstacle::{Obstacle, Obstacles, Side};
use super::remarks::remarks;
use super::row::purposes;
use super::target::Direction;
use super::text;

/// The rules of a place.
pub(super) fn sheet<'a>(
    request: &'a Request<'a>,
    place: Place<'a>,
    coverage: Coverage,
    groups: &[(GroupKey, Group)],
) -> Sheet<'a> {
    let mut ids = Ids::default();
    let builders = groups.iter().filter_map(|(key, group)| Builder::new(request, coverage, key, group));
    let rules: Vec<Rule> = builders.map(|builder| builder.rule(&mut ids)).collect();
    let part = (coverage == Coverage::Part).then(|| part_id(&rules));
    Sheet { place, part, rules }
}

fn part_id(rules: &[Rule]) -> Id {
    let ids: Vec<String> = rules.iter().map(|rule| rule.id.to_string()).collect();
    Id::of(ids.iter().map(String::as_str))
}

/// Makes one rule of one group.
struct Builder<'a> {
    request: &'a Request<'a>,
    coverage: Coverage,
    key: &'a GroupKey,
    group: &'a Group,
    anchor: &'a Host,
    /// What the rule says of the anchor's end.
    here: End,
    peers: Vec<(&'a Host, HostIx)>,
}

impl<'a> Builder<'a> {
    fn new(
        request: &'a Request<'a>,
        coverage: Coverage,
        key: &'a GroupKey,
        group: &'a Group,
    ) -> Option<Self> {
        let anchor = gather::host(request, key.anchor)?;
        let here = match request.direction {
            Direction::Transit => End::Nets(Nets::of(anchor)),
            Direction::Inbound | Direction::Outbound => End::Here,
        };
        let peers = group.peers.iter().filter_map(|at| Some((gather::host(request, *at)?, *at))).collect();
        Some(Self { request, coverage, key, group, anchor, here, peers })
    }

    fn rule(self, ids: &mut Ids) -> Rule {
        let (mut nets, mut opened) = (Vec::new(), Vec::new());
        let mut obstacles = Obstacles::default();
        for (peer, at) in &self.peers {
            let own = Nets::of(peer);
            if let Some(obstacle) = self.obstacle(peer, &own) {
                obstacles.add(obstacle, label(peer, *at));
            } else {
                nets.extend_from_slice(own.all());
                opened.push(label(peer, *at));
            }
        }
        let id = self.id(ids);
        let (hosts, purpose) = (self.hosts(&opened), self.purpose());
        let remarks = remarks(self.request, self.key, self.group, &self.peers);
        let todos = obstacles.lines(|peers| self.todo(peers));
        let (from, to) = self.ordered(End::Nets(nets.into_iter().collect()), self.here.clone());
        Rule {
            id,
            from,
            to,
            transport: self.key.transport,
            ports: self.key.ports.to_open(),
            hosts,
            purpose,
            remarks,
            todos,
            flows: self.peers.len(),
            blocked: obstacles.count(),
        }
    }

    /// All of a host's flows to the same ports keep one name, whoever their peers are, so that a later state of
    /// the plan replaces the rule. A part of them is named after its peers, and replaces nothing else.
    fn id(&self, ids: &mut Ids) -> Id {
        let ports = self.key.ports.to_string();
        let direction = self.request.direction.label();
        let mut words = vec![direction, self.anchor.name.as_str(), self.key.transport.name(), &ports];
        if self.coverage == Coverage::Part {
            words.extend(self.peers.iter().map(|(peer, _)| peer.name.as_str()));
        }
        ids.claim(&words)
    }

    /// Puts what belongs to the peers and to the anchor into the order of the flow.
    fn ordered<T>(&self, peers: T, anchor: T) -> (T, T) {
        match self.request.direction {
            Direction::Outbound => (anchor, peers),
            Direction::Inbound | Direction::Transit => (peers, anchor),
        }
    }

    /// Why a peer's flow cannot be part of the rule.
    fn obstacle(&self, peer: &Host, own: &Nets) -> Option<Obstacle> {
        if let End::Nets(nets) = &self.here
            && nets.is_empty()
        {
            return Some(lack(self.anchor, Side::Destination));
        }
        if own.is_empty() {
            let side =
                if self.request.direction == Direction::Outbound { Side::Destination } else { Side::Source };
            return Some(lack(peer, side));
        }
        let common = Family::ALL.into_iter().any(|family| own.has(family) && self.here.has(family));
        (!common).then_some(Obstacle::NoCommonFamily)
    }

    fn todo(&self, peers: &[String]) -> String {
        let (from, to) = self.ordered(text::list(peers), label(self.anchor, self.key.anchor));
        let ports = self.key.ports.to_string().replace('+', " or higher");
        format!("{} {ports} from {from} to {to}", self.key.transport)
    }

    fn hosts(&self, peers: &[String]) -> String {
        let (from, to) = self.ordered(text::first_of(peers), label(self.anchor, self.key.anchor));
        text::comment(&format!("{from} to {to}"))
    }

    fn purpose(&self) -> String {
        let reasons = self.group.reasons.iter().copied();
        text::comment(&purposes(self.request.catalogue, self.request.plan, reasons))
    }
}

fn lack(host: &Host, side: Side) -> Obstacle {
    let has_name = host.addresses.iter().any(|address| matches!(address, Address::Name(_)));
    if has_name { Obstacle::OnlyNames(side) } else { Obstacle::NoAddress(side) }
}
