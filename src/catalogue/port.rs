//! Ports and sets of ports that are valid and normalised once they exist.

use std::fmt;
use std::num::NonZeroU16;
use std::str::FromStr;

use thiserror::Error;

/// A TCP or UDP port, 1 to 65535.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Port(NonZeroU16);

impl Port {
    /// The lowest port.
    pub const MIN: Self = Self(NonZeroU16::MIN);
    /// The highest port.
    pub const MAX: Self = Self(NonZeroU16::MAX);

    /// The port with this number, or `None` for 0.
    pub fn new(number: u16) -> Option<Self> {
        NonZeroU16::new(number).map(Self)
    }

    /// The port's number.
    pub fn number(self) -> u16 {
        self.0.get()
    }

    /// The next lower port; `None` for 1.
    pub fn before(self) -> Option<Self> {
        self.number().checked_sub(1).and_then(Self::new)
    }

    /// The next higher port; `None` for 65535.
    pub fn after(self) -> Option<Self> {
        self.number().checked_add(1).and_then(Self::new)
    }
}

/// Why a text is not a port or a range of ports.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum PortError {
    /// Not digits at all.
    #[error(
        "\"{0}\" is not a port; write a number from 1 to 65535, such as 445, or a range, such as 2500-3300"
    )]
    NotANumber(String),
    /// Digits, but not from 1 to 65535.
    #[error("port {0} is out of range; ports go from 1 to 65535")]
    OutOfRange(String),
    /// The range runs backwards.
    #[error("the range {from}-{to} runs backwards; write {to}-{from}")]
    Reversed {
        /// The first number as written.
        from: Port,
        /// The second number as written.
        to: Port,
    },
}

impl FromStr for Port {
    type Err = PortError;

    fn from_str(text: &str) -> Result<Self, PortError> {
        if text.is_empty() || !text.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(PortError::NotANumber(text.to_owned()));
        }
        text.parse::<u16>().ok().and_then(Self::new).ok_or_else(|| PortError::OutOfRange(text.to_owned()))
    }
}

impl fmt::Display for Port {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(out)
    }
}

/// One or more ports in a row, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PortRange {
    from: Port,
    to: Port,
}

impl PortRange {
    /// The range from `from` to `to`.
    ///
    /// # Errors
    /// [`PortError::Reversed`] if `to` is below `from`.
    pub fn new(from: Port, to: Port) -> Result<Self, PortError> {
        if from <= to { Ok(Self { from, to }) } else { Err(PortError::Reversed { from, to }) }
    }

    /// The range that holds one port.
    pub fn single(port: Port) -> Self {
        Self { from: port, to: port }
    }

    /// The first port.
    pub fn from(self) -> Port {
        self.from
    }

    /// The last port.
    pub fn to(self) -> Port {
        self.to
    }

    /// Whether the range holds just one port.
    pub fn is_single(self) -> bool {
        self.from == self.to
    }

    /// Whether `port` is in the range.
    pub fn contains(self, port: Port) -> bool {
        self.from <= port && port <= self.to
    }

    /// Whether the two ranges share a port.
    pub fn overlaps(self, other: Self) -> bool {
        self.from <= other.to && other.from <= self.to
    }

    fn touches(self, next: Self) -> bool {
        u32::from(next.from.number()) <= u32::from(self.to.number()) + 1
    }
}

impl FromStr for PortRange {
    type Err = PortError;

    fn from_str(text: &str) -> Result<Self, PortError> {
        match text.split_once('-') {
            Some((from, to)) => Self::new(from.trim().parse()?, to.trim().parse()?),
            None => text.trim().parse().map(Self::single),
        }
    }
}

impl fmt::Display for PortRange {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_single() { self.from.fmt(out) } else { write!(out, "{}-{}", self.from, self.to) }
    }
}

/// A set of ports: sorted ranges that neither overlap nor touch.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct PortSet(Vec<PortRange>);

impl PortSet {
    /// The ranges, lowest first.
    pub fn ranges(&self) -> &[PortRange] {
        &self.0
    }

    /// Whether there is no port in the set.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether `port` is in the set.
    pub fn contains(&self, port: Port) -> bool {
        self.0.iter().any(|range| range.contains(port))
    }

    /// The ports of this set that are not in `other`.
    #[must_use]
    pub fn minus(&self, other: &Self) -> Self {
        let mut left = Vec::new();
        for &range in &self.0 {
            let mut from = Some(range.from);
            for gap in other.0.iter().filter(|gap| gap.overlaps(range)) {
                if let Some(start) = from.filter(|start| *start < gap.from) {
                    left.extend(gap.from.before().and_then(|end| PortRange::new(start, end).ok()));
                }
                from = gap.to.after();
            }
            left.extend(from.and_then(|start| PortRange::new(start, range.to).ok()));
        }
        Self(left)
    }

    /// Whether every port of `range` is in the set.
    pub fn covers(&self, range: PortRange) -> bool {
        self.0.iter().any(|own| own.contains(range.from) && own.contains(range.to))
    }
}

