//! Reads rules back with parsers that share nothing with the writers, and compares what they open with what the
//! plan's flows ask for.

use std::collections::BTreeSet;

use ipnet::IpNet;
use portplan::catalogue::{Key, Os, Transport};
use portplan::flows::{Grouping, Listing, SameHost};
use portplan::plan::{Address, Host};
use portplan::snippets::{Direction, Purpose, Selection, Target};
use proptest::prelude::*;

use super::plans::{World, rows};

/// One opening: where the rule stands, source, destination (`here` for the host itself), transport, first and last port.
type Opening = (String, String, String, String, u16, u16);

/// What stands between a field's name, `open` included, and `close`.
fn field<'a>(line: &'a str, name: &str, open: &str, close: char) -> &'a str {
    let (_, rest) =
        line.split_once(&format!(" {name} = {open}")).unwrap_or_else(|| panic!("no {name}: {line}"));
    rest.split(close).next().unwrap()
}

fn quoted(line: &str, name: &str) -> String {
    field(line, name, "'", '\'').to_owned()
}

fn quoted_list(line: &str, name: &str) -> Vec<String> {
    field(line, name, "@(", ')').split(',').map(|item| item.trim_matches('\'').to_owned()).collect()
}

fn edges(text: &str) -> (u16, u16) {
    let (from, to) = text.split_once('-').unwrap_or((text, text));
    (from.parse().unwrap(), to.parse().unwrap())
}

fn canonical(net: &str) -> String {
    net.parse::<IpNet>()
        .or_else(|_| net.parse::<std::net::IpAddr>().map(IpNet::from))
        .unwrap_or_else(|_| panic!("{net}"))
        .to_string()
}

fn place(line: &str) -> Option<String> {
    let rest = line.strip_prefix("# run on ")?;
    let rest = rest.strip_prefix("every host of ").unwrap_or(rest);
    Some(rest.split([' ', ':']).next().unwrap().to_owned())
}

pub fn powershell(text: &str) -> BTreeSet<Opening> {
    let mut openings = BTreeSet::new();
    let mut host = String::new();
    for line in text.lines() {
        host = place(line).unwrap_or(host);
        if !line.trim_start().starts_with("@{") {
            continue;
        }
        let inbound = quoted(line, "Direction") == "Inbound";
        assert_eq!(inbound, line.contains(" LocalPort = "), "{line}");
        let ports = quoted_list(line, if inbound { "LocalPort" } else { "RemotePort" });
        for net in quoted_list(line, "RemoteAddress") {
            for port in &ports {
                let (from, to) = edges(port);
                let (here, net) = ("here".to_owned(), canonical(&net));
                let (source, target) = if inbound { (net, here) } else { (here, net) };
                let transport = quoted(line, "Protocol").to_lowercase();
                openings.insert((host.clone(), source, target, transport, from, to));
            }
        }
    }
    openings
}

/// Takes a single word or a `{ a, b }` list off the front of the words.
fn set<'a>(words: &mut impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    let first = words.next().unwrap();
    if first != "{" {
        return vec![first];
    }
    words.take_while(|word| *word != "}").map(|word| word.trim_end_matches(',')).collect()
}

pub fn nftables(text: &str) -> BTreeSet<Opening> {
    let mut openings = BTreeSet::new();
    let mut host = String::new();
    for line in text.lines() {
        host = place(line).unwrap_or(host);
        let Some(rule) = line.strip_prefix("add rule inet filter ") else { continue };
        let mut words = rule.split(' ').skip(1);
        let (mut source, mut target) = (vec!["here".to_owned()], vec!["here".to_owned()]);
        let (transport, ports) = loop {
            match (words.next().unwrap(), words.next().unwrap()) {
                (family @ ("ip" | "ip6"), field) => {
                    let nets = set(&mut words);
                    assert!(nets.iter().all(|net| net.contains(':') == (family == "ip6")), "{line}");
                    let nets = nets.into_iter().map(canonical).collect();
                    if field == "saddr" { source = nets } else { target = nets }
                }
                (transport, "dport") => break (transport, set(&mut words)),
                other => panic!("{other:?} in {line}"),
            }
        };
        assert_eq!(words.take(3).collect::<Vec<_>>(), ["counter", "accept", "comment"], "{line}");
        for source in &source {
            for target in &target {
                for port in &ports {
                    let (from, to) = edges(port);
                    openings.insert((
                        host.clone(),
                        source.clone(),
                        target.clone(),
                        transport.to_owned(),
                        from,
                        to,
                    ));
                }
            }
        }
    }
    openings
}

