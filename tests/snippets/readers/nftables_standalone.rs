//! Reads the table that stands alone: its own rules as in an existing one, and nothing beyond what every machine needs.

use std::collections::BTreeSet;

use super::nftables;
use crate::snippets::opening::Opening;

/// What may pass though no flow asks for it.
const NEEDED: [&str; 7] = [
    "iif lo ",
    "oif lo ",
    "ct state ",
    "icmp type ",
    "icmpv6 type ",
    "ip6 saddr fe80::/10 udp sport 547 ",
    "ip6 daddr { fe80::/10, ff02::1:2 } udp sport 546 ",
];

pub fn read(text: &str) -> BTreeSet<Opening> {
    let mut lines = Vec::new();
    for line in text.lines() {
        let words: Vec<&str> = line.splitn(6, ' ').collect();
        match words.as_slice() {
            ["add", "rule", "inet", _, "needed", rule] => {
                assert!(NEEDED.iter().any(|known| rule.starts_with(known)), "{line}");
            }
            ["add", "rule", "inet", _, chain, rule] => {
                lines.push(format!("add rule inet filter {chain} {rule}"));
            }
            ["add", "chain", ..] if line.contains("hook") => {
                assert!(line.ends_with("policy drop; }"), "{line}");
            }
            _ => lines.push(line.to_owned()),
        }
    }
    nftables::read(&lines.join("\n"))
}
