//! The list of flows that came and went, against a set difference over all flows, and the reasons against plans in which
//! one change is taken back.

use std::collections::{BTreeMap, BTreeSet};

use portplan::catalogue::{Os, Ports, Transport};
use portplan::flows::changes::{
    Cause, Fate, GroupBy, Heading, HostCause, PlanCause, Row, State, Teller, Topic, Weight, causes_of,
    take_back,
};
use portplan::flows::{ChangeList, Comparison, Delta, Flows, Grouping, SameHost};
use portplan::plan::actions::remove_host;
use portplan::plan::{Edit, EditError, HostId, OwnRule, Partners, Party, Plan};
use proptest::prelude::*;

use super::oracle::resolve;
use super::random::{changes, config, make, plans};
use super::support::{Draft, catalogue, ports, role, set};

/// What makes a flow the same flow in another state of the plan.
type Key = (HostId, HostId, Transport, Ports);

fn keys(plan: &Plan) -> BTreeSet<Key> {
    let host = |at: usize| plan.hosts()[at].id;
    let flows = resolve(plan, Grouping::Flow, SameHost::Hide).into_iter();
    flows.map(|flow| (host(flow.from), host(flow.to), flow.transport, flow.ports)).collect()
}

/// Two states with their flows.
struct Two {
    before: Plan,
    after: Plan,
    old: Flows,
    new: Flows,
}

impl Two {
    fn new(before: &Plan, after: &Plan) -> Self {
        let (old, new) = (Flows::new(catalogue(), before), Flows::new(catalogue(), after));
        Self { before: before.clone(), after: after.clone(), old, new }
    }

    fn list(&self, by: GroupBy) -> ChangeList {
        let before = State { plan: &self.before, flows: &self.old };
        let after = State { plan: &self.after, flows: &self.new };
        ChangeList::new(catalogue(), before, after, by)
    }

    fn key(&self, row: &portplan::flows::changes::ChangedFlow) -> Key {
        let flows = if row.fate == Fate::Added { &self.new } else { &self.old };
        assert_eq!((flows.hosts()[row.flow.from], flows.hosts()[row.flow.to]), (row.from, row.to));
        let shape = flows.shape(row.flow.shape);
        (row.from, row.to, shape.transport, Ports::clone(&shape.ports))
    }

    fn tell(&self, cause: Cause) -> String {
        Teller { catalogue: catalogue(), before: &self.before, after: &self.after }.tell(cause)
    }

    /// The groups by reason, as sentences with their counts.
    fn told(&self) -> Vec<(String, u64, u64)> {
        let list = self.list(GroupBy::Reason);
        let tell = |topic| match topic {
            Topic::Cause(cause) => self.tell(cause),
            Topic::Host(_) => panic!("grouped by reason"),
        };
        list.headings().map(|head| (tell(head.topic), head.delta.added, head.delta.removed)).collect()
    }
}

/// The flows of a state with and without a cause.
type BeforeAndAfter = (Option<BTreeSet<Key>>, Option<BTreeSet<Key>>);