fn nets(host: &Host) -> Vec<IpNet> {
    host.addresses.iter().filter_map(Address::network).collect()
}

/// What the plan asks for, straight from its flows.
fn expected(world: &World, direction: Direction, os: Os) -> BTreeSet<Opening> {
    let flows = world.flows();
    let mut openings = BTreeSet::new();
    for flow in rows(&flows) {
        let host = |at: portplan::flows::HostIx| &world.plan.hosts()[at.position()];
        let (from, to) = (host(flow.from), host(flow.to));
        let shape = flows.shape(flow.shape);
        let here = vec![None];
        let some = |host: &Host| nets(host).into_iter().map(Some).collect::<Vec<_>>();
        let (place, sources, targets) = match direction {
            Direction::Inbound => (Some(to), some(from), here),
            Direction::Outbound => (Some(from), here, some(to)),
            Direction::Transit => (None, some(from), some(to)),
        };
        if place.is_some_and(|place| place.os != os) {
            continue;
        }
        let place = place.map_or("the".to_owned(), |host| host.name.to_string());
        let text = |net: &Option<IpNet>| net.map_or("here".to_owned(), |net| net.to_string());
        for source in &sources {
            for target in &targets {
                if let (Some(source), Some(target)) = (source, target)
                    && source.addr().is_ipv4() != target.addr().is_ipv4()
                {
                    continue;
                }
                for range in shape.ports.to_open().ranges() {
                    let (first, last) = (range.from().number(), range.to().number());
                    let transport = shape.transport.to_string();
                    openings.insert((place.clone(), text(source), text(target), transport, first, last));
                }
            }
        }
    }
    openings
}

/// Whether what `opening` lets pass is let pass by one of `all`, whose networks may be wider.
fn covered(opening: &Opening, all: &BTreeSet<Opening>) -> bool {
    let inside = |inner: &str, outer: &str| {
        inner == outer
            || matches!((inner.parse::<IpNet>(), outer.parse::<IpNet>()), (Ok(inner), Ok(outer)) if outer.contains(&inner))
    };
    all.iter().any(|other| {
        other.0 == opening.0
            && inside(&opening.1, &other.1)
            && inside(&opening.2, &other.2)
            && other.3 == opening.3
            && other.4 <= opening.4
            && opening.5 <= other.5
    })
}

fn compare(what: &str, written: &BTreeSet<Opening>, expected: &BTreeSet<Opening>) {
    for opening in written {
        assert!(covered(opening, expected), "{what}: opened, but no flow asks for it: {opening:?}");
    }
    for opening in expected {
        assert!(covered(opening, written), "{what}: a flow asks for it, but it is not opened: {opening:?}");
    }
}

const ADDRESSES: [&str; 12] = [
    "10.0.0.1",
    "10.0.0.2",
    "10.0.0.0/24",
    "10.0.0.0/25",
    "10.0.1.0/24",
    "192.0.2.7",
    "2001:db8::1",
    "2001:db8::/64",
    "2001:db8:1::9",
    "host.example.org",
    "172.16.0.0/12",
    "fd00::/8",
];

const ROLES: [&str; 12] = [
    "backup-server",
    "worker",
    "backup-repository",
    "gateway-server",
    "mount-server",
    "guest-interaction-proxy",
    "log-shipping-server",
    "oracle-guest",
    "mssql-guest",
    "mongodb-server",
    "mail-server",
    "ahv-cluster",
];

type Draft = (usize, usize, Vec<usize>);

