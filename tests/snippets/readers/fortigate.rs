//! Reads `config`, `edit`, `set`, as the command line of a FortiGate takes them.

use std::collections::{BTreeMap, BTreeSet};

use crate::snippets::opening::{Opening, Product, Side, ports};

/// The settings of every entry of every table: table, name, setting, values.
type Tables = BTreeMap<String, Vec<(String, BTreeMap<String, Vec<String>>)>>;

/// A line's words; those in quotes may hold spaces.
fn words(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    for (at, part) in line.split('"').enumerate() {
        if at % 2 == 1 {
            words.push(part.to_owned());
        } else {
            words.extend(part.split_whitespace().map(str::to_owned));
        }
    }
    assert!(line.matches('"').count().is_multiple_of(2), "{line}");
    words
}

fn tables(text: &str) -> Tables {
    let mut tables = Tables::new();
    let (mut table, mut open) = (None, false);
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let words = words(line);
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        match words.as_slice() {
            ["config", "firewall", name @ ..] if table.is_none() => table = Some(name.join(" ")),
            ["edit", name] if !open => {
                let entries = tables.entry(table.clone().unwrap()).or_default();
                assert!(
                    *name == "0" || entries.iter().all(|(known, _)| known != name),
                    "{name} is edited twice"
                );
                assert!(name.len() <= 79, "{name}");
                entries.push(((*name).to_owned(), BTreeMap::new()));
                open = true;
            }
            ["set", key, values @ ..] if open => {
                let values = values.iter().map(|value| (*value).to_owned()).collect();
                let entry = tables.get_mut(table.as_ref().unwrap()).unwrap().last_mut().unwrap();
                assert!(entry.1.insert((*key).to_owned(), values).is_none(), "{line}");
            }
            ["append", key, values @ ..] if open => {
                let entry = tables.get_mut(table.as_ref().unwrap()).unwrap().last_mut().unwrap();
                entry.1.get_mut(*key).unwrap().extend(values.iter().map(|value| (*value).to_owned()));
            }
            ["next"] if open => open = false,
            ["end"] if !open && table.is_some() => table = None,
            _ => panic!("unexpected: {line}"),
        }
    }
    assert!(table.is_none());
    tables
}

pub fn read(text: &str) -> BTreeSet<Opening> {
    let tables = tables(text);
    let entries = |table: &str| tables.get(table).cloned().unwrap_or_default();
    let mut openings = BTreeSet::new();
    for (_, policy) in entries("policy") {
        let one = |key: &str| policy[key][0].clone();
        assert!(one("name").len() <= 35, "{}", one("name"));
        assert_eq!((one("action").as_str(), one("schedule").as_str()), ("accept", "always"));
        let suffix = if policy.contains_key("srcaddr6") { "6" } else { "" };
        let end = |key: &str| -> Vec<Side> {
            let groups = entries(&format!("addrgrp{suffix}"));
            let group = one(&format!("{key}{suffix}"));
            let (_, settings) = groups.iter().find(|(name, _)| *name == group).unwrap();
            assert!(settings["member"].len() <= 300, "{group}");
            settings["member"]
                .iter()
                .map(|name| address(&entries(&format!("address{suffix}")), name))
                .collect()
        };
        let services = entries("service custom");
        let (_, service) = services.iter().find(|(name, _)| *name == one("service")).unwrap();
        // The word for TCP and UDP differs between releases, and they are what a new service is for.
        assert!(!service.contains_key("protocol"), "{service:?}");
        let mut found = 0;
        for transport in ["tcp", "udp"] {
            let Some(values) = service.get(&format!("{transport}-portrange")) else { continue };
            found += 1;
            let ports: Vec<_> = values.iter().map(|range| ports(range, '-')).collect();
            let (from, to) = (end("srcaddr"), end("dstaddr"));
            Product { place: "the", from: &from, to: &to, transport, ports: &ports }.add_to(&mut openings);
        }
        assert_eq!(found, 1, "{service:?}");
    }
    openings
}

fn address(entries: &[(String, BTreeMap<String, Vec<String>>)], name: &str) -> Side {
    let (_, settings) =
        entries.iter().find(|(known, _)| known == name).unwrap_or_else(|| panic!("no {name}"));
    if let Some([address, mask]) = settings.get("subnet").map(Vec::as_slice) {
        return Side::masked(address, mask);
    }
    if let Some([net]) = settings.get("ip6").map(Vec::as_slice) {
        return Side::parse(net);
    }
    assert_eq!(settings["type"], ["fqdn"]);
    Side::Name(settings["fqdn"][0].clone())
}
