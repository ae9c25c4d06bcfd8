//! Two hosts: why there are flows between them, and why there are none.

use crate::catalogue::{Endpoint, Port, Ports, Transport};
use crate::flows::explain::{self, Origin};
use crate::flows::requirement::{End as RuleEnd, Requirement, every_requirement_towards};
use crate::flows::{FlowRef, HostIx, RuleRef};
use crate::plan::{Host, HostId};

use super::Scene;
use super::change::{Change, against};
use super::near::Near;
use super::scene::Pair;
use super::trial::{self, Proposal, Trial};
use super::words;

/// Which flows between two hosts are asked about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wanted {
    /// All of them.
    All,
    /// Those at a port.
    Port(Port),
    /// One flow.
    Flow(Transport, Ports),
}

/// What there is to say about two hosts.
#[derive(Debug)]
pub struct PairAnswer {
    /// The host that opens connections.
    pub from: HostId,
    /// The host they go to.
    pub to: HostId,
    /// What was asked.
    pub wanted: Wanted,
    /// The flows that were asked for.
    pub flows: Vec<FlowAnswer>,
    /// Other flows from the one to the other.
    pub others: Vec<FlowRef>,
    /// Flows the other way round.
    pub back: Vec<FlowRef>,
    /// Rules that came close, where there is no flow.
    pub near: Near,
}

/// Why there is a flow.
#[derive(Debug)]
pub struct FlowAnswer {
    /// The flow.
    pub flow: FlowRef,
    /// Every reason.
    pub reasons: Vec<Why>,
    /// Single changes after which it is gone; the one that does the least else first.
    pub removals: Vec<Proposal>,
}

/// One reason of a flow.
#[derive(Debug)]
pub struct Why {
    /// The rule.
    pub rule: RuleRef,
    /// What makes the two hosts ends of the rule.
    pub ends: Vec<String>,
    /// What made its condition true.
    pub because: Vec<String>,
    /// Single changes that take this reason away.
    pub removals: Vec<Proposal>,
}

impl PairAnswer {
    pub(super) fn new(scene: Scene<'_>, (from, to): (HostId, HostId), wanted: &Wanted, most: usize) -> Self {
        let mut answer = Self {
            from,
            to,
            wanted: wanted.clone(),
            flows: Vec::new(),
            others: Vec::new(),
            back: Vec::new(),
            near: Near::default(),
        };
        let (Some(source), Some(target)) = (scene.flows.place(from), scene.flows.place(to)) else {
            return answer;
        };
        let (asked, others): (Vec<FlowRef>, Vec<FlowRef>) =
            all(scene, source, target).into_iter().partition(|flow| wanted.takes(scene, *flow));
        answer.others = others;
        if source != target {
            answer.back = all(scene, target, source);
            if let Wanted::Port(_) = wanted {
                answer.back.retain(|flow| wanted.takes(scene, *flow));
            }
        }
        if asked.is_empty() {
            let port = match wanted {
                Wanted::Port(port) => Some(*port),
                Wanted::All | Wanted::Flow(..) => None,
            };
            answer.near = Near::new(scene, (from, to), port, most);
        } else {
            answer.flows = flows(scene, (from, to), &asked);
        }
        answer
    }
}

impl Wanted {
    fn takes(&self, scene: Scene<'_>, flow: FlowRef) -> bool {
        let shape = scene.flows.shape(flow.shape);
        match self {
            Self::All => true,
            Self::Port(port) => shape.ports.contains(*port),
            Self::Flow(transport, ports) => shape.transport == *transport && *shape.ports == *ports,
        }
    }
}

fn all(scene: Scene<'_>, from: HostIx, to: HostIx) -> Vec<FlowRef> {
    let list = scene.flows.list_between(from, to).map_or(&[][..], |list| &scene.flows.list(list).merged);
    list.iter().map(|shape| FlowRef { from, to, shape: *shape }).collect()
}

