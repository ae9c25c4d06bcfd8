//! The groups of the list: how many rows each has, and which.

use std::collections::BTreeMap;

use crate::flows::compare::Delta;
use crate::flows::listing::FlowRef;

use super::cause::{Cause, HostCause, PlanCause};
use super::kinds::{Kinds, Member};
use super::pairs::{Change, Pairs};
use super::trial::Part;
use super::{ChangedFlow, Fate, GroupBy, Heading, Topic};

/// Which flows belong to a group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Pick {
    /// Those that the host at this place opens.
    Source(usize),
    /// Those that came or went because of the host at this place.
    Host(usize, HostCause),
    /// Those that came or went because of the plan.
    Plan(PlanCause),
}

/// A group with its place in the list.
#[derive(Debug)]
pub(super) struct Group {
    pub heading: Heading,
    pub pick: Pick,
    pub start: u64,
}

impl Group {
    /// The row behind its last one.
    pub fn end(&self) -> u64 {
        self.start + 1 + self.heading.delta.added + self.heading.delta.removed
    }
}

fn add(sum: &mut Delta, fate: Fate, times: u64) {
    match fate {
        Fate::Added => sum.added += times,
        Fate::Removed => sum.removed += times,
    }
}

/// All groups with at least one flow, in the order of the list.
pub(super) fn groups(kinds: &Kinds, pairs: &Pairs, by: GroupBy) -> Vec<Group> {
    let counted = match by {
        GroupBy::Host => by_host(kinds, pairs),
        GroupBy::Reason => by_reason(kinds, pairs),
    };
    let mut groups: Vec<Group> = Vec::new();
    for (topic, pick, delta) in counted.into_iter().filter(|(.., delta)| !delta.is_empty()) {
        let start = groups.last().map_or(0, Group::end);
        groups.push(Group { heading: Heading { topic, delta }, pick, start });
    }
    groups
}

/// How many hosts of a kind a host of another, or of the same, stands before.
fn others(kinds: &Kinds, of: usize, than: usize) -> u64 {
    let size = kinds.all.get(of).map_or(0, |kind| kind.size);
    size - u64::from(of == than)
}

fn by_host(kinds: &Kinds, pairs: &Pairs) -> Vec<(Topic, Pick, Delta)> {
    let of_kind = |kind: usize| {
        let mut delta = Delta::default();
        for (target, changes) in pairs.of(kind) {
            for change in changes {
                add(&mut delta, change.fate, others(kinds, target, kind));
            }
        }
        delta
    };
    let of_kind: Vec<Delta> = (0..kinds.all.len()).map(of_kind).collect();
    let rows = kinds.members.iter().enumerate();
    rows.map(|(at, member)| {
        let delta = of_kind.get(member.kind).copied().unwrap_or_default();
        (Topic::Host(member.id), Pick::Source(at), delta)
    })
    .collect()
}

/// What differs about the plan comes first, then hosts in their order.
fn by_reason(kinds: &Kinds, pairs: &Pairs) -> Vec<(Topic, Pick, Delta)> {
    let mut of_plan: BTreeMap<PlanCause, Delta> = BTreeMap::new();
    // For each kind, what one host of it brings about.
    let mut of_kind: Vec<BTreeMap<HostCause, Delta>> = vec![BTreeMap::new(); kinds.all.len()];
    for source in 0..kinds.all.len() {
        for (target, changes) in pairs.of(source) {
            for change in changes {
                let (kind, sum, times) = match change.first() {
                    Some(Part::From(cause)) => (source, cause, others(kinds, target, source)),
                    Some(Part::To(cause)) => (target, cause, others(kinds, source, target)),
                    Some(Part::Plan(cause)) => {
                        let times =
                            kinds.all.get(source).map_or(0, |kind| kind.size) * others(kinds, target, source);
                        add(of_plan.entry(cause).or_default(), change.fate, times);
                        continue;
                    }
                    None => continue,
                };
                if let Some(causes) = of_kind.get_mut(kind) {
                    add(causes.entry(sum).or_default(), change.fate, times);
                }
            }
        }
    }
    let plan = of_plan
        .into_iter()
        .map(|(cause, delta)| (Topic::Cause(Cause::Plan(cause)), Pick::Plan(cause), delta));
    let hosts = kinds.members.iter().enumerate().flat_map(|(at, member)| {
        let causes = of_kind.get(member.kind).into_iter().flatten();
        causes.map(move |(cause, delta)| {
            (Topic::Cause(Cause::Host(member.id, *cause)), Pick::Host(at, *cause), *delta)
        })
    });
    plan.chain(hosts).collect()
}

