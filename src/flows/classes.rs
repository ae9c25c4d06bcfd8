//! Hosts that the rules treat alike form one class.
//!
//! A host has two sides: which rules it answers as the source of a flow, and which as its destination. There are few
//! different sides even where hundreds of kinds of hosts stand in the plan, because most of what tells hosts apart
//! matters to no rule, and what matters on one side rarely matters on the other. So rules are resolved between sides.

use std::collections::HashMap;

use crate::catalogue::table::{Table, key};
use crate::catalogue::{Condition, HostFact, Key, Reach};

use super::looks::{Look, LookId, Looks};
use super::places::Places;
use super::requirement::{End, Requirement};
use super::resolve::{PairFacts, PlanFacts};
use super::shape::{ListId, Shapes};

key!(
    /// A class of one resolved plan.
    ClassId(u32), 1 << 31
);
key!(
    /// What hosts are as the source of flows.
    SourceId(u32), 1 << 31
);
key!(
    /// What hosts are as the destination of flows.
    TargetId(u32), 1 << 31
);

/// Hosts with the same two sides.
#[derive(Debug, Clone, Copy)]
pub(super) struct Class {
    pub source: SourceId,
    pub target: TargetId,
    /// What its hosts need from themselves.
    pub within: Option<ListId>,
    /// How many hosts it has.
    pub size: u64,
}

/// The classes of a plan, and what holds between their sides.
#[derive(Debug, Default)]
pub(super) struct Classes {
    pub table: Table<ClassId, Class>,
    pub of_host: Vec<ClassId>,
    /// For each source side, what it needs from each target side.
    across: Vec<Vec<Option<ListId>>>,
}

impl Classes {
    pub fn new(requirements: &[Requirement], plan: &PlanFacts, looks: &Looks, shapes: &mut Shapes) -> Self {
        let rules = Rules::new(requirements, plan);
        let (mut sources, mut targets) = (Sides::default(), Sides::default());
        let sides: Vec<Option<(SourceId, TargetId)>> = looks
            .table
            .entries()
            .iter()
            .map(|look| {
                let source = rules.side(look, |rule| &rule.from, |look| rules.facts(Some(look), None));
                let target = rules.side(look, |rule| &rule.to, |look| rules.facts(None, Some(look)));
                Some((sources.intern(source, look)?, targets.intern(target, look)?))
            })
            .collect();
        let mut classes = Self::default();
        for source in sources.table.entries() {
            let row = targets.table.entries().iter();
            classes
                .across
                .push(row.map(|target| rules.list(source, target, Some(Reach::Network), shapes)).collect());
        }
        let mut known: HashMap<(SourceId, TargetId), ClassId> = HashMap::new();
        let class_of_look: Vec<Option<ClassId>> = sides
            .into_iter()
            .map(|sides| {
                let (source, target) = sides?;
                if let Some(class) = known.get(&(source, target)) {
                    return Some(*class);
                }
                let within = rules.list(&sources.table[source], &targets.table[target], None, shapes);
                let class = classes.table.push(Class { source, target, within, size: 0 })?;
                known.insert((source, target), class);
                Some(class)
            })
            .collect();
        classes.place_hosts(looks, &class_of_look);
        classes
    }

    fn place_hosts(&mut self, looks: &Looks, class_of_look: &[Option<ClassId>]) {
        let class = |look: &LookId| class_of_look.get(look.position()).copied().flatten();
        self.of_host = looks.of_host.iter().map_while(class).collect();
        for class in &self.of_host {
            self.table[*class].size += 1;
        }
    }

    /// What hosts with the one side need from hosts with the other.
    pub fn across(&self, source: SourceId, target: TargetId) -> Option<ListId> {
        self.across.get(source.position())?.get(target.position()).copied().flatten()
    }
}

/// One side of hosts: the requirements that they may be an end of.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Footprint {
    fits: Places,
    /// Facts that conditions on both ends ask for; they tell hosts apart, whatever they fit.
    facts: Places,
}

