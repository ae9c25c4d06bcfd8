//! Which flows a snippet is written for: zone pairs, changes since a baseline, and what stays where it is meanwhile.

use std::collections::BTreeSet;

use portplan::catalogue::{Os, PortItem, Transport};
use portplan::flows::{FlowRef, Flows, Since};
use portplan::plan::{Edit, OwnRule, Party};
use portplan::snippets::{Direction, Kind, New, Purpose, Selection, Target, ZonePair};

use super::plans::{World, rows};

/// Two hosts in each of two zones and one without; everyone reaches everyone at 445, and 22 within the first zone.
fn zoned() -> World {
    let mut world = World::new("Zones");
    let mut hosts = Vec::new();
    for (at, zone) in ["lan", "lan", "dmz", "dmz", ""].into_iter().enumerate() {
        let id = world.host(&format!("h{at}"), Os::Linux, "", &[&format!("10.0.{at}.1")]);
        let mut host = world.plan.host(id).unwrap().clone();
        host.zone = zone.parse().ok();
        world.plan.apply(Edit::Replace(Box::new(host))).unwrap();
        hosts.push(id);
    }
    for from in &hosts {
        for to in hosts.iter().filter(|to| *to != from) {
            world.own(*from, *to, Transport::Tcp, &["445"], "all");
        }
    }
    world.own(hosts[0], hosts[1], Transport::Tcp, &["22"], "near");
    world
}

fn chosen(flows: &Flows, selection: Selection<'_>) -> Vec<FlowRef> {
    let mut chosen = Vec::new();
    selection
        .each(flows, |flow| {
            chosen.push(flow);
            Ok::<(), std::convert::Infallible>(())
        })
        .unwrap();
    assert_eq!(selection.len(flows), chosen.len() as u64);
    chosen
}

#[test]
fn a_zone_pair_is_every_flow_from_one_zone_to_the_other() {
    let mut world = zoned();
    // Hosts that look alike, and reach each other by role: a host is never its own peer.
    let worker = Party::Role(world.catalogue.role("worker").unwrap());
    for mut host in world.plan.hosts().to_vec() {
        host.roles = host.roles.with(world.catalogue.role("worker").unwrap());
        world.plan.apply(Edit::Replace(Box::new(host))).unwrap();
    }
    let (ports, purpose) = (["99".parse::<PortItem>().unwrap()].into_iter().collect(), "x".parse().unwrap());
    let rule = OwnRule { from: worker, to: worker, transports: vec![Transport::Udp], ports, purpose };
    let rules = world.plan.rules().iter().cloned().chain([rule]).collect();
    world.plan.apply(Edit::Rules(rules)).unwrap();
    let flows = world.flows();
    let zone = |flow: &FlowRef, from: bool| {
        let at = if from { flow.from } else { flow.to };
        world.plan.host(flows.hosts()[at]).unwrap().zone.clone()
    };
    let zones = ["lan", "dmz", ""].map(|zone| zone.parse().ok());
    for from in &zones {
        for to in &zones {
            let pair = ZonePair::new(&world.plan, &flows, from.as_ref(), to.as_ref());
            let found: BTreeSet<FlowRef> = chosen(&flows, Selection::Zones(&pair)).into_iter().collect();
            let wanted =
                rows(&flows).into_iter().filter(|flow| zone(flow, true) == *from && zone(flow, false) == *to);
            assert_eq!(found, wanted.collect(), "{from:?} {to:?}");
        }
    }
}

fn write(world: &World, pair: (&str, &str), purpose: Purpose) -> String {
    let flows = world.flows();
    let (from, to) = (pair.0.parse().ok(), pair.1.parse().ok());
    let zones = ZonePair::new(&world.plan, &flows, from.as_ref(), to.as_ref());
    let asked = (Direction::Transit, purpose);
    world.try_write(&flows, Selection::Zones(&zones), &zones.words(), Target::Fortigate, asked).unwrap()
}

/// The names of objects that are created or deleted.
fn names(text: &str) -> BTreeSet<String> {
    let names = text
        .lines()
        .filter(|line| ["edit", "delete", "set name"].iter().any(|word| line.trim().starts_with(word)));
    names
        .filter_map(|line| Some(line.split("VEEAM-").nth(1)?.trim_end_matches(['"', '>']).to_owned()))
        .collect()
}

#[test]
fn the_objects_of_zone_pairs_are_apart_and_a_roll_back_names_them_all() {
    let world = zoned();
    let (out, back) =
        (write(&world, ("lan", "dmz"), Purpose::Apply), write(&world, ("dmz", "lan"), Purpose::Apply));
    assert!(out.contains("Scope: zone lan to zone dmz."), "{out}");
    assert!(names(&out).is_disjoint(&names(&back)), "deleting one pair's objects must not break the other's");
    assert_eq!(names(&out), names(&write(&world, ("lan", "dmz"), Purpose::Remove)));
    let whole = world.write(Target::Fortigate, Direction::Transit, Purpose::Apply);
    assert!(names(&out).is_disjoint(&names(&whole)));
    // Another host in a zone is another member, not another policy.
    let mut more = zoned();
    let id = more.host("h9", Os::Linux, "", &["10.0.9.1"]);
    let mut host = more.plan.host(id).unwrap().clone();
    host.zone = "dmz".parse().ok();
    more.plan.apply(Edit::Replace(Box::new(host))).unwrap();
    for from in ["h0", "h1"] {
        let from = more.plan.host_named(from).unwrap().id;
        more.own(from, id, Transport::Tcp, &["445"], "all");
    }
    let gone: Vec<String> =
        names(&out).difference(&names(&write(&more, ("lan", "dmz"), Purpose::Apply))).cloned().collect();
    assert_eq!(gone, Vec::<String>::new());
}

