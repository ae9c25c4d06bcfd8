//! Reads groups, services and the policy of the distributed firewall.

use std::collections::BTreeSet;

use super::hcl::{self, Block};
use crate::snippets::opening::{Opening, Product, Side, ports};

/// What every rule must have, from the provider's documentation.
const ARGUMENTS: [&str; 7] =
    ["action", "destination_groups", "display_name", "ip_version", "notes", "services", "source_groups"];

pub fn read(text: &str) -> BTreeSet<Opening> {
    let file = hcl::read(text);
    let mut openings = BTreeSet::new();
    for policy in file.resources("nsxt_policy_security_policy").values() {
        assert_eq!(policy.names(), ["category", "description", "display_name", "scope", "stateful"]);
        assert_eq!(policy.text("category"), "Application");
        for rule in &policy.blocks {
            assert_eq!((rule.kind.as_str(), rule.names()), ("rule", ARGUMENTS.to_vec()));
            assert_eq!(rule.text("action"), "ALLOW");
            let (from, to) = (group(&file, rule, "source_groups"), group(&file, rule, "destination_groups"));
            let six = rule.text("ip_version") == "IPV6";
            assert!(from.iter().chain(&to).all(|side| side.is_v6() == Some(six)), "{rule:?}");
            let service = referred(&file, rule, "services", "nsxt_policy_service").only("l4_port_set_entry");
            let ranges = service.argument("destination_ports").texts();
            let slots: usize = ranges.iter().map(|range| range.split('-').count()).sum();
            assert!(slots <= 15, "{ranges:?}");
            let ports: Vec<_> = ranges.iter().map(|range| ports(range, '-')).collect();
            let transport = &service.text("protocol").to_lowercase();
            Product { place: "the", from: &from, to: &to, transport, ports: &ports }.add_to(&mut openings);
        }
    }
    openings
}

fn referred<'a>(file: &'a Block, rule: &Block, name: &str, kind: &str) -> &'a Block {
    let [path] = rule.argument(name).list() else { panic!("{rule:?}") };
    let path = path.words()[0].to_owned();
    let label = path.strip_prefix(kind).unwrap().trim_start_matches('.').strip_suffix(".path").unwrap();
    file.resources(kind)[label]
}

fn group(file: &Block, rule: &Block, name: &str) -> Vec<Side> {
    let group = referred(file, rule, name, "nsxt_policy_group").only("criteria").only("ipaddress_expression");
    group.argument("ip_addresses").texts().iter().map(|net| Side::parse(net)).collect()
}
