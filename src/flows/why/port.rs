//! Who uses a port: every rule, who listens and who connects, counted over classes of hosts.

use std::collections::{BTreeSet, HashMap};

use crate::catalogue::{Port, PortKind, Ports, Reach, Transport};
use crate::flows::requirement::{End as RuleEnd, Requirement, every_requirement};
use crate::flows::shape::ListId;
use crate::flows::{HostIx, RuleRef};
use crate::plan::Host;

use super::Scene;
use super::host::{Classes, Hosts};
use super::lack::{Lack, lacks};
use super::scene::{Ask, Pair};
use super::words;

/// Who uses a port.
#[derive(Debug)]
pub struct PortAnswer {
    /// The port.
    pub port: Port,
    /// What asks for it in this plan.
    pub uses: Vec<Use>,
    /// Rules that speak of it and ask for nothing here.
    pub idle: Vec<Idle>,
    /// Open-ended ports of the plan that begin below it: they can rise to it.
    pub rising: Vec<(RuleRef, Port)>,
}

/// A rule that asks for the port.
#[derive(Debug)]
pub struct Use {
    /// The rule.
    pub rule: RuleRef,
    /// The transports.
    pub transports: Vec<Transport>,
    /// All ports that it asks for.
    pub ports: Ports,
    /// What the port is among them.
    pub kind: PortKind,
    /// Which pairs of hosts it speaks of.
    pub reach: Reach,
    /// How many pairs of hosts.
    pub pairs: u64,
    /// Who connects.
    pub from: Hosts,
    /// Who listens.
    pub to: Hosts,
}

/// A rule that speaks of the port, and asks for nothing in this plan.
#[derive(Debug)]
pub struct Idle {
    /// The rule.
    pub rule: RuleRef,
    /// What keeps it from asking.
    pub why: String,
}

impl PortAnswer {
    pub(super) fn new(scene: Scene<'_>, port: Port) -> Self {
        let rules: Vec<Requirement> = every_requirement(scene.catalogue, scene.plan).collect();
        let classes = Classes::new(scene.flows);
        let (drafts, mut rising) = drafts(scene, &classes, &rules, port);
        let kind = |ports: &Ports| {
            let item = ports.items().find(|item| item.range.contains(port));
            item.map_or(PortKind::Exact, |item| item.kind)
        };
        let mut uses: Vec<Use> = drafts
            .into_iter()
            .map(|draft| Use {
                kind: kind(&draft.ports),
                reach: reach(&rules, draft.rule),
                from: classes.some(draft.from, None),
                to: classes.some(draft.to, None),
                rule: draft.rule,
                transports: draft.transports,
                ports: draft.ports,
                pairs: draft.pairs,
            })
            .collect();
        uses.sort_by_key(|entry| entry.rule);
        rising.sort_unstable();
        let used = |rule: RuleRef| uses.iter().any(|entry| entry.rule == rule);
        let speaks = |rule: &&Requirement| !used(rule.rule) && printed_or_here(scene, rule, port);
        let idle = rules
            .iter()
            .filter(speaks)
            .map(|rule| Idle { rule: rule.rule, why: why_idle(scene, rule, port) });
        Self { port, idle: idle.collect(), uses, rising }
    }
}

fn reach(rules: &[Requirement], rule: RuleRef) -> Reach {
    rules.iter().find(|known| known.rule == rule).map_or(Reach::Network, |rule| rule.reach)
}

fn printed_or_here(scene: Scene<'_>, rule: &Requirement, port: Port) -> bool {
    let printed = match rule.rule {
        RuleRef::Catalogue(id) => scene.catalogue.rules()[id].ports.contains(port),
        RuleRef::Own(_) => false,
    };
    printed || rule.ports.contains(port)
}

struct Draft {
    rule: RuleRef,
    transports: Vec<Transport>,
    ports: Ports,
    pairs: u64,
    from: BTreeSet<usize>,
    to: BTreeSet<usize>,
}

