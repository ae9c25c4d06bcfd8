//! FortiGate: addresses, groups and services as objects, and one policy per rule, for the command line.
//!
//! Objects are edited by name, so a second run leaves them as they are or brings them up to date. A policy gets a free
//! number; the second run stops at its name, which is taken, and that is as it should be.

use std::collections::BTreeSet;

use ipnet::IpNet;

use crate::catalogue::Transport;

use super::addresses::{Family, Peer};
use super::entries::Entry;
use super::header::Notes;
use super::limits::{Limits, PortLimit};
use super::model::{Document, Sheet};
use super::names;
use super::objects::{self, Objects, Service};
use super::script::below_remarks;
use super::target::{Direction, DnsNames, Facts, Form, Group, Purpose, RuleForm, State};
use super::text::double_quoted as quoted;

/// What is known about the target.
pub(super) const FACTS: Facts = Facts {
    id: "fortigate",
    label: "FortiGate",
    extension: "txt",
    group: Group::NetworkFirewall,
    form: Form::Rules(RuleForm {
        directions: &[Direction::Transit],
        systems: &[],
        names: DnsNames::Taken,
        // Small models take no more members in a group. The ports of a service stand in one line.
        limits: Limits { addresses: 300, ports: PortLimit::Slots(100) },
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
            Purpose::Apply => "Replace <SRC-INTF> and <DST-INTF> by interfaces or zones, then paste it into the command line (FortiOS 6.4 or newer).",
            Purpose::Remove => "Replace each <ID-OF-...> by the number of that policy, then paste it into the command line.",
        }
        .to_owned(),
        again: "Running it again changes no object, and policies stop at their name, which is taken; where policies may be unnamed, delete the copies without a name.",
        more: vec![
            "With virtual domains, enter config vdom and edit NAME first.".to_owned(),
            "New policies stand at the bottom. Below a deny, move each: config firewall policy, move ID before ID-OF-DENY."
                .to_owned(),
            "DNS names become FQDN objects: the firewall must resolve them to what the hosts resolve them to.".to_owned(),
        ],
        removing: vec![
            "Take it from the same state of the plan. Policies are deleted by number; find the numbers by name:".to_owned(),
            format!("show firewall policy | grep -f {}", names::prefix(document.plan)),
        ],
    }
}

/// A table of the configuration, and the commands inside.
fn config(table: &str, lines: Vec<String>) -> Vec<String> {
    if lines.is_empty() {
        return lines;
    }
    let open = [format!("config firewall {table}")];
    open.into_iter().chain(lines).chain(["end".to_owned()]).collect()
}

/// An entry of a table, and the commands inside.
fn entry(name: &str, lines: impl Iterator<Item = String>) -> Vec<String> {
    let open = [format!("    edit {name}")];
    let lines = lines.map(|line| format!("        {line}"));
    open.into_iter().chain(lines).chain(["    next".to_owned()]).collect()
}

/// An entry of a table, and its settings.
fn edit(name: &str, settings: &[(&str, String)]) -> Vec<String> {
    entry(name, settings.iter().map(|(key, value)| format!("set {key} {value}")))
}

/// How many members one line names, so that a terminal takes it.
const MEMBERS_IN_LINE: usize = 20;

fn apply(document: &Document<'_>, sheet: &Sheet<'_>) -> Vec<String> {
    let entries = document.all_entries(sheet);
    let objects = Objects::new(document, sheet, &entries);
    let addresses = |of: Family| -> Vec<String> {
        let own = objects.addresses.iter().filter(|(family, _)| *family == of);
        own.flat_map(|(family, peer)| edit(&quoted(&objects.address(*family, peer)), &address(peer)))
            .collect()
    };
    let groups = |of: Family| -> Vec<String> {
        let own = objects.groups.values().filter(|group| group.family == of);
        own.flat_map(|group| {
            let names =
                group.members.iter().map(|peer| quoted(&objects.address(of, peer))).collect::<Vec<_>>();
            let comment = format!("set comment {}", quoted(&group.comment));
            let lines = names.chunks(MEMBERS_IN_LINE).enumerate().map(|(at, names)| {
                format!("{} member {}", if at == 0 { "set" } else { "append" }, names.join(" "))
            });
            entry(&quoted(&group.name), lines.chain([comment]))
        })
        .collect()
    };
    let services =
        objects.services.values().flat_map(|service| edit(&quoted(&service.name), &ports(service)));
    let mut lines = config("address", addresses(Family::V4));
    lines.extend(config("address6", addresses(Family::V6)));
    lines.extend(config("addrgrp", groups(Family::V4)));
    lines.extend(config("addrgrp6", groups(Family::V6)));
    lines.extend(config("service custom", services.collect()));
    lines.extend(config("policy", policies(document, &entries)));
    lines
}

