//! Hosts that a listing treats alike, on one side of a flow.

use crate::catalogue::Key;

/// Hosts with one side that a search gave the same bits.
#[derive(Debug, Clone, Copy)]
pub(super) struct Group<S> {
    pub side: S,
    pub bits: u64,
    pub size: u64,
}

/// All hosts of a plan in groups.
#[derive(Debug)]
pub(super) struct Groups<S> {
    pub all: Vec<Group<S>>,
    /// The group of every host, in the plan's order.
    pub of_host: Vec<usize>,
}

impl<S: Key> Groups<S> {
    /// Groups the hosts by their side and the bits that a search gave them.
    pub fn new(hosts: impl Iterator<Item = (S, u64)>) -> Self {
        let mut groups =
            Self { all: Vec::new(), of_host: Vec::with_capacity(hosts.size_hint().1.unwrap_or(0)) };
        // A side has few groups, and a short list is searched faster than a hash is computed.
        let mut known: Vec<Vec<(u64, usize)>> = Vec::new();
        for (side, bits) in hosts {
            if known.len() <= side.position() {
                known.resize(side.position() + 1, Vec::new());
            }
            let Some(of_side) = known.get_mut(side.position()) else { continue };
            let at = if let Some((_, at)) = of_side.iter().find(|(known, _)| *known == bits) {
                *at
            } else {
                of_side.push((bits, groups.all.len()));
                groups.all.push(Group { side, bits, size: 0 });
                groups.all.len() - 1
            };
            if let Some(group) = groups.all.get_mut(at) {
                group.size += 1;
            }
            groups.of_host.push(at);
        }
        groups
    }

    /// The place of a host's group.
    pub fn at(&self, host: usize) -> Option<usize> {
        self.of_host.get(host).copied()
    }

    /// The bits that a search gave a host.
    pub fn bits(&self, host: usize) -> u64 {
        self.at(host).and_then(|at| self.all.get(at)).map_or(0, |group| group.bits)
    }
}
