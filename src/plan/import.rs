//! Hosts from elsewhere: what a file or a pasted text says of them, what was guessed, and what could not be read. The
//! readers of the formats stand in `files::import`; here is what they have in common, and how hosts come into a plan.

mod collect;
mod kind;
pub mod list;
mod merge;
mod system;
mod table;
mod words;

use std::fmt;

pub use collect::{Collector, Draft};
pub use kind::{Kind, detect};
pub use merge::{Arrival, Merged, action, arrival, merge};
pub use system::{Evidence, system_of};
pub use table::{ColumnError, Field, Headings, Row, Table};
pub use words::{Addresses, RoleWords, is_blank_word};

use std::net::IpAddr;

use thiserror::Error;

use crate::catalogue::{Catalogue, Os, RoleId, RoleSet};

use super::address::{Address, AddressError};
use super::shown::{brief, shown};
use super::text::{HostName, Note, SiteName, TextError, ZoneName};

/// The longest reason, in characters.
const LONGEST: usize = 300;

/// So many hosts are read at once; more would not fit the memory of a small machine.
pub const MOST_HOSTS: usize = 200_000;

/// Where in the source something stands.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Place {
    /// A line, from 1.
    Line(usize),
    /// A cell: its line, from 1, and its column.
    Cell(usize, String),
    /// A part of a structure without lines: `server 3, port 12`.
    Part(String),
}

impl Place {
    /// The line, from 1; 0 for what has none.
    fn line(&self) -> usize {
        match self {
            Self::Line(line) | Self::Cell(line, _) => *line,
            Self::Part(_) => 0,
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Line(line) => write!(out, "line {line}"),
            Self::Cell(line, column) => write!(out, "line {line}, {column}"),
            Self::Part(part) => out.write_str(part),
        }
    }
}

/// Something that was concluded and not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Guessed {
    /// The name, made from one that a host cannot have.
    Name,
    /// The system.
    System(Os),
    /// A role.
    Role(RoleId),
    /// An address that was written as network interfaces have it, with the length of its network behind it.
    Address,
}

/// A guess and what it was made from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Guess {
    /// What was guessed.
    pub what: Guessed,
    /// From what: `group repositories`. Foreign text that was made fit to be shown.
    pub from: String,
}

impl Guess {
    /// The guess as a sentence's part: `role Worker, from group workers`.
    pub fn text(&self, catalogue: &Catalogue) -> String {
        let what = match self.what {
            Guessed::Name => "name".to_owned(),
            Guessed::System(os) => format!("system {}", os.label()),
            Guessed::Role(role) => format!("role {}", catalogue.roles()[role].label),
            Guessed::Address => "address".to_owned(),
        };
        format!("{what}, from {}", self.from)
    }
}

/// A host that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewHost {
    /// Its name.
    pub name: HostName,
    /// Its system; `Other` also where nothing was said.
    pub os: Os,
    /// Its addresses, without repeats.
    pub addresses: Vec<Address>,
    /// Its roles.
    pub roles: RoleSet,
    /// Its zone.
    pub zone: Option<ZoneName>,
    /// Its site.
    pub site: Option<SiteName>,
    /// A remark.
    pub note: Option<Note>,
    /// What of this was guessed.
    pub guesses: Vec<Guess>,
    /// Where it stands; several places if it is named more than once.
    pub places: Vec<Place>,
}

/// Something that could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unread {
    /// Where it stands.
    pub place: Place,
    /// What it says, fit to be shown.
    pub text: String,
    /// Why it could not be read.
    pub why: Reason,
}

