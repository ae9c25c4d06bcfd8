//! Resolves a plan: which rules hold between which hosts.

use std::sync::OnceLock;

use crate::catalogue::table::{Table, key};
use crate::catalogue::{Catalogue, Facts, HostFact, Key, OptionId, OptionSet, RoleId, RoleSet};
use crate::plan::{HostId, Plan};

use super::classes::{Class, ClassId, Classes, Rules};
use super::cut_off::{self, CutOff};
use super::gaps::{self, Gap};
use super::limits::{Limiting, Limits};
use super::listing::FlowRef;
use super::looks::{Look, Looks};
use super::requirement::requirements;
use super::shape::{ListId, Shape, ShapeId, ShapeList, Shapes, Tag};
use super::zones::HostZones;

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
    gaps: Vec<Gap>,
    left_out: u64,
    cut_off: Vec<CutOff>,
    zones: OnceLock<HostZones>,
}

/// What a plan as a whole says; about single hosts it knows nothing.
pub(crate) struct PlanFacts {
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

/// What a plan says about a flow between two hosts; either may be unknown.
pub(super) struct PairFacts<'a> {
    pub plan: &'a PlanFacts,
    pub from: Option<&'a Look>,
    pub to: Option<&'a Look>,
}

impl Facts for PairFacts<'_> {
    fn option(&self, option: OptionId) -> Option<bool> {
        self.plan.option(option)
    }

    fn placed(&self, role: RoleId) -> Option<bool> {
        self.plan.placed(role)
    }

    fn from(&self, fact: HostFact) -> Option<bool> {
        self.from.map(|look| look.has(fact))
    }

    fn to(&self, fact: HostFact) -> Option<bool> {
        self.to.map(|look| look.has(fact))
    }
}

impl Flows {
    /// Resolves the plan against the catalogue.
    pub fn new(catalogue: &Catalogue, plan: &Plan) -> Self {
        let mut flows = Self::limited(catalogue, plan, Limiting::Obeyed);
        if plan.hosts().iter().any(|host| host.site.is_some()) || !plan.partners().is_empty() {
            // Rules never depend on each other, so limits only take flows away.
            let without = Self::limited(catalogue, plan, Limiting::Ignored);
            flows.left_out = without.count().saturating_sub(flows.count());
            flows.cut_off = cut_off::find(&flows, &without);
        }
        flows
    }

    fn limited(catalogue: &Catalogue, plan: &Plan, limiting: Limiting) -> Self {
        let looks = Looks::new(plan, catalogue, limiting);
        let facts = PlanFacts { options: plan.options(), placed: looks.placed() };
        let requirements = requirements(catalogue, plan, &facts, &looks);
        let rules = Rules::new(&requirements, &facts, Limits::new(&requirements, plan, &looks));
        let mut shapes = Shapes::default();
        let classes = Classes::new(&rules, plan, &looks, &mut shapes);
        let gaps = gaps::find(catalogue, &requirements, &facts, &looks);
        let hosts = Table::new(plan.hosts().iter().map(|host| host.id).collect()).unwrap_or_default();
        Self { hosts, classes, shapes, gaps, left_out: 0, cut_off: Vec::new(), zones: OnceLock::new() }
    }

    /// Hosts that sites and partners leave without anybody for a rule, in the plan's order.
    pub fn cut_off(&self) -> &[CutOff] {
        &self.cut_off
    }

    /// How many flows sites and partners leave out. [`super::left_out()`] tells which rules they are for two hosts.
    pub fn left_out(&self) -> u64 {
        self.left_out
    }

    /// The hosts, in the plan's order.
    pub fn hosts(&self) -> &Table<HostIx, HostId> {
        &self.hosts
    }

    /// In which zones the hosts of the resolved plan stand; found when first asked for, since few keys ask.
    pub fn zones(&self, plan: &Plan) -> &HostZones {
        self.zones.get_or_init(|| HostZones::new(plan))
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

    /// How many classes the hosts form.
    pub fn class_count(&self) -> usize {
        self.classes.table.len()
    }

    /// Rules that would apply if their other end were in the plan.
    pub fn gaps(&self) -> &[Gap] {
        &self.gaps
    }

    pub(super) fn class_id(&self, host: HostIx) -> Option<ClassId> {
        self.classes.of_host.get(host.position()).copied()
    }

    pub(super) fn class_of(&self, host: HostIx) -> Option<&Class> {
        self.class_id(host).map(|class| &self.classes.table[class])
    }

    /// What one host needs from another, or from itself.
    pub(super) fn list_between(&self, from: HostIx, to: HostIx) -> Option<ListId> {
        let (source, target) = (self.class_of(from)?, self.class_of(to)?);
        if from == to { source.within } else { self.classes.across(source.source, target.target) }
    }

    pub(super) fn list(&self, id: ListId) -> &ShapeList {
        &self.shapes.lists[id]
    }
}
