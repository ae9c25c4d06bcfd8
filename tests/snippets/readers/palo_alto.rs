//! Reads `set` lines. A list takes one member per line here, as the command line merges them.

use std::collections::{BTreeMap, BTreeSet};

use crate::snippets::opening::{Opening, Product, Side, ports};

/// A line's words; those in quotes may hold spaces.
pub fn words(line: &str) -> Vec<&str> {
    assert!(line.matches('"').count().is_multiple_of(2), "{line}");
    let parts = line.split('"').enumerate();
    parts
        .flat_map(|(at, part)| if at % 2 == 1 { vec![part] } else { part.split_whitespace().collect() })
        .collect()
}

pub fn read(text: &str) -> BTreeSet<Opening> {
    let mut addresses = BTreeMap::new();
    let mut groups: BTreeMap<String, Vec<Side>> = BTreeMap::new();
    let mut services = BTreeMap::new();
    let mut rules = BTreeSet::new();
    let mut openings = BTreeSet::new();
    for line in text.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        // An unquoted space separates words, so the zones are two words each until somebody fills them in.
        let edited = line.replacen("from <FROM ZONE> to <TO ZONE> ", "from lan to dmz ", 1);
        let words = words(&edited);
        match words.as_slice() {
            ["set", "address", name, "ip-netmask", net] => {
                let known = addresses.insert((*name).to_owned(), Side::parse(net));
                assert!(known.is_none() && name.len() <= 63 && net.contains('/'), "{line}");
            }
            ["set", "address", name, "fqdn", host] => {
                assert!(addresses.insert((*name).to_owned(), Side::Name((*host).to_owned())).is_none());
            }
            ["set", "address-group", _, "description", text] => assert!(text.len() <= 1023, "{line}"),
            ["set", "address-group", name, "static", member] => {
                groups.entry((*name).to_owned()).or_default().push(addresses[*member].clone());
            }
            ["set", "service", name, "protocol", transport @ ("tcp" | "udp"), "port", list] => {
                assert!(list.len() <= 1023, "{line}");
                let ports: Vec<_> = list.split(',').map(|port| ports(port, '-')).collect();
                let service = ((*transport).to_owned(), ports);
                assert!(services.insert((*name).to_owned(), service).is_none(), "{line}");
            }
            [
                "set",
                "rulebase",
                "security",
                "rules",
                name,
                "from",
                "lan",
                "to",
                "dmz",
                "source",
                from,
                "destination",
                to,
                "application",
                "any",
                "service",
                service,
                "action",
                "allow",
                "log-end",
                "yes",
                "description",
                text,
            ] => {
                assert!(rules.insert((*name).to_owned()) && name.len() <= 63 && text.len() <= 1024, "{line}");
                let (transport, ports) = &services[*service];
                let (from, to) = (&groups[*from], &groups[*to]);
                Product { place: "the", from, to, transport, ports }.add_to(&mut openings);
            }
            _ => panic!("unexpected: {line}"),
        }
    }
    assert!(groups.values().all(|members| members.len() <= 500));
    openings
}