/// Every rule at the port with the classes at its ends, and the open-ended ones below the port.
fn drafts(
    scene: Scene<'_>,
    classes: &Classes,
    rules: &[Requirement],
    port: Port,
) -> (Vec<Draft>, Vec<(RuleRef, Port)>) {
    let (mut drafts, mut rising) = (Vec::new(), Vec::new());
    let mut known = HashMap::new();
    for (source, from) in classes.0.iter().enumerate() {
        for (target, to) in classes.0.iter().enumerate() {
            let pairs = if source == target {
                from.len() * from.len().saturating_sub(1)
            } else {
                from.len() * to.len()
            };
            let ends = from.first().zip(if source == target { to.get(1) } else { to.first() });
            let Some((one, other)) =
                ends.filter(|(one, other)| bears(scene, &mut known, **one, **other, port))
            else {
                continue;
            };
            for ask in scene.asks(*one, *other) {
                note(&mut drafts, &mut rising, ask, port, (source, target, pairs as u64));
            }
        }
        if let Some(host) = from.first() {
            for ask in scene.asks(*host, *host).filter(|ask| reach(rules, ask.rule) == Reach::SameHost) {
                note(&mut drafts, &mut rising, ask, port, (source, source, from.len() as u64));
            }
        }
    }
    (drafts, rising)
}

/// Whether anything between the two hosts is about the port. Classes are many, lists of what they ask for are few.
fn bears(scene: Scene<'_>, known: &mut HashMap<ListId, bool>, from: HostIx, to: HostIx, port: Port) -> bool {
    let Some(list) = scene.flows.list_between(from, to) else { return false };
    let is_about = |ports: &Ports| ports.contains(port) || ports.open_ended().iter().any(|base| *base < port);
    *known.entry(list).or_insert_with(|| scene.asks(from, to).any(|ask| is_about(ask.ports)))
}

fn note(
    drafts: &mut Vec<Draft>,
    rising: &mut Vec<(RuleRef, Port)>,
    ask: Ask<'_>,
    port: Port,
    (source, target, pairs): (usize, usize, u64),
) {
    if !ask.ports.contains(port) {
        for base in ask.ports.open_ended().iter().filter(|base| **base < port) {
            if !rising.contains(&(ask.rule, *base)) {
                rising.push((ask.rule, *base));
            }
        }
        return;
    }
    let at = drafts.iter().position(|draft| draft.rule == ask.rule && draft.ports == *ask.ports);
    let at = at.unwrap_or_else(|| {
        drafts.push(Draft {
            rule: ask.rule,
            transports: Vec::new(),
            ports: ask.ports.clone(),
            pairs: 0,
            from: BTreeSet::new(),
            to: BTreeSet::new(),
        });
        drafts.len() - 1
    });
    let Some(draft) = drafts.get_mut(at) else { return };
    if !draft.transports.contains(&ask.transport) {
        draft.transports.push(ask.transport);
    }
    // The same pair of classes comes once for each transport.
    if draft.transports.first() == Some(&ask.transport) {
        draft.pairs += pairs;
    }
    draft.from.insert(source);
    draft.to.insert(target);
}

/// So many hosts of each end are looked at to find the pair that comes closest.
const LOOKED_AT: usize = 12;

/// What keeps a rule from asking for the port, in a few words.
fn why_idle(scene: Scene<'_>, rule: &Requirement, port: Port) -> String {
    let carriers = |end: &RuleEnd| -> Vec<&Host> {
        let is = |host: &&Host| match end {
            RuleEnd::Host(id) => host.id == *id,
            RuleEnd::Roles(_) => words::roles_of(end).iter().any(|role| scene.carries(host, *role)),
        };
        scene.plan.hosts().iter().filter(is).collect()
    };
    let (from, to) = (carriers(&rule.from), carriers(&rule.to));
    for (hosts, end) in [(&from, &rule.from), (&to, &rule.to)] {
        if hosts.is_empty() {
            return format!("no host is {}", scene.role_names(&words::roles_of(end), "or"));
        }
    }
    // The pair that comes closest speaks for all.
    let mut nearest: Option<(usize, String)> = None;
    let Some((one, other)) = from.first().zip(to.first()) else { return String::new() };
    let any = Pair::new(scene.catalogue, scene.plan, (one, other), Some(port));
    for from in from.iter().take(LOOKED_AT) {
        for to in to.iter().take(LOOKED_AT).filter(|to| to.id != from.id || rule.reach == Reach::SameHost) {
            let lacks = lacks(any.between(from, to), rule);
            let weight = lacks.iter().map(Lack::weight).sum();
            if nearest.as_ref().is_none_or(|(known, _)| weight < *known) {
                let texts: Vec<String> = lacks.iter().map(|lack| lack.text(scene, from, to)).collect();
                nearest = Some((weight, texts.join("; ")));
            }
        }
    }
    let alone = || format!("{} would be both ends", from.first().map_or("?", |host| host.name.as_str()));
    nearest.map_or_else(alone, |(_, text)| text)
}
