//! Findings that the operator has seen and lets stand.

use super::host::HostId;
use super::text::{Id, Note};

/// A finding that the operator lets stand, with the reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Acknowledged {
    /// The id of the check that found it: `no-address`.
    pub check: Id,
    /// The host that it is about, if it is about one.
    pub host: Option<HostId>,
    /// What else tells it from other findings of this check: `mail-server`; often nothing.
    pub about: Option<Id>,
    /// Why it may stand.
    pub reason: Note,
}
