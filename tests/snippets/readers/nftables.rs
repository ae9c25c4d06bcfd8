//! Reads `add rule` lines.

use std::collections::BTreeSet;

use crate::snippets::opening::{Opening, Product, Side, place, ports};

/// Takes a single word or a `{ a, b }` list off the front of the words.
fn set<'a>(words: &mut impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    let first = words.next().unwrap();
    if first != "{" {
        return vec![first];
    }
    words.take_while(|word| *word != "}").map(|word| word.trim_end_matches(',')).collect()
}

pub fn read(text: &str) -> BTreeSet<Opening> {
    let mut openings = BTreeSet::new();
    let mut host = String::new();
    for line in text.lines() {
        host = place(line).unwrap_or(host);
        let Some(rule) = line.strip_prefix("add rule inet filter ") else { continue };
        let mut words = rule.split(' ').skip(1);
        let (mut from, mut to) = (vec![Side::Here], vec![Side::Here]);
        let (transport, ports) = loop {
            match (words.next().unwrap(), words.next().unwrap()) {
                (family @ ("ip" | "ip6"), field) => {
                    let nets: Vec<Side> = set(&mut words).into_iter().map(Side::parse).collect();
                    assert!(nets.iter().all(|net| net.is_v6() == Some(family == "ip6")), "{line}");
                    if field == "saddr" { from = nets } else { to = nets }
                }
                (transport, "dport") => {
                    let ports: Vec<_> = set(&mut words).into_iter().map(|port| ports(port, '-')).collect();
                    break (transport, ports);
                }
                other => panic!("{other:?} in {line}"),
            }
        };
        assert_eq!(words.take(3).collect::<Vec<_>>(), ["counter", "accept", "comment"], "{line}");
        Product { place: &host, from: &from, to: &to, transport, ports: &ports }.add_to(&mut openings);
    }
    openings
}
