//! Arguments of what is handed over: matrix and report.

use std::path::PathBuf;

use clap::{Args as Arguments, ValueEnum};

use crate::snippets::Date;

use super::FlowsFormat;

/// Arguments of `matrix`.
#[derive(Debug, Arguments)]
pub struct MatrixTask {
    /// The plan.
    pub plan: PathBuf,
    /// What rows and columns stand for; zones, if the plan has any.
    #[arg(long, value_enum)]
    pub by: Option<AxisArg>,
    /// What columns stand for, if something else.
    #[arg(long, value_enum)]
    pub columns: Option<AxisArg>,
    /// The form of the output.
    #[arg(long, value_enum, default_value_t = FlowsFormat::Table)]
    pub format: FlowsFormat,
}

/// What a row or a column of a matrix stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum AxisArg {
    /// One host.
    Host,
    /// All hosts of a zone.
    Zone,
}

/// Arguments of `report`.
#[derive(Debug, Arguments)]
pub struct ReportTask {
    /// The plan.
    pub plan: PathBuf,
    /// The form; without it, the ending of FILE decides, else html.
    #[arg(long, value_enum)]
    pub format: Option<ReportFormat>,
    /// Write to this file instead of standard output.
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// The day to write into it, such as 2026-11-21.
    #[arg(long, value_name = "DATE")]
    pub date: Option<Date>,
}

/// Forms of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ReportFormat {
    /// One page to read and print.
    Html,
    /// GitHub's Markdown, with a Mermaid picture.
    Markdown,
    /// The plan's own file with remarks for the next person; portplan opens it.
    Plan,
}
