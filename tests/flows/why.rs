//! Why, why not, and who: what is told is true, and every change that is proposed does what it says.

use portplan::catalogue::{Os, Port, Transport};
use portplan::flows::search::Direction;
use portplan::flows::why::{
    Answer, Asked, Making, PairAnswer, Proposal, Question, Scene, Telling, Wanted, host_named,
};
use portplan::flows::{Flows, Grouping, RuleRef, SameHost};
use portplan::plan::{HostId, OwnRule, Party, Plan};
use proptest::prelude::*;

use super::random::{config, plans};
use super::support::{Draft, all, catalogue, ports, role, set};

fn id(plan: &Plan, name: &str) -> HostId {
    plan.host_named(name).unwrap_or_else(|| panic!("no host {name}")).id
}

fn port(number: u16) -> Port {
    Port::new(number).unwrap()
}

/// Everything that is asked for between two hosts: rule, transport, ports.
fn asked(plan: &Plan, from: HostId, to: HostId) -> Vec<(String, Transport, String)> {
    let flows = Flows::new(catalogue(), plan);
    let rows = all(&flows, Grouping::Rule, SameHost::Show);
    let between =
        rows.into_iter().filter(|row| flows.hosts()[row.from] == from && flows.hosts()[row.to] == to);
    between
        .map(|row| {
            let shape = flows.shape(row.shape);
            let rule = match shape.reasons[0] {
                RuleRef::Catalogue(id) => catalogue().rules()[id].id.clone(),
                RuleRef::Own(at) => format!("own {:?}", plan.rules()[at]),
            };
            (rule, shape.transport, shape.ports.to_string())
        })
        .collect()
}

fn answer(plan: &Plan, question: &Question) -> (Answer, Telling) {
    let flows = Flows::new(catalogue(), plan);
    let scene = Scene { catalogue: catalogue(), plan, flows: &flows };
    let answer = Answer::new(scene, question, usize::MAX);
    let telling = Telling::new(scene, &answer, &[]);
    (answer, telling)
}

fn pair(plan: &Plan, from: &str, to: &str, wanted: Wanted) -> (PairAnswer, String) {
    let question = Question::Pair { from: id(plan, from), to: id(plan, to), wanted };
    match answer(plan, &question) {
        (Answer::Pair(answer), telling) => (answer, telling.text()),
        other => panic!("{other:?}"),
    }
}

fn texts(proposals: &[Proposal]) -> Vec<&str> {
    proposals.iter().map(|proposal| proposal.change.text.as_str()).collect()
}

/// A site with a Windows SQL Server guest, a proxy and a repository.
fn site() -> Draft {
    let mut draft = Draft::new();
    draft.switch("mssql", true);
    draft.host("vbr01", Os::Windows, &["backup-server"]);
    draft.host("gip01", Os::Windows, &["guest-interaction-proxy"]);
    draft.host("repo01", Os::Linux, &["backup-repository"]);
    draft.host("sql01", Os::Windows, &["mssql-guest"]);
    draft
}

#[test]
fn a_flow_tells_page_section_row_build_date_url_and_what_made_it_true_on_which_end() {
    let draft = site();
    let (answer, text) = pair(&draft.0, "gip01", "sql01", Wanted::Port(port(135)));
    assert_eq!(answer.flows.len(), 1);
    for wanted in [
        "AHV ports › Guest processing › Non-persistent runtime, row 28",
        "build 13.9.0.212 · 2025-12-04",
        "https://helpcenter.veeam.com/docs/vbahv/userguide/used_ports.html",
        "reason 1 of 2: ",
        "because gip01 is Guest interaction proxy; sql01 is VM guest (as SQL Server guest) and runs Windows; \
         option Guest processing is on; option Non-persistent runtime is on",
        "AHV ports › Log shipping › SQL Server, row 41",
    ] {
        assert!(text.contains(wanted), "{wanted:?} is not in\n{text}");
    }
}

