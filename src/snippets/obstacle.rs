//! Flows that no rule can express, and why.

use std::collections::BTreeMap;

use super::text;

/// An end of a flow.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Side {
    Source,
    Destination,
}

impl Side {
    fn word(self) -> &'static str {
        match self {
            Self::Source => "source",
            Self::Destination => "destination",
        }
    }
}

/// Why a flow cannot be a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Obstacle {
    /// The host has no address.
    NoAddress(Side),
    /// The host has DNS names only; what they stand for can change, so they are never resolved.
    OnlyNames(Side),
    /// The host has no IPv4 address, and the target takes no other.
    NoIpv4(Side),
    /// One end has IPv4 addresses only, the other IPv6.
    NoCommonFamily,
}

impl Obstacle {
    fn text(self) -> String {
        match self {
            Self::NoAddress(side) => format!("the {} has no address in the plan", side.word()),
            Self::OnlyNames(side) => {
                format!("the {} has only a DNS name in the plan, and a rule needs an IP address", side.word())
            }
            Self::NoIpv4(side) => {
                format!("the {} has no IPv4 address in the plan, and the target takes no other", side.word())
            }
            Self::NoCommonFamily => {
                "one end has only IPv4 addresses in the plan, the other only IPv6".to_owned()
            }
        }
    }
}

/// The flows of one rule that it cannot express.
#[derive(Debug, Default)]
pub(super) struct Obstacles {
    /// By obstacle and anchor, in the order in which they came.
    met: BTreeMap<(Obstacle, usize), Vec<String>>,
    anchors: Vec<String>,
}

impl Obstacles {
    /// Adds the flow between an anchor and a peer; the flows of an anchor come one after the other.
    pub fn add(&mut self, obstacle: Obstacle, anchor: String, peer: String) {
        if self.anchors.last() != Some(&anchor) {
            self.anchors.push(anchor);
        }
        self.met.entry((obstacle, self.anchors.len())).or_default().push(peer);
    }

    /// How many flows there are.
    pub fn count(&self) -> usize {
        self.met.values().map(Vec::len).sum()
    }

    /// One clean line per obstacle and anchor; `flow` puts the flows of an anchor with some peers into words.
    pub fn lines(&self, flow: impl Fn(&str, &[String]) -> String) -> Vec<String> {
        let line = |((obstacle, at), peers): (&(Obstacle, usize), &Vec<String>)| {
            let anchor = self.anchors.get(at - 1).map_or("", String::as_str);
            text::clean(&format!("TODO not opened: {}: {}", flow(anchor, peers), obstacle.text()))
        };
        self.met.iter().map(line).collect()
    }
}
