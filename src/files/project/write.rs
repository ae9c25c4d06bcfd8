//! Writes a project file: always the same text for the same plan, one line per host.

use std::collections::{BTreeMap, HashMap};
use std::fmt::Display;

use crate::catalogue::{Catalogue, CustomPortId, PortRange, PortSet};
use crate::plan::host::HostSetting;
use crate::plan::shown::shown;
use crate::plan::{Acknowledged, Baseline, Host, HostId, HostOptions, OwnRule, Party, Plan, Remarks, Zone};

/// Lists that would make a line longer than this are broken.
const WIDTH: usize = 100;

/// The plan as the text of a project file. The same plan always gives the same text, and reading it gives the
/// plan back. An own rule that names a host which is not in the plan, or no port or transport, has no written form
/// and is left out; so is an empty set of ports.
pub fn write(plan: &Plan, catalogue: &Catalogue) -> String {
    write_with(plan, catalogue, &Remarks::default())
}

/// The same with remarks as comments; reading gives the same plan back, whatever the remarks say.
pub fn write_with(plan: &Plan, catalogue: &Catalogue, remarks: &Remarks) -> String {
    let mut lines = comments(&remarks.top, "");
    let own_pages: Vec<String> = catalogue.own_pages().map(quoted).collect();
    lines.extend(["(".to_owned(), format!("    format: {},", format_of(plan, catalogue))]);
    if !own_pages.is_empty() {
        lines.push(format!("    catalogues: {},", list(own_pages)));
    }
    lines.extend(state(plan, catalogue, remarks));
    let baselines: Vec<String> =
        plan.baselines().iter().map(|baseline| pinned(baseline, catalogue)).collect();
    lines.extend(some_block("baselines", baselines));
    lines.push(")".to_owned());
    lines.extend(comments(&remarks.bottom, ""));
    lines.push(String::new());
    lines.join("\n")
}

/// Comment lines, broken at spaces. What would end a line is not a part of any text that is shown.
fn comments(texts: &[String], indent: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for text in texts {
        let mut line = format!("{indent}//");
        for word in shown(text).split(' ').filter(|word| !word.is_empty()) {
            let is_full = line.chars().count() + 1 + word.chars().count() > WIDTH;
            if is_full && line.len() > indent.len() + 2 {
                lines.push(std::mem::replace(&mut line, format!("{indent}//  ")));
            }
            line.push(' ');
            line.push_str(word);
        }
        lines.push(line);
    }
    lines
}

/// The first format that knows all that the plan says.
fn format_of(plan: &Plan, catalogue: &Catalogue) -> u64 {
    let has_later = catalogue.own_pages().next().is_some()
        || !plan.zones().is_empty()
        || !plan.partners().is_empty()
        || !plan.acknowledged().is_empty()
        || !plan.baselines().is_empty()
        || plan.hosts().iter().any(|host| host.site.is_some() || !host.ports.is_empty());
    if has_later { 2 } else { 1 }
}

/// What a plan and a baseline both say, a line each, from the name on.
fn state(plan: &Plan, catalogue: &Catalogue, remarks: &Remarks) -> Vec<String> {
    let writer = Writer::new(plan, catalogue);
    let mut lines = vec![
        format!("    name: {},", quoted(plan.name().as_str())),
        format!("    edition: {},", quoted(plan.edition())),
        writer.options(remarks),
    ];
    let zones = plan.zones().iter().map(|own| noted(remarks.zones.get(&own.name).as_slice(), &zone(own)));
    lines.extend(some_block("zones", zones.collect()));
    let hosts = plan.hosts().iter().map(|host| {
        let about = remarks.hosts.get(&host.id).map_or(&[][..], Vec::as_slice);
        noted(&about.iter().collect::<Vec<_>>(), &writer.host(host))
    });
    lines.extend(block("hosts", hosts.collect()));
    lines.extend(writer.ports(plan.ports()).map(|ports| format!("    ports: {ports},")));
    lines.extend(some_block("partners", writer.partners()));
    lines.extend(some_block("rules", plan.rules().iter().filter_map(|rule| writer.rule(rule)).collect()));
    let acknowledged = plan.acknowledged().iter().filter_map(|entry| writer.acknowledged(entry));
    lines.extend(some_block("acknowledged", acknowledged.collect()));
    lines
}

