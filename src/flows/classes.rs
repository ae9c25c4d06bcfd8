//! Hosts that the rules treat alike form one class.
//!
//! A host has two sides: which rules it answers as the source of a flow, and which as its destination. There are few
//! different sides even where hundreds of kinds of hosts stand in the plan, because most of what tells hosts apart
//! matters to no rule, and what matters on one side rarely matters on the other. So rules are resolved between sides.

use std::collections::HashMap;

use crate::catalogue::table::{Table, key};
use crate::catalogue::{Condition, HostFact, Key, Reach};
use crate::plan::{HostId, Plan};

use super::limits::{Limits, Who};
use super::looks::{Look, LookId, Looks, OwnPortsId};
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
    pub fn new(rules: &Rules<'_>, plan: &Plan, looks: &Looks, shapes: &mut Shapes) -> Self {
        let (mut sources, mut targets) = (Sides::default(), Sides::default());
        let hosts = first_hosts(plan, looks);
        let sides: Vec<Option<(SourceId, TargetId)>> = looks
            .table
            .entries()
            .iter()
            .zip(hosts)
            .map(|(look, host)| {
                let host = host?;
                let (source, target) = (rules.source(look), rules.target(look));
                Some((sources.intern(source, look, host)?, targets.intern(target, look, host)?))
            })
            .collect();
        let mut classes = Self::default();
        for source in sources.table.entries() {
            let row = targets.table.entries().iter();
            classes.across.push(row.map(|target| rules.across(source, target, shapes)).collect());
        }
        let mut known: HashMap<(SourceId, TargetId), ClassId> = HashMap::new();
        let class_of_look: Vec<Option<ClassId>> = sides
            .into_iter()
            .map(|sides| {
                let (source, target) = sides?;
                if let Some(class) = known.get(&(source, target)) {
                    return Some(*class);
                }
                let within = rules.within(&sources.table[source], &targets.table[target], shapes);
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
    /// Own ports that change those of a requirement.
    ports: Option<OwnPortsId>,
    /// With whom its hosts work, as far as a requirement asks.
    who: Who,
}

/// A side, with a look and a host that have it.
struct Side {
    footprint: Footprint,
    look: Look,
    host: HostId,
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
    fn intern(&mut self, footprint: Footprint, look: &Look, host: HostId) -> Option<K> {
        if let Some(side) = self.known.get(&footprint) {
            return Some(*side);
        }
        let id = self.table.push(Side { footprint: footprint.clone(), look: *look, host })?;
        self.known.insert(footprint, id);
        Some(id)
    }
}

/// For each look, the first host that has it.
fn first_hosts(plan: &Plan, looks: &Looks) -> Vec<Option<HostId>> {
    let mut hosts = vec![None; looks.table.len()];
    for (look, host) in looks.of_host.iter().zip(plan.hosts()) {
        if let Some(first) = hosts.get_mut(look.position()) {
            first.get_or_insert(host.id);
        }
    }
    hosts
}

/// The requirements as this module asks them.
pub(super) struct Rules<'a> {
    requirements: &'a [Requirement],
    plan: &'a PlanFacts,
    limits: Option<Limits<'a>>,
    /// Those whose condition cannot be answered for each end alone.
    joint: Vec<bool>,
    joint_facts: Vec<HostFact>,
}

impl<'a> Rules<'a> {
    pub fn new(requirements: &'a [Requirement], plan: &'a PlanFacts, limits: Option<Limits<'a>>) -> Self {
        let joint: Vec<bool> = requirements.iter().map(|rule| is_joint(&rule.when)).collect();
        let mut joint_facts = Vec::new();
        for (rule, _) in requirements.iter().zip(&joint).filter(|(_, joint)| **joint) {
            rule.when.walk(&mut |part| {
                if let Condition::From(fact) | Condition::To(fact) = part {
                    joint_facts.push(*fact);
                }
            });
        }
        Self { requirements, plan, limits, joint, joint_facts }
    }

    fn facts<'b>(&'b self, from: Option<&'b Look>, to: Option<&'b Look>) -> PairFacts<'b> {
        PairFacts { plan: self.plan, from, to }
    }

    /// What hosts of a look are as the source of flows.
    fn source(&self, look: &Look) -> Footprint {
        self.side(look, |rule| &rule.from, &self.facts(Some(look), None))
    }

    /// What hosts of a look are as their destination; only there do its own ports count.
    fn target(&self, look: &Look) -> Footprint {
        let side = self.side(look, |rule| &rule.to, &self.facts(None, Some(look)));
        let changes = |own: &OwnPortsId| {
            let mut fits = side.fits.iter().filter_map(|at| self.requirements.get(at));
            fits.any(|rule| rule.is_changed_by(*own))
        };
        Footprint { ports: look.ports.filter(changes), ..side }
    }

    fn side(&self, look: &Look, end: impl Fn(&Requirement) -> &End, facts: &PairFacts<'_>) -> Footprint {
        let may_be = |rule: &Requirement| end(rule).fits(look) && rule.when.holds(facts) != Some(false);
        let fits =
            Places::matching(self.requirements.len(), |at| self.requirements.get(at).is_some_and(may_be));
        let has = |at: usize| self.joint_facts.get(at).is_some_and(|fact| look.has(*fact));
        let who = self.limits.as_ref().map_or_else(Who::default, |limits| limits.bearing(look.who, &fits));
        Footprint { fits, facts: Places::matching(self.joint_facts.len(), has), ports: None, who }
    }

    /// What holds between different hosts of the two sides.
    fn across(&self, source: &Side, target: &Side, shapes: &mut Shapes) -> Option<ListId> {
        let mut places = source.footprint.fits.intersection(&target.footprint.fits);
        if let Some(limits) = &self.limits {
            let who = |side: &Side| (side.host, side.footprint.who);
            limits.apply(&mut places, who(source), who(target));
        }
        self.list(source, target, places, Some(Reach::Network), shapes)
    }

    /// What hosts of both sides need from themselves; limits do not come between a host and itself.
    fn within(&self, source: &Side, target: &Side, shapes: &mut Shapes) -> Option<ListId> {
        let places = source.footprint.fits.intersection(&target.footprint.fits);
        self.list(source, target, places, None, shapes)
    }

    /// What holds of the requirements at these places: all of it, or only what reaches as far as `reach`.
    fn list(
        &self,
        source: &Side,
        target: &Side,
        mut places: Places,
        reach: Option<Reach>,
        shapes: &mut Shapes,
    ) -> Option<ListId> {
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
        if places.is_empty() { None } else { shapes.list(self.requirements, places, target.footprint.ports) }
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
