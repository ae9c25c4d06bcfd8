//! Ports of one host, sites and partners: what they change, and that nothing they leave out goes unasked.

use std::collections::{BTreeMap, BTreeSet};

use portplan::catalogue::{Os, Transport};
use portplan::flows::{FlowRef, Flows, Grouping, Limit, Listing, RuleRef, SameHost, Tag, explain, left_out};
use portplan::plan::{Edit, HostId, OwnRule, Partners, Party, Plan};
use proptest::prelude::*;
use proptest::strategy::ValueTree;

use super::oracle::{Limits, resolve_with};
use super::random::{config, plans};
use super::support::{Draft, all, catalogue, name, port_set, ports, role};

/// The rules that hold between two hosts, by their places.
type Holding = BTreeMap<(usize, usize), BTreeSet<RuleRef>>;

fn holding(plan: &Plan, limits: Limits) -> Holding {
    let mut rules = Holding::new();
    for flow in resolve_with(plan, Grouping::Rule, SameHost::Hide, limits) {
        rules.entry((flow.from, flow.to)).or_default().extend(flow.reasons);
    }
    rules
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn what_is_left_out_and_what_is_there_are_all_flows_without_limits(plan in plans()) {
        let flows = Flows::new(catalogue(), &plan);
        let without = resolve_with(&plan, Grouping::Flow, SameHost::Hide, Limits::Ignored);
        prop_assert_eq!(flows.count() + flows.left_out(), without.len() as u64);
        let (with, without) = (holding(&plan, Limits::Obeyed), holding(&plan, Limits::Ignored));
        for (from, source) in plan.hosts().iter().enumerate() {
            for (to, target) in plan.hosts().iter().enumerate() {
                let found = left_out(catalogue(), &plan, source.id, target.id);
                let mut together: Vec<RuleRef> = found.iter().map(|rule| rule.rule).collect();
                let there = with.get(&(from, to)).cloned().unwrap_or_default();
                prop_assert!(together.iter().all(|rule| !there.contains(rule)));
                together.extend(there);
                let together: BTreeSet<RuleRef> = together.into_iter().collect();
                prop_assert_eq!(together, without.get(&(from, to)).cloned().unwrap_or_default());
                let apart = source.site.is_some() && target.site.is_some() && source.site != target.site;
                let because = if apart { Limit::Site } else { Limit::Partners };
                prop_assert!(found.iter().all(|rule| rule.because == because));
            }
        }
    }
}

/// The rules that a host has with somebody.
fn of_host(holding: &Holding, host: usize) -> BTreeSet<RuleRef> {
    let its = holding.iter().filter(|((from, to), _)| *from == host || *to == host);
    its.flat_map(|(_, rules)| rules.iter().copied()).collect()
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn whoever_is_left_alone_for_a_rule_is_told(plan in plans()) {
        let (with, without) = (holding(&plan, Limits::Obeyed), holding(&plan, Limits::Ignored));
        let flows = Flows::new(catalogue(), &plan);
        for (at, host) in flows.hosts().keys().enumerate() {
            let kept = of_host(&with, at);
            let expected: Vec<RuleRef> = of_host(&without, at).difference(&kept).copied().collect();
            let found = flows.cut_off().iter().find(|alone| alone.host == host);
            prop_assert_eq!(found.map_or(&[][..], |alone| &alone.rules[..]), &expected[..]);
        }
    }
}

/// Random plans without limits would prove nothing above.
#[test]
fn random_plans_leave_flows_out_for_both_reasons() {
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let (mut sites, mut partners, mut own_ports, mut alone) = (0, 0, 0, 0);
    for _ in 0..200 {
        let plan = plans().new_tree(&mut runner).unwrap().current();
        alone += Flows::new(catalogue(), &plan).cut_off().len();
        for from in plan.hosts() {
            for to in plan.hosts() {
                let found = left_out(catalogue(), &plan, from.id, to.id);
                sites += found.iter().filter(|rule| rule.because == Limit::Site).count();
                partners += found.iter().filter(|rule| rule.because == Limit::Partners).count();
            }
        }
        let flows = Flows::new(catalogue(), &plan);
        let rows = all(&flows, Grouping::Flow, SameHost::Hide).into_iter();
        let overridden = rows.filter(|row| flows.shape(row.shape).tags.contains(&Tag::Overridden));
        own_ports +=
            overridden.filter(|row| !plan.host(flows.hosts()[row.to]).unwrap().ports.is_empty()).count();
    }
    assert!(
        sites > 40 && partners > 40 && own_ports > 40 && alone > 40,
        "{sites} {partners} {own_ports} {alone}"
    );
}

