//! All that a host needs: out and in, by rule, counted over classes of hosts. Nothing here grows with the number of flows.

use crate::catalogue::{Key, Port, Ports, Transport};
use crate::flows::requirement::{End as RuleEnd, Requirement, every_requirement};
use crate::flows::search::Direction;
use crate::flows::{Flows, Gap, HostIx, RuleRef};
use crate::plan::HostId;

use super::Scene;
use super::lack::End;
use super::words;

/// So many hosts are named where there are many.
pub(super) const NAMED: usize = 4;

/// Some hosts of many.
#[derive(Debug, Clone, Default)]
pub struct Hosts {
    /// How many there are.
    pub all: u64,
    /// The first of them, in the plan's order.
    pub first: Vec<HostIx>,
}

/// Everything that a host needs.
#[derive(Debug)]
pub struct HostAnswer {
    /// The host.
    pub host: HostId,
    /// Which way was asked about.
    pub direction: Direction,
    /// The port that was asked about.
    pub port: Option<Port>,
    /// What it opens.
    pub out: Vec<Peers>,
    /// What comes to it.
    pub into: Vec<Peers>,
    /// How many flows it opens, and how many come to it.
    pub flows: (u64, u64),
    /// Rules about the host and itself.
    pub itself: Vec<Need>,
    /// Rules that would ask for more if their other end were in the plan.
    pub missing: Vec<Gap>,
}

/// What a host needs with hosts of one kind.
#[derive(Debug)]
pub struct Peers {
    /// The kind of hosts, as the rules put it.
    pub who: String,
    /// The hosts.
    pub hosts: Hosts,
    /// The rules.
    pub needs: Vec<Need>,
}

/// What one rule asks for.
#[derive(Debug)]
pub struct Need {
    /// The rule.
    pub rule: RuleRef,
    /// The transports.
    pub transports: Vec<Transport>,
    /// The ports.
    pub ports: Ports,
    /// With how many hosts.
    pub hosts: u64,
}

impl HostAnswer {
    pub(super) fn new(scene: Scene<'_>, host: HostId, direction: Direction, port: Option<Port>) -> Self {
        let mut answer = Self {
            host,
            direction,
            port,
            out: Vec::new(),
            into: Vec::new(),
            flows: (0, 0),
            itself: Vec::new(),
            missing: Vec::new(),
        };
        let Some(at) = scene.flows.place(host) else { return answer };
        let rules: Vec<Requirement> = every_requirement(scene.catalogue, scene.plan).collect();
        let classes = Classes::new(scene.flows);
        if direction != Direction::Inbound {
            (answer.out, answer.flows.0) = peers(scene, &classes, &rules, at, (End::From, port));
        }
        if direction != Direction::Outbound {
            (answer.into, answer.flows.1) = peers(scene, &classes, &rules, at, (End::To, port));
        }
        if direction == Direction::Both {
            let about_itself = |rule: RuleRef| is_same_host(&rules, rule);
            for ask in scene.asks(at, at).filter(|ask| about_itself(ask.rule) && takes(port, ask.ports)) {
                add(&mut answer.itself, ask.rule, ask.transport, ask.ports, 1);
            }
        }
        answer.missing = missing(scene, host, &rules, direction, port);
        answer
    }

    /// Everything it needs, out and in.
    pub fn needs(&self) -> impl Iterator<Item = &Need> {
        self.out.iter().chain(&self.into).flat_map(|peers| &peers.needs)
    }
}

pub(super) fn is_same_host(rules: &[Requirement], rule: RuleRef) -> bool {
    rules.iter().any(|known| known.rule == rule && known.reach == crate::catalogue::Reach::SameHost)
}

fn takes(port: Option<Port>, ports: &Ports) -> bool {
    port.is_none_or(|port| ports.contains(port))
}

/// The hosts of each class, in the plan's order.
pub(super) struct Classes(pub Vec<Vec<HostIx>>);

impl Classes {
    pub fn new(flows: &Flows) -> Self {
        let mut hosts = vec![Vec::new(); flows.class_count()];
        for host in flows.hosts().keys() {
            if let Some(class) = flows.class_id(host).and_then(|class| hosts.get_mut(class.position())) {
                class.push(host);
            }
        }
        Self(hosts)
    }

    /// All hosts of some classes: how many, and the first.
    pub fn some(&self, classes: impl IntoIterator<Item = usize>, without: Option<HostIx>) -> Hosts {
        let classes: Vec<usize> = classes.into_iter().collect();
        let members = || classes.iter().filter_map(|class| self.0.get(*class));
        let left_out = members().flatten().filter(|host| Some(**host) == without).count();
        let all: usize = members().map(Vec::len).sum::<usize>() - left_out;
        let few = |class: &Vec<HostIx>| class.iter().copied().take(NAMED + 1).collect::<Vec<_>>();
        let mut first: Vec<HostIx> = members().flat_map(few).filter(|host| Some(*host) != without).collect();
        first.sort_unstable();
        first.truncate(NAMED);
        Hosts { all: all as u64, first }
    }
}

