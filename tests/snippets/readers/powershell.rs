//! Reads the tables of rules in PowerShell.

use std::collections::BTreeSet;

use crate::snippets::opening::{Opening, Product, Side, place, ports};

/// What stands between a field's name, `open` included, and `close`.
fn field<'a>(line: &'a str, name: &str, open: &str, close: char) -> &'a str {
    let (_, rest) =
        line.split_once(&format!(" {name} = {open}")).unwrap_or_else(|| panic!("no {name}: {line}"));
    rest.split(close).next().unwrap()
}

pub fn quoted(line: &str, name: &str) -> String {
    field(line, name, "'", '\'').to_owned()
}

fn list(line: &str, name: &str) -> Vec<String> {
    field(line, name, "@(", ')').split(',').map(|item| item.trim_matches('\'').to_owned()).collect()
}

pub fn read(text: &str) -> BTreeSet<Opening> {
    let mut openings = BTreeSet::new();
    let mut host = String::new();
    for line in text.lines() {
        host = place(line).unwrap_or(host);
        if !line.trim_start().starts_with("@{") {
            continue;
        }
        let inbound = quoted(line, "Direction") == "Inbound";
        assert_eq!(inbound, line.contains(" LocalPort = "), "{line}");
        let ports = list(line, if inbound { "LocalPort" } else { "RemotePort" });
        let ports: Vec<_> = ports.iter().map(|port| self::ports(port, '-')).collect();
        let remote: Vec<Side> = list(line, "RemoteAddress").iter().map(|net| Side::parse(net)).collect();
        let here = [Side::Here];
        let (from, to) = if inbound { (&remote[..], &here[..]) } else { (&here[..], &remote[..]) };
        let transport = &quoted(line, "Protocol").to_lowercase();
        Product { place: &host, from, to, transport, ports: &ports }.add_to(&mut openings);
    }
    openings
}
