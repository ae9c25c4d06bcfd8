//! Reads what `iptables-restore` and `ip6tables-restore` are fed.

use std::collections::BTreeSet;

use crate::snippets::opening::{Opening, Product, Side, place, ports};

pub fn read(text: &str) -> BTreeSet<Opening> {
    let mut openings = BTreeSet::new();
    let mut host = String::new();
    let mut v6 = false;
    for line in text.lines() {
        host = place(line).unwrap_or(host);
        v6 = if line.contains("-restore") { line.starts_with("ip6tables") } else { v6 };
        let Some(rule) = line.strip_prefix("-A ") else { continue };
        assert!(rule.ends_with("\" -j ACCEPT"), "{line}");
        let rule = rule.split(" -m comment ").next().unwrap();
        let (mut from, mut to) = (vec![Side::Here], vec![Side::Here]);
        let (mut transport, mut slots) = ("", Vec::new());
        let mut words = rule.split(' ').skip(1);
        while let (Some(option), Some(value)) = (words.next(), words.next()) {
            let sides = || value.split(',').map(Side::parse).collect::<Vec<_>>();
            match (option, value) {
                ("-s", _) => from = sides(),
                ("-d", _) => to = sides(),
                ("-p", _) => transport = value,
                ("-m", "multiport") => {}
                ("--dports", _) => slots = value.split(',').map(|port| ports(port, ':')).collect(),
                _ => panic!("{option} {value} in {line}"),
            }
        }
        assert!(value_slots(rule) <= 15, "{line}");
        assert!(from.iter().chain(&to).filter_map(Side::is_v6).all(|is_v6| is_v6 == v6), "{line}");
        Product { place: &host, from: &from, to: &to, transport, ports: &slots }.add_to(&mut openings);
    }
    openings
}

/// How many of the 15 slots the ports take; a range takes two.
fn value_slots(rule: &str) -> usize {
    let ports = rule.split(" --dports ").nth(1).unwrap().split(' ').next().unwrap();
    ports.split([',', ':']).count()
}
