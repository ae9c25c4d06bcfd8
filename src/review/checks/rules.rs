//! Rules in use that their reader must know more about: doubtful rows, open-ended ports, own ports.

use std::collections::BTreeMap;

use crate::catalogue::{Catalogue, CustomPortId, PageId, Port, PortSet};
use crate::flows::{HostIx, RuleRef, ShapeUse, Tag};
use crate::plan::HostId;

use super::scene::{Scene, Terms, count};
use super::{Check, Finding, Found, Mend};

/// A rule in use that its reader must know more about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RuleFinding {
    /// A row looks wrong on its page.
    Doubtful {
        /// The rules that the row became, as far as they are in use.
        rules: Vec<RuleRef>,
        /// Page and row: `ahv-23`.
        row: String,
        /// Why it may be wrong.
        doubt: String,
        /// How many flows it asks for.
        flows: u64,
        /// The two hosts of one of them.
        example: (HostIx, HostIx),
    },
    /// Ports can be higher ones.
    OpenEnded {
        /// The first ports.
        ports: Vec<Port>,
        /// The rules.
        rules: Vec<RuleRef>,
        /// How many flows.
        flows: u64,
        /// The two hosts of one of them.
        example: (HostIx, HostIx),
    },
    /// The plan has own ports.
    Overridden {
        /// Which, and what for.
        ports: Vec<(CustomPortId, PortSet)>,
        /// The host whose ports they are; `None` for those of the plan.
        host: Option<HostId>,
        /// How many flows have them.
        flows: Option<u64>,
        /// The rules whose ports gave way.
        rules: Vec<RuleRef>,
        /// The two hosts of a flow that has them.
        example: Option<(HostIx, HostIx)>,
    },
}

impl Found for RuleFinding {
    fn check(&self) -> Check {
        match self {
            Self::Doubtful { .. } => Check::DoubtfulRow,
            Self::OpenEnded { .. } => Check::OpenEnded,
            Self::Overridden { .. } => Check::OverriddenPorts,
        }
    }

    fn subject(&self) -> Option<HostId> {
        match self {
            Self::Overridden { host, .. } => *host,
            Self::Doubtful { .. } | Self::OpenEnded { .. } => None,
        }
    }

    fn about(&self, _: &Catalogue) -> Option<String> {
        match self {
            Self::Doubtful { row, .. } => Some(row.clone()),
            Self::OpenEnded { .. } | Self::Overridden { .. } => None,
        }
    }

    fn statement(&self, terms: Terms<'_>) -> String {
        match self {
            Self::Doubtful { doubt, flows, row, .. } => {
                let rest = if *flows == 1 { "rests" } else { "rest" };
                format!("{} {rest} on {row}, which looks wrong. {doubt}", count(*flows, "flow"))
            }
            Self::OpenEnded { ports, flows, .. } => {
                let ports: Vec<String> = ports.iter().map(|port| format!("{port}+")).collect();
                let have = if *flows == 1 { "has" } else { "have" };
                let flows = count(*flows, "flow");
                format!("{flows} {have} ports that can be higher ones: {}", ports.join(", "))
            }
            Self::Overridden { ports, host, flows, .. } => {
                let ports: Vec<String> = ports.iter().map(|(key, own)| own_ports(terms, *key, own)).collect();
                let whose = if host.is_some() { "listens on own ports" } else { "the plan has own ports" };
                let used = flows.map_or_else(String::new, |flows| format!(", in {}", count(flows, "flow")));
                format!("{whose}: {}{used}", ports.join("; "))
            }
        }
    }

    fn remedy(&self, _: &Catalogue) -> String {
        match self {
            Self::Doubtful { .. } => {
                "keep the ports as printed, and look at the firewall's log when the job runs"
            }
            Self::OpenEnded { .. } => "look up the port in use on the host; rules open the first one only",
            Self::Overridden { .. } => "see to it that the service listens there",
        }
        .to_owned()
    }

    fn rules(&self) -> &[RuleRef] {
        match self {
            Self::Doubtful { rules, .. } | Self::OpenEnded { rules, .. } | Self::Overridden { rules, .. } => {
                rules
            }
        }
    }

    fn mend(&self) -> Mend {
        let (example, rules) = match self {
            Self::Doubtful { example, rules, .. } | Self::OpenEnded { example, rules, .. } => {
                (Some(*example), rules)
            }
            Self::Overridden { host: Some(host), .. } => return Mend::Host(*host),
            Self::Overridden { example, rules, .. } => (*example, rules),
        };
        let flow = example.zip(rules.first());
        flow.map_or(Mend::Nothing, |((from, to), rule)| Mend::Flow(from, to, *rule))
    }
}

