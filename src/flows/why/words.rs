//! Words that several answers need.

use crate::catalogue::RoleId;
use crate::flows::HostIx;
use crate::flows::requirement::End as RuleEnd;
use crate::plan::{Address, Host, Plan};

use super::Scene;

/// `a`, `a or b`, `a, b or c`.
pub(super) fn list<T: AsRef<str>>(words: &[T], word: &str) -> String {
    match words {
        [] => String::new(),
        [only] => only.as_ref().to_owned(),
        [first @ .., last] => {
            let first: Vec<&str> = first.iter().map(AsRef::as_ref).collect();
            format!("{} {word} {}", first.join(", "), last.as_ref())
        }
    }
}

/// `1 flow`, `2 flows`.
pub(super) fn count(number: u64, thing: &str) -> String {
    format!("{number} {thing}{}", if number == 1 { "" } else { "s" })
}

/// The first of many hosts by name, and how many more there are.
pub(super) fn hosts(scene: Scene<'_>, first: &[HostIx], all: u64) -> String {
    let names: Vec<&str> = first.iter().map(|host| scene.name(*host)).collect();
    match all.saturating_sub(names.len() as u64) {
        0 => list(&names, "and"),
        more => format!("{} and {more} more", names.join(", ")),
    }
}

/// `sql01 (10.0.8.1)`.
pub(super) fn with_address(host: &Host) -> String {
    match host.addresses.as_slice() {
        [] => format!("{} (no address)", host.name),
        [only] => format!("{} ({only})", host.name),
        [first, rest @ ..] => {
            let named = |address: &Address| address.to_string();
            match rest {
                [second] => format!("{} ({first}, {})", host.name, named(second)),
                _ => format!("{} ({first} and {} more)", host.name, rest.len()),
            }
        }
    }
}

/// The roles that an end of a rule speaks of, in the rule's order.
pub(super) fn roles_of(end: &RuleEnd) -> Vec<RoleId> {
    let mut roles = Vec::new();
    if let RuleEnd::Roles(endpoints) = end {
        for endpoint in endpoints {
            if !roles.contains(&endpoint.role) {
                roles.push(endpoint.role);
            }
        }
    }
    roles
}

/// Who stands at an end of a rule: roles, with their systems, or one host.
pub(super) fn end(scene: Scene<'_>, end: &RuleEnd) -> String {
    match end {
        RuleEnd::Roles(endpoints) => {
            let word = |endpoint: &crate::catalogue::Endpoint| {
                let label = &scene.catalogue.roles()[endpoint.role].label;
                endpoint.os.map_or_else(|| label.clone(), |os| format!("{label} on {}", os.label()))
            };
            let words: Vec<String> = endpoints.iter().map(word).collect();
            list(&words, "or")
        }
        RuleEnd::Host(id) => named(scene.plan, *id),
    }
}

/// The name of a host of the plan.
pub(super) fn named(plan: &Plan, id: crate::plan::HostId) -> String {
    plan.host(id).map_or_else(|| "?".to_owned(), |host| host.name.to_string())
}