#[test]
fn what_is_new_since_a_baseline_is_told_by_names_and_ports() {
    let before = zoned();
    let mut after = World::new("Zones");
    // The hosts stand in another order and so have other ids; h4 is gone, h7 is new.
    let hosts: Vec<_> = ["h7", "h3", "h2", "h1", "h0"]
        .iter()
        .map(|name| after.host(name, Os::Linux, "", &["10.0.0.1"]))
        .collect();
    after.own(hosts[3], hosts[2], Transport::Tcp, &["445"], "as before");
    after.own(hosts[3], hosts[2], Transport::Udp, &["445"], "another transport");
    after.own(hosts[3], hosts[1], Transport::Tcp, &["446"], "another port");
    after.own(hosts[0], hosts[1], Transport::Tcp, &["445"], "another host");
    let (old, new) = (before.flows(), after.flows());
    let since = Since::new(&before.plan, &old, &after.plan);
    let all = World::all(&new);
    let among = Selection::Listing(&all);
    let found = chosen(&new, Selection::New(New { among: &among, since: &since, gone: 0 }));
    let words: BTreeSet<String> = found
        .iter()
        .map(|flow| {
            let row = portplan::snippets::row(&after.catalogue, &after.plan, &new, *flow);
            row.purpose
        })
        .collect();
    assert_eq!(
        words,
        BTreeSet::from(["another host", "another port", "another transport"].map(str::to_owned))
    );
}

#[test]
fn the_day_stands_in_the_header_only_where_it_was_given() {
    let world = zoned();
    let flows = world.flows();
    let all = World::all(&flows);
    for target in Target::ALL.into_iter().filter(|target| target.kind() == Kind::Rules) {
        let mut request = portplan::snippets::Request {
            catalogue: &world.catalogue,
            plan: &world.plan,
            flows: &flows,
            selection: Selection::Listing(&all),
            scope: "whole plan".to_owned(),
            target,
            direction: target.directions()[0],
            purpose: Purpose::Apply,
            date: None,
        };
        let without = portplan::snippets::render(&request).unwrap();
        request.date = Some("2026-11-21".parse().unwrap());
        let with = portplan::snippets::render(&request).unwrap();
        assert_eq!(with.replacen(", 2026-11-21", "", 1), without);
        assert!(with.lines().next().unwrap().ends_with("edition 2025-12, 2026-11-21"), "{with}");
    }
    for wrong in [
        "2026-02-29",
        "2026-13-01",
        "26-01-01",
        "2026-1-1",
        "today",
        "2026-00-10",
        "2026-01-32",
        "+026-01-01",
    ] {
        assert!(wrong.parse::<portplan::snippets::Date>().is_err(), "{wrong}");
    }
    assert_eq!("2024-02-29".parse::<portplan::snippets::Date>().unwrap().to_string(), "2024-02-29");
}

#[test]
fn every_name_of_a_rule_fits_the_shortest_limit() {
    let mut world = World::new("Names");
    let many: Vec<String> = (0..2_500).map(|at| format!("10.0.{}.{}", at / 250, at % 250 + 1)).collect();
    let mut many: Vec<&str> = many.iter().map(String::as_str).collect();
    many.extend(["2001:db8:1111:2222:3333:4444:5555:6666", "a.example.org"]);
    let from = world.host("from", Os::Windows, "", &many);
    // Targets with one address at each end write out the product.
    let few = ["10.1.0.1", "10.1.0.2", "2001:db8:1111:2222:3333:4444:5555:7777", "b.example.org"];
    let to = world.host("to", Os::Linux, "", &few);
    world.own(from, to, Transport::Tcp, &["445"], "x");
    world.own(to, from, Transport::Udp, &["445"], "x");
    let mut seen = 0;
    // Bare access lists have no names of rules, and refuse so many addresses.
    let named = |target: &Target| target.kind() == Kind::Rules && *target != Target::CiscoIos;
    for target in Target::ALL.into_iter().filter(named) {
        for direction in target.directions() {
            let text = world.write(target, *direction, Purpose::Apply);
            for word in text.split([' ', '"', '\'', '>', ':', '\n']).filter(|word| word.starts_with("VEEAM-"))
            {
                assert!(
                    word.bytes()
                        .all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'-'),
                    "{word}"
                );
                let is_rule = ["-IN-", "-OUT-", "-FWD-"].iter().any(|place| word.contains(place));
                assert!(word.len() <= if is_rule { 35 } else { 63 }, "{word}");
                seen += usize::from(is_rule);
            }
        }
    }
    assert!(seen > 20, "{seen}");
}

#[test]
fn a_policy_of_firewalld_has_at_most_eighteen_characters() {
    let world = zoned();
    let flows = world.flows();
    let all = World::all(&flows);
    let zones = ZonePair::new(&world.plan, &flows, "lan".parse().ok().as_ref(), "dmz".parse().ok().as_ref());
    let mut seen = BTreeSet::new();
    for selection in [Selection::Listing(&all), Selection::Zones(&zones), Selection::Flow(rows(&flows)[0])] {
        for direction in Direction::ALL {
            let asked = (direction, Purpose::Apply);
            let text = world.try_write(&flows, selection, "x", Target::Firewalld, asked).unwrap();
            let names = text.lines().filter_map(|line| line.split("--new-policy=").nth(1));
            let names: BTreeSet<String> =
                names.map(|name| name.split(' ').next().unwrap().to_owned()).collect();
            assert!(!names.is_empty() && names.iter().all(|name| name.len() <= 18), "{names:?}");
            seen.extend(names);
        }
    }
    assert_eq!(seen.len(), 9, "every part has a policy of its own: {seen:?}");
}
