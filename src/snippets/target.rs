//! The forms in which flows can be written.

/// What a snippet is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A firewall or its shell.
    Rules,
    /// A reader, a spreadsheet or a program.
    Table,
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

/// One form in which flows can be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Target {
    /// `New-NetFirewallRule`.
    PowerShell,
    /// `nft`, added to the ruleset that is there.
    Nftables,
    /// A Markdown table, for tickets.
    Markdown,
    /// Comma-separated values, for spreadsheets.
    Csv,
    /// An array of objects, for programs.
    Json,
}

impl Target {
    /// All of them, in the order that menus show.
    pub const ALL: [Self; 5] = [Self::PowerShell, Self::Nftables, Self::Markdown, Self::Csv, Self::Json];

    /// The word that commands use.
    pub fn id(self) -> &'static str {
        match self {
            Self::PowerShell => "powershell",
            Self::Nftables => "nftables",
            Self::Markdown => "markdown",
            Self::Csv => "csv",
            Self::Json => "json",
        }
    }

    /// The name people read.
    pub fn label(self) -> &'static str {
        match self {
            Self::PowerShell => "Windows PowerShell",
            Self::Nftables => "nftables",
            Self::Markdown => "Markdown table",
            Self::Csv => "CSV table",
            Self::Json => "JSON list",
        }
    }

    /// How names of files that hold it end.
    pub fn extension(self) -> &'static str {
        match self {
            Self::PowerShell => "ps1",
            Self::Nftables => "sh",
            Self::Markdown => "md",
            Self::Csv => "csv",
            Self::Json => "json",
        }
    }

    /// What it is for.
    pub fn kind(self) -> Kind {
        match self {
            Self::PowerShell | Self::Nftables => Kind::Rules,
            Self::Markdown | Self::Csv | Self::Json => Kind::Table,
        }
    }

    /// The target with this id.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|target| target.id() == id)
    }
}
