//! Flows as a list: how many there are, and flow number *i* by arithmetic. No flow is stored.

mod groups;
mod inside;
mod segment;

use crate::catalogue::Key;

use super::classes::{SourceId, TargetId};
use super::resolve::{Flows, HostIx};
use super::search::Matches;
use super::shape::{ListId, ShapeId, ShapeList};
use super::zones::HostZones;

use groups::Groups;
use inside::Inside;
use segment::{Segment, Test};

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

/// The rows that a view shows: all flows, or those that a search lets through, best matches first.
#[derive(Debug)]
pub struct Listing {
    grouping: Grouping,
    same_host: SameHost,
    matches: Option<Matches>,
    sources: Groups<SourceId>,
    targets: Groups<TargetId>,
    inside: Option<Inside>,
    segments: Vec<Segment>,
}

impl Listing {
    /// Lists all flows, or those that `matches` lets through.
    pub fn new(flows: &Flows, grouping: Grouping, same_host: SameHost, matches: Option<Matches>) -> Self {
        Self::limited(flows, grouping, same_host, matches, None)
    }

    /// Lists only what crosses zones: left out is what stays inside one zone, and so every connection of a host to itself.
    pub fn crossing(flows: &Flows, zones: &HostZones, grouping: Grouping, matches: Option<Matches>) -> Self {
        Self::limited(flows, grouping, SameHost::Hide, matches, Some(zones))
    }

