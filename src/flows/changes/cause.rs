//! What can make a flow come or go: one thing that differs between two states of a plan.

use std::collections::{BTreeSet, HashMap};

use crate::catalogue::{Catalogue, CustomPortId, OptionId, PortSet, RoleId, RoleSet};
use crate::plan::host::HostSetting;
use crate::plan::{Host, HostId, OwnRule, Partners, Plan};

use super::Fate;

/// One thing that differs between two states of a plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Cause {
    /// Something about one host.
    Host(HostId, HostCause),
    /// Something about the plan as a whole.
    Plan(PlanCause),
}

/// Something that differs about a host.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum HostCause {
    /// Only one of the states has it.
    Presence,
    /// Only in one of the states it was given the role.
    Role(RoleId),
    /// Its system.
    System,
    /// How it stands to an option.
    Option(OptionId),
    /// Ports of its own.
    Ports(CustomPortId),
    /// Its site.
    Site,
}

/// Something that differs about the plan as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PlanCause {
    /// An option is on in one of the states only.
    Option(OptionId),
    /// Ports that take the place of printed ones.
    Ports(CustomPortId),
    /// An own rule of one of the states, by its place there.
    Rule(Fate, usize),
    /// Two hosts are partners in one of the states only, by their place there.
    Partners(Fate, usize),
    /// Some host has the role in one of the states, and none in the other.
    Placed(RoleId),
    /// Something about a host that is a partner of one of the two: while it has the role for a rule, its partners work
    /// with nobody else for that rule.
    Partner(HostId, HostCause),
    /// Nothing that has a name of its own.
    Other,
}

/// What differs about a host between two states; `None` where a state does not have it.
pub(super) fn of_host(before: Option<&Host>, after: Option<&Host>) -> Vec<HostCause> {
    let (Some(before), Some(after)) = (before, after) else { return vec![HostCause::Presence] };
    if before == after {
        return Vec::new();
    }
    let mut causes: Vec<HostCause> = differing(before.roles, after.roles).map(HostCause::Role).collect();
    if before.os != after.os {
        causes.push(HostCause::System);
    }
    let set = [before, after].map(|host| host.options.on().union(host.options.off()));
    let options =
        set.into_iter().fold(crate::catalogue::OptionSet::EMPTY, crate::catalogue::OptionSet::union);
    let differs = |option: &OptionId| before.options.setting(*option) != after.options.setting(*option);
    causes.extend(options.iter().filter(differs).map(HostCause::Option));
    let mut keys: Vec<CustomPortId> = before.ports.keys().chain(after.ports.keys()).copied().collect();
    keys.sort_unstable();
    keys.dedup();
    keys.retain(|key| before.ports.get(key) != after.ports.get(key));
    causes.extend(keys.into_iter().map(HostCause::Ports));
    if before.site != after.site {
        causes.push(HostCause::Site);
    }
    causes
}

fn differing(before: RoleSet, after: RoleSet) -> impl Iterator<Item = RoleId> {
    let both = before.minus(after).union(after.minus(before));
    both.iter().collect::<Vec<_>>().into_iter()
}

/// What differs about the plan as a whole.
pub(super) fn of_plan(catalogue: &Catalogue, before: &Plan, after: &Plan) -> Vec<PlanCause> {
    let options = before.options().minus(after.options()).union(after.options().minus(before.options()));
    let mut causes: Vec<PlanCause> = options.iter().map(PlanCause::Option).collect();
    let ports =
        catalogue.custom_ports().keys().filter(|key| before.ports().get(key) != after.ports().get(key));
    causes.extend(ports.map(PlanCause::Ports));
    causes.extend(only_there(before.rules(), after.rules()).map(|at| PlanCause::Rule(Fate::Added, at)));
    causes.extend(only_there(after.rules(), before.rules()).map(|at| PlanCause::Rule(Fate::Removed, at)));
    let (old, new) = (before.partners(), after.partners());
    causes.extend(only_there(old, new).map(|at| PlanCause::Partners(Fate::Added, at)));
    // A host that is gone took its partners along, so its being gone says it.
    let both = |pair: &Partners| [pair.host, pair.partner].iter().all(|id| after.host(*id).is_some());
    let parted = only_there(new, old).filter(|at| old.get(*at).is_some_and(both));
    causes.extend(parted.map(|at| PlanCause::Partners(Fate::Removed, at)));
    let placed = |plan: &Plan| {
        plan.hosts().iter().fold(RoleSet::EMPTY, |all, host| all.union(catalogue.with_implied(host.roles)))
    };
    causes.extend(differing(placed(before), placed(after)).map(PlanCause::Placed));
    causes
}

/// For each host, what differs about its partners.
pub(super) fn of_partners(before: &Plan, after: &Plan) -> HashMap<HostId, BTreeSet<PlanCause>> {
    let mut causes: HashMap<HostId, BTreeSet<PlanCause>> = HashMap::new();
    let mut known: HashMap<HostId, Vec<HostCause>> = HashMap::new();
    for pair in before.partners().iter().chain(after.partners()) {
        for (host, partner) in [(pair.host, pair.partner), (pair.partner, pair.host)] {
            let differs =
                known.entry(partner).or_insert_with(|| of_host(before.host(partner), after.host(partner)));
            if !differs.is_empty() {
                let of_partner = differs.iter().map(|cause| PlanCause::Partner(partner, *cause));
                causes.entry(host).or_default().extend(of_partner);
            }
        }
    }
    causes
}

