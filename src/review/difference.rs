//! What one state of a plan says that another does not.

use std::collections::{HashMap, HashSet};
use std::fmt;

use crate::catalogue::{Catalogue, OptionSet, RoleSet};
use crate::flows::{Comparison, Delta, Flows};
use crate::plan::{Baseline, Host, HostId, Plan};

/// How an entry differs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sign {
    /// Only the later state has it.
    Added,
    /// Only the earlier state has it.
    Removed,
    /// Both have it, and not alike.
    Changed,
}

impl Sign {
    /// The sign in front of the entry.
    pub fn letter(self) -> char {
        match self {
            Self::Added => '+',
            Self::Removed => '−',
            Self::Changed => '~',
        }
    }
}

/// One thing that differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// How.
    pub sign: Sign,
    /// What: `host ora7`, `option Oracle`, `ora7: roles, addresses`.
    pub text: String,
}

impl fmt::Display for Entry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.sign.letter(), self.text)
    }
}

/// The difference between two states of a plan.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Difference {
    /// What differs: the plan itself first, then hosts in their order.
    pub entries: Vec<Entry>,
    /// How many flows come and go.
    pub flows: Delta,
}

impl Difference {
    /// From the earlier state to the later one. The states may come from different files: hosts are the same if their
    /// names are.
    pub fn between(catalogue: &Catalogue, before: &Plan, after: &Plan) -> Self {
        let before = before.numbered_like(after);
        let mut entries = plan_entries(catalogue, &before, after);
        entries.extend(after.names_missing_in(&before).iter().map(|host| entry(Sign::Added, named(host))));
        entries.extend(before.names_missing_in(after).iter().map(|host| entry(Sign::Removed, named(host))));
        entries.extend(changed_hosts(catalogue, &before, after));
        let flows = Comparison::new(&Flows::new(catalogue, &before), &Flows::new(catalogue, after)).delta();
        Self { entries, flows }
    }

    /// Whether both states say the same.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty() && self.flows.is_empty()
    }

    /// One line for each entry, then one for the flows.
    pub fn lines(&self) -> Vec<String> {
        let mut lines: Vec<String> = self.entries.iter().map(Entry::to_string).collect();
        if !self.flows.is_empty() {
            lines.push(format!("flows: +{} −{}", self.flows.added, self.flows.removed));
        }
        lines
    }
}

fn entry(sign: Sign, text: String) -> Entry {
    Entry { sign, text }
}

fn named(host: &Host) -> String {
    format!("host {}", host.name)
}

fn plan_entries(catalogue: &Catalogue, before: &Plan, after: &Plan) -> Vec<Entry> {
    let mut entries = Vec::new();
    if before.name() != after.name() {
        entries.push(entry(Sign::Changed, format!("name: {} becomes {}", before.name(), after.name())));
    }
    if before.edition() != after.edition() {
        let text = format!("edition: {} becomes {}", before.edition(), after.edition());
        entries.push(entry(Sign::Changed, text));
    }
    let labels = |sign, options: OptionSet| {
        options.iter().map(move |option| entry(sign, format!("option {}", catalogue.options()[option].label)))
    };
    entries.extend(labels(Sign::Added, after.options().minus(before.options())));
    entries.extend(labels(Sign::Removed, before.options().minus(after.options())));
    entries.extend(port_entries(catalogue, before, after));
    let counts = |what: &str, was: usize, is: usize| {
        let text = if was == is { format!("{what}: changed") } else { format!("{what}: {was} become {is}") };
        entry(Sign::Changed, text)
    };
    let lists = [
        (before.rules() != after.rules(), "own rules", before.rules().len(), after.rules().len()),
        (before.zones() != after.zones(), "zones", before.zones().len(), after.zones().len()),
        (before.partners() != after.partners(), "partners", before.partners().len(), after.partners().len()),
        (
            before.acknowledged() != after.acknowledged(),
            "acknowledged findings",
            before.acknowledged().len(),
            after.acknowledged().len(),
        ),
    ];
    entries.extend(
        lists.iter().filter(|(differ, ..)| *differ).map(|(_, what, was, is)| counts(what, *was, *is)),
    );
    entries.extend(baseline_entries(before, after));
    if common(before, after) != common(after, before) {
        entries.push(entry(Sign::Changed, "order of the hosts".to_owned()));
    }
    entries
}

fn baseline_entries(before: &Plan, after: &Plan) -> Vec<Entry> {
    let text = |baseline: &Baseline| format!("baseline {}", baseline.name());
    let missing = |from: &Plan, other: &Plan, sign| -> Vec<Entry> {
        let gone = from.baselines().iter().filter(|own| other.baseline(own.name().as_str()).is_none());
        gone.map(|own| entry(sign, text(own))).collect()
    };
    let mut entries = missing(after, before, Sign::Added);
    entries.extend(missing(before, after, Sign::Removed));
    let changed = after.baselines().iter().filter(|own| {
        let old = before.baseline(own.name().as_str());
        old.is_some_and(|old| !old.plan().says_the_same(own.plan()))
    });
    entries.extend(changed.map(|own| entry(Sign::Changed, text(own))));
    entries
}

/// The hosts that the other plan has too, in this plan's order.
fn common(plan: &Plan, other: &Plan) -> Vec<HostId> {
    let known: HashSet<HostId> = other.hosts().iter().map(|host| host.id).collect();
    plan.hosts().iter().map(|host| host.id).filter(|id| known.contains(id)).collect()
}

fn port_entries(catalogue: &Catalogue, before: &Plan, after: &Plan) -> Vec<Entry> {
    let (old, new) = (before.ports(), after.ports());
    let changed = catalogue.custom_ports().iter().filter(|(key, _)| old.get(key) != new.get(key));
    changed.map(|(_, port)| entry(Sign::Changed, format!("ports of {}", port.label))).collect()
}

fn changed_hosts(catalogue: &Catalogue, before: &Plan, after: &Plan) -> Vec<Entry> {
    let old: HashMap<HostId, &Host> = before.hosts().iter().map(|host| (host.id, host)).collect();
    let pairs = after.hosts().iter().filter_map(|host| Some((*old.get(&host.id)?, host)));
    pairs
        .filter(|(old, new)| old != new)
        .map(|(old, new)| {
            entry(Sign::Changed, format!("{}: {}", new.name, changes(catalogue, old, new).join(", ")))
        })
        .collect()
}

fn changes(catalogue: &Catalogue, old: &Host, new: &Host) -> Vec<String> {
    let mut changes = Vec::new();
    if old.os != new.os {
        changes.push(format!("system {} becomes {}", old.os.label(), new.os.label()));
    }
    let labels = |sign: Sign, roles: RoleSet| {
        roles.iter().map(move |role| format!("{}{}", sign.letter(), catalogue.roles()[role].label))
    };
    changes.extend(labels(Sign::Added, new.roles.minus(old.roles)));
    changes.extend(labels(Sign::Removed, old.roles.minus(new.roles)));
    let parts = [
        (old.addresses != new.addresses, "addresses"),
        (old.zone != new.zone, "zone"),
        (old.site != new.site, "site"),
        (old.options != new.options, "options"),
        (old.ports != new.ports, "ports"),
        (old.note != new.note, "note"),
    ];
    changes.extend(parts.iter().filter(|(differs, _)| *differs).map(|(_, word)| (*word).to_owned()));
    changes
}
