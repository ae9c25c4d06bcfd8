//! A naive resolver: every pair of hosts, every rule, every transport. It knows the catalogue and the plan, and nothing
//! of classes, shapes or windows; where it and the program differ, one of them is wrong.

use std::collections::{BTreeMap, BTreeSet};

use portplan::catalogue::{
    Condition, Endpoint, HostFact, Opening, PortItem, PortKind, Ports, Reach, RoleId, Rule, RuleId, Transport,
};
use portplan::flows::{FlowRef, Flows, Grouping, HostIx, Listing, RuleRef, SameHost, Tag};
use portplan::plan::{Host, OwnRule, Party, Plan};
use proptest::prelude::*;
use proptest::strategy::ValueTree;

use super::random::{PARTS, config, place, plans};
use super::support::{all, catalogue};

/// A flow by the places of its hosts in the plan.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Flow {
    pub from: usize,
    pub to: usize,
    pub transport: Transport,
    pub ports: Ports,
    pub reasons: Vec<RuleRef>,
    pub tags: Vec<&'static str>,
}

/// One rule between one pair of hosts.
struct Hit {
    rule: RuleRef,
    ports: Ports,
    automatic: bool,
    overridden: bool,
    doubt: bool,
}

/// Whether sites and partners count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Limits {
    Obeyed,
    Ignored,
}

/// All flows of a plan, sorted.
pub fn resolve(plan: &Plan, grouping: Grouping, same_host: SameHost) -> Vec<Flow> {
    resolve_with(plan, grouping, same_host, Limits::Obeyed)
}

/// All flows of a plan, sorted, with what sites and partners leave out if asked for.
pub fn resolve_with(plan: &Plan, grouping: Grouping, same_host: SameHost, limits: Limits) -> Vec<Flow> {
    let mut pairs: BTreeMap<(usize, usize), Vec<(Transport, Hit)>> = BTreeMap::new();
    for (from, to, transport, hit) in hits(plan, limits) {
        if from != to || same_host == SameHost::Show {
            pairs.entry((from, to)).or_default().push((transport, hit));
        }
    }
    let mut flows = Vec::new();
    for ((from, to), hits) in pairs {
        let groups = match grouping {
            Grouping::Rule => hits.into_iter().map(|(transport, hit)| (transport, vec![hit])).collect(),
            Grouping::Flow => merged(hits),
        };
        flows.extend(groups.iter().map(|(transport, hits)| flow(from, to, *transport, hits)));
    }
    flows.sort();
    flows
}

fn merged(hits: Vec<(Transport, Hit)>) -> Vec<(Transport, Vec<Hit>)> {
    let mut groups: BTreeMap<(Transport, Ports), Vec<Hit>> = BTreeMap::new();
    for (transport, hit) in hits {
        groups.entry((transport, hit.ports.clone())).or_default().push(hit);
    }
    groups.into_iter().map(|((transport, _), hits)| (transport, hits)).collect()
}

fn flow(from: usize, to: usize, transport: Transport, hits: &[Hit]) -> Flow {
    let ports = hits[0].ports.clone();
    let tags = [
        (Tag::AutomaticOnHost, hits.iter().all(|hit| hit.automatic)),
        (Tag::OpenEnded, ports.items().any(|item| item.kind == PortKind::OpenEnded)),
        (Tag::Fallback, ports.items().any(|item| item.kind == PortKind::Fallback)),
        (Tag::Overridden, hits.iter().any(|hit| hit.overridden)),
        (Tag::Doubt, hits.iter().any(|hit| hit.doubt)),
    ];
    let tags = tags.into_iter().filter(|(_, holds)| *holds).map(|(tag, _)| tag.text()).collect();
    Flow { from, to, transport, ports, reasons: hits.iter().map(|hit| hit.rule).collect(), tags }
}

/// Every rule between every pair of hosts that it holds for, rule by rule.
fn hits(plan: &Plan, limits: Limits) -> Vec<(usize, usize, Transport, Hit)> {
    let mut hits = Vec::new();
    for (id, rule) in catalogue().rules().iter() {
        let (is_source, is_target) =
            (|host: &Host| fits(host, &rule.from), |host: &Host| fits(host, &rule.to));
        for (from, to) in pairs(plan, is_source, is_target) {
            let pair_is_meant = rule.reach == Reach::Network || from == to;
            let ports = ports_in_force(plan, rule, &plan.hosts()[to]);
            let works = limits == Limits::Ignored || work_together(plan, from, to, is_source, is_target);
            if !pair_is_meant || !works || !holds(plan, &rule.when, &plan.hosts()[from], &plan.hosts()[to]) {
                continue;
            }
            hits.extend(
                rule.transports.iter().map(|transport| (from, to, *transport, hit(id, rule, &ports))),
            );
        }
    }
    for (at, rule) in plan.rules().iter().enumerate() {
        let is_source = |host: &Host| is_party(host, rule.from);
        let is_target = |host: &Host| is_party(host, rule.to);
        let names_a_host = matches!(rule.from, Party::Host(_)) || matches!(rule.to, Party::Host(_));
        for (from, to) in pairs(plan, is_source, is_target) {
            let free = limits == Limits::Ignored || names_a_host;
            if !free && !work_together(plan, from, to, is_source, is_target) {
                continue;
            }
            hits.extend(rule.transports.iter().map(|transport| (from, to, *transport, own_hit(at, rule))));
        }
    }
    hits
}