fn changed(before: &Plan, changes: &[super::random::Change]) -> Plan {
    let mut after = before.clone();
    for change in changes {
        make(&mut after, change);
    }
    after
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn the_list_is_the_difference_of_the_two_sets_of_flows(before in plans(), changes in changes()) {
        let two = Two::new(&before, &changed(&before, &changes));
        let (old, new) = (keys(&two.before), keys(&two.after));
        for by in [GroupBy::Host, GroupBy::Reason] {
            let list = two.list(by);
            let rows = list.window(0, usize::MAX);
            prop_assert_eq!(rows.len() as u64, list.len());
            let mut heads: Vec<(Topic, Delta)> = Vec::new();
            let mut seen: BTreeMap<Fate, BTreeSet<Key>> = BTreeMap::new();
            for row in &rows {
                match row {
                    Row::Heading(head) => heads.push((head.topic, Delta::default())),
                    Row::Flow(flow) => {
                        let (topic, delta) = heads.last_mut().unwrap();
                        match flow.fate {
                            Fate::Added => delta.added += 1,
                            Fate::Removed => delta.removed += 1,
                        }
                        prop_assert!(!flow.causes.is_empty());
                        prop_assert!(!flow.causes.contains(&Cause::Plan(PlanCause::Other)), "everything has a name");
                        let own = match by {
                            GroupBy::Host => Topic::Host(flow.from),
                            GroupBy::Reason => Topic::Cause(flow.causes[0]),
                        };
                        prop_assert_eq!(*topic, own);
                        prop_assert!(seen.entry(flow.fate).or_default().insert(two.key(flow)), "a flow is listed once");
                    }
                }
            }
            let told: Vec<(Topic, Delta)> = list.headings().map(|head| (head.topic, head.delta)).collect();
            prop_assert_eq!(heads, told, "every group has as many flows as its heading says");
            let added: BTreeSet<Key> = new.difference(&old).cloned().collect();
            let removed: BTreeSet<Key> = old.difference(&new).cloned().collect();
            prop_assert_eq!(list.delta(), Delta { added: added.len() as u64, removed: removed.len() as u64 });
            prop_assert_eq!(list.delta(), Comparison::new(&two.old, &two.new).delta());
            prop_assert_eq!(seen.remove(&Fate::Added).unwrap_or_default(), added);
            prop_assert_eq!(seen.remove(&Fate::Removed).unwrap_or_default(), removed);
        }
    }

    #[test]
    fn every_window_is_a_part_of_the_whole(
        before in plans(),
        changes in changes(),
        start in 0..40_u64,
        count in 0..12_usize,
    ) {
        let two = Two::new(&before, &changed(&before, &changes));
        for by in [GroupBy::Host, GroupBy::Reason] {
            let list = two.list(by);
            let all = list.window(0, usize::MAX);
            let start = start.min(list.len() + 1);
            let wanted: Vec<Row> = all.iter().skip(usize::try_from(start).unwrap()).take(count).cloned().collect();
            prop_assert_eq!(list.window(start, count), wanted);
            let mut each = Vec::new();
            let Ok(()) = list.each(|row| {
                each.push(row.clone());
                Ok::<(), std::convert::Infallible>(())
            });
            prop_assert_eq!(&each, &all);
            for (at, row) in (0..).zip(&all) {
                if let Row::Heading(head) = row {
                    prop_assert_eq!(list.row_of(head.topic), Some(at));
                }
            }
        }
    }

    /// A reason is tried by an independent reader: either the flow is as before where it alone is taken back, or it
    /// alone brings the flow about in the plan as it was.
    #[test]
    fn a_reason_that_stands_alone_makes_the_difference_alone(before in plans(), changes in changes()) {
        let two = Two::new(&before, &changed(&before, &changes));
        let list = two.list(GroupBy::Reason);
        let mut known: BTreeMap<Cause, BeforeAndAfter> = BTreeMap::new();
        for row in list.window(0, usize::MAX) {
            let Row::Flow(flow) = row else { continue };
            let key = two.key(&flow);
            for cause in flow.causes.iter().filter(|_| flow.weight == Weight::Each) {
                let (back, made) = known.entry(*cause).or_insert_with(|| {
                    let there = |from: &Plan, to: &Plan| {
                        let edits = take_back(catalogue(), to, from, &[*cause]).ok()?;
                        let mut plan = from.clone();
                        plan.apply(Edit::Many(edits)).unwrap();
                        Some(keys(&plan))
                    };
                    let made = match cause {
                        // Its place is that in the other state.
                        Cause::Plan(PlanCause::Rule(..) | PlanCause::Partners(..)) => None,
                        _ => there(&two.before, &two.after),
                    };
                    (there(&two.after, &two.before), made)
                });
                let is_added = flow.fate == Fate::Added;
                let by_return = back.as_ref().is_none_or(|keys| keys.contains(&key) != is_added);
                let by_making = made.as_ref().is_none_or(|keys| keys.contains(&key) == is_added);
                let gone = matches!(cause, Cause::Host(_, HostCause::Presence));
                prop_assert!(gone || by_return || by_making, "{:?} is no reason for {:?}", two.tell(*cause), key);
            }
        }
    }

    #[test]
    fn a_change_of_one_host_alone_is_put_down_to_that_host(before in plans(), at in 0..12_usize, role in super::random::role_ids()) {
        let Some(mut host) = before.hosts().get(at).cloned() else { return Ok(()) };
        host.roles = if host.has_role(role) { host.roles.without(role) } else { host.roles.with(role) };
        let mut after = before.clone();
        after.apply(Edit::Replace(Box::new(host.clone()))).unwrap();
        let two = Two::new(&before, &after);
        prop_assert_eq!(causes_of(&before, &after, host.id), [Cause::Host(host.id, HostCause::Role(role))]);
        for row in two.list(GroupBy::Reason).window(0, usize::MAX) {
            let Row::Flow(flow) = row else { continue };
            let own = Cause::Host(host.id, HostCause::Role(role));
            if flow.from == host.id || flow.to == host.id {
                prop_assert_eq!(flow.causes, [own]);
            } else {
                // Others see only whether somebody has the role, or one that comes with it, and what their partner is.
                let partner = PlanCause::Partner(host.id, HostCause::Role(role));
                let seen = |cause: &Cause| matches!(cause, Cause::Plan(seen) if *seen == partner || matches!(seen, PlanCause::Placed(_)));
                prop_assert!(flow.causes.iter().all(seen), "{:?}", flow.causes);
            }
        }
    }

    #[test]
    fn taking_back_every_reason_leaves_no_change(before in plans(), changes in changes()) {
        let mut after = changed(&before, &changes);
        for _ in 0..200 {
            let two = Two::new(&before, &after);
            let list = two.list(GroupBy::Reason);
            let mut edits = None;
            for head in list.headings() {
                let Topic::Cause(cause) = head.topic else { panic!("grouped by reason") };
                match take_back(catalogue(), &before, &after, &[cause]) {
                    Ok(found) => edits = edits.or(Some(found)),
                    Err(EditError::NameTaken(name)) => {
                        let (old, new) = (before.host_named(name.as_str()), after.host_named(name.as_str()));
                        prop_assert_ne!(old.map(|host| host.id), new.map(|host| host.id), "{} is in its own way", name);
                    }
                    Err(EditError::NoSuchHost) => prop_assert!(matches!(cause, Cause::Plan(PlanCause::Rule(..)))),
                    Err(other) => prop_assert!(false, "{:?} cannot be taken back: {}", two.tell(cause), other),
                }
            }
            let Some(edits) = edits else {
                let gone = |head: &Heading| matches!(head.topic, Topic::Cause(Cause::Host(id, _)) if after.host(id).is_none());
                prop_assert!(list.headings().all(gone), "nothing of {:?} can be taken back", two.told());
                return Ok(());
            };
            prop_assert!(!edits.is_empty(), "{:?} is taken back by nothing", two.told());
            after.apply(Edit::Many(edits)).unwrap();
        }
        prop_assert!(false, "it never ends");
    }
}