impl FromIterator<PortRange> for PortSet {
    fn from_iter<I: IntoIterator<Item = PortRange>>(ranges: I) -> Self {
        let mut sorted: Vec<PortRange> = ranges.into_iter().collect();
        sorted.sort_unstable();
        let mut merged: Vec<PortRange> = Vec::with_capacity(sorted.len());
        for range in sorted {
            match merged.last_mut() {
                Some(last) if last.touches(range) => last.to = last.to.max(range.to),
                _ => merged.push(range),
            }
        }
        Self(merged)
    }
}

/// What an entry of a rule's port list stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PortKind {
    /// These ports, as written.
    Exact,
    /// This port, or the next free one above it: `1058+`.
    OpenEnded,
    /// Used only where the other ports cannot be reached: `6162 or 2500-3300`.
    Fallback,
}

/// One entry of a port list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PortItem {
    /// What the entry stands for.
    pub kind: PortKind,
    /// The ports; one port where the entry is open-ended.
    pub range: PortRange,
}

impl FromStr for PortItem {
    type Err = PortError;

    /// Reads `445`, `2500-3300`, `1058+` and `or 2500-3300`.
    fn from_str(text: &str) -> Result<Self, PortError> {
        let text = text.trim();
        if let Some(base) = text.strip_suffix('+') {
            let range = PortRange::single(base.trim().parse()?);
            return Ok(Self { kind: PortKind::OpenEnded, range });
        }
        match text.strip_prefix("or ") {
            Some(range) => Ok(Self { kind: PortKind::Fallback, range: range.trim().parse()? }),
            None => Ok(Self { kind: PortKind::Exact, range: text.parse()? }),
        }
    }
}

impl fmt::Display for PortItem {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.kind {
            PortKind::Exact => self.range.fmt(out),
            PortKind::OpenEnded => write!(out, "{}+", self.range),
            PortKind::Fallback => write!(out, "or {}", self.range),
        }
    }
}

/// The ports of a rule or flow, normalised: equal ports are equal values.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Ports {
    exact: PortSet,
    open_ended: Vec<Port>,
    fallback: PortSet,
}

impl Ports {
    /// The ports that are used as written.
    pub fn exact(&self) -> &PortSet {
        &self.exact
    }

    /// The first ports of open-ended entries, lowest first.
    pub fn open_ended(&self) -> &[Port] {
        &self.open_ended
    }

    /// The ports that are used where the exact ones cannot be reached.
    pub fn fallback(&self) -> &PortSet {
        &self.fallback
    }

    /// These ports with `printed` taken out and `own` put in.
    #[must_use]
    pub fn replaced(&self, printed: &PortSet, own: &PortSet) -> Self {
        let keep = |set: &PortSet| set.minus(printed);
        let exact = keep(&self.exact).0.into_iter().chain(own.0.iter().copied()).collect();
        let open_ended = self.open_ended.iter().copied().filter(|port| !printed.contains(*port)).collect();
        Self { exact, open_ended, fallback: keep(&self.fallback) }
    }

    /// Whether there is no port at all.
    pub fn is_empty(&self) -> bool {
        self.exact.is_empty() && self.open_ended.is_empty() && self.fallback.is_empty()
    }

    /// Every entry: exact ones, then open-ended ones, then fallbacks.
    pub fn items(&self) -> impl Iterator<Item = PortItem> {
        let exact = self.exact.ranges().iter().map(|&range| (PortKind::Exact, range));
        let open = self.open_ended.iter().map(|&port| (PortKind::OpenEnded, PortRange::single(port)));
        let fallback = self.fallback.ranges().iter().map(|&range| (PortKind::Fallback, range));
        exact.chain(open).chain(fallback).map(|(kind, range)| PortItem { kind, range })
    }

    /// Whether a rule that opens these ports lets `port` pass; an open-ended entry counts with its
    /// first port only, because nobody knows where it ends.
    pub fn contains(&self, port: Port) -> bool {
        self.exact.contains(port) || self.fallback.contains(port) || self.open_ended.contains(&port)
    }

    /// Whether `range` shares a port with these.
    pub fn overlaps(&self, range: PortRange) -> bool {
        self.items().any(|item| item.range.overlaps(range))
    }

    /// All ports that a firewall rule has to open: exact, fallback, and the first of open-ended ones.
    pub fn to_open(&self) -> PortSet {
        self.items().map(|item| item.range).collect()
    }

    /// The lowest port, for sorting.
    pub fn lowest(&self) -> Option<Port> {
        self.items().map(|item| item.range.from()).min()
    }

    /// The entries as one text, `separator` between them and `or` before a fallback.
    pub fn text(&self, separator: &str) -> String {
        let mut text = String::new();
        for item in self.items() {
            if !text.is_empty() {
                text.push_str(if item.kind == PortKind::Fallback { " " } else { separator });
            }
            text.push_str(&item.to_string());
        }
        text
    }
}

impl FromIterator<PortItem> for Ports {
    fn from_iter<I: IntoIterator<Item = PortItem>>(items: I) -> Self {
        let items: Vec<PortItem> = items.into_iter().collect();
        let of = |kind| items.iter().filter(move |item| item.kind == kind).map(|item| item.range);
        let mut open_ended: Vec<Port> = of(PortKind::OpenEnded).map(PortRange::from).collect();
        open_ended.sort_unstable();
        open_ended.dedup();
        Self { exact: of(PortKind::Exact).collect(), open_ended, fallback: of(PortKind::Fallback).collect() }
    }
}

impl fmt::Display for Ports {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.text(", "))
    }
}
