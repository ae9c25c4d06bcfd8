//! Changes to a plan. Applying one returns the change that takes it back.

use std::collections::HashSet;

use thiserror::Error;

use crate::catalogue::{CustomPortId, OptionSet, PortSet};

use super::host::{Host, HostId};
use super::text::{HostName, PlanName};
use super::{Acknowledged, Baseline, OwnRule, Partners, Party, Plan, Zone};

/// One change, or several that belong together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Edit {
    /// Gives the plan another name.
    Name(PlanName),
    /// Sets the options that are on.
    Options(OptionSet),
    /// Puts a host into the list at this place.
    Insert {
        /// Where in the list.
        at: usize,
        /// The host; its id and name are not yet in the plan.
        host: Box<Host>,
    },
    /// Takes a host out.
    Remove(HostId),
    /// Puts a changed host in the place of the one with its id.
    Replace(Box<Host>),
    /// Moves a host to another place in the list.
    Move {
        /// The host.
        id: HostId,
        /// Its new place.
        to: usize,
    },
    /// Sets or drops ports that take the place of printed ones.
    Ports {
        /// Which ports.
        key: CustomPortId,
        /// The plan's ports; `None` for the printed ones.
        ports: Option<PortSet>,
    },
    /// Sets the operator's own rules.
    Rules(Vec<OwnRule>),
    /// Sets the zones.
    Zones(Vec<Zone>),
    /// Sets who works with whom; a pair of a host with itself, or one that is there already, is left out.
    Partners(Vec<Partners>),
    /// Sets the findings that may stand.
    Acknowledged(Vec<Acknowledged>),
    /// Sets the baselines.
    Baselines(Vec<Baseline>),
    /// Several changes in this order, as one step.
    Many(Vec<Edit>),
    /// Puts another state of the plan in the place of the present one: a file that was read again, or work that was
    /// recovered.
    Whole(Box<Plan>),
}

/// Why a change cannot be made; the plan is as it was.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum EditError {
    /// Another host has this name.
    #[error("there is a host called \"{0}\" already; give this one another name")]
    NameTaken(HostName),
    /// A host with this id is in the plan already.
    #[error("that host is in the plan already")]
    IdTaken,
    /// The host is not (or no longer) in the plan.
    #[error("that host is no longer in the plan")]
    NoSuchHost,
    /// A rule, a pair of partners or an acknowledged finding names the host.
    #[error("an own rule, a partner or an acknowledged finding still names the host; remove that first")]
    HostInUse,
}

/// Nobody is a partner of himself, and two hosts are partners once.
fn distinct(all: Vec<Partners>) -> Vec<Partners> {
    let mut known = HashSet::with_capacity(all.len());
    let ends = |pair: &Partners| (pair.host.min(pair.partner), pair.host.max(pair.partner));
    all.into_iter().filter(|pair| pair.host != pair.partner && known.insert(ends(pair))).collect()
}

impl Plan {
    /// Takes the ids of the hosts that the change would put in, so that no other host gets them in the meantime.
    pub fn reserve(&mut self, edit: &Edit) {
        match edit {
            Edit::Insert { host, .. } => self.next_host = self.next_host.max(host.id.after()),
            Edit::Many(edits) => edits.iter().for_each(|edit| self.reserve(edit)),
            _ => {}
        }
    }

