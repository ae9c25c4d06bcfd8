//! Reads object groups and the entries that name them.

use std::collections::{BTreeMap, BTreeSet};

use crate::snippets::opening::{Opening, Product, Side};

/// Every object and group: its heading, and the lines below.
fn objects(text: &str) -> BTreeMap<String, Vec<String>> {
    let mut objects: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut open = None;
    for line in text.lines() {
        match line.strip_prefix(' ') {
            Some(inner) => objects.get_mut(open.as_ref().unwrap()).unwrap().push(inner.to_owned()),
            None if line.starts_with("object") => {
                assert!(objects.insert(line.to_owned(), Vec::new()).is_none(), "{line} twice");
                open = Some(line.to_owned());
            }
            None => open = None,
        }
    }
    objects
}

pub fn read(text: &str) -> BTreeSet<Opening> {
    let objects = objects(text);
    let mut openings = BTreeSet::new();
    for line in text.lines().filter(|line| line.starts_with("access-list ")) {
        let rest = line.strip_prefix("access-list <ACL NAME> line 1 extended permit ").unwrap();
        let words: Vec<&str> = rest.split(' ').collect();
        let ["object-group", service, "object-group", from, "object-group", to] = words[..] else {
            panic!("{line}")
        };
        assert!([service, from, to].iter().all(|name| name.len() <= 64));
        let end = |name: &str| -> Vec<Side> {
            let lines = &objects[&format!("object-group network {name}")];
            lines.iter().filter_map(|line| member(&objects, line)).collect()
        };
        let (from, to) = (end(from), end(to));
        for line in &objects[&format!("object-group service {service}")] {
            let words: Vec<&str> = line.split(' ').collect();
            let (transport, ports) = match words[..] {
                ["service-object", transport, "destination", "eq", port] => (transport, (port, port)),
                ["service-object", transport, "destination", "range", first, last] => {
                    (transport, (first, last))
                }
                _ => panic!("{line}"),
            };
            let ports = [(ports.0.parse().unwrap(), ports.1.parse().unwrap())];
            Product { place: "the", from: &from, to: &to, transport, ports: &ports }.add_to(&mut openings);
        }
    }
    openings
}

fn member(objects: &BTreeMap<String, Vec<String>>, line: &str) -> Option<Side> {
    let words: Vec<&str> = line.split(' ').collect();
    match words[..] {
        ["description", ..] => None,
        ["network-object", "host", address] => Some(Side::parse(address)),
        ["network-object", "object", name] => {
            let lines = &objects[&format!("object network {name}")];
            Some(Side::Name(lines[0].rsplit(' ').next().unwrap().to_owned()))
        }
        ["network-object", address, mask] => Some(Side::masked(address, mask)),
        ["network-object", net] => Some(Side::parse(net)),
        _ => panic!("{line}"),
    }
}