/// A need while it is put together: with the classes of hosts that it is about.
struct Draft {
    need: Need,
    classes: Vec<usize>,
}

fn peers(
    scene: Scene<'_>,
    classes: &Classes,
    rules: &[Requirement],
    host: HostIx,
    (end, port): (End, Option<Port>),
) -> (Vec<Peers>, u64) {
    let mut drafts: Vec<Draft> = Vec::new();
    let mut flows = 0;
    for (class, members) in classes.0.iter().enumerate() {
        let Some(peer) = members.iter().copied().find(|peer| *peer != host) else { continue };
        let size = members.iter().filter(|peer| **peer != host).count() as u64;
        let (from, to) = if end == End::From { (host, peer) } else { (peer, host) };
        for ask in scene.asks(from, to).filter(|ask| takes(port, ask.ports)) {
            put(&mut drafts, class, ask.rule, ask.transport, ask.ports, size);
        }
        let merged =
            scene.flows.list_between(from, to).map_or(&[][..], |list| &scene.flows.list(list).merged);
        flows += merged.iter().filter(|id| takes(port, &scene.flows.shape(**id).ports)).count() as u64 * size;
    }
    drafts.sort_by_key(|draft| draft.need.rule);
    (grouped(scene, classes, rules, host, end, drafts), flows)
}

fn put(drafts: &mut Vec<Draft>, class: usize, rule: RuleRef, transport: Transport, ports: &Ports, size: u64) {
    let known = drafts.iter_mut().find(|draft| draft.need.rule == rule && draft.need.ports == *ports);
    if let Some(draft) = known {
        if !draft.need.transports.contains(&transport) {
            draft.need.transports.push(transport);
        }
        if !draft.classes.contains(&class) {
            draft.classes.push(class);
            draft.need.hosts += size;
        }
    } else {
        let need = Need { rule, transports: vec![transport], ports: ports.clone(), hosts: size };
        drafts.push(Draft { need, classes: vec![class] });
    }
}

fn add(needs: &mut Vec<Need>, rule: RuleRef, transport: Transport, ports: &Ports, hosts: u64) {
    match needs.iter_mut().find(|need| need.rule == rule && need.ports == *ports) {
        Some(need) => need.transports.push(transport),
        None => needs.push(Need { rule, transports: vec![transport], ports: ports.clone(), hosts }),
    }
}

fn grouped(
    scene: Scene<'_>,
    classes: &Classes,
    rules: &[Requirement],
    host: HostIx,
    end: End,
    drafts: Vec<Draft>,
) -> Vec<Peers> {
    let mut groups: Vec<(String, Vec<usize>, Vec<Need>)> = Vec::new();
    for draft in drafts {
        let rule = rules.iter().find(|rule| rule.rule == draft.need.rule);
        let other = rule.map(|rule| if end == End::From { &rule.to } else { &rule.from });
        let who = other.map_or_else(String::new, |other| words::end(scene, other));
        match groups.iter_mut().find(|group| group.0 == who) {
            Some(group) => {
                group.1.extend(&draft.classes);
                group.2.push(draft.need);
            }
            None => groups.push((who, draft.classes, vec![draft.need])),
        }
    }
    let finished = |(who, mut hosts, needs): (String, Vec<usize>, Vec<Need>)| {
        hosts.sort_unstable();
        hosts.dedup();
        Peers { who, hosts: classes.some(hosts, Some(host)), needs }
    };
    groups.into_iter().map(finished).collect()
}

/// Gaps of the plan that one of the host's roles stands at.
fn missing(
    scene: Scene<'_>,
    host: HostId,
    rules: &[Requirement],
    direction: Direction,
    port: Option<Port>,
) -> Vec<Gap> {
    let Some(host) = scene.plan.host(host) else { return Vec::new() };
    let concerns = |gap: &&Gap| {
        let rule = rules.iter().find(|rule| rule.rule == gap.rule);
        rule.is_some_and(|rule| {
            let is = |end: &RuleEnd| words::roles_of(end).iter().any(|role| scene.carries(host, *role));
            takes(port, &rule.ports)
                && gap.present.iter().any(|role| scene.carries(host, *role))
                && match direction {
                    Direction::Outbound => is(&rule.from),
                    Direction::Inbound => is(&rule.to),
                    Direction::Both => true,
                }
        })
    };
    scene.flows.gaps().iter().filter(concerns).cloned().collect()
}
