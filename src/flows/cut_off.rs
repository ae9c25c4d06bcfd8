//! Hosts that sites and partners leave without anybody for a rule, though without these limits somebody would be there.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::classes::{Class, ClassId, SourceId, TargetId};
use super::requirement::RuleRef;
use super::resolve::{Flows, HostIx};

/// A host that limits leave alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CutOff {
    /// The host.
    pub host: HostIx,
    /// The rules for which it has no peer left, in the catalogue's order.
    pub rules: Vec<RuleRef>,
}

/// The hosts that have fewer rules with the limits than without, in the plan's order.
pub(super) fn find(limited: &Flows, free: &Flows) -> Vec<CutOff> {
    let (mut with, mut without) = (Served::new(limited), Served::new(free));
    let mut known: HashMap<(ClassId, ClassId), Vec<RuleRef>> = HashMap::new();
    let mut found = Vec::new();
    for host in limited.hosts().keys() {
        let (Some(one), Some(other)) = (limited.class_id(host), free.class_id(host)) else { continue };
        let rules = known.entry((one, other)).or_insert_with(|| {
            let kept = with.rules(one);
            without.rules(other).difference(&kept).copied().collect()
        });
        if !rules.is_empty() {
            found.push(CutOff { host, rules: rules.clone() });
        }
    }
    found
}

/// The rules that hosts of each class have with somebody else.
struct Served<'a> {
    flows: &'a Flows,
    sources: BTreeMap<SourceId, u64>,
    targets: BTreeMap<TargetId, u64>,
    /// What a source has with all targets but one that is only itself, and the other way round.
    out: HashMap<(SourceId, Option<TargetId>), BTreeSet<RuleRef>>,
    into: HashMap<(TargetId, Option<SourceId>), BTreeSet<RuleRef>>,
}

impl<'a> Served<'a> {
    fn new(flows: &'a Flows) -> Self {
        let (mut sources, mut targets) = (BTreeMap::new(), BTreeMap::new());
        for class in flows.classes.table.entries() {
            *sources.entry(class.source).or_default() += class.size;
            *targets.entry(class.target).or_default() += class.size;
        }
        Self { flows, sources, targets, out: HashMap::new(), into: HashMap::new() }
    }

    fn rules(&mut self, class: ClassId) -> BTreeSet<RuleRef> {
        let Class { source, target, .. } = self.flows.classes.table[class];
        let itself = (self.targets.get(&target) == Some(&1)).then_some(target);
        let (flows, targets) = (self.flows, &self.targets);
        let out = self.out.entry((source, itself)).or_insert_with(|| {
            let others = targets.keys().filter(|other| Some(**other) != itself);
            others.flat_map(|target| between(flows, source, *target)).collect()
        });
        let itself = (self.sources.get(&source) == Some(&1)).then_some(source);
        let sources = &self.sources;
        let into = self.into.entry((target, itself)).or_insert_with(|| {
            let others = sources.keys().filter(|other| Some(**other) != itself);
            others.flat_map(|source| between(flows, *source, target)).collect()
        });
        out.union(into).copied().collect()
    }
}

fn between(flows: &Flows, source: SourceId, target: TargetId) -> impl Iterator<Item = RuleRef> {
    let list = flows.classes.across(source, target).map_or(&[][..], |list| &flows.list(list).by_rule);
    list.iter().flat_map(|shape| flows.shape(*shape).reasons.iter().copied())
}
