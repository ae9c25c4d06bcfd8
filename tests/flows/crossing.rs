//! What crosses zones, against a filter over all flows.

use portplan::catalogue::Os;
use portplan::flows::search::{Matches, Query};
use portplan::flows::{FlowRef, Flows, Grouping, Listing, SameHost};
use portplan::plan::{Edit, Plan, Zone};
use proptest::prelude::*;
use proptest::sample::select;

use super::random::{PARTS, config, place, plans};
use super::support::{Draft, all, catalogue, name, rows};

fn crossing(plan: &Plan, flows: &Flows, grouping: Grouping, query: Option<&str>) -> Listing {
    let matches = query.map(|query| Matches::new(catalogue(), plan, flows, &Query::parse(query), None));
    Listing::crossing(flows, flows.zones(plan), grouping, matches)
}

/// What is not known to stay inside one zone.
fn crosses(plan: &Plan, flows: &Flows, row: FlowRef) -> bool {
    let zone = |host| plan.zone_of(plan.host(flows.hosts()[host]).unwrap());
    row.from != row.to && (zone(row.from).is_none() || zone(row.from) != zone(row.to))
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn what_crosses_zones_is_a_filter_over_all_flows(
        plan in plans(),
        query in select(vec![None, Some("zone:mgmt"), Some("ora"), Some("!tcp"), Some("site:north 2500")]),
        by_rule in any::<bool>(),
        start in 0..=PARTS,
        count in 0..=PARTS,
    ) {
        let flows = Flows::new(catalogue(), &plan);
        let grouping = if by_rule { Grouping::Rule } else { Grouping::Flow };
        let matches = query.map(|query| Matches::new(catalogue(), &plan, &flows, &Query::parse(query), None));
        let whole = Listing::new(&flows, grouping, SameHost::Hide, matches);
        let expected: Vec<FlowRef> =
            rows(&flows, &whole).into_iter().filter(|row| crosses(&plan, &flows, *row)).collect();
        let listing = crossing(&plan, &flows, grouping, query);
        prop_assert_eq!(listing.len(), expected.len() as u64);
        prop_assert_eq!(&rows(&flows, &listing), &expected);
        let (start, count) = (place(start, expected.len()), place(count, expected.len()));
        let part: Vec<FlowRef> = expected.iter().copied().skip(start).take(count).collect();
        prop_assert_eq!(listing.window(&flows, start as u64, count), part);
        for (at, row) in (0..).zip(&expected) {
            let place = listing.position(&flows, row.from, row.to, |shape| shape == row.shape);
            prop_assert_eq!(place, Some(at));
        }
        for row in all(&flows, grouping, SameHost::Show).iter().filter(|row| !crosses(&plan, &flows, **row)) {
            prop_assert_eq!(listing.position(&flows, row.from, row.to, |shape| shape == row.shape), None);
        }
    }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn the_zones_of_all_hosts_are_those_of_each(plan in plans()) {
        let each: Vec<_> = plan.hosts().iter().map(|host| plan.zone_of(host)).collect();
        prop_assert_eq!(plan.zones_of_hosts().collect::<Vec<_>>(), each);
    }
}

#[test]
fn hosts_fall_into_zones_by_address() {
    let mut draft = Draft::new();
    for (name, address, role) in [
        ("worker", "10.0.1.1", "worker"),
        ("repo1", "10.0.1.2", "backup-repository"),
        ("repo2", "10.0.2.2", "backup-repository"),
        ("repo3", "repo3.example", "backup-repository"),
    ] {
        draft.host_with(name, Os::Linux, &[role], |host| host.addresses = vec![address.parse().unwrap()]);
    }
    let zone = |name: &str, network: &str| Zone {
        name: name.parse().unwrap(),
        networks: vec![network.parse().unwrap()],
    };
    draft.edit(Edit::Zones(vec![zone("mgmt", "10.0.1.0/24"), zone("store", "10.0.2.0/24")]));
    let plan = &draft.0;
    let flows = Flows::new(catalogue(), plan);
    let targets = |listing: &Listing| {
        let mut names: Vec<String> =
            rows(&flows, listing).into_iter().map(|row| name(plan, row.to, &flows)).collect();
        names.dedup();
        names
    };
    assert_eq!(targets(&crossing(plan, &flows, Grouping::Flow, Some("from:worker"))), ["repo2", "repo3"]);
    assert_eq!(flows.zones(plan).outside(), 1);
    let query = Query::parse("zone:store");
    let matches = Matches::new(catalogue(), plan, &flows, &query, None);
    let listing = Listing::new(&flows, Grouping::Flow, SameHost::Hide, Some(matches));
    let found = rows(&flows, &listing);
    let has_repo2 =
        |row: &FlowRef| [row.from, row.to].iter().any(|host| name(plan, *host, &flows) == "repo2");
    assert!(!found.is_empty() && found.iter().all(has_repo2));
    let expected = all(&flows, Grouping::Flow, SameHost::Hide).iter().filter(|row| has_repo2(row)).count();
    assert_eq!(found.len(), expected);
}
