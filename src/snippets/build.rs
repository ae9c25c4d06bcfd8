//! Makes the rules of one place from its groups of flows.

use std::collections::BTreeSet;

use crate::flows::HostIx;
use crate::plan::{Address, Host};

use super::Request;
use super::addresses::{Family, Peers};
use super::coverage::Coverage;
use super::gather::{self, Group};
use super::model::{End, Place, Rule, Sheet, label};
use super::names::{Id, Ids};
use super::obstacle::{Obstacle, Obstacles, Side};
use super::remarks::remarks;
use super::row::purposes;
use super::target::{Direction, DnsNames};
use super::text;

/// The rules of a place.
pub(super) fn sheet<'a>(
    request: &'a Request<'a>,
    names: DnsNames,
    place: Place<'a>,
    coverage: Coverage,
    groups: &[Group],
) -> Sheet<'a> {
    let mut ids = Ids::default();
    let builders = groups.iter().map(|group| Builder::new(request, names, coverage, group));
    let rules: Vec<Rule> = builders.map(|builder| builder.rule(&mut ids)).collect();
    let part = match coverage {
        Coverage::Whole => None,
        Coverage::Zones(zones) => Some(zones),
        Coverage::Part => Some(part_id(&rules)),
    };
    Sheet { place, part, rules }
}

fn part_id(rules: &[Rule]) -> Id {
    let ids: Vec<String> = rules.iter().map(|rule| rule.id.to_string()).collect();
    Id::of(ids.iter().map(String::as_str))
}

/// A host of a group.
struct Member<'a> {
    host: &'a Host,
    at: HostIx,
    peers: Peers,
}

impl Member<'_> {
    fn label(&self) -> String {
        label(self.host, self.at)
    }
}

/// The addresses of members. A host whose address is of a family that the other end lacks drops out when the rule is
/// written for one family.
fn end(members: &[Member<'_>]) -> End {
    End::Peers(members.iter().map(|member| member.peers.clone()).collect())
}

/// Makes one rule of one group.
struct Builder<'a> {
    request: &'a Request<'a>,
    names: DnsNames,
    coverage: Coverage,
    group: &'a Group,
    anchors: Vec<Member<'a>>,
    peers: Vec<Member<'a>>,
}

impl<'a> Builder<'a> {
    fn new(request: &'a Request<'a>, names: DnsNames, coverage: Coverage, group: &'a Group) -> Self {
        let member = |at: HostIx| {
            let host = gather::host(request, at)?;
            Some(Member { host, at, peers: Peers::of(host, names) })
        };
        let anchors = group.anchors.iter().filter_map(|at| member(*at)).collect();
        let peers = group.peers.iter().filter_map(|at| member(*at)).collect();
        Self { request, names, coverage, group, anchors, peers }
    }

    fn rule(self, ids: &mut Ids) -> Rule {
        let mut obstacles = Obstacles::default();
        for (anchor, peer) in self.pairs() {
            if let Some(obstacle) = self.obstacle(anchor, peer) {
                obstacles.add(obstacle, anchor.label(), peer.label());
            }
        }
        let open = |(anchor, peer): &(&Member<'_>, &Member<'_>)| self.obstacle(anchor, peer).is_none();
        let opened: Vec<(&Member<'_>, &Member<'_>)> = self.pairs().filter(open).collect();
        let (hosts, purpose) = (self.hosts(&opened), self.purpose());
        let remarks = remarks(self.request, self.group, &self.named(), self.names);
        let todos = obstacles.lines(|anchor, peers| self.todo(anchor, peers));
        let (from, to) = self.ordered(end(&self.peers), self.here());
        Rule {
            id: self.id(ids),
            from,
            to,
            transport: self.group.transport,
            ports: self.group.ports.to_open(),
            hosts,
            purpose,
            remarks,
            todos,
            flows: self.group.flows(),
            blocked: obstacles.count(),
        }
    }

    fn pairs(&self) -> impl Iterator<Item = (&Member<'a>, &Member<'a>)> {
        self.anchors.iter().flat_map(|anchor| self.peers.iter().map(move |peer| (anchor, peer)))
    }

    /// What the rule says of the anchor's end.
    fn here(&self) -> End {
        match self.request.direction {
            Direction::Transit => end(&self.anchors),
            Direction::Inbound | Direction::Outbound => End::Here,
        }
    }

