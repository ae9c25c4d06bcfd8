//! The arguments. Their ids and values are promises: scripts rely on them.

use std::path::PathBuf;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args as Arguments, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;

use crate::host::clipboard::Preference;

use super::generate::Variety;

/// Plan the network ports of a Veeam backup install.
///
/// Without a command, opens the planner; without a plan, its start screen with samples and recent plans.
/// The commands need no terminal: they write to standard output and exit with 0 (done), 1 (findings) or 2 (bad input).
#[derive(Debug, Parser)]
#[command(name = "portplan", version, args_conflicts_with_subcommands = true, disable_help_subcommand = true)]
pub struct Args {
    /// The plan to open; a missing file is a new plan of that name.
    #[arg(value_name = "PLAN.ron")]
    pub plan: Option<PathBuf>,
    /// Which way copies take; native is the desktop's clipboard.
    #[arg(long, value_name = "WAY", value_parser = clipboard_way())]
    pub clipboard: Option<Preference>,
    /// What to do instead.
    #[command(subcommand)]
    pub task: Option<Task>,
}

/// Lists the ways in help and completions.
fn clipboard_way() -> impl TypedValueParser<Value = Preference> {
    PossibleValuesParser::new(Preference::ALL.map(Preference::word))
        .try_map(|word| word.parse::<Preference>())
}

/// A command that needs no terminal.
#[derive(Debug, Subcommand)]
pub enum Task {
    /// Write the flows of a plan.
    Flows(FlowsTask),
    /// Write firewall rules or tables for a plan.
    Snippet(SnippetTask),
    /// Tell what a plan lacks, or what terminal and clipboard can do.
    Check(CheckTask),
    /// Write every rule of the catalogue.
    Catalogue(CatalogueTask),
    /// Write the list of keys, as Markdown.
    Keys,
    /// Write completions for a shell.
    Completions {
        /// The shell.
        shell: Shell,
    },
    /// Write the man page.
    Man,
    /// Write a made-up plan of any size, for measuring.
    #[command(hide = true)]
    Generate(GenerateTask),
}

/// Arguments of `generate`.
#[derive(Debug, Arguments)]
pub struct GenerateTask {
    /// How many hosts.
    #[arg(long)]
    pub hosts: usize,
    /// How much they differ.
    #[arg(long, value_enum, default_value_t = Variety::Few)]
    pub variety: Variety,
}

/// Arguments of `flows`.
#[derive(Debug, Arguments)]
pub struct FlowsTask {
    /// The plan.
    pub plan: PathBuf,
    /// The form of the output.
    #[arg(long, value_enum, default_value_t = FlowsFormat::Table)]
    pub format: FlowsFormat,
    /// Only flows that match: words, ports, from: to: port: proto: role: zone: page: and ! to exclude.
    #[arg(long, value_name = "QUERY")]
    pub search: Option<String>,
    /// Only flows from or to this host.
    #[arg(long)]
    pub host: Option<String>,
    /// One row for each flow, or one for each rule that asks for it.
    #[arg(long, value_enum, default_value_t = By::Flow)]
    pub by: By,
    /// Also list connections of a host to itself, which are no network flows.
    #[arg(long)]
    pub same_host: bool,
}

/// Forms of a list of flows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum FlowsFormat {
    /// Aligned columns.
    Table,
    /// Comma-separated values.
    Csv,
    /// A JSON array.
    Json,
    /// A Markdown table.
    Markdown,
}

/// What a row stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum By {
    /// A flow with all its reasons.
    Flow,
    /// One rule, as printed.
    Rule,
}

/// Arguments of `snippet`.
#[derive(Debug, Arguments)]
pub struct SnippetTask {
    /// The plan.
    pub plan: PathBuf,
    /// The target: powershell, nftables, markdown, csv or json.
    #[arg(long, value_name = "TARGET")]
    pub format: String,
    /// Only for this host: its inbound rules, or with --direction out its outbound ones.
    #[arg(long)]
    pub host: Option<String>,
    /// Where the rules are applied: on the destination, on the source, or on a firewall between.
    #[arg(long, value_enum)]
    pub direction: Option<DirectionArg>,
    /// Only flows that match.
    #[arg(long, value_name = "QUERY")]
    pub search: Option<String>,
    /// Write the roll-back instead.
    #[arg(long)]
    pub remove: bool,
    /// Write to this file instead of standard output.
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

/// Where rules are applied.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum DirectionArg {
    /// On the host where the connection arrives.
    In,
    /// On the host that opens the connection.
    Out,
    /// On a firewall between.
    Transit,
}

/// Arguments of `check`.
#[derive(Debug, Arguments)]
pub struct CheckTask {
    /// The plan.
    #[arg(required_unless_present = "env")]
    pub plan: Option<PathBuf>,
    /// Tell what was found out about terminal and clipboard instead.
    #[arg(long, conflicts_with = "plan")]
    pub env: bool,
    /// As for the planner: tell which way copies would take then.
    #[arg(long, value_name = "WAY", requires = "env", value_parser = clipboard_way())]
    pub clipboard: Option<Preference>,
}

/// Arguments of `catalogue`.
#[derive(Debug, Arguments)]
pub struct CatalogueTask {
    /// The form of the output.
    #[arg(long, value_enum, default_value_t = CatalogueFormat::Table)]
    pub format: CatalogueFormat,
    /// The edition; this program has 2025-12.
    #[arg(long)]
    pub edition: Option<String>,
}

/// Forms of the catalogue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum CatalogueFormat {
    /// Aligned columns.
    Table,
    /// A JSON array.
    Json,
}