    /// Makes the change and returns its inverse.
    ///
    /// # Errors
    /// If the change does not fit the plan; nothing is changed then.
    pub fn apply(&mut self, edit: Edit) -> Result<Edit, EditError> {
        match edit {
            Edit::Name(name) => Ok(Edit::Name(std::mem::replace(&mut self.name, name))),
            Edit::Options(options) => Ok(Edit::Options(std::mem::replace(&mut self.options, options))),
            Edit::Rules(rules) => {
                self.all_there(rules.iter().flat_map(|rule| [rule.from, rule.to]).filter_map(Party::host))?;
                Ok(Edit::Rules(std::mem::replace(&mut self.rules, rules)))
            }
            Edit::Zones(zones) => Ok(Edit::Zones(std::mem::replace(&mut self.zones, zones))),
            Edit::Partners(all) => {
                self.all_there(all.iter().flat_map(|pair| [pair.host, pair.partner]))?;
                Ok(Edit::Partners(std::mem::replace(&mut self.partners, distinct(all))))
            }
            Edit::Acknowledged(all) => {
                self.all_there(all.iter().filter_map(|entry| entry.host))?;
                Ok(Edit::Acknowledged(std::mem::replace(&mut self.acknowledged, all)))
            }
            Edit::Baselines(all) => Ok(Edit::Baselines(std::mem::replace(&mut self.baselines, all))),
            Edit::Ports { key, ports } => Ok(self.set_ports(key, ports)),
            Edit::Insert { at, host } => self.insert(at, *host),
            Edit::Remove(id) => self.remove(id),
            Edit::Replace(host) => self.replace(*host),
            Edit::Move { id, to } => self.move_host(id, to),
            Edit::Many(edits) => self.apply_all(edits),
            Edit::Whole(plan) => Ok(Edit::Whole(Box::new(std::mem::replace(self, *plan)))),
        }
    }

    /// Nothing speaks of a host that the plan does not have: a host that gets its id later would be taken for it.
    fn all_there(&self, ids: impl Iterator<Item = HostId>) -> Result<(), EditError> {
        let ids: HashSet<HostId> = ids.collect();
        let there = self.hosts.iter().filter(|host| ids.contains(&host.id)).count();
        if there == ids.len() { Ok(()) } else { Err(EditError::NoSuchHost) }
    }

    fn set_ports(&mut self, key: CustomPortId, ports: Option<PortSet>) -> Edit {
        let before = match ports {
            Some(ports) => self.ports.insert(key, ports),
            None => self.ports.remove(&key),
        };
        Edit::Ports { key, ports: before }
    }

    fn insert(&mut self, at: usize, host: Host) -> Result<Edit, EditError> {
        if self.host_named(host.name.as_str()).is_some() {
            return Err(EditError::NameTaken(host.name));
        }
        let id = host.id;
        if self.position(id).is_some() {
            return Err(EditError::IdTaken);
        }
        self.hosts.insert(at.min(self.hosts.len()), host);
        Ok(Edit::Remove(id))
    }

    fn remove(&mut self, id: HostId) -> Result<Edit, EditError> {
        let at = self.position(id).ok_or(EditError::NoSuchHost)?;
        if self.names(id) {
            return Err(EditError::HostInUse);
        }
        Ok(Edit::Insert { at, host: Box::new(self.hosts.remove(at)) })
    }

    /// Whether anything but the list of hosts speaks of the host.
    fn names(&self, id: HostId) -> bool {
        let is = |party: Party| party == Party::Host(id);
        self.rules.iter().any(|rule| is(rule.from) || is(rule.to))
            || self.partners.iter().any(|pair| pair.of(id).is_some())
            || self.acknowledged.iter().any(|entry| entry.host == Some(id))
    }

    fn replace(&mut self, host: Host) -> Result<Edit, EditError> {
        let same_name = self.host_named(host.name.as_str());
        if same_name.is_some_and(|other| other.id != host.id) {
            return Err(EditError::NameTaken(host.name));
        }
        let old = self.hosts.iter_mut().find(|other| other.id == host.id).ok_or(EditError::NoSuchHost)?;
        Ok(Edit::Replace(Box::new(std::mem::replace(old, host))))
    }

    fn move_host(&mut self, id: HostId, to: usize) -> Result<Edit, EditError> {
        let at = self.position(id).ok_or(EditError::NoSuchHost)?;
        let host = self.hosts.remove(at);
        self.hosts.insert(to.min(self.hosts.len()), host);
        Ok(Edit::Move { id, to: at })
    }

    fn apply_all(&mut self, edits: Vec<Edit>) -> Result<Edit, EditError> {
        let mut inverses = Vec::with_capacity(edits.len());
        for edit in edits {
            match self.apply(edit) {
                Ok(inverse) => inverses.push(inverse),
                Err(error) => {
                    for inverse in inverses.into_iter().rev() {
                        self.apply(inverse)?;
                    }
                    return Err(error);
                }
            }
        }
        inverses.reverse();
        Ok(Edit::Many(inverses))
    }
}
