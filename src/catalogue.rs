//! What the vendor's pages require: roles, options, rules. Data in `assets/catalogue/`, one edition per folder.

pub mod condition;
pub mod entries;
pub mod hidden;
pub mod ids;
mod nearest;
pub mod os;
pub mod parse;
pub mod port;
pub mod problem;
mod raw;
pub mod table;
pub mod transport;
mod wording;

pub use condition::{Condition, Facts, HostFact};
pub use entries::{
    CustomPort, Endpoint, Opening, OptionGroup, OptionScope, Page, PageOrigin, PlanOption, Reach,
    Replaceable, Role, RoleGroup, Rule, Source,
};
pub use ids::{CustomPortId, OptionId, OptionSet, PageId, RoleId, RoleSet, RuleId};
pub use nearest::nearest;
pub use os::Os;
pub use parse::{Asset, Assets};
pub use port::{Port, PortItem, PortKind, PortRange, PortSet, Ports};
pub use problem::{CatalogueError, Problem};
pub use table::{Key, Table};
pub use transport::Transport;

/// One dated state of the vendor's requirements.
#[derive(Debug, Clone)]
pub struct Catalogue {
    edition: String,
    roles: Table<RoleId, Role>,
    options: Table<OptionId, PlanOption>,
    custom_ports: Table<CustomPortId, CustomPort>,
    pages: Table<PageId, Page>,
    rules: Table<RuleId, Rule>,
}

macro_rules! embedded {
    ($path:literal) => {
        Asset { name: $path, text: include_str!(concat!("../assets/catalogue/", $path)) }
    };
}

impl Catalogue {
    /// The newest edition that is built into the program.
    ///
    /// # Errors
    /// Only where the built-in files have a fault, which the tests rule out.
    pub fn embedded() -> Result<Self, CatalogueError> {
        Self::with(&[])
    }

    /// The newest edition that is built in, and the operator's own pages beside it.
    ///
    /// # Errors
    /// Every fault of every file.
    pub fn with(own: &[Asset<'_>]) -> Result<Self, CatalogueError> {
        parse::parse(&Assets {
            edition: "2025-12",
            roles: embedded!("roles.ron"),
            options: embedded!("options.ron"),
            custom_ports: embedded!("custom-ports.ron"),
            pages: &[
                embedded!("2025-12/ahv.ron"),
                embedded!("2025-12/mongodb.ron"),
                embedded!("2025-12/sharepoint.ron"),
            ],
            own,
        })
    }

    /// The edition's id, such as `2025-12`.
    pub fn edition(&self) -> &str {
        &self.edition
    }

    /// The edition and the pages that the operator brought: `2025-12 with site`.
    pub fn edition_words(&self) -> String {
        let own: Vec<&str> = self.own_pages().collect();
        if own.is_empty() {
            self.edition.clone()
        } else {
            format!("{} with {}", self.edition, own.join(", "))
        }
    }

    /// All roles, by group.
    pub fn roles(&self) -> &Table<RoleId, Role> {
        &self.roles
    }

    /// All options, by group.
    pub fn options(&self) -> &Table<OptionId, PlanOption> {
        &self.options
    }

    /// All ports that the operator may change.
    pub fn custom_ports(&self) -> &Table<CustomPortId, CustomPort> {
        &self.custom_ports
    }

    /// The vendor's pages.
    pub fn pages(&self) -> &Table<PageId, Page> {
        &self.pages
    }

    /// The ids of the pages that the operator brought.
    pub fn own_pages(&self) -> impl Iterator<Item = &str> {
        let own = self.pages.entries().iter().filter(|page| page.origin == PageOrigin::Own);
        own.map(|page| page.id.as_str())
    }

    /// All rules, in the order of pages and rows.
    pub fn rules(&self) -> &Table<RuleId, Rule> {
        &self.rules
    }

    /// The role with this id.
    pub fn role(&self, id: &str) -> Option<RoleId> {
        self.roles.find(|role| role.id == id)
    }

    /// The option with this id.
    pub fn option(&self, id: &str) -> Option<OptionId> {
        self.options.find(|option| option.id == id)
    }

    /// The customisable port with this id.
    pub fn custom_port(&self, id: &str) -> Option<CustomPortId> {
        self.custom_ports.find(|port| port.id == id)
    }

    /// The options that a new plan has on.
    pub fn default_options(&self) -> OptionSet {
        self.options.iter().filter(|(_, option)| option.default).map(|(id, _)| id).collect()
    }

    /// The roles that a host with `roles` carries, implied ones included.
    pub fn with_implied(&self, roles: RoleSet) -> RoleSet {
        let mut all = roles;
        loop {
            let wider = all.iter().fold(all, |wider, role| wider.union(self.roles[role].implies));
            if wider == all {
                return all;
            }
            all = wider;
        }
    }
}
