//! Single changes of a plan, as an operator would make them, that may take a flow away or bring one.

use crate::catalogue::{
    Condition, CustomPortId, HostFact, OptionId, OptionScope, Os, Port, PortRange, PortSet, RoleId,
};
use crate::flows::RuleRef;
use crate::flows::requirement::{End as RuleEnd, Requirement};
use crate::plan::actions::{self, Action};
use crate::plan::host::HostSetting;
use crate::plan::{Edit, Host, Partners, Plan};

use super::lack::{End, Lack};
use super::scene::Pair;
use super::words;

/// Whether a change can be made as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Making {
    /// It can.
    Ready,
    /// The operator has to choose a port; the change has one that no flow of the plan uses in its place.
    ChoosePort,
}

/// A change of a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// What to do, in words: `switch Guest processing off`.
    pub text: String,
    /// The edit that does it.
    pub action: Action,
    /// Whether it can be made as it is.
    pub making: Making,
}

impl Change {
    fn ready(text: String, action: Action) -> Self {
        Self { text, action, making: Making::Ready }
    }
}

/// Changes after which a rule may hold no longer for the pair.
pub(super) fn against(pair: Pair<'_>, rule: &Requirement) -> Vec<Change> {
    let mut changes = flips(pair, &rule.when, false);
    for (end, wanted) in [(End::From, &rule.from), (End::To, &rule.to)] {
        if let RuleEnd::Roles(_) = wanted {
            changes.extend(roles_taken(pair, end.of(pair), &words::roles_of(wanted)));
            changes.extend(other_systems(pair, end.of(pair), wanted));
        }
    }
    match rule.rule {
        RuleRef::Own(at) => changes.extend(rule_dropped(pair.plan, at)),
        RuleRef::Catalogue(id) => {
            for part in &pair.catalogue.rules()[id].replaceable {
                changes.push(other_port(pair, part.key));
            }
        }
    }
    for host in [pair.from, pair.to] {
        changes.extend(host_out(pair.plan, host));
    }
    changes
}

/// Changes that may mend a lack of a rule; one of them is enough for this lack, if not for all of the rule's.
pub(super) fn mending(pair: Pair<'_>, rule: &Requirement, lack: &Lack) -> Vec<Change> {
    match lack {
        Lack::Role { end, roles } => {
            let host = end.of(pair);
            roles.iter().filter_map(|role| role_given(pair, host, *role)).collect()
        }
        Lack::System { end, role, os } => {
            let runs = pair.catalogue.roles()[*role].systems.contains(os);
            if runs { system(pair, end.of(pair), *os).into_iter().collect() } else { Vec::new() }
        }
        Lack::Condition { .. } => flips(pair, &rule.when, true),
        Lack::OtherPorts { .. } => {
            let RuleRef::Catalogue(id) = rule.rule else { return Vec::new() };
            let keys = pair.catalogue.rules()[id].replaceable.iter().map(|part| part.key);
            keys.filter_map(|key| printed_ports(pair, key)).collect()
        }
        Lack::Limit(_) => vec![made_partners(pair)],
        Lack::Named { .. } | Lack::SameHost => Vec::new(),
    }
}

/// Partners work with each other, whatever their sites and whoever else they work with.
fn made_partners(pair: Pair<'_>) -> Change {
    let (one, other) = (pair.from, pair.to);
    let mut partners = pair.plan.partners().to_vec();
    partners.push(Partners { host: one.id, partner: other.id });
    let label = format!("{} and {} are partners", one.name, other.name);
    let action = Action { label, edit: Edit::Partners(partners), also: Vec::new() };
    Change::ready(format!("make {} and {} partners", one.name, other.name), action)
}

/// Changes of single facts that lead towards the condition coming out as `wanted`.
fn flips(pair: Pair<'_>, condition: &Condition, wanted: bool) -> Vec<Change> {
    if condition.holds(&pair) == Some(wanted) {
        return Vec::new();
    }
    match condition {
        Condition::Always => Vec::new(),
        Condition::Not(inner) => flips(pair, inner, !wanted),
        // All of them have to change: the first one leads there.
        Condition::All(parts) if wanted => first(parts, |part| flips(pair, part, wanted)),
        Condition::Any(parts) if !wanted => first(parts, |part| flips(pair, part, wanted)),
        Condition::All(parts) | Condition::Any(parts) => {
            parts.iter().flat_map(|part| flips(pair, part, wanted)).collect()
        }
        Condition::Option(option) => vec![option_switched(pair, *option)],
        Condition::Placed(role) if wanted => host_placed(pair, *role).into_iter().collect(),
        Condition::Placed(role) => {
            let hosts = pair.plan.hosts().iter();
            let carriers: Vec<&Host> =
                hosts.filter(|host| pair.catalogue.with_implied(host.roles).contains(*role)).collect();
            role_taken_from(pair, &carriers, *role).into_iter().collect()
        }
        Condition::From(fact) => fact_flipped(pair, pair.from, *fact, wanted),
        Condition::To(fact) => fact_flipped(pair, pair.to, *fact, wanted),
    }
}