fn world(hosts: &[Draft], own: &[(usize, usize, u16)]) -> World {
    let mut world = World::new("Property");
    let ids: Vec<_> = hosts
        .iter()
        .enumerate()
        .map(|(at, (os, role, addresses))| {
            let addresses: BTreeSet<&str> = addresses.iter().map(|at| ADDRESSES[*at]).collect();
            let addresses: Vec<&str> = addresses.into_iter().collect();
            world.host(&format!("h{at}"), Os::ALL[*os], ROLES[*role], &addresses)
        })
        .collect();
    for (from, to, port) in own {
        let (from, to) = (ids[from % ids.len()], ids[to % ids.len()]);
        world.own(from, to, Transport::Udp, &[&port.to_string(), "or 40000-40010"], "own");
    }
    world
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn rules_open_exactly_what_the_flows_ask_for(
        hosts in prop::collection::vec((0..3_usize, 0..ROLES.len(), prop::collection::vec(0..ADDRESSES.len(), 0..4)), 1..7),
        own in prop::collection::vec((0..7_usize, 0..7_usize, 1..u16::MAX), 0..4),
    ) {
        let world = world(&hosts, &own);
        for direction in Direction::ALL {
            let text = world.write(Target::Nftables, direction, Purpose::Apply);
            compare("nftables", &nftables(&text), &expected(&world, direction, Os::Linux));
            if direction != Direction::Transit {
                let text = world.write(Target::PowerShell, direction, Purpose::Apply);
                compare("powershell", &powershell(&text), &expected(&world, direction, Os::Windows));
            }
        }
    }
}

#[test]
fn the_comparison_notices_wider_and_missing_rules() {
    let rule =
        |net: &str, last| ("h".to_owned(), net.to_owned(), "here".to_owned(), "tcp".to_owned(), 445, last);
    let asked = BTreeSet::from([rule("10.0.0.0/24", 450)]);
    for wrong in [rule("10.0.0.0/23", 450), rule("10.0.0.0/24", 451), rule("10.0.1.0/24", 450)] {
        assert!(!covered(&wrong, &asked), "{wrong:?}");
    }
    assert!(covered(&rule("10.0.0.5/32", 445), &asked));
}

#[test]
fn a_network_without_a_prefix_becomes_its_halves() {
    let mut world = World::new("Halves");
    let any = world.host("any", Os::Other, "", &["0.0.0.0/0", "::/0", "10.0.0.1", "::ffff:192.0.2.1"]);
    let win = world.host("win", Os::Windows, "", &[]);
    world.own(any, win, Transport::Tcp, &["445"], "own");
    let text = world.write(Target::PowerShell, Direction::Inbound, Purpose::Apply);
    assert!(text.contains("RemoteAddress = @('0.0.0.0/1','128.0.0.0/1','::/1','8000::/1')"), "{text}");
}

#[test]
fn a_rule_with_very_many_addresses_is_split_for_windows_and_removed_again() {
    let mut world = World::new("Many");
    let many: Vec<String> = (0..2_500).map(|at| format!("10.0.{}.{}", at / 250, at % 250 + 1)).collect();
    let many: Vec<&str> = many.iter().map(String::as_str).collect();
    let from = world.host("many", Os::Other, "", &many);
    let win = world.host("win", Os::Windows, "", &[]);
    world.own(from, win, Transport::Tcp, &["445"], "own");
    let text = world.write(Target::PowerShell, Direction::Inbound, Purpose::Apply);
    compare("powershell", &powershell(&text), &expected(&world, Direction::Inbound, Os::Windows));
    let names: Vec<String> =
        text.lines().filter(|line| line.contains("@{")).map(|line| quoted(line, "Name")).collect();
    assert_eq!(names.len(), 3, "{names:?}");
    let removal = world.write(Target::PowerShell, Direction::Inbound, Purpose::Remove);
    for name in names {
        assert!(removal.contains(&format!("    '{name}'\n")), "{name} in {removal}");
    }
}

#[test]
fn rows_by_rule_and_same_host_rows_open_nothing_more() {
    let hosts: Vec<Draft> = (0..ROLES.len()).map(|at| (at % 2, at, vec![at % ADDRESSES.len(), 0])).collect();
    let world = world(&hosts, &[(0, 1, 99)]);
    let flows = world.flows();
    let listing = Listing::new(&flows, Grouping::Rule, SameHost::Show, None);
    assert!(listing.len() > World::all(&flows).len());
    let asked = (Direction::Transit, Purpose::Apply);
    let selection = Selection::Listing(&listing);
    let text = world.try_write(&flows, selection, "by rule", Target::Nftables, asked).unwrap();
    assert_eq!(nftables(&text), nftables(&world.write(Target::Nftables, asked.0, asked.1)));
    assert!(text.contains("of a host to itself"), "{text}");
}
