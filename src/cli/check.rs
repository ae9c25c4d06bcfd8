//! `portplan check`: what a plan lacks.

use std::io::Write;
use std::sync::Arc;

use crate::catalogue::Catalogue;
use crate::review::findings;

use super::args::CheckTask;
use super::input::Loaded;
use super::{Failure, Verdict, environment};

pub(super) fn run(
    task: &CheckTask,
    catalogue: &Arc<Catalogue>,
    out: &mut impl Write,
) -> Result<Verdict, Failure> {
    let Some(path) = &task.plan else {
        return environment::write(&task.settings, out);
    };
    let loaded = Loaded::read(path, catalogue)?;
    let findings = findings(&loaded.catalogue, &loaded.plan, &loaded.flows);
    for finding in &findings {
        let text = finding.text(&loaded.catalogue, &loaded.plan);
        writeln!(out, "{}: {text}; {}", finding.id(), finding.remedy(&loaded.catalogue))?;
        for detail in finding.details(&loaded.catalogue, &loaded.plan) {
            writeln!(out, "    {detail}")?;
        }
    }
    if findings.is_empty() {
        writeln!(
            out,
            "nothing is missing: {} hosts, {} flows",
            loaded.plan.hosts().len(),
            loaded.flows.count()
        )?;
        return Ok(Verdict::Done);
    }
    Ok(Verdict::Findings)
}
