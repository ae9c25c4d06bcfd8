//! How an operator adapts a plan to the site, as edits: ports, own rules, zones, partners.

use std::collections::BTreeSet;

use thiserror::Error;

use crate::catalogue::{Catalogue, CustomPortId, PortSet};

use super::actions::Action;
use super::edit::Edit;
use super::host::{Host, HostId};
use super::shown::brief;
use super::text::{SiteName, ZoneName};
use super::{OwnRule, Partners, Party, Plan, Zone};

/// Sets ports that take the place of printed ones, or puts the printed ones back; `None` if nothing would change.
pub fn set_ports(
    plan: &Plan,
    catalogue: &Catalogue,
    wanted: &[(CustomPortId, Option<PortSet>)],
) -> Option<Action> {
    let changes: Vec<&(CustomPortId, Option<PortSet>)> =
        wanted.iter().filter(|(key, ports)| plan.ports().get(key) != ports.as_ref()).collect();
    let label = match changes.as_slice() {
        [] => return None,
        [(key, ports)] => {
            let service = &catalogue.custom_ports()[*key].label;
            match ports {
                Some(ports) => format!("{service} on {}", listed(ports)),
                None => format!("{service} as printed"),
            }
        }
        changes => format!("ports of {} services", changes.len()),
    };
    let edit =
        |(key, ports): &(CustomPortId, Option<PortSet>)| Edit::Ports { key: *key, ports: ports.clone() };
    let edits: Vec<Edit> = changes.into_iter().map(edit).collect();
    Some(Action { label, edit: Edit::Many(edits), also: Vec::new() })
}

/// The ports as an operator reads and types them.
pub fn listed(ports: &PortSet) -> String {
    let ranges: Vec<String> = ports.ranges().iter().map(ToString::to_string).collect();
    ranges.join(", ")
}

/// Puts an own rule behind the others, or in the place of the one that stands there.
pub fn put_rule(plan: &Plan, catalogue: &Catalogue, at: Option<usize>, rule: OwnRule) -> Action {
    let mut rules = plan.rules().to_vec();
    let label = if let Some((at, place)) = at.and_then(|at| Some((at, rules.get_mut(at)?))) {
        *place = rule;
        format!("change own rule {}", at + 1)
    } else {
        let label = format!("add own rule {}", ends(plan, catalogue, &rule));
        rules.push(rule);
        label
    };
    Action { label, edit: Edit::Rules(rules), also: Vec::new() }
}

/// Takes an own rule out.
pub fn remove_rule(plan: &Plan, catalogue: &Catalogue, at: usize) -> Option<Action> {
    let rule = plan.rules().get(at)?;
    let label = format!("delete own rule {}", ends(plan, catalogue, rule));
    let mut rules = plan.rules().to_vec();
    rules.remove(at);
    Some(Action { label, edit: Edit::Rules(rules), also: Vec::new() })
}

fn ends(plan: &Plan, catalogue: &Catalogue, rule: &OwnRule) -> String {
    format!("{} → {}", party_name(plan, catalogue, rule.from), party_name(plan, catalogue, rule.to))
}

/// The name of a host, or the label of a role.
pub fn party_name<'a>(plan: &'a Plan, catalogue: &'a Catalogue, party: Party) -> &'a str {
    match party {
        Party::Host(id) => plan.host(id).map_or("?", |host| host.name.as_str()),
        Party::Role(role) => &catalogue.roles()[role].label,
    }
}

/// Whether a party speaks of the host.
pub fn speaks_of(catalogue: &Catalogue, party: Party, host: &Host) -> bool {
    match party {
        Party::Host(id) => host.id == id,
        Party::Role(role) => catalogue.with_implied(host.roles).contains(role),
    }
}

/// Another zone has the name.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("there is a zone called \"{0}\" already; give this one another name")]
pub struct ZoneTaken(String);

