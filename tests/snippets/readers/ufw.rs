//! Reads the lines that add rules to ufw.

use std::collections::BTreeSet;

use crate::snippets::opening::{Opening, Product, Side, place, ports};

pub fn read(text: &str) -> BTreeSet<Opening> {
    let mut openings = BTreeSet::new();
    let mut host = String::new();
    let mut route = false;
    for line in text.lines() {
        host = place(line).unwrap_or(host);
        route = if line.contains(" prepend \"$@\"") { line.contains("ufw route prepend") } else { route };
        let Some(rule) = line.strip_prefix("open '") else { continue };
        let rule = rule.split_once("' allow ").unwrap_or_else(|| panic!("{line}")).1;
        let (rule, out) = rule.strip_prefix("out ").map_or((rule, false), |rule| (rule, true));
        let (mut from, mut to) = (Side::Here, Side::Here);
        let (mut transport, mut slots) = ("", Vec::new());
        let mut words = rule.split(' ');
        while let (Some(field), Some(value)) = (words.next(), words.next()) {
            match (field, value) {
                ("to", "any") => {}
                ("from", _) => from = Side::parse(value),
                ("to", _) => to = Side::parse(value),
                ("proto", _) => transport = value,
                ("port", _) => {
                    assert!(value.split([',', ':']).count() <= 15, "{line}");
                    slots = value.split(',').map(|port| ports(port, ':')).collect();
                }
                _ => panic!("{field} {value} in {line}"),
            }
        }
        assert_eq!(out, from == Side::Here, "{line}");
        assert_eq!(route, from != Side::Here && to != Side::Here, "{line}");
        let (from, to) = (&[from], &[to]);
        Product { place: &host, from, to, transport, ports: &slots }.add_to(&mut openings);
    }
    openings
}
