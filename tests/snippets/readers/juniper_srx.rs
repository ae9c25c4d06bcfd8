//! Reads `set` lines for the address book, the applications and the policies.

use std::collections::{BTreeMap, BTreeSet};

use super::palo_alto::words;
use crate::snippets::opening::{Opening, Product, Side, ports};

#[derive(Debug, Default)]
struct Policy {
    from: Option<String>,
    to: Option<String>,
    application: Option<String>,
    permits: bool,
}

#[derive(Debug, Default)]
struct Config {
    addresses: BTreeMap<String, (Side, Option<bool>)>,
    sets: BTreeMap<String, Vec<String>>,
    protocols: BTreeMap<String, String>,
    ports: BTreeMap<String, (u16, u16)>,
    applications: BTreeMap<String, Vec<String>>,
    policies: BTreeMap<String, Policy>,
}

fn config(text: &str) -> Config {
    let mut config = Config::default();
    for line in text.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let edited =
            line.replacen("from-zone <FROM ZONE> to-zone <TO ZONE> ", "from-zone lan to-zone dmz ", 1);
        let words = words(&edited);
        let name = words.iter().find(|word| word.starts_with("VEEAM-")).unwrap_or_else(|| panic!("{line}"));
        assert!(name.len() <= 63, "{line}");
        match words[..] {
            ["set", "security", "address-book", "global", "address", name, net] => {
                let known = config.addresses.insert(name.to_owned(), (Side::parse(net), None));
                assert!(known.is_none() && net.contains('/'), "{line}");
            }
            [
                "set",
                "security",
                "address-book",
                "global",
                "address",
                name,
                "dns-name",
                host,
                family @ ("ipv4-only" | "ipv6-only"),
            ] => {
                let side = (Side::Name(host.to_owned()), Some(family == "ipv6-only"));
                assert!(config.addresses.insert(name.to_owned(), side).is_none(), "{line}");
            }
            ["delete", "security", "address-book", "global", "address-set", name] => {
                assert!(config.sets.insert(name.to_owned(), Vec::new()).is_none(), "{line}");
            }
            ["set", "security", "address-book", "global", "address-set", name, "address", member] => {
                config.sets.get_mut(name).unwrap().push(member.to_owned());
            }
            ["set", "security", "address-book", "global", "address-set", _, "description", _] => {}
            ["set", "applications", "application", name, "protocol", transport @ ("tcp" | "udp")] => {
                assert!(config.protocols.insert(name.to_owned(), transport.to_owned()).is_none(), "{line}");
            }
            ["set", "applications", "application", name, "destination-port", range] => {
                assert!(config.ports.insert(name.to_owned(), ports(range, '-')).is_none(), "{line}");
            }
            ["set", "applications", "application-set", name, "application", member] => {
                config.applications.entry(name.to_owned()).or_default().push(member.to_owned());
            }
            [
                "set",
                "security",
                "policies",
                "from-zone",
                "lan",
                "to-zone",
                "dmz",
                "policy",
                name,
                ref rest @ ..,
            ] => {
                let policy = config.policies.entry(name.to_owned()).or_default();
                match *rest {
                    ["match", "source-address", set] => {
                        assert!(policy.from.replace(set.to_owned()).is_none());
                    }
                    ["match", "destination-address", set] => {
                        assert!(policy.to.replace(set.to_owned()).is_none());
                    }
                    ["match", "application", set] => {
                        assert!(policy.application.replace(set.to_owned()).is_none());
                    }
                    ["then", "permit"] => policy.permits = true,
                    ["then", "log", "session-close"] | ["description", _] => {}
                    _ => panic!("unexpected: {line}"),
                }
            }
            _ => panic!("unexpected: {line}"),
        }
    }
    config
}

pub fn read(text: &str) -> BTreeSet<Opening> {
    let config = config(text);
    let mut openings = BTreeSet::new();
    for policy in config.policies.values() {
        assert!(policy.permits, "{policy:?}");
        let mut families = BTreeSet::new();
        let mut end = |set: &Option<String>| -> Vec<Side> {
            let members = &config.sets[set.as_ref().unwrap()];
            assert!(members.len() <= 500, "{policy:?}");
            members
                .iter()
                .map(|member| {
                    let (side, asked) = &config.addresses[member];
                    families.extend(side.is_v6().or(*asked));
                    side.clone()
                })
                .collect()
        };
        let (from, to) = (end(&policy.from), end(&policy.to));
        assert_eq!(families.len(), 1, "the DNS names are asked for in the other family: {policy:?}");
        for application in &config.applications[policy.application.as_ref().unwrap()] {
            let (transport, ports) = (&config.protocols[application], [config.ports[application]]);
            Product { place: "the", from: &from, to: &to, transport, ports: &ports }.add_to(&mut openings);
        }
    }
    openings
}
