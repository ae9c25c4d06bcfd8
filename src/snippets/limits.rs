//! How much a snippet or one of its parts may hold. The evidence stands in the project's research notes.

use crate::catalogue::PortRange;

/// The most flows that are written as rules; beyond that nobody can check or paste the text.
pub const FLOWS_IN_RULES: u64 = 20_000;

/// The most flows of a workbook: the rows of a sheet below its header.
pub(super) const FLOWS_IN_SHEET: u64 = 1_048_575;

/// The most entries of one source, one destination and one range; devices hold a few thousand.
pub(super) const ENTRIES_IN_LIST: u64 = 50_000;

/// The most bytes of a comment: ASA takes 100, nftables 128, Azure 140, and others more.
pub(super) const COMMENT: usize = 100;

/// The most hosts that a sentence names before it goes on with a number.
pub(super) const NAMED_HOSTS: usize = 8;

/// How much one rule of a target holds; what is more becomes further rules.
#[derive(Debug, Clone, Copy)]
pub(super) struct Limits {
    /// The most addresses at one end.
    pub addresses: usize,
    /// The ports.
    pub ports: PortLimit,
}

impl Limits {
    /// As much as there is.
    pub const NONE: Self = Self { addresses: usize::MAX, ports: PortLimit::Any };
}

/// How many ports one rule holds.
#[derive(Debug, Clone, Copy)]
pub(super) enum PortLimit {
    /// Any number.
    Any,
    /// So many; a range counts as two: 15 with iptables, ufw and NSX.
    Slots(usize),
}

impl PortLimit {
    /// The ports, in portions that keep to the limit.
    pub fn split(self, ranges: &[PortRange]) -> Vec<Vec<PortRange>> {
        let Self::Slots(most) = self else { return vec![ranges.to_vec()] };
        let mut portions: Vec<Vec<PortRange>> = Vec::new();
        let mut free = 0;
        for range in ranges {
            let slots = if range.is_single() { 1 } else { 2 };
            match portions.last_mut() {
                Some(portion) if slots <= free => portion.push(*range),
                _ => {
                    portions.push(vec![*range]);
                    free = most;
                }
            }
            free -= slots.min(free);
        }
        portions
    }
}