    fn limited(
        flows: &Flows,
        grouping: Grouping,
        same_host: SameHost,
        matches: Option<Matches>,
        zones: Option<&HostZones>,
    ) -> Self {
        let classes = || flows.hosts().keys().map_while(|host| Some((host, flows.class_of(host)?)));
        let bits = |bits: fn(&Matches, HostIx) -> u64, host| {
            matches.as_ref().map_or(0, |matches| bits(matches, host))
        };
        let sources = Groups::new(classes().map(|(host, class)| (class.source, bits(Matches::from, host))));
        let targets = Groups::new(classes().map(|(host, class)| (class.target, bits(Matches::to, host))));
        let segments = Test::of(matches.as_ref()).into_iter().map(Segment::new).collect();
        let inside = zones.map(|zones| Inside::new(zones, &targets));
        let mut listing = Self { grouping, same_host, matches, sources, targets, inside, segments };
        listing.fill(flows);
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
        let list = flows.list_between(from, to)?;
        let bits = self.bits_between(from, to);
        let mut before_segment = 0;
        for segment in &self.segments {
            let mut listed = self
                .shapes(flows.list(list))
                .iter()
                .filter(|shape| segment.test.accepts(bits | self.shape_bits(**shape)))
                .take_while(|_| self.rows_between(segment, flows, from, to) > 0);
            if let Some(place) = listed.position(|shape| wanted(*shape)) {
                let before = (0..to.position()).filter_map(HostIx::from_position);
                let before: u64 = before.map(|host| self.rows_between(segment, flows, from, host)).sum();
                return Some(before_segment + segment.start(from.position()) + before + place as u64);
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

    fn fill(&mut self, flows: &Flows) {
        let mut segments = std::mem::take(&mut self.segments);
        let may_have = self.bits_of_lists(flows);
        for source in &self.sources.all {
            let mut rows = vec![Vec::new(); segments.len()];
            for (at, target) in self.targets.all.iter().enumerate() {
                let Some(list) = flows.classes.across(source.side, target.side) else { continue };
                let bits = source.bits | target.bits;
                let list_bits = may_have.get(list.position()).copied().unwrap_or(0);
                for (segment, rows) in segments.iter().zip(&mut rows) {
                    if segment.test.may_accept(bits | list_bits) {
                        let count = self.count(flows, list, segment.test, bits);
                        if count > 0 {
                            rows.push((at, count));
                        }
                    }
                }
            }
            for (segment, rows) in segments.iter_mut().zip(rows) {
                segment.targets.push(rows);
            }
        }
        for segment in &mut segments {
            self.count_hosts(flows, segment);
        }
        self.segments = segments;
    }

    /// For each list of shapes, the bits that its shapes have together.
    fn bits_of_lists(&self, flows: &Flows) -> Vec<u64> {
        let union =
            |list: &ShapeList| self.shapes(list).iter().fold(0, |bits, shape| bits | self.shape_bits(*shape));
        flows.shapes.lists.entries().iter().map(union).collect()
    }

    fn count_hosts(&self, flows: &Flows, segment: &mut Segment) {
        let size = |target: usize| self.targets.all.get(target).map_or(0, |group| group.size);
        let total = |row: &Vec<(usize, u64)>| row.iter().map(|(target, rows)| rows * size(*target)).sum();
        let totals: Vec<u64> = segment.targets.iter().map(total).collect();
        let mut inside = self.inside.as_ref().map(|inside| inside.counter(segment));
        let mut sum = 0;
        let mut starts = Vec::with_capacity(self.sources.of_host.len());
        for host in (0..self.sources.of_host.len()).filter_map(HostIx::from_position) {
            let ends = self.sources.at(host.position()).zip(self.targets.at(host.position()));
            if let Some((source, target)) = ends {
                // A host reaches every host of a group of targets, except itself where it is one of them; and itself
                // is one of those that stand in its zone.
                let rows = inside.as_mut().and_then(|inside| inside.rows(host, source));
                sum += totals.get(source).copied().unwrap_or(0);
                sum -= rows.unwrap_or_else(|| segment.between(source, target));
                sum += self.rows_between(segment, flows, host, host);
            }
            starts.push(sum);
        }
        segment.starts.extend(starts);
    }

    /// How many rows of the segment a pair of hosts has.
    fn rows_between(&self, segment: &Segment, flows: &Flows, from: HostIx, to: HostIx) -> u64 {
        if self.inside.as_ref().is_some_and(|inside| inside.is_inside(from, to)) {
            return 0;
        }
        if from != to {
            let ends = self.sources.at(from.position()).zip(self.targets.at(to.position()));
            return ends.map_or(0, |(source, target)| segment.between(source, target));
        }
        match (self.same_host, flows.list_between(from, from)) {
            (SameHost::Show, Some(list)) => {
                self.count(flows, list, segment.test, self.bits_between(from, to))
            }
            _ => 0,
        }
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
        let first = segment.host_of(start);
        let mut skip = start - segment.start(first).min(start);
        let mut per_target = vec![0; self.targets.all.len()];
        for from in (first..self.sources.of_host.len()).filter_map(HostIx::from_position) {
            if rows.len() >= count {
                return;
            }
            if segment.has_rows(from) {
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
        let Some(source) = self.sources.at(from.position()) else { return };
        let targets = segment.targets.get(source).map_or(&[][..], Vec::as_slice);
        set_counts(per_target, targets.iter().copied());
        let zone = self.inside.as_ref().and_then(|inside| inside.zone(from.position()));
        for (to, group) in self.targets.of_host.iter().enumerate() {
            let here = if to == from.position() {
                self.rows_between(segment, flows, from, from)
            } else if zone.is_some() && self.inside.as_ref().is_some_and(|inside| inside.zone(to) == zone) {
                0
            } else {
                per_target.get(*group).copied().unwrap_or(0)
            };
            if here <= *skip {
                *skip -= here;
                continue;
            }
            let Some(to) = HostIx::from_position(to) else { continue };
            self.add_rows(segment.test, flows, from, to, skip, rows);
            if rows.len() >= count {
                rows.truncate(count);
                break;
            }
        }
        set_counts(per_target, targets.iter().map(|(target, _)| (*target, 0)));
    }

    fn add_rows(
        &self,
        test: Test,
        flows: &Flows,
        from: HostIx,
        to: HostIx,
        skip: &mut u64,
        rows: &mut Vec<FlowRef>,
    ) {
        let Some(list) = flows.list_between(from, to) else { return };
        let bits = self.bits_between(from, to);
        for shape in self.shapes(flows.list(list)) {
            if test.accepts(bits | self.shape_bits(*shape)) {
                if *skip > 0 {
                    *skip -= 1;
                } else {
                    rows.push(FlowRef { from, to, shape: *shape });
                }
            }
        }
    }

    fn bits_between(&self, from: HostIx, to: HostIx) -> u64 {
        self.sources.bits(from.position()) | self.targets.bits(to.position())
    }
}

fn set_counts(counts: &mut [u64], values: impl Iterator<Item = (usize, u64)>) {
    for (at, value) in values {
        if let Some(count) = counts.get_mut(at) {
            *count = value;
        }
    }
}
