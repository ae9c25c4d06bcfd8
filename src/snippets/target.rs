//! The forms in which flows can be written: one line for each here, and one file beside.

use std::io;

use crate::catalogue::Os;

use super::header::Notes;
use super::limits::Limits;
use super::model::{Document, Sheet};
use super::{Request, cisco_asa, csv, fortigate, iptables, json, markdown, nftables, powershell};

/// What a snippet is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A firewall or its shell.
    Rules,
    /// A reader, a spreadsheet or a program.
    Table,
}

/// The heading under which a target stands in a list of all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Group {
    /// Firewalls of hosts.
    HostFirewall,
    /// Firewalls between networks.
    NetworkFirewall,
    /// Descriptions from which another program makes rules.
    Code,
    /// Tables to hand over.
    Ticket,
    /// Drawings of who talks to whom.
    Picture,
    /// Scripts that try the planned connections.
    Test,
}

impl Group {
    /// The heading.
    pub fn label(self) -> &'static str {
        match self {
            Self::HostFirewall => "host firewalls",
            Self::NetworkFirewall => "network firewalls",
            Self::Code => "infrastructure as code",
            Self::Ticket => "tickets",
            Self::Picture => "pictures",
            Self::Test => "tests",
        }
    }
}

/// Where the rules are applied.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Direction {
    /// On the host that the connection goes to.
    #[default]
    Inbound,
    /// On the host that opens the connection.
    Outbound,
    /// On a firewall between the two.
    Transit,
}

impl Direction {
    /// All of them, in the order that menus show.
    pub const ALL: [Self; 3] = [Self::Inbound, Self::Outbound, Self::Transit];

    /// The word that screens and headers use.
    pub fn label(self) -> &'static str {
        match self {
            Self::Inbound => "inbound",
            Self::Outbound => "outbound",
            Self::Transit => "transit",
        }
    }
}

/// Whether a snippet opens the ports, or takes back what it opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Purpose {
    /// Open the ports.
    #[default]
    Apply,
    /// The roll-back.
    Remove,
}

/// What a snippet consists of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Content {
    /// Text, to copy or to write.
    Text,
    /// Bytes that only a file can hold.
    Binary,
}

/// Everything that is known about a target; each has one value of this, in its own file.
pub(super) struct Facts {
    /// The word that commands use, in kebab-case; a promise.
    pub id: &'static str,
    /// The name people read.
    pub label: &'static str,
    /// How names of files that hold it end.
    pub extension: &'static str,
    /// Where it stands in a list of all.
    pub group: Group,
    /// How it is written.
    pub form: Form,
}

/// How a target is written.
pub(super) enum Form {
    /// As rules, from a [`Document`].
    Rules(RuleForm),
    /// From the flows, one after the other.
    Listed(ListForm),
}

/// What the shared model has to know about a target of rules, and the functions that write it.
pub(super) struct RuleForm {
    /// The directions it knows; the first is taken where none is asked for.
    pub directions: &'static [Direction],
    /// The systems on which its rules for hosts work; none if it knows transit only.
    pub systems: &'static [Os],
    /// Whether it takes DNS names.
    pub names: DnsNames,
    /// How much one rule holds.
    pub limits: Limits,
    /// What a line of comment starts with.
    pub comment: &'static str,
    /// Whether answers pass by themselves.
    pub state: State,
    /// What the header says beyond what it says for every target.
    pub notes: fn(&Document<'_>) -> Notes,
    /// The commands that open the ports of one place, without blank lines.
    pub apply: fn(&Document<'_>, &Sheet<'_>) -> Vec<String>,
    /// How they are closed again.
    pub removal: Removal,
}

/// What is done with DNS names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum DnsNames {
    /// They stand in rules of either family, beside the addresses.
    Taken,
    /// The target would resolve them only once, or not at all: they are left out, and a line says so.
    LeftOut,
}

/// Whether answers pass.
#[derive(Debug, Clone, Copy)]
pub(super) enum State {
    /// By themselves.
    Stateful,
    /// If something holds, which is said in a whole sentence.
    Depends(&'static str),
}

/// The commands of one place that close the ports again; or, for a target that needs none, what to do instead, as a
/// sentence without its full stop: `delete the file and apply the rest`.
pub(super) type Removal = Result<fn(&Document<'_>, &Sheet<'_>) -> Vec<String>, &'static str>;

/// How a list of flows is written.
pub(super) struct ListForm {
    /// Whether it is text.
    pub content: Content,
    /// The most flows that one can hold; `u64::MAX` if any number.
    pub most: u64,
    /// Writes flow by flow, in constant memory where the form allows.
    pub write: fn(&Request<'_>, &mut dyn io::Write) -> io::Result<()>,
}

macro_rules! targets {
    ($($(#[$doc:meta])* $name:ident = $file:ident;)*) => {
        /// One form in which flows can be written.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Target {
            $($(#[$doc])* $name,)*
        }

        impl Target {
            /// All of them, in the order that menus show.
            pub const ALL: [Self; [$(Self::$name),*].len()] = [$(Self::$name),*];

            pub(super) fn facts(self) -> &'static Facts {
                match self {
                    $(Self::$name => &$file::FACTS,)*
                }
            }
        }
    };
}

targets! {
    /// `New-NetFirewallRule`.
    PowerShell = powershell;
    /// `nft`, added to the ruleset that is there.
    Nftables = nftables;
    /// `iptables-restore` and `ip6tables-restore`.
    Iptables = iptables;
    /// Policies with objects and groups.
    Fortigate = fortigate;
    /// An access list with object groups.
    CiscoAsa = cisco_asa;
    /// A Markdown table, for tickets.
    Markdown = markdown;
    /// Comma-separated values, for spreadsheets.
    Csv = csv;
    /// An array of objects, for programs.
    Json = json;
}

impl Target {
    /// The word that commands use.
    pub fn id(self) -> &'static str {
        self.facts().id
    }

    /// The name people read.
    pub fn label(self) -> &'static str {
        self.facts().label
    }

    /// How names of files that hold it end.
    pub fn extension(self) -> &'static str {
        self.facts().extension
    }

    /// Where it stands in a list of all.
    pub fn group(self) -> Group {
        self.facts().group
    }

    /// What it is for.
    pub fn kind(self) -> Kind {
        match self.facts().form {
            Form::Rules(_) => Kind::Rules,
            Form::Listed(_) => Kind::Table,
        }
    }

    /// Whether it can be copied.
    pub fn content(self) -> Content {
        match &self.facts().form {
            Form::Rules(_) => Content::Text,
            Form::Listed(form) => form.content,
        }
    }

    /// What a line of comment starts with; `None` for a table.
    pub fn comment(self) -> Option<&'static str> {
        match &self.facts().form {
            Form::Rules(form) => Some(form.comment),
            Form::Listed(_) => None,
        }
    }

    /// The directions it knows, the usual one first; a table knows all, because it does not ask.
    pub fn directions(self) -> &'static [Direction] {
        match &self.facts().form {
            Form::Rules(form) => form.directions,
            Form::Listed(_) => &Direction::ALL,
        }
    }

    /// `wanted`, or the one that the target knows if there is no choice.
    pub fn direction_near(self, wanted: Direction) -> Direction {
        match self.directions() {
            [only] => *only,
            _ => wanted,
        }
    }

    /// The target with this id.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|target| target.id() == id)
    }
}
