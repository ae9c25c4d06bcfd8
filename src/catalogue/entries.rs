//! What the catalogue holds: roles, options, customisable ports, pages and rules.

use serde::Deserialize;

use super::condition::Condition;
use super::ids::{CustomPortId, OptionId, PageId, RoleId, RoleSet};
use super::os::Os;
use super::port::{PortSet, Ports};
use super::transport::Transport;

/// The family that a role belongs to; lists show roles by group.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RoleGroup {
    /// What the vendor's product itself consists of.
    BackupInfrastructure,
    /// The virtualisation platform.
    Platform,
    /// What is protected.
    Workloads,
    /// Services of the site or of the vendor.
    OutsideServices,
}

impl RoleGroup {
    /// The heading in lists.
    pub fn label(self) -> &'static str {
        match self {
            Self::BackupInfrastructure => "Backup infrastructure",
            Self::Platform => "Platform",
            Self::Workloads => "Workloads",
            Self::OutsideServices => "Outside services",
        }
    }
}

/// What a host does in the install.
#[derive(Debug, Clone)]
pub struct Role {
    /// The stable id, as project files write it: `log-shipping-server`.
    pub id: String,
    /// The family it is listed under.
    pub group: RoleGroup,
    /// The name people read.
    pub label: String,
    /// One line that says what the role does.
    pub about: String,
    /// Other names, as the vendor's pages print them and as people say them; search finds them.
    pub aliases: Vec<String>,
    /// The systems that it can run on.
    pub systems: Vec<Os>,
    /// Roles that a host with this role carries as well.
    pub implies: RoleSet,
    /// For a workload: the option that switches its rules on.
    pub option: Option<OptionId>,
    /// Roles that cannot do their work where no host has this one; without them in the plan it may well be left out.
    pub needed_by: RoleSet,
}

/// The heading that an option stands under.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OptionGroup {
    /// Applications that are protected.
    Workloads,
    /// What the install is used for.
    Features,
    /// How the product works inside guests.
    GuestComponents,
    /// Facts about the site.
    Site,
}

impl OptionGroup {
    /// The heading in lists.
    pub fn label(self) -> &'static str {
        match self {
            Self::Workloads => "Workloads",
            Self::Features => "Features",
            Self::GuestComponents => "Guest components",
            Self::Site => "Site",
        }
    }
}

/// Where an option may differ from the plan's setting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OptionScope {
    /// One setting for the whole plan.
    Plan,
    /// A host may have its own setting.
    Host,
}

/// A yes/no fact about the install that rules depend on.
#[derive(Debug, Clone)]
pub struct PlanOption {
    /// The stable id, as project files write it: `persistent-agent`.
    pub id: String,
    /// The name people read.
    pub label: String,
    /// The heading it stands under.
    pub group: OptionGroup,
    /// One line of help.
    pub help: String,
    /// Whether a new plan has it on.
    pub default: bool,
    /// Where it may be set.
    pub scope: OptionScope,
}

/// A port that the vendor lets the operator change.
#[derive(Debug, Clone)]
pub struct CustomPort {
    /// The stable id, as project files write it: `mongodb`.
    pub id: String,
    /// The name people read.
    pub label: String,
    /// One line that says where it is changed.
    pub help: String,
}

/// A day of the calendar, as the vendor prints it on a page.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Date(pub(super) String);

impl Date {
    /// `2025-12-04`.
    pub fn iso(&self) -> &str {
        &self.0
    }
}

/// One vendor page.
#[derive(Debug, Clone)]
pub struct Page {
    /// The stable id: `ahv`.
    pub id: String,
    /// The name people read: "AHV ports".
    pub title: String,
    /// The vendor's short name of the product, as in its documentation addresses.
    pub product: String,
    /// The product build that the page names.
    pub build: String,
    /// When the vendor last changed the page.
    pub updated: Date,
    /// Where the page is.
    pub url: String,
    /// How many table rows the page has.
    pub rows: u16,
    /// Who brought it.
    pub origin: PageOrigin,
}

/// Who brought a page into the catalogue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PageOrigin {
    /// It is built into the program.
    BuiltIn,
    /// The operator, as a file.
    Own,
}

/// One end of a rule: a role, on any system or on one only.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Endpoint {
    /// The role that the host must carry.
    pub role: RoleId,
    /// The system that it must run, if the page says so.
    pub os: Option<Os>,
}

/// Ports of a rule that give way where the plan sets its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Replaceable {
    /// The customisable port.
    pub key: CustomPortId,
    /// The printed ports that the plan's ports take the place of.
    pub printed: PortSet,
}

/// Where on its page a rule stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// The page.
    pub page: PageId,
    /// The table row, from 1 in page order.
    pub row: u16,
    /// The headings above the table.
    pub section: String,
}

/// Which pairs of hosts a rule speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize, Default)]
#[serde(rename_all = "snake_case")]
pub enum Reach {
    /// Every host of the one role to every host of the other.
    #[default]
    Network,
    /// A host to itself; never a network flow.
    SameHost,
}

/// Who opens a port on the host where the connection arrives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize, Default)]
#[serde(rename_all = "snake_case")]
pub enum Opening {
    /// The operator.
    #[default]
    Manual,
    /// The product, on a host with the default Windows firewall; firewalls between hosts still need the rule.
    AutomaticOnHost,
}

/// One requirement of a page.
#[derive(Debug, Clone)]
pub struct Rule {
    /// The stable id: page, row, and a letter where a row became several rules.
    pub id: String,
    /// Where it is printed.
    pub source: Source,
    /// Who opens the connection; any of these.
    pub from: Vec<Endpoint>,
    /// Who it goes to; any of these.
    pub to: Vec<Endpoint>,
    /// The transports, without repeats.
    pub transports: Vec<Transport>,
    /// The ports as printed.
    pub ports: Ports,
    /// Printed ports that the plan may replace.
    pub replaceable: Vec<Replaceable>,
    /// When the rule applies.
    pub when: Condition,
    /// A few words that name what listens: "SSH", "Transport service".
    pub service: String,
    /// One sentence, in our words, that says what the connection is for.
    pub purpose: String,
    /// Why the printed row may be wrong, if it looks so.
    pub doubt: Option<String>,
    /// Which pairs of hosts it speaks of.
    pub reach: Reach,
    /// Who opens the port on the host.
    pub opening: Opening,
}
