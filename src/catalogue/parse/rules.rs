//! Rules: their rows, ends, ports and conditions.

use super::super::condition::{Condition, HostFact};
use super::super::entries::{Endpoint, Replaceable, Rule, Source};
use super::super::ids::{CustomPortId, PageId};
use super::super::port::{PortItem, PortKind, PortSet, Ports};
use super::super::problem::Problem;
use super::super::raw::{RawCondition, RawEndpoint, RawFact, RawPage, RawRule, RawSection};
use super::Reader;

/// The option that widens the transmission ports (ruling on upgrades from version 9 or older).
const UPGRADED: &str = "upgraded-from-v9";

impl Reader {
    pub(super) fn page_rules(&mut self, page: PageId, raw: &RawPage, sections: &[RawSection]) -> Vec<Rule> {
        let mut rules = Vec::new();
        for section in sections {
            self.sentence(&raw.id, "a section's title", &section.title);
            for rule in &section.rules {
                if rule.row == 0 || rule.row > raw.rows {
                    self.value(&rule.id, format!("row {} is not on the page", rule.row));
                }
                let source = Source { page, row: rule.row, section: section.title.clone() };
                self.rule(&section.when, rule, &source, &mut rules);
            }
        }
        for row in 1..=raw.rows {
            if !rules.iter().any(|rule| rule.source.row == row) {
                self.problems.push(Problem::RowMissing { page: raw.id.clone(), row });
            }
        }
        if !rules.is_sorted_by_key(|rule| rule.source.row) {
            self.value(&raw.id, "the rules are not in the order of the page's rows");
        }
        rules
    }

    /// A rule of the file becomes two where its ports differ after an upgrade.
    fn rule(&mut self, section: &RawCondition, raw: &RawRule, source: &Source, rules: &mut Vec<Rule>) {
        self.sentence(&raw.id, "purpose", &raw.purpose);
        self.sentence(&raw.id, "service", &raw.service);
        if let Some(doubt) = &raw.doubt {
            self.sentence(&raw.id, "doubt", doubt);
        }
        let upgraded = RawCondition::Either(UPGRADED.to_owned());
        let base = vec![section.clone(), raw.when.clone()];
        if raw.ports_after_upgrade.is_empty() {
            rules.push(self.variant(raw, &raw.id, &raw.ports, base, source));
            return;
        }
        let mut before = base.clone();
        before.push(RawCondition::Not(Box::new(upgraded.clone())));
        rules.push(self.variant(raw, &raw.id, &raw.ports, before, source));
        let mut after = base;
        after.push(upgraded);
        let id = format!("{}-v9", raw.id);
        rules.push(self.variant(raw, &id, &raw.ports_after_upgrade, after, source));
    }

    fn variant(
        &mut self,
        raw: &RawRule,
        id: &str,
        printed: &[String],
        when: Vec<RawCondition>,
        source: &Source,
    ) -> Rule {
        let ports = self.ports(id, printed);
        let mut transports = raw.transports.clone();
        transports.sort_unstable();
        transports.dedup();
        if transports.is_empty() || transports.len() != raw.transports.len() {
            self.value(id, "the transports are missing or repeated");
        }
        Rule {
            id: id.to_owned(),
            source: source.clone(),
            from: self.endpoints(id, &raw.from),
            to: self.endpoints(id, &raw.to),
            transports,
            replaceable: self.replaceable(id, raw, printed, &ports),
            ports,
            when: simplify(self.condition(id, &RawCondition::All(when))),
            service: raw.service.clone(),
            purpose: raw.purpose.clone(),
            doubt: raw.doubt.clone(),
            reach: raw.reach,
            opening: raw.opening,
        }
    }

    fn ports(&mut self, entry: &str, texts: &[String]) -> Ports {
        let mut items: Vec<PortItem> = Vec::new();
        for text in texts {
            match text.parse() {
                Ok(item) => items.push(item),
                Err(error) => self.value(entry, format!("{error}")),
            }
        }
        if !items.iter().any(|item| item.kind != PortKind::Fallback) {
            self.value(entry, "it names no port");
        }
        items.into_iter().collect()
    }

    fn endpoints(&mut self, entry: &str, raw: &[RawEndpoint]) -> Vec<Endpoint> {
        if raw.is_empty() {
            self.value(entry, "one end names no role");
        }
        raw.iter()
            .filter_map(|end| Some(Endpoint { role: self.role_id(entry, &end.role)?, os: end.os }))
            .collect()
    }

    /// Where all ports of a row are replaceable, so are those that take their place after an upgrade.
    fn replaceable(
        &mut self,
        entry: &str,
        raw: &RawRule,
        texts: &[String],
        ports: &Ports,
    ) -> Vec<Replaceable> {
        let mut all = Vec::new();
        for (id, printed) in &raw.replaceable {
            let printed = if *printed == raw.ports { texts } else { printed };
            let ids = std::mem::take(&mut self.custom_port_ids);
            let key: Option<CustomPortId> = self.named(entry, "customisable port", &ids, id);
            self.custom_port_ids = ids;
            let printed: PortSet = self.ports(entry, printed).to_open();
            for range in printed.ranges() {
                if !ports.to_open().covers(*range) {
                    self.value(entry, format!("{range} is replaceable but not printed"));
                }
            }
            all.extend(key.map(|key| Replaceable { key, printed }));
        }
        all
    }

    fn condition(&mut self, entry: &str, raw: &RawCondition) -> Condition {
        let mut all = |parts: &[RawCondition]| parts.iter().map(|part| self.condition(entry, part)).collect();
        match raw {
            RawCondition::Always => Condition::Always,
            RawCondition::All(parts) => Condition::All(all(parts)),
            RawCondition::Any(parts) => Condition::Any(all(parts)),
            RawCondition::Not(inner) => Condition::Not(Box::new(self.condition(entry, inner))),
            RawCondition::Option(id) => {
                self.option_id(entry, id).map_or(Condition::Always, Condition::Option)
            }
            RawCondition::Placed(id) => self.role_id(entry, id).map_or(Condition::Always, Condition::Placed),
            RawCondition::From(fact) => self.fact(entry, fact).map_or(Condition::Always, Condition::From),
            RawCondition::To(fact) => self.fact(entry, fact).map_or(Condition::Always, Condition::To),
            RawCondition::Either(id) => match self.option_id(entry, id).map(HostFact::Option) {
                Some(fact) => Condition::Any(vec![Condition::From(fact), Condition::To(fact)]),
                None => Condition::Always,
            },
        }
    }

    fn fact(&mut self, entry: &str, raw: &RawFact) -> Option<HostFact> {
        match raw {
            RawFact::Option(id) => self.option_id(entry, id).map(HostFact::Option),
            RawFact::Role(id) => self.role_id(entry, id).map(HostFact::Role),
        }
    }
}

/// Takes out parts that always hold, and brackets around a single part.
fn simplify(condition: Condition) -> Condition {
    let Condition::All(parts) = condition else { return condition };
    let mut kept = Vec::new();
    for part in parts.into_iter().map(simplify) {
        match part {
            Condition::Always => {}
            Condition::All(inner) => kept.extend(inner),
            part => kept.push(part),
        }
    }
    match kept.pop() {
        None => Condition::Always,
        Some(only) if kept.is_empty() => only,
        Some(last) => {
            kept.push(last);
            Condition::All(kept)
        }
    }
}