#[test]
fn where_several_reasons_keep_a_flow_all_must_go_and_each_tells_what_takes_it_away() {
    let draft = site();
    let (answer, text) = pair(&draft.0, "gip01", "sql01", Wanted::Port(port(135)));
    let flow = &answer.flows[0];
    assert_eq!(flow.reasons.len(), 2);
    let (first, second) = (texts(&flow.reasons[0].removals), texts(&flow.reasons[1].removals));
    assert!(first.contains(&"switch Guest processing off for the plan"), "{first:?}");
    assert!(!second.contains(&"switch Guest processing off for the plan"), "{second:?}");
    assert!(second.contains(&"switch SQL Server off for the plan"), "{second:?}");
    let both = texts(&flow.removals);
    assert!(
        !both.iter().any(|text| text.contains("Guest processing") || text.contains("switch SQL")),
        "{both:?}"
    );
    assert!(both.contains(&"take the role SQL Server guest from sql01"), "{both:?}");
    assert!(text.contains("Every reason has to go before the flow does. All go if you"), "{text}");
    assert!(
        text.contains("this reason alone goes if you\n      > switch SQL Server off for the plan"),
        "{text}"
    );
}

#[test]
fn a_log_shipping_server_takes_the_direct_rows_away_and_its_absence_brings_them() {
    let mut draft = site();
    let (answer, text) = pair(&draft.0, "sql01", "repo01", Wanted::Port(port(6162)));
    let removals = texts(&answer.flows[0].removals);
    let placed = "place a Log shipping server (a new host log-shipping-server)";
    assert!(removals.contains(&placed), "{removals:?}");
    assert!(text.contains("no host has the role Log shipping server"), "{text}");
    draft.host("logship01", Os::Windows, &["log-shipping-server"]);
    let (answer, text) = pair(&draft.0, "sql01", "repo01", Wanted::All);
    assert!(answer.flows.is_empty());
    let nearest = &answer.near.groups[0];
    assert_eq!(texts(&nearest.brings), ["take the role Log shipping server from logship01"]);
    assert!(
        text.contains("1. it does not apply while logship01 has the role Log shipping server\n"),
        "{text}"
    );
    assert_eq!(nearest.rules.len(), 2, "{text}");
}

#[test]
fn near_misses_name_the_missing_role_the_wrong_system_and_the_option() {
    let mut draft = Draft::new();
    draft.host("ahv01", Os::Other, &["ahv-cluster"]);
    draft.host("mount01", Os::Linux, &["mount-server"]);
    let (answer, text) = pair(&draft.0, "ahv01", "mount01", Wanted::Port(port(111)));
    assert!(
        text.contains("mount01 is Mount server, but its system is Linux, and the rule is for Windows"),
        "{text}"
    );
    assert_eq!(texts(&answer.near.groups[0].brings), ["run mount01 on Windows instead"]);
    draft.switch("vpower-nfs", false);
    let (answer, text) = pair(&draft.0, "ahv01", "mount01", Wanted::Port(port(111)));
    assert!(text.contains("it does not apply while option vPower NFS is off"), "{text}");
    let both = "run mount01 on Windows instead, and switch vPower NFS on for the plan";
    assert_eq!(texts(&answer.near.groups[0].brings), [both]);
    draft.host("repo01", Os::Linux, &["backup-repository"]);
    let (answer, text) = pair(&draft.0, "mount01", "repo01", Wanted::Port(port(6162)));
    assert!(text.contains("mount01 is not Worker"), "{text}");
    let brings: Vec<&str> = answer.near.groups.iter().flat_map(|group| texts(&group.brings)).collect();
    assert!(brings.contains(&"give mount01 the role Worker"), "{brings:?}");
}

#[test]
fn a_role_that_the_system_cannot_carry_is_not_proposed() {
    let draft = site();
    let (answer, text) = pair(&draft.0, "gip01", "repo01", Wanted::Port(port(6162)));
    assert!(text.contains("gip01 is not Worker, and cannot be: it runs Windows"), "{text}");
    let brings: Vec<&str> = answer.near.groups.iter().flat_map(|group| texts(&group.brings)).collect();
    assert!(!brings.iter().any(|text| text.contains("the role Worker")), "{brings:?}");
}