/// Puts a zone into the plan, or changes the one that is called `before`: hosts that name it name it anew. `None` if
/// nothing would change.
///
/// # Errors
/// If another zone has the name.
pub fn put_zone(plan: &Plan, before: Option<&ZoneName>, zone: Zone) -> Result<Option<Action>, ZoneTaken> {
    if before != Some(&zone.name) && zone_names(plan).contains(&zone.name) {
        return Err(ZoneTaken(brief(zone.name.as_str())));
    }
    let name = zone.name.clone();
    let hosts = before.map_or_else(Vec::new, |before| named(plan, before, Some(&name)));
    let mut zones = plan.zones().to_vec();
    match zones.iter_mut().find(|other| Some(&other.name) == before) {
        Some(place) => *place = zone,
        // A zone that hosts merely name stays one, unless it gets networks.
        None if before.is_some() && zone.networks.is_empty() => {}
        None => zones.push(zone),
    }
    let label = match before {
        None => format!("add zone {name}"),
        Some(before) if *before != name => format!("rename zone {before} to {name}"),
        Some(_) => format!("networks of zone {name}"),
    };
    let also = match hosts.len() {
        0 => Vec::new(),
        many => vec![format!("{} that named it with it", count(many))],
    };
    Ok(zone_action(plan, label, zones, hosts, also))
}

/// Takes a zone out; hosts that named it stand where their addresses say. `None` if there is no such zone.
pub fn remove_zone(plan: &Plan, name: &ZoneName) -> Option<Action> {
    let hosts = named(plan, name, None);
    let zones = plan.zones().iter().filter(|zone| zone.name != *name).cloned().collect();
    let also = match hosts.len() {
        0 => Vec::new(),
        1 => vec!["1 host that named it stands where its addresses say".to_owned()],
        many => vec![format!("{many} hosts that named it stand where their addresses say")],
    };
    zone_action(plan, format!("delete zone {name}"), zones, hosts, also)
}

fn zone_action(
    plan: &Plan,
    label: String,
    zones: Vec<Zone>,
    hosts: Vec<Edit>,
    also: Vec<String>,
) -> Option<Action> {
    if hosts.is_empty() && zones == plan.zones() {
        return None;
    }
    let edits = [Edit::Zones(zones)].into_iter().chain(hosts).collect();
    Some(Action { label, edit: Edit::Many(edits), also })
}

fn count(hosts: usize) -> String {
    if hosts == 1 { "1 host".to_owned() } else { format!("{hosts} hosts") }
}

/// The hosts that name a zone, with another name for it.
fn named(plan: &Plan, zone: &ZoneName, name: Option<&ZoneName>) -> Vec<Edit> {
    if name == Some(zone) {
        return Vec::new();
    }
    let hosts = plan.hosts().iter().filter(|host| host.zone.as_ref() == Some(zone));
    hosts.map(|host| Edit::Replace(Box::new(Host { zone: name.cloned(), ..host.clone() }))).collect()
}

/// Every zone that the plan describes or a host names, without repeats, in alphabetical order.
pub fn zone_names(plan: &Plan) -> BTreeSet<ZoneName> {
    let described = plan.zones().iter().map(|zone| &zone.name);
    described.chain(plan.hosts().iter().filter_map(|host| host.zone.as_ref())).cloned().collect()
}

/// Every site that a host names, without repeats, in alphabetical order.
pub fn site_names(plan: &Plan) -> BTreeSet<SiteName> {
    plan.hosts().iter().filter_map(|host| host.site.clone()).collect()
}

/// The same action, after which the host has these partners.
#[must_use]
pub fn with_partners(plan: &Plan, action: Action, id: HostId, partners: &[HostId]) -> Action {
    let stays = |pair: &&Partners| pair.of(id).is_none_or(|partner| partners.contains(&partner));
    let mut all: Vec<Partners> = plan.partners().iter().filter(stays).copied().collect();
    for partner in partners {
        if !all.iter().any(|pair| pair.of(id) == Some(*partner)) {
            all.push(Partners { host: id, partner: *partner });
        }
    }
    if all == plan.partners() {
        return action;
    }
    // The host comes first: a new one has to be there before anything names it.
    Action { edit: Edit::Many(vec![action.edit, Edit::Partners(all)]), ..action }
}
