//! `portplan report`: what is handed over to the next person.

use std::ffi::OsStr;
use std::io::Write;
use std::path::Path;
use std::sync::Arc;

use crate::catalogue::Catalogue;
use crate::files;
use crate::report::{self, Form, Input, remarks};

use super::args::{ReportFormat, ReportTask};
use super::input::Loaded;
use super::snippet::is_same;
use super::{Failure, Verdict};

pub(super) fn run(
    task: &ReportTask,
    catalogue: &Arc<Catalogue>,
    out: &mut impl Write,
) -> Result<Verdict, Failure> {
    if let Some(path) = task.output.as_ref().filter(|output| is_same(output, &task.plan)) {
        return Err(Failure::OntoPlan(path.clone()));
    }
    let loaded = Loaded::read(&task.plan, catalogue)?;
    let Loaded { catalogue, plan, flows } = &loaded;
    let input = Input { catalogue, plan, flows, date: task.date };
    let text = match task.format.unwrap_or_else(|| usual(task.output.as_deref())) {
        ReportFormat::Html => report::write(&input, Form::Html),
        ReportFormat::Markdown => report::write(&input, Form::Markdown),
        ReportFormat::Plan => files::project::write_with(plan, catalogue, &remarks(&input)),
    };
    match &task.output {
        None => out.write_all(text.as_bytes())?,
        Some(path) => drop(files::save(path, text.as_bytes())?),
    }
    Ok(Verdict::Done)
}

/// The format that the file's name asks for.
fn usual(output: Option<&Path>) -> ReportFormat {
    let ending = output.and_then(Path::extension).map(OsStr::to_ascii_lowercase);
    match ending.as_ref().and_then(|ending| ending.to_str()) {
        Some("md" | "markdown") => ReportFormat::Markdown,
        Some("ron") => ReportFormat::Plan,
        _ => ReportFormat::Html,
    }
}