/// A side, with a look that has it.
struct Side {
    fits: Places,
    look: Look,
}

/// The sides of a plan's hosts, each once.
struct Sides<K> {
    table: Table<K, Side>,
    known: HashMap<Footprint, K>,
}

impl<K> Default for Sides<K>
where
    K: Key,
{
    fn default() -> Self {
        Self { table: Table::default(), known: HashMap::new() }
    }
}

impl<K: Key> Sides<K> {
    fn intern(&mut self, footprint: Footprint, look: &Look) -> Option<K> {
        if let Some(side) = self.known.get(&footprint) {
            return Some(*side);
        }
        let id = self.table.push(Side { fits: footprint.fits.clone(), look: *look })?;
        self.known.insert(footprint, id);
        Some(id)
    }
}

/// The requirements as this module asks them.
struct Rules<'a> {
    requirements: &'a [Requirement],
    plan: &'a PlanFacts,
    /// Those whose condition cannot be answered for each end alone.
    joint: Vec<bool>,
    joint_facts: Vec<HostFact>,
}

impl<'a> Rules<'a> {
    fn new(requirements: &'a [Requirement], plan: &'a PlanFacts) -> Self {
        let joint: Vec<bool> = requirements.iter().map(|rule| is_joint(&rule.when)).collect();
        let mut joint_facts = Vec::new();
        for (rule, _) in requirements.iter().zip(&joint).filter(|(_, joint)| **joint) {
            rule.when.walk(&mut |part| {
                if let Condition::From(fact) | Condition::To(fact) = part {
                    joint_facts.push(*fact);
                }
            });
        }
        Self { requirements, plan, joint, joint_facts }
    }

    fn facts<'b>(&'b self, from: Option<&'b Look>, to: Option<&'b Look>) -> PairFacts<'b> {
        PairFacts { plan: self.plan, from, to }
    }

    fn side<'b>(
        &self,
        look: &'b Look,
        end: impl Fn(&Requirement) -> &End,
        facts: impl Fn(&'b Look) -> PairFacts<'b>,
    ) -> Footprint {
        let facts = facts(look);
        let may_be = |rule: &Requirement| end(rule).fits(look) && rule.when.holds(&facts) != Some(false);
        let fits =
            Places::matching(self.requirements.len(), |at| self.requirements.get(at).is_some_and(may_be));
        let has = |at: usize| self.joint_facts.get(at).is_some_and(|fact| look.has(*fact));
        Footprint { fits, facts: Places::matching(self.joint_facts.len(), has) }
    }

    /// What holds from one side to the other: all of it, or only what reaches as far as `reach`.
    fn list(
        &self,
        source: &Side,
        target: &Side,
        reach: Option<Reach>,
        shapes: &mut Shapes,
    ) -> Option<ListId> {
        let mut places = source.fits.intersection(&target.fits);
        if places.is_empty() {
            return None;
        }
        let facts = self.facts(Some(&source.look), Some(&target.look));
        places.retain(|at| {
            let joint = self.joint.get(at).copied().unwrap_or(false);
            self.requirements.get(at).is_some_and(|rule| {
                reach.is_none_or(|reach| reach == rule.reach)
                    && (!joint || rule.when.holds(&facts) == Some(true))
            })
        });
        if places.is_empty() { None } else { shapes.list(self.requirements, places) }
    }
}

/// Whether the condition ties facts about the one end to facts about the other. If it does not, it holds for a pair
/// exactly if neither end alone makes it false.
fn is_joint(condition: &Condition) -> bool {
    if let Condition::All(parts) = condition {
        return parts.iter().any(is_joint);
    }
    let (mut from, mut to) = (false, false);
    condition.walk(&mut |part| match part {
        Condition::From(_) => from = true,
        Condition::To(_) => to = true,
        _ => {}
    });
    from && to
}