fn site() -> Draft {
    let mut draft = Draft::new();
    draft.host("vbr01", Os::Windows, &["backup-server"]);
    draft.host("proxy01", Os::Windows, &["guest-interaction-proxy"]);
    draft.host("ora1", Os::Linux, &["oracle-guest"]);
    draft.host("ora2", Os::Linux, &["oracle-guest"]);
    draft.host("repo", Os::Linux, &["backup-repository"]);
    draft.switch("oracle", true);
    draft
}

fn edited(draft: &Draft, name: &str, edit: impl FnOnce(&mut portplan::plan::Host)) -> Draft {
    let mut host = draft.0.host_named(name).unwrap().clone();
    edit(&mut host);
    let mut draft = Draft(draft.0.clone());
    draft.edit(Edit::Replace(Box::new(host)));
    draft
}

#[test]
fn the_sentences_name_host_and_role() {
    let before = site();
    let after =
        edited(&before, "proxy01", |host| host.roles = host.roles.without(role("guest-interaction-proxy")));
    let told = Two::new(&before.0, &after.0).told();
    assert_eq!(told.len(), 1, "{told:?}");
    assert_eq!(told[0].0, "proxy01 is no longer Guest interaction proxy");
    assert!(told[0].2 > 0 && told[0].1 == 0, "{told:?}");
    let back = Two::new(&after.0, &before.0).told();
    assert_eq!(back[0], ("proxy01 is now Guest interaction proxy".to_owned(), told[0].2, 0));
}

/// While repo1 has the role, mnt works with no other repository.
#[test]
fn what_changes_about_a_partner_is_a_reason() {
    let mut before = site();
    before.switch("sharepoint", true);
    for name in ["repo1", "repo2"] {
        before.host(name, Os::Linux, &["backup-repository"]);
    }
    before.host("mnt", Os::Linux, &["mount-server"]);
    let id = |name: &str| before.0.host_named(name).unwrap().id;
    let (mnt, repo) = (id("mnt"), id("repo1"));
    before.edit(Edit::Partners(vec![Partners { host: mnt, partner: repo }]));

    let after = edited(&before, "repo1", |host| host.roles = host.roles.without(role("backup-repository")));
    let told = Two::new(&before.0, &after.0).told();
    let with_others = told.iter().find(|told| told.0.ends_with("(it is a partner)")).unwrap();
    assert_eq!(with_others.0, "repo1 is no longer Backup repository (it is a partner)");
    assert!(with_others.1 > 0 && with_others.2 == 0, "{told:?}");

    let mut after = Draft(before.0.clone());
    after.edit(remove_host(&before.0, repo).unwrap().edit);
    let two = Two::new(&before.0, &after.0);
    assert_eq!(two.told()[0].0, "host repo1 is gone (it is a partner)");
    let gone = Cause::Plan(PlanCause::Partner(repo, HostCause::Presence));
    after.edit(Edit::Many(take_back(catalogue(), &before.0, &after.0, &[gone]).unwrap()));
    assert_eq!(after.0.partners(), before.0.partners(), "a host comes back with its partners");
    assert!(Two::new(&before.0, &after.0).told().is_empty());
}

