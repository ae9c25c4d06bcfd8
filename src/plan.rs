//! The plan: hosts, their roles, options, port overrides and own rules; edits with their inverses, and undo.

pub mod actions;
pub mod address;
mod align;
pub mod edit;
pub mod history;
pub mod host;
pub mod paste;
pub mod shown;
pub mod text;

use std::collections::BTreeMap;

pub use address::{Address, AddressError};
pub use edit::{Edit, EditError};
pub use history::History;
pub use host::{Host, HostId, HostOptions};
pub use text::{HostName, Note, PlanName, TextError, ZoneName};

use crate::catalogue::{Catalogue, CustomPortId, OptionSet, PortSet, Ports, RoleId, Transport};

/// Which hosts an own rule speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Party {
    /// One host.
    Host(HostId),
    /// Every host with the role.
    Role(RoleId),
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
    hosts: Vec<Host>,
    ports: BTreeMap<CustomPortId, PortSet>,
    rules: Vec<OwnRule>,
    next_host: u32,
}

impl Plan {
    /// An empty plan with the catalogue's default options.
    pub fn new(name: PlanName, catalogue: &Catalogue) -> Self {
        Self {
            name,
            edition: catalogue.edition().to_owned(),
            options: catalogue.default_options(),
            hosts: Vec::new(),
            ports: BTreeMap::new(),
            rules: Vec::new(),
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

    /// Ports that take the place of printed ones.
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
