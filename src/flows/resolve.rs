//! Resolves a plan: which rules hold between which classes of hosts.

use crate::catalogue::table::{Table, key};
use crate::catalogue::{Catalogue, Facts, HostFact, Key, OptionId, OptionSet, Reach, RoleId, RoleSet};
use crate::plan::{HostId, Plan};

use super::classes::{Class, ClassId, Classes};
use super::gaps::{self, Gap};
use super::listing::FlowRef;
use super::requirement::{Requirement, requirements};
use super::shape::{ListId, Shape, ShapeId, ShapeList, Shapes, Tag};

key!(
    /// A host's place in the resolved plan's list.
    HostIx(u32), 1 << 31
);

/// All flows of a plan, stored by class: its size does not grow with the number of flows.
#[derive(Debug)]
pub struct Flows {
    pub(super) hosts: Table<HostIx, HostId>,
    pub(super) classes: Classes,
    pub(super) shapes: Shapes,
    /// For each class as source: the classes it reaches, in order, and how.
    pub(super) reached: Vec<Vec<(ClassId, ListId)>>,
    /// For each class: what its hosts need from themselves.
    pub(super) within: Vec<Option<ListId>>,
    gaps: Vec<Gap>,
}

/// What a plan as a whole says; about single hosts it knows nothing.
pub(super) struct PlanFacts {
    pub options: OptionSet,
    pub placed: RoleSet,
}

impl Facts for PlanFacts {
    fn option(&self, option: OptionId) -> Option<bool> {
        Some(self.options.contains(option))
    }

    fn placed(&self, role: RoleId) -> Option<bool> {
        Some(self.placed.contains(role))
    }

    fn from(&self, _: HostFact) -> Option<bool> {
        None
    }

    fn to(&self, _: HostFact) -> Option<bool> {
        None
    }
}

/// What a plan says about a flow between two classes; either may be unknown.
pub(super) struct PairFacts<'a> {
    pub plan: &'a PlanFacts,
    pub from: Option<&'a Class>,
    pub to: Option<&'a Class>,
}

impl Facts for PairFacts<'_> {
    fn option(&self, option: OptionId) -> Option<bool> {
        self.plan.option(option)
    }

    fn placed(&self, role: RoleId) -> Option<bool> {
        self.plan.placed(role)
    }

    fn from(&self, fact: HostFact) -> Option<bool> {
        self.from.map(|class| class.has(fact))
    }

    fn to(&self, fact: HostFact) -> Option<bool> {
        self.to.map(|class| class.has(fact))
    }
}

impl Flows {
    /// Resolves the plan against the catalogue.
    pub fn new(catalogue: &Catalogue, plan: &Plan) -> Self {
        let classes = Classes::new(plan, catalogue);
        let requirements = requirements(catalogue, plan);
        let facts = PlanFacts { options: plan.options(), placed: placed(&classes) };
        let mut pairs = Pairs::new(classes.table.len());
        for (place, requirement) in (0u32..).zip(&requirements) {
            pairs.add(place, requirement, &facts, &classes);
        }
        let gaps = gaps::find(catalogue, &requirements, &facts, &classes);
        let mut shapes = Shapes::default();
        let reached = pairs.lists(&requirements, &mut shapes);
        let within = pairs.lists_within(&requirements, &mut shapes);
        let hosts = Table::new(plan.hosts().iter().map(|host| host.id).collect()).unwrap_or_default();
        Self { hosts, classes, shapes, reached, within, gaps }
    }

    /// The hosts, in the plan's order.
    pub fn hosts(&self) -> &Table<HostIx, HostId> {
        &self.hosts
    }

    /// The shape with this id.
    pub fn shape(&self, id: ShapeId) -> &Shape {
        &self.shapes.table[id]
    }

