//! The arguments. Their ids and values are promises: scripts rely on them.

mod hand_over;
mod import;
mod why;

use std::path::PathBuf;

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use clap::{ArgAction, ArgGroup, Args as Arguments, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;

use crate::files::config::ThemeChoice;
use crate::host::clipboard::Preference;
use crate::snippets::{Date, TableForm, Target};

use super::generate::Variety;

pub use hand_over::{AxisArg, MatrixTask, ReportFormat, ReportTask};
pub use import::{HeadingsArg, ImportFormat, ImportFrom, ImportTask};
pub use why::{WhyFormat, WhyTask};

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
    /// A file with a page of rules of your own, beside the built-in ones; may be given several times.
    #[arg(long, global = true, value_name = "FILE", action = ArgAction::Append)]
    pub catalogue: Vec<PathBuf>,
    /// How to draw, and where to look for settings.
    #[command(flatten)]
    pub settings: SettingsArgs,
    /// What to do instead.
    #[command(subcommand)]
    pub task: Option<Task>,
}

/// Settings of the planner; they beat the config file, which beats the environment.
#[derive(Debug, Default, Arguments)]
pub struct SettingsArgs {
    /// Colours: as the environment says, for a dark or a light background, or none.
    #[arg(long, value_enum)]
    pub theme: Option<ThemeChoice>,
    /// Draw in ASCII alone, for terminals without box drawing.
    #[arg(long)]
    pub ascii: bool,
    /// Which way copies take; native is the desktop's clipboard.
    #[arg(long, value_name = "WAY", value_parser = clipboard_way())]
    pub clipboard: Option<Preference>,
    /// Read settings from this file instead of the usual one.
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
}

impl ValueEnum for ThemeChoice {
    fn value_variants<'a>() -> &'a [Self] {
        Self::ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.name()))
    }
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
    ///
    /// Ends with 1 where errors or warnings are open; hints and what was acknowledged do not count.
    Check(CheckTask),
    /// Write what is different between two plans, or since a baseline: flows that come and flows that go.
    ///
    /// Hosts are told apart by name. Ends with 1 where the plans differ.
    Diff(DiffTask),
    /// Tell why there is a flow and what would remove it, why there is none and what would bring it, what a host needs, or
    /// who needs a port.
    ///
    /// Ends with 0 where there are such flows, with 1 where there are none.
    Why(WhyTask),
    /// List the baselines of a plan, and how many flows came and went since each.
    Baselines(BaselinesTask),
    /// Count the flows between hosts or zones.
    Matrix(MatrixTask),
    /// Write a report to hand over: hosts, options, picture, flows by zones, findings, sources.
    Report(ReportTask),
    /// Bring hosts in from a table, an inventory, a list of VMs or another planner's project.
    ///
    /// Writes a plan to standard output, and to standard error what was read, what was guessed and what could not be
    /// read. Ends with 1 where something could not be read.
    Import(ImportTask),
    /// Write every rule of the catalogue.
    Catalogue(CatalogueTask),
    /// Write the keys in force, as Markdown.
    Keys(KeysTask),
    /// Write a config file with every setting and its default.
    Config,
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

/// Arguments of `diff`.
#[derive(Debug, Arguments)]
pub struct DiffTask {
    /// The earlier plan; with --baseline, the plan that has it.
    pub before: PathBuf,
    /// The later plan.
    #[arg(required_unless_present = "baseline")]
    pub after: Option<PathBuf>,
    /// Compare the plan with this baseline in its file.
    #[arg(long, value_name = "NAME", alias = "since-baseline", conflicts_with = "after")]
    pub baseline: Option<String>,
    /// Put the flows into groups: by what made them come or go, or by the host that opens them.
    #[arg(long, value_enum)]
    pub by: Option<GroupArg>,
    /// The form of the output.
    #[arg(long, value_enum, default_value_t = FlowsFormat::Table)]
    pub format: FlowsFormat,
}

/// How flows that came and went are grouped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum GroupArg {
    /// By the host that opens the connection.
    Host,
    /// By what made the flow come or go.
    Reason,
}

/// Arguments of `baselines`.
#[derive(Debug, Arguments)]
pub struct BaselinesTask {
    /// The plan.
    pub plan: PathBuf,
    /// The form of the output.
    #[arg(long, value_enum, default_value_t = CatalogueFormat::Table)]
    pub format: CatalogueFormat,
}

