//! `portplan snippet`: rules or tables for a plan.

use std::io::Write;

use crate::catalogue::nearest;
use crate::files;
use crate::flows::search::Direction as HostDirection;
use crate::flows::{Grouping, SameHost};
use crate::snippets::{Direction, Kind, Purpose, Request, Selection, Target, render, write};

use super::args::{DirectionArg, SnippetTask};
use super::input::Loaded;
use super::{Failure, Verdict};

pub(super) fn run(task: &SnippetTask, out: &mut impl Write) -> Result<Verdict, Failure> {
    let target = target(&task.format)?;
    let loaded = Loaded::read(&task.plan)?;
    let direction = match task.direction {
        Some(DirectionArg::In) | None => Direction::Inbound,
        Some(DirectionArg::Out) => Direction::Outbound,
        Some(DirectionArg::Transit) => Direction::Transit,
    };
    let host_direction = match (task.direction, target.kind()) {
        (None, Kind::Table) | (Some(DirectionArg::Transit), _) => HostDirection::Both,
        (Some(DirectionArg::Out), _) => HostDirection::Outbound,
        _ => HostDirection::Inbound,
    };
    let listing = loaded.listing(
        task.search.as_deref(),
        task.host.as_deref(),
        host_direction,
        Grouping::Flow,
        SameHost::Hide,
    )?;
    let request = Request {
        catalogue: &loaded.catalogue,
        plan: &loaded.plan,
        flows: &loaded.flows,
        selection: Selection::Listing(&listing),
        scope: scope_words(task, target, direction),
        target,
        direction,
        purpose: if task.remove { Purpose::Remove } else { Purpose::Apply },
    };
    match &task.output {
        None => write(&request, out)?,
        Some(path) => drop(files::save(path, &render(&request)?)?),
    }
    Ok(Verdict::Done)
}

fn target(id: &str) -> Result<Target, Failure> {
    Target::from_id(id).ok_or_else(|| {
        let ids = Target::ALL.map(Target::id);
        Failure::Unknown {
            kind: "target",
            found: id.to_owned(),
            nearest: nearest(id, ids).map(str::to_owned),
            known: format!("the targets are {}", ids.join(", ")),
        }
    })
}

fn scope_words(task: &SnippetTask, target: Target, direction: Direction) -> String {
    let mut parts = Vec::new();
    parts.extend(task.host.as_ref().map(|host| format!("host {host}")));
    parts.extend(task.search.as_ref().map(|search| format!("search \"{search}\"")));
    if parts.is_empty() {
        parts.push("whole plan".to_owned());
    }
    // A table for which no direction was asked lists both.
    if target.kind() == Kind::Rules || task.direction.is_some() {
        parts.push(direction.label().to_owned());
    }
    parts.join(", ")
}