#[test]
fn proxy_only_is_named_where_it_narrows_the_alternatives() {
    let mut draft = site();
    assert!(!pair(&draft.0, "vbr01", "sql01", Wanted::Port(port(135))).0.flows.is_empty());
    draft.switch("proxy-only", true);
    let (answer, text) = pair(&draft.0, "vbr01", "sql01", Wanted::Port(port(135)));
    assert!(answer.flows.is_empty());
    let lack =
        "it does not apply while option Proxy only is on and gip01 has the role Guest interaction proxy";
    assert!(text.contains(lack), "{text}");
    let brings = texts(&answer.near.groups[0].brings);
    assert!(brings.contains(&"switch Proxy only off for the plan"), "{brings:?}");
    assert!(brings.contains(&"take the role Guest interaction proxy from gip01"), "{brings:?}");
}

#[test]
fn only_the_other_way_round_and_same_host_rules_are_told() {
    let mut draft = Draft::new();
    draft.host("w1", Os::Linux, &["worker"]);
    draft.host("repo01", Os::Linux, &["backup-repository"]);
    draft.host("a", Os::Windows, &["backup-server"]);
    draft.host("b", Os::Windows, &["backup-server"]);
    let (answer, text) = pair(&draft.0, "repo01", "w1", Wanted::All);
    assert!(answer.flows.is_empty());
    assert!(text.contains("Only the other way round\n  w1 → repo01 tcp 2500-3300: "), "{text}");
    let (_, text) = pair(&draft.0, "a", "b", Wanted::Port(port(6172)));
    assert!(text.contains("the rule is about a host and itself, never about two hosts"), "{text}");
    let (answer, text) = pair(&draft.0, "a", "a", Wanted::Port(port(6172)));
    assert_eq!(answer.flows.len(), 1);
    assert!(text.contains("same host: no network flow"), "{text}");
}

#[test]
fn own_ports_are_named_where_the_printed_one_is_asked_for() {
    let mut draft = Draft::new();
    draft.host("w1", Os::Linux, &["worker"]);
    draft.host("repo01", Os::Linux, &["backup-repository"]);
    draft.override_ports("transport", &["7162"]);
    let (answer, text) = pair(&draft.0, "w1", "repo01", Wanted::Port(port(6162)));
    assert!(answer.flows.is_empty());
    assert!(
        text.contains("the plan has its own ports in place of the printed ones: the rule asks for 7162"),
        "{text}"
    );
    assert_eq!(texts(&answer.near.groups[0].brings), ["use the printed ports for Transport service again"]);
    let (answer, _) = pair(&draft.0, "w1", "repo01", Wanted::Port(port(7162)));
    let removals = texts(&answer.flows[0].removals);
    assert!(removals.contains(&"use the printed ports for Transport service again"), "{removals:?}");
}

#[test]
fn own_rules_can_be_dropped_and_name_their_hosts() {
    let mut draft = site();
    let rule = OwnRule {
        from: Party::Host(id(&draft.0, "vbr01")),
        to: Party::Role(role("backup-repository")),
        transports: vec![Transport::Tcp],
        ports: ports(&["4711"]),
        purpose: "Site relay".parse().unwrap(),
    };
    draft.own_rule(rule);
    let (answer, text) = pair(&draft.0, "vbr01", "repo01", Wanted::Port(port(4711)));
    assert!(texts(&answer.flows[0].removals).contains(&"drop own rule 1 of this plan"), "{text}");
    assert!(text.contains("because the rule names vbr01; repo01 is Backup repository"), "{text}");
    let (_, text) = pair(&draft.0, "gip01", "repo01", Wanted::Port(port(4711)));
    assert!(text.contains("the rule speaks of vbr01, not of gip01"), "{text}");
}

