//! All flows from some hosts to some others.

use std::collections::{BTreeSet, HashMap};

use super::listing::FlowRef;
use super::resolve::{Flows, HostIx};

/// The flows from each host of one list to each of another, in the order of the lists; none from a host to itself.
#[derive(Debug)]
pub struct Between {
    from: Vec<HostIx>,
    to: Vec<HostIx>,
    len: u64,
}

impl Between {
    /// Counts the flows by classes of hosts, so that it costs as much as there are hosts.
    pub fn new(flows: &Flows, from: Vec<HostIx>, to: Vec<HostIx>) -> Self {
        let sources = sizes(from.iter().filter_map(|host| flows.class_of(*host).map(|class| class.source)));
        let targets = sizes(to.iter().filter_map(|host| flows.class_of(*host).map(|class| class.target)));
        let rows = |list| flows.list(list).merged.len() as u64;
        let mut len = 0;
        for (source, from_size) in &sources {
            for (target, to_size) in &targets {
                let list = flows.classes.across(*source, *target);
                len += list.map_or(0, rows) * from_size * to_size;
            }
        }
        let known: BTreeSet<HostIx> = to.iter().copied().collect();
        for class in from.iter().filter(|host| known.contains(host)).filter_map(|host| flows.class_of(*host))
        {
            len -= flows.classes.across(class.source, class.target).map_or(0, rows);
        }
        Self { from, to, len }
    }

    /// How many flows there are.
    pub fn len(&self) -> u64 {
        self.len
    }

    /// Whether there is no flow.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Hands every flow to `visit`, without keeping any; stops when `visit` gives an error.
    ///
    /// # Errors
    /// The first error of `visit`.
    pub fn each<E>(&self, flows: &Flows, mut visit: impl FnMut(FlowRef) -> Result<(), E>) -> Result<(), E> {
        for from in &self.from {
            for to in self.to.iter().filter(|to| *to != from) {
                let shapes = flows.list_between(*from, *to).map_or(&[][..], |list| &flows.list(list).merged);
                for shape in shapes {
                    visit(FlowRef { from: *from, to: *to, shape: *shape })?;
                }
            }
        }
        Ok(())
    }
}

fn sizes<T: Eq + std::hash::Hash>(classes: impl Iterator<Item = T>) -> HashMap<T, u64> {
    let mut sizes = HashMap::new();
    for class in classes {
        *sizes.entry(class).or_default() += 1;
    }
    sizes
}
