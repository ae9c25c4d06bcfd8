//! Ids and names of what a snippet creates. They come from hashes, numbers and addresses only, never from text that a
//! person wrote, and from what a flow is, never from its place in a list: they stay the same when other flows come and
//! go.
//!
//! Names of rules have at most 35 characters of `[A-Z0-9-]`, and names of objects at most 63, so that every target
//! takes them: a FortiGate policy 35, Palo Alto, SRX and ASA 63, Azure 80.

use std::collections::HashSet;
use std::fmt;

use crate::catalogue::{PortRange, Transport};
use crate::plan::Plan;

use super::addresses::{Family, Peer};
use super::target::Direction;

/// Six hexadecimal digits that stand for a text: 32-bit FNV-1a, folded to 24 bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct Id(u32);

impl Id {
    /// The id of a list of texts. None of them holds the control character that ends each.
    pub fn of<'a>(parts: impl IntoIterator<Item = &'a str>) -> Self {
        const OFFSET: u32 = 0x811C_9DC5;
        const PRIME: u32 = 0x0100_0193;
        let bytes = parts.into_iter().flat_map(|part| part.bytes().chain([0]));
        let hash = bytes.fold(OFFSET, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(PRIME));
        Self((hash >> 24) ^ (hash & 0x00FF_FFFF))
    }

    /// The id of a plan; a plan that gets another name gets another id.
    pub fn of_plan(plan: &Plan) -> Self {
        Self::of([plan.name().as_str()])
    }
}

impl fmt::Display for Id {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{:06X}", self.0)
    }
}

/// Hands out ids that differ among the rules of one host.
#[derive(Debug, Default)]
pub(super) struct Ids {
    taken: HashSet<Id>,
}

impl Ids {
    /// The id of these texts, or a further one if another rule has it.
    pub fn claim(&mut self, parts: &[&str]) -> Id {
        let mut id = Id::of(parts.iter().copied());
        let mut again = 2_u32;
        while !self.taken.insert(id) {
            let number = again.to_string();
            id = Id::of(parts.iter().copied().chain([number.as_str()]));
            again = again.saturating_add(1);
        }
        id
    }
}

/// Whose names: a plan's, or those of a part of it that must not touch what other parts created.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Owner {
    /// The plan.
    pub plan: Id,
    /// The part; `None` for all of a place's flows.
    pub part: Option<Id>,
}

impl Owner {
    /// The start of names that hold no id of a rule: `VEEAM-7F3A91-`, or `VEEAM-7F3A91-4C01AA-` for a part.
    fn prefix(self) -> String {
        let part = self.part.map_or_else(String::new, |part| format!("{part}-"));
        format!("{}{part}", prefix(self.plan))
    }

    /// The object for an address: `VEEAM-7F3A91-10-10-1-11-32`, `VEEAM-7F3A91-2001-DB8--11-128`. A DNS name is user
    /// text, so its object has a number: `VEEAM-7F3A91-D4C01AA0BD6E4`.
    pub fn address(self, peer: &Peer) -> String {
        let prefix = self.prefix();
        match peer {
            Peer::Net(net) => {
                let net = format!("{}/{}", net.addr(), net.prefix_len());
                format!("{prefix}{}", net.replace([':', '.', '/'], "-").to_ascii_uppercase())
            }
            Peer::Name(name) => format!("{prefix}D{}", number(name)),
        }
    }
}

/// Twelve digits for a text. Of many thousand texts two may share an [`Id`], but hardly this.
fn number(text: &str) -> String {
    format!("{}{}", Id::of([text]), Id::of(["again", text]))
}

/// A host, whose name is user text: `H4C01AA0BD6E4`.
pub(super) fn host(name: &str) -> String {
    format!("H{}", number(name))
}

/// A host's place where those of many stand side by side: `VEEAM-7F3A91-IN-H4C01AA0BD6E4`.
pub(super) fn place(owner: Owner, direction: Direction, host: &str) -> String {
    format!("{}-{}", chain(owner, direction), self::host(host))
}

