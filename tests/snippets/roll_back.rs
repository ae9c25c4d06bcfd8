//! What snippets for firewalls with named objects make, use and delete, and in which order.

use std::collections::{BTreeMap, BTreeSet};

use portplan::catalogue::{Os, Transport};
use portplan::snippets::{Direction, Group, Purpose, Target};

use super::plans::{World, small};
use super::readers::reader;

const TARGETS: [Target; 5] =
    [Target::Fortigate, Target::CiscoAsa, Target::PaloAlto, Target::CheckPoint, Target::JuniperSrx];

/// The names of ours in a text, in order.
fn names(text: &str) -> Vec<String> {
    let words = text.split(|letter: char| !letter.is_ascii_alphanumeric() && letter != '-');
    words.filter_map(|word| Some(format!("VEEAM-{}", word.split_once("VEEAM-")?.1))).collect()
}

/// The commands of a text, each with the lines below it that belong to it.
fn commands(target: Target, text: &str) -> Vec<String> {
    let mut commands: Vec<String> = Vec::new();
    for line in text.lines().filter(|line| !line.trim_start().starts_with(['#', '!'])) {
        let inner = match target {
            Target::Fortigate => line.starts_with("        "),
            Target::CiscoAsa => line.starts_with(' '),
            _ => false,
        };
        match commands.last_mut() {
            Some(command) if inner => command.extend(["\n", line]),
            _ => commands.push(line.to_owned()),
        }
    }
    commands.retain(|command| command.contains("VEEAM-") && !command.contains("mgmt_cli login"));
    commands
}

/// What a command makes: its name, and the names that it uses. An entry of an access list has no name of its own.
fn made(target: Target, command: &str) -> (String, Vec<String>) {
    let mut names = names(command);
    match command.split_once(" extended ") {
        Some((_, entry)) if target == Target::CiscoAsa => (entry.to_owned(), names),
        _ => (names.remove(0), names),
    }
}

/// What is there after a snippet: every name, and what it uses.
fn applied(target: Target, text: &str) -> BTreeMap<String, BTreeSet<String>> {
    let mut there: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for command in commands(target, text).iter().filter(|command| !command.starts_with("delete ")) {
        let (name, used) = made(target, command);
        for name in &used {
            assert!(there.contains_key(name), "{target:?} uses {name} before it is made: {command}");
        }
        there.entry(name).or_default().extend(used);
    }
    there
}

/// A plan with both families, networks, DNS names, both transports and several ranges.
fn world() -> World {
    let mut world = World::new("Objects");
    let from =
        world.host("from", Os::Other, "", &["10.0.0.1", "2001:db8::1", "10.1.0.0/16", "x.example.org"]);
    let to = world.host("to", Os::Other, "", &["10.0.0.2", "2001:db8:1::/64", "y.example.org"]);
    for transport in [Transport::Tcp, Transport::Udp] {
        world.own(from, to, transport, &["445", "2500-3300", "49152-65535"], "data");
        world.own(to, from, transport, &["111"], "back");
    }
    world
}

#[test]
fn removing_deletes_all_that_was_made_and_nothing_that_is_in_use() {
    for (world, target) in [small(), world()].iter().flat_map(|world| TARGETS.map(|target| (world, target))) {
        let apply = world.write(target, Direction::Transit, Purpose::Apply);
        let remove = world.write(target, Direction::Transit, Purpose::Remove);
        let mut there = applied(target, &apply);
        assert!(there.len() > 10, "{there:#?}");
        for command in commands(target, &remove) {
            let (name, _) = made(target, &command);
            assert!(there.remove(&name).is_some(), "{target:?} deletes what is not there: {command}");
            let users: Vec<_> = there.iter().filter(|(_, used)| used.contains(&name)).collect();
            assert!(users.is_empty(), "{target:?} deletes {name}, which is in use: {users:?}");
        }
        assert_eq!(there, BTreeMap::new(), "{target:?} leaves something behind");
    }
}

#[test]
fn what_only_the_operator_knows_stands_where_an_unedited_line_is_refused() {
    // A placeholder of two words is one word too many for the command line. FortiGate has no such interface, and
    // the script for Check Point looks for its layer first.
    let cases = [
        (Target::CiscoAsa, "access-list ", "access-list <ACL NAME> "),
        (Target::PaloAlto, "set rulebase ", " from <FROM ZONE> to <TO ZONE> "),
        (Target::JuniperSrx, "set security policies ", " from-zone <FROM ZONE> to-zone <TO ZONE> "),
        (Target::CiscoIos, "ip access-list", "ACL NAME>"),
        (Target::CiscoIos, "ipv6 access-list", "ACL NAME>"),
        (Target::Fortigate, "        set srcintf ", "\"<SRC-INTF>\""),
        (Target::Fortigate, "        set dstintf ", "\"<DST-INTF>\""),
    ];
    let world = world();
    for (target, start, placeholder) in cases {
        let text = world.write(target, Direction::Transit, Purpose::Apply);
        let opening: Vec<&str> = text.lines().filter(|line| line.starts_with(start)).collect();
        assert!(!opening.is_empty() && opening.iter().all(|line| line.contains(placeholder)), "{text}");
    }
}

#[test]
fn many_addresses_and_ports_are_split_into_groups_and_lines_that_a_command_line_takes() {
    let mut world = World::new("Many");
    let many: Vec<String> = (0..700).map(|at| format!("10.0.{}.{}", at / 250, at % 250 + 1)).collect();
    let many: Vec<&str> = many.iter().map(String::as_str).collect();
    let from = world.host("many", Os::Other, "", &many);
    let [to, further] =
        ["10.1.0.1", "10.1.0.2"].map(|address| world.host(address, Os::Other, "", &[address]));
    world.own(from, to, Transport::Tcp, &["445"], "own");
    let ports: Vec<String> = (0..400).map(|at| (40_000 + 2 * at).to_string()).collect();
    world.own(to, further, Transport::Udp, &ports.iter().map(String::as_str).collect::<Vec<_>>(), "own");
    for target in Target::ALL.into_iter().filter(|target| target.group() == Group::NetworkFirewall) {
        let text = world.write(target, Direction::Transit, Purpose::Apply);
        let opened = (reader(target).unwrap().read)(&text);
        assert_eq!(opened.len(), 700 + 400, "{target:?}");
        // A shell reads a script as it is.
        let longest = text.lines().map(str::len).max().unwrap();
        assert!(target == Target::CheckPoint || longest < 1500, "{target:?}: {longest}");
    }
}

#[test]
fn emptying_a_list_is_warned_of_where_the_firewall_then_lets_more_pass() {
    let world = small();
    let warnings =
        [(Target::CiscoAsa, "it goes with its last entry"), (Target::CiscoIos, "lets everything pass")];
    for (target, warning) in warnings {
        let text = world.write(target, Direction::Transit, Purpose::Remove);
        assert!(text.contains(warning), "{text}");
    }
}
