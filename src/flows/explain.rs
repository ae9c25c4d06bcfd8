//! Why a flow is there: every rule that asks for it, with its source and the facts that made it true.

use crate::catalogue::{Catalogue, Condition, HostFact, Key, OptionId, Page, PortSet, Rule};
use crate::plan::host::HostSetting;
use crate::plan::{Host, OwnRule, Plan};

use super::listing::FlowRef;
use super::requirement::{RuleRef, Whose, override_of};
use super::resolve::Flows;

/// One rule that asks for a flow.
#[derive(Debug, Clone)]
pub struct Reason<'a> {
    /// Where the rule comes from.
    pub origin: Origin<'a>,
    /// What the connection is for.
    pub purpose: &'a str,
    /// Facts about the plan and the hosts that made the rule's condition true, one sentence each.
    pub because: Vec<String>,
}

/// Where a rule comes from.
#[derive(Debug, Clone, Copy)]
pub enum Origin<'a> {
    /// A row of a vendor page.
    Printed {
        /// The rule.
        rule: &'a Rule,
        /// Its page.
        page: &'a Page,
    },
    /// The plan's own rule, by its number from 1.
    Own {
        /// The rule.
        rule: &'a OwnRule,
        /// Its number.
        number: usize,
    },
}

impl Origin<'_> {
    /// `ahv row 31`, or `own rule 2`: short, for lists and files.
    pub fn short(&self) -> String {
        match self {
            Self::Printed { rule, page } => format!("{} row {}", page.id, rule.source.row),
            Self::Own { number, .. } => format!("own rule {number}"),
        }
    }

    /// Page, section and row: for people.
    pub fn long(&self) -> String {
        match self {
            Self::Printed { rule, page } => {
                format!("{} › {}, row {}", page.title, rule.source.section, rule.source.row)
            }
            Self::Own { number, .. } => format!("own rule {number} of this plan"),
        }
    }

    /// The rule's id: `ahv-31a`, or `own-2`.
    pub fn id(&self) -> String {
        match self {
            Self::Printed { rule, .. } => rule.id.clone(),
            Self::Own { number, .. } => format!("own-{number}"),
        }
    }

    /// Why the printed row may be wrong.
    pub fn doubt(&self) -> Option<&str> {
        match self {
            Self::Printed { rule, .. } => rule.doubt.as_deref(),
            Self::Own { .. } => None,
        }
    }

    /// A few words that name what listens.
    pub fn service(&self) -> &str {
        match self {
            Self::Printed { rule, .. } => &rule.service,
            Self::Own { .. } => "own rule",
        }
    }
}

/// Where a rule of a resolved plan comes from; `None` if it is not of this plan.
pub fn origin<'a>(catalogue: &'a Catalogue, plan: &'a Plan, rule: RuleRef) -> Option<Origin<'a>> {
    match rule {
        RuleRef::Catalogue(id) => {
            let rule = &catalogue.rules()[id];
            Some(Origin::Printed { rule, page: &catalogue.pages()[rule.source.page] })
        }
        RuleRef::Own(at) => Some(Origin::Own { rule: plan.rules().get(at)?, number: at + 1 }),
    }
}

/// What a rule's connection is for.
pub fn purpose<'a>(catalogue: &'a Catalogue, plan: &'a Plan, rule: RuleRef) -> &'a str {
    match origin(catalogue, plan, rule) {
        Some(Origin::Printed { rule, .. }) => &rule.purpose,
        Some(Origin::Own { rule, .. }) => rule.purpose.as_str(),
        None => "",
    }
}

/// All reasons of a flow, in the catalogue's order.
pub fn reasons<'a>(
    catalogue: &'a Catalogue,
    plan: &'a Plan,
    flows: &Flows,
    flow: FlowRef,
) -> Vec<Reason<'a>> {
    let host = |at: super::HostIx| plan.hosts().get(at.position());
    let (Some(from), Some(to)) = (host(flow.from), host(flow.to)) else { return Vec::new() };
    let teller = Teller { catalogue, plan, from, to };
    flows
        .shape(flow.shape)
        .reasons
        .iter()
        .filter_map(|rule| {
            let origin = origin(catalogue, plan, *rule)?;
            let mut because = Vec::new();
            if let Origin::Printed { rule, .. } = origin {
                teller.tell(&rule.when, true, &mut because);
                teller.tell_limits(&mut because);
                teller.tell_ports(rule, &mut because);
            }
            Some(Reason { origin, purpose: purpose(catalogue, plan, *rule), because })
        })
        .collect()
}