/// Why something could not be read.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Reason {
    /// There is no name.
    #[error("no name stands there; a host needs one")]
    NoName,
    /// No column is known to hold names.
    #[error("no column holds the names; choose one")]
    NoNameColumn,
    /// A name that no host can have and from which none can be made, or another text that is refused.
    #[error("{0}")]
    Text(#[from] TextError),
    /// Not an address.
    #[error("{}", short(.0))]
    Address(#[from] AddressError),
    /// An address that no other host can use to reach this one.
    #[error("{0} is no address that other hosts can reach this one at")]
    Unreachable(IpAddr),
    /// Not a role.
    #[error("no role is called \"{}\"{}", brief(.found), hint(.nearest.as_deref()))]
    Role {
        /// The word.
        found: String,
        /// The id that is most like it.
        nearest: Option<String>,
    },
    /// A service that stands for no role.
    #[error(
        "this service stands for no role that portplan knows; give the host a role by hand if it needs one"
    )]
    Service,
    /// Not a system.
    #[error("\"{}\" is not known as a system; write windows, linux or other", brief(.0))]
    System(String),
    /// The host was described before, and otherwise.
    #[error("the {what} is another one than in {first}, which counts")]
    Differs {
        /// What differs: "zone", …
        what: &'static str,
        /// Where the first description stands.
        first: Place,
    },
    /// A cell without a heading.
    #[error("the line has more cells than there are columns")]
    Surplus,
    /// Quotation marks that are opened and not closed.
    #[error(
        "a quotation mark is opened here and never closed; from here on, quotation marks were taken as text"
    )]
    Quote,
    /// An encrypted value.
    #[error("the value is encrypted; write it in the plan by hand")]
    Encrypted,
    /// A value that Ansible computes.
    #[error("the value is a template that Ansible fills in; write it in the plan by hand")]
    Template,
    /// A part of another form than the format has.
    #[error("{expected} was expected here, not {found}")]
    Form {
        /// What the format has there.
        expected: &'static str,
        /// What stands there.
        found: &'static str,
    },
    /// A line that means nothing in this format.
    #[error("this line is not understood: {0}")]
    Syntax(&'static str),
    /// A range of names that is none.
    #[error("the range of names is not understood; write [01:10] or [a:f]")]
    Range,
    /// More hosts than are read.
    #[error("this would be more than {MOST_HOSTS} hosts; bring in fewer at once")]
    TooMany,
    /// More addresses than a host has.
    #[error("these are more addresses than a host has; a network such as 10.0.8.0/24 may be meant")]
    Crowded,
    /// Nested more deeply than any real file.
    #[error("this is nested too deeply, or repeats itself too often")]
    TooDeep,
    /// A group that is named and not described.
    #[error("there is no group of this name")]
    NoGroup,
    /// A line of a list that is none.
    #[error("{}", short(.0))]
    Line(#[from] super::paste::Reason),
}

/// Messages of other parts repeat what they read, whatever and however long it is.
fn short(error: &impl fmt::Display) -> String {
    let text = shown(&error.to_string());
    if text.chars().count() <= LONGEST {
        return text;
    }
    text.chars().take(LONGEST).chain(['…']).collect()
}

fn hint(nearest: Option<&str>) -> String {
    nearest.map_or(String::new(), |nearest| format!("; did you mean {nearest}?"))
}

/// What a source says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Import {
    /// What the source is.
    pub kind: Kind,
    /// The hosts, in the source's order.
    pub hosts: Vec<NewHost>,
    /// What could not be read, in the source's order.
    pub unread: Vec<Unread>,
    /// What was left aside on purpose, and what else there is to know; one sentence each.
    pub notes: Vec<String>,
}

impl Import {
    /// The same hosts with what the operator says of all of them: roles, and zone and site where the source gives none.
    #[must_use]
    pub fn with(mut self, roles: RoleSet, zone: Option<&ZoneName>, site: Option<&SiteName>) -> Self {
        for host in &mut self.hosts {
            host.roles = host.roles.union(roles);
            host.zone = host.zone.take().or_else(|| zone.cloned());
            host.site = host.site.take().or_else(|| site.cloned());
        }
        self
    }

    /// How many guesses there are.
    pub fn guesses(&self) -> usize {
        self.hosts.iter().map(|host| host.guesses.len()).sum()
    }
}

/// What a reader gives: a table whose columns can be chosen, or what needs no choice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// Rows and columns.
    Table(Table),
    /// Everything is said.
    Ready(Import),
}

impl Source {
    /// The hosts, as the columns are chosen now.
    pub fn import(&self, catalogue: &Catalogue) -> Import {
        match self {
            Self::Table(table) => table.import(catalogue),
            Self::Ready(import) => import.clone(),
        }
    }
}
