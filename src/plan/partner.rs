//! Limits on who works with whom where a role is played by many: sites and partners.

use super::Plan;
use super::host::{Host, HostId};

/// Two hosts that work with each other, and so not with others of the same role.
///
/// A mount server that serves one repository has that repository as a partner. From then on the rules between mount
/// servers and repositories hold for neither of the two with anybody but a partner.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Partners {
    /// The one.
    pub host: HostId,
    /// The other.
    pub partner: HostId,
}

impl Partners {
    /// The partner of this host, if it is one of the two.
    pub fn of(self, id: HostId) -> Option<HostId> {
        if self.host == id {
            Some(self.partner)
        } else if self.partner == id {
            Some(self.host)
        } else {
            None
        }
    }
}

impl Plan {
    /// The partners of a host, in the operator's order.
    pub fn partners_of(&self, id: HostId) -> impl Iterator<Item = &Host> {
        self.partners.iter().filter_map(move |pair| self.host(pair.of(id)?))
    }
}
