//! Reads rules back with parsers that share nothing with the writers, and compares what they open with what the
//! plan's flows ask for.

use std::collections::BTreeSet;

use portplan::catalogue::{Os, Transport};
use portplan::flows::{Grouping, Listing, SameHost};
use portplan::snippets::{Direction, Kind, Purpose, Selection, Target};
use proptest::prelude::*;

use super::opening::{Opening, Side, compare, covered, expected};
use super::plans::World;
use super::readers::{powershell, reader};

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

/// Writes the whole plan for every direction that the target knows, and compares.
fn check(world: &World, target: Target) {
    let Some(reader) = reader(target) else {
        assert_eq!(target.kind(), Kind::Table, "{target:?} has no reader");
        return;
    };
    for direction in target.directions() {
        let text = world.write(target, *direction, Purpose::Apply);
        let mut expected = expected(world, *direction, reader.systems, reader.names);
        expected.retain(|opening| {
            let six = [&opening.from, &opening.to].into_iter().any(|side| side.is_v6() == Some(true));
            reader.ipv6 || !six
        });
        compare(target.id(), &(reader.read)(&text), &expected);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn rules_open_exactly_what_the_flows_ask_for(
        hosts in prop::collection::vec((0..3_usize, 0..ROLES.len(), prop::collection::vec(0..ADDRESSES.len(), 0..4)), 1..7),
        own in prop::collection::vec((0..7_usize, 0..7_usize, 1..u16::MAX), 0..4),
    ) {
        let world = world(&hosts, &own);
        for target in Target::ALL {
            check(&world, target);
        }
    }
}

#[test]
fn the_comparison_notices_wider_and_missing_rules() {
    let rule = |net: &str, last| Opening {
        place: "h".to_owned(),
        from: Side::parse(net),
        to: Side::Here,
        transport: "tcp".to_owned(),
        ports: (445, last),
    };
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
    assert!(text.contains("RemoteAddress = @('0.0.0.0/1','128.0.0.0/1')"), "{text}");
    assert!(text.contains("RemoteAddress = @('::/1','8000::/1')"), "{text}");
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
    check(&world, Target::PowerShell);
    let rules = text.lines().filter(|line| line.contains("@{"));
    let names: Vec<String> = rules.map(|line| powershell::quoted(line, "Name")).collect();
    assert_eq!(names.len(), 3, "{names:?}");
    let removal = world.write(Target::PowerShell, Direction::Inbound, Purpose::Remove);
    for name in names {
        assert!(removal.contains(&format!("    '{name}'\n")), "{name} in {removal}");
    }
}

#[test]
fn more_ports_than_a_rule_holds_are_split_as_every_target_asks() {
    let mut world = World::new("Slots");
    let range = |at: u16| format!("{}-{}", 1_000 + at * 10, 1_000 + at * 10 + at % 2);
    let ports: Vec<String> = (0..40).map(range).collect();
    let ports: Vec<&str> = ports.iter().map(String::as_str).collect();
    let from = world.host("from", Os::Windows, "", &["10.0.0.1", "2001:db8::1"]);
    let to = world.host("to", Os::Linux, "", &["10.0.0.2", "2001:db8::2"]);
    world.own(from, to, Transport::Tcp, &ports, "many");
    for target in Target::ALL {
        check(&world, target);
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
    let read = reader(Target::Nftables).unwrap().read;
    assert_eq!(read(&text), read(&world.write(Target::Nftables, asked.0, asked.1)));
    assert!(text.contains("of a host to itself"), "{text}");
}
