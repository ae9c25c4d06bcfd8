//! Reads resources of rules of security groups.

use std::collections::{BTreeMap, BTreeSet};

use super::hcl;
use crate::snippets::opening::{Opening, Product, Side};

/// From the provider's documentation of both resources.
const ARGUMENTS: [&str; 7] =
    ["cidr_ipv4", "cidr_ipv6", "description", "from_port", "ip_protocol", "security_group_id", "to_port"];

pub fn read(text: &str) -> BTreeSet<Opening> {
    let file = hcl::read(text);
    let hosts: BTreeMap<String, &str> = file
        .blocks
        .iter()
        .filter(|block| block.kind == "variable")
        .map(|block| (format!("var.{}", block.labels[0]), block.text("description")))
        .collect();
    let mut openings = BTreeSet::new();
    for inbound in [true, false] {
        let kind = if inbound {
            "aws_vpc_security_group_ingress_rule"
        } else {
            "aws_vpc_security_group_egress_rule"
        };
        for rule in file.resources(kind).values() {
            assert!(rule.names().iter().all(|name| ARGUMENTS.contains(name)) && rule.blocks.is_empty());
            let group = rule.argument("security_group_id").words();
            let host = hosts[group[0]].strip_prefix("Id of the security group of ").unwrap();
            let description = rule.text("description");
            assert!(description.len() <= 255 && description.starts_with("VEEAM-"), "{description}");
            let (four, six) = (rule.arguments.get("cidr_ipv4"), rule.arguments.get("cidr_ipv6"));
            assert!(four.is_some() != six.is_some(), "{rule:?}");
            let net = four.or(six).unwrap().text();
            assert!(net.contains('/'), "{net} is no CIDR");
            let remote = [Side::parse(net)];
            assert_eq!(remote[0].is_v6(), Some(six.is_some()));
            let here = [Side::Here];
            let (from, to) = if inbound { (&remote, &here) } else { (&here, &remote) };
            let ports = [(rule.number("from_port"), rule.number("to_port"))];
            let transport = rule.text("ip_protocol");
            Product { place: host, from, to, transport, ports: &ports }.add_to(&mut openings);
        }
    }
    openings
}
