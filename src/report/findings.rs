//! Findings as texts.

use crate::plan::HostId;
use crate::review::Finding;

use super::Input;

/// A finding in words.
pub(super) struct Found {
    /// The host that it is about.
    pub host: Option<HostId>,
    /// What was found.
    pub text: String,
    /// What to do about it.
    pub remedy: String,
    /// Why the operator lets it stand.
    pub reason: Option<String>,
}

impl Found {
    pub fn new(input: &Input<'_>, finding: &Finding) -> Self {
        Self {
            host: finding.host(),
            text: finding.text(input.catalogue, input.plan),
            remedy: finding.remedy(input.catalogue),
            reason: reason(input, finding),
        }
    }
}

/// The reason of the acknowledged finding that this one is.
fn reason(input: &Input<'_>, finding: &Finding) -> Option<String> {
    let roles: Vec<&str> = match finding {
        Finding::Unplaced { missing, .. } => {
            missing.iter().map(|role| input.catalogue.roles()[*role].id.as_str()).collect()
        }
        _ => Vec::new(),
    };
    let known = input.plan.acknowledged().iter().find(|entry| {
        let about = entry.about.as_ref().is_none_or(|about| roles.contains(&about.as_str()));
        entry.check.as_str() == finding.id() && entry.host == finding.host() && about
    });
    known.map(|entry| entry.reason.to_string())
}
