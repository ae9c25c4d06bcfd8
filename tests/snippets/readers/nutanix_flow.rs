//! Reads groups of addresses and security policies.

use std::collections::BTreeSet;

use super::hcl::{self, Block};
use crate::snippets::opening::{Opening, Product, Side};

pub fn read(text: &str) -> BTreeSet<Opening> {
    let file = hcl::read(text);
    let groups = file.resources("nutanix_address_groups_v2");
    let shown: BTreeSet<&str> = groups.values().map(|group| group.text("name")).collect();
    assert_eq!(shown.len(), groups.len(), "two groups have one name");
    let mut openings = BTreeSet::new();
    for policy in file.resources("nutanix_network_security_policy_v2").values() {
        assert_eq!(policy.names(), ["description", "name", "state", "type"]);
        assert!(policy.text("name").len() <= 64 && policy.text("type") == "APPLICATION");
        for rule in &policy.blocks {
            assert_eq!((rule.kind.as_str(), rule.names()), ("rules", vec!["description", "type"]));
            let spec = rule.only("spec").only("application_rule_spec");
            let inbound = match spec.names()[..] {
                ["secured_group_category_references", "src_address_group_references"] => true,
                ["dest_address_group_references", "secured_group_category_references"] => false,
                ref other => panic!("{other:?}"),
            };
            read_rule(&file, spec, inbound, &mut openings);
        }
    }
    openings
}

fn read_rule(file: &Block, spec: &Block, inbound: bool, openings: &mut BTreeSet<Opening>) {
    let field = if inbound { "src_address_group_references" } else { "dest_address_group_references" };
    let categories = spec.argument("secured_group_category_references").words()[0].to_owned();
    let variable = file.blocks.iter().find(|block| format!("var.{}", block.labels[0]) == categories).unwrap();
    let host = variable.text("description").strip_prefix("Ids of the categories of ").unwrap();
    let [group] = spec.argument(field).list() else { panic!("{spec:?}") };
    let label = group.words()[0].split('.').nth(1).unwrap().to_owned();
    let group = file.resources("nutanix_address_groups_v2")[label.as_str()];
    let remote: Vec<Side> = group
        .blocks
        .iter()
        .map(|net| Side::parse(&format!("{}/{}", net.text("value"), net.number("prefix_length"))))
        .collect();
    assert!(remote.iter().all(|side| side.is_v6() == Some(false)));
    let here = vec![Side::Here];
    let (from, to) = if inbound { (remote, here) } else { (here, remote) };
    let ports: Vec<_> = spec
        .blocks
        .iter()
        .map(|service| (service.number("start_port"), service.number("end_port")))
        .collect();
    let kinds: BTreeSet<&str> = spec.blocks.iter().map(|service| service.kind.as_str()).collect();
    let transport = match kinds.into_iter().collect::<Vec<_>>()[..] {
        ["tcp_services"] => "tcp",
        ["udp_services"] => "udp",
        ref other => panic!("{other:?}"),
    };
    Product { place: host, from: &from, to: &to, transport, ports: &ports }.add_to(openings);
}
