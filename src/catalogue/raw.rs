//! The catalogue's files as they are written: words in place of ids.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::entries::{Opening, OptionGroup, OptionScope, Reach, RoleGroup};
use super::os::Os;
use super::transport::Transport;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawRole {
    pub id: String,
    pub group: RoleGroup,
    pub label: String,
    pub about: String,
    #[serde(default)]
    pub aliases: Vec<String>,
    pub systems: Vec<Os>,
    #[serde(default)]
    pub implies: Vec<String>,
    #[serde(default)]
    pub option: Option<String>,
    #[serde(default)]
    pub needed_by: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawOption {
    pub id: String,
    pub group: OptionGroup,
    pub label: String,
    pub help: String,
    pub default: bool,
    pub scope: OptionScope,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawCustomPort {
    pub id: String,
    pub label: String,
    pub help: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawPageFile {
    pub page: RawPage,
    pub sections: Vec<RawSection>,
}

/// A file of the operator: a page, and what its rules need beside our roles, options and ports.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawCatalogueFile {
    #[serde(default)]
    pub roles: Vec<RawRole>,
    #[serde(default)]
    pub options: Vec<RawOption>,
    #[serde(default)]
    pub custom_ports: Vec<RawCustomPort>,
    pub page: RawPage,
    pub sections: Vec<RawSection>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawPage {
    pub id: String,
    pub title: String,
    pub product: String,
    pub build: String,
    pub updated: String,
    pub url: String,
    pub rows: u16,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawSection {
    pub title: String,
    /// Holds for every rule of the section, beside the rule's own condition.
    #[serde(default)]
    pub when: RawCondition,
    pub rules: Vec<RawRule>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawRule {
    pub id: String,
    pub row: u16,
    pub from: Vec<RawEndpoint>,
    pub to: Vec<RawEndpoint>,
    pub transports: Vec<Transport>,
    pub ports: Vec<String>,
    /// Ports in place of `ports` where either end was added before an upgrade from version 9 or older.
    #[serde(default)]
    pub ports_after_upgrade: Vec<String>,
    /// Customisable port: the printed ports that it replaces.
    #[serde(default)]
    pub replaceable: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    pub when: RawCondition,
    pub service: String,
    pub purpose: String,
    #[serde(default)]
    pub doubt: Option<String>,
    #[serde(default)]
    pub reach: Reach,
    #[serde(default)]
    pub opening: Opening,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawEndpoint {
    pub role: String,
    #[serde(default)]
    pub os: Option<Os>,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum RawCondition {
    #[default]
    Always,
    Option(String),
    Placed(String),
    From(RawFact),
    To(RawFact),
    /// The option is in force at one end at least.
    Either(String),
    Not(Box<RawCondition>),
    All(Vec<RawCondition>),
    Any(Vec<RawCondition>),
}

#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum RawFact {
    Option(String),
    Role(String),
}
