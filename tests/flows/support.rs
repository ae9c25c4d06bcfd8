//! What all flow tests need: the catalogue, and plans written in few words.

use std::sync::OnceLock;

use portplan::catalogue::{Catalogue, OptionId, Os, PortSet, Ports, RoleId};
use portplan::flows::{FlowRef, Flows, Grouping, HostIx, Listing, SameHost};
use portplan::plan::host::HostSetting;
use portplan::plan::{Edit, Host, HostId, OwnRule, Plan};

/// The built-in catalogue.
pub fn catalogue() -> &'static Catalogue {
    static CATALOGUE: OnceLock<Catalogue> = OnceLock::new();
    CATALOGUE.get_or_init(|| Catalogue::embedded().unwrap_or_else(|error| panic!("{error}")))
}

pub fn role(id: &str) -> RoleId {
    catalogue().role(id).unwrap_or_else(|| panic!("there is no role {id:?}"))
}

pub fn option(id: &str) -> OptionId {
    catalogue().option(id).unwrap_or_else(|| panic!("there is no option {id:?}"))
}

pub fn ports(items: &[impl AsRef<str>]) -> Ports {
    items.iter().map(|item| item.as_ref().parse().unwrap_or_else(|error| panic!("{error}"))).collect()
}

pub fn port_set(items: &[impl AsRef<str>]) -> PortSet {
    ports(items).to_open()
}

/// A plan that grows host by host. Roles do not switch options on here: a case names its options itself.
pub struct Draft(pub Plan);

impl Draft {
    pub fn new() -> Self {
        Self(Plan::new("case".parse().unwrap(), catalogue()))
    }

    pub fn edit(&mut self, edit: Edit) {
        self.0.apply(edit).unwrap();
    }

    pub fn host(&mut self, name: &str, os: Os, roles: &[impl AsRef<str>]) -> HostId {
        self.host_with(name, os, roles, |_| {})
    }

    pub fn host_with(
        &mut self,
        name: &str,
        os: Os,
        roles: &[impl AsRef<str>],
        more: impl FnOnce(&mut Host),
    ) -> HostId {
        let id = self.0.fresh_id();
        let mut host = Host::new(id, name.parse().unwrap());
        host.os = os;
        host.roles = roles.iter().map(|id| role(id.as_ref())).collect();
        more(&mut host);
        let at = self.0.hosts().len();
        self.edit(Edit::Insert { at, host: Box::new(host) });
        id
    }

    pub fn switch(&mut self, id: &str, on: bool) {
        let options = self.0.options();
        self.edit(Edit::Options(if on { options.with(option(id)) } else { options.without(option(id)) }));
    }

    pub fn override_ports(&mut self, id: &str, items: &[impl AsRef<str>]) {
        let key = catalogue().custom_port(id).unwrap_or_else(|| panic!("there is no port {id:?}"));
        self.edit(Edit::Ports { key, ports: Some(port_set(items)) });
    }

    pub fn own_rule(&mut self, rule: OwnRule) {
        let mut rules = self.0.rules().to_vec();
        rules.push(rule);
        self.edit(Edit::Rules(rules));
    }
}

pub fn set(host: &mut Host, id: &str, on: bool) {
    let setting = if on { HostSetting::On } else { HostSetting::Off };
    host.options = host.options.with(option(id), setting);
}

pub fn name(plan: &Plan, host: HostIx, flows: &Flows) -> String {
    plan.host(flows.hosts()[host]).unwrap().name.to_string()
}

/// Every row of a listing without a search.
pub fn all(flows: &Flows, grouping: Grouping, same_host: SameHost) -> Vec<FlowRef> {
    rows(flows, &Listing::new(flows, grouping, same_host, None))
}

/// Every row of a listing.
pub fn rows(flows: &Flows, listing: &Listing) -> Vec<FlowRef> {
    listing.window(flows, 0, usize::MAX)
}
