//! What an operator does to a plan, as edits: each knows what else has to change in the same step.

use crate::catalogue::{Catalogue, OptionId, Os, RoleId, RoleSet};

use super::edit::Edit;
use super::host::{Host, HostId};
use super::{Acknowledged, OwnRule, Partners, Party, Plan};

/// An edit with what it does, for the undo list, and what it brings along, for the message line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Action {
    /// A few words: "add vbr01".
    pub label: String,
    /// The change.
    pub edit: Edit,
    /// Further things that the change did, one sentence each.
    pub also: Vec<String>,
}

/// Switches an option of the plan.
pub fn switch_option(plan: &Plan, catalogue: &Catalogue, option: OptionId) -> Action {
    let on = plan.options().contains(option);
    let options = if on { plan.options().without(option) } else { plan.options().with(option) };
    let label = &catalogue.options()[option].label;
    Action {
        label: format!("{label} {}", if on { "off" } else { "on" }),
        edit: Edit::Options(options),
        also: Vec::new(),
    }
}

/// Puts a new or changed host into the plan, with the options that its roles need.
pub fn put_host(plan: &Plan, catalogue: &Catalogue, host: Host, at: usize) -> Action {
    let before = plan.host(host.id);
    let added = host.roles.minus(before.map_or(RoleSet::EMPTY, |old| old.roles));
    let (options, mut also) = options_for(plan, catalogue, added);
    let label = match before {
        None => format!("add {}", host.name),
        Some(old) if old.name != host.name => format!("rename {} to {}", old.name, host.name),
        Some(_) => format!("change {}", host.name),
    };
    let host = with_system(catalogue, host, added, &mut also);
    let edit = match before {
        None => Edit::Insert { at, host: Box::new(host) },
        Some(_) => Edit::Replace(Box::new(host)),
    };
    Action { label, edit: join(edit, options), also }
}

/// Gives a host a role, or takes it away.
pub fn switch_role(plan: &Plan, catalogue: &Catalogue, host: &Host, role: RoleId) -> Action {
    let mut changed = host.clone();
    let name = &catalogue.roles()[role].label;
    let label = if host.has_role(role) {
        changed.roles = host.roles.without(role);
        format!("{} is no longer {name}", host.name)
    } else {
        changed.roles = host.roles.with(role);
        format!("{} is {name}", host.name)
    };
    Action { label, ..put_host(plan, catalogue, changed, plan.hosts().len()) }
}

/// Takes a host out, with the own rules, partners and acknowledged findings that name it.
pub fn remove_host(plan: &Plan, id: HostId) -> Option<Action> {
    let host = plan.host(id)?;
    let names_it = |rule: &&OwnRule| rule.from == Party::Host(id) || rule.to == Party::Host(id);
    let kept: Vec<OwnRule> = plan.rules().iter().filter(|rule| !names_it(rule)).cloned().collect();
    let dropped = plan.rules().len() - kept.len();
    let mut edits = vec![Edit::Remove(id)];
    let mut also = Vec::new();
    if dropped > 0 {
        edits.insert(0, Edit::Rules(kept));
        also.push(format!("{dropped} own rule(s) that named it went with it"));
    }
    let partners: Vec<Partners> =
        plan.partners().iter().filter(|pair| pair.of(id).is_none()).copied().collect();
    if partners.len() < plan.partners().len() {
        edits.insert(0, Edit::Partners(partners));
        also.push("its partners are free again".to_owned());
    }
    let acknowledged: Vec<Acknowledged> =
        plan.acknowledged().iter().filter(|entry| entry.host != Some(id)).cloned().collect();
    if acknowledged.len() < plan.acknowledged().len() {
        edits.insert(0, Edit::Acknowledged(acknowledged));
    }
    Some(Action { label: format!("delete {}", host.name), edit: Edit::Many(edits), also })
}

/// Puts a copy of a host behind it, with a free name and without its addresses.
pub fn duplicate_host(plan: &mut Plan, id: HostId) -> Option<(HostId, Action)> {
    let at = plan.position(id)?;
    let mut copy = plan.host(id)?.clone();
    let original = copy.name.clone();
    copy.id = plan.fresh_id();
    copy.name = plan.free_name(&copy.name);
    let also =
        if copy.addresses.is_empty() { Vec::new() } else { vec!["its addresses were not copied".to_owned()] };
    copy.addresses.clear();
    let label = format!("duplicate {original} as {}", copy.name);
    let new = copy.id;
    Some((new, Action { label, edit: Edit::Insert { at: at + 1, host: Box::new(copy) }, also }))
}

/// The options that must go on with these roles.
pub(super) fn options_for(plan: &Plan, catalogue: &Catalogue, added: RoleSet) -> (Option<Edit>, Vec<String>) {
    let needed = added.iter().filter_map(|role| catalogue.roles()[role].option);
    let missing: Vec<OptionId> = needed.filter(|option| !plan.options().contains(*option)).collect();
    if missing.is_empty() {
        return (None, Vec::new());
    }
    let options = missing.iter().fold(plan.options(), |options, option| options.with(*option));
    let also = missing
        .iter()
        .map(|option| format!("option {} is on now", catalogue.options()[*option].label))
        .collect();
    (Some(Edit::Options(options)), also)
}

/// A new role that runs on one system only sets the system of a host that had none.
pub(super) fn with_system(
    catalogue: &Catalogue,
    mut host: Host,
    added: RoleSet,
    also: &mut Vec<String>,
) -> Host {
    if host.os != Os::Other {
        return host;
    }
    let only = added.iter().find_map(|role| match catalogue.roles()[role].systems.as_slice() {
        [only] if *only != Os::Other => Some((role, *only)),
        _ => None,
    });
    if let Some((role, os)) = only {
        host.os = os;
        also.push(format!(
            "system set to {}: {} runs on nothing else",
            os.label(),
            catalogue.roles()[role].label
        ));
    }
    host
}

fn join(edit: Edit, more: Option<Edit>) -> Edit {
    match more {
        Some(more) => Edit::Many(vec![edit, more]),
        None => edit,
    }
}