    /// What the reader of a flow must know, in the order of [`Tag`].
    pub fn tags(&self, flow: FlowRef) -> Vec<Tag> {
        let same_host = (flow.from == flow.to).then_some(Tag::SameHost);
        same_host.into_iter().chain(self.shape(flow.shape).tags.iter().copied()).collect()
    }

    /// Every distinct shape.
    pub fn shapes(&self) -> &Table<ShapeId, Shape> {
        &self.shapes.table
    }

    /// The classes of hosts.
    pub fn classes(&self) -> &Table<ClassId, Class> {
        &self.classes.table
    }

    /// Rules that would apply if their other end were in the plan.
    pub fn gaps(&self) -> &[Gap] {
        &self.gaps
    }

    pub(super) fn class_of(&self, host: HostIx) -> Option<ClassId> {
        self.classes.of_host.get(host.position()).copied()
    }

    pub(super) fn reached_from(&self, class: ClassId) -> &[(ClassId, ListId)] {
        self.reached.get(class.position()).map_or(&[], Vec::as_slice)
    }

    pub(super) fn within(&self, class: ClassId) -> Option<ListId> {
        self.within.get(class.position()).copied().flatten()
    }

    pub(super) fn list(&self, id: ListId) -> &ShapeList {
        &self.shapes.lists[id]
    }
}

fn placed(classes: &Classes) -> RoleSet {
    classes.table.entries().iter().fold(RoleSet::EMPTY, |all, class| all.union(class.roles))
}

/// For every pair of classes, the places of the requirements that hold between them.
struct Pairs {
    /// For each source class: the target class and the requirement's place.
    across: Vec<Vec<(ClassId, u32)>>,
    /// For each class: what holds from a host to itself.
    within: Vec<Vec<u32>>,
}

impl Pairs {
    fn new(classes: usize) -> Self {
        Self { across: vec![Vec::new(); classes], within: vec![Vec::new(); classes] }
    }

    fn add(&mut self, place: u32, requirement: &Requirement, plan: &PlanFacts, classes: &Classes) {
        let when = requirement.when.holds(plan);
        if when == Some(false) {
            return;
        }
        let fitting = |end: &super::requirement::End| -> Vec<(ClassId, &Class)> {
            classes.table.iter().filter(|(_, class)| end.fits(class)).collect()
        };
        let targets = fitting(&requirement.to);
        for (from, from_class) in fitting(&requirement.from) {
            let when = when
                .or_else(|| requirement.when.holds(&PairFacts { plan, from: Some(from_class), to: None }));
            for (to, to_class) in &targets {
                let pair = || PairFacts { plan, from: Some(from_class), to: Some(to_class) };
                if when.or_else(|| requirement.when.holds(&pair())) == Some(true) {
                    self.push(place, requirement.reach, from, *to);
                }
            }
        }
    }

    fn push(&mut self, place: u32, reach: Reach, from: ClassId, to: ClassId) {
        if reach == Reach::Network
            && let Some(row) = self.across.get_mut(from.position())
        {
            row.push((to, place));
        }
        if from == to
            && let Some(row) = self.within.get_mut(from.position())
        {
            row.push(place);
        }
    }

    fn lists(&mut self, requirements: &[Requirement], shapes: &mut Shapes) -> Vec<Vec<(ClassId, ListId)>> {
        let rows = std::mem::take(&mut self.across);
        rows.into_iter()
            .map(|mut row| {
                row.sort_unstable();
                row.chunk_by(|left, right| left.0 == right.0)
                    .filter_map(|chunk| {
                        let places = chunk.iter().map(|(_, place)| *place).collect();
                        Some((chunk.first()?.0, shapes.list(requirements, places)?))
                    })
                    .collect()
            })
            .collect()
    }

    fn lists_within(&mut self, requirements: &[Requirement], shapes: &mut Shapes) -> Vec<Option<ListId>> {
        let rows = std::mem::take(&mut self.within);
        rows.into_iter()
            .map(|places| if places.is_empty() { None } else { shapes.list(requirements, places) })
            .collect()
    }
}
