//! Words that ask for a whole name.

use crate::plan::Host;

use super::matches::Judge;
use super::query::Field;

/// A name to compare with those of hosts, zones or roles.
pub(super) struct Whole<'a> {
    field: Field,
    name: &'a str,
    case: Case,
}

/// Whether capital letters count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Case {
    /// They do, because something is called exactly so: `vbr01` is not `VBR01` then.
    Counts,
    /// They do not: the operator typed the name from memory.
    Ignored,
}

impl<'a> Whole<'a> {
    pub fn new(judge: &Judge<'_>, field: Field, name: &'a str) -> Self {
        let exact = Self { field, name, case: Case::Counts };
        let known = judge.plan.hosts().iter().any(|host| exact.is_called(judge, host));
        Self { case: if known { Case::Counts } else { Case::Ignored }, ..exact }
    }

    /// Whether the host, its zone or one of its roles is called so, whichever the field speaks of.
    pub fn is_called(&self, judge: &Judge<'_>, host: &Host) -> bool {
        match self.field {
            Field::Zone | Field::FromZone | Field::ToZone => {
                self.is(judge.plan.zone_of(host).map_or("", |zone| zone.as_str()))
            }
            Field::Role => judge.catalogue.with_implied(host.roles).iter().any(|role| {
                let role = &judge.catalogue.roles()[role];
                self.is(&role.id) || self.is(&role.label)
            }),
            _ => self.is(host.name.as_str()),
        }
    }

    fn is(&self, name: &str) -> bool {
        name == self.name
            || self.case == Case::Ignored
                && name
                    .chars()
                    .flat_map(char::to_lowercase)
                    .eq(self.name.chars().flat_map(char::to_lowercase))
    }
}