fn flows(scene: Scene<'_>, ends: (HostId, HostId), asked: &[FlowRef]) -> Vec<FlowAnswer> {
    let (Some(from), Some(to)) = (scene.plan.host(ends.0), scene.plan.host(ends.1)) else {
        return Vec::new();
    };
    let pair = Pair::new(scene.catalogue, scene.plan, (from, to), None);
    let reasons = |flow: &FlowRef| scene.flows.shape(flow.shape).reasons.clone();
    let used: Vec<RuleRef> = asked.iter().flat_map(reasons).collect();
    let rules: Vec<Requirement> = every_requirement_towards(scene.catalogue, scene.plan, ends.1)
        .filter(|rule| used.contains(&rule.rule))
        .collect();
    let mut changes: Vec<Change> = Vec::new();
    for change in rules.iter().flat_map(|rule| against(pair, rule)) {
        if !changes.iter().any(|known| known.action.edit == change.action.edit) {
            changes.push(change);
        }
    }
    let trials: Vec<Trial> =
        changes.into_iter().filter_map(|change| Trial::new(scene, ends, change)).collect();
    asked.iter().map(|flow| FlowAnswer::new(scene, *flow, pair, &rules, &trials)).collect()
}

impl FlowAnswer {
    fn new(scene: Scene<'_>, flow: FlowRef, pair: Pair<'_>, rules: &[Requirement], trials: &[Trial]) -> Self {
        let shape = scene.flows.shape(flow.shape);
        let frees =
            |trial: &Trial, rule: &RuleRef| trial.frees(scene.plan, *rule, shape.transport, &shape.ports);
        let chosen = |wanted: &dyn Fn(&Trial) -> bool| -> Vec<Proposal> {
            let mut proposals: Vec<Proposal> =
                trials.iter().filter(|trial| wanted(trial)).map(|trial| trial.proposal.clone()).collect();
            trial::sort(&mut proposals);
            proposals
        };
        let removals = chosen(&|trial| shape.reasons.iter().all(|rule| frees(trial, rule)));
        let reasons = shape.reasons.iter().map(|rule| Why {
            rule: *rule,
            ends: rules
                .iter()
                .find(|known| known.rule == *rule)
                .map_or(Vec::new(), |rule| ends(scene, pair, rule)),
            because: because(scene, pair, *rule),
            removals: chosen(&|trial| frees(trial, rule)),
        });
        Self { flow, reasons: reasons.collect(), removals }
    }
}

fn because(scene: Scene<'_>, pair: Pair<'_>, rule: RuleRef) -> Vec<String> {
    match scene.origin(rule) {
        Some(Origin::Printed { rule, .. }) => {
            explain::facts(scene.catalogue, scene.plan, (pair.from, pair.to), &rule.when, true)
        }
        _ => Vec::new(),
    }
}

/// What makes the two hosts ends of the rule, one sentence each.
fn ends(scene: Scene<'_>, pair: Pair<'_>, rule: &Requirement) -> Vec<String> {
    let mut facts: Vec<String> = Vec::new();
    for (host, end) in [(pair.from, &rule.from), (pair.to, &rule.to)] {
        let text = match end {
            RuleEnd::Host(_) => format!("the rule names {}", host.name),
            RuleEnd::Roles(endpoints) => roles(scene, host, endpoints),
        };
        if !facts.contains(&text) {
            facts.push(text);
        }
    }
    facts
}

fn roles(scene: Scene<'_>, host: &Host, endpoints: &[Endpoint]) -> String {
    let fits = |end: &&Endpoint| scene.carries(host, end.role) && end.os.is_none_or(|os| os == host.os);
    let mut labels: Vec<String> = Vec::new();
    for endpoint in endpoints.iter().filter(fits) {
        let label = &scene.catalogue.roles()[endpoint.role].label;
        let implied_by = host.roles.iter().find(|given| {
            !host.has_role(endpoint.role)
                && scene.catalogue.with_implied([*given].into_iter().collect()).contains(endpoint.role)
        });
        let label = match implied_by {
            Some(given) => format!("{label} (as {})", scene.catalogue.roles()[given].label),
            None => label.clone(),
        };
        let text = match endpoint.os {
            Some(os) => format!("{label} and runs {}", os.label()),
            None => label,
        };
        if !labels.contains(&text) {
            labels.push(text);
        }
    }
    format!("{} is {}", host.name, words::list(&labels, "and"))
}
