//! Rules that nearly hold for two hosts: what they lack, and the change that would bring them.

use crate::catalogue::{Catalogue, Port, Ports, Transport};
use crate::flows::RuleRef;
use crate::flows::requirement::{Requirement, every_requirement_towards};
use crate::plan::actions::Action;
use crate::plan::{Edit, HostId, Plan};

use super::Scene;
use super::change::{Change, Making, mending};
use super::lack::{End, Lack, lacks};
use super::scene::Pair;
use super::trial::{self, Proposal, Trial};

/// Rules that came close, nearest first.
#[derive(Debug, Default)]
pub struct Near {
    /// Rules that lack the same, together.
    pub groups: Vec<Nearby>,
    /// For how many of the groups it was tried what would bring them; they are the first ones.
    pub tried: usize,
    /// How many more rules there are that are other forms of rows above, and lack more than those.
    pub other_forms: usize,
    /// How many more rules there are that are about neither of the two hosts.
    pub far: usize,
}

/// Rules that lack the same.
#[derive(Debug)]
pub struct Nearby {
    /// What they lack.
    pub lacks: Vec<Lack>,
    /// The rules.
    pub rules: Vec<NearRule>,
    /// Changes that bring all of them.
    pub brings: Vec<Proposal>,
}

/// A rule that came close.
#[derive(Debug)]
pub struct NearRule {
    /// The rule.
    pub rule: RuleRef,
    /// Its transports.
    pub transports: Vec<Transport>,
    /// Its ports in this plan.
    pub ports: Ports,
}

/// So many changes one after the other may bring a rule; what needs more is not near.
const STEPS: usize = 4;
/// So many ways are proposed for each group.
const WAYS: usize = 3;

impl Near {
    /// Looks at every rule; for the `most` nearest groups, tries what would bring them.
    pub(super) fn new(
        scene: Scene<'_>,
        (from, to): (HostId, HostId),
        port: Option<Port>,
        most: usize,
    ) -> Self {
        let Some(pair) = pair_of(scene.catalogue, scene.plan, (from, to), port) else {
            return Self::default();
        };
        let mut near = Self::default();
        for rule in
            every_requirement_towards(scene.catalogue, scene.plan, to).filter(|rule| speaks_of(pair, rule))
        {
            let lacks = lacks(pair, &rule);
            if lacks.iter().any(|lack| lack.is_about(End::From))
                && lacks.iter().any(|lack| lack.is_about(End::To))
            {
                near.far += 1;
            } else if !lacks.is_empty() {
                near.add(rule, lacks);
            }
        }
        near.groups.sort_by_key(|group| group.lacks.iter().map(Lack::weight).sum::<usize>());
        near.fold_other_forms(scene.catalogue);
        near.tried = most.min(near.groups.len());
        for group in near.groups.iter_mut().take(most) {
            group.brings = brings(scene, (from, to), port, group);
        }
        near
    }

    fn add(&mut self, rule: Requirement, lacks: Vec<Lack>) {
        let entry = NearRule { rule: rule.rule, transports: rule.transports, ports: rule.ports };
        match self.groups.iter_mut().find(|group| group.lacks == lacks) {
            Some(group) => group.rules.push(entry),
            None => self.groups.push(Nearby { lacks, rules: vec![entry], brings: Vec::new() }),
        }
    }

    /// One row of a page may be several rules. Those are left out that lack all that another form of the row does, and more.
    fn fold_other_forms(&mut self, catalogue: &Catalogue) {
        let row = |rule: RuleRef| match rule {
            RuleRef::Catalogue(id) => {
                let source = &catalogue.rules()[id].source;
                Some((source.page, source.row))
            }
            RuleRef::Own(_) => None,
        };
        let mut nearer: Vec<Nearby> = Vec::new();
        for mut group in std::mem::take(&mut self.groups) {
            let all = group.rules.len();
            group.rules.retain(|near| {
                row(near.rule).is_none_or(|wanted| {
                    !nearer.iter().any(|other| {
                        other.rules.iter().any(|other| row(other.rule) == Some(wanted))
                            && covers(&group.lacks, &other.lacks)
                    })
                })
            });
            self.other_forms += all - group.rules.len();
            if !group.rules.is_empty() {
                nearer.push(group);
            }
        }
        self.groups = nearer;
    }

