//! Flows as a list: how many there are, and flow number *i* by arithmetic. No flow is stored.

use crate::catalogue::Key;

use super::classes::ClassId;
use super::resolve::{Flows, HostIx};
use super::search::Matches;
use super::shape::{ListId, ShapeId, ShapeList};

/// One row per flow, or one row per rule that asks for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Grouping {
    /// A flow with all its reasons is one row.
    #[default]
    Flow,
    /// Every rule is a row of its own, as printed.
    Rule,
}

/// Whether connections of a host to itself are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum SameHost {
    /// They are no network flows, and left out.
    #[default]
    Hide,
    /// They are listed among the others.
    Show,
}

/// One row of a listing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FlowRef {
    /// The host that opens the connection.
    pub from: HostIx,
    /// The host it goes to.
    pub to: HostIx,
    /// Transport, ports and reasons.
    pub shape: ShapeId,
}

/// Hosts of one class that a search treats alike.
#[derive(Debug, Clone, Copy)]
struct Group {
    class: ClassId,
    from: u64,
    to: u64,
    size: u64,
}

/// A part of a listing: all flows that pass one test, in the order of sources and destinations.
#[derive(Debug)]
struct Segment {
    test: Test,
    /// For each group as source: the groups it reaches and how many rows each pair of hosts gives.
    targets: Vec<Vec<(usize, u64)>>,
    /// For each group: how many rows a host of it has with itself.
    own: Vec<u64>,
    /// The number of rows before each host's first, and the total as last entry.
    starts: Vec<u64>,
}

/// Which flows belong to a segment; works on the bits that a search gave hosts and shapes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Test {
    All,
    /// Every word matches, each of them literally.
    Literal {
        any: u64,
        literal: u64,
        never: u64,
    },
    /// Every word matches, not all of them literally.
    Fuzzy {
        any: u64,
        literal: u64,
        never: u64,
    },
}

impl Test {
    fn accepts(self, bits: u64) -> bool {
        match self {
            Self::All => true,
            Self::Literal { any, literal, never } => {
                bits & (any | literal) == any | literal && bits & never == 0
            }
            Self::Fuzzy { any, literal, never } => {
                bits & any == any && bits & literal != literal && bits & never == 0
            }
        }
    }
}

/// The rows that a view shows: all flows, or those that a search lets through, best matches first.
#[derive(Debug)]
pub struct Listing {
    grouping: Grouping,
    same_host: SameHost,
    matches: Option<Matches>,
    groups: Vec<Group>,
    group_of: Vec<usize>,
    segments: Vec<Segment>,
}

impl Listing {
    /// Lists all flows, or those that `matches` lets through.
    pub fn new(flows: &Flows, grouping: Grouping, same_host: SameHost, matches: Option<Matches>) -> Self {
        let (groups, group_of) = group(flows, matches.as_ref());
        let mut listing = Self { grouping, same_host, matches, groups, group_of, segments: Vec::new() };
        let tests = match &listing.matches {
            None => vec![Test::All],
            Some(matches) => {
                let (any, literal, never) = (matches.any(), matches.literal(), matches.never());
                vec![Test::Literal { any, literal, never }, Test::Fuzzy { any, literal, never }]
            }
        };
        listing.segments = tests.into_iter().map(|test| listing.segment(flows, test)).collect();
        listing
    }

    /// How many rows there are.
    pub fn len(&self) -> u64 {
        self.segments.iter().map(Segment::len).sum()
    }

    /// Whether there is no row.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The search that the listing shows the result of.
    pub fn matches(&self) -> Option<&Matches> {
        self.matches.as_ref()
    }

    /// Rows `start` to `start + count`, or fewer at the end.
    pub fn window(&self, flows: &Flows, start: u64, count: usize) -> Vec<FlowRef> {
        let mut rows = Vec::with_capacity(count.min(1024));
        let mut start = start;
        for segment in &self.segments {
            if start < segment.len() {
                self.window_of(segment, flows, start, count, &mut rows);
                start = 0;
            } else {
                start -= segment.len();
            }
            if rows.len() >= count {
                break;
            }
        }
        rows
    }

    /// The row of the first flow between two hosts whose shape is `wanted`; `None` if it is not listed.
    pub fn position(
        &self,
        flows: &Flows,
        from: HostIx,
        to: HostIx,
        wanted: impl Fn(ShapeId) -> bool,
    ) -> Option<u64> {
        let bits = self.bits_of(from, |group| group.from) | self.bits_of(to, |group| group.to);
        let list = flows.list_between(from, to)?;
        let mut before_segment = 0;
        for segment in &self.segments {
            let mut listed = self.shapes(list).iter().filter(|shape| {
                segment.test.accepts(bits | self.shape_bits(**shape)) && segment.expected(self, from, to) > 0
            });
            if let Some(place) = listed.position(|shape| wanted(*shape)) {
                return Some(before_segment + segment.rows_before(self, from, to) + place as u64);
            }
            before_segment += segment.len();
        }
        None
    }

