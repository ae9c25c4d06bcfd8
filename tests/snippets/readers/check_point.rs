//! Reads what the script calls its functions with.

use std::collections::{BTreeMap, BTreeSet};

use crate::snippets::opening::{Opening, Product, Side, ports};

/// A line's words, as a shell splits them; those in single quotes may hold spaces.
fn words(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    for (at, part) in line.split('\'').enumerate() {
        if at % 2 == 1 {
            words.push(part.to_owned());
        } else {
            words.extend(part.split_whitespace().map(str::to_owned));
        }
    }
    words
}

/// The values of `source.1`, `source.2`, … in order.
fn list<'a>(words: &[&'a str], key: &str) -> Vec<&'a str> {
    let pairs = words.chunks(2).filter(|pair| pair[0].starts_with(&format!("{key}.")));
    pairs
        .enumerate()
        .map(|(at, pair)| {
            assert_eq!(pair[0], format!("{key}.{}", at + 1));
            pair[1]
        })
        .collect()
}

pub fn read(text: &str) -> BTreeSet<Opening> {
    let mut addresses: BTreeMap<String, Side> = BTreeMap::new();
    let mut services: BTreeMap<String, (String, (u16, u16))> = BTreeMap::new();
    let mut groups: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut openings = BTreeSet::new();
    for line in text.lines() {
        let words = words(line);
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        match words[..] {
            ["add", "host", "name", name, "ip-address", address] => {
                assert!(!address.contains('/'));
                assert!(addresses.insert(name.to_owned(), Side::parse(address)).is_none(), "{line}");
            }
            ["add", "network", "name", name, "subnet", net, "mask-length", length] => {
                let net = Side::parse(&format!("{net}/{length}"));
                assert!(addresses.insert(name.to_owned(), net).is_none(), "{line}");
            }
            ["add", kind, "name", name, "port", port, "match-for-any", "false"] => {
                let transport = kind.strip_prefix("service-").unwrap().to_owned();
                assert!(services.insert(name.to_owned(), (transport, ports(port, '-'))).is_none(), "{line}");
            }
            ["group", "group" | "service-group", name, ref rest @ ..] => {
                let members = list(rest, "members").into_iter().map(str::to_owned).collect();
                assert!(groups.insert(name.to_owned(), members).is_none(), "{line}");
            }
            ["rule", name, ref rest @ ..] if name.starts_with("VEEAM-") => {
                let one = |key: &str| match list(rest, key)[..] {
                    [only] => &groups[only],
                    _ => panic!("{key} in {line}"),
                };
                assert!(rest.chunks(2).any(|pair| pair == ["action", "Accept"]), "{line}");
                let end = |key: &str| -> Vec<Side> {
                    one(key).iter().map(|member| addresses[member].clone()).collect()
                };
                for service in one("service") {
                    let (transport, ports) = &services[service];
                    let (from, to) = (end("source"), end("destination"));
                    let ports = [*ports];
                    Product { place: "the", from: &from, to: &to, transport, ports: &ports }
                        .add_to(&mut openings);
                }
            }
            _ => assert!(!line.contains("VEEAM-") || line.starts_with('#'), "unexpected: {line}"),
        }
    }
    openings
}
