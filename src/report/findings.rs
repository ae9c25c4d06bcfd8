//! Findings as texts.

use crate::plan::{HostId, Plan};
use crate::review::{Entry, Review, Severity};

use super::Input;

/// A finding in words.
pub(super) struct Found {
    /// How bad it is; nothing if it is a finding no more.
    pub severity: Option<Severity>,
    /// The host that it is about.
    pub host: Option<HostId>,
    /// What was found.
    pub text: String,
    /// What to do about it.
    pub remedy: String,
    /// Why the operator lets it stand.
    pub reason: Option<String>,
}

/// Everything that was found, the worst first, then what may stand.
pub(super) fn found(input: &Input<'_>) -> Vec<Found> {
    let review = Review::new(input.catalogue, input.plan, input.flows);
    (0..review.len()).filter_map(|at| Some(Found::new(input, review.entry(at)?))).collect()
}

impl Found {
    fn new(input: &Input<'_>, entry: Entry<'_>) -> Self {
        let reason = entry.acknowledged().map(|known| known.reason.to_string());
        match entry.finding() {
            Some(finding) => Self {
                severity: Some(finding.severity()),
                host: finding.host(),
                text: finding.text(input.catalogue, input.plan),
                remedy: finding.remedy(input.catalogue),
                reason,
            },
            None => gone(input.plan, entry, reason),
        }
    }
}

/// What was acknowledged and is found no longer.
fn gone(plan: &Plan, entry: Entry<'_>, reason: Option<String>) -> Found {
    let known = entry.acknowledged();
    let host = known.and_then(|known| known.host);
    let name = host.and_then(|host| plan.host(host)).map(|host| format!(" of {}", host.name));
    let check = known.map_or("", |known| known.check.as_str());
    Found {
        severity: None,
        host,
        text: format!("{check}{} was acknowledged and is found no longer", name.unwrap_or_default()),
        remedy: "withdraw the acknowledgement".to_owned(),
        reason,
    }
}
