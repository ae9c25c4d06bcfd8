//! What is written is read back, and looks as promised.

use portplan::catalogue::{OptionScope, Os, Ports, Transport};
use portplan::files::project;
use portplan::plan::host::HostSetting;
use portplan::plan::{
    Acknowledged, Address, Baseline, Edit, Host, HostName, OwnRule, Partners, Party, Plan, PlanName, Zone,
    actions,
};
use proptest::collection::{btree_map, btree_set, vec};
use proptest::prelude::*;
use proptest::sample::{Index, select};

use super::{catalogue, plain, read};

const DESIGN: &str = r#"
(
    format: 1,
    name: "Munich",
    edition: "2025-12",
    options: ["oracle", "file-level-restore", "guest-processing", "non-persistent-runtime"],
    hosts: [
        (name: "vbr01", os: windows, addresses: ["10.0.0.10"], roles: ["backup-server"], zone: "mgmt"),
        (name: "ora7", os: linux, addresses: ["10.0.8.0/24", "2001:db8:8::7"], roles: ["oracle-guest"],
         options: {"persistent-agent": true}, note: "RAC, two nodes"),
    ],
    ports: {"mongodb": [27018]},
    rules: [
        (from: host("vbr01"), to: role("mail-server"), transports: [tcp], ports: ["465"], purpose: "Site relay"),
    ],
)
"#;

#[test]
fn the_form_of_the_design_is_read_and_written() {
    let plan = read(DESIGN);
    assert_eq!(plan.hosts().len(), 2);
    assert_eq!(
        project::write(&plan, catalogue()),
        r#"(
    format: 1,
    name: "Munich",
    edition: "2025-12",
    options: ["oracle", "guest-processing", "file-level-restore", "non-persistent-runtime"],
    hosts: [
        (name: "vbr01", os: windows, addresses: ["10.0.0.10"], roles: ["backup-server"], zone: "mgmt"),
        (name: "ora7", os: linux, addresses: ["10.0.8.0/24", "2001:db8:8::7"], roles: ["oracle-guest"], options: {"persistent-agent": true}, note: "RAC, two nodes"),
    ],
    ports: {"mongodb": [27018]},
    rules: [
        (from: host("vbr01"), to: role("mail-server"), transports: [tcp], ports: ["465"], purpose: "Site relay"),
    ],
)
"#
    );
}

