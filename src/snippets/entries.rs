//! Rules as a target writes them: one family each, split at the target's limits, under their own names.

use crate::catalogue::{PortRange, Transport};

use super::addresses::{Family, Peer};
use super::limits::Limits;
use super::model::{Document, Rule, Sheet};
use super::names;
use super::text;

/// One rule of the target: everything from `from` to `to` at `ports`, and nothing else.
#[derive(Debug)]
pub(super) struct Entry<'a> {
    /// What it is a part of.
    pub rule: &'a Rule,
    /// Its name, unique in the plan: `VEEAM-7F3A91-F4C01AA-IN-TCP4`.
    pub name: String,
    /// The family of all of its addresses.
    pub family: Family,
    /// Who opens the connection; `None` for the host itself. Never an empty list.
    pub from: Option<Vec<Peer>>,
    /// Who it goes to; `None` for the host itself. Never an empty list.
    pub to: Option<Vec<Peer>>,
    /// The transport.
    pub transport: Transport,
    /// The ports, in order; neither overlapping nor touching. Never empty.
    pub ports: Vec<PortRange>,
    /// Which portion of the rule's sources, destinations and ports it holds.
    pub portion: Portion,
}

/// The place of an entry's lists among the portions of its rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Portion {
    /// Of the sources.
    pub from: usize,
    /// Of the destinations.
    pub to: usize,
    /// Of the ports.
    pub ports: usize,
}

impl Entry<'_> {
    /// The addresses at the other end, for rules on a host. In transit, the destinations.
    pub fn remote(&self) -> &[Peer] {
        self.to.as_deref().or(self.from.as_deref()).unwrap_or_default()
    }

    /// The comment: name and hosts, clean, at most 100 bytes.
    pub fn comment(&self) -> String {
        text::comment(&format!("{} {}", self.name, self.rule.hosts))
    }
}

impl Document<'_> {
    /// The entries of a rule, those of one family behind those of the other.
    pub fn entries<'a>(&self, rule: &'a Rule) -> Vec<Entry<'a>> {
        rule.families().into_iter().flat_map(|family| self.entries_of_family(rule, family)).collect()
    }

    /// The entries of all rules of a place that open anything.
    pub fn all_entries<'a>(&self, sheet: &'a Sheet<'_>) -> Vec<Entry<'a>> {
        sheet.rules.iter().flat_map(|rule| self.entries(rule)).collect()
    }

    /// How many entries there are where each holds one source, one destination and one range.
    pub fn single_entries(&self) -> u64 {
        let count = |peers: &Option<Vec<Peer>>| peers.as_ref().map_or(1, Vec::len) as u64;
        let entries = self.rules().flat_map(|rule| self.entries(rule));
        entries
            .map(|entry| {
                count(&entry.from).saturating_mul(count(&entry.to)).saturating_mul(entry.ports.len() as u64)
            })
            .fold(0, u64::saturating_add)
    }

    fn entries_of_family<'a>(&self, rule: &'a Rule, family: Family) -> Vec<Entry<'a>> {
        let limits = self.form.limits;
        let (sources, targets) = (
            ends(rule.from.family(family).as_deref(), limits),
            ends(rule.to.family(family).as_deref(), limits),
        );
        let ports = limits.ports.split(rule.ports.ranges());
        let mut entries = Vec::with_capacity(sources.len() * targets.len() * ports.len());
        for (from_at, from) in sources.iter().enumerate() {
            for (to_at, to) in targets.iter().enumerate() {
                for (ports_at, ports) in ports.iter().enumerate() {
                    entries.push(Entry {
                        rule,
                        name: self.name(rule, family, entries.len()),
                        family,
                        from: from.clone(),
                        to: to.clone(),
                        transport: rule.transport,
                        ports: ports.clone(),
                        portion: Portion { from: from_at, to: to_at, ports: ports_at },
                    });
                }
            }
        }
        entries
    }

    /// The names of all entries that the rule has or, in a state of the plan where its hosts had other addresses, at
    /// least had: what a roll-back has to look for.
    pub fn entry_names(&self, rule: &Rule) -> Vec<String> {
        let entries = self.entries(rule);
        let of = |family: Family| {
            let count = entries.iter().filter(|entry| entry.family == family).count();
            (0..count.max(1)).map(move |part| self.name(rule, family, part))
        };
        Family::ALL.into_iter().flat_map(of).collect()
    }

    fn name(&self, rule: &Rule, family: Family, part: usize) -> String {
        names::rule((self.plan, rule.id), self.request.direction, rule.transport, family, part)
    }
}

/// An end in portions that keep to the limit.
fn ends(peers: Option<&[Peer]>, limits: Limits) -> Vec<Option<Vec<Peer>>> {
    match peers {
        None => vec![None],
        Some(peers) => peers.chunks(limits.addresses).map(|portion| Some(portion.to_vec())).collect(),
    }
}
