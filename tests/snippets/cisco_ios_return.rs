//! Access lists without state: what goes back.

use std::panic::catch_unwind;

use portplan::catalogue::{Os, Transport};
use portplan::snippets::{Direction, Purpose, Selection, SnippetError, Target};

use super::opening::Opening;
use super::plans::{World, small};
use super::readers::cisco_ios::{both, mirrored, read};

fn world() -> World {
    let mut world = World::new("Ways");
    let from = world.host("from", Os::Other, "", &["10.0.0.1", "10.1.0.0/16", "2001:db8::1"]);
    let to = world.host("to", Os::Other, "", &["10.0.0.2", "2001:db8:1::/64"]);
    world.own(from, to, Transport::Tcp, &["445", "or 2500-3300"], "data");
    world.own(from, to, Transport::Udp, &["111", "or 40000-40010"], "names");
    world
}

#[test]
fn the_return_lists_are_exactly_the_mirror() {
    for world in [small(), world()] {
        let text = world.write(Target::CiscoIos, Direction::Transit, Purpose::Apply);
        let [forward, back] = both(&text);
        assert!(!forward.is_empty());
        assert_eq!(mirrored(&forward), back);
    }
    let [_, back] = both(&world().write(Target::CiscoIos, Direction::Transit, Purpose::Apply));
    let is_v6 = |opening: &&Opening| opening.from.is_v6() == Some(true);
    let of = |transport| back.iter().filter(move |opening| opening.transport == transport);
    for transport in ["tcp", "udp"] {
        // Two ports, and three pairs of addresses: two of IPv4 and one of IPv6.
        assert_eq!((of(transport).count(), of(transport).filter(is_v6).count()), (6, 2), "{transport}");
    }
}

#[test]
fn a_list_that_is_not_the_mirror_is_noticed() {
    let text = world().write(Target::CiscoIos, Direction::Transit, Purpose::Apply);
    let wrong = [
        (
            "permit tcp host 10.0.0.2 eq 445 host 10.0.0.1 established",
            "permit tcp host 10.0.0.2 eq 446 host 10.0.0.1 established",
        ),
        (
            "permit tcp host 10.0.0.2 eq 445 host 10.0.0.1 established",
            "permit tcp host 10.0.0.2 eq 445 host 10.0.0.1",
        ),
        ("permit udp host 10.0.0.2 eq 111 host 10.0.0.1", "permit udp host 10.0.0.2 host 10.0.0.1 eq 111"),
        ("10.1.0.0 0.0.255.255", "10.1.0.0 255.255.0.0"),
        (" permit udp host 10.0.0.2 eq 111 host 10.0.0.1\n", ""),
        (" exit\n", ""),
    ];
    for (right, wrong) in wrong {
        assert!(text.contains(right), "{text}");
        let wrong = text.replacen(right, wrong, 1);
        assert!(catch_unwind(|| read(&wrong)).is_err(), "not noticed: {wrong}");
    }
}

#[test]
fn the_roll_back_takes_the_same_entries_out_of_the_same_lists() {
    let entries = |purpose| -> Vec<String> {
        let text = world().write(Target::CiscoIos, Direction::Transit, purpose);
        let lines = text.lines().filter(|line| !line.is_empty() && !line.trim_start().starts_with('!'));
        lines.map(|line| line.replace(" no permit ", " permit ")).collect()
    };
    let removed = world().write(Target::CiscoIos, Direction::Transit, Purpose::Remove);
    assert_eq!(entries(Purpose::Apply), entries(Purpose::Remove));
    assert_eq!(removed.matches(" permit ").count(), removed.matches(" no permit ").count());
    assert!(removed.contains("have no names") && !removed.contains("exact name"), "{removed}");
}

#[test]
fn an_entry_that_two_rules_need_stands_in_a_list_once() {
    let mut world = World::new("Twice");
    let from = world.host("from", Os::Other, "", &["10.0.0.1"]);
    let to = world.host("to", Os::Other, "", &["10.0.0.2"]);
    let further = world.host("further", Os::Other, "", &["10.0.0.2", "10.0.0.3"]);
    world.own(from, to, Transport::Tcp, &["445"], "one");
    world.own(from, further, Transport::Tcp, &["445", "450"], "two");
    let text = world.write(Target::CiscoIos, Direction::Transit, Purpose::Apply);
    assert_eq!(text.matches(" permit tcp host 10.0.0.1 host 10.0.0.2 eq 445\n").count(), 1, "{text}");
    assert_eq!(read(&text).len(), 4, "{text}");
}

#[test]
fn more_entries_than_a_list_can_hold_are_refused_with_a_way_out() {
    let many: Vec<String> = (0..300).map(|at| format!("10.0.{}.{}", at / 250, at % 250 + 1)).collect();
    let many: Vec<&str> = many.iter().map(String::as_str).collect();
    let write = |ports: &[&str]| {
        let mut world = World::new("Many");
        let from = world.host("from", Os::Other, "", &many);
        let to = world.host("to", Os::Other, "", &many[..100]);
        world.own(from, to, Transport::Tcp, ports, "own");
        let flows = world.flows();
        let listing = World::all(&flows);
        let asked = (Direction::Transit, Purpose::Apply);
        world.try_write(&flows, Selection::Listing(&listing), "whole plan", Target::CiscoIos, asked)
    };
    assert!(write(&["445"]).is_ok());
    let refusal = write(&["445", "450"]).unwrap_err();
    assert_eq!(refusal, SnippetError::TooManyEntries { target: "Cisco IOS", found: 60_000, most: 50_000 });
    assert!(refusal.to_string().contains("cisco-asa"), "{refusal}");
}