    /// How many rules are in groups for which nothing was tried.
    pub fn untried_rules(&self) -> usize {
        self.groups.iter().skip(self.tried).map(|group| group.rules.len()).sum()
    }
}

/// Whether every lack of `less` is one of `more`, too: a condition with all its facts and others.
fn covers(more: &[Lack], less: &[Lack]) -> bool {
    less.iter().all(|lack| {
        more.contains(lack)
            || more.iter().any(|other| match (lack, other) {
                (Lack::Condition { facts: less, .. }, Lack::Condition { facts: more, .. }) => {
                    less.iter().all(|fact| more.contains(fact))
                }
                _ => false,
            })
    })
}

fn pair_of<'a>(
    catalogue: &'a Catalogue,
    plan: &'a Plan,
    (from, to): (HostId, HostId),
    port: Option<Port>,
) -> Option<Pair<'a>> {
    Some(Pair::new(catalogue, plan, (plan.host(from)?, plan.host(to)?), port))
}

/// Whether the rule is about the port that is asked for, as printed or in this plan.
fn speaks_of(pair: Pair<'_>, rule: &Requirement) -> bool {
    let Some(port) = pair.port else { return true };
    let printed = match rule.rule {
        RuleRef::Catalogue(id) => pair.catalogue.rules()[id].ports.contains(port),
        RuleRef::Own(_) => false,
    };
    printed || rule.ports.contains(port)
}

/// What brings all rules of the group, as far as the plan with the change says so.
fn brings(scene: Scene<'_>, ends: (HostId, HostId), port: Option<Port>, group: &Nearby) -> Vec<Proposal> {
    let Some(first) = group.rules.first() else { return Vec::new() };
    let mut search = Search { scene, ends, port, rule: first.rule, found: Vec::new() };
    search.go(scene.plan, &mut Vec::new());
    let tried = search.found.into_iter().filter_map(|change| Trial::new(scene, ends, change));
    let mut proposals: Vec<Proposal> = tried
        .filter(|trial| group.rules.iter().all(|near| trial.brings(scene.plan, near.rule)))
        .map(|trial| trial.proposal)
        .collect();
    trial::sort(&mut proposals);
    proposals
}

/// Mends one lack after the other until the rule holds.
struct Search<'a> {
    scene: Scene<'a>,
    ends: (HostId, HostId),
    port: Option<Port>,
    rule: RuleRef,
    found: Vec<Change>,
}

impl Search<'_> {
    fn go(&mut self, plan: &Plan, steps: &mut Vec<Change>) {
        let catalogue = self.scene.catalogue;
        let Some(pair) = pair_of(catalogue, plan, self.ends, self.port) else { return };
        let Some(rule) =
            every_requirement_towards(catalogue, plan, self.ends.1).find(|rule| rule.rule == self.rule)
        else {
            return;
        };
        let lacks = lacks(pair, &rule);
        let Some(lack) = lacks.first() else {
            self.found.push(joined(steps));
            return;
        };
        if steps.len() == STEPS {
            return;
        }
        for change in mending(pair, &rule, lack) {
            let mut changed = plan.clone();
            let known = |steps: &[Change]| {
                let edit = joined(steps).action.edit;
                self.found.iter().any(|found| found.action.edit == edit)
            };
            let mut all = steps.clone();
            all.push(change.clone());
            if known(&all) {
                continue;
            }
            if self.found.len() < WAYS && changed.apply(change.action.edit.clone()).is_ok() {
                steps.push(change);
                self.go(&changed, steps);
                steps.pop();
            }
        }
    }
}

/// Several changes as one.
fn joined(steps: &[Change]) -> Change {
    if let [only] = steps {
        return only.clone();
    }
    let join = |texts: Vec<&str>| texts.join(", and ");
    Change {
        text: join(steps.iter().map(|step| step.text.as_str()).collect()),
        action: Action {
            label: join(steps.iter().map(|step| step.action.label.as_str()).collect()),
            edit: Edit::Many(steps.iter().map(|step| step.action.edit.clone()).collect()),
            also: steps.iter().flat_map(|step| step.action.also.iter().cloned()).collect(),
        },
        making: Making::Ready,
    }
}