#[test]
fn nothing_is_cut_in_silence() {
    let draft = site();
    let flows = Flows::new(catalogue(), &draft.0);
    let scene = Scene { catalogue: catalogue(), plan: &draft.0, flows: &flows };
    let question =
        Question::Pair { from: id(&draft.0, "repo01"), to: id(&draft.0, "sql01"), wanted: Wanted::All };
    let answer = Answer::new(scene, &question, 1);
    let text = Telling::new(scene, &answer, &[]).text();
    let Answer::Pair(answer) = answer else { panic!() };
    let near = answer.near;
    let listed: usize = near.groups.iter().map(|group| group.rules.len()).sum();
    assert_eq!(
        listed + near.other_forms + near.far,
        catalogue().rules().len(),
        "every rule is accounted for"
    );
    assert_eq!(near.tried, 1);
    let more = near.untried_rules();
    assert!(text.contains(&format!("{more} more rules lack as much or more than these.")), "{text}");
    assert!(text.contains(&format!("{} more rules have neither host at its end.", near.far)), "{text}");
}

#[test]
fn a_host_is_told_with_everything_out_and_in_by_the_role_of_its_peers() {
    let mut draft = site();
    for number in 0..300 {
        draft.host(&format!("sql-{number}"), Os::Windows, &["mssql-guest"]);
    }
    let question = Question::Host { host: id(&draft.0, "gip01"), direction: Direction::Both, port: None };
    let (answer, telling) = answer(&draft.0, &question);
    let Answer::Host(answer) = answer else { panic!() };
    let flows = Flows::new(catalogue(), &draft.0);
    let rows = all(&flows, Grouping::Flow, SameHost::Hide);
    let out = rows.iter().filter(|row| flows.hosts()[row.from] == id(&draft.0, "gip01")).count();
    let into = rows.iter().filter(|row| flows.hosts()[row.to] == id(&draft.0, "gip01")).count();
    assert_eq!(answer.flows, (out as u64, into as u64));
    let guests = answer.out.iter().find(|peers| peers.who == "SQL Server guest").unwrap();
    assert_eq!((guests.hosts.all, guests.hosts.first.len()), (301, 4));
    let text = telling.text();
    assert!(
        text.contains("to SQL Server guest: 301 hosts, sql01, sql-0, sql-1, sql-2 and 297 more"),
        "{text}"
    );
    assert!(telling.lines.len() < 80, "the text does not grow with the number of hosts");
}

#[test]
fn a_port_tells_who_listens_and_who_connects() {
    let mut draft = site();
    draft.host("w1", Os::Linux, &["worker"]);
    draft.host("w2", Os::Linux, &["worker"]);
    let (answer, telling) = answer(&draft.0, &Question::Port(port(6162)));
    let Answer::Port(answer) = answer else { panic!() };
    let text = telling.text();
    assert!(
        text.contains("listens: 1 host, repo01\n  connects: 2 hosts, w1 and w2\n  2 pairs of hosts\n"),
        "{text}"
    );
    let flows = Flows::new(catalogue(), &draft.0);
    let rows = all(&flows, Grouping::Rule, SameHost::Hide);
    let at_port = rows.iter().filter(|row| flows.shape(row.shape).ports.contains(port(6162))).count();
    assert_eq!(answer.uses.iter().map(|entry| entry.pairs).sum::<u64>(), at_port as u64);
    assert!(text.contains("Rules at this port that ask for nothing here"), "{text}");
    assert!(text.contains("no host is Log shipping server"), "{text}");
}

