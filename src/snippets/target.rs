//! The forms in which flows can be written: one line for each here, and one file beside.

use std::io;

use crate::catalogue::Os;

use super::header::Notes;
use super::limits::Limits;
use super::model::{Document, Sheet};
use super::{
    Request, aerleon, ansible, check_point, cisco_asa, cisco_ios, csv, firewalld, fortigate, graphviz, html,
    iptables, json, juniper_srx, markdown, mermaid, nftables, nftables_standalone, nutanix_flow, palo_alto,
    powershell, svg, terraform_aws, terraform_azure, terraform_nsx, test_bash, test_powershell, ufw, xlsx,
};

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
    /// They are left out, and IPv6 addresses too, because the target has IPv4 only; lines say so.
    LeftOutWithIpv6,
}

/// Whether answers pass.
#[derive(Debug, Clone, Copy)]
pub(super) enum State {
    /// By themselves.
    Stateful,
    /// If something holds, which is said in a whole sentence.
    Depends(&'static str),
    /// Not at all: the target writes a list for each way. Their entries have no names.
    Stateless,
}

impl State {
    /// Whether rules have names, by which a second run and a roll-back find them.
    pub fn has_names(self) -> bool {
        !matches!(self, Self::Stateless)
    }
}

/// The commands of one place that close the ports again; or, for a target that needs none, what to do instead, as a
/// sentence without its full stop: `delete the file and apply the rest`.
pub(super) type Removal = Result<fn(&Document<'_>, &Sheet<'_>) -> Vec<String>, &'static str>;

/// How rules of a description that another program carries out are removed.
pub(super) const CODE_REMOVAL: Removal = Err("delete the file and apply the rest");

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
    /// `nft`, as a table that drops everything else.
    NftablesStandalone = nftables_standalone;
    /// `iptables-restore` and `ip6tables-restore`.
    Iptables = iptables;
    /// `firewall-cmd`, rich rules in a policy.
    Firewalld = firewalld;
    /// `ufw`.
    Ufw = ufw;
    /// Policies with objects and groups.
    Fortigate = fortigate;
    /// An access list with object groups.
    CiscoAsa = cisco_asa;
    /// Rules with objects and groups, as `set` lines.
    PaloAlto = palo_alto;
    /// A script for `mgmt_cli`.
    CheckPoint = check_point;
    /// Policies between zones with address sets and applications.
    JuniperSrx = juniper_srx;
    /// Access lists without state, for both ways.
    CiscoIos = cisco_ios;
    /// Resources of a security policy, for Terraform.
    TerraformNsx = terraform_nsx;
    /// Resources of rules of network security groups, for Terraform.
    TerraformAzure = terraform_azure;
    /// Resources of rules of security groups, for Terraform.
    TerraformAws = terraform_aws;
    /// Security policies by category, for Terraform.
    NutanixFlow = nutanix_flow;
    /// Tasks for firewalld, ufw and Windows.
    Ansible = ansible;
    /// Networks, services and terms of a policy.
    Aerleon = aerleon;
    /// A Markdown table, for tickets.
    Markdown = markdown;
    /// Comma-separated values, for spreadsheets.
    Csv = csv;
    /// An array of objects, for programs.
    Json = json;
    /// A workbook, for spreadsheets.
    Xlsx = xlsx;
    /// A page to read and print.
    Html = html;
    /// A flow chart in Mermaid's language.
    Mermaid = mermaid;
    /// A digraph in Graphviz's language.
    Graphviz = graphviz;
    /// A picture.
    Svg = svg;
    /// Tries the connections with bash.
    TestBash = test_bash;
    /// Tries the connections with Windows PowerShell.
    TestPowershell = test_powershell;
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
