//! `portplan flows`: the flows of a plan.

use std::io::Write;
use std::sync::Arc;

use crate::catalogue::Catalogue;
use crate::flows::search::Direction;
use crate::flows::{Crossing, Grouping, Listing, SameHost};
use crate::snippets::{self, Purpose, Request, Selection, Target, row};

use super::args::{By, FlowsFormat, FlowsTask};
use super::input::Loaded;
use super::{Failure, Verdict};

pub(super) fn run(
    task: &FlowsTask,
    catalogue: &Arc<Catalogue>,
    out: &mut impl Write,
) -> Result<Verdict, Failure> {
    let loaded = Loaded::read(&task.plan, catalogue)?;
    let grouping = match task.by {
        By::Flow => Grouping::Flow,
        By::Rule => Grouping::Rule,
    };
    let same_host = if task.same_host { SameHost::Show } else { SameHost::Hide };
    let (search, host) = (task.search.as_deref(), task.host.as_deref());
    let crossing = if task.crossing { Crossing::Only } else { Crossing::All };
    let listing = loaded.listing(search, host, Direction::Both, grouping, same_host, crossing)?;
    let target = match task.format {
        FlowsFormat::Table => return table(&loaded, &listing, crossing, out),
        FlowsFormat::Csv => Target::Csv,
        FlowsFormat::Json => Target::Json,
        FlowsFormat::Markdown => Target::Markdown,
    };
    let request = Request {
        catalogue: &loaded.catalogue,
        plan: &loaded.plan,
        flows: &loaded.flows,
        selection: Selection::Listing(&listing),
        scope: scope_words(task, &loaded),
        target,
        direction: snippets::Direction::Transit,
        purpose: Purpose::Apply,
        date: None,
    };
    snippets::write(&request, out)?;
    Ok(Verdict::Done)
}

fn scope_words(task: &FlowsTask, loaded: &Loaded) -> String {
    let host = task.host.as_ref().map(|host| format!("host {host}"));
    let search = task.search.as_ref().map(|search| format!("search \"{search}\""));
    let crossing = task.crossing.then(|| loaded.crossing_words());
    let parts: Vec<String> = [host, search, crossing].into_iter().flatten().collect();
    if parts.is_empty() { "whole plan".to_owned() } else { parts.join(", ") }
}

fn table(
    loaded: &Loaded,
    listing: &Listing,
    crossing: Crossing,
    out: &mut impl Write,
) -> Result<Verdict, Failure> {
    let names = loaded.plan.hosts().iter().map(|host| host.name.as_str().chars().count());
    let host = names.max().unwrap_or(4).clamp(4, 40);
    writeln!(out, "{:host$}  {:host$}  {:5}  {:22}  PURPOSE (SOURCE)", "FROM", "TO", "PROTO", "PORTS")?;
    listing.each(&loaded.flows, |flow| {
        let row = row(&loaded.catalogue, &loaded.plan, &loaded.flows, flow);
        let tags = if row.tags.is_empty() { String::new() } else { format!(" [{}]", row.tags) };
        writeln!(
            out,
            "{:host$}  {:host$}  {:5}  {:22}  {} ({}){tags}",
            row.from, row.to, row.transport, row.ports, row.purpose, row.source
        )
    })?;
    for (line, gap) in remarks(loaded, listing, crossing).into_iter().zip(["\n", ""]) {
        writeln!(out, "{gap}{line}")?;
    }
    Ok(Verdict::Done)
}

/// What the table does not list, though somebody may look for it there.
fn remarks(loaded: &Loaded, listing: &Listing, crossing: Crossing) -> Vec<String> {
    let mut remarks = Vec::new();
    if crossing == Crossing::Only {
        remarks.push(format!("{}: {}.", count(listing.len(), "row"), loaded.crossing_words()));
    }
    let left_out = loaded.flows.left_out();
    if left_out > 0 {
        remarks.push(format!("Sites and partners leave {} of the plan out.", count(left_out, "flow")));
    }
    remarks
}

fn count(number: u64, word: &str) -> String {
    if number == 1 { format!("1 {word}") } else { format!("{number} {word}s") }
}
