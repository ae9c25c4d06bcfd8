//! What is handed over to the next person: a report to read and print, counts as a table, and remarks for the plan's file.
//!
//! The report is put together once (`content.rs`), and written as HTML or Markdown.

mod content;
mod counts;
mod findings;
mod flows;
mod html;
mod markdown;
mod remarks;
mod sources;

use crate::catalogue::Catalogue;
use crate::flows::Flows;
use crate::plan::Plan;
use crate::snippets::Date;

pub use counts::Counts;
pub use remarks::remarks;

/// Everything that a report is made from.
#[derive(Debug, Clone, Copy)]
pub struct Input<'a> {
    /// The vendor's requirements.
    pub catalogue: &'a Catalogue,
    /// The plan.
    pub plan: &'a Plan,
    /// The plan, resolved against the catalogue.
    pub flows: &'a Flows,
    /// The day to write into it.
    pub date: Option<Date>,
}

/// How a report is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Form {
    /// One page that needs nothing beside itself.
    Html,
    /// For a repository or a wiki.
    Markdown,
}

/// Writes the report.
pub fn write(input: &Input<'_>, form: Form) -> String {
    let report = content::report(input, form);
    match form {
        Form::Html => html::write(&report),
        Form::Markdown => markdown::write(&report),
    }
}