    /// Hands every row to `visit` in order, without keeping any; stops when `visit` gives an error.
    ///
    /// # Errors
    /// The first error of `visit`.
    pub fn each<E>(&self, flows: &Flows, mut visit: impl FnMut(FlowRef) -> Result<(), E>) -> Result<(), E> {
        const CHUNK: usize = 4096;
        let mut start = 0;
        loop {
            let rows = self.window(flows, start, CHUNK);
            if rows.is_empty() {
                return Ok(());
            }
            start += rows.len() as u64;
            for row in rows {
                visit(row)?;
            }
        }
    }

    fn segment(&self, flows: &Flows, test: Test) -> Segment {
        let groups_of_class = groups_by_class(flows, &self.groups);
        let mut targets = Vec::with_capacity(self.groups.len());
        let mut own = Vec::with_capacity(self.groups.len());
        for (at, group) in self.groups.iter().enumerate() {
            own.push(self.own_rows(flows, test, group));
            let mut row = Vec::new();
            for (class, list) in flows.reached_from(group.class) {
                for &target in groups_of_class.get(class.position()).map_or(&[][..], Vec::as_slice) {
                    let Some(to) = self.groups.get(target) else { continue };
                    let rows = self.count(flows, *list, test, group.from | to.to);
                    if rows > 0 && (target != at || group.size > 1) {
                        row.push((target, rows));
                    }
                }
            }
            targets.push(row);
        }
        let per_host = |at: usize| self.rows_per_host(&targets, &own, at);
        let totals: Vec<u64> = (0..self.groups.len()).map(per_host).collect();
        let mut starts = Vec::with_capacity(self.group_of.len() + 1);
        let mut sum = 0;
        starts.push(0);
        for group in &self.group_of {
            sum += totals.get(*group).copied().unwrap_or(0);
            starts.push(sum);
        }
        Segment { test, targets, own, starts }
    }

    fn own_rows(&self, flows: &Flows, test: Test, group: &Group) -> u64 {
        match (self.same_host, flows.within(group.class)) {
            (SameHost::Show, Some(list)) => self.count(flows, list, test, group.from | group.to),
            _ => 0,
        }
    }

    fn rows_per_host(&self, targets: &[Vec<(usize, u64)>], own: &[u64], at: usize) -> u64 {
        let across: u64 = targets
            .get(at)
            .into_iter()
            .flatten()
            .map(|(target, rows)| {
                let size = self.groups.get(*target).map_or(0, |group| group.size);
                rows * if *target == at { size - 1 } else { size }
            })
            .sum();
        across + own.get(at).copied().unwrap_or(0)
    }

    fn shapes<'a>(&self, list: &'a ShapeList) -> &'a [ShapeId] {
        match self.grouping {
            Grouping::Flow => &list.merged,
            Grouping::Rule => &list.by_rule,
        }
    }

    fn shape_bits(&self, shape: ShapeId) -> u64 {
        self.matches.as_ref().map_or(0, |matches| matches.shape(shape))
    }

    fn count(&self, flows: &Flows, list: ListId, test: Test, bits: u64) -> u64 {
        let shapes = self.shapes(flows.list(list));
        match test {
            Test::All => shapes.len() as u64,
            _ => shapes.iter().filter(|shape| test.accepts(bits | self.shape_bits(**shape))).count() as u64,
        }
    }

    fn window_of(&self, segment: &Segment, flows: &Flows, start: u64, count: usize, rows: &mut Vec<FlowRef>) {
        let first = segment.starts.partition_point(|before| *before <= start).saturating_sub(1);
        let mut skip = start - segment.starts.get(first).copied().unwrap_or(start);
        let mut per_target = vec![0; self.groups.len()];
        for from in (first..self.group_of.len()).filter_map(HostIx::from_position) {
            if rows.len() >= count {
                return;
            }
            if segment.rows_of(from) > 0 {
                self.rows_from(segment, flows, from, &mut skip, count, &mut per_target, rows);
            }
            skip = 0;
        }
    }

    #[expect(
        clippy::too_many_arguments,
        reason = "the scratch space and the output belong to the caller's loop"
    )]
    fn rows_from(
        &self,
        segment: &Segment,
        flows: &Flows,
        from: HostIx,
        skip: &mut u64,
        count: usize,
        per_target: &mut [u64],
        rows: &mut Vec<FlowRef>,
    ) {
        let Some(at) = self.group_of.get(from.position()).copied() else { return };
        let targets = segment.targets.get(at).map_or(&[][..], Vec::as_slice);
        set_counts(per_target, targets.iter().copied());
        for (to, group) in self.group_of.iter().enumerate() {
            let same = to == from.position();
            let expected = if same { &segment.own } else { &*per_target };
            let here = expected.get(*group).copied().unwrap_or(0);
            if here <= *skip {
                *skip -= here;
                continue;
            }
            let Some(to) = HostIx::from_position(to) else { continue };
            self.rows_between(segment.test, flows, from, to, skip, rows);
            if rows.len() >= count {
                rows.truncate(count);
                break;
            }
        }
        set_counts(per_target, targets.iter().map(|(target, _)| (*target, 0)));
    }

    fn rows_between(
        &self,
        test: Test,
        flows: &Flows,
        from: HostIx,
        to: HostIx,
        skip: &mut u64,
        rows: &mut Vec<FlowRef>,
    ) {
        let Some(list) = flows.list_between(from, to) else { return };
        let bits = self.bits_of(from, |group| group.from) | self.bits_of(to, |group| group.to);
        for shape in self.shapes(list) {
            if test.accepts(bits | self.shape_bits(*shape)) {
                if *skip > 0 {
                    *skip -= 1;
                } else {
                    rows.push(FlowRef { from, to, shape: *shape });
                }
            }
        }
    }

    fn bits_of(&self, host: HostIx, end: impl Fn(&Group) -> u64) -> u64 {
        self.group_of.get(host.position()).and_then(|at| self.groups.get(*at)).map_or(0, end)
    }
}

