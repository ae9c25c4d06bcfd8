//! Roles that nobody has, though rules of the plan wait for them.

use crate::catalogue::{Catalogue, Condition, Endpoint, RoleGroup, RoleId, RoleSet};
use crate::flows::{Gap, RuleRef};

use super::scene::{Scene, Terms, count, labels};
use super::{Check, Finding, Found, Mend};

/// A role that nobody has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PeerFinding {
    /// No install is without the role.
    Essential {
        /// Which of the checks it is.
        check: Check,
        /// The role.
        role: RoleId,
        /// The rules that wait.
        rules: Vec<RuleRef>,
    },
    /// Rules wait for a role.
    Unplaced {
        /// Whether others in the plan can work without it.
        need: Need,
        /// Any of these roles would do.
        missing: Vec<RoleId>,
        /// Roles in the plan that would talk to it.
        present: Vec<RoleId>,
        /// The rules that wait.
        rules: Vec<RuleRef>,
    },
    /// Flows are there only because nobody has the role.
    Direct {
        /// The role.
        role: RoleId,
        /// How many flows.
        flows: u64,
        /// The rules that ask for them.
        rules: Vec<RuleRef>,
    },
}

/// Whether a site can do without a role.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// Another role of the plan cannot work without it.
    Needed,
    /// It may well have none.
    Optional,
}

impl Found for PeerFinding {
    fn check(&self) -> Check {
        match self {
            Self::Essential { check, .. } => *check,
            Self::Unplaced { need: Need::Needed, .. } => Check::UnplacedPeer,
            Self::Unplaced { need: Need::Optional, .. } => Check::OptionalPeer,
            Self::Direct { .. } => Check::DirectLogs,
        }
    }

    fn about(&self, catalogue: &Catalogue) -> Option<String> {
        let roles = match self {
            Self::Unplaced { missing, .. } => missing.as_slice(),
            Self::Essential { .. } | Self::Direct { .. } => return None,
        };
        let ids: Vec<&str> = roles.iter().map(|role| catalogue.roles()[*role].id.as_str()).collect();
        Some(ids.join(","))
    }

    fn statement(&self, terms: Terms<'_>) -> String {
        match self {
            Self::Essential { role, rules, .. } => {
                let waiting = if rules.is_empty() { String::new() } else { format!(": {}", waiting(rules)) };
                format!("no host has the role {}{waiting}", terms.roles(&[*role]))
            }
            Self::Unplaced { missing, present, rules, .. } => format!(
                "no host has the role {}: {}, from or to {}",
                terms.roles(missing),
                waiting(rules),
                terms.roles(present)
            ),
            Self::Direct { role, flows, .. } => format!(
                "{} straight to the repository, because no host has the role {}",
                if *flows == 1 { "1 flow takes logs".to_owned() } else { format!("{flows} flows take logs") },
                terms.roles(&[*role])
            ),
        }
    }

    fn remedy(&self, catalogue: &Catalogue) -> String {
        match self {
            Self::Essential { role, .. } => {
                format!("give a host the role {}, or add one", labels(catalogue, &[*role]))
            }
            Self::Unplaced { need: Need::Needed, missing, .. } => {
                format!("add a host with the role {}, or give it to one", labels(catalogue, missing))
            }
            Self::Unplaced { need: Need::Optional, missing, .. } => {
                format!(
                    "add a host with the role {}, or leave it if the site has none",
                    labels(catalogue, missing)
                )
            }
            Self::Direct { role, .. } => format!(
                "add a host with the role {}, or leave it if guests may reach the repository",
                labels(catalogue, &[*role])
            ),
        }
    }

    fn rules(&self) -> &[RuleRef] {
        match self {
            Self::Essential { rules, .. } | Self::Unplaced { rules, .. } | Self::Direct { rules, .. } => {
                rules
            }
        }
    }

    fn mend(&self) -> Mend {
        match self {
            Self::Essential { role, .. } | Self::Direct { role, .. } => Mend::AddHost(*role),
            Self::Unplaced { missing, .. } => {
                missing.first().map_or(Mend::Nothing, |role| Mend::AddHost(*role))
            }
        }
    }
}

fn waiting(rules: &[RuleRef]) -> String {
    let wait = if rules.len() == 1 { "waits" } else { "wait" };
    format!("{} {wait} for it", count(rules.len() as u64, "rule"))
}

pub(super) fn find(scene: &Scene<'_>, found: &mut Vec<Finding>) {
    let mut gaps: Vec<&Gap> = scene.flows.gaps().iter().collect();
    for finding in essential(scene).into_iter().flatten() {
        let PeerFinding::Essential { role, .. } = &finding else { continue };
        gaps.retain(|gap| !gap.missing.contains(role));
        found.push(Finding::Peer(finding));
    }
    if let Some(finding) = direct(scene) {
        if let PeerFinding::Direct { role, .. } = &finding {
            gaps.retain(|gap| gap.missing != [*role]);
        }
        found.push(Finding::Peer(finding));
    }
    // Without its host, a workload's option is what is wrong.
    let has_option = |role: &RoleId| {
        let option = scene.catalogue.roles()[*role].option;
        option.is_some_and(|option| scene.plan.options().contains(option))
    };
    gaps.retain(|gap| !gap.missing.iter().all(has_option));
    found.extend(unplaced(scene, &gaps).into_iter().map(Finding::Peer));
}