#[test]
fn questions_are_read_as_people_write_them() {
    let mut draft = site();
    draft.host_with("lab", Os::Windows, &["vm-guest"], |host| {
        host.addresses = vec!["10.0.8.0/24".parse().unwrap()];
    });
    draft.host_with("app7", Os::Windows, &["vm-guest"], |host| {
        host.addresses = vec!["10.0.8.7".parse().unwrap()];
    });
    let plan = &draft.0;
    let of = |text: &str| Asked::parse(text).look_up(plan).map(|understood| understood.question);
    let (sql, repo) = (id(plan, "sql01"), id(plan, "repo01"));
    let all = Question::Pair { from: sql, to: repo, wanted: Wanted::All };
    for text in ["sql01 -> repo01", "sql01->repo01", "sql01 → repo01", "SQL01 repo01", "from sql01 to repo01"]
    {
        assert_eq!(of(text), Ok(all.clone()), "{text}");
    }
    let at = Question::Pair { from: sql, to: repo, wanted: Wanted::Port(port(6162)) };
    for text in ["sql01 -> repo01 6162", "sql01 repo01 port 6162", "sql01 -> repo01 6162/tcp"] {
        assert_eq!(of(text), Ok(at.clone()), "{text}");
    }
    for text in ["6162", "who needs 6162?", "tcp 6162", ":6162"] {
        assert_eq!(of(text), Ok(Question::Port(port(6162))), "{text}");
    }
    let host = |direction| Question::Host { host: sql, direction, port: None };
    assert_eq!(of("sql01"), Ok(host(Direction::Both)));
    assert_eq!(of("sql01 ->"), Ok(host(Direction::Outbound)));
    assert_eq!(of("-> sql01"), Ok(host(Direction::Inbound)));
    for (text, message) in [
        ("", "name two hosts"),
        ("sql1 -> repo01", "there is no host \"sql1\" in the plan; did you mean \"sql01\"?"),
        ("99999", "port 99999 is out of range"),
    ] {
        let error = of(text).unwrap_err().to_string();
        assert!(error.contains(message), "{text}: {error}");
    }
    let found = host_named(plan, "10.0.8.7").unwrap();
    assert_eq!(found, (id(plan, "app7"), Some("10.0.8.7 is app7 here; it is also in lab".to_owned())));
    assert_eq!(
        host_named(plan, "10.0.8.99").unwrap(),
        (id(plan, "lab"), Some("10.0.8.99 is lab".to_owned()))
    );
}

/// What is proposed was tried; tried again here, by other means, it does what it says.
fn check_removals(plan: &Plan, from: HostId, to: HostId) -> Result<(), TestCaseError> {
    let question = Question::Pair { from, to, wanted: Wanted::All };
    let flows = Flows::new(catalogue(), plan);
    let (Answer::Pair(told), _) = answer(plan, &question) else { panic!() };
    for flow in &told.flows {
        let shape = flows.shape(flow.flow.shape);
        let (transport, ports) = (shape.transport, shape.ports.to_string());
        for proposal in &flow.removals {
            let mut changed = plan.clone();
            changed.apply(proposal.change.action.edit.clone()).unwrap();
            let left = asked(&changed, from, to);
            let stays = left.iter().any(|(_, other, at)| *other == transport && *at == ports);
            prop_assert!(!stays, "{}: {transport} {ports} stays: {left:?}", proposal.change.text);
        }
        for why in &flow.reasons {
            let all = flow.removals.iter().all(|of_flow| {
                why.removals.iter().any(|own| own.change.action.edit == of_flow.change.action.edit)
            });
            prop_assert!(all, "what takes the flow away takes each of its reasons");
        }
    }
    Ok(())
}

