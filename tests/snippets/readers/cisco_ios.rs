//! Reads access lists, and expands the lists of both ways.

use std::collections::BTreeSet;
use std::net::Ipv4Addr;

use crate::snippets::opening::{Opening, Product, Side};

/// What the lists let pass to where connections go, and what they let pass back. An opening of the way back has the
/// ends of its packets: `from` is the host that answers, and `ports` are the ports from which it does.
pub fn both(text: &str) -> [BTreeSet<Opening>; 2] {
    let mut ways = [BTreeSet::new(), BTreeSet::new()];
    let mut list: Option<(bool, bool)> = None;
    for line in text.lines().filter(|line| !line.is_empty() && !line.trim_start().starts_with('!')) {
        let Some(entry) = line.strip_prefix(' ') else {
            assert!(list.is_none(), "a list is not left before {line}");
            list = Some(match line {
                "ip access-list extended <ACL NAME>" => (false, false),
                "ip access-list extended <RETURN ACL NAME>" => (false, true),
                "ipv6 access-list <IPV6 ACL NAME>" => (true, false),
                "ipv6 access-list <IPV6 RETURN ACL NAME>" => (true, true),
                _ => panic!("unexpected: {line}"),
            });
            continue;
        };
        if entry == "exit" {
            assert!(list.take().is_some());
            continue;
        }
        let (v6, back) = list.unwrap();
        let mut words = entry.split(' ').peekable();
        assert_eq!(words.next(), Some("permit"), "{line}");
        let transport = words.next().unwrap();
        let from = end(&mut words, v6);
        let source_ports = ports(&mut words);
        let to = end(&mut words, v6);
        let target_ports = ports(&mut words);
        let established = words.next();
        assert_eq!(words.next(), None, "{line}");
        assert_eq!(established, (back && transport == "tcp").then_some("established"), "{line}");
        assert_eq!((source_ports.is_some(), target_ports.is_some()), (back, !back), "{line}");
        let ports = [source_ports.or(target_ports).unwrap()];
        let before = ways[usize::from(back)].len();
        Product { place: "the", from: &[from], to: &[to], transport, ports: &ports }
            .add_to(&mut ways[usize::from(back)]);
        assert!(ways[usize::from(back)].len() > before, "twice: {line}");
    }
    assert!(list.is_none());
    ways
}

type Words<'a> = std::iter::Peekable<std::str::Split<'a, char>>;

fn end(words: &mut Words<'_>, v6: bool) -> Side {
    let side = match words.next().unwrap() {
        "host" => Side::parse(words.next().unwrap()),
        net if v6 => Side::parse(net),
        net => {
            // A wildcard mask has the bits that a netmask has not.
            let wildcard: Ipv4Addr = words.next().unwrap().parse().unwrap();
            Side::masked(net, &Ipv4Addr::from(!u32::from(wildcard)).to_string())
        }
    };
    assert_eq!(side.is_v6(), Some(v6));
    side
}

fn ports(words: &mut Words<'_>) -> Option<(u16, u16)> {
    let kind = words.next_if(|word| ["eq", "range"].contains(word))?;
    let first = words.next().unwrap().parse().unwrap();
    let last = if kind == "range" { words.next().unwrap().parse().unwrap() } else { first };
    assert!(kind == "eq" || first < last);
    Some((first, last))
}

/// The openings as their answers see them.
pub fn mirrored(openings: &BTreeSet<Opening>) -> BTreeSet<Opening> {
    let swap =
        |opening: &Opening| Opening { from: opening.to.clone(), to: opening.from.clone(), ..opening.clone() };
    openings.iter().map(swap).collect()
}

/// What connections are let pass. Fails unless exactly their answers are let pass back.
pub fn read(text: &str) -> BTreeSet<Opening> {
    let [forward, back] = both(text);
    assert_eq!(back, mirrored(&forward), "the lists of answers are not the mirror of the others:\n{text}");
    forward
}
