//! Named objects, for firewalls whose rules do not take bare addresses and ports. Every object has one name for one
//! content, so that a second run finds it as it is.

use std::collections::{BTreeMap, BTreeSet};

use crate::catalogue::{PortRange, Transport};

use super::addresses::{Family, Peer};
use super::entries::Entry;
use super::model::{Document, Sheet};
use super::names::{self, Owner};

/// A list of addresses of one family, under the name of a rule's end.
#[derive(Debug)]
pub(super) struct AddressGroup {
    /// `VEEAM-7F3A91-F4C01AA-SRC4`.
    pub name: String,
    /// The family of all members.
    pub family: Family,
    /// What belongs to it; never empty.
    pub members: Vec<Peer>,
    /// The hosts, clean.
    pub comment: String,
}

/// The ports of a rule under one name.
#[derive(Debug)]
pub(super) struct Service {
    /// `VEEAM-7F3A91-F4C01AA-TCP`.
    pub name: String,
    /// The transport.
    pub transport: Transport,
    /// The ports; never empty.
    pub ports: Vec<PortRange>,
}

/// All objects that the rules of one place need, each once and in order.
#[derive(Debug)]
pub(super) struct Objects {
    owner: Owner,
    /// The addresses by family; [`Objects::address`] names them. A DNS name stands in the families of its rules.
    pub addresses: BTreeSet<(Family, Peer)>,
    /// A group for each end of each entry.
    pub groups: BTreeMap<String, AddressGroup>,
    /// The ports of each entry.
    pub services: BTreeMap<String, Service>,
}

impl Objects {
    /// The objects of the entries of a place.
    pub fn new(document: &Document<'_>, sheet: &Sheet<'_>, entries: &[Entry<'_>]) -> Self {
        let owner = document.owner(sheet);
        let mut objects =
            Self { owner, addresses: BTreeSet::new(), groups: BTreeMap::new(), services: BTreeMap::new() };
        for entry in entries {
            objects.add_group(source(document, entry), entry, entry.from.as_deref());
            objects.add_group(destination(document, entry), entry, entry.to.as_deref());
            let name = service(document, entry);
            let (transport, ports) = (entry.transport, entry.ports.clone());
            objects.services.entry(name.clone()).or_insert_with(|| Service { name, transport, ports });
        }
        objects
    }

    fn add_group(&mut self, name: String, entry: &Entry<'_>, peers: Option<&[Peer]>) {
        let Some(peers) = peers else { return };
        self.addresses.extend(peers.iter().map(|peer| (entry.family, peer.clone())));
        let group = AddressGroup {
            name,
            family: entry.family,
            members: peers.to_vec(),
            comment: entry.rule.hosts.clone(),
        };
        self.groups.entry(group.name.clone()).or_insert(group);
    }

    /// The name of an address. The object of a DNS name depends on the family in which it is asked for.
    pub fn address(&self, family: Family, peer: &Peer) -> String {
        let name = self.owner.address(peer);
        match peer {
            Peer::Net(_) => name,
            Peer::Name(_) => format!("{name}-{}", family.digit()),
        }
    }
}

/// The group of an entry's sources.
pub(super) fn source(document: &Document<'_>, entry: &Entry<'_>) -> String {
    names::addresses((document.plan, entry.rule.id), "SRC", entry.family, entry.portion.from)
}

/// The group of an entry's destinations.
pub(super) fn destination(document: &Document<'_>, entry: &Entry<'_>) -> String {
    names::addresses((document.plan, entry.rule.id), "DST", entry.family, entry.portion.to)
}

/// The object of an entry's ports.
pub(super) fn service(document: &Document<'_>, entry: &Entry<'_>) -> String {
    names::service((document.plan, entry.rule.id), entry.transport, entry.portion.ports)
}