/// The backup server and the repository.
fn essential(scene: &Scene<'_>) -> [Option<PeerFinding>; 2] {
    [
        (Check::NoBackupServer, "backup-server", None),
        (Check::NoRepository, "backup-repository", Some("smb-share")),
    ]
    .map(|(check, role, instead)| {
        let role = scene.catalogue.role(role)?;
        let instead = instead.and_then(|id| scene.catalogue.role(id));
        let placed =
            [Some(role), instead].into_iter().flatten().any(|role| scene.facts.placed.contains(role));
        let waits = scene.flows.gaps().iter().filter(|gap| gap.missing.contains(&role));
        let rules = waits.map(|gap| gap.rule).collect();
        (!placed).then_some(PeerFinding::Essential { check, role, rules })
    })
}

/// Rules that wait for any of some roles.
struct Waiting {
    need: Need,
    missing: Vec<RoleId>,
    present: Vec<RoleId>,
    rules: Vec<RuleRef>,
}

impl Waiting {
    /// Of roles that would do, those that others need come alone.
    fn of(scene: &Scene<'_>, gap: &Gap) -> Option<Self> {
        let needed = |role: &RoleId| {
            let needed_by = scene.catalogue.roles()[*role].needed_by;
            !needed_by.intersection(scene.facts.placed).is_empty()
        };
        let (present, rules) = (gap.present.clone(), vec![gap.rule]);
        let missing: Vec<RoleId> = gap.missing.iter().copied().filter(needed).collect();
        if !missing.is_empty() {
            return Some(Self { need: Need::Needed, missing, present, rules });
        }
        let missing = gap.missing.clone();
        let has_work = missing.iter().any(|role| has_work(scene, *role));
        has_work.then_some(Self { need: Need::Optional, missing, present, rules })
    }

    /// Who adds a host for rules that take one role has added it for those that take this one or another.
    fn takes(&self, other: &Self) -> bool {
        let has_all = |all: &[RoleId], some: &[RoleId]| some.iter().all(|role| all.contains(role));
        self.need == other.need
            && (has_all(&self.missing, &other.missing) || has_all(&other.missing, &self.missing))
    }

    fn join(&mut self, other: Self) {
        if other.missing.len() < self.missing.len() {
            self.missing = other.missing;
        }
        self.present.extend(other.present);
        self.rules.extend(other.rules);
    }

    fn finding(mut self) -> PeerFinding {
        self.present.sort_unstable();
        self.present.dedup();
        let Self { need, missing, present, rules } = self;
        PeerFinding::Unplaced { need, missing, present, rules }
    }
}

fn unplaced(scene: &Scene<'_>, gaps: &[&Gap]) -> Vec<PeerFinding> {
    let mut groups: Vec<Waiting> = Vec::new();
    for waiting in gaps.iter().filter_map(|gap| Waiting::of(scene, gap)) {
        match groups.iter_mut().find(|known| known.takes(&waiting)) {
            Some(known) => known.join(waiting),
            None => groups.push(waiting),
        }
    }
    groups.into_iter().map(Waiting::finding).collect()
}

/// Whether the plan has one of the workloads that rules tie the role to. A role that helps with databases has nothing to
/// do on a site without any.
fn has_work(scene: &Scene<'_>, role: RoleId) -> bool {
    let mut workloads = RoleSet::EMPTY;
    for rule in scene.catalogue.rules().entries() {
        let names = |ends: &[Endpoint]| ends.iter().any(|end| end.role == role);
        let others =
            [(&rule.from, &rule.to), (&rule.to, &rule.from)].into_iter().filter(|(own, _)| names(own));
        workloads = others.flat_map(|(_, other)| other).map(|end| end.role).fold(workloads, RoleSet::with);
    }
    let is_workload = |role: &RoleId| scene.catalogue.roles()[*role].group == RoleGroup::Workloads;
    let mut workloads = workloads.iter().filter(is_workload).peekable();
    workloads.peek().is_none() || workloads.any(|role| scene.facts.placed.contains(role))
}

fn direct(scene: &Scene<'_>) -> Option<PeerFinding> {
    let role = scene.catalogue.role("log-shipping-server")?;
    let (shapes, rules) =
        scene.used(|rule| scene.printed(rule).is_some_and(|rule| holds_only_without(&rule.when, role)));
    let flows = shapes.iter().map(|used| used.flows).sum();
    (flows > 0).then_some(PeerFinding::Direct { role, flows, rules })
}

fn holds_only_without(condition: &Condition, role: RoleId) -> bool {
    match condition {
        Condition::Not(inner) => **inner == Condition::Placed(role),
        Condition::All(parts) => parts.iter().any(|part| holds_only_without(part, role)),
        _ => false,
    }
}
