//! Arguments of bringing hosts in.

use std::path::PathBuf;

use clap::{Args as Arguments, ValueEnum};

use crate::plan::{SiteName, ZoneName};

/// Arguments of `import`.
#[derive(Debug, Arguments)]
pub struct ImportTask {
    /// The file; - is standard input.
    pub file: PathBuf,
    /// What the file is.
    #[arg(long, value_enum, default_value_t = ImportFrom::Auto)]
    pub from: ImportFrom,
    /// What the columns of a table hold, by number or heading; the others hold nothing. For example
    /// name=1,addresses=IP Address,system=Guest OS; there are also role, zone, site and note.
    #[arg(long, value_name = "COLUMNS")]
    pub columns: Option<String>,
    /// Whether the first row of a table has headings.
    #[arg(long, value_enum, default_value_t = HeadingsArg::Auto)]
    pub headings: HeadingsArg,
    /// The zone of hosts for which the file gives none.
    #[arg(long)]
    pub zone: Option<ZoneName>,
    /// The site of hosts for which the file gives none.
    #[arg(long)]
    pub site: Option<SiteName>,
    /// Give every host this role; can be given several times.
    #[arg(long = "role", value_name = "ROLE")]
    pub roles: Vec<String>,
    /// Bring the hosts into this plan. Hosts that it has stay as they are, but for addresses and roles that they gain.
    #[arg(long, value_name = "PLAN.ron", conflicts_with = "output")]
    pub into: Option<PathBuf>,
    /// Write the new plan to this file, which must not be there yet, instead of standard output.
    #[arg(short, long, value_name = "NEW.ron")]
    pub output: Option<PathBuf>,
    /// Write no plan, but list the hosts that would be brought in.
    #[arg(long, visible_alias = "preview")]
    pub dry_run: bool,
    /// The form of the report.
    #[arg(long, value_enum, default_value_t = ImportFormat::Text)]
    pub format: ImportFormat,
}

/// What hosts are read from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ImportFrom {
    /// What its content looks like.
    Auto,
    /// A table: comma-, semicolon- or tab-separated.
    Csv,
    /// The VM list of Nutanix Prism, as CSV.
    Prism,
    /// An Ansible inventory, INI or YAML.
    Ansible,
    /// The project that the Magic Ports web app saves.
    MagicPorts,
    /// One host a line.
    List,
}

/// Whether the first row of a table has headings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum HeadingsArg {
    /// If it looks like it.
    Auto,
    /// It has.
    Yes,
    /// It is a host.
    No,
}

/// Forms of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ImportFormat {
    /// Lines of text.
    Text,
    /// A JSON object.
    Json,
}