fn pinned(baseline: &Baseline, catalogue: &Catalogue) -> String {
    let lines = state(baseline.plan(), catalogue, &Remarks::default()).join("\n").replace('\n', "\n        ");
    format!("(\n        {lines}\n        )")
}

fn zone(zone: &Zone) -> String {
    let name = format!("name: {}", quoted(zone.name.as_str()));
    let networks = list(zone.networks.iter().map(|network| quoted(&network.to_string())));
    if zone.networks.is_empty() { format!("({name})") } else { format!("({name}, networks: {networks})") }
}

/// An entry of a block with its remarks above it.
fn noted(remarks: &[&String], entry: &str) -> String {
    let texts: Vec<String> = remarks.iter().map(|remark| (*remark).clone()).collect();
    let mut lines = comments(&texts, "        ");
    lines.push(format!("        {entry}"));
    lines.join("\n").trim_start().to_owned()
}

/// A list with one entry on each line, left out if it is empty.
fn some_block(field: &str, entries: Vec<String>) -> Vec<String> {
    if entries.is_empty() { Vec::new() } else { block(field, entries) }
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
    /// Empty where nothing in the plan speaks of a host.
    names: HashMap<HostId, &'a str>,
}

impl<'a> Writer<'a> {
    fn new(plan: &'a Plan, catalogue: &'a Catalogue) -> Self {
        let speaks_of_hosts =
            !plan.rules().is_empty() || !plan.partners().is_empty() || !plan.acknowledged().is_empty();
        let names = plan.hosts().iter().filter(|_| speaks_of_hosts);
        Self { plan, catalogue, names: names.map(|host| (host.id, host.name.as_str())).collect() }
    }

    fn name(&self, host: HostId) -> Option<String> {
        self.names.get(&host).map(|name| quoted(name))
    }

    fn options(&self, remarks: &Remarks) -> String {
        if !remarks.options.is_empty() {
            let entry = |option| {
                noted(remarks.options.get(&option).as_slice(), &quoted(&self.catalogue.options()[option].id))
            };
            return block("options", self.plan.options().iter().map(entry).collect()).join("\n");
        }
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
        if let Some(site) = &host.site {
            add("site", &quoted(site.as_str()));
        }
        if host.options != HostOptions::default() {
            add("options", &self.host_options(host.options));
        }
        if let Some(ports) = self.ports(&host.ports) {
            add("ports", &ports);
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

    fn ports(&self, ports: &BTreeMap<CustomPortId, PortSet>) -> Option<String> {
        let set = ports.iter().filter(|(_, ports)| !ports.is_empty());
        let pairs: Vec<String> = set.map(|(key, ports)| self.port(*key, ports)).collect();
        (!pairs.is_empty()).then(|| format!("{{{}}}", pairs.join(", ")))
    }

    fn partners(&self) -> Vec<String> {
        let pairs = self.plan.partners().iter().filter_map(|pair| {
            Some(format!("(host: {}, partner: {})", self.name(pair.host)?, self.name(pair.partner)?))
        });
        pairs.collect()
    }

    fn acknowledged(&self, entry: &Acknowledged) -> Option<String> {
        let mut fields = vec![format!("check: {}", quoted(entry.check.as_str()))];
        if let Some(host) = entry.host {
            fields.push(format!("host: {}", self.name(host)?));
        }
        if let Some(about) = &entry.about {
            fields.push(format!("about: {}", quoted(about.as_str())));
        }
        fields.push(format!("reason: {}", quoted(entry.reason.as_str())));
        Some(format!("({})", fields.join(", ")))
    }

    fn port(&self, key: CustomPortId, ports: &PortSet) -> String {
        let written = |range: &PortRange| {
            let text = range.to_string();
            if range.is_single() { text } else { quoted(&text) }
        };
        let id = &self.catalogue.custom_ports()[key].id;
        format!("{}: {}", quoted(id), list(ports.ranges().iter().map(written)))
    }

    fn rule(&self, own: &OwnRule) -> Option<String> {
        if own.ports.is_empty() || own.transports.is_empty() {
            return None;
        }
        let party = |party: Party| match party {
            Party::Host(id) => self.name(id).map(|name| format!("host({name})")),
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
