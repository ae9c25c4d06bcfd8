//! What a flow is apart from its two hosts: transport, ports and the rules that ask for it.

use std::collections::HashMap;
use std::sync::Arc;

use crate::catalogue::table::{Table, key};
use crate::catalogue::{Opening, Ports, Transport};

use super::places::Places;
use super::requirement::{Requirement, RuleRef};

key!(
    /// A shape of one resolved plan.
    ShapeId(u32), 1 << 31
);
key!(
    /// A list of shapes of one resolved plan.
    ListId(u32), 1 << 31
);

/// Something about a flow that its reader must know.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tag {
    /// Both ends are one host: no network flow.
    SameHost,
    /// The product opens the port on a host with the default Windows firewall.
    AutomaticOnHost,
    /// The port can be a higher one.
    OpenEnded,
    /// Some of the ports are used only where the others cannot be reached.
    Fallback,
    /// The plan's ports stand in place of the printed ones.
    Overridden,
    /// A row that asks for it looks wrong on the page.
    Doubt,
}

impl Tag {
    /// The words in lists and files.
    pub fn text(self) -> &'static str {
        match self {
            Self::SameHost => "same host",
            Self::AutomaticOnHost => "automatic on the host",
            Self::OpenEnded => "open-ended",
            Self::Fallback => "fallback",
            Self::Overridden => "overridden",
            Self::Doubt => "doubt",
        }
    }
}

/// A flow without its hosts.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Shape {
    /// The transport.
    pub transport: Transport,
    /// The ports.
    pub ports: Arc<Ports>,
    /// The rules that ask for it, in the catalogue's order; never empty.
    pub reasons: Vec<RuleRef>,
    /// What the reader must know whatever the hosts; [`super::Flows::tags`] has all of it.
    pub tags: Vec<Tag>,
}

/// The shapes between two hosts, in both ways of listing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct ShapeList {
    /// One shape per transport and ports, all rules as its reasons.
    pub merged: Vec<ShapeId>,
    /// One shape per transport and rule.
    pub by_rule: Vec<ShapeId>,
}

/// Keeps every distinct shape and list of shapes once.
#[derive(Debug, Default)]
pub(super) struct Shapes {
    pub table: Table<ShapeId, Shape>,
    pub lists: Table<ListId, ShapeList>,
    known: HashMap<(Transport, Arc<Ports>, Vec<RuleRef>), ShapeId>,
    known_lists: HashMap<Places, ListId>,
}

impl Shapes {
    /// The list for the requirements at these places; the same places give the same list.
    pub fn list(&mut self, requirements: &[Requirement], places: Places) -> Option<ListId> {
        if let Some(known) = self.known_lists.get(&places) {
            return Some(*known);
        }
        let chosen: Vec<&Requirement> = places.iter().filter_map(|at| requirements.get(at)).collect();
        let list = ShapeList { merged: self.merged(&chosen), by_rule: self.by_rule(&chosen) };
        let id = self.lists.push(list)?;
        self.known_lists.insert(places, id);
        Some(id)
    }

    fn merged(&mut self, chosen: &[&Requirement]) -> Vec<ShapeId> {
        let mut groups: Vec<(Transport, &Ports, Vec<&Requirement>)> = Vec::new();
        for requirement in chosen {
            for transport in &requirement.transports {
                let same = |group: &&mut (Transport, &Ports, Vec<&Requirement>)| {
                    group.0 == *transport && *group.1 == requirement.ports
                };
                match groups.iter_mut().find(same) {
                    Some(group) => group.2.push(requirement),
                    None => groups.push((*transport, &requirement.ports, vec![requirement])),
                }
            }
        }
        let ids = groups.into_iter().filter_map(|(transport, _, reasons)| self.intern(transport, &reasons));
        let ids = ids.collect();
        self.sorted(ids)
    }

    fn by_rule(&mut self, chosen: &[&Requirement]) -> Vec<ShapeId> {
        chosen
            .iter()
            .flat_map(|requirement| {
                requirement.transports.iter().map(move |transport| (*transport, *requirement))
            })
            .filter_map(|(transport, requirement)| self.intern(transport, &[requirement]))
            .collect()
    }

    fn sorted(&self, mut ids: Vec<ShapeId>) -> Vec<ShapeId> {
        ids.sort_by(|left, right| {
            let (left, right) = (&self.table[*left], &self.table[*right]);
            (left.ports.lowest(), &left.ports, left.transport).cmp(&(
                right.ports.lowest(),
                &right.ports,
                right.transport,
            ))
        });
        ids
    }

    /// All of `reasons` have the same ports.
    fn intern(&mut self, transport: Transport, reasons: &[&Requirement]) -> Option<ShapeId> {
        let ports = Arc::new(reasons.first()?.ports.clone());
        let rules: Vec<RuleRef> = reasons.iter().map(|requirement| requirement.rule).collect();
        let key = (transport, Arc::clone(&ports), rules.clone());
        if let Some(known) = self.known.get(&key) {
            return Some(*known);
        }
        let tags = tags(&ports, reasons);
        let id = self.table.push(Shape { transport, ports, reasons: rules, tags })?;
        self.known.insert(key, id);
        Some(id)
    }
}

fn tags(ports: &Ports, reasons: &[&Requirement]) -> Vec<Tag> {
    let facts = [
        (Tag::AutomaticOnHost, reasons.iter().all(|reason| reason.opening == Opening::AutomaticOnHost)),
        (Tag::OpenEnded, !ports.open_ended().is_empty()),
        (Tag::Fallback, !ports.fallback().is_empty()),
        (Tag::Overridden, reasons.iter().any(|reason| reason.overridden)),
        (Tag::Doubt, reasons.iter().any(|reason| reason.doubtful)),
    ];
    facts.into_iter().filter(|(_, holds)| *holds).map(|(tag, _)| tag).collect()
}
