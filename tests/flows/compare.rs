//! What changed between two states of a plan, against a set difference over all their flows.

use std::collections::BTreeSet;

use portplan::catalogue::{Os, Ports, Transport};
use portplan::flows::{Comparison, Delta, Flows, Grouping, SameHost};
use portplan::plan::{Edit, HostId, OwnRule, Party, Plan};
use proptest::prelude::*;

use super::oracle::resolve;
use super::random::{Change, changes, config, make, plans};
use super::support::{Draft, all, catalogue, ports, role};

/// What makes a flow the same flow in another state of the plan.
type Key = (HostId, HostId, Transport, Ports);

fn keys(plan: &Plan, same_host: SameHost) -> BTreeSet<Key> {
    let host = |at: usize| plan.hosts()[at].id;
    let flows = resolve(plan, Grouping::Flow, same_host).into_iter();
    flows.map(|flow| (host(flow.from), host(flow.to), flow.transport, flow.ports)).collect()
}

fn changed(before: &Plan, changes: &[Change]) -> Plan {
    let mut after = before.clone();
    for change in changes {
        make(&mut after, change);
    }
    after
}

fn delta(before: &Plan, after: &Plan) -> Delta {
    let (before, after) = (Flows::new(catalogue(), before), Flows::new(catalogue(), after));
    Comparison::new(&before, &after).delta()
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn a_delta_is_the_difference_of_the_two_sets_of_flows(before in plans(), changes in changes()) {
        let after = changed(&before, &changes);
        let (old, new) = (keys(&before, SameHost::Hide), keys(&after, SameHost::Hide));
        let added = new.difference(&old).count() as u64;
        let removed = old.difference(&new).count() as u64;
        prop_assert_eq!(delta(&before, &after), Delta { added, removed });
        prop_assert_eq!(delta(&after, &before), Delta { added: removed, removed: added });
    }

    #[test]
    fn a_flow_is_new_if_the_plan_before_did_not_have_it(before in plans(), changes in changes()) {
        let after = changed(&before, &changes);
        let old = keys(&before, SameHost::Show);
        let (before, flows) = (Flows::new(catalogue(), &before), Flows::new(catalogue(), &after));
        let comparison = Comparison::new(&before, &flows);
        for grouping in [Grouping::Flow, Grouping::Rule] {
            for row in all(&flows, grouping, SameHost::Show) {
                let shape = flows.shape(row.shape);
                let ports = Ports::clone(&shape.ports);
                let key = (flows.hosts()[row.from], flows.hosts()[row.to], shape.transport, ports);
                prop_assert_eq!(comparison.is_new(&before, &flows, row), !old.contains(&key), "{:?}", key);
            }
        }
    }

    #[test]
    fn nothing_changes_between_a_plan_and_itself(plan in plans()) {
        prop_assert!(delta(&plan, &plan).is_empty());
    }
}

fn pair() -> (Draft, HostId) {
    let mut draft = Draft::new();
    let worker = draft.host("w", Os::Linux, &["worker"]);
    draft.host("repo", Os::Linux, &["backup-repository"]);
    (draft, worker)
}

#[test]
fn renaming_and_moving_change_no_flow() {
    let (draft, worker) = pair();
    let mut renamed = draft.0.clone();
    let mut host = renamed.host(worker).unwrap().clone();
    host.name = "worker-7".parse().unwrap();
    renamed.apply(Edit::Replace(Box::new(host))).unwrap();
    renamed.apply(Edit::Move { id: worker, to: 1 }).unwrap();
    assert!(delta(&draft.0, &renamed).is_empty());
}

#[test]
fn the_what_if_answer_counts_flows() {
    let (draft, worker) = pair();
    let mut more = Draft(draft.0.clone());
    // AHV rows 5 and 6 once more.
    more.host("w2", Os::Linux, &["worker"]);
    assert_eq!(delta(&draft.0, &more.0), Delta { added: 2, removed: 0 });
    more.edit(Edit::Remove(worker));
    assert_eq!(delta(&draft.0, &more.0), Delta { added: 2, removed: 2 });
    // Other ports are another flow.
    let mut moved = Draft(draft.0.clone());
    moved.override_ports("transmission", &["2500-2600"]);
    assert_eq!(delta(&draft.0, &moved.0), Delta { added: 1, removed: 1 });
    assert_eq!(delta(&Draft::new().0, &draft.0), Delta { added: 2, removed: 0 });
}

#[test]
fn a_host_that_replaces_another_of_its_name_is_a_new_host() {
    let (mut draft, worker) = pair();
    let before = draft.0.clone();
    draft.edit(Edit::Remove(worker));
    draft.host("w", Os::Linux, &["worker"]);
    assert_eq!(delta(&before, &draft.0), Delta { added: 2, removed: 2 });
}

#[test]
fn the_same_ports_over_another_transport_are_another_flow() {
    let (draft, worker) = pair();
    let rule = |transports: &[Transport]| OwnRule {
        from: Party::Host(worker),
        to: Party::Role(role("backup-repository")),
        transports: transports.to_vec(),
        ports: ports(&["514"]),
        purpose: "Site log".parse().unwrap(),
    };
    let (mut before, mut after) = (Draft(draft.0.clone()), Draft(draft.0));
    before.own_rule(rule(&[Transport::Tcp]));
    after.own_rule(rule(&[Transport::Tcp, Transport::Udp]));
    assert_eq!(delta(&before.0, &after.0), Delta { added: 1, removed: 0 });
    let (old, new) = (Flows::new(catalogue(), &before.0), Flows::new(catalogue(), &after.0));
    let comparison = Comparison::new(&old, &new);
    let rows = all(&new, Grouping::Flow, SameHost::Hide).into_iter();
    let added: Vec<Transport> = rows
        .filter(|row| comparison.is_new(&old, &new, *row))
        .map(|row| new.shape(row.shape).transport)
        .collect();
    assert_eq!(added, [Transport::Udp]);
}
