//! Findings beside what the operator has acknowledged.

use std::collections::{HashMap, HashSet};

use crate::catalogue::Catalogue;
use crate::flows::Flows;
use crate::plan::{Acknowledged, HostId, Id, Plan};

use super::{Finding, Severity, findings};

/// What tells a finding from others, as the plan keeps it.
type Key<'a> = (&'a str, Option<HostId>, Option<&'a str>);

/// All findings of a plan: open ones, then acknowledged ones, then those that were acknowledged and are gone.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Review {
    open: Vec<Finding>,
    acknowledged: Vec<(Finding, Acknowledged)>,
    outdated: Vec<Acknowledged>,
}

/// One line of a review.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Entry<'a> {
    /// Nobody has said that it may stand.
    Open(&'a Finding),
    /// It may stand.
    Acknowledged(&'a Finding, &'a Acknowledged),
    /// It might have stood, but is gone.
    Outdated(&'a Acknowledged),
}

impl<'a> Entry<'a> {
    /// The finding, if it is still one.
    pub fn finding(self) -> Option<&'a Finding> {
        match self {
            Self::Open(finding) | Self::Acknowledged(finding, _) => Some(finding),
            Self::Outdated(_) => None,
        }
    }

    /// Why it may stand.
    pub fn acknowledged(self) -> Option<&'a Acknowledged> {
        match self {
            Self::Open(_) => None,
            Self::Acknowledged(_, entry) | Self::Outdated(entry) => Some(entry),
        }
    }
}

fn key(entry: &Acknowledged) -> Key<'_> {
    (entry.check.as_str(), entry.host, entry.about.as_ref().map(Id::as_str))
}

impl Review {
    /// Looks at a plan.
    pub fn new(catalogue: &Catalogue, plan: &Plan, flows: &Flows) -> Self {
        let open = findings(catalogue, plan, flows);
        if plan.acknowledged().is_empty() {
            return Self { open, ..Self::default() };
        }
        let known: HashMap<Key<'_>, &Acknowledged> =
            plan.acknowledged().iter().map(|entry| (key(entry), entry)).collect();
        // What a finding is about is put into words only where that can matter.
        let checks: HashSet<&str> = plan.acknowledged().iter().map(|entry| entry.check.as_str()).collect();
        let mut review = Self::default();
        let mut met: HashSet<Key<'_>> = HashSet::new();
        for finding in open {
            let about = checks.contains(finding.id()).then(|| finding.about(catalogue));
            let found = about.as_ref().and_then(|about| {
                let about = about.as_ref().map(Id::as_str);
                known.get(&(finding.id(), finding.host(), about)).copied()
            });
            match found {
                Some(entry) => {
                    met.insert(key(entry));
                    review.acknowledged.push((finding, entry.clone()));
                }
                None => review.open.push(finding),
            }
        }
        let gone = plan.acknowledged().iter().filter(|entry| !met.contains(&key(entry)));
        review.outdated = gone.cloned().collect();
        review
    }

    /// Findings that nobody has said anything about, the worst first.
    pub fn open(&self) -> &[Finding] {
        &self.open
    }

    /// Findings that may stand, with the reasons.
    pub fn acknowledged(&self) -> &[(Finding, Acknowledged)] {
        &self.acknowledged
    }

    /// What was acknowledged and is gone.
    pub fn outdated(&self) -> &[Acknowledged] {
        &self.outdated
    }

    /// How many lines there are.
    pub fn len(&self) -> usize {
        self.open.len() + self.acknowledged.len() + self.outdated.len()
    }

    /// Whether there is nothing to show.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// One line.
    pub fn entry(&self, at: usize) -> Option<Entry<'_>> {
        if let Some(finding) = self.open.get(at) {
            return Some(Entry::Open(finding));
        }
        let at = at - self.open.len();
        if let Some((finding, entry)) = self.acknowledged.get(at) {
            return Some(Entry::Acknowledged(finding, entry));
        }
        self.outdated.get(at - self.acknowledged.len()).map(Entry::Outdated)
    }

    /// How many open findings are this bad.
    pub fn count(&self, severity: Severity) -> usize {
        self.open.iter().filter(|finding| finding.severity() == severity).count()
    }

    /// How many open findings keep the plan from being done.
    pub fn urgent(&self) -> usize {
        self.open.iter().filter(|finding| finding.severity().is_urgent()).count()
    }
}