fn address(peer: &Peer) -> Vec<(&'static str, String)> {
    match peer {
        Peer::Net(IpNet::V4(net)) => vec![("subnet", format!("{} {}", net.addr(), net.netmask()))],
        Peer::Net(IpNet::V6(net)) => vec![("ip6", format!("{}/{}", net.addr(), net.prefix_len()))],
        Peer::Name(name) => vec![("type", "fqdn".to_owned()), ("fqdn", quoted(name))],
    }
}

/// Without `protocol`: its word for TCP and UDP differs between releases, and a new service is for both.
fn ports(service: &Service) -> [(&'static str, String); 1] {
    let key = match service.transport {
        Transport::Tcp => "tcp-portrange",
        Transport::Udp => "udp-portrange",
    };
    let ports: Vec<String> = service.ports.iter().map(ToString::to_string).collect();
    [(key, ports.join(" "))]
}

fn policies(document: &Document<'_>, entries: &[Entry<'_>]) -> Vec<String> {
    below_remarks(document, entries, "    ", |entry| edit("0", &policy(document, entry)))
}

fn policy(document: &Document<'_>, entry: &Entry<'_>) -> [(&'static str, String); 10] {
    let (source, destination) = match entry.family {
        Family::V4 => ("srcaddr", "dstaddr"),
        Family::V6 => ("srcaddr6", "dstaddr6"),
    };
    let rule = entry.rule;
    [
        ("name", quoted(&entry.name)),
        ("srcintf", "\"<SRC-INTF>\"".to_owned()),
        ("dstintf", "\"<DST-INTF>\"".to_owned()),
        ("action", "accept".to_owned()),
        (source, quoted(&objects::source(document, entry))),
        (destination, quoted(&objects::destination(document, entry))),
        ("schedule", "\"always\"".to_owned()),
        ("service", quoted(&objects::service(document, entry))),
        ("logtraffic", "all".to_owned()),
        ("comments", quoted(&format!("{}: {}", rule.hosts, rule.purpose))),
    ]
}

fn remove(document: &Document<'_>, sheet: &Sheet<'_>) -> Vec<String> {
    let entries = document.all_entries(sheet);
    let objects = Objects::new(document, sheet, &entries);
    let delete = |names: Vec<String>| -> Vec<String> {
        let names: BTreeSet<String> = names.into_iter().collect();
        names.iter().map(|name| format!("    delete {name}")).collect()
    };
    let groups = |of: Family| {
        let own = objects.groups.values().filter(|group| group.family == of);
        delete(own.map(|group| quoted(&group.name)).collect())
    };
    let addresses = |of: Family| {
        let own = objects.addresses.iter().filter(|(family, _)| *family == of);
        delete(own.map(|(family, peer)| quoted(&objects.address(*family, peer))).collect())
    };
    let services = delete(objects.services.keys().map(|name| quoted(name)).collect());
    let policies = entries.iter().map(|entry| format!("    delete <ID-OF-{}>", entry.name)).collect();
    let mut lines = config("policy", policies);
    lines.extend(config("service custom", services));
    lines.extend(config("addrgrp", groups(Family::V4)));
    lines.extend(config("addrgrp6", groups(Family::V6)));
    lines.extend(config("address", addresses(Family::V4)));
    lines.extend(config("address6", addresses(Family::V6)));
    lines
}