fn first(parts: &[Condition], flips: impl Fn(&Condition) -> Vec<Change>) -> Vec<Change> {
    parts.iter().map(flips).find(|changes| !changes.is_empty()).unwrap_or_default()
}

fn fact_flipped(pair: Pair<'_>, host: &Host, fact: HostFact, wanted: bool) -> Vec<Change> {
    match fact {
        HostFact::Role(role) if wanted => role_given(pair, host, role).into_iter().collect(),
        HostFact::Role(role) => roles_taken(pair, host, &[role]),
        HostFact::Option(option) => {
            let of_plan = pair.plan.options().contains(option);
            let own = host.options.setting(option) != HostSetting::Inherit;
            let plan = (!own && of_plan != wanted).then(|| option_switched(pair, option));
            let one = (pair.catalogue.options()[option].scope == OptionScope::Host)
                .then(|| host_option(pair, host, option, wanted));
            plan.into_iter().chain(one).collect()
        }
    }
}

fn option_switched(pair: Pair<'_>, option: OptionId) -> Change {
    let word = if pair.plan.options().contains(option) { "off" } else { "on" };
    let label = &pair.catalogue.options()[option].label;
    let action = actions::switch_option(pair.plan, pair.catalogue, option);
    Change::ready(format!("switch {label} {word} for the plan"), action)
}

fn host_option(pair: Pair<'_>, host: &Host, option: OptionId, on: bool) -> Change {
    let label = &pair.catalogue.options()[option].label;
    let (word, setting) = if on { ("on", HostSetting::On) } else { ("off", HostSetting::Off) };
    let mut changed = host.clone();
    changed.options = host.options.with(option, setting);
    let edit = Edit::Replace(Box::new(changed));
    let action = Action { label: format!("{label} {word} for {}", host.name), edit, also: Vec::new() };
    Change::ready(format!("switch {label} {word} for {} alone", host.name), action)
}

/// Only a role that the host's system can carry.
fn role_given(pair: Pair<'_>, host: &Host, role: RoleId) -> Option<Change> {
    let entry = &pair.catalogue.roles()[role];
    if host.os != Os::Other && !entry.systems.contains(&host.os) {
        return None;
    }
    let action = actions::switch_role(pair.plan, pair.catalogue, host, role);
    (!host.has_role(role))
        .then(|| Change::ready(format!("give {} the role {}", host.name, entry.label), action))
}

/// Takes all roles at once that make the host one of these, and each of them alone.
fn roles_taken(pair: Pair<'_>, host: &Host, roles: &[RoleId]) -> Vec<Change> {
    let leads = |given: &RoleId| {
        let all = pair.catalogue.with_implied([*given].into_iter().collect());
        roles.iter().any(|role| all.contains(*role))
    };
    let given: Vec<RoleId> = host.roles.iter().filter(leads).collect();
    let mut sets: Vec<Vec<RoleId>> = given.iter().map(|role| vec![*role]).collect();
    if given.len() > 1 {
        sets.push(given);
    }
    sets.into_iter().map(|set| without_roles(pair, host, &set)).collect()
}

fn without_roles(pair: Pair<'_>, host: &Host, roles: &[RoleId]) -> Change {
    let labels: Vec<&str> = roles.iter().map(|role| pair.catalogue.roles()[*role].label.as_str()).collect();
    let labels = words::list(&labels, "and");
    let edit = replaced(host, roles);
    let action = Action { label: format!("{} is no longer {labels}", host.name), edit, also: Vec::new() };
    let word = if roles.len() == 1 { "role" } else { "roles" };
    Change::ready(format!("take the {word} {labels} from {}", host.name), action)
}

fn replaced(host: &Host, without: &[RoleId]) -> Edit {
    let mut changed = host.clone();
    changed.roles = without.iter().fold(host.roles, |roles, role| roles.without(*role));
    Edit::Replace(Box::new(changed))
}

/// Takes the role from every host that has it.
fn role_taken_from(pair: Pair<'_>, hosts: &[&Host], role: RoleId) -> Option<Change> {
    let leads = |given: &RoleId| pair.catalogue.with_implied([*given].into_iter().collect()).contains(role);
    let edits: Vec<Edit> = hosts
        .iter()
        .map(|host| replaced(host, &host.roles.iter().filter(leads).collect::<Vec<_>>()))
        .collect();
    let label = &pair.catalogue.roles()[role].label;
    let who = match hosts {
        [] => return None,
        [_] | [_, _] | [_, _, _] => {
            words::list(&hosts.iter().map(|host| host.name.as_str()).collect::<Vec<_>>(), "and")
        }
        many => format!("all {} hosts that have it", many.len()),
    };
    let action =
        Action { label: format!("no host is {label} any more"), edit: Edit::Many(edits), also: Vec::new() };
    Some(Change::ready(format!("take the role {label} from {who}"), action))
}

