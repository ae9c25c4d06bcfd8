//! The hosts of two states of a plan, those that change alike as one kind.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::catalogue::{CustomPortId, Key, Os, PortSet, RoleSet};
use crate::flows::classes::{ClassId, SourceId, TargetId};
use crate::flows::resolve::{Flows, HostIx};
use crate::plan::{Host, HostId, HostOptions, Party, Plan, SiteName};

use super::cause::{self, HostCause};

/// A host of either state: its place in the earlier and in the later one.
#[derive(Debug, Clone, Copy)]
pub(super) struct Member {
    pub id: HostId,
    pub before: Option<HostIx>,
    pub after: Option<HostIx>,
    pub kind: usize,
}

/// Hosts that looked alike before and look alike now.
#[derive(Debug)]
pub(super) struct Kind {
    /// What differs about each of them.
    pub causes: Vec<HostCause>,
    pub sources: (Option<SourceId>, Option<SourceId>),
    pub targets: (Option<TargetId>, Option<TargetId>),
    pub size: u64,
    /// Two of them, or the only one twice.
    pub examples: [HostId; 2],
}

/// All hosts, those of the later state first.
#[derive(Debug)]
pub(super) struct Kinds {
    pub members: Vec<Member>,
    pub all: Vec<Kind>,
}

/// Everything about a host that rules may ask for.
#[derive(Debug, PartialEq, Eq, Hash)]
struct Traits<'a> {
    class: Option<ClassId>,
    roles: RoleSet,
    os: Os,
    options: HostOptions,
    ports: &'a BTreeMap<CustomPortId, PortSet>,
    site: Option<&'a SiteName>,
}

impl<'a> Traits<'a> {
    fn of(host: &'a Host, class: Option<ClassId>) -> Self {
        let Host { roles, os, options, ports, site, .. } = host;
        Self { class, roles: *roles, os: *os, options: *options, ports, site: site.as_ref() }
    }
}

type Traced<'a> = (Option<Traits<'a>>, Option<Traits<'a>>, Option<HostId>);

impl Kinds {
    pub fn new(before: (&Plan, &Flows), after: (&Plan, &Flows)) -> Self {
        let named = named(before.0, after.0);
        let mut kinds = Self { members: Vec::new(), all: Vec::new() };
        let mut known: HashMap<Traced<'_>, usize> = HashMap::new();
        for (id, old, new) in joined(before.0, after.0) {
            let old_host = old.and_then(|at| before.0.hosts().get(at.position()));
            let new_host = new.and_then(|at| after.0.hosts().get(at.position()));
            let class = |flows: &Flows, at: Option<HostIx>| at.and_then(|at| flows.class_id(at));
            let (was, is) = (class(before.1, old), class(after.1, new));
            let traced = (
                old_host.map(|host| Traits::of(host, was)),
                new_host.map(|host| Traits::of(host, is)),
                named.contains(&id).then_some(id),
            );
            let kind = *known.entry(traced).or_insert_with(|| {
                let was = was.map(|class| before.1.classes.table[class]);
                let is = is.map(|class| after.1.classes.table[class]);
                kinds.all.push(Kind {
                    causes: cause::of_host(old_host, new_host),
                    sources: (was.map(|class| class.source), is.map(|class| class.source)),
                    targets: (was.map(|class| class.target), is.map(|class| class.target)),
                    size: 0,
                    examples: [id, id],
                });
                kinds.all.len() - 1
            });
            if let Some(kind) = kinds.all.get_mut(kind) {
                if kind.size == 1 {
                    kind.examples[1] = id;
                }
                kind.size += 1;
            }
            kinds.members.push(Member { id, before: old, after: new, kind });
        }
        kinds
    }
}

/// The hosts that rules or partners name are each a kind of their own.
fn named(before: &Plan, after: &Plan) -> BTreeSet<HostId> {
    let mut named = BTreeSet::new();
    for plan in [before, after] {
        named.extend(plan.rules().iter().flat_map(|rule| [rule.from, rule.to]).filter_map(Party::host));
        named.extend(plan.partners().iter().flat_map(|pair| [pair.host, pair.partner]));
    }
    named
}

/// Every host with its places, in the order of the later state; those that it does not have come last.
fn joined<'a>(
    before: &'a Plan,
    after: &'a Plan,
) -> impl Iterator<Item = (HostId, Option<HostIx>, Option<HostIx>)> + 'a {
    let places = |plan: &Plan| -> HashMap<HostId, HostIx> {
        plan.hosts()
            .iter()
            .enumerate()
            .filter_map(|(at, host)| Some((host.id, HostIx::from_position(at)?)))
            .collect()
    };
    let (old, new) = (places(before), places(after));
    let gone: Vec<_> = before.hosts().iter().filter(|host| !new.contains_key(&host.id)).collect();
    let gone: Vec<_> = gone.into_iter().map(|host| (host.id, old.get(&host.id).copied(), None)).collect();
    let kept: Vec<_> = after
        .hosts()
        .iter()
        .map(|host| (host.id, old.get(&host.id).copied(), new.get(&host.id).copied()))
        .collect();
    kept.into_iter().chain(gone)
}
