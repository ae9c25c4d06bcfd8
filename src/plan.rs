//! The plan: hosts, their roles, options, port overrides and own rules; edits with their inverses, and undo.

pub mod acknowledged;
pub mod actions;
pub mod adapting;
pub mod address;
mod align;
pub mod baseline;
pub mod edit;
pub mod history;
pub mod host;
pub mod import;
pub mod partner;
pub mod paste;
pub mod remarks;
pub mod shown;
pub mod text;
pub mod typed;
pub mod zone;

use std::collections::BTreeMap;

pub use acknowledged::Acknowledged;
pub use address::{Address, AddressError};
pub use baseline::Baseline;
pub use edit::{Edit, EditError};
pub use history::History;
pub use host::{Host, HostId, HostOptions};
pub use partner::Partners;
pub use remarks::Remarks;
pub use text::{HostName, Id, Note, PlanName, SiteName, TextError, ZoneName};
pub use zone::{Standing, Zone};

use crate::catalogue::{Catalogue, CustomPortId, OptionSet, PortSet, Ports, RoleId, Transport};

/// Which hosts an own rule speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Party {
    /// One host.
    Host(HostId),
    /// Every host with the role.
    Role(RoleId),
}

impl Party {
    /// The host, if it is one by name.
    pub fn host(self) -> Option<HostId> {
        match self {
            Self::Host(id) => Some(id),
            Self::Role(_) => None,
        }
    }
}

/// A requirement that the operator added to those of the catalogue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnRule {
    /// Who opens the connection.
    pub from: Party,
    /// Who it goes to.
    pub to: Party,
    /// The transports, without repeats.
    pub transports: Vec<Transport>,
    /// The ports.
    pub ports: Ports,
    /// What the connection is for.
    pub purpose: Note,
}

/// A whole plan. Hosts keep the order in which the operator put them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    name: PlanName,
    edition: String,
    options: OptionSet,
    zones: Vec<Zone>,
    hosts: Vec<Host>,
    ports: BTreeMap<CustomPortId, PortSet>,
    partners: Vec<Partners>,
    rules: Vec<OwnRule>,
    acknowledged: Vec<Acknowledged>,
    baselines: Vec<Baseline>,
    next_host: u32,
}

impl Plan {
    /// An empty plan with the catalogue's default options.
    pub fn new(name: PlanName, catalogue: &Catalogue) -> Self {
        Self {
            name,
            edition: catalogue.edition().to_owned(),
            options: catalogue.default_options(),
            zones: Vec::new(),
            hosts: Vec::new(),
            ports: BTreeMap::new(),
            partners: Vec::new(),
            rules: Vec::new(),
            acknowledged: Vec::new(),
            baselines: Vec::new(),
            next_host: 0,
        }
    }

    /// The plan's name.
    pub fn name(&self) -> &PlanName {
        &self.name
    }

    /// The edition of the catalogue that the plan was made for.
    pub fn edition(&self) -> &str {
        &self.edition
    }

    /// The options that are on for the plan as a whole.
    pub fn options(&self) -> OptionSet {
        self.options
    }

    /// The hosts, in the operator's order.
    pub fn hosts(&self) -> &[Host] {
        &self.hosts
    }

    /// The zones that the operator described. Hosts may name others.
    pub fn zones(&self) -> &[Zone] {
        &self.zones
    }

    /// Pairs of hosts that work with each other and not with others of the same role.
    pub fn partners(&self) -> &[Partners] {
        &self.partners
    }

    /// Findings that the operator lets stand.
    pub fn acknowledged(&self) -> &[Acknowledged] {
        &self.acknowledged
    }

    /// Pinned states, in the order of pinning.
    pub fn baselines(&self) -> &[Baseline] {
        &self.baselines
    }

    /// Ports that take the place of printed ones, for every host without its own.
    pub fn ports(&self) -> &BTreeMap<CustomPortId, PortSet> {
        &self.ports
    }

    /// The operator's own rules.
    pub fn rules(&self) -> &[OwnRule] {
        &self.rules
    }

    /// The host with this id.
    pub fn host(&self, id: HostId) -> Option<&Host> {
        self.position(id).and_then(|at| self.hosts.get(at))
    }

    /// The host with this name.
    pub fn host_named(&self, name: &str) -> Option<&Host> {
        self.hosts.iter().find(|host| host.name.as_str() == name)
    }

    /// Where in the list the host stands.
    pub fn position(&self, id: HostId) -> Option<usize> {
        self.hosts.iter().position(|host| host.id == id)
    }

    /// An id that no host of this plan has or had.
    pub fn fresh_id(&mut self) -> HostId {
        let id = HostId::new(self.next_host);
        self.next_host = self.next_host.saturating_add(1);
        id
    }

    /// Makes sure that no fresh id is one that a baseline uses.
    pub(crate) fn keep_clear_of(&mut self, other: &Self) {
        self.next_host = self.next_host.max(other.next_host);
    }

    /// Puts many new hosts behind the others at once, much faster than one edit each; a file is read this way.
    ///
    /// # Errors
    /// If two of them, or one of them and one of the plan's, share a name; nothing is changed then.
    pub fn extend(&mut self, hosts: Vec<Host>) -> Result<(), EditError> {
        let mut names: std::collections::HashSet<&str> =
            self.hosts.iter().map(|host| host.name.as_str()).collect();
        if let Some(twin) = hosts.iter().find(|host| !names.insert(host.name.as_str())) {
            return Err(EditError::NameTaken(twin.name.clone()));
        }
        self.hosts.extend(hosts);
        Ok(())
    }

    /// The options that are in force for a host: its own settings, else the plan's.
    pub fn options_of(&self, host: &Host) -> OptionSet {
        self.options.minus(host.options.off()).union(host.options.on())
    }

    /// A name that no host has yet: `name`, or with a number behind it.
    pub fn free_name(&self, name: &HostName) -> HostName {
        let taken: std::collections::HashSet<&str> =
            self.hosts.iter().map(|host| host.name.as_str()).collect();
        if !taken.contains(name.as_str()) {
            return name.clone();
        }
        name.numbered().find(|candidate| !taken.contains(candidate.as_str())).unwrap_or_else(|| name.clone())
    }
}
