//! Ids and names of what a snippet creates. They come from hashes only, never from text that a person wrote, and
//! from what a flow is, never from its place in a list: they stay the same when other flows come and go.

use std::collections::HashSet;
use std::fmt;

use crate::catalogue::Transport;
use crate::plan::Plan;

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

/// The start of every rule name of a plan: `VEEAM-7F3A91-`.
pub(super) fn prefix(plan: Id) -> String {
    format!("VEEAM-{plan}-")
}

/// `VEEAM-7F3A91-F4C01AA-IN-TCP`; further parts of a rule that had to be split end in `-2`, `-3`, ….
pub(super) fn rule(plan: Id, rule: Id, direction: Direction, transport: Transport, part: usize) -> String {
    let place = match direction {
        Direction::Inbound => "IN",
        Direction::Outbound => "OUT",
        Direction::Transit => "FWD",
    };
    let transport = transport.name().to_ascii_uppercase();
    let part = if part == 0 { String::new() } else { format!("-{}", part + 1) };
    format!("{}F{rule}-{place}-{transport}{part}", prefix(plan))
}

/// `Veeam plan 7F3A91`. Never `Veeam Networking`: the product resets that group on every update.
pub(super) fn group(plan: Id) -> String {
    format!("Veeam plan {plan}")
}

/// `veeam_7f3a91_in`; a part of a host's flows has a chain of its own, `veeam_7f3a91_in_4c01aa`, so that
/// applying or removing it leaves the host's other rules alone.
pub(super) fn chain(plan: Id, direction: Direction, part: Option<Id>) -> String {
    let place = match direction {
        Direction::Inbound => "in",
        Direction::Outbound => "out",
        Direction::Transit => "forward",
    };
    let part = part.map_or_else(String::new, |part| format!("_{part}"));
    format!("veeam_{plan}_{place}{part}").to_ascii_lowercase()
}
