//! Reads the catalogue's files and checks them: every fault is reported, not just the first.

use std::collections::HashSet;

use ron::Options;
use ron::extensions::Extensions;
use serde::de::DeserializeOwned;

use super::Catalogue;
use super::condition::{Condition, HostFact};
use super::entries::{CustomPort, Date, Endpoint, Page, PlanOption, Replaceable, Role, Rule, Source};
use super::ids::{CustomPortId, OptionId, PageId, RoleId};
use super::port::{PortItem, PortKind, PortSet, Ports};
use super::problem::{CatalogueError, Problem};
use super::raw::{
    RawCondition, RawCustomPort, RawEndpoint, RawFact, RawOption, RawPage, RawPageFile, RawRole, RawRule,
};
use super::table::{Key, Table};

/// The option that widens the transmission ports (ruling on upgrades from version 9 or older).
const UPGRADED: &str = "upgraded-from-v9";

/// A file of the catalogue: its name for messages, and its text.
#[derive(Debug, Clone, Copy)]
pub struct Asset<'a> {
    /// The name, as messages show it.
    pub name: &'a str,
    /// The RON text.
    pub text: &'a str,
}

/// The texts of one edition.
#[derive(Debug, Clone, Copy)]
pub struct Assets<'a> {
    /// The edition's id, such as `2025-12`.
    pub edition: &'a str,
    /// The list of roles.
    pub roles: Asset<'a>,
    /// The list of options.
    pub options: Asset<'a>,
    /// The list of customisable ports.
    pub custom_ports: Asset<'a>,
    /// One file per vendor page.
    pub pages: &'a [Asset<'a>],
}

/// Reads and checks one edition.
///
/// # Errors
/// All faults of all files.
pub fn parse(assets: &Assets<'_>) -> Result<Catalogue, CatalogueError> {
    let mut reader = Reader::default();
    let catalogue = reader.read(assets);
    match catalogue {
        Some(catalogue) if reader.problems.is_empty() => Ok(catalogue),
        _ => Err(CatalogueError(reader.problems)),
    }
}

#[derive(Default)]
struct Reader {
    problems: Vec<Problem>,
    role_ids: Vec<String>,
    option_ids: Vec<String>,
    custom_port_ids: Vec<String>,
}

impl Reader {
    fn read(&mut self, assets: &Assets<'_>) -> Option<Catalogue> {
        let raw_options: Vec<RawOption> = self.file(assets.options)?;
        let raw_roles: Vec<RawRole> = self.file(assets.roles)?;
        let raw_ports: Vec<RawCustomPort> = self.file(assets.custom_ports)?;
        self.option_ids = raw_options.iter().map(|raw| raw.id.clone()).collect();
        self.role_ids = raw_roles.iter().map(|raw| raw.id.clone()).collect();
        self.custom_port_ids = raw_ports.iter().map(|raw| raw.id.clone()).collect();
        self.unique("option", self.option_ids.clone());
        self.unique("role", self.role_ids.clone());
        self.unique("customisable port", self.custom_port_ids.clone());
        let roles = raw_roles.into_iter().map(|raw| self.role(raw)).collect();
        let mut pages = Vec::new();
        let mut rules = Vec::new();
        for (at, asset) in assets.pages.iter().enumerate() {
            let raw: RawPageFile = self.file(*asset)?;
            let id = self.key("page", PageId::from_position(at))?;
            rules.extend(self.page_rules(id, &raw));
            pages.push(self.page(raw.page));
        }
        self.unique("page", pages.iter().map(|page: &Page| page.id.clone()).collect());
        self.unique("rule", rules.iter().map(|rule: &Rule| rule.id.clone()).collect());
        Some(Catalogue {
            edition: assets.edition.to_owned(),
            roles: self.key("role", Table::new(roles))?,
            options: self.key("option", Table::new(raw_options.into_iter().map(option).collect()))?,
            custom_ports: self
                .key("customisable port", Table::new(raw_ports.into_iter().map(custom_port).collect()))?,
            pages: self.key("page", Table::new(pages))?,
            rules: self.key("rule", Table::new(rules))?,
        })
    }

    fn file<T: DeserializeOwned>(&mut self, asset: Asset<'_>) -> Option<T> {
        let options = Options::default()
            .with_default_extension(Extensions::IMPLICIT_SOME | Extensions::UNWRAP_NEWTYPES);
        match options.from_str(asset.text) {
            Ok(value) => Some(value),
            Err(error) => {
                self.problems.push(Problem::Syntax {
                    file: asset.name.to_owned(),
                    line: error.span.start.line,
                    column: error.span.start.col,
                    what: error.code.to_string(),
                });
                None
            }
        }
    }

