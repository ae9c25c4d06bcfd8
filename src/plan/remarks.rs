//! Remarks for whoever reads a plan's file.

use std::collections::HashMap;

use crate::catalogue::OptionId;

use super::host::HostId;
use super::text::ZoneName;

/// Remarks that stand in a plan's file as comments. They are no part of the plan: reading drops them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Remarks {
    /// Above everything.
    pub top: Vec<String>,
    /// Above an option that is on.
    pub options: HashMap<OptionId, String>,
    /// Above a zone that the operator described.
    pub zones: HashMap<ZoneName, String>,
    /// Above a host.
    pub hosts: HashMap<HostId, Vec<String>>,
    /// Below everything.
    pub bottom: Vec<String>,
}
