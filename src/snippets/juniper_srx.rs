//! Juniper SRX: a global address book, applications and policies between zones, as `set` lines.
//!
//! Nothing is in force before the commit. Address sets are deleted and filled anew, so that hosts of an older state of
//! the plan do not stay; policies keep their place. An application holds one range, because it takes 8 terms only.

use super::addresses::{Family, Peer};
use super::entries::Entry;
use super::header::{AGAIN, Notes};
use super::limits::{Limits, PortLimit};
use super::model::{Document, Sheet};
use super::names;
use super::objects::{self, AddressGroup, Objects, Service};
use super::script::below_remarks;
use super::target::{Direction, DnsNames, Facts, Form, Group, Purpose, RuleForm, State};
use super::text::double_quoted as quoted;

/// What is known about the target.
pub(super) const FACTS: Facts = Facts {
    id: "juniper-srx",
    label: "Juniper SRX",
    extension: "txt",
    group: Group::NetworkFirewall,
    form: Form::Rules(RuleForm {
        directions: &[Direction::Transit],
        systems: &[],
        names: DnsNames::Taken,
        // A policy takes 1023 addresses, in all of its sets.
        limits: Limits { addresses: 500, ports: PortLimit::Any },
        comment: "#",
        state: State::Stateful,
        notes,
        apply,
        removal: Ok(remove),
    }),
};

/// The spaces make a line invalid for as long as nobody has put names in.
const ZONES: &str = "from-zone <FROM ZONE> to-zone <TO ZONE>";

fn notes(document: &Document<'_>) -> Notes {
    let first = "Replace <FROM ZONE> and <TO ZONE> by zones, then paste it in configuration mode.";
    let check = match document.request.purpose {
        Purpose::Apply => "Then: commit check, commit confirmed 10, and commit if all is well.",
        Purpose::Remove => "Then: commit check, and commit.",
    };
    let not_found = "A statement that is not found, where it deletes, is a warning only.";
    Notes {
        run: format!("{first} {check}"),
        again: AGAIN,
        more: vec![
            format!("It fills its own address sets anew. {not_found}"),
            "New policies stand at the bottom. Below a deny, move each before the commit: insert security policies from-zone A to-zone B policy NAME before policy NAME-OF-DENY."
                .to_owned(),
            "It uses the global address book, beside which zones cannot have books of their own: commit check says so."
                .to_owned(),
            "IPv6 needs family inet6 mode flow-based in the forwarding options. The firewall resolves DNS names itself."
                .to_owned(),
        ],
        removing: vec![format!("Take it from the same state of the plan. {not_found}")],
    }
}

fn apply(document: &Document<'_>, sheet: &Sheet<'_>) -> Vec<String> {
    let entries = document.all_entries(sheet);
    let objects = Objects::new(document, sheet, &entries);
    let mut lines: Vec<String> = objects
        .addresses
        .iter()
        .map(|(family, peer)| {
            let name = objects.address(*family, peer);
            format!("set security address-book global address {name} {}", value(*family, peer))
        })
        .collect();
    lines.extend(objects.groups.values().flat_map(|group| address_set(&objects, group)));
    lines.extend(objects.services.values().flat_map(applications));
    lines.extend(below_remarks(document, &entries, "", |entry| policy(document, entry)));
    lines
}

fn value(family: Family, peer: &Peer) -> String {
    match (peer, family) {
        (Peer::Net(net), _) => net.to_string(),
        (Peer::Name(name), Family::V4) => format!("dns-name {name} ipv4-only"),
        (Peer::Name(name), Family::V6) => format!("dns-name {name} ipv6-only"),
    }
}

fn address_set(objects: &Objects, group: &AddressGroup) -> Vec<String> {
    let name = format!("security address-book global address-set {}", group.name);
    let head = [format!("delete {name}"), format!("set {name} description {}", quoted(&group.comment))];
    let members = group
        .members
        .iter()
        .map(|peer| format!("set {name} address {}", objects.address(group.family, peer)));
    head.into_iter().chain(members).collect()
}

fn applications(service: &Service) -> Vec<String> {
    let ranges = service.ports.iter().flat_map(|range| {
        let name = names::ports(&service.name, *range);
        [
            format!("set applications application {name} protocol {}", service.transport),
            format!("set applications application {name} destination-port {range}"),
            format!("set applications application-set {} application {name}", service.name),
        ]
    });
    ranges.collect()
}

fn policy(document: &Document<'_>, entry: &Entry<'_>) -> [String; 6] {
    let (source, destination) = (objects::source(document, entry), objects::destination(document, entry));
    let service = objects::service(document, entry);
    let description = quoted(&format!("{}: {}", entry.rule.hosts, entry.rule.purpose));
    [
        format!("description {description}"),
        format!("match source-address {source}"),
        format!("match destination-address {destination}"),
        format!("match application {service}"),
        "then permit".to_owned(),
        "then log session-close".to_owned(),
    ]
    .map(|setting| format!("set security policies {ZONES} policy {} {setting}", entry.name))
}

fn remove(document: &Document<'_>, sheet: &Sheet<'_>) -> Vec<String> {
    let entries = document.all_entries(sheet);
    let objects = Objects::new(document, sheet, &entries);
    let book = "delete security address-book global";
    let policies =
        entries.iter().map(|entry| format!("delete security policies {ZONES} policy {}", entry.name));
    let applications = objects.services.values().flat_map(|service| {
        let set = format!("delete applications application-set {}", service.name);
        let ranges = service.ports.iter().map(|range| names::ports(&service.name, *range));
        let ranges = ranges.map(|name| format!("delete applications application {name}"));
        [set].into_iter().chain(ranges)
    });
    let sets = objects.groups.keys().map(|name| format!("{book} address-set {name}"));
    let addresses = objects.addresses.iter();
    let addresses =
        addresses.map(|(family, peer)| format!("{book} address {}", objects.address(*family, peer)));
    policies.chain(applications).chain(sets).chain(addresses).collect()
}
