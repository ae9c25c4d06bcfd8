//! Zones by address: every format says the same as if the operator had named each host's zone.

use portplan::plan::{Edit, Zone};
use portplan::snippets::{Content, Direction, Purpose, Request, Selection, Target, ZonePair, bytes};

use super::plans::{World, small};

/// The small site with zones that hold the addresses of some hosts, and the same with those zones named on the hosts.
fn twins() -> (World, World) {
    let (mut by_address, mut by_name) = (small(), small());
    let zone = |name: &str, networks: &[&str]| Zone {
        name: name.parse().unwrap(),
        networks: networks.iter().map(|network| network.parse().unwrap()).collect(),
    };
    let zones = vec![
        zone("front", &["10.0.0.0/24", "10.0.1.0/24", "2001:db8::1/128"]),
        zone("back", &["10.0.2.0/23", "2001:db8::2/128"]),
    ];
    by_address.plan.apply(Edit::Zones(zones)).unwrap();
    for (host, zone) in [("app", "front"), ("web", "front"), ("db", "back"), ("win", "back")] {
        let mut host = by_name.plan.host_named(host).unwrap().clone();
        host.zone = Some(zone.parse().unwrap());
        by_name.plan.apply(Edit::Replace(Box::new(host))).unwrap();
    }
    (by_address, by_name)
}

fn write(world: &World, target: Target, zones: bool) -> Vec<u8> {
    let flows = world.flows();
    let listing = World::all(&flows);
    let pair =
        ZonePair::new(&world.plan, &flows, Some(&"front".parse().unwrap()), Some(&"back".parse().unwrap()));
    let request = Request {
        catalogue: &world.catalogue,
        plan: &world.plan,
        flows: &flows,
        selection: if zones { Selection::Zones(&pair) } else { Selection::Listing(&listing) },
        scope: "of the test".to_owned(),
        target,
        direction: if target.directions().contains(&Direction::Transit) {
            Direction::Transit
        } else {
            target.direction_near(Direction::Inbound)
        },
        purpose: Purpose::Apply,
        date: None,
    };
    bytes(&request).unwrap()
}

#[test]
fn every_format_knows_zones_by_address() {
    let (by_address, by_name) = twins();
    for target in Target::ALL.into_iter().filter(|target| target.content() == Content::Text) {
        for zones in [false, true] {
            let (found, expected) = (write(&by_address, target, zones), write(&by_name, target, zones));
            let text = String::from_utf8(found).unwrap();
            assert_eq!(text, String::from_utf8(expected).unwrap(), "{target:?}");
        }
    }
    for target in [Target::Html, Target::Svg, Target::Mermaid, Target::Graphviz] {
        let text = String::from_utf8(write(&by_address, target, false)).unwrap();
        assert!(text.contains("zone front") && text.contains("zone back"), "{target:?}: {text}");
    }
}

#[test]
fn a_pair_of_zones_has_the_flows_between_their_hosts() {
    let (world, _) = twins();
    let flows = world.flows();
    let pair = |from: &str, to: &str| {
        ZonePair::new(&world.plan, &flows, Some(&from.parse().unwrap()), Some(&to.parse().unwrap()))
    };
    assert_eq!(Selection::Zones(&pair("front", "back")).len(&flows), 4);
    assert_eq!(Selection::Zones(&pair("front", "front")).len(&flows), 1);
    assert_eq!(Selection::Zones(&pair("back", "front")).len(&flows), 0);
}