fn own_ports(terms: Terms<'_>, key: CustomPortId, own: &PortSet) -> String {
    let ports: Vec<String> = own.ranges().iter().map(ToString::to_string).collect();
    format!("{} {}", terms.catalogue.custom_ports()[key].label, ports.join(", "))
}

pub(super) fn find(scene: &Scene<'_>, found: &mut Vec<Finding>) {
    found.extend(doubtful(scene).into_iter().map(Finding::Rule));
    found.extend(open_ended(scene).map(Finding::Rule));
    found.extend(overridden(scene).map(Finding::Rule));
    let own = scene.plan.hosts().iter().filter(|host| !host.ports.is_empty());
    found.extend(own.map(|host| {
        let ports = host.ports.iter().map(|(key, own)| (*key, own.clone())).collect();
        let host = Some(host.id);
        Finding::Rule(RuleFinding::Overridden { ports, host, flows: None, rules: Vec::new(), example: None })
    }));
}

fn tagged<'a>(scene: &'a Scene<'_>, tag: Tag) -> impl Iterator<Item = &'a ShapeUse> {
    scene.usage.shapes().iter().filter(move |used| scene.flows.shape(used.shape).tags.contains(&tag))
}

/// A rule with its doubt and a shape that it asks for.
type Doubt<'a> = (RuleRef, &'a str, ShapeUse);

fn doubtful(scene: &Scene<'_>) -> Vec<RuleFinding> {
    let mut rows: BTreeMap<(PageId, u16), Vec<Doubt<'_>>> = BTreeMap::new();
    for used in tagged(scene, Tag::Doubt) {
        for rule in &scene.flows.shape(used.shape).reasons {
            let Some(printed) = scene.printed(*rule) else { continue };
            if let Some(doubt) = &printed.doubt {
                rows.entry((printed.source.page, printed.source.row))
                    .or_default()
                    .push((*rule, doubt, *used));
            }
        }
    }
    rows.into_iter()
        .filter_map(|((page, row), mut uses)| {
            let (_, doubt, first) = *uses.first()?;
            let mut rules: Vec<RuleRef> = uses.iter().map(|(rule, _, _)| *rule).collect();
            rules.sort_unstable();
            rules.dedup();
            uses.sort_by_key(|(_, _, used)| used.shape);
            uses.dedup_by_key(|(_, _, used)| used.shape);
            let flows = uses.iter().map(|(_, _, used)| used.flows).sum();
            let row = format!("{} row {row}", scene.catalogue.pages()[page].id);
            Some(RuleFinding::Doubtful { rules, row, doubt: doubt.to_owned(), flows, example: first.example })
        })
        .collect()
}

fn open_ended(scene: &Scene<'_>) -> Option<RuleFinding> {
    let shapes: Vec<&ShapeUse> = tagged(scene, Tag::OpenEnded).collect();
    let first = shapes.first()?;
    let shape = |used: &&ShapeUse| scene.flows.shape(used.shape);
    let mut ports: Vec<Port> =
        shapes.iter().flat_map(|used| shape(used).ports.open_ended().to_vec()).collect();
    ports.sort_unstable();
    ports.dedup();
    Some(RuleFinding::OpenEnded {
        ports,
        rules: reasons(scene, &shapes),
        flows: shapes.iter().map(|used| used.flows).sum(),
        example: first.example,
    })
}

fn reasons(scene: &Scene<'_>, shapes: &[&ShapeUse]) -> Vec<RuleRef> {
    let mut rules: Vec<RuleRef> =
        shapes.iter().flat_map(|used| scene.flows.shape(used.shape).reasons.iter().copied()).collect();
    rules.sort_unstable();
    rules.dedup();
    rules
}

fn overridden(scene: &Scene<'_>) -> Option<RuleFinding> {
    let own = scene.plan.ports().iter().filter(|(_, own)| !own.is_empty());
    let ports: Vec<(CustomPortId, PortSet)> = own.map(|(key, own)| (*key, own.clone())).collect();
    if ports.is_empty() {
        return None;
    }
    let shapes: Vec<&ShapeUse> = tagged(scene, Tag::Overridden).collect();
    let mut rules = reasons(scene, &shapes);
    rules.retain(|rule| {
        let gives_way = |key| ports.iter().any(|(own, _)| *own == key);
        scene.printed(*rule).is_some_and(|rule| rule.replaceable.iter().any(|part| gives_way(part.key)))
    });
    Some(RuleFinding::Overridden {
        ports,
        host: None,
        flows: Some(shapes.iter().map(|used| used.flows).sum()),
        rules,
        example: shapes.first().map(|used| used.example),
    })
}
