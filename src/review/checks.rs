//! What a plan lacks, contradicts, or should be known for: one file for each family of checks.
//!
//! A new check is a line in `table.rs`, a way to find it in the file of its family, and a case in the tests.

mod addresses;
mod alternatives;
mod hosts;
mod options;
mod peers;
mod review;
mod rules;
mod scene;
mod table;
mod zones;

use crate::catalogue::{Catalogue, OptionId, RoleId};
use crate::flows::explain::{origin, purpose};
use crate::flows::{Flows, HostIx, RuleRef};
use crate::plan::{HostId, Id, Plan};

pub use addresses::AddressFinding;
pub use alternatives::AlternativeFinding;
pub use hosts::HostFinding;
pub use options::OptionFinding;
pub use peers::PeerFinding;
pub use review::{Entry, Review};
pub use rules::RuleFinding;
pub use table::{Check, Severity};
pub use zones::ZoneFinding;

use scene::{Scene, Terms};

/// One finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Finding {
    /// A role that nobody has.
    Peer(PeerFinding),
    /// An option and the roles that go with it.
    Option(OptionFinding),
    /// A host's roles and system.
    Host(HostFinding),
    /// Addresses.
    Address(AddressFinding),
    /// Zones and their networks.
    Zone(ZoneFinding),
    /// Two ways of doing the same, both placed.
    Alternative(AlternativeFinding),
    /// A rule in use that its reader must know more about.
    Rule(RuleFinding),
}

/// What mends a finding, or where to go to look at it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mend {
    /// Add a host with the role.
    AddHost(RoleId),
    /// Choose the host's roles.
    Roles(HostId),
    /// Change a field of the host.
    Field(HostId, HostField),
    /// Switch the option; nothing else has to change.
    Switch(OptionId),
    /// Look at the option.
    Option(OptionId),
    /// Look at a flow that the rule asks for.
    Flow(HostIx, HostIx, RuleRef),
    /// Look at the host.
    Host(HostId),
    /// There is nowhere to go.
    Nothing,
}

impl Mend {
    /// What the key does, in a few words.
    pub fn words(self) -> &'static str {
        match self {
            Self::AddHost(_) => "add such a host",
            Self::Roles(_) => "choose its roles",
            Self::Field(_, HostField::System) => "choose its system",
            Self::Field(_, HostField::Addresses) => "change its addresses",
            Self::Field(_, HostField::Zone) => "change its zone",
            Self::Switch(_) => "switch the option",
            Self::Option(_) => "go to the option",
            Self::Flow(..) => "go to a flow",
            Self::Host(_) => "go to the host",
            Self::Nothing => "",
        }
    }
}

/// A field of a host that a finding can be mended in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HostField {
    /// The system.
    System,
    /// The addresses.
    Addresses,
    /// The zone.
    Zone,
}

/// What every family says about its findings.
trait Found {
    /// Which check found it.
    fn check(&self) -> Check;
    /// The host that it is about, if it is about one; with check and [`Found::about`] it tells findings apart.
    fn subject(&self) -> Option<HostId> {
        None
    }
    /// Hosts to name beside the finding.
    fn hosts(&self) -> Vec<HostId> {
        self.subject().into_iter().collect()
    }
    /// What else tells it from other findings of the check: an id, an address.
    fn about(&self, _: &Catalogue) -> Option<String> {
        None
    }
    /// What was found: a sentence, which begins behind the name of the host that it is about.
    fn statement(&self, terms: Terms<'_>) -> String;
    /// What to do about it.
    fn remedy(&self, catalogue: &Catalogue) -> String;
    /// The rules behind it.
    fn rules(&self) -> &[RuleRef] {
        &[]
    }
    /// What mends it.
    fn mend(&self) -> Mend;
}

impl Finding {
    fn found(&self) -> &dyn Found {
        match self {
            Self::Peer(found) => found,
            Self::Option(found) => found,
            Self::Host(found) => found,
            Self::Address(found) => found,
            Self::Zone(found) => found,
            Self::Alternative(found) => found,
            Self::Rule(found) => found,
        }
    }

    /// Which check found it.
    pub fn check(&self) -> Check {
        self.found().check()
    }

    /// A word for lists and files.
    pub fn id(&self) -> &'static str {
        self.check().id()
    }

    /// How bad it is.
    pub fn severity(&self) -> Severity {
        self.check().severity()
    }

    /// The host that the finding is about, if it is about a single one.
    pub fn host(&self) -> Option<HostId> {
        self.found().subject()
    }

    /// The hosts that it names.
    pub fn hosts(&self) -> Vec<HostId> {
        self.found().hosts()
    }

    /// What else tells it from other findings of its check.
    pub fn about(&self, catalogue: &Catalogue) -> Option<Id> {
        self.found().about(catalogue)?.parse().ok()
    }

    /// What was found, in one line.
    pub fn text(&self, catalogue: &Catalogue, plan: &Plan) -> String {
        let statement = self.statement(catalogue, plan);
        match self.host().and_then(|host| plan.host(host)) {
            Some(host) => format!("{} {statement}", host.name),
            None => statement,
        }
    }

    /// What was found, for places where the name of [`Finding::host`] stands before it.
    pub fn statement(&self, catalogue: &Catalogue, plan: &Plan) -> String {
        self.found().statement(Terms { catalogue, plan })
    }

    /// What to do about it.
    pub fn remedy(&self, catalogue: &Catalogue) -> String {
        self.found().remedy(catalogue)
    }

    /// The rules behind it, in the catalogue's order.
    pub fn rules(&self) -> &[RuleRef] {
        self.found().rules()
    }

    /// The rules behind the finding, with page, row and purpose.
    pub fn details(&self, catalogue: &Catalogue, plan: &Plan) -> Vec<String> {
        let line = |rule: &RuleRef| {
            let origin = origin(catalogue, plan, *rule)?;
            Some(format!("{}: {}", origin.long(), purpose(catalogue, plan, *rule)))
        };
        let mut lines: Vec<String> = self.rules().iter().filter_map(line).collect();
        // A row can be several rules for one purpose.
        lines.dedup();
        lines
    }

    /// What mends it, or where to go.
    pub fn mend(&self) -> Mend {
        self.found().mend()
    }
}

/// Every finding, whether it was acknowledged or not: errors first, then by check, then in the order of the hosts.
pub fn findings(catalogue: &Catalogue, plan: &Plan, flows: &Flows) -> Vec<Finding> {
    if plan.hosts().is_empty() {
        return Vec::new();
    }
    let scene = Scene::new(catalogue, plan, flows);
    let mut found = Vec::new();
    peers::find(&scene, &mut found);
    options::find(&scene, &mut found);
    hosts::find(&scene, &mut found);
    addresses::find(&scene, &mut found);
    zones::find(&scene, &mut found);
    alternatives::find(&scene, &mut found);
    rules::find(&scene, &mut found);
    found.sort_by_key(|finding| (finding.severity(), finding.check()));
    found
}
