//! Palo Alto Networks firewalls: address objects, groups, services and security rules as `set` lines.
//!
//! `set` merges into what is there, so a second run changes nothing, and a rule keeps the place to which it was moved.
//! A rule's name has 30 characters, so that old releases take it, whose limit is 31; only further parts of a rule that
//! had to be split are longer. A rule is one line: as long as the zones are not filled in, it is refused as a whole.

use super::addresses::Peer;
use super::entries::Entry;
use super::header::Notes;
use super::limits::{Limits, PortLimit};
use super::model::{Document, Sheet};
use super::objects::{self, AddressGroup, Objects, Service};
use super::script::below_remarks;
use super::target::{Direction, DnsNames, Facts, Form, Group, Purpose, RuleForm, State};
use super::text::double_quoted as quoted;

/// What is known about the target.
pub(super) const FACTS: Facts = Facts {
    id: "palo-alto",
    label: "Palo Alto",
    extension: "txt",
    group: Group::NetworkFirewall,
    form: Form::Rules(RuleForm {
        directions: &[Direction::Transit],
        systems: &[],
        names: DnsNames::Taken,
        // Small models take no more members in a group. A service's ports are a text of at most 1023 bytes: 170 times
        // five digits and a separator.
        limits: Limits { addresses: 500, ports: PortLimit::Slots(170) },
        comment: "#",
        state: State::Stateful,
        notes,
        apply,
        removal: Ok(remove),
    }),
};

fn notes(document: &Document<'_>) -> Notes {
    Notes {
        run: match document.request.purpose {
            Purpose::Apply => "Replace <FROM ZONE> and <TO ZONE> by zones, enter set cli scripting-mode on, then configure, and paste it. Check with validate full, then commit.",
            Purpose::Remove => "Enter set cli scripting-mode on, then configure, and paste it. Check with validate full, then commit.",
        }
        .to_owned(),
        again: "Running it again changes nothing: set merges into what is there.",
        more: vec![
            "Groups keep members of an older state of the plan: remove what that state made before.".to_owned(),
            "application any with a service: the port alone decides. application-default would let an application pass at its standard ports only, and many of these ports are not."
                .to_owned(),
            "New rules stand at the bottom. Below a deny, move each before the commit: move rulebase security rules NAME before NAME-OF-DENY."
                .to_owned(),
            "On Panorama, write device-group NAME behind set, delete and move, and pre-rulebase in place of rulebase."
                .to_owned(),
            "IPv6 rules need IPv6 firewalling in the session settings. DNS names become FQDN objects, which the firewall resolves itself."
                .to_owned(),
            HASH.to_owned(),
        ],
        removing: vec![
            "Take it from the same state of the plan. Objects that other rules use stay: the firewall refuses to delete them."
                .to_owned(),
            HASH.to_owned(),
        ],
    }
}

const HASH: &str =
    "Lines that start with # are remarks; where they are called unknown, nothing has changed by them.";

fn apply(document: &Document<'_>, sheet: &Sheet<'_>) -> Vec<String> {
    let entries = document.all_entries(sheet);
    let objects = Objects::new(document, sheet, &entries);
    let mut lines: Vec<String> = objects
        .addresses
        .iter()
        .map(|(family, peer)| format!("set address {} {}", objects.address(*family, peer), value(peer)))
        .collect();
    lines.extend(objects.groups.values().flat_map(|group| address_group(&objects, group)));
    lines.extend(objects.services.values().map(service));
    lines.extend(below_remarks(document, &entries, "", |entry| [rule(document, entry)]));
    lines
}

fn value(peer: &Peer) -> String {
    match peer {
        Peer::Net(net) => format!("ip-netmask {net}"),
        Peer::Name(name) => format!("fqdn {name}"),
    }
}

/// One line per member, so that none becomes longer than the command line takes.
fn address_group(objects: &Objects, group: &AddressGroup) -> Vec<String> {
    let set = format!("set address-group {}", group.name);
    let members =
        group.members.iter().map(|peer| format!("{set} static {}", objects.address(group.family, peer)));
    members.chain([format!("{set} description {}", quoted(&group.comment))]).collect()
}

fn service(service: &Service) -> String {
    let ports: Vec<String> = service.ports.iter().map(ToString::to_string).collect();
    format!("set service {} protocol {} port {}", service.name, service.transport, ports.join(","))
}

fn rule(document: &Document<'_>, entry: &Entry<'_>) -> String {
    let (source, destination) = (objects::source(document, entry), objects::destination(document, entry));
    let service = objects::service(document, entry);
    let description = quoted(&format!("{}: {}", entry.rule.hosts, entry.rule.purpose));
    format!(
        "set rulebase security rules {} from <FROM ZONE> to <TO ZONE> source {source} destination {destination} application any service {service} action allow log-end yes description {description}",
        entry.name
    )
}

fn remove(document: &Document<'_>, sheet: &Sheet<'_>) -> Vec<String> {
    let entries = document.all_entries(sheet);
    let objects = Objects::new(document, sheet, &entries);
    let rules = entries.iter().map(|entry| format!("delete rulebase security rules {}", entry.name));
    let groups = objects.groups.keys().map(|name| format!("delete address-group {name}"));
    let services = objects.services.keys().map(|name| format!("delete service {name}"));
    let addresses = objects.addresses.iter();
    let addresses =
        addresses.map(|(family, peer)| format!("delete address {}", objects.address(*family, peer)));
    rules.chain(groups).chain(services).chain(addresses).collect()
}
