//! `portplan baselines`: the pinned states of a plan.

use std::io::Write;
use std::sync::Arc;

use serde::Serialize;

use crate::catalogue::Catalogue;
use crate::flows::Comparison;

use super::args::{BaselinesTask, CatalogueFormat};
use super::input::Loaded;
use super::{Failure, Verdict};

#[derive(Serialize)]
struct Entry<'a> {
    name: &'a str,
    hosts: usize,
    added: u64,
    removed: u64,
}

pub(super) fn run(
    task: &BaselinesTask,
    catalogue: &Arc<Catalogue>,
    out: &mut impl Write,
) -> Result<Verdict, Failure> {
    let now = Loaded::read(&task.plan, catalogue)?;
    let mut entries = Vec::new();
    for baseline in now.plan.baselines() {
        let then = now.at_baseline(baseline.name().as_str())?;
        let delta = Comparison::new(&then.flows, &now.flows).delta();
        entries.push(Entry {
            name: baseline.name().as_str(),
            hosts: then.plan.hosts().len(),
            added: delta.added,
            removed: delta.removed,
        });
    }
    match task.format {
        CatalogueFormat::Json => {
            serde_json::to_writer_pretty(&mut *out, &entries).map_err(std::io::Error::from)?;
            writeln!(out)?;
        }
        CatalogueFormat::Table if entries.is_empty() => {
            writeln!(out, "no baselines; the planner pins one")?;
        }
        CatalogueFormat::Table => {
            let name = entries.iter().map(|entry| entry.name.chars().count()).max().unwrap_or(4).clamp(4, 60);
            writeln!(out, "{:name$}  {:>6}  {:>8}  {:>8}", "NAME", "HOSTS", "ADDED", "REMOVED")?;
            for Entry { name: text, hosts, added, removed } in &entries {
                writeln!(out, "{text:name$}  {hosts:>6}  {added:>8}  {removed:>8}")?;
            }
        }
    }
    Ok(Verdict::Done)
}
