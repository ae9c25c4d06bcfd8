//! Counts by sides agree with counts flow by flow.

use std::collections::{BTreeMap, HashSet};

use portplan::catalogue::Key;
use portplan::flows::{Contacts, Flows, Grouping, HostIx, SameHost, ShapeId, Usage};
use proptest::prelude::*;

use super::random::{config, plans};
use super::support::{all, catalogue};

proptest! {
    #![proptest_config(config())]

    #[test]
    fn counting_by_sides_is_counting_flows((plan, part) in (plans(), 0_usize..5)) {
        let flows = Flows::new(catalogue(), &plan);
        let rows = all(&flows, Grouping::Flow, SameHost::Hide);
        let usage = Usage::new(&flows);
        let mut counted: BTreeMap<ShapeId, u64> = BTreeMap::new();
        for row in &rows {
            *counted.entry(row.shape).or_default() += 1;
        }
        let told: BTreeMap<ShapeId, u64> = usage.shapes().iter().map(|used| (used.shape, used.flows)).collect();
        prop_assert_eq!(told, counted);
        for used in usage.shapes() {
            let (from, to) = used.example;
            prop_assert!(rows.iter().any(|row| (row.from, row.to, row.shape) == (from, to, used.shape)));
        }
        let busy: HashSet<HostIx> = rows.iter().flat_map(|row| [row.from, row.to]).collect();
        let hosts: Vec<HostIx> = flows.hosts().keys().collect();
        for host in &hosts {
            prop_assert_eq!(usage.has_flows(&flows, *host), busy.contains(host));
        }
        let (group, others): (Vec<HostIx>, Vec<HostIx>) =
            hosts.iter().partition(|host| host.position() % 5 < part);
        let mut contacts = Contacts::new(&flows, group.iter().copied());
        for host in others {
            let met = |row: &&portplan::flows::FlowRef| {
                (row.from == host && group.contains(&row.to)) || (row.to == host && group.contains(&row.from))
            };
            let counted = rows.iter().filter(met).count() as u64;
            let told = contacts.of(&flows, host);
            prop_assert_eq!(told.map_or(0, |(count, _)| count), counted);
            if let Some((_, peer)) = told {
                prop_assert!(rows.iter().filter(met).any(|row| row.from == peer || row.to == peer));
            }
        }
    }
}
