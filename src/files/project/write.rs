//! Writes a project file: always the same text for the same plan, one line per host.

use std::collections::HashMap;
use std::fmt::Display;

use crate::catalogue::{Catalogue, CustomPortId, PortRange, PortSet};
use crate::plan::host::HostSetting;
use crate::plan::{Host, HostId, HostOptions, OwnRule, Party, Plan};

use super::FORMAT;

/// Lists that would make a line longer than this are broken.
const WIDTH: usize = 100;

/// The plan as the text of a project file. The same plan always gives the same text, and reading it gives the
/// plan back. An own rule that names a host which is not in the plan, or no port or transport, has no written form
/// and is left out; so is an empty set of ports.
pub fn write(plan: &Plan, catalogue: &Catalogue) -> String {
    let writer = Writer { plan, catalogue };
    let mut lines = vec![
        "(".to_owned(),
        format!("    format: {FORMAT},"),
        format!("    name: {},", quoted(plan.name().as_str())),
        format!("    edition: {},", quoted(plan.edition())),
        writer.options(),
    ];
    lines.extend(block("hosts", plan.hosts().iter().map(|host| writer.host(host)).collect()));
    lines.extend(writer.ports());
    let rules = writer.rules();
    if !rules.is_empty() {
        lines.extend(block("rules", rules));
    }
    lines.push(")\n".to_owned());
    lines.join("\n")
}

/// A text in quotes, escaped by `ron` itself so that its reader agrees.
fn quoted(text: &str) -> String {
    ron::to_string(text).unwrap_or_else(|_| format!("{text:?}"))
}

fn list(entries: impl IntoIterator<Item = String>) -> String {
    format!("[{}]", entries.into_iter().collect::<Vec<String>>().join(", "))
}

/// A list with one entry on each line.
fn block(field: &str, entries: Vec<String>) -> Vec<String> {
    if entries.is_empty() {
        return vec![format!("    {field}: [],")];
    }
    let mut lines = vec![format!("    {field}: [")];
    lines.extend(entries.into_iter().map(|entry| format!("        {entry},")));
    lines.push("    ],".to_owned());
    lines
}

/// Puts entries into lines that are as full as the width allows.
fn filled(entries: Vec<String>) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for entry in entries {
        match lines.last_mut() {
            Some(line) if 8 + line.len() + entry.len() + 3 <= WIDTH => {
                line.push_str(", ");
                line.push_str(&entry);
            }
            _ => lines.push(entry),
        }
    }
    lines
}

struct Writer<'a> {
    plan: &'a Plan,
    catalogue: &'a Catalogue,
}

impl Writer<'_> {
    fn options(&self) -> String {
        let on = self.plan.options().iter().map(|option| quoted(&self.catalogue.options()[option].id));
        let on: Vec<String> = on.collect();
        let line = format!("    options: {},", list(on.iter().cloned()));
        if line.len() <= WIDTH { line } else { block("options", filled(on)).join("\n") }
    }

    fn host(&self, host: &Host) -> String {
        let mut fields = vec![format!("name: {}", quoted(host.name.as_str())), format!("os: {}", host.os)];
        let mut add = |field: &str, value: &dyn Display| fields.push(format!("{field}: {value}"));
        if !host.addresses.is_empty() {
            add("addresses", &list(host.addresses.iter().map(|address| quoted(&address.to_string()))));
        }
        if !host.roles.is_empty() {
            add("roles", &list(host.roles.iter().map(|role| quoted(&self.catalogue.roles()[role].id))));
        }
        if let Some(zone) = &host.zone {
            add("zone", &quoted(zone.as_str()));
        }
        if host.options != HostOptions::default() {
            add("options", &self.host_options(host.options));
        }
        if let Some(note) = &host.note {
            add("note", &quoted(note.as_str()));
        }
        format!("({})", fields.join(", "))
    }

    fn host_options(&self, options: HostOptions) -> String {
        let pairs = options.iter().map(|(option, setting)| {
            format!("{}: {}", quoted(&self.catalogue.options()[option].id), setting == HostSetting::On)
        });
        format!("{{{}}}", pairs.collect::<Vec<String>>().join(", "))
    }

    fn ports(&self) -> Option<String> {
        let set = self.plan.ports().iter().filter(|(_, ports)| !ports.is_empty());
        let pairs: Vec<String> = set.map(|(key, ports)| self.port(*key, ports)).collect();
        (!pairs.is_empty()).then(|| format!("    ports: {{{}}},", pairs.join(", ")))
    }

    fn port(&self, key: CustomPortId, ports: &PortSet) -> String {
        let written = |range: &PortRange| {
            let text = range.to_string();
            if range.is_single() { text } else { quoted(&text) }
        };
        let id = &self.catalogue.custom_ports()[key].id;
        format!("{}: {}", quoted(id), list(ports.ranges().iter().map(written)))
    }

    fn rules(&self) -> Vec<String> {
        if self.plan.rules().is_empty() {
            return Vec::new();
        }
        let names = self.plan.hosts().iter().map(|host| (host.id, host.name.as_str())).collect();
        self.plan.rules().iter().filter_map(|rule| self.rule(rule, &names)).collect()
    }

    fn rule(&self, own: &OwnRule, names: &HashMap<HostId, &str>) -> Option<String> {
        if own.ports.is_empty() || own.transports.is_empty() {
            return None;
        }
        let party = |party: Party| match party {
            Party::Host(id) => names.get(&id).map(|name| format!("host({})", quoted(name))),
            Party::Role(role) => Some(format!("role({})", quoted(&self.catalogue.roles()[role].id))),
        };
        Some(format!(
            "(from: {}, to: {}, transports: {}, ports: {}, purpose: {})",
            party(own.from)?,
            party(own.to)?,
            list(own.transports.iter().map(|transport| transport.name().to_owned())),
            list(own.ports.items().map(|item| quoted(&item.to_string()))),
            quoted(own.purpose.as_str()),
        ))
    }
}