    /// The members whose addresses the rule asks for.
    fn named(&self) -> Vec<(&'a Host, HostIx)> {
        let anchors = match (self.names, self.request.direction) {
            (DnsNames::Taken, _) => return Vec::new(),
            (DnsNames::LeftOut | DnsNames::LeftOutWithIpv6, Direction::Transit) => self.anchors.as_slice(),
            (_, Direction::Inbound | Direction::Outbound) => &[],
        };
        self.peers.iter().chain(anchors).map(|member| (member.host, member.at)).collect()
    }

    /// All of a host's flows to the same ports keep one name, whoever their peers are, so that a later state of
    /// the plan replaces the rule. A part of them is named after its peers, and replaces nothing else.
    fn id(&self, ids: &mut Ids) -> Id {
        let ports = self.group.ports.to_string();
        let name = |member: &Member<'a>| member.host.name.as_str();
        let mut anchors = self.anchors.iter().map(name);
        let direction = self.request.direction.label();
        let first = anchors.next().unwrap_or_default();
        let mut words = vec![direction, first, self.group.transport.name(), &ports];
        let zones;
        match self.coverage {
            Coverage::Whole => {}
            Coverage::Zones(id) => {
                zones = id.to_string();
                words.push(&zones);
            }
            Coverage::Part => words.extend(anchors.chain(self.peers.iter().map(name))),
        }
        ids.claim(&words)
    }

    /// Puts what belongs to the peers and to the anchors into the order of the flow.
    fn ordered<T>(&self, peers: T, anchors: T) -> (T, T) {
        match self.request.direction {
            Direction::Outbound => (anchors, peers),
            Direction::Inbound | Direction::Transit => (peers, anchors),
        }
    }

    /// Why a flow cannot be part of the rule.
    fn obstacle(&self, anchor: &Member<'_>, peer: &Member<'_>) -> Option<Obstacle> {
        let transit = self.request.direction == Direction::Transit;
        if transit && anchor.peers.is_empty() {
            return Some(self.lack(anchor.host, Side::Destination));
        }
        if peer.peers.is_empty() {
            let outbound = self.request.direction == Direction::Outbound;
            return Some(self.lack(peer.host, if outbound { Side::Destination } else { Side::Source }));
        }
        let shared = |family| peer.peers.has(family) && anchor.peers.has(family);
        (transit && !Family::ALL.into_iter().any(shared)).then_some(Obstacle::NoCommonFamily)
    }

    /// Why a host has no address that the rule can take.
    fn lack(&self, host: &Host, side: Side) -> Obstacle {
        let has_name = host.addresses.iter().any(|address| matches!(address, Address::Name(_)));
        match self.names {
            DnsNames::LeftOutWithIpv6 if host.addresses.iter().any(|address| address.network().is_some()) => {
                Obstacle::NoIpv4(side)
            }
            _ if has_name => Obstacle::OnlyNames(side),
            _ => Obstacle::NoAddress(side),
        }
    }

    fn todo(&self, anchor: &str, peers: &[String]) -> String {
        let (from, to) = self.ordered(text::list(peers), anchor.to_owned());
        let ports = self.group.ports.to_string().replace('+', " or higher");
        format!("{} {ports} from {from} to {to}", self.group.transport)
    }

    /// The hosts between which something is opened. A rule that opens nothing still names where it would stand.
    fn hosts(&self, opened: &[(&Member<'_>, &Member<'_>)]) -> String {
        let anchors: BTreeSet<HostIx> = match self.anchors.as_slice() {
            [only] => BTreeSet::from([only.at]),
            _ => opened.iter().map(|(anchor, _)| anchor.at).collect(),
        };
        let peers = opened.iter().map(|(_, peer)| peer.at).collect();
        let words = |members: &[Member<'_>], open: &BTreeSet<HostIx>| {
            let open = members.iter().filter(|member| open.contains(&member.at));
            text::first_of(&open.map(Member::label).collect::<Vec<_>>())
        };
        let (from, to) = self.ordered(words(&self.peers, &peers), words(&self.anchors, &anchors));
        text::comment(&format!("{from} to {to}"))
    }

    fn purpose(&self) -> String {
        let reasons = self.group.reasons.iter().copied();
        text::comment(&purposes(self.request.catalogue, self.request.plan, reasons))
    }
}
