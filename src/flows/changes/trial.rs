//! Finds out what made a flow come or go, by trying: one difference is taken back in the later state, and if the flow is
//! as before then, that difference is a cause. If none alone is, one that does it alone in the earlier state is; if none
//! does, the smallest set that takes it back together.
//!
//! Trials run on a small plan that has two hosts of every kind, so that they cost the same for ten hosts and ten thousand.

use std::collections::{BTreeSet, HashMap};

use crate::catalogue::{Catalogue, Ports, Transport};
use crate::flows::resolve::{Flows, HostIx};
use crate::plan::{HostId, Plan};

use super::Fate;
use super::cause::{self, Cause, HostCause, PlanCause};
use super::flip::States;
use super::kinds::{Kind, Kinds};

/// More trials than an operator waits for; then every difference that touches a flow counts as one of its causes.
const MOST: usize = 400;

/// A cause, as seen from a flow.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Part {
    /// Something about the host that opens the connection.
    From(HostCause),
    /// Something about the host that it goes to.
    To(HostCause),
    /// Something about the plan.
    Plan(PlanCause),
}

impl Part {
    pub fn cause(self, from: HostId, to: HostId) -> Cause {
        match self {
            Self::From(cause) => Cause::Host(from, cause),
            Self::To(cause) => Cause::Host(to, cause),
            Self::Plan(cause) => Cause::Plan(cause),
        }
    }

    fn is_presence(self) -> bool {
        matches!(self, Self::From(HostCause::Presence) | Self::To(HostCause::Presence))
    }
}

/// How causes belong together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Weight {
    /// Each of them would do.
    Each,
    /// Only all of them together.
    Together,
}

/// Why a flow came or went; never without a part.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Verdict {
    pub weight: Weight,
    pub parts: Vec<Part>,
}

/// Which state a trial begins with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Base {
    Before,
    After,
}

/// A small plan with some differences taken back or made.
struct Trial {
    flows: Flows,
    places: HashMap<HostId, HostIx>,
}

/// The flow that is asked about.
#[derive(Clone, Copy)]
pub(super) struct Asked<'a> {
    pub fate: Fate,
    pub transport: Transport,
    pub ports: &'a Ports,
}

pub(super) struct Trials<'a> {
    catalogue: &'a Catalogue,
    before: Plan,
    after: Plan,
    plan_causes: Vec<PlanCause>,
    partner_causes: HashMap<HostId, BTreeSet<PlanCause>>,
    known: HashMap<(Base, Vec<Cause>), Option<Trial>>,
}

impl<'a> Trials<'a> {
    pub fn new(
        catalogue: &'a Catalogue,
        before: &Plan,
        after: &Plan,
        kinds: &Kinds,
        plan_causes: Vec<PlanCause>,
    ) -> Self {
        let examples: BTreeSet<HostId> = kinds.all.iter().flat_map(|kind| kind.examples).collect();
        let small = |plan: &Plan| {
            let hosts = plan.hosts().iter().filter(|host| examples.contains(&host.id));
            plan.with_hosts(hosts.cloned().collect())
        };
        let partner_causes = cause::of_partners(before, after);
        let (before, after, known) = (small(before), small(after), HashMap::new());
        Self { catalogue, before, after, plan_causes, partner_causes, known }
    }

    /// Why a flow between hosts of two kinds came or went.
    pub fn verdict(&mut self, from: &Kind, to: &Kind, asked: Asked<'_>) -> Verdict {
        let ends = from.causes.iter().map(|cause| Part::From(*cause));
        let parts = ends.chain(to.causes.iter().map(|cause| Part::To(*cause)));
        let pair = (from.examples[0], if std::ptr::eq(from, to) { to.examples[1] } else { to.examples[0] });
        let of_plan = self.plan_causes.iter().copied().chain(self.of_partners(pair));
        let parts: Vec<Part> = parts.chain(of_plan.map(Part::Plan)).collect();
        if parts.is_empty() {
            return Verdict { weight: Weight::Each, parts: vec![Part::Plan(PlanCause::Other)] };
        }
        if parts.len() == 1 {
            return Verdict { weight: Weight::Each, parts };
        }
        if parts.iter().any(|part| part.is_presence()) {
            return self.of_presence(&parts, pair, asked);
        }
        let turned = |trials: &mut Self, base: Base| {
            let does = |part: &Part| trials.turns(base, &[*part], pair, asked);
            preferred(parts.iter().copied().filter(does).collect())
        };
        let mut found = turned(self, Base::After);
        if found.is_empty() {
            found = turned(self, Base::Before);
        }
        if found.is_empty() {
            return Verdict { weight: Weight::Together, parts: self.smallest(&parts, pair, asked) };
        }
        Verdict { weight: Weight::Each, parts: found }
    }