/// Arguments of `flows`.
#[derive(Debug, Arguments)]
pub struct FlowsTask {
    /// The plan.
    pub plan: PathBuf,
    /// The form of the output.
    #[arg(long, value_enum, default_value_t = FlowsFormat::Table)]
    pub format: FlowsFormat,
    /// Only flows that match: words, ports, from: to: port: proto: role: zone: from-zone: to-zone: site: page:, = for a whole name
    /// and ! to exclude.
    #[arg(long, value_name = "QUERY")]
    pub search: Option<String>,
    /// Only flows from or to this host.
    #[arg(long)]
    pub host: Option<String>,
    /// Only flows that are not known to stay inside one zone.
    #[arg(long, conflicts_with = "same_host")]
    pub crossing: bool,
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

impl From<FlowsFormat> for TableForm {
    fn from(format: FlowsFormat) -> Self {
        match format {
            FlowsFormat::Table => Self::Text,
            FlowsFormat::Csv => Self::Csv,
            FlowsFormat::Json => Self::Json,
            FlowsFormat::Markdown => Self::Markdown,
        }
    }
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
#[command(group = ArgGroup::new("older").args(["since", "since_baseline"]))]
pub struct SnippetTask {
    /// The plan.
    pub plan: PathBuf,
    /// The target.
    #[arg(long, value_name = "TARGET", long_help = targets())]
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
    /// Only flows that are not known to stay inside one zone.
    #[arg(long, conflicts_with = "from_zone")]
    pub crossing: bool,
    /// Only flows from hosts of this zone, for a firewall between it and the other; "" is for hosts without a zone.
    #[arg(long, value_name = "ZONE", requires = "to_zone", conflicts_with_all = ["host", "search"])]
    pub from_zone: Option<String>,
    /// Only flows to hosts of this zone.
    #[arg(long, value_name = "ZONE", requires = "from_zone")]
    pub to_zone: Option<String>,
    /// Only flows that this older plan does not have; hosts are told apart by name. With --remove, a table lists those
    /// that the older plan has and this one has not.
    #[arg(long, value_name = "BASELINE.ron")]
    pub since: Option<PathBuf>,
    /// Only flows that this baseline in the plan's file does not have.
    #[arg(long, value_name = "NAME")]
    pub since_baseline: Option<String>,
    /// Instead of the new flows, those that are gone since: a table of them, or the removal of their rules.
    #[arg(long, requires = "older", conflicts_with = "remove")]
    pub dropped: bool,
    /// Write the roll-back instead.
    #[arg(long)]
    pub remove: bool,
    /// The day to write into the header, such as 2026-11-21.
    #[arg(long, value_name = "DATE")]
    pub date: Option<Date>,
    /// Write to this file instead of standard output.
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

/// Every target, by the heading under which it stands.
fn targets() -> String {
    let heading = |targets: &[Target]| {
        let ids: Vec<&str> = targets.iter().map(|target| target.id()).collect();
        let group = targets.first().map_or("", |target| target.group().label());
        format!("{group}: {}", ids.join(", "))
    };
    let groups = Target::ALL.chunk_by(|left, right| left.group() == right.group()).map(heading);
    format!("The target, one of\n{}", groups.collect::<Vec<_>>().join("\n"))
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
    #[arg(required_unless_present_any = ["env", "list"], conflicts_with = "SettingsArgs")]
    pub plan: Option<PathBuf>,
    /// The form of the output.
    #[arg(long, value_enum, default_value_t = FlowsFormat::Table)]
    pub format: FlowsFormat,
    /// Also write findings that were acknowledged, with the reasons.
    #[arg(long)]
    pub all: bool,
    /// Write every check instead: what it finds, how bad that is, and why it matters.
    #[arg(long, conflicts_with_all = ["plan", "env", "all"])]
    pub list: bool,
    /// Tell what was found out about terminal and clipboard instead, and which settings are in force.
    #[arg(long, conflicts_with_all = ["plan", "format", "all"])]
    pub env: bool,
    /// How to draw, and where to look for settings.
    #[command(flatten)]
    pub settings: SettingsArgs,
}

/// Arguments of `keys`.
#[derive(Debug, Arguments)]
pub struct KeysTask {
    /// Write the keys that there are without a config file.
    #[arg(long, conflicts_with = "config")]
    pub default: bool,
    /// Read settings from this file instead of the usual one.
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
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