/// Something that is told apart by what it holds, which is no user text: `VEEAM-7F3A91-F4C01AA-IN-TCP4-445-10-0-0-1-32`.
pub(super) fn content(parts: &[&str]) -> String {
    parts.join("-").replace([':', '.', '/'], "-")
}

/// Which of `all` places a name asks for.
pub(super) fn slot(name: &str, all: usize) -> usize {
    usize::try_from(Id::of([name]).0).map_or(0, |hash| hash.checked_rem(all).unwrap_or_default())
}

/// The name of a rule in transit, short enough for Aerleon, whose iptables generator takes 24 characters:
/// `V7F3A91-F4C01AA-TCP4`.
pub(super) fn term(rule: &str) -> String {
    rule.replacen("VEEAM-", "V", 1).replacen("-FWD-", "-", 1)
}

/// The start of every rule name of a plan: `VEEAM-7F3A91-`.
pub(super) fn prefix(plan: Id) -> String {
    format!("VEEAM-{plan}-")
}

/// `VEEAM-7F3A91-F4C01AA-IN-TCP4`; further parts of a rule that had to be split end in `-2`, `-3`, ….
pub(super) fn rule(
    (plan, rule): (Id, Id),
    direction: Direction,
    transport: Transport,
    family: Family,
    part: usize,
) -> String {
    let place = match direction {
        Direction::Inbound => "IN",
        Direction::Outbound => "OUT",
        Direction::Transit => "FWD",
    };
    format!("{}F{rule}-{place}-{}{}{}", prefix(plan), upper(transport), family.digit(), further(part))
}

/// The ports of a rule as one object: `VEEAM-7F3A91-F4C01AA-TCP`.
pub(super) fn service((plan, rule): (Id, Id), transport: Transport, part: usize) -> String {
    format!("{}F{rule}-{}{}", prefix(plan), upper(transport), further(part))
}

/// One range of a service, for targets whose objects hold no more: `VEEAM-7F3A91-F4C01AA-TCP-P2500-3300`.
pub(super) fn ports(service: &str, range: PortRange) -> String {
    format!("{service}-P{range}")
}

/// The addresses at one end of a rule as one group: `VEEAM-7F3A91-F4C01AA-SRC4`.
pub(super) fn addresses((plan, rule): (Id, Id), end: &str, family: Family, part: usize) -> String {
    format!("{}F{rule}-{end}{}{}", prefix(plan), family.digit(), further(part))
}

/// `Veeam plan 7F3A91`. Never `Veeam Networking`: the product resets that group on every update.
pub(super) fn group(plan: Id) -> String {
    format!("Veeam plan {plan}")
}

/// `VEEAM-7F3A91-IN`; a part of a host's flows has a chain of its own, `VEEAM-7F3A91-IN-4C01AA`, so that applying or
/// removing it leaves the host's other rules alone. At most 24 characters; iptables takes 28.
pub(super) fn chain(owner: Owner, direction: Direction) -> String {
    let place = match direction {
        Direction::Inbound => "IN",
        Direction::Outbound => "OUT",
        Direction::Transit => "FORWARD",
    };
    let part = owner.part.map_or_else(String::new, |part| format!("-{part}"));
    format!("{}{place}{part}", prefix(owner.plan))
}

/// A policy of firewalld, which takes 18 characters: `veeam-7f3a91-fwd`; a part has one of its own, `v7f3a91-4c01aa-fwd`.
pub(super) fn policy(owner: Owner, direction: Direction) -> String {
    let place = match direction {
        Direction::Inbound => "in",
        Direction::Outbound => "out",
        Direction::Transit => "fwd",
    };
    let name = match owner.part {
        None => format!("veeam-{}-{place}", owner.plan),
        Some(part) => format!("v{}-{part}-{place}", owner.plan),
    };
    name.to_ascii_lowercase()
}

/// A name for targets that take small letters and underscores only: `veeam_7f3a91_in`.
pub(super) fn lower(name: &str) -> String {
    name.to_ascii_lowercase().replace('-', "_")
}

fn upper(transport: Transport) -> String {
    transport.name().to_ascii_uppercase()
}

fn further(part: usize) -> String {
    if part == 0 { String::new() } else { format!("-{}", part + 1) }
}
