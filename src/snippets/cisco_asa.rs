//! Cisco ASA: object groups, and one entry per rule in an access list that is there.
//!
//! The list itself is never cleared. An entry that stands in it already is refused as a duplicate, so a second run
//! changes nothing; comments are descriptions of groups, because remarks would double.

use ipnet::IpNet;

use crate::catalogue::PortRange;

use super::addresses::{Family, Peer};
use super::entries::Entry;
use super::header::Notes;
use super::limits::Limits;
use super::model::{Document, Sheet};
use super::objects::{self, AddressGroup, Objects, Service};
use super::script::below_remarks;
use super::target::{Direction, DnsNames, Facts, Form, Group, RuleForm, State};

/// What is known about the target.
pub(super) const FACTS: Facts = Facts {
    id: "cisco-asa",
    label: "Cisco ASA",
    extension: "txt",
    group: Group::NetworkFirewall,
    form: Form::Rules(RuleForm {
        directions: &[Direction::Transit],
        systems: &[],
        names: DnsNames::Taken,
        limits: Limits::NONE,
        comment: "!",
        state: State::Stateful,
        notes,
        apply,
        removal: Ok(remove),
    }),
};

/// The space makes the line invalid for as long as nobody has put a name in.
const LIST: &str = "<ACL NAME>";

fn notes(_: &Document<'_>) -> Notes {
    Notes {
        run: format!(
            "Replace {LIST} by the access list of the interface where the connections enter, then paste it in configuration mode (ASA 9.0 or newer)."
        ),
        again: "Running it again changes nothing: groups have their members already, and entries are refused as duplicates.",
        more: vec![
            "Groups keep members of an older state of the plan: remove what that state made before."
                .to_owned(),
            "Each entry becomes line 1, above any deny; put another number there to place it elsewhere."
                .to_owned(),
            "Nothing is kept before write memory. DNS names need dns domain-lookup and a server group."
                .to_owned(),
        ],
        removing: vec![
            "Take it from the same state of the plan. Before that, look at the list: it goes with its last entry, and takes its access-group with it."
                .to_owned(),
        ],
    }
}

fn apply(document: &Document<'_>, sheet: &Sheet<'_>) -> Vec<String> {
    let entries = document.all_entries(sheet);
    let objects = Objects::new(document, sheet, &entries);
    let mut lines = Vec::new();
    for (family, name, object) in names(&objects) {
        lines.push(format!("object network {object}"));
        lines.push(format!(" fqdn v{} {name}", family.digit()));
    }
    lines.extend(objects.groups.values().flat_map(|group| address_group(&objects, group)));
    lines.extend(objects.services.values().flat_map(service));
    lines.extend(below_remarks(document, &entries, "", |entry| {
        [format!("access-list {LIST} line 1 {}", permit(document, entry))]
    }));
    lines
}

/// The DNS names, with the family in which each is asked for and the name of its object.
fn names(objects: &Objects) -> impl Iterator<Item = (Family, &str, String)> {
    objects.addresses.iter().filter_map(|(family, peer)| match peer {
        Peer::Name(name) => Some((*family, name.as_str(), objects.address(*family, peer))),
        Peer::Net(_) => None,
    })
}

fn address_group(objects: &Objects, group: &AddressGroup) -> Vec<String> {
    let head = [format!("object-group network {}", group.name), format!(" description {}", group.comment)];
    let members = group.members.iter().map(|peer| match peer {
        Peer::Net(net) if net.prefix_len() == net.max_prefix_len() => {
            format!(" network-object host {}", net.addr())
        }
        Peer::Net(IpNet::V4(net)) => format!(" network-object {} {}", net.addr(), net.netmask()),
        Peer::Net(IpNet::V6(net)) => format!(" network-object {net}"),
        Peer::Name(_) => format!(" network-object object {}", objects.address(group.family, peer)),
    });
    head.into_iter().chain(members).collect()
}

fn service(service: &Service) -> Vec<String> {
    let ports = |range: &PortRange| {
        let ports = if range.is_single() {
            format!("eq {}", range.from())
        } else {
            format!("range {} {}", range.from(), range.to())
        };
        format!(" service-object {} destination {ports}", service.transport)
    };
    let head = [format!("object-group service {}", service.name)];
    head.into_iter().chain(service.ports.iter().map(ports)).collect()
}

fn permit(document: &Document<'_>, entry: &Entry<'_>) -> String {
    let (source, destination) = (objects::source(document, entry), objects::destination(document, entry));
    let service = objects::service(document, entry);
    format!("extended permit object-group {service} object-group {source} object-group {destination}")
}

fn remove(document: &Document<'_>, sheet: &Sheet<'_>) -> Vec<String> {
    let entries = document.all_entries(sheet);
    let objects = Objects::new(document, sheet, &entries);
    let permits = entries.iter().map(|entry| format!("no access-list {LIST} {}", permit(document, entry)));
    let services = objects.services.keys().map(|name| format!("no object-group service {name}"));
    let groups = objects.groups.keys().map(|name| format!("no object-group network {name}"));
    let names = names(&objects).map(|(_, _, object)| format!("no object network {object}"));
    permits.chain(services).chain(groups).chain(names).collect()
}