/// The facts about a plan and two of its hosts that make a condition come out as `wanted`, one sentence each.
pub fn facts(
    catalogue: &Catalogue,
    plan: &Plan,
    (from, to): (&Host, &Host),
    condition: &Condition,
    wanted: bool,
) -> Vec<String> {
    let mut facts = Vec::new();
    Teller { catalogue, plan, from, to }.tell(condition, wanted, &mut facts);
    facts
}

/// Puts into words why a condition holds for a pair of hosts.
struct Teller<'a> {
    catalogue: &'a Catalogue,
    plan: &'a Plan,
    from: &'a Host,
    to: &'a Host,
}

impl Teller<'_> {
    /// Adds the facts that make `condition` come out as `wanted`; facts that do not are left out.
    fn tell(&self, condition: &Condition, wanted: bool, facts: &mut Vec<String>) {
        match condition {
            Condition::Always => {}
            Condition::Not(inner) => self.tell(inner, !wanted, facts),
            Condition::All(parts) | Condition::Any(parts) => {
                for part in parts {
                    self.tell(part, wanted, facts);
                }
            }
            Condition::Option(option) => {
                let on = self.plan.options().contains(*option);
                let label = &self.catalogue.options()[*option].label;
                add_if(on == wanted, facts, || format!("option {label} is {}", on_off(on)));
            }
            Condition::Placed(role) => {
                let carries = |host: &&Host| self.catalogue.with_implied(host.roles).contains(*role);
                let mut carriers = self.plan.hosts().iter().filter(carries);
                let label = &self.catalogue.roles()[*role].label;
                let first = carriers.next();
                let text = || match (first, carriers.count()) {
                    (None, _) => format!("no host has the role {label}"),
                    (Some(host), 0) => format!("{} has the role {label}", host.name),
                    (Some(host), more) => format!("{} and {more} more have the role {label}", host.name),
                };
                add_if(first.is_some() == wanted, facts, text);
            }
            Condition::From(fact) => self.tell_fact(self.from, *fact, wanted, facts),
            Condition::To(fact) => self.tell_fact(self.to, *fact, wanted, facts),
        }
    }

    fn tell_fact(&self, host: &Host, fact: HostFact, wanted: bool, facts: &mut Vec<String>) {
        match fact {
            HostFact::Option(option) => {
                let on = self.plan.options_of(host).contains(option);
                add_if(on == wanted, facts, || self.option_text(host, option, on));
            }
            HostFact::Role(role) => {
                let has = self.catalogue.with_implied(host.roles).contains(role);
                let label = &self.catalogue.roles()[role].label;
                let text = || format!("{} is {}also {label}", host.name, if has { "" } else { "not " });
                add_if(has == wanted, facts, text);
            }
        }
    }

    /// Which limits on who works with whom let the two hosts through.
    fn tell_limits(&self, facts: &mut Vec<String>) {
        let (from, to) = (self.from, self.to);
        if from.id == to.id {
            return;
        }
        if self.plan.partners().iter().any(|pair| pair.of(from.id) == Some(to.id)) {
            facts.push(format!("{} and {} are partners", from.name, to.name));
        } else if let Some(site) = from.site.as_ref().filter(|site| to.site.as_ref() == Some(site)) {
            facts.push(format!("both hosts are of site {site}"));
        }
    }

    /// Whose ports stand in place of printed ones.
    fn tell_ports(&self, rule: &Rule, facts: &mut Vec<String>) {
        for part in &rule.replaceable {
            let Some((ports, whose)) = override_of(self.plan, self.to, part.key) else { continue };
            let (label, ports) = (&self.catalogue.custom_ports()[part.key].label, ports_text(ports));
            facts.push(match whose {
                Whose::Host => format!("{} has {ports} for itself as {label}", self.to.name),
                Whose::Plan => format!("the plan has {ports} as {label}"),
            });
        }
    }

    fn option_text(&self, host: &Host, option: OptionId, on: bool) -> String {
        let label = &self.catalogue.options()[option].label;
        match host.options.setting(option) {
            HostSetting::Inherit => format!("option {label} is {}", on_off(on)),
            _ => format!("{} has {label} {} for itself", host.name, on_off(on)),
        }
    }
}

fn add_if(holds: bool, facts: &mut Vec<String>, text: impl FnOnce() -> String) {
    if holds {
        let text = text();
        if !facts.contains(&text) {
            facts.push(text);
        }
    }
}

fn ports_text(ports: &PortSet) -> String {
    let ranges: Vec<String> = ports.ranges().iter().map(ToString::to_string).collect();
    ranges.join(", ")
}

fn on_off(on: bool) -> &'static str {
    if on { "on" } else { "off" }
}
