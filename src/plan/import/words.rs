//! Words that people write for roles and addresses.

use std::collections::{HashMap, HashSet};

use crate::catalogue::{Catalogue, RoleGroup, RoleSet, nearest};
use crate::plan::address::{Address, AddressError};

use super::Reason;
use super::kind::plain;

/// Whether a cell says in so many letters that it says nothing.
pub fn is_blank_word(text: &str) -> bool {
    let text = text.trim();
    matches!(text, "" | "-" | "--" | "\u{2013}" | "\u{2014}")
        || ["n/a", "na", "none", "null", "unknown", "nil"].iter().any(|word| text.eq_ignore_ascii_case(word))
}

/// The names of all roles: ids, labels and aliases, however they are written.
#[derive(Debug)]
pub struct RoleWords {
    roles: HashMap<String, RoleSet>,
    /// Roles whose names are often cut short: a group called `oracle` has Oracle guests.
    short: HashMap<String, RoleSet>,
    ids: Vec<String>,
}

impl RoleWords {
    /// The names that a catalogue knows.
    pub fn new(catalogue: &Catalogue) -> Self {
        let mut roles: HashMap<String, RoleSet> = HashMap::new();
        let mut short: HashMap<String, RoleSet> = HashMap::new();
        let mut ids = Vec::new();
        for (id, role) in catalogue.roles().iter() {
            ids.push(role.id.clone());
            // Not of the product's own parts: a group called "backup" can be anything.
            let stem = role.id.strip_suffix("-guest").or_else(|| role.id.strip_suffix("-server"));
            if let Some(stem) = stem.filter(|_| role.group >= RoleGroup::Workloads) {
                short.insert(plain(stem), RoleSet::EMPTY.with(id));
            }
            for word in [&role.id, &role.label].into_iter().chain(&role.aliases) {
                let known = roles.entry(plain(word)).or_default();
                *known = known.with(id);
            }
        }
        short.retain(|stem, _| !roles.contains_key(stem) && stem != "vm");
        Self { roles, short, ids }
    }

    /// The roles of that name, as somebody wrote it who meant a role.
    pub fn exactly(&self, word: &str) -> Option<RoleSet> {
        self.roles.get(&plain(word)).copied()
    }

    /// The roles that a group or service of that name is likely to stand for: plurals and the vendor's name aside, and
    /// without what stands in brackets behind it.
    pub fn likely(&self, word: &str) -> Option<RoleSet> {
        self.exactly(word).or_else(|| self.plural(&plain(word))).or_else(|| {
            let (head, _) = word.split_once(['(', '['])?;
            self.exactly(head).or_else(|| self.plural(&plain(head)))
        })
    }

    fn plural(&self, word: &str) -> Option<RoleSet> {
        let bare = word.strip_prefix("veeam").filter(|rest| !rest.is_empty());
        let forms = [Some(word), bare].into_iter().flatten().flat_map(|word| {
            let singular =
                |ending: &str, with: &str| word.strip_suffix(ending).map(|stem| format!("{stem}{with}"));
            [Some(word.to_owned()), singular("ies", "y"), singular("s", ""), singular("es", "")]
        });
        forms.flatten().find_map(|form| self.roles.get(&form).or_else(|| self.short.get(&form)).copied())
    }

    /// The roles that a cell names, and the words in it that name none.
    pub fn in_cell(&self, cell: &str) -> (RoleSet, Vec<(String, Reason)>) {
        if let Some(roles) = self.exactly(cell) {
            return (roles, Vec::new());
        }
        let (mut roles, mut unknown) = (RoleSet::EMPTY, Vec::new());
        for word in
            cell.split([',', ';', '|', '+', '\n', '\r']).map(str::trim).filter(|word| !is_blank_word(word))
        {
            if let Some(found) = self.exactly(word) {
                roles = roles.union(found);
            } else {
                let nearest = nearest(word, self.ids.iter().map(String::as_str)).map(str::to_owned);
                unknown.push((word.to_owned(), Reason::Role { found: word.to_owned(), nearest }));
            }
        }
        (roles, unknown)
    }
}

/// What a cell with addresses holds.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Addresses {
    /// The addresses, without repeats.
    pub found: Vec<Address>,
    /// Addresses that only the host's own link knows; every list of machines is full of them.
    pub link_local: Vec<String>,
    /// Addresses that stood there with the length of their network, as interfaces have them.
    pub of_interfaces: Vec<String>,
    /// What is no address.
    pub wrong: Vec<(String, Reason)>,
    seen: HashSet<Address>,
}

impl Addresses {
    /// Reads a cell. Several addresses stand beside each other with commas, semicolons, bars or spaces between, in
    /// brackets or not.
    pub fn of(cell: &str) -> Self {
        let mut addresses = Self::default();
        let separates = |letter: char| letter.is_whitespace() || matches!(letter, ',' | ';' | '|');
        for word in cell.split(separates) {
            let bare = word.trim_matches(['"', '\'', '`', '{', '}', '[', ']', '(', ')']);
            if !is_blank_word(bare) {
                addresses.put(bare);
            } else if bare.is_empty() && !matches!(word, "" | "{}" | "[]" | "()" | "\"\"" | "''") {
                addresses.wrong.push((word.to_owned(), AddressError::BadName(word.to_owned()).into()));
            }
        }
        addresses
    }

    fn put(&mut self, word: &str) {
        // An interface's name behind the address, as in fe80::1%eth0.
        let bare = word.split_once('%').map_or(word, |(address, _)| address);
        let address = match bare.parse() {
            Ok(address) => address,
            Err(AddressError::HostBits { host, .. }) => {
                self.of_interfaces.push(word.to_owned());
                Address::Ip(host)
            }
            Err(error) => return self.wrong.push((word.to_owned(), error.into())),
        };
        if let Address::Ip(ip) = address {
            if ip.is_loopback() || ip.is_unspecified() || ip.is_multicast() {
                return self.wrong.push((word.to_owned(), Reason::Unreachable(ip)));
            }
            let link_local = match ip {
                std::net::IpAddr::V4(ip) => ip.is_link_local(),
                std::net::IpAddr::V6(ip) => ip.is_unicast_link_local(),
            };
            if link_local {
                return self.link_local.push(word.to_owned());
            }
        }
        if self.seen.insert(address.clone()) {
            self.found.push(address);
        }
    }
}