    fn key<T>(&mut self, kind: &'static str, value: Option<T>) -> Option<T> {
        if value.is_none() {
            self.problems.push(Problem::TooMany { kind });
        }
        value
    }

    fn unique(&mut self, kind: &'static str, ids: Vec<String>) {
        let mut seen = HashSet::new();
        for id in ids {
            if id.is_empty() {
                self.value(kind, "an id is empty");
            } else if !seen.insert(id.clone()) {
                self.problems.push(Problem::Twice { kind, id });
            }
        }
    }

    fn value(&mut self, entry: &str, what: impl Into<String>) {
        self.problems.push(Problem::Value { entry: entry.to_owned(), what: what.into() });
    }

    fn sentence(&mut self, entry: &str, field: &str, text: &str) {
        if text.trim().is_empty() {
            self.value(entry, format!("{field} is empty"));
        } else if text.trim() != text || text.contains(char::is_control) {
            self.value(entry, format!("{field} has stray white space or control characters"));
        }
    }

    fn named<K: Key>(&mut self, entry: &str, kind: &'static str, ids: &[String], id: &str) -> Option<K> {
        let key = ids.iter().position(|known| known == id).and_then(K::from_position);
        if key.is_none() {
            self.problems.push(Problem::Unknown { entry: entry.to_owned(), kind, id: id.to_owned() });
        }
        key
    }

    fn role_id(&mut self, entry: &str, id: &str) -> Option<RoleId> {
        let ids = std::mem::take(&mut self.role_ids);
        let key = self.named(entry, "role", &ids, id);
        self.role_ids = ids;
        key
    }

    fn option_id(&mut self, entry: &str, id: &str) -> Option<OptionId> {
        let ids = std::mem::take(&mut self.option_ids);
        let key = self.named(entry, "option", &ids, id);
        self.option_ids = ids;
        key
    }

    fn role(&mut self, raw: RawRole) -> Role {
        self.sentence(&raw.id, "label", &raw.label);
        self.sentence(&raw.id, "about", &raw.about);
        if raw.systems.is_empty() {
            self.value(&raw.id, "it names no system");
        }
        let implies = raw.implies.iter().filter_map(|id| self.role_id(&raw.id, id)).collect();
        let option = raw.option.as_ref().and_then(|id| self.option_id(&raw.id, id));
        let needed_by = raw.needed_by.iter().filter_map(|id| self.role_id(&raw.id, id)).collect();
        Role {
            implies,
            option,
            needed_by,
            id: raw.id,
            group: raw.group,
            label: raw.label,
            about: raw.about,
            aliases: raw.aliases,
            systems: raw.systems,
        }
    }

    fn page(&mut self, raw: RawPage) -> Page {
        self.sentence(&raw.id, "title", &raw.title);
        self.sentence(&raw.id, "url", &raw.url);
        self.sentence(&raw.id, "build", &raw.build);
        let updated = self.date(&raw.id, raw.updated);
        Page {
            updated,
            id: raw.id,
            title: raw.title,
            product: raw.product,
            build: raw.build,
            url: raw.url,
            rows: raw.rows,
        }
    }

    fn date(&mut self, entry: &str, text: String) -> Date {
        let shape = text.bytes().enumerate().all(|(at, byte)| match at {
            4 | 7 => byte == b'-',
            _ => byte.is_ascii_digit(),
        });
        if text.len() != 10 || !shape {
            self.value(entry, format!("\"{text}\" is not a date like 2025-12-04"));
        }
        Date(text)
    }

    fn page_rules(&mut self, page: PageId, raw: &RawPageFile) -> Vec<Rule> {
        let mut rules = Vec::new();
        for section in &raw.sections {
            for rule in &section.rules {
                if rule.row == 0 || rule.row > raw.page.rows {
                    self.value(&rule.id, format!("row {} is not on the page", rule.row));
                }
                let source = Source { page, row: rule.row, section: section.title.clone() };
                self.rule(&section.when, rule, &source, &mut rules);
            }
        }
        for row in 1..=raw.page.rows {
            if !rules.iter().any(|rule| rule.source.row == row) {
                self.problems.push(Problem::RowMissing { page: raw.page.id.clone(), row });
            }
        }
        if !rules.is_sorted_by_key(|rule| rule.source.row) {
            self.value(&raw.page.id, "the rules are not in the order of the page's rows");
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

fn option(raw: RawOption) -> PlanOption {
    PlanOption {
        id: raw.id,
        label: raw.label,
        group: raw.group,
        help: raw.help,
        default: raw.default,
        scope: raw.scope,
    }
}

fn custom_port(raw: RawCustomPort) -> CustomPort {
    CustomPort { id: raw.id, label: raw.label, help: raw.help }
}