    /// What differs about hosts that are partners of these two.
    fn of_partners(&self, (from, to): (HostId, HostId)) -> BTreeSet<PlanCause> {
        let of_ends = [from, to].into_iter().filter_map(|host| self.partner_causes.get(&host)).flatten();
        let third = |cause: &&PlanCause| !matches!(cause, PlanCause::Partner(partner, _) if [from, to].contains(partner));
        of_ends.filter(third).copied().collect()
    }

    /// A flow of a host that only one state has needs no trial; what the plan has to say besides does.
    fn of_presence(&mut self, parts: &[Part], pair: (HostId, HostId), asked: Asked<'_>) -> Verdict {
        let mut found: Vec<Part> = parts.iter().copied().filter(|part| part.is_presence()).collect();
        if asked.fate == Fate::Added {
            let told =
                |part: &&Part| matches!(part, Part::Plan(cause) if !matches!(cause, PlanCause::Placed(_)));
            for part in parts.iter().filter(told) {
                if self.turns(Base::After, &[*part], pair, asked) {
                    found.push(*part);
                }
            }
        }
        Verdict { weight: Weight::Each, parts: found }
    }

    /// Leaves out of the set what can be left out while it still takes the flow back.
    fn smallest(&mut self, parts: &[Part], pair: (HostId, HostId), asked: Asked<'_>) -> Vec<Part> {
        let mut kept = parts.to_vec();
        for part in parts.iter().rev() {
            let without: Vec<Part> = kept.iter().copied().filter(|own| own != part).collect();
            if !without.is_empty() && self.turns(Base::After, &without, pair, asked) {
                kept = without;
            }
        }
        kept
    }

    /// Whether these differences turn the flow into what it is in the other state.
    fn turns(&mut self, base: Base, parts: &[Part], pair: (HostId, HostId), asked: Asked<'_>) -> bool {
        let causes: Vec<Cause> = parts.iter().map(|part| part.cause(pair.0, pair.1)).collect();
        let wanted = (base == Base::Before) == (asked.fate == Fate::Added);
        self.trial(base, causes).is_some_and(|trial| trial.has(pair, asked) == wanted)
    }

    fn trial(&mut self, base: Base, causes: Vec<Cause>) -> Option<&Trial> {
        let key = (base, causes);
        if !self.known.contains_key(&key) {
            let trial = if self.known.len() < MOST { self.run(&key) } else { None };
            // What was not tried any more is not kept: there may be millions of combinations.
            if self.known.len() >= MOST {
                return None;
            }
            self.known.insert(key.clone(), trial);
        }
        self.known.get(&key)?.as_ref()
    }

    fn run(&self, (base, causes): &(Base, Vec<Cause>)) -> Option<Trial> {
        let (mut plan, model) = match base {
            Base::Before => (self.before.clone(), &self.after),
            Base::After => (self.after.clone(), &self.before),
        };
        let states = States { catalogue: self.catalogue, before: &self.before, after: &self.after };
        for cause in causes {
            states.make_alike(&mut plan, model, *cause).ok()?;
        }
        let flows = Flows::new(self.catalogue, &plan);
        let places = flows.hosts().iter().map(|(place, id)| (*id, place)).collect();
        Some(Trial { flows, places })
    }
}

impl Trial {
    fn has(&self, (from, to): (HostId, HostId), asked: Asked<'_>) -> bool {
        let (Some(from), Some(to)) = (self.places.get(&from), self.places.get(&to)) else { return false };
        let shapes =
            self.flows.list_between(*from, *to).map_or(&[][..], |list| &self.flows.list(list).merged);
        shapes
            .iter()
            .map(|shape| self.flows.shape(*shape))
            .any(|shape| shape.transport == asked.transport && *shape.ports == *asked.ports)
    }
}

/// That a role is placed somewhere is told only where nothing about the two hosts and their partners says more.
fn preferred(mut parts: Vec<Part>) -> Vec<Part> {
    let of_host =
        |part: &Part| matches!(part, Part::From(_) | Part::To(_) | Part::Plan(PlanCause::Partner(..)));
    if parts.iter().any(of_host) {
        parts.retain(|part| !matches!(part, Part::Plan(PlanCause::Placed(_))));
    }
    parts
}
