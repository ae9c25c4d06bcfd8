//! Brings hosts into a plan. A host that the plan has stays as it is, but for addresses and roles that it gains.

use std::collections::{HashMap, HashSet};

use crate::catalogue::{Catalogue, RoleSet};
use crate::plan::Plan;
use crate::plan::actions::{Action, options_for, with_system};
use crate::plan::address::Address;
use crate::plan::edit::Edit;
use crate::plan::host::Host;
use crate::plan::text::HostName;

use super::{Import, NewHost};

/// What bringing a host in would do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Arrival {
    /// The plan has no host of this name.
    New,
    /// The plan's host gains these.
    Gains {
        /// Addresses that it does not have.
        addresses: Vec<Address>,
        /// Roles that it does not have.
        roles: RoleSet,
    },
    /// The plan's host has all this.
    Known,
}

/// What a host would do to a plan; `there` is the plan's host of its name.
pub fn arrival(there: Option<&Host>, host: &NewHost) -> Arrival {
    let Some(there) = there else { return Arrival::New };
    let had: HashSet<&Address> = there.addresses.iter().collect();
    let addresses: Vec<Address> =
        host.addresses.iter().filter(|address| !had.contains(address)).cloned().collect();
    let roles = host.roles.minus(there.roles);
    if addresses.is_empty() && roles.is_empty() {
        Arrival::Known
    } else {
        Arrival::Gains { addresses, roles }
    }
}

/// What bringing in came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Merged {
    /// The plan with the hosts.
    pub plan: Plan,
    /// How many hosts are new.
    pub added: usize,
    /// Hosts that gained something, one sentence each.
    pub gained: Vec<String>,
    /// Hosts of which the plan had everything.
    pub known: Vec<HostName>,
    /// What else changed: options that roles switched on, systems that follow from roles.
    pub also: Vec<String>,
    /// The name of the first new host.
    pub first: Option<HostName>,
}

/// Brings the hosts into a copy of the plan.
pub fn merge(plan: &Plan, catalogue: &Catalogue, import: &Import) -> Merged {
    let mut merged = Merged {
        plan: plan.clone(),
        added: 0,
        gained: Vec::new(),
        known: Vec::new(),
        also: Vec::new(),
        first: None,
    };
    let places: HashMap<&str, usize> =
        plan.hosts().iter().enumerate().map(|(at, host)| (host.name.as_str(), at)).collect();
    let (mut added, mut systems) = (RoleSet::EMPTY, Vec::new());
    for new in &import.hosts {
        let at = places.get(new.name.as_str()).copied();
        match arrival(at.and_then(|at| plan.hosts().get(at)), new) {
            Arrival::Known => merged.known.push(new.name.clone()),
            Arrival::New => {
                merged.first.get_or_insert_with(|| new.name.clone());
                let host = with_system(catalogue, merged.plan.new_host(new), new.roles, &mut systems);
                merged.plan.hosts.push(host);
                merged.added += 1;
                added = added.union(new.roles);
            }
            Arrival::Gains { addresses, roles } => {
                merged.gained.push(gain(catalogue, &new.name, &addresses, roles));
                if let Some(host) = at.and_then(|at| merged.plan.hosts.get_mut(at)) {
                    host.addresses.extend(addresses);
                    host.roles = host.roles.union(roles);
                    *host = with_system(catalogue, host.clone(), roles, &mut systems);
                }
                added = added.union(roles);
            }
        }
    }
    let (options, also) = options_for(plan, catalogue, added);
    if let Some(Edit::Options(options)) = options {
        merged.plan.options = options;
    }
    merged.also.extend(also);
    match systems.as_slice() {
        [] => {}
        [only] => merged.also.push(only.clone()),
        many => merged.also.push(format!("the systems of {} hosts follow from their roles", many.len())),
    }
    merged
}

fn gain(catalogue: &Catalogue, name: &HostName, addresses: &[Address], roles: RoleSet) -> String {
    let mut parts: Vec<String> = addresses.iter().map(ToString::to_string).collect();
    parts.extend(roles.iter().map(|role| format!("role {}", catalogue.roles()[role].label)));
    format!("{name} gains {}", parts.join(", "))
}

impl Plan {
    fn new_host(&mut self, new: &NewHost) -> Host {
        let mut host = Host::new(self.fresh_id(), new.name.clone());
        host.os = new.os;
        host.addresses.clone_from(&new.addresses);
        host.roles = new.roles;
        host.zone.clone_from(&new.zone);
        host.site.clone_from(&new.site);
        host.note.clone_from(&new.note);
        host
    }
}

/// Brings the hosts in as one step; `None` if the plan has all of them already.
pub fn action(plan: &Plan, catalogue: &Catalogue, import: &Import) -> Option<(Action, Merged)> {
    let merged = merge(plan, catalogue, import);
    let label = match (merged.added, merged.gained.len(), &merged.first) {
        (0, 0, _) => return None,
        (0, 1, _) => "bring in more of a host".to_owned(),
        (0, many, _) => format!("bring in more of {many} hosts"),
        (1, _, Some(first)) => format!("bring in {first}"),
        (many, _, _) => format!("bring in {many} hosts"),
    };
    let mut also = merged.also.clone();
    match merged.gained.as_slice() {
        [] => {}
        [only] => also.insert(0, only.clone()),
        many if merged.added > 0 => also.insert(0, format!("{} hosts gained something", many.len())),
        _ => {}
    }
    let edit = Edit::Whole(Box::new(merged.plan.clone()));
    Some((Action { label, edit, also }, merged))
}
