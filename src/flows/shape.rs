//! What a flow is apart from its two hosts: transport, ports and the rules that ask for it.

use std::collections::HashMap;
use std::sync::Arc;

use crate::catalogue::table::{Table, key};
use crate::catalogue::{Opening, Ports, Transport};

use super::looks::OwnPortsId;
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
    /// Ports of the plan, or of the host that listens, stand in place of the printed ones.
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
    known_lists: HashMap<(Places, Option<OwnPortsId>), ListId>,
}

impl Shapes {
    /// The list for the requirements at these places, where the destination has these ports of its own; the same places
    /// and ports give the same list.
    pub fn list(
        &mut self,
        requirements: &[Requirement],
        places: Places,
        own: Option<OwnPortsId>,
    ) -> Option<ListId> {
        let is_changed = |own: &OwnPortsId| {
            places.iter().any(|at| requirements.get(at).is_some_and(|rule| rule.is_changed_by(*own)))
        };
        let own = own.filter(is_changed);
        let key = (places, own);
        if let Some(known) = self.known_lists.get(&key) {
            return Some(*known);
        }
        let chosen: Vec<Asked<'_>> = key
            .0
            .iter()
            .filter_map(|at| requirements.get(at))
            .map(|rule| Asked { rule, ports: rule.ports_of(own), overridden: rule.is_overridden(own) })
            .collect();
        let list = ShapeList { merged: self.merged(&chosen), by_rule: self.by_rule(&chosen) };
        let id = self.lists.push(list)?;
        self.known_lists.insert(key, id);
        Some(id)
    }

    fn merged(&mut self, chosen: &[Asked<'_>]) -> Vec<ShapeId> {
        let mut groups: Vec<(Transport, Vec<Asked<'_>>)> = Vec::new();
        for asked in chosen {
            for transport in &asked.rule.transports {
                let same = |group: &&mut (Transport, Vec<Asked<'_>>)| {
                    group.0 == *transport && group.1.first().is_some_and(|first| first.ports == asked.ports)
                };
                match groups.iter_mut().find(same) {
                    Some(group) => group.1.push(*asked),
                    None => groups.push((*transport, vec![*asked])),
                }
            }
        }
        let ids = groups.into_iter().filter_map(|(transport, reasons)| self.intern(transport, &reasons));
        let ids = ids.collect();
        self.sorted(ids)
    }

    fn by_rule(&mut self, chosen: &[Asked<'_>]) -> Vec<ShapeId> {
        chosen
            .iter()
            .flat_map(|asked| asked.rule.transports.iter().map(move |transport| (*transport, *asked)))
            .filter_map(|(transport, asked)| self.intern(transport, &[asked]))
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
    fn intern(&mut self, transport: Transport, reasons: &[Asked<'_>]) -> Option<ShapeId> {
        let ports = Arc::new(reasons.first()?.ports.clone());
        let rules: Vec<RuleRef> = reasons.iter().map(|asked| asked.rule.rule).collect();
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

/// What a requirement asks for at one kind of destination.
#[derive(Debug, Clone, Copy)]
struct Asked<'a> {
    rule: &'a Requirement,
    ports: &'a Ports,
    overridden: bool,
}

fn tags(ports: &Ports, reasons: &[Asked<'_>]) -> Vec<Tag> {
    let facts = [
        (Tag::AutomaticOnHost, reasons.iter().all(|reason| reason.rule.opening == Opening::AutomaticOnHost)),
        (Tag::OpenEnded, !ports.open_ended().is_empty()),
        (Tag::Fallback, !ports.fallback().is_empty()),
        (Tag::Overridden, reasons.iter().any(|reason| reason.overridden)),
        (Tag::Doubt, reasons.iter().any(|reason| reason.rule.doubtful)),
    ];
    facts.into_iter().filter(|(_, holds)| *holds).map(|(tag, _)| tag).collect()
}
