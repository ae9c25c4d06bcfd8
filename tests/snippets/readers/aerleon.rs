//! Reads networks, services and terms.

use std::collections::{BTreeMap, BTreeSet};

use crate::snippets::opening::{Opening, Product, Side, ports};

/// A protocol and a range of ports.
type Service<'a> = (&'a str, (u16, u16));

#[derive(Default)]
struct File<'a> {
    networks: BTreeMap<&'a str, Vec<Side>>,
    services: BTreeMap<&'a str, Vec<Service<'a>>>,
    terms: Vec<BTreeMap<&'a str, &'a str>>,
}

fn file(text: &str) -> File<'_> {
    let mut file = File::default();
    let (mut section, mut name, mut protocol) = ("", "", "");
    for line in text.lines().filter(|line| !line.trim_start().starts_with('#') && !line.is_empty()) {
        let depth = line.len() - line.trim_start().len();
        let setting = line.trim_start().split_once(": ").map(|(key, value)| (key, value.trim_matches('"')));
        match (section, depth, setting) {
            (_, 0, None) => section = line.trim_end_matches(':'),
            ("networks" | "services", 2, None) => {
                name = line.trim().trim_end_matches(':');
                assert!(!file.networks.contains_key(name) && !file.services.contains_key(name), "{name}");
            }
            ("networks", 4, None) => assert_eq!(line, "    values:"),
            ("networks", 6, Some(("- address", net))) => {
                file.networks.entry(name).or_default().push(Side::parse(net));
            }
            ("services", 4, Some(("- protocol", value))) => protocol = value,
            ("services", 6, Some(("port", range))) => {
                file.services.entry(name).or_default().push((protocol, ports(range, '-')));
            }
            ("terms", 2, Some(("- name", name))) => file.terms.push(BTreeMap::from([("name", name)])),
            ("terms", 4, Some((key, value))) => {
                assert!(file.terms.last_mut().unwrap().insert(key, value).is_none(), "{line}");
            }
            _ => panic!("{line} in {section}"),
        }
    }
    file
}

pub fn read(text: &str) -> BTreeSet<Opening> {
    let file = file(text);
    let mut openings = BTreeSet::new();
    let mut names = BTreeSet::new();
    for term in &file.terms {
        assert!(names.insert(term["name"]) && term["name"].len() <= 24, "{term:?}");
        assert_eq!(term["action"], "accept");
        let (from, to) =
            (&file.networks[term["source-address"]], &file.networks[term["destination-address"]]);
        let transport = term["protocol"];
        let services = &file.services[term["destination-port"]];
        assert!(services.iter().all(|(protocol, _)| *protocol == transport), "{term:?}");
        let ports: Vec<_> = services.iter().map(|(_, range)| *range).collect();
        Product { place: "the", from, to, transport, ports: &ports }.add_to(&mut openings);
    }
    openings
}