impl Segment {
    fn len(&self) -> u64 {
        self.starts.last().copied().unwrap_or(0)
    }

    /// How many rows the pair of hosts has.
    fn expected(&self, listing: &Listing, from: HostIx, to: HostIx) -> u64 {
        let group = |host: HostIx| listing.group_of.get(host.position()).copied();
        let (Some(from_group), Some(to_group)) = (group(from), group(to)) else { return 0 };
        if from == to {
            return self.own.get(from_group).copied().unwrap_or(0);
        }
        let targets = self.targets.get(from_group).map_or(&[][..], Vec::as_slice);
        targets.iter().find(|(target, _)| *target == to_group).map_or(0, |(_, rows)| *rows)
    }

    /// How many rows of the segment come before the first of this pair of hosts.
    fn rows_before(&self, listing: &Listing, from: HostIx, to: HostIx) -> u64 {
        let start = self.starts.get(from.position()).copied().unwrap_or(0);
        let before = (0..to.position()).filter_map(HostIx::from_position);
        start + before.map(|host| self.expected(listing, from, host)).sum::<u64>()
    }

    fn rows_of(&self, host: HostIx) -> u64 {
        match self.starts.get(host.position()..host.position() + 2) {
            Some([start, end]) => end - start,
            _ => 0,
        }
    }
}

impl Flows {
    pub(super) fn list_between(&self, from: HostIx, to: HostIx) -> Option<&ShapeList> {
        let (from_class, to_class) = (self.class_of(from)?, self.class_of(to)?);
        if from == to {
            return self.within(from_class).map(|list| self.list(list));
        }
        let row = self.reached_from(from_class);
        let at = row.binary_search_by_key(&to_class, |(class, _)| *class).ok()?;
        row.get(at).map(|(_, list)| self.list(*list))
    }
}

fn set_counts(counts: &mut [u64], values: impl Iterator<Item = (usize, u64)>) {
    for (at, value) in values {
        if let Some(count) = counts.get_mut(at) {
            *count = value;
        }
    }
}

fn groups_by_class(flows: &Flows, groups: &[Group]) -> Vec<Vec<usize>> {
    let mut by_class = vec![Vec::new(); flows.classes().len()];
    for (at, group) in groups.iter().enumerate() {
        if let Some(list) = by_class.get_mut(group.class.position()) {
            list.push(at);
        }
    }
    by_class
}

/// Splits the classes where a search tells their hosts apart.
fn group(flows: &Flows, matches: Option<&Matches>) -> (Vec<Group>, Vec<usize>) {
    let mut groups: Vec<Group> = Vec::new();
    let mut known = std::collections::HashMap::new();
    let mut group_of = Vec::with_capacity(flows.hosts().len());
    for host in flows.hosts().keys() {
        let Some(class) = flows.class_of(host) else { break };
        let (from, to) = matches.map_or((0, 0), |matches| (matches.from(host), matches.to(host)));
        let at = *known.entry((class, from, to)).or_insert_with(|| {
            groups.push(Group { class, from, to, size: 0 });
            groups.len() - 1
        });
        if let Some(group) = groups.get_mut(at) {
            group.size += 1;
        }
        group_of.push(at);
    }
    (groups, group_of)
}