#[test]
fn an_option_a_new_host_and_a_system_are_reasons() {
    let before = site();
    let mut after = Draft(before.0.clone());
    after.switch("oracle", false);
    let told = Two::new(&before.0, &after.0).told();
    assert_eq!(told[0].0, "option Oracle is off now");
    let mut after = Draft(before.0.clone());
    after.host("ora9", Os::Linux, &["oracle-guest"]);
    assert_eq!(Two::new(&before.0, &after.0).told()[0].0, "host ora9 is new");
    assert_eq!(Two::new(&after.0, &before.0).told()[0].0, "host ora9 is gone");
    let after = edited(&before, "ora1", |host| host.os = Os::Windows);
    let told = Two::new(&before.0, &after.0).told();
    assert_eq!(told[0].0, "the system of ora1 is Windows now and no longer Linux");
    let after = edited(&before, "ora1", |host| set(host, "persistent-agent", true));
    let told = Two::new(&before.0, &after.0).told();
    assert!(
        told.iter().all(|(text, ..)| text.starts_with("ora1 has ") && text.ends_with("on for itself now")),
        "{told:?}"
    );
}

#[test]
fn direct_rows_end_because_a_log_shipping_server_is_placed() {
    let before = site();
    let mut after = Draft(before.0.clone());
    let server = after.host("lss01", Os::Linux, &["log-shipping-server"]);
    let two = Two::new(&before.0, &after.0);
    let told = two.told();
    assert!(told.contains(&("host lss01 is new".to_owned(), told[1].1, 0)), "{told:?}");
    let placed = told.iter().find(|(text, ..)| text == "a host has the role Log shipping server now (lss01)");
    assert!(placed.is_some_and(|(_, added, removed)| (*added, *removed > 0) == (0, true)), "{told:?}");
    // Two of them: neither alone is the reason, that the role is placed at all is.
    after.host("lss02", Os::Linux, &["log-shipping-server"]);
    let two = Two::new(&before.0, &after.0);
    let text = "hosts have the role Log shipping server now (lss01 and 1 more)";
    let told = two.told();
    assert!(told.iter().any(|(told, _, removed)| told == text && *removed > 0), "{told:?}");
    // Taking that back takes both servers out.
    let cause = Cause::Plan(PlanCause::Placed(role("log-shipping-server")));
    after.edit(Edit::Many(take_back(catalogue(), &before.0, &after.0, &[cause]).unwrap()));
    assert!(after.0.host(server).is_none());
    assert_eq!(after.0.hosts(), before.0.hosts());
}

#[test]
fn ports_and_own_rules_are_reasons() {
    let before = site();
    let mut after = Draft(before.0.clone());
    after.override_ports("transmission", &["2500-2600"]);
    let told = Two::new(&before.0, &after.0).told();
    assert!(told.iter().all(|(text, ..)| text.ends_with(" on 2500-2600 now")), "{told:?}");
    let mut after = Draft(before.0.clone());
    let party = |name: &str| Party::Host(before.0.host_named(name).unwrap().id);
    let rule = OwnRule {
        from: party("ora1"),
        to: party("repo"),
        transports: vec![Transport::Udp],
        ports: ports(&["514"]),
        purpose: "Site log".parse().unwrap(),
    };
    after.own_rule(rule);
    assert_eq!(Two::new(&before.0, &after.0).told(), [("own rule \"Site log\" is new".to_owned(), 1, 0)]);
    assert_eq!(Two::new(&after.0, &before.0).told(), [("own rule \"Site log\" is gone".to_owned(), 0, 1)]);
}

#[test]
fn ten_thousand_hosts_cost_no_list_of_millions() {
    let mut before = Draft::new();
    before.host("vbr01", Os::Windows, &["backup-server"]);
    let seed = before.0.clone();
    let mut hosts = Vec::new();
    for number in 0..3_000 {
        let mut host = portplan::plan::Host::new(before.0.fresh_id(), format!("h{number}").parse().unwrap());
        host.os = Os::Linux;
        host.roles = [role("backup-repository"), role("worker")].into_iter().collect();
        hosts.push(host);
    }
    before.0.extend(hosts).unwrap();
    let two = Two::new(&seed, &before.0);
    let list = two.list(GroupBy::Reason);
    assert!(list.delta().added > 9_000_000, "{:?}", list.delta());
    let last = list.window(list.len() - 3, 10);
    assert_eq!(last.len(), 3);
    assert!(matches!(list.window(list.len() / 2, 1)[..], [_]));
}
