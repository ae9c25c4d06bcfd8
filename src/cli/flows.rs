//! `portplan flows`: the flows of a plan.

use std::io::Write;
use std::sync::Arc;

use crate::catalogue::Catalogue;
use crate::flows::search::Direction;
use crate::flows::{Grouping, Listing, SameHost};
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
    let listing =
        loaded.listing(task.search.as_deref(), task.host.as_deref(), Direction::Both, grouping, same_host)?;
    let target = match task.format {
        FlowsFormat::Table => return table(&loaded, &listing, out),
        FlowsFormat::Csv => Target::Csv,
        FlowsFormat::Json => Target::Json,
        FlowsFormat::Markdown => Target::Markdown,
    };
    let request = Request {
        catalogue: &loaded.catalogue,
        plan: &loaded.plan,
        flows: &loaded.flows,
        selection: Selection::Listing(&listing),
        scope: scope_words(task),
        target,
        direction: snippets::Direction::Transit,
        purpose: Purpose::Apply,
        date: None,
    };
    snippets::write(&request, out)?;
    Ok(Verdict::Done)
}

fn scope_words(task: &FlowsTask) -> String {
    match (&task.host, &task.search) {
        (None, None) => "whole plan".to_owned(),
        (Some(host), None) => format!("host {host}"),
        (None, Some(search)) => format!("search \"{search}\""),
        (Some(host), Some(search)) => format!("host {host}, search \"{search}\""),
    }
}

fn table(loaded: &Loaded, listing: &Listing, out: &mut impl Write) -> Result<Verdict, Failure> {
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
    Ok(Verdict::Done)
}
