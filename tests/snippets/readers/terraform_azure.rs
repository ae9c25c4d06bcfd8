//! Reads resources of rules of network security groups.

use std::collections::BTreeSet;

use super::hcl::{self, Block};
use crate::snippets::opening::{Opening, Product, Side, ports};

/// What every rule must have, from the provider's documentation; the singular forms of lists exclude the plural ones.
const ARGUMENTS: [&str; 12] = [
    "access",
    "description",
    "destination_address_prefixes",
    "destination_port_ranges",
    "direction",
    "name",
    "network_security_group_name",
    "priority",
    "protocol",
    "resource_group_name",
    "source_address_prefixes",
    "source_port_range",
];

pub fn read(text: &str) -> BTreeSet<Opening> {
    let file = hcl::read(text);
    let rules = file.resources("azurerm_network_security_rule");
    let mut openings = BTreeSet::new();
    let mut priorities = BTreeSet::new();
    for rule in rules.values() {
        assert_eq!(rule.names(), ARGUMENTS);
        assert_eq!((rule.text("access"), rule.text("source_port_range")), ("Allow", "*"));
        assert!(rule.text("description").len() <= 140);
        let priority = rule.argument("priority").words();
        let [base, "+", place] = priority.as_slice() else { panic!("{priority:?}") };
        assert!(base.ends_with("_priority") && place.parse::<usize>().unwrap() < rules.len().max(1_000));
        assert!(priorities.insert((*place).to_owned()), "{place} is a priority twice");
        let nets = |name: &str| nets(rule, name);
        let ports: Vec<_> =
            rule.argument("destination_port_ranges").texts().iter().map(|range| ports(range, '-')).collect();
        let transport = &rule.text("protocol").to_lowercase();
        let (from, to) = (nets("source_address_prefixes"), nets("destination_address_prefixes"));
        Product { place: "the", from: &from, to: &to, transport, ports: &ports }.add_to(&mut openings);
    }
    openings
}

fn nets(rule: &Block, name: &str) -> Vec<Side> {
    let nets = rule.argument(name).texts();
    assert!(nets.iter().all(|net| net.contains('/')), "{nets:?}");
    nets.iter().map(|net| Side::parse(net)).collect()
}
