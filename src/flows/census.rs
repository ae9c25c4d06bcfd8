//! How many flows a kind of rule asks for, counted by sides of hosts.

use std::collections::{BTreeMap, HashMap};

use crate::catalogue::{Catalogue, CustomPortId, Key, PortSet};
use crate::plan::{HostId, Plan};

use super::classes::{SourceId, TargetId};
use super::requirement::RuleRef;
use super::resolve::{Flows, HostIx};
use super::shape::Shape;

/// How many flows there are of a kind, and how many hosts they go to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Extent {
    /// The flows.
    pub flows: u64,
    /// The hosts that they go to.
    pub hosts: u64,
}

/// Which hosts of a target side a kind of flow reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Reached {
    #[default]
    None,
    /// All but the one that would be its own source.
    AllButOne,
    All,
}

impl Flows {
    /// The extent of kinds of flows, numbered from 0 to `kinds`: `kinds_of` says which ones a shape is of, `arrives`
    /// which hosts count as destinations. Connections of a host to itself are left out.
    pub fn extents(
        &self,
        kinds: usize,
        kinds_of: impl Fn(&Shape) -> Vec<usize>,
        arrives: impl Fn(HostIx) -> bool,
    ) -> Vec<Extent> {
        let sides = Sides::new(self, arrives);
        let of_shape: Vec<Vec<usize>> = self.shapes.table.entries().iter().map(kinds_of).collect();
        let of_list: Vec<BTreeMap<usize, u64>> = self
            .shapes
            .lists
            .entries()
            .iter()
            .map(|list| {
                let mut kinds = BTreeMap::new();
                for kind in list.merged.iter().filter_map(|shape| of_shape.get(shape.position())).flatten() {
                    *kinds.entry(*kind).or_default() += 1;
                }
                kinds
            })
            .collect();
        let mut extents = vec![Extent::default(); kinds];
        for (target, size) in &sides.targets {
            let mut reached = vec![Reached::None; kinds];
            for (source, sources) in &sides.sources {
                let Some(list) = self.classes.across(*source, *target) else { continue };
                let own = sides.both.get(&(*source, *target)).copied().unwrap_or(0);
                let pairs = sources * size - own;
                let Some(kinds) = of_list.get(list.position()).filter(|_| pairs > 0) else { continue };
                let news = if *sources == 1 && own == 1 { Reached::AllButOne } else { Reached::All };
                for (kind, shapes) in kinds {
                    if let (Some(extent), Some(reached)) = (extents.get_mut(*kind), reached.get_mut(*kind)) {
                        extent.flows += pairs * shapes;
                        *reached = if *reached == Reached::None { news } else { Reached::All };
                    }
                }
            }
            for (extent, reached) in extents.iter_mut().zip(reached) {
                extent.hosts += match reached {
                    Reached::None => 0,
                    Reached::AllButOne => size - 1,
                    Reached::All => *size,
                };
            }
        }
        extents
    }

    /// How far each of the plan's own rules goes, in their order.
    pub fn extents_of_own_rules(&self, plan: &Plan) -> Vec<Extent> {
        let own = |rule: &RuleRef| match rule {
            RuleRef::Own(at) => Some(*at),
            RuleRef::Catalogue(_) => None,
        };
        self.extents(plan.rules().len(), |shape| shape.reasons.iter().filter_map(own).collect(), |_| true)
    }
}

/// The sides of a plan's hosts, and how many hosts have them.
struct Sides {
    sources: HashMap<SourceId, u64>,
    targets: HashMap<TargetId, u64>,
    /// Hosts that have both sides: none of them is its own peer.
    both: HashMap<(SourceId, TargetId), u64>,
}

impl Sides {
    fn new(flows: &Flows, arrives: impl Fn(HostIx) -> bool) -> Self {
        let mut sides = Self { sources: HashMap::new(), targets: HashMap::new(), both: HashMap::new() };
        for host in flows.hosts().keys() {
            let Some(class) = flows.class_of(host) else { continue };
            *sides.sources.entry(class.source).or_default() += 1;
            if arrives(host) {
                *sides.targets.entry(class.target).or_default() += 1;
                *sides.both.entry((class.source, class.target)).or_default() += 1;
            }
        }
        sides
    }
}

/// What a customisable port means in a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CustomUse {
    /// The port.
    pub key: CustomPortId,
    /// What the pages print, each form of it once.
    pub printed: Vec<PortSet>,
    /// The flows that have it, apart from those to hosts that have ports of their own.
    pub extent: Extent,
}

/// What each customisable port means in the plan, or for one host.
pub fn custom_uses(
    catalogue: &Catalogue,
    plan: &Plan,
    flows: &Flows,
    host: Option<HostId>,
) -> Vec<CustomUse> {
    let kinds_of = |shape: &Shape| {
        let rules = shape.reasons.iter().filter_map(|rule| match rule {
            RuleRef::Catalogue(id) => Some(&catalogue.rules()[*id]),
            RuleRef::Own(_) => None,
        });
        let mut kinds: Vec<usize> =
            rules.flat_map(|rule| &rule.replaceable).map(|part| part.key.position()).collect();
        kinds.sort_unstable();
        kinds.dedup();
        kinds
    };
    let count = catalogue.custom_ports().len();
    let is_host = |at: HostIx| host.is_none_or(|host| flows.hosts()[at] == host);
    let all = flows.extents(count, kinds_of, is_host);
    let own_ports = |key: CustomPortId, at: HostIx| {
        plan.hosts().get(at.position()).is_some_and(|host| host.ports.contains_key(&key))
    };
    let use_of = |key: CustomPortId| {
        let some_differ = plan.hosts().iter().any(|other| other.ports.contains_key(&key));
        let extents =
            (host.is_none() && some_differ).then(|| flows.extents(count, kinds_of, |at| !own_ports(key, at)));
        let extent = extents.as_ref().unwrap_or(&all).get(key.position()).copied().unwrap_or_default();
        CustomUse { key, printed: printed(catalogue, key), extent }
    };
    catalogue.custom_ports().keys().map(use_of).collect()
}

fn printed(catalogue: &Catalogue, key: CustomPortId) -> Vec<PortSet> {
    let mut printed: Vec<PortSet> = Vec::new();
    let parts = catalogue.rules().entries().iter().flat_map(|rule| &rule.replaceable);
    for part in parts.filter(|part| part.key == key) {
        if !printed.contains(&part.printed) {
            printed.push(part.printed.clone());
        }
    }
    printed.sort();
    printed
}