/// A new host with the role, which is named after it.
fn host_placed(pair: Pair<'_>, role: RoleId) -> Option<Change> {
    let entry = &pair.catalogue.roles()[role];
    let mut plan = pair.plan.clone();
    let name = plan.free_name(&entry.id.parse().ok()?);
    let mut host = Host::new(plan.fresh_id(), name);
    host.roles = [role].into_iter().collect();
    let mut action = actions::put_host(pair.plan, pair.catalogue, host.clone(), pair.plan.hosts().len());
    action.label = format!("add {} as {}", host.name, entry.label);
    Some(Change::ready(format!("place a {} (a new host {})", entry.label, host.name), action))
}

/// Systems that the host could run with the roles it has, where the rule is for its present one alone.
fn other_systems(pair: Pair<'_>, host: &Host, end: &RuleEnd) -> Vec<Change> {
    let RuleEnd::Roles(endpoints) = end else { return Vec::new() };
    let roles = pair.catalogue.with_implied(host.roles);
    let bound =
        endpoints.iter().any(|endpoint| roles.contains(endpoint.role) && endpoint.os == Some(host.os));
    if !bound {
        return Vec::new();
    }
    Os::ALL.into_iter().filter(|os| *os != host.os).filter_map(|os| system(pair, host, os)).collect()
}

fn system(pair: Pair<'_>, host: &Host, os: Os) -> Option<Change> {
    let fits = host.roles.iter().all(|role| pair.catalogue.roles()[role].systems.contains(&os));
    let mut changed = host.clone();
    changed.os = os;
    let label = format!("{} runs {}", host.name, os.label());
    let action = Action { label, edit: Edit::Replace(Box::new(changed)), also: Vec::new() };
    fits.then(|| Change::ready(format!("run {} on {} instead", host.name, os.label()), action))
}

fn rule_dropped(plan: &Plan, at: usize) -> Option<Change> {
    let mut rules = plan.rules().to_vec();
    if at >= rules.len() {
        return None;
    }
    rules.remove(at);
    let action =
        Action { label: format!("drop own rule {}", at + 1), edit: Edit::Rules(rules), also: Vec::new() };
    Some(Change::ready(format!("drop own rule {} of this plan", at + 1), action))
}

fn host_out(plan: &Plan, host: &Host) -> Option<Change> {
    let action = actions::remove_host(plan, host.id)?;
    Some(Change::ready(format!("take {} out of the plan", host.name), action))
}

/// Back to the printed ports where the plan has its own; else the operator has to say which.
fn other_port(pair: Pair<'_>, key: CustomPortId) -> Change {
    if let Some(change) = printed_ports(pair, key) {
        return change;
    }
    let label = &pair.catalogue.custom_ports()[key].label;
    let ports = unused_port(pair).map(|port| PortSet::from_iter([PortRange::single(port)]));
    let edit = Edit::Ports { key, ports };
    let action = Action { label: format!("other ports for {label}"), edit, also: Vec::new() };
    let text = format!("set other ports for {label}");
    Change { text, action, making: Making::ChoosePort }
}

fn printed_ports(pair: Pair<'_>, key: CustomPortId) -> Option<Change> {
    let label = &pair.catalogue.custom_ports()[key].label;
    let edit = Edit::Ports { key, ports: None };
    let action = Action { label: format!("printed ports for {label}"), edit, also: Vec::new() };
    let own = pair.plan.ports().contains_key(&key);
    own.then(|| Change::ready(format!("use the printed ports for {label} again"), action))
}

/// A port that nothing in the catalogue or the plan speaks of.
fn unused_port(pair: Pair<'_>) -> Option<Port> {
    let of_rules = pair.catalogue.rules().iter().map(|(_, rule)| rule.ports.to_open());
    let own = pair.plan.rules().iter().map(|rule| rule.ports.to_open());
    let used: Vec<PortSet> = of_rules.chain(own).chain(pair.plan.ports().values().cloned()).collect();
    let hosts = pair.plan.hosts();
    let taken = |port: Port| {
        used.iter().any(|set| set.contains(port))
            || hosts.iter().any(|host| host.ports.values().any(|set| set.contains(port)))
    };
    (20_000..=u16::MAX).chain(1..20_000).filter_map(Port::new).find(|port| !taken(*port))
}