fn check_brings(plan: &Plan, from: HostId, to: HostId) -> Result<(), TestCaseError> {
    let (Answer::Pair(told), _) = answer(plan, &Question::Pair { from, to, wanted: Wanted::All }) else {
        panic!()
    };
    if !told.flows.is_empty() {
        return Ok(());
    }
    for group in &told.near.groups {
        prop_assert!(!group.lacks.is_empty());
        for proposal in &group.brings {
            let mut changed = plan.clone();
            changed.apply(proposal.change.action.edit.clone()).unwrap();
            prop_assert_eq!(proposal.change.making, Making::Ready);
            let there = asked(&changed, from, to);
            for near in &group.rules {
                let RuleRef::Catalogue(rule) = near.rule else { continue };
                let rule = &catalogue().rules()[rule].id;
                let comes = there.iter().any(|(id, _, _)| id == rule);
                prop_assert!(comes, "{} does not bring {rule}: {there:?}", proposal.change.text);
            }
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn every_proposed_removal_removes_the_flow(plan in plans(), from in 0usize..12, to in 0usize..12) {
        if let (Some(from), Some(to)) = (plan.hosts().get(from), plan.hosts().get(to)) {
            check_removals(&plan, from.id, to.id)?;
        }
    }

    #[test]
    fn every_proposed_change_brings_its_rules(plan in plans(), from in 0usize..12, to in 0usize..12) {
        if let (Some(from), Some(to)) = (plan.hosts().get(from), plan.hosts().get(to)) {
            check_brings(&plan, from.id, to.id)?;
        }
    }

    /// Counted over classes, or one by one: the same.
    #[test]
    fn hosts_and_ports_are_counted_right(plan in plans(), at in 0usize..12, wanted in proptest::sample::select(vec![22u16, 443, 2500, 6160, 6162, 1058])) {
        let flows = Flows::new(catalogue(), &plan);
        let rows = all(&flows, Grouping::Flow, SameHost::Hide);
        if let Some(host) = plan.hosts().get(at) {
            let question = Question::Host { host: host.id, direction: Direction::Both, port: None };
            let (Answer::Host(told), _) = answer(&plan, &question) else { panic!() };
            let out = rows.iter().filter(|row| flows.hosts()[row.from] == host.id).count() as u64;
            let into = rows.iter().filter(|row| flows.hosts()[row.to] == host.id).count() as u64;
            prop_assert_eq!(told.flows, (out, into));
        }
        let (Answer::Port(told), _) = answer(&plan, &Question::Port(port(wanted))) else { panic!() };
        let rules = all(&flows, Grouping::Rule, SameHost::Hide);
        let pairs: std::collections::BTreeSet<_> = rules
            .iter()
            .filter(|row| flows.shape(row.shape).ports.contains(port(wanted)))
            .map(|row| (row.from, row.to, flows.shape(row.shape).reasons[0]))
            .collect();
        let network = told.uses.iter().filter(|entry| entry.reach == portplan::catalogue::Reach::Network);
        prop_assert_eq!(network.map(|entry| entry.pairs).sum::<u64>(), pairs.len() as u64);
    }
}

#[test]
fn the_settings_of_one_host_are_proposed_for_that_host() {
    let mut draft = site();
    draft
        .host_with("sql02", Os::Windows, &["mssql-guest"], |host| set(host, "non-persistent-runtime", false));
    let (answer, text) = pair(&draft.0, "gip01", "sql02", Wanted::Port(port(445)));
    let brings: Vec<&str> = answer.near.groups.iter().flat_map(|group| texts(&group.brings)).collect();
    assert!(brings.contains(&"switch Non-persistent runtime on for sql02 alone"), "{text}");
    assert!(text.contains("sql02 has Non-persistent runtime off for itself"), "{text}");
}

#[test]
fn hosts_that_need_each_other_are_not_counted_with_themselves() {
    let mut draft = Draft::new();
    for name in ["w1", "w2", "w3"] {
        draft.host(name, Os::Linux, &["worker"]);
    }
    let (from, to) = (Party::Role(role("worker")), Party::Role(role("worker")));
    let purpose = "Workers gossip".parse().unwrap();
    draft.own_rule(OwnRule { from, to, transports: vec![Transport::Udp], ports: ports(&["7946"]), purpose });
    let question = Question::Host { host: id(&draft.0, "w2"), direction: Direction::Both, port: None };
    let (told, telling) = answer(&draft.0, &question);
    let Answer::Host(told) = told else { panic!() };
    assert_eq!(told.flows, (2, 2));
    let text = telling.text();
    assert!(text.contains("Out: 2 flows by 1 rule\n  to Worker: 2 hosts, w1 and w3\n    udp 7946: Workers gossip (own rule 1)"), "{text}");
    let (told, _) = answer(&draft.0, &Question::Port(port(7946)));
    let Answer::Port(told) = told else { panic!() };
    assert_eq!((told.uses.len(), told.uses[0].pairs), (1, 6));
}