/// The places in `there` of what `here` does not have, or not so often.
fn only_there<T: PartialEq>(here: &[T], there: &[T]) -> impl Iterator<Item = usize> {
    let mut left: Vec<&T> = here.iter().collect();
    let mut places = Vec::new();
    for (at, entry) in there.iter().enumerate() {
        match left.iter().position(|known| *known == entry) {
            Some(known) => drop(left.swap_remove(known)),
            None => places.push(at),
        }
    }
    places.into_iter()
}

impl PlanCause {
    /// The own rule that differs.
    pub(super) fn rule<'a>(self, before: &'a Plan, after: &'a Plan) -> Option<&'a OwnRule> {
        match self {
            Self::Rule(Fate::Added, at) => after.rules().get(at),
            Self::Rule(Fate::Removed, at) => before.rules().get(at),
            _ => None,
        }
    }

    /// The partners that differ.
    pub(super) fn partners(self, before: &Plan, after: &Plan) -> Option<Partners> {
        match self {
            Self::Partners(Fate::Added, at) => after.partners().get(at).copied(),
            Self::Partners(Fate::Removed, at) => before.partners().get(at).copied(),
            _ => None,
        }
    }
}

/// Puts causes into words.
#[derive(Debug, Clone, Copy)]
pub struct Teller<'a> {
    /// The catalogue of both states.
    pub catalogue: &'a Catalogue,
    /// The earlier state.
    pub before: &'a Plan,
    /// The later state.
    pub after: &'a Plan,
}

impl Teller<'_> {
    /// What differs, as half a sentence: "proxy01 is no longer Guest interaction proxy".
    pub fn tell(&self, cause: Cause) -> String {
        match cause {
            Cause::Host(id, cause) => self.tell_host(id, cause),
            Cause::Plan(cause) => self.tell_plan(cause),
        }
    }

    /// The name of a host, as the later state has it if it can.
    pub fn name(&self, id: HostId) -> &str {
        self.after.host(id).or_else(|| self.before.host(id)).map_or("?", |host| host.name.as_str())
    }

    fn tell_host(&self, id: HostId, cause: HostCause) -> String {
        let name = self.name(id);
        let (Some(before), Some(after)) = (self.before.host(id), self.after.host(id)) else {
            let is = if self.after.host(id).is_some() { "new" } else { "gone" };
            return format!("host {name} is {is}");
        };
        match cause {
            HostCause::Presence => format!("host {name} is another one"),
            HostCause::Role(role) => {
                let is = if after.has_role(role) { "is now" } else { "is no longer" };
                format!("{name} {is} {}", self.role(role))
            }
            HostCause::System => {
                format!(
                    "the system of {name} is {} now and no longer {}",
                    after.os.label(),
                    before.os.label()
                )
            }
            HostCause::Option(option) => {
                let label = &self.catalogue.options()[option].label;
                match after.options.setting(option) {
                    HostSetting::On => format!("{name} has {label} on for itself now"),
                    HostSetting::Off => format!("{name} has {label} off for itself now"),
                    HostSetting::Inherit => format!("{name} has {label} as the plan has it again"),
                }
            }
            HostCause::Ports(key) => {
                let label = &self.catalogue.custom_ports()[key].label;
                match after.ports.get(&key) {
                    Some(ports) => format!("{name} has {label} on {} now", listed(ports)),
                    None => format!("{name} has {label} on no ports of its own any more"),
                }
            }
            HostCause::Site => match &after.site {
                Some(site) => format!("{name} belongs to site {site} now"),
                None => format!("{name} belongs to no site any more"),
            },
        }
    }

    fn tell_plan(&self, cause: PlanCause) -> String {
        match cause {
            PlanCause::Option(option) => {
                let is = if self.after.options().contains(option) { "on" } else { "off" };
                format!("option {} is {is} now", self.catalogue.options()[option].label)
            }
            PlanCause::Ports(key) => {
                let label = &self.catalogue.custom_ports()[key].label;
                match self.after.ports().get(&key) {
                    Some(ports) => format!("the plan has {label} on {} now", listed(ports)),
                    None => format!("the plan has {label} on its printed ports again"),
                }
            }
            PlanCause::Rule(fate, _) => {
                let purpose = cause.rule(self.before, self.after).map_or("?", |rule| rule.purpose.as_str());
                format!("own rule \"{purpose}\" is {}", fate.is())
            }
            PlanCause::Partners(fate, _) => {
                let are = if fate == Fate::Added { "are partners now" } else { "are no longer partners" };
                match cause.partners(self.before, self.after) {
                    Some(pair) => format!("{} and {} {are}", self.name(pair.host), self.name(pair.partner)),
                    None => format!("two hosts {are}"),
                }
            }
            PlanCause::Partner(id, cause) => format!("{} (it is a partner)", self.tell_host(id, cause)),
            PlanCause::Other => "the two states differ in more than hosts, options and rules".to_owned(),
            PlanCause::Placed(role) => {
                let holds = |host: &&Host| self.catalogue.with_implied(host.roles).contains(role);
                let label = self.role(role);
                let mut holders = self.after.hosts().iter().filter(holds);
                match (holders.next(), holders.count()) {
                    (None, _) => format!("no host has the role {label} any more"),
                    (Some(host), 0) => format!("a host has the role {label} now ({})", host.name),
                    (Some(host), more) => {
                        format!("hosts have the role {label} now ({} and {more} more)", host.name)
                    }
                }
            }
        }
    }

    fn role(&self, role: RoleId) -> &str {
        &self.catalogue.roles()[role].label
    }
}

fn listed(ports: &PortSet) -> String {
    let ranges: Vec<String> = ports.ranges().iter().map(ToString::to_string).collect();
    ranges.join(", ")
}