/// Two sites with a mount server and a repository each, one worker for both.
fn two_sites() -> (Draft, Vec<HostId>) {
    let mut draft = Draft::new();
    draft.switch("sharepoint", true);
    let mut hosts = vec![draft.host("worker", Os::Linux, &["worker"])];
    for site in ["north", "south"] {
        for (kind, role) in [("mount", "mount-server"), ("repo", "backup-repository")] {
            hosts.push(draft.host_with(&format!("{kind}-{site}"), Os::Linux, &[role], |host| {
                host.site = Some(site.parse().unwrap());
            }));
        }
    }
    (draft, hosts)
}

/// Every pair of hosts that has a flow, as `from > to`, each once.
fn pairs(plan: &Plan) -> BTreeSet<String> {
    let flows = Flows::new(catalogue(), plan);
    let rows = all(&flows, Grouping::Flow, SameHost::Hide).into_iter();
    rows.map(|row| format!("{} > {}", name(plan, row.from, &flows), name(plan, row.to, &flows))).collect()
}

fn meets(plan: &Plan, from: &str, to: &str) -> bool {
    pairs(plan).contains(&format!("{from} > {to}"))
}

#[test]
fn hosts_of_two_sites_do_not_work_with_each_other() {
    let (draft, hosts) = two_sites();
    let plan = &draft.0;
    assert!(meets(plan, "mount-north", "repo-north") && meets(plan, "mount-south", "repo-south"));
    assert!(!meets(plan, "mount-north", "repo-south") && !meets(plan, "mount-south", "repo-north"));
    assert!(["repo-north", "repo-south"].iter().all(|host| meets(plan, "worker", host)), "it has no site");
    let found = left_out(catalogue(), plan, hosts[1], hosts[4]);
    assert!(!found.is_empty() && found.iter().all(|rule| rule.because == Limit::Site));
    let host = |at: usize| plan.host(hosts[at]).unwrap();
    assert_eq!(
        Limit::Site.text(plan, host(1), host(4)),
        "mount-north is of site north and repo-south of site south"
    );
    assert_eq!(left_out(catalogue(), plan, hosts[1], hosts[2]), []);
    assert_eq!(left_out(catalogue(), plan, hosts[1], hosts[1]), []);
}

#[test]
fn partners_work_with_each_other_across_sites_and_with_nobody_else_of_that_role() {
    let (mut draft, hosts) = two_sites();
    draft.edit(Edit::Partners(vec![Partners { host: hosts[4], partner: hosts[1] }]));
    let plan = &draft.0;
    assert!(meets(plan, "mount-north", "repo-south"));
    assert!(!meets(plan, "mount-north", "repo-north"), "mount-north has another partner for that");
    assert!(!meets(plan, "mount-south", "repo-south"), "repo-south has another partner for that");
    assert!(meets(plan, "worker", "repo-south"), "the partner is of another role");
    let found = left_out(catalogue(), plan, hosts[1], hosts[2]);
    assert!(!found.is_empty() && found.iter().all(|rule| rule.because == Limit::Partners));
    let host = |at: usize| plan.host(hosts[at]).unwrap();
    assert_eq!(Limit::Partners.text(plan, host(1), host(2)), "mount-north works with repo-south");
}

#[test]
fn a_host_with_many_partners_names_some_of_them() {
    let mut draft = Draft::new();
    let mount = draft.host("mount", Os::Linux, &["mount-server"]);
    let repos: Vec<HostId> =
        (1..=6).map(|at| draft.host(&format!("repo{at}"), Os::Linux, &["backup-repository"])).collect();
    let pair = |repo: &HostId| Partners { host: mount, partner: *repo };
    draft.edit(Edit::Partners(repos[..5].iter().map(pair).collect()));
    let plan = &draft.0;
    let text = Limit::Partners.text(plan, plan.host(mount).unwrap(), plan.host(repos[5]).unwrap());
    assert_eq!(text, "mount works with repo1, repo2, repo3 and 2 more");
}

#[test]
fn an_own_rule_that_names_a_host_knows_no_limits() {
    let (mut draft, hosts) = two_sites();
    let rule = |from, to, port| OwnRule {
        from,
        to,
        transports: vec![Transport::Tcp],
        ports: ports(&[port]),
        purpose: "of the test".parse().unwrap(),
    };
    let repositories = Party::Role(role("backup-repository"));
    draft.own_rule(rule(Party::Host(hosts[1]), repositories, "7001"));
    draft.own_rule(rule(Party::Role(role("mount-server")), repositories, "7002"));
    let plan = &draft.0;
    let flows = Flows::new(catalogue(), plan);
    let with = |port: &str| -> Vec<String> {
        let rows = all(&flows, Grouping::Flow, SameHost::Hide).into_iter();
        let of_port = rows.filter(|row| flows.shape(row.shape).ports.contains(port.parse().unwrap()));
        of_port
            .map(|row| format!("{} > {}", name(plan, row.from, &flows), name(plan, row.to, &flows)))
            .collect()
    };
    assert_eq!(with("7001"), ["mount-north > repo-north", "mount-north > repo-south"]);
    assert_eq!(with("7002"), ["mount-north > repo-north", "mount-south > repo-south"]);
}

