//! Reads `firewall-cmd` with rich rules in policies.

use std::collections::BTreeSet;

use crate::snippets::opening::{Opening, Product, Side, place, ports};

/// The value of `--option=VALUE` in a line.
fn option<'a>(line: &'a str, name: &str) -> Option<&'a str> {
    line.split_once(&format!("--{name}="))?.1.split(' ').next()
}

pub fn read(text: &str) -> BTreeSet<Opening> {
    let mut openings = BTreeSet::new();
    let (mut host, mut policy, mut ends) = (String::new(), "", ("", ""));
    for line in text.lines() {
        host = place(line).unwrap_or(host);
        policy = option(line, "new-policy").unwrap_or(policy);
        assert!(policy.len() <= 18, "{policy}");
        assert!(option(line, "policy").is_none_or(|named| named == policy), "{line}");
        ends.0 = option(line, "add-ingress-zone").unwrap_or(ends.0);
        ends.1 = option(line, "add-egress-zone").unwrap_or(ends.1);
        let Some(rule) = line.trim_start().strip_prefix("--add-rich-rule='rule ") else { continue };
        let rule = rule.trim_end_matches(" \\").strip_suffix(" accept'").unwrap_or_else(|| panic!("{line}"));
        let (mut from, mut to) = (Side::Here, Side::Here);
        let (mut family, mut transport, mut range, mut end) = ("", "", (0, 0), "");
        for word in rule.split(' ') {
            let Some((field, value)) = word.split_once('=') else {
                end = word;
                continue;
            };
            let value = value.trim_matches('"');
            match (end, field) {
                (_, "family") => family = value,
                ("source", "address") => from = Side::parse(value),
                ("destination", "address") => to = Side::parse(value),
                ("port", "port") => range = ports(value, '-'),
                ("port", "protocol") => transport = value,
                _ => panic!("{word} in {line}"),
            }
        }
        let zone = |side: &Side, inner: &str| if *side == Side::Here { "HOST" } else { inner }.to_owned();
        assert_eq!(ends, (zone(&from, "ANY").as_str(), zone(&to, "ANY").as_str()), "{line}");
        for side in [&from, &to] {
            assert!(side.is_v6().is_none_or(|v6| v6 == (family == "ipv6")), "{line}");
        }
        let (from, to) = (&[from], &[to]);
        Product { place: &host, from, to, transport, ports: &[range] }.add_to(&mut openings);
    }
    openings
}