/// The rows of a group from number `skip` on, at most `count`.
pub(super) fn window(
    kinds: &Kinds,
    pairs: &Pairs,
    pick: &Pick,
    skip: u64,
    count: usize,
    rows: &mut Vec<ChangedFlow>,
) {
    let mut walk =
        Walk { kinds, pairs, pick: *pick, skip, count, rows, of_kind: vec![None; kinds.all.len()] };
    match pick {
        Pick::Source(at) => walk.source(*at),
        _ => (0..kinds.members.len()).for_each(|at| walk.source(at)),
    }
}

/// A walk along all pairs of hosts that a group may have flows of.
struct Walk<'a> {
    kinds: &'a Kinds,
    pairs: &'a Pairs,
    pick: Pick,
    skip: u64,
    count: usize,
    rows: &'a mut Vec<ChangedFlow>,
    /// How many rows a host of each kind has as a source, unless the group is about that very host.
    of_kind: Vec<Option<u64>>,
}

impl Walk<'_> {
    fn source(&mut self, at: usize) {
        if self.rows.len() >= self.count {
            return;
        }
        let Some(from) = self.kinds.members.get(at).copied() else { return };
        let total = self.total(at, from);
        if total <= self.skip {
            self.skip -= total;
            return;
        }
        match self.pick {
            Pick::Host(host, _) if host != at => self.target(at, from, host),
            _ => {
                let mut changing = vec![false; self.kinds.all.len()];
                for (target, _) in self.pairs.of(from.kind) {
                    if let Some(changing) = changing.get_mut(target) {
                        *changing = true;
                    }
                }
                for to in 0..self.kinds.members.len() {
                    let kind = self.kinds.members.get(to).map_or(0, |member| member.kind);
                    if self.rows.len() >= self.count {
                        return;
                    }
                    if changing.get(kind).copied().unwrap_or(false) {
                        self.target(at, from, to);
                    }
                }
            }
        }
    }

    /// How many rows of the group begin at a host.
    fn total(&mut self, at: usize, from: Member) -> u64 {
        let is_own = matches!(self.pick, Pick::Host(host, _) if host == at);
        if let Some(known) = self.of_kind.get(from.kind).copied().flatten().filter(|_| !is_own) {
            return known;
        }
        let total = match self.pick {
            Pick::Host(host, _) if !is_own => {
                let kind = self.kinds.members.get(host).map_or(0, |member| member.kind);
                let changes = self.pairs.between(from.kind, kind);
                changes.iter().filter(|change| self.is_picked(change, at, host)).count() as u64
            }
            _ => {
                let of = |target: usize, changes: &[Change]| {
                    // No host of the target kind is the group's own, apart from the source itself.
                    let picked =
                        changes.iter().filter(|change| self.is_picked(change, at, usize::MAX)).count();
                    picked as u64 * others(self.kinds, target, from.kind)
                };
                self.pairs.of(from.kind).map(|(target, changes)| of(target, changes)).sum()
            }
        };
        if let Some(known) = self.of_kind.get_mut(from.kind).filter(|_| !is_own) {
            *known = Some(total);
        }
        total
    }

    fn is_picked(&self, change: &Change, from: usize, to: usize) -> bool {
        match self.pick {
            Pick::Source(host) => host == from,
            Pick::Host(host, cause) => match change.first() {
                Some(Part::From(first)) => host == from && first == cause,
                Some(Part::To(first)) => host == to && first == cause,
                _ => false,
            },
            Pick::Plan(cause) => change.first() == Some(Part::Plan(cause)),
        }
    }

    fn target(&mut self, from_at: usize, from: Member, to_at: usize) {
        let Some(to) = self.kinds.members.get(to_at).copied().filter(|_| from_at != to_at) else { return };
        for change in self.pairs.between(from.kind, to.kind) {
            if !self.is_picked(change, from_at, to_at) {
                continue;
            }
            if self.skip > 0 {
                self.skip -= 1;
            } else if self.rows.len() < self.count {
                self.rows.extend(changed(change, from, to));
            }
        }
    }
}

fn changed(change: &Change, from: Member, to: Member) -> Option<ChangedFlow> {
    let (source, target) = match change.fate {
        Fate::Added => (from.after?, to.after?),
        Fate::Removed => (from.before?, to.before?),
    };
    let causes = change.verdict.parts.iter().map(|part| part.cause(from.id, to.id)).collect();
    Some(ChangedFlow {
        fate: change.fate,
        from: from.id,
        to: to.id,
        flow: FlowRef { from: source, to: target, shape: change.shape },
        causes,
        weight: change.verdict.weight,
    })
}