/// The places of all pairs of hosts that a rule speaks of, a host with itself included.
fn pairs(plan: &Plan, from: impl Fn(&Host) -> bool, to: impl Fn(&Host) -> bool) -> Vec<(usize, usize)> {
    let places = |fits: &dyn Fn(&Host) -> bool| -> Vec<usize> {
        plan.hosts().iter().enumerate().filter(|(_, host)| fits(host)).map(|(at, _)| at).collect()
    };
    let targets = places(&to);
    places(&from).into_iter().flat_map(|from| targets.iter().map(move |to| (from, *to))).collect()
}

/// Whether sites and partners let a rule hold between two hosts that fit its ends.
fn work_together(
    plan: &Plan,
    from: usize,
    to: usize,
    is_source: impl Fn(&Host) -> bool,
    is_target: impl Fn(&Host) -> bool,
) -> bool {
    let (source, target) = (&plan.hosts()[from], &plan.hosts()[to]);
    if from == to || are_partners(plan, source, target) {
        return true;
    }
    if source.site.is_some() && target.site.is_some() && source.site != target.site {
        return false;
    }
    let of = |host: &'_ Host, fits: &dyn Fn(&Host) -> bool| {
        plan.hosts().iter().any(|other| are_partners(plan, host, other) && fits(other))
    };
    !of(source, &is_target) && !of(target, &is_source)
}

fn are_partners(plan: &Plan, one: &Host, other: &Host) -> bool {
    let pairs = plan.partners().iter().map(|pair| (pair.host, pair.partner));
    let mut both_ways = pairs.flat_map(|(left, right)| [(left, right), (right, left)]);
    one.id != other.id && both_ways.any(|pair| pair == (one.id, other.id))
}

fn hit(id: RuleId, rule: &Rule, ports: &Ports) -> Hit {
    Hit {
        rule: RuleRef::Catalogue(id),
        ports: ports.clone(),
        automatic: rule.opening == Opening::AutomaticOnHost,
        overridden: *ports != rule.ports,
        doubt: rule.doubt.is_some(),
    }
}

fn own_hit(at: usize, rule: &OwnRule) -> Hit {
    let ports = rule.ports.clone();
    Hit { rule: RuleRef::Own(at), ports, automatic: false, overridden: false, doubt: false }
}

fn fits(host: &Host, ends: &[Endpoint]) -> bool {
    ends.iter().any(|end| carries(host, end.role) && end.os.is_none_or(|os| os == host.os))
}

fn is_party(host: &Host, party: Party) -> bool {
    match party {
        Party::Host(id) => host.id == id,
        Party::Role(role) => carries(host, role),
    }
}

/// Given to the host, or implied by a role that was.
pub fn carries(host: &Host, role: RoleId) -> bool {
    host.roles.iter().any(|given| implies(given, role))
}

fn implies(given: RoleId, role: RoleId) -> bool {
    given == role || catalogue().roles()[given].implies.iter().any(|next| implies(next, role))
}

fn holds(plan: &Plan, condition: &Condition, from: &Host, to: &Host) -> bool {
    match condition {
        Condition::Always => true,
        Condition::Option(option) => plan.options().contains(*option),
        Condition::Placed(role) => plan.hosts().iter().any(|host| carries(host, *role)),
        Condition::From(fact) => is_fact(plan, from, *fact),
        Condition::To(fact) => is_fact(plan, to, *fact),
        Condition::Not(inner) => !holds(plan, inner, from, to),
        Condition::All(parts) => parts.iter().all(|part| holds(plan, part, from, to)),
        Condition::Any(parts) => parts.iter().any(|part| holds(plan, part, from, to)),
    }
}

fn is_fact(plan: &Plan, host: &Host, fact: HostFact) -> bool {
    match fact {
        HostFact::Role(role) => carries(host, role),
        HostFact::Option(option) => {
            host.options.on().contains(option)
                || plan.options().contains(option) && !host.options.off().contains(option)
        }
    }
}

