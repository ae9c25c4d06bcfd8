//! Reads the catalogue's files and checks them: every fault is reported, not just the first.

mod rules;

use std::collections::HashSet;

use ron::Options;
use ron::extensions::Extensions;
use serde::de::DeserializeOwned;

use super::Catalogue;
use super::entries::{CustomPort, Date, Page, PageOrigin, PlanOption, Role, Rule};
use super::hidden::is_hidden;
use super::ids::{OptionId, PageId, RoleId};
use super::problem::{CatalogueError, Problem};
use super::raw::{RawCatalogueFile, RawCustomPort, RawOption, RawPage, RawPageFile, RawRole};
use super::table::{Key, Table};

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
    /// The operator's own files: a page each, with roles, options and customisable ports of their own if they need any.
    pub own: &'a [Asset<'a>],
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
        let mut raw_options: Vec<RawOption> = self.file(assets.options)?;
        let mut raw_roles: Vec<RawRole> = self.file(assets.roles)?;
        let mut raw_ports: Vec<RawCustomPort> = self.file(assets.custom_ports)?;
        let mut files = Vec::new();
        for asset in assets.pages {
            files.push(self.file::<RawPageFile>(*asset)?);
        }
        for asset in assets.own {
            let own: RawCatalogueFile = self.file(*asset)?;
            raw_options.extend(own.options);
            raw_roles.extend(own.roles);
            raw_ports.extend(own.custom_ports);
            files.push(RawPageFile { page: own.page, sections: own.sections });
        }
        // Lists show them under headings, one after the other.
        raw_options.sort_by_key(|raw| raw.group);
        raw_roles.sort_by_key(|raw| raw.group);
        self.option_ids = raw_options.iter().map(|raw| raw.id.clone()).collect();
        self.role_ids = raw_roles.iter().map(|raw| raw.id.clone()).collect();
        self.custom_port_ids = raw_ports.iter().map(|raw| raw.id.clone()).collect();
        self.unique("option", self.option_ids.clone());
        self.unique("role", self.role_ids.clone());
        self.unique("customisable port", self.custom_port_ids.clone());
        let roles = raw_roles.into_iter().map(|raw| self.role(raw)).collect();
        let mut pages = Vec::new();
        let mut rules = Vec::new();
        for (at, raw) in files.into_iter().enumerate() {
            let id = self.key("page", PageId::from_position(at))?;
            let origin = if at < assets.pages.len() { PageOrigin::BuiltIn } else { PageOrigin::Own };
            rules.extend(self.page_rules(id, &raw.page, &raw.sections));
            pages.push(self.page(raw.page, origin));
        }
        self.unique("page", pages.iter().map(|page: &Page| page.id.clone()).collect());
        self.unique("rule", rules.iter().map(|rule: &Rule| rule.id.clone()).collect());
        let raw_options: Vec<PlanOption> = raw_options.into_iter().map(|raw| self.option(raw)).collect();
        let raw_ports: Vec<CustomPort> = raw_ports.into_iter().map(|raw| self.custom_port(raw)).collect();
        Some(Catalogue {
            edition: assets.edition.to_owned(),
            roles: self.key("role", Table::new(roles))?,
            options: self.key("option", Table::new(raw_options))?,
            custom_ports: self.key("customisable port", Table::new(raw_ports))?,
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
            if !is_id(&id) {
                let what = format!("\"{id}\" is no id; write a to z, 0 to 9 and hyphens, a letter first");
                self.value(kind, what);
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
        } else if text.trim() != text || text.contains(is_hidden) {
            self.value(
                entry,
                format!("{field} has stray white space, or characters that hide or reorder text"),
            );
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
        for alias in &raw.aliases {
            self.sentence(&raw.id, "an alias", alias);
        }
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

    fn page(&mut self, raw: RawPage, origin: PageOrigin) -> Page {
        self.sentence(&raw.id, "title", &raw.title);
        self.sentence(&raw.id, "product", &raw.product);
        self.sentence(&raw.id, "url", &raw.url);
        if !raw.url.starts_with("https://") && !raw.url.starts_with("http://") {
            self.value(&raw.id, "url does not begin with https:// or http://");
        }
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
            origin,
        }
    }

    fn option(&mut self, raw: RawOption) -> PlanOption {
        self.sentence(&raw.id, "label", &raw.label);
        self.sentence(&raw.id, "help", &raw.help);
        PlanOption {
            id: raw.id,
            label: raw.label,
            group: raw.group,
            help: raw.help,
            default: raw.default,
            scope: raw.scope,
        }
    }

    fn custom_port(&mut self, raw: RawCustomPort) -> CustomPort {
        self.sentence(&raw.id, "label", &raw.label);
        self.sentence(&raw.id, "help", &raw.help);
        CustomPort { id: raw.id, label: raw.label, help: raw.help }
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
}

/// Ids become parts of names in rules, so they are of the plainest kind.
fn is_id(text: &str) -> bool {
    let is_word = |letter: u8| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == b'-';
    text.len() <= 40
        && text.starts_with(|first: char| first.is_ascii_lowercase())
        && text.bytes().all(is_word)
}
