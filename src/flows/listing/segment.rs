//! A part of a listing: all flows that pass one test, in the order of sources and destinations.

use crate::catalogue::Key;
use crate::flows::resolve::HostIx;
use crate::flows::search::Matches;

/// Which flows belong to a segment; works on the bits that a search gave hosts and shapes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Test {
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
    /// The tests of a listing's segments, best first.
    pub fn of(matches: Option<&Matches>) -> Vec<Self> {
        let Some(matches) = matches else { return vec![Self::All] };
        let (any, literal, never) = (matches.any(), matches.literal(), matches.never());
        vec![Self::Literal { any, literal, never }, Self::Fuzzy { any, literal, never }]
    }

    pub fn accepts(self, bits: u64) -> bool {
        match self {
            Self::All => true,
            Self::Literal { never, .. } | Self::Fuzzy { never, .. } if bits & never != 0 => false,
            Self::Literal { any, literal, .. } => bits & (any | literal) == any | literal,
            Self::Fuzzy { any, literal, .. } => bits & any == any && bits & literal != literal,
        }
    }

    /// Whether anything can pass that has some of these bits.
    pub fn may_accept(self, bits: u64) -> bool {
        match self {
            Self::All => true,
            Self::Literal { any, literal, .. } => bits & (any | literal) == any | literal,
            Self::Fuzzy { any, .. } => bits & any == any,
        }
    }
}

/// A part of a listing.
#[derive(Debug)]
pub(super) struct Segment {
    pub test: Test,
    /// For each group of sources: the groups of targets it reaches, and how many rows each pair of hosts gives.
    pub targets: Vec<Vec<(usize, u64)>>,
    /// The number of rows before each host's first, and the total as last entry.
    pub starts: Vec<u64>,
}

impl Segment {
    pub fn new(test: Test) -> Self {
        Self { test, targets: Vec::new(), starts: vec![0] }
    }

    pub fn len(&self) -> u64 {
        self.starts.last().copied().unwrap_or(0)
    }

    /// How many rows a host of the one group has with a host of the other.
    pub fn between(&self, source: usize, target: usize) -> u64 {
        let row = self.targets.get(source).map_or(&[][..], Vec::as_slice);
        row.binary_search_by_key(&target, |(target, _)| *target)
            .ok()
            .and_then(|at| row.get(at))
            .map_or(0, |(_, rows)| *rows)
    }

    /// The number of rows before the host's first.
    pub fn start(&self, host: usize) -> u64 {
        self.starts.get(host).copied().unwrap_or(0)
    }

    /// The host that row number `row` starts from.
    pub fn host_of(&self, row: u64) -> usize {
        self.starts.partition_point(|before| *before <= row).saturating_sub(1)
    }

    pub fn has_rows(&self, host: HostIx) -> bool {
        self.start(host.position() + 1) > self.start(host.position())
    }
}