/// Printed ports that no override names stay; every override that names ports brings its own. What a host has for itself
/// stands before what the plan has.
fn ports_in_force(plan: &Plan, rule: &Rule, host: &Host) -> Ports {
    let own = |key| {
        let both = [host.ports.get(key), plan.ports().get(key)];
        both.into_iter().flatten().find(|ports| !ports.is_empty())
    };
    let overrides: Vec<_> =
        rule.replaceable.iter().filter_map(|part| Some((&part.printed, own(&part.key)?))).collect();
    let mut items: Vec<PortItem> = Vec::new();
    for item in rule.ports.items() {
        // The catalogue replaces whole entries; a part of a range would need splitting here.
        if !overrides.iter().any(|(printed, _)| printed.covers(item.range)) {
            items.push(item);
        }
    }
    let own = overrides.iter().flat_map(|(_, own)| own.ranges());
    items.extend(own.map(|range| PortItem { kind: PortKind::Exact, range: *range }));
    items.into_iter().collect()
}

/// The row of a listing, in the words of this resolver.
pub fn as_flow(flows: &Flows, row: FlowRef) -> Flow {
    let place = |host: HostIx| flows.hosts().keys().position(|key| key == host).unwrap();
    let shape = flows.shape(row.shape);
    Flow {
        from: place(row.from),
        to: place(row.to),
        transport: shape.transport,
        ports: Ports::clone(&shape.ports),
        reasons: shape.reasons.clone(),
        tags: shape.tags.iter().map(|tag| tag.text()).collect(),
    }
}

const VIEWS: [(Grouping, SameHost); 4] = [
    (Grouping::Flow, SameHost::Hide),
    (Grouping::Flow, SameHost::Show),
    (Grouping::Rule, SameHost::Hide),
    (Grouping::Rule, SameHost::Show),
];

proptest! {
    #![proptest_config(config())]

    #[test]
    fn the_program_finds_the_flows_that_a_naive_resolver_finds(plan in plans()) {
        let flows = Flows::new(catalogue(), &plan);
        for (grouping, same_host) in VIEWS {
            let rows = all(&flows, grouping, same_host);
            let mut found: Vec<Flow> = rows.into_iter().map(|row| as_flow(&flows, row)).collect();
            found.sort();
            prop_assert_eq!(&found, &resolve(&plan, grouping, same_host), "{:?} {:?}", grouping, same_host);
        }
        prop_assert_eq!(flows.count(), resolve(&plan, Grouping::Flow, SameHost::Hide).len() as u64);
    }

    #[test]
    fn rows_come_by_source_and_destination_in_the_order_of_the_plan(plan in plans()) {
        let flows = Flows::new(catalogue(), &plan);
        for (grouping, same_host) in VIEWS {
            let rows: Vec<Flow> =
                all(&flows, grouping, same_host).into_iter().map(|row| as_flow(&flows, row)).collect();
            prop_assert!(rows.is_sorted_by_key(|row| (row.from, row.to)));
            let in_pair = |row: &Flow| match grouping {
                Grouping::Flow => (row.from, row.to, row.ports.lowest(), None),
                Grouping::Rule => (row.from, row.to, None, Some(row.reasons.clone())),
            };
            prop_assert!(rows.is_sorted_by_key(in_pair), "{:?}: {:#?}", grouping, rows);
        }
    }

    #[test]
    fn a_window_is_a_slice_of_the_whole_list(plan in plans(), start in 0..=PARTS, count in 0..=PARTS) {
        let flows = Flows::new(catalogue(), &plan);
        for (grouping, same_host) in VIEWS {
            let listing = Listing::new(&flows, grouping, same_host, None);
            let whole = all(&flows, grouping, same_host);
            prop_assert_eq!(listing.len(), whole.len() as u64);
            let start = place(start, whole.len());
            let count = place(count, whole.len());
            let expected: Vec<FlowRef> = whole.iter().copied().skip(start).take(count).collect();
            prop_assert_eq!(listing.window(&flows, start as u64, count), expected);
        }
    }

    #[test]
    fn visiting_each_row_gives_the_whole_list(plan in plans()) {
        let flows = Flows::new(catalogue(), &plan);
        let listing = Listing::new(&flows, Grouping::Rule, SameHost::Show, None);
        let mut seen = Vec::new();
        let done: Result<(), ()> = listing.each(&flows, |row| {
            seen.push(row);
            Ok(())
        });
        prop_assert!(done.is_ok());
        prop_assert_eq!(seen, all(&flows, Grouping::Rule, SameHost::Show));
    }
}

/// Random plans that exercise nothing would pass everything.
#[test]
fn the_naive_resolver_finds_flows_in_random_plans() {
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let mut rules = BTreeSet::new();
    for _ in 0..400 {
        let plan = plans().new_tree(&mut runner).unwrap().current();
        let flows = resolve(&plan, Grouping::Rule, SameHost::Show);
        rules.extend(flows.into_iter().flat_map(|flow| flow.reasons));
    }
    let unseen: Vec<&str> = catalogue()
        .rules()
        .iter()
        .filter(|(id, _)| !rules.contains(&RuleRef::Catalogue(*id)))
        .map(|(_, rule)| rule.id.as_str())
        .collect();
    assert!(unseen.is_empty(), "400 random plans never needed {unseen:?}");
}