#[test]
fn a_site_does_not_come_between_a_host_and_itself() {
    let mut draft = Draft::new();
    draft.switch("sharepoint", true);
    let both = draft.host_with("all", Os::Linux, &["mount-server", "backup-repository"], |host| {
        host.site = Some("north".parse().unwrap());
    });
    let other = draft.host("repo", Os::Linux, &["backup-repository"]);
    let own = |plan: &Plan| -> Vec<FlowRef> {
        let flows = Flows::new(catalogue(), plan);
        all(&flows, Grouping::Flow, SameHost::Show).into_iter().filter(|row| row.from == row.to).collect()
    };
    let before = own(&draft.0).len();
    assert!(before > 0);
    draft.edit(Edit::Partners(vec![Partners { host: both, partner: other }]));
    assert_eq!(own(&draft.0).len(), before);
}

/// A console and two staging servers with SQL; the plan moves SQL, one server moves it again.
fn sql() -> Draft {
    let mut draft = Draft::new();
    draft.switch("sharepoint", true);
    draft.host("console", Os::Windows, &["console"]);
    draft.host("sql1", Os::Windows, &["staging-server"]);
    draft.host_with("sql2", Os::Windows, &["staging-server"], |host| {
        let key = catalogue().custom_port("mssql").unwrap();
        host.ports.insert(key, port_set(&["14332"]));
    });
    draft.override_ports("mssql", &["14330"]);
    draft
}

/// Ports and whether they count as overridden, of all flows to a host at SQL's ports, with what explains them.
fn to_sql(plan: &Plan, host: &str) -> Vec<(String, bool, Vec<String>)> {
    let flows = Flows::new(catalogue(), plan);
    let key = catalogue().custom_port("mssql").unwrap();
    let rules =
        catalogue().rules().iter().filter(|(_, rule)| rule.replaceable.iter().any(|part| part.key == key));
    let rules: Vec<RuleRef> = rules.map(|(id, _)| RuleRef::Catalogue(id)).collect();
    let rows = all(&flows, Grouping::Flow, SameHost::Hide).into_iter();
    let rows = rows.filter(|row| flows.shape(row.shape).reasons.iter().any(|rule| rules.contains(rule)));
    rows.filter(|row| name(plan, row.to, &flows) == host)
        .map(|row| {
            let reasons = explain::reasons(catalogue(), plan, &flows, row);
            let because = reasons.into_iter().flat_map(|reason| reason.because);
            let of_ports = because.filter(|fact| fact.contains(" as ")).collect();
            let shape = flows.shape(row.shape);
            (shape.ports.to_string(), shape.tags.contains(&Tag::Overridden), of_ports)
        })
        .collect()
}

#[test]
fn a_host_listens_on_its_own_port_else_on_the_plans() {
    let draft = sql();
    let label = &catalogue().custom_ports()[catalogue().custom_port("mssql").unwrap()].label;
    let of_plan = vec![format!("the plan has 14330 as {label}")];
    let of_host = vec![format!("sql2 has 14332 for itself as {label}")];
    let (first, second) = (to_sql(&draft.0, "sql1"), to_sql(&draft.0, "sql2"));
    assert!(!first.is_empty() && first.len() == second.len(), "{first:?} {second:?}");
    assert!(first.iter().all(|flow| *flow == ("14330".to_owned(), true, of_plan.clone())), "{first:?}");
    assert!(second.iter().all(|flow| *flow == ("14332".to_owned(), true, of_host.clone())), "{second:?}");
}

#[test]
fn a_host_can_go_back_to_the_printed_port() {
    let mut draft = sql();
    let key = catalogue().custom_port("mssql").unwrap();
    let mut host = draft.0.host_named("sql2").unwrap().clone();
    host.ports.insert(key, port_set(&["1433"]));
    draft.edit(Edit::Replace(Box::new(host)));
    let flows = to_sql(&draft.0, "sql2");
    assert!(!flows.is_empty() && flows.iter().all(|flow| flow.0 == "1433" && !flow.1), "{flows:?}");
}

#[test]
fn ports_of_the_source_change_nothing() {
    let mut draft = sql();
    let before = to_sql(&draft.0, "sql1");
    let mut host = draft.0.host_named("console").unwrap().clone();
    host.ports.insert(catalogue().custom_port("mssql").unwrap(), port_set(&["9999"]));
    draft.edit(Edit::Replace(Box::new(host)));
    assert_eq!(to_sql(&draft.0, "sql1"), before);
    let flows = Flows::new(catalogue(), &draft.0);
    let listing = Listing::new(&flows, Grouping::Flow, SameHost::Show, None);
    assert!(
        listing
            .window(&flows, 0, usize::MAX)
            .iter()
            .all(|row| { !flows.shape(row.shape).ports.contains("9999".parse().unwrap()) })
    );
}
