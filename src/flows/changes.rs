//! Every flow that came or went between two states of a plan, as a list: grouped by host or by reason, and row number
//! *i* by arithmetic. What changed is kept per pair of kinds of hosts, so its size does not grow with the flows.

mod cause;
mod flip;
mod groups;
mod kinds;
mod pairs;
mod trial;

use crate::catalogue::Catalogue;
use crate::plan::{Edit, EditError, HostId, Plan};

use super::compare::Delta;
use super::listing::FlowRef;
use super::resolve::Flows;

pub use cause::{Cause, HostCause, PlanCause, Teller};
pub use trial::Weight;

use flip::States;
use groups::Group;
use kinds::Kinds;
use pairs::Pairs;

/// Whether something came or went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Fate {
    /// Only the later state has it.
    Added,
    /// Only the earlier state has it.
    Removed,
}

impl Fate {
    /// The sign in front of it.
    pub fn sign(self) -> char {
        match self {
            Self::Added => '+',
            Self::Removed => '−',
        }
    }

    fn is(self) -> &'static str {
        match self {
            Self::Added => "new",
            Self::Removed => "gone",
        }
    }
}

/// How the list is grouped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum GroupBy {
    /// By what made the flow come or go.
    #[default]
    Reason,
    /// By the host that opens the connection.
    Host,
}

/// A state of a plan and its flows.
#[derive(Debug, Clone, Copy)]
pub struct State<'a> {
    /// The plan.
    pub plan: &'a Plan,
    /// Its flows.
    pub flows: &'a Flows,
}

/// A flow that came or went.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangedFlow {
    /// Which of the two.
    pub fate: Fate,
    /// The host that opens the connection.
    pub from: HostId,
    /// The host that it goes to.
    pub to: HostId,
    /// The flow in the state that has it.
    pub flow: FlowRef,
    /// What made it come or go, the first one being the group it stands in; never empty.
    pub causes: Vec<Cause>,
    /// Whether each of the causes would do.
    pub weight: Weight,
}

/// What a group of the list is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Topic {
    /// The flows that the host opens.
    Host(HostId),
    /// The flows with this first cause.
    Cause(Cause),
}

/// The head of a group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Heading {
    /// What it is about.
    pub topic: Topic,
    /// How many of its flows came and went.
    pub delta: Delta,
}

/// One row of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Row {
    /// The head of a group.
    Heading(Heading),
    /// A flow of the group above.
    Flow(ChangedFlow),
}

/// All flows that came or went.
#[derive(Debug)]
pub struct ChangeList {
    kinds: Kinds,
    pairs: Pairs,
    by: GroupBy,
    groups: Vec<Group>,
    delta: Delta,
}

impl ChangeList {
    /// Compares two states of one plan. Hosts are told apart by their id, so a renamed host is the same host.
    pub fn new(catalogue: &Catalogue, before: State<'_>, after: State<'_>, by: GroupBy) -> Self {
        let kinds = Kinds::new((before.plan, before.flows), (after.plan, after.flows));
        let pairs = Pairs::new(catalogue, before, after, &kinds);
        let mut list = Self { kinds, pairs, by, groups: Vec::new(), delta: Delta::default() };
        list.group_by(by);
        list
    }

    /// Groups the rows another way.
    pub fn group_by(&mut self, by: GroupBy) {
        self.by = by;
        self.groups = groups::groups(&self.kinds, &self.pairs, by);
        let add = |sum: Delta, group: &Group| Delta {
            added: sum.added + group.heading.delta.added,
            removed: sum.removed + group.heading.delta.removed,
        };
        self.delta = self.groups.iter().fold(Delta::default(), add);
    }

    /// How the rows are grouped.
    pub fn by(&self) -> GroupBy {
        self.by
    }

    /// How many flows came and went.
    pub fn delta(&self) -> Delta {
        self.delta
    }

    /// How many rows there are, headings included.
    pub fn len(&self) -> u64 {
        self.groups.last().map_or(0, Group::end)
    }

    /// Whether no flow came or went.
    pub fn is_empty(&self) -> bool {
        self.groups.is_empty()
    }

    /// The heads of all groups, in order.
    pub fn headings(&self) -> impl Iterator<Item = &Heading> {
        self.groups.iter().map(|group| &group.heading)
    }

    /// The row of the group's head.
    pub fn row_of(&self, topic: Topic) -> Option<u64> {
        self.groups.iter().find(|group| group.heading.topic == topic).map(|group| group.start)
    }

    /// Rows `start` to `start + count`, or fewer at the end.
    pub fn window(&self, start: u64, count: usize) -> Vec<Row> {
        let mut rows = Vec::with_capacity(count.min(1024));
        let first = self.group_of(start).unwrap_or(0);
        for group in self.groups.iter().skip(first) {
            if rows.len() >= count {
                break;
            }
            let mut skip = start.saturating_sub(group.start);
            if skip == 0 {
                rows.push(Row::Heading(group.heading));
            } else {
                skip -= 1;
            }
            let mut flows = Vec::new();
            let room = count.saturating_sub(rows.len());
            groups::window(&self.kinds, &self.pairs, &group.pick, skip, room, &mut flows);
            rows.extend(flows.into_iter().map(Row::Flow));
        }
        rows
    }

    /// Hands every row to `visit` in order, without keeping any; stops when `visit` gives an error.
    ///
    /// # Errors
    /// The first error of `visit`.
    pub fn each<E>(&self, mut visit: impl FnMut(&Row) -> Result<(), E>) -> Result<(), E> {
        const CHUNK: usize = 4096;
        let mut start = 0;
        loop {
            let rows = self.window(start, CHUNK);
            if rows.is_empty() {
                return Ok(());
            }
            start += rows.len() as u64;
            rows.iter().try_for_each(&mut visit)?;
        }
    }

    fn group_of(&self, row: u64) -> Option<usize> {
        self.groups.partition_point(|group| group.start <= row).checked_sub(1)
    }
}

/// The changes that make a plan as it was in these things; `before` is what it was.
///
/// # Errors
/// If the plan has something in the way: another host with the name, or a host that a rule names and that is gone.
pub fn take_back(
    catalogue: &Catalogue,
    before: &Plan,
    plan: &Plan,
    causes: &[Cause],
) -> Result<Vec<Edit>, EditError> {
    let states = States { catalogue, before, after: plan };
    let mut work = plan.clone();
    let mut edits = Vec::new();
    for cause in causes {
        edits.extend(states.make_alike(&mut work, before, *cause)?);
    }
    Ok(edits)
}

/// Everything that differs about one host.
pub fn causes_of(before: &Plan, after: &Plan, host: HostId) -> Vec<Cause> {
    let causes = cause::of_host(before.host(host), after.host(host));
    causes.into_iter().map(|cause| Cause::Host(host, cause)).collect()
}
