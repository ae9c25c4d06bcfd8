//! What came and went between hosts of one kind and hosts of another.

use std::collections::HashMap;
use std::hash::Hash;
use std::rc::Rc;

use crate::catalogue::Catalogue;
use crate::flows::resolve::Flows;
use crate::flows::shape::{ListId, ShapeId};

use super::cause;
use super::kinds::Kinds;
use super::trial::{Asked, Part, Trials, Verdict};
use super::{Fate, State};

/// A shape that came or went, and why.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Change {
    pub fate: Fate,
    pub shape: ShapeId,
    pub verdict: Verdict,
}

impl Change {
    /// The cause that decides where it is listed.
    pub fn first(&self) -> Option<Part> {
        self.verdict.parts.first().copied()
    }
}

/// For each kind, the kinds of destinations with which something changed.
#[derive(Debug)]
pub(super) struct Pairs {
    lists: Vec<Vec<Change>>,
    targets: Vec<Vec<(usize, usize)>>,
}

/// A shape that only one of two lists has.
type Difference = Rc<[(Fate, ShapeId)]>;

impl Pairs {
    pub fn new(catalogue: &Catalogue, before: State<'_>, after: State<'_>, kinds: &Kinds) -> Self {
        let plan_causes = cause::of_plan(catalogue, before.plan, after.plan);
        let mut trials = Trials::new(catalogue, before.plan, after.plan, kinds, plan_causes);
        let mut pairs = Self { lists: Vec::new(), targets: vec![Vec::new(); kinds.all.len()] };
        let mut known: HashMap<Vec<Change>, usize> = HashMap::new();
        for (source, target, difference) in differing(before.flows, after.flows, kinds) {
            let (Some(from), Some(to)) = (kinds.all.get(source), kinds.all.get(target)) else { continue };
            let changes = difference.iter().map(|(fate, shape)| {
                let flows = if *fate == Fate::Added { after.flows } else { before.flows };
                let whole = flows.shape(*shape);
                let asked = Asked { fate: *fate, transport: whole.transport, ports: &whole.ports };
                Change { fate: *fate, shape: *shape, verdict: trials.verdict(from, to, asked) }
            });
            let changes: Vec<Change> = changes.collect();
            let lists = &mut pairs.lists;
            let list = *known.entry(changes).or_insert_with_key(|changes| {
                lists.push(changes.clone());
                lists.len() - 1
            });
            if let Some(targets) = pairs.targets.get_mut(source) {
                targets.push((target, list));
            }
        }
        for targets in &mut pairs.targets {
            targets.sort_unstable();
        }
        pairs
    }

    /// The kinds of destinations with which hosts of a kind have changes.
    pub fn of(&self, source: usize) -> impl Iterator<Item = (usize, &[Change])> {
        let targets = self.targets.get(source).map_or(&[][..], Vec::as_slice);
        targets.iter().map(|(target, list)| (*target, self.list(*list)))
    }

    /// What changed between hosts of two kinds.
    pub fn between(&self, source: usize, target: usize) -> &[Change] {
        let targets = self.targets.get(source).map_or(&[][..], Vec::as_slice);
        let found = targets.binary_search_by_key(&target, |(target, _)| *target).ok();
        found.and_then(|at| targets.get(at)).map_or(&[], |(_, list)| self.list(*list))
    }

    fn list(&self, at: usize) -> &[Change] {
        self.lists.get(at).map_or(&[], Vec::as_slice)
    }
}

/// Every pair of kinds with a difference. There are fewer different sides than kinds, so sides are compared first.
fn differing(before: &Flows, after: &Flows, kinds: &Kinds) -> Vec<(usize, usize, Difference)> {
    let sources = gathered(kinds.all.iter().map(|kind| kind.sources));
    let targets = gathered(kinds.all.iter().map(|kind| kind.targets));
    let mut known: HashMap<(Option<ListId>, Option<ListId>), Difference> = HashMap::new();
    let mut found = Vec::new();
    for (source, from) in &sources {
        for (target, to) in &targets {
            let across =
                |flows: &Flows, source: Option<_>, target: Option<_>| flows.classes.across(source?, target?);
            let lists = (across(before, source.0, target.0), across(after, source.1, target.1));
            if lists == (None, None) {
                continue;
            }
            let difference = known.entry(lists).or_insert_with(|| difference(before, after, lists));
            if difference.is_empty() {
                continue;
            }
            for from in from {
                found.extend(to.iter().map(|to| (*from, *to, Rc::clone(difference))));
            }
        }
    }
    found.retain(|(from, to, _)| from != to || kinds.all.get(*from).is_some_and(|kind| kind.size > 1));
    found
}

fn gathered<T: Eq + Hash + Copy>(sides: impl Iterator<Item = T>) -> Vec<(T, Vec<usize>)> {
    let mut places: HashMap<T, usize> = HashMap::new();
    let mut gathered: Vec<(T, Vec<usize>)> = Vec::new();
    for (kind, side) in sides.enumerate() {
        let at = *places.entry(side).or_insert(gathered.len());
        match gathered.get_mut(at) {
            Some((_, kinds)) => kinds.push(kind),
            None => gathered.push((side, vec![kind])),
        }
    }
    gathered
}

fn difference(before: &Flows, after: &Flows, (old, new): (Option<ListId>, Option<ListId>)) -> Difference {
    let shapes = |flows: &'_ Flows, list: Option<ListId>| -> Vec<ShapeId> {
        list.map_or(Vec::new(), |list| flows.list(list).merged.clone())
    };
    let (old, new) = (shapes(before, old), shapes(after, new));
    let same = |old: ShapeId, new: ShapeId| {
        let (old, new) = (before.shape(old), after.shape(new));
        old.transport == new.transport && old.ports == new.ports
    };
    let gone = old.iter().filter(|old| !new.iter().any(|new| same(**old, *new)));
    let came = new.iter().filter(|new| !old.iter().any(|old| same(*old, **new)));
    let came = came.map(|shape| (Fate::Added, *shape));
    came.chain(gone.map(|shape| (Fate::Removed, *shape))).collect()
}
