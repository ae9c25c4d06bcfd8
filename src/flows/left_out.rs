//! What sites and partners leave out between two hosts: nothing goes missing unasked.

use crate::catalogue::{Catalogue, Reach};
use crate::plan::{Host, HostId, Plan};

use super::limits::{Limit, Limiting, Limits};
use super::looks::Looks;
use super::requirement::{Requirement, RuleRef, requirements};
use super::resolve::{PairFacts, PlanFacts};

/// A rule that would hold from one host to another, but for a limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LeftOut {
    /// The rule.
    pub rule: RuleRef,
    /// What keeps it from holding.
    pub because: Limit,
}

/// The rules that would hold from one host to another but for sites and partners, in the catalogue's order.
pub fn left_out(catalogue: &Catalogue, plan: &Plan, from: HostId, to: HostId) -> Vec<LeftOut> {
    let looks = Looks::new(plan, catalogue, Limiting::Obeyed);
    let look = |host: HostId| looks.at(plan.position(host)?);
    let (Some(source), Some(target), true) = (look(from), look(to), from != to) else { return Vec::new() };
    let facts = PlanFacts { options: plan.options(), placed: looks.placed() };
    let requirements = requirements(catalogue, plan, &facts, &looks);
    let Some(limits) = Limits::new(&requirements, plan, &looks) else { return Vec::new() };
    let Some((gone, because)) = limits.gone((from, source.who), (to, target.who)) else { return Vec::new() };
    let facts = PairFacts { plan: &facts, from: Some(source), to: Some(target) };
    let holds = |rule: &Requirement| {
        rule.reach == Reach::Network
            && rule.from.fits(source)
            && rule.to.fits(target)
            && rule.when.holds(&facts) == Some(true)
    };
    let would_hold = gone.iter().filter_map(|at| requirements.get(at)).filter(|rule| holds(rule));
    would_hold.map(|rule| LeftOut { rule: rule.rule, because }).collect()
}

/// How many partners are named before the rest is only counted.
const NAMED: usize = 3;

impl Limit {
    /// What is so about the two hosts, as a sentence without its full stop.
    pub fn text(self, plan: &Plan, from: &Host, to: &Host) -> String {
        match self {
            Self::Site => {
                let site = |host: &Host| host.site.as_ref().map_or("none", |site| site.as_str()).to_owned();
                format!("{} is of site {} and {} of site {}", from.name, site(from), to.name, site(to))
            }
            Self::Partners => {
                let parts = [from, to].into_iter().filter_map(|host| partners(plan, host));
                parts.collect::<Vec<_>>().join(" and ")
            }
        }
    }
}

/// `mount01 works with repo01`.
fn partners(plan: &Plan, host: &Host) -> Option<String> {
    let names: Vec<&str> = plan.partners_of(host.id).map(|partner| partner.name.as_str()).collect();
    let more = names.len().saturating_sub(NAMED);
    let named = names.get(..NAMED).unwrap_or(&names).join(", ");
    match more {
        _ if names.is_empty() => None,
        0 => Some(format!("{} works with {named}", host.name)),
        _ => Some(format!("{} works with {named} and {more} more", host.name)),
    }
}
