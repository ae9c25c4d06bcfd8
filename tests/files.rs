//! Project files: reading, writing, storage, samples.

mod broken;
mod form;
mod hostile;
mod import;
#[cfg(unix)]
mod recovery;
mod samples;
mod sections;
mod storage;

use std::sync::LazyLock;

use portplan::catalogue::{Catalogue, CustomPortId, OptionSet, Os, PortSet, RoleSet};
use portplan::files::project;
use portplan::plan::{Address, HostOptions, OwnRule, Party, Plan};

fn catalogue() -> &'static Catalogue {
    static CATALOGUE: LazyLock<Catalogue> = LazyLock::new(|| Catalogue::embedded().unwrap());
    &CATALOGUE
}

fn read(text: &str) -> Plan {
    project::read(text, catalogue()).unwrap_or_else(|error| panic!("{error}\nin\n{text}"))
}

type PlainHost = (String, Os, Vec<Address>, RoleSet, Option<String>, HostOptions, Option<String>);

/// A plan without the numbers that hosts have while it is open.
#[derive(Debug, PartialEq)]
struct Plain {
    name: String,
    edition: String,
    options: OptionSet,
    hosts: Vec<PlainHost>,
    ports: Vec<(CustomPortId, PortSet)>,
    rules: Vec<(String, String, OwnRule)>,
}

fn plain(plan: &Plan) -> Plain {
    let party = |party: Party| match party {
        Party::Host(id) => plan.host(id).unwrap().name.to_string(),
        Party::Role(role) => format!("role {role:?}"),
    };
    // The parties are compared by name; in the rule itself both are set to the same role.
    let any = catalogue().role("worker").map(Party::Role).unwrap();
    let rule =
        |rule: &OwnRule| (party(rule.from), party(rule.to), OwnRule { from: any, to: any, ..rule.clone() });
    Plain {
        name: plan.name().to_string(),
        edition: plan.edition().to_owned(),
        options: plan.options(),
        hosts: plan
            .hosts()
            .iter()
            .cloned()
            .map(|host| {
                let zone = host.zone.map(|zone| zone.to_string());
                let note = host.note.map(|note| note.to_string());
                (host.name.to_string(), host.os, host.addresses, host.roles, zone, host.options, note)
            })
            .collect(),
        ports: plan.ports().iter().map(|(key, ports)| (*key, ports.clone())).collect(),
        rules: plan.rules().iter().map(rule).collect(),
    }
}

/// Wraps lists of hosts and the rest into a plan; the hosts begin in line 5.
fn with_hosts(hosts: &str) -> String {
    format!(
        "(\n    format: 1,\n    name: \"Munich\", edition: \"2025-12\",\n    hosts: [\n{hosts}\n    ],\n)\n"
    )
}

/// A plan with a host `vbr01` and these fields from line 5 on.
fn with_fields(fields: &str) -> String {
    format!(
        "(\n    format: 1, name: \"Munich\", edition: \"2025-12\",\n    hosts: [(name: \"vbr01\")],\n    // more\n{fields}\n)\n"
    )
}
