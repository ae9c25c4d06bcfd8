//! One host of a plan, or one entry that stands for many alike.

use std::collections::BTreeMap;

use crate::catalogue::{CustomPortId, OptionId, OptionSet, Os, PortSet, RoleId, RoleSet};

use super::address::Address;
use super::text::{HostName, Note, SiteName, ZoneName};

/// Names a host for as long as the plan is open; it survives renaming.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct HostId(u32);

impl HostId {
    pub(super) fn new(number: u32) -> Self {
        Self(number)
    }

    /// The number of the next id.
    pub(super) fn after(self) -> u32 {
        self.0.saturating_add(1)
    }

    /// The id as a number: small, because a plan numbers its hosts one after the other.
    pub(crate) fn number(self) -> usize {
        usize::try_from(self.0).unwrap_or(usize::MAX)
    }
}

/// How a host stands to an option that may differ per host.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum HostSetting {
    /// As the plan has it.
    Inherit,
    /// On for this host.
    On,
    /// Off for this host.
    Off,
}

/// Options that a host sets for itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct HostOptions {
    on: OptionSet,
    off: OptionSet,
}

impl HostOptions {
    /// Options that are on for the host, whatever the plan says.
    pub fn on(self) -> OptionSet {
        self.on
    }

    /// Options that are off for the host, whatever the plan says.
    pub fn off(self) -> OptionSet {
        self.off
    }

    /// The host's own setting.
    pub fn setting(self, option: OptionId) -> HostSetting {
        if self.on.contains(option) {
            HostSetting::On
        } else if self.off.contains(option) {
            HostSetting::Off
        } else {
            HostSetting::Inherit
        }
    }

    /// These settings with one changed.
    #[must_use]
    pub fn with(self, option: OptionId, setting: HostSetting) -> Self {
        let (on, off) = (self.on.without(option), self.off.without(option));
        match setting {
            HostSetting::Inherit => Self { on, off },
            HostSetting::On => Self { on: on.with(option), off },
            HostSetting::Off => Self { on, off: off.with(option) },
        }
    }

    /// Every option that the host sets, in the catalogue's order.
    pub fn iter(self) -> impl Iterator<Item = (OptionId, HostSetting)> {
        self.on.union(self.off).iter().map(move |option| (option, self.setting(option)))
    }
}

/// One host, or one entry that stands for many alike.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Host {
    /// Its id in this plan.
    pub id: HostId,
    /// Its name; no two hosts of a plan share one.
    pub name: HostName,
    /// Its operating system.
    pub os: Os,
    /// Its addresses, in the operator's order.
    pub addresses: Vec<Address>,
    /// The roles that it was given; implied roles are not listed.
    pub roles: RoleSet,
    /// The zone that the operator put it in; `Plan::zone_of` knows where it stands without one.
    pub zone: Option<ZoneName>,
    /// The site whose hosts it works with; without one it works with all sites.
    pub site: Option<SiteName>,
    /// Options that it sets for itself.
    pub options: HostOptions,
    /// Ports on which its services listen in place of the plan's and the printed ones.
    pub ports: BTreeMap<CustomPortId, PortSet>,
    /// The operator's remark.
    pub note: Option<Note>,
}

impl Host {
    /// A host with a name and nothing else.
    pub fn new(id: HostId, name: HostName) -> Self {
        Self {
            id,
            name,
            os: Os::Other,
            addresses: Vec::new(),
            roles: RoleSet::EMPTY,
            zone: None,
            site: None,
            options: HostOptions::default(),
            ports: BTreeMap::new(),
            note: None,
        }
    }

    /// Whether the host was given the role itself.
    pub fn has_role(&self, role: RoleId) -> bool {
        self.roles.contains(role)
    }
}