#[test]
fn missing_parts_have_defaults() {
    let plan = read(r#"(format: 1, name: "x", edition: "2025-12")"#);
    assert_eq!(plan.options(), catalogue().default_options());
    assert!(plan.hosts().is_empty() && plan.ports().is_empty() && plan.rules().is_empty());
    let plan = read(r#"(format: 1, name: "x", edition: "2025-12", options: [], hosts: [(name: "a")])"#);
    assert!(plan.options().is_empty());
    assert_eq!(plan.hosts()[0].os, Os::Other);
}

#[test]
fn windows_text_comments_and_explicit_options_are_read() {
    let expected = plain(&read(DESIGN));
    assert_eq!(plain(&read(&format!("\u{FEFF}{}", DESIGN.replace('\n', "\r\n")))), expected);
    assert_eq!(plain(&read(&DESIGN.replace("zone: \"mgmt\"", "/* \" */ zone: Some(r#\"mgmt\"#)"))), expected);
    assert_eq!(plain(&read(&format!("// \"(\n#![enable(implicit_some)]{DESIGN}"))), expected);
}

#[test]
fn rules_may_come_before_the_hosts_they_name() {
    let text = r#"(format: 1, rules: [(from: host("a"), to: host("b"), transports: [udp, tcp],
        ports: ["465", "or 2500-3300", "1058+"], purpose: "x")],
        hosts: [(name: "b"), (name: "a")], name: "x", edition: "2025-12", ports: {"smtp": ["26-28", 30]})"#;
    let plan = read(text);
    let rule = &plan.rules()[0];
    assert_eq!(rule.from, Party::Host(plan.hosts()[1].id));
    assert_eq!(rule.ports.to_string(), "465, 1058+ or 2500-3300");
    let written = project::write(&plan, catalogue());
    assert!(written.contains(r#"ports: {"smtp": ["26-28", 30]},"#), "{written}");
    assert!(written.contains(r#"ports: ["465", "1058+", "or 2500-3300"]"#), "{written}");
}

#[test]
fn long_lists_of_options_are_broken() {
    let catalogue = catalogue();
    let mut plan = Plan::new("x".parse().unwrap(), catalogue);
    plan.apply(Edit::Options(catalogue.options().keys().collect())).unwrap();
    let text = project::write(&plan, catalogue);
    assert!(text.lines().all(|line| line.len() <= 100), "{text}");
    assert_eq!(read(&text).options(), plan.options());
}

#[derive(Debug, Clone)]
struct Parts {
    name: String,
    options: Vec<bool>,
    hosts: Vec<HostParts>,
    ports: Vec<(Index, Vec<(u16, u16)>)>,
    rules: Vec<RuleParts>,
    later: Later,
}

/// What came with format 2.
#[derive(Debug, Clone)]
struct Later {
    zones: Vec<(String, Vec<String>)>,
    sites: Vec<(Index, String)>,
    host_ports: Vec<(Index, Index, u16)>,
    partners: Vec<(Index, Index)>,
    acknowledged: Vec<(Option<Index>, Option<String>, String)>,
    baselines: Vec<(String, Vec<Index>)>,
}

fn later() -> impl Strategy<Value = Later> {
    let network = select(vec!["10.0.0.0/8", "10.0.8.0/24", "2001:db8::/32", "192.0.2.1"]);
    let networks = vec(network.prop_map(str::to_owned), 0..3);
    (
        vec((words(), networks), 0..3),
        vec((any::<Index>(), words()), 0..3),
        vec((any::<Index>(), any::<Index>(), 1..=u16::MAX), 0..3),
        vec((any::<Index>(), any::<Index>()), 0..3),
        vec(
            (proptest::option::of(any::<Index>()), proptest::option::of("[a-z][a-z -]{0,9}[a-z]"), words()),
            0..3,
        ),
        vec((words(), vec(any::<Index>(), 0..3)), 0..3),
    )
        .prop_map(|(zones, sites, host_ports, partners, acknowledged, baselines)| Later {
            zones,
            sites,
            host_ports,
            partners,
            acknowledged,
            baselines,
        })
}

/// Baselines are the plan at this point without some of its hosts, which the plan then loses or keeps.
fn add_later(plan: &mut Plan, later: &Later) {
    let keys: Vec<_> = catalogue().custom_ports().keys().collect();
    let id = |plan: &Plan, at: &Index| at.get(plan.hosts()).id;
    let mut zones: Vec<Zone> = Vec::new();
    for (name, networks) in &later.zones {
        let Ok(name) = name.parse() else { continue };
        if zones.iter().all(|zone| zone.name != name) {
            let network = |text: &String| text.parse::<Address>().unwrap().network().unwrap();
            zones.push(Zone { name, networks: networks.iter().map(network).collect() });
        }
    }
    plan.apply(Edit::Zones(zones)).unwrap();
    for (at, site) in &later.sites {
        let mut host = plan.host(id(plan, at)).unwrap().clone();
        host.site = site.parse().ok();
        plan.apply(Edit::Replace(Box::new(host))).unwrap();
    }
    for (at, key, port) in &later.host_ports {
        let mut host = plan.host(id(plan, at)).unwrap().clone();
        host.ports.insert(*key.get(&keys), [port.to_string().parse().unwrap()].into_iter().collect());
        plan.apply(Edit::Replace(Box::new(host))).unwrap();
    }
    let mut partners: Vec<Partners> = Vec::new();
    for (one, other) in &later.partners {
        let (host, partner) = (id(plan, one), id(plan, other));
        if host != partner && partners.iter().all(|pair| pair.of(host) != Some(partner)) {
            partners.push(Partners { host, partner });
        }
    }
    plan.apply(Edit::Partners(partners)).unwrap();
    let acknowledged = later.acknowledged.iter().map(|(host, about, reason)| Acknowledged {
        check: "no-address".parse().unwrap(),
        host: host.as_ref().map(|at| id(plan, at)),
        about: about.as_deref().map(|about| about.parse().unwrap()),
        reason: reason.parse().unwrap(),
    });
    let acknowledged = acknowledged.collect();
    plan.apply(Edit::Acknowledged(acknowledged)).unwrap();
    let mut baselines: Vec<Baseline> = Vec::new();
    for (name, gone) in &later.baselines {
        let Ok(name) = name.parse::<PlanName>() else { continue };
        if baselines.iter().all(|baseline| *baseline.name() != name) {
            baselines.push(Baseline::new(name, plan));
            for at in gone {
                if plan.hosts().len() > 1 {
                    let action = actions::remove_host(plan, id(plan, at)).unwrap();
                    plan.apply(action.edit).unwrap();
                }
            }
        }
    }
    plan.apply(Edit::Baselines(baselines)).unwrap();
}

#[derive(Debug, Clone)]
struct HostParts {
    name: String,
    os: Os,
    addresses: Vec<String>,
    roles: Vec<Index>,
    zone: Option<String>,
    options: Vec<(Index, HostSetting)>,
    note: Option<String>,
}

#[derive(Debug, Clone)]
struct RuleParts {
    ends: [(bool, Index); 2],
    transports: Vec<Transport>,
    ports: Vec<(u16, u16, u8)>,
    purpose: String,
}

fn words() -> impl Strategy<Value = String> {
    "[\\PC \"'\\\\#/*()\\[\\]{},:]{1,60}"
        .prop_filter("a name is not blank", |text| text.parse::<portplan::plan::Note>().is_ok())
}

fn address() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<std::net::Ipv4Addr>().prop_map(|ip| ip.to_string()),
        any::<std::net::Ipv6Addr>().prop_map(|ip| ip.to_string()),
        (any::<std::net::Ipv4Addr>(), 0..=32_u8)
            .prop_map(|(ip, length)| ipnet::Ipv4Net::new(ip, length).unwrap().trunc().to_string()),
        (any::<std::net::Ipv6Addr>(), 0..=128_u8)
            .prop_map(|(ip, length)| ipnet::Ipv6Net::new(ip, length).unwrap().trunc().to_string()),
        "[a-zA-Z][a-zA-Z0-9_]{0,20}(\\.[a-z]{1,9}){0,3}\\.?",
    ]
}

fn host() -> impl Strategy<Value = HostParts> {
    let setting = select(vec![HostSetting::On, HostSetting::Off]);
    (
        "[\\p{L}\\p{Nd}._-]{1,30}"
            .prop_filter("some letters are invisible", |name| name.parse::<HostName>().is_ok()),
        select(Os::ALL.to_vec()),
        vec(address(), 0..4),
        vec(any::<Index>(), 0..5),
        proptest::option::of(words()),
        vec((any::<Index>(), setting), 0..4),
        proptest::option::of(words()),
    )
        .prop_map(|(name, os, addresses, roles, zone, options, note)| HostParts {
            name,
            os,
            addresses,
            roles,
            zone,
            options,
            note,
        })
}

fn rule() -> impl Strategy<Value = RuleParts> {
    (
        any::<[(bool, Index); 2]>(),
        btree_set(select(vec![Transport::Tcp, Transport::Udp]), 1..=2),
        vec((1..=u16::MAX, 1..=u16::MAX, 0..3_u8), 1..5),
        words(),
    )
        .prop_map(|(ends, transports, ports, purpose)| RuleParts {
            ends,
            transports: transports.into_iter().collect(),
            ports,
            purpose,
        })
}

fn parts() -> impl Strategy<Value = Parts> {
    let ports = vec((any::<Index>(), vec((1..=u16::MAX, 1..=u16::MAX), 1..4)), 0..4);
    let hosts = btree_map("[a-z]{8}", host(), 1..12).prop_map(|hosts| {
        // The key makes the names differ.
        hosts
            .into_iter()
            .map(|(key, host)| HostParts { name: format!("{}{key}", host.name), ..host })
            .collect()
    });
    (words(), vec(any::<bool>(), 32), hosts, ports, vec(rule(), 0..4), later()).prop_map(
        |(name, options, hosts, ports, rules, later)| Parts { name, options, hosts, ports, rules, later },
    )
}

fn token(from: u16, to: u16, kind: u8) -> String {
    let (low, high) = (from.min(to), from.max(to));
    match kind {
        0 => format!("{low}-{high}"),
        1 => format!("{low}+"),
        _ => format!("or {low}-{high}"),
    }
}

fn plan(parts: &Parts) -> Plan {
    let catalogue = catalogue();
    let roles: Vec<_> = catalogue.roles().keys().collect();
    let keys: Vec<_> = catalogue.custom_ports().keys().collect();
    let own: Vec<_> = catalogue
        .options()
        .iter()
        .filter(|(_, option)| option.scope == OptionScope::Host)
        .map(|(id, _)| id)
        .collect();
    let mut plan = Plan::new(parts.name.parse().unwrap(), catalogue);
    let on = catalogue.options().keys().zip(&parts.options).filter(|(_, on)| **on).map(|(option, _)| option);
    plan.apply(Edit::Options(on.collect())).unwrap();
    let mut hosts = Vec::new();
    for parts in &parts.hosts {
        let mut host = Host::new(plan.fresh_id(), parts.name.parse().unwrap());
        host.os = parts.os;
        host.addresses = parts.addresses.iter().map(|address| address.parse().unwrap()).collect();
        host.roles = parts.roles.iter().map(|at| *at.get(&roles)).collect();
        host.zone = parts.zone.as_deref().and_then(|zone| zone.parse().ok());
        host.note = parts.note.as_deref().and_then(|note| note.parse().ok());
        for (at, setting) in &parts.options {
            host.options = host.options.with(*at.get(&own), *setting);
        }
        hosts.push(host);
    }
    plan.extend(hosts).unwrap();
    for (at, ranges) in &parts.ports {
        let ports = ranges.iter().map(|(from, to)| token(*from, *to, 0).parse().unwrap()).collect();
        plan.apply(Edit::Ports { key: *at.get(&keys), ports: Some(ports) }).unwrap();
    }
    let party = |(is_host, at): (bool, Index)| {
        if is_host { Party::Host(at.get(plan.hosts()).id) } else { Party::Role(*at.get(&roles)) }
    };
    let rules = parts
        .rules
        .iter()
        .map(|rule| OwnRule {
            from: party(rule.ends[0]),
            to: party(rule.ends[1]),
            transports: rule.transports.clone(),
            ports: rule
                .ports
                .iter()
                .map(|(from, to, kind)| token(*from, *to, *kind).parse().unwrap())
                .collect::<Ports>(),
            purpose: rule.purpose.parse().unwrap(),
        })
        .collect();
    plan.apply(Edit::Rules(rules)).unwrap();
    add_later(&mut plan, &parts.later);
    plan
}

proptest! {
    #[test]
    fn what_is_written_is_read_back(parts in parts()) {
        let catalogue = catalogue();
        let plan = plan(&parts);
        let text = project::write(&plan, catalogue);
        let again = project::read(&text, catalogue).map_err(|error| TestCaseError::fail(format!("{error}\n{text}")))?;
        prop_assert_eq!(plain(&again), plain(&plan));
        prop_assert!(again.says_the_same(&plan) && plan.says_the_same(&again), "{}", text);
        prop_assert_eq!(project::write(&again, catalogue), text);
    }
}

#[test]
fn ten_thousand_hosts_are_read_back_quickly() {
    let catalogue = catalogue();
    let mut plan = Plan::new("Large".parse().unwrap(), catalogue);
    let mut hosts = Vec::new();
    for number in 0..10_000_u32 {
        let mut host = Host::new(plan.fresh_id(), format!("host-{number:05}").parse().unwrap());
        host.os = Os::Linux;
        host.addresses = vec![std::net::Ipv4Addr::from(0x0A00_0000 + number).to_string().parse().unwrap()];
        host.roles = [catalogue.role("oracle-guest").unwrap(), catalogue.role("worker").unwrap()]
            .into_iter()
            .collect();
        host.zone = Some("backup".parse().unwrap());
        hosts.push(host);
    }
    plan.extend(hosts).unwrap();
    let start = std::time::Instant::now();
    let text = project::write(&plan, catalogue);
    let written = start.elapsed();
    let start = std::time::Instant::now();
    let again = read(&text);
    let taken = start.elapsed();
    println!("{} bytes, written in {written:?}, read in {taken:?}", text.len());
    assert_eq!(plain(&again), plain(&plan));
    if !cfg!(debug_assertions) {
        assert!(written.as_millis() < 100 && taken.as_millis() < 100, "{written:?} {taken:?}");
    }
}
