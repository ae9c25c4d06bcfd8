//! `portplan snippet`: rules or tables for a plan.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::sync::Arc;

use crate::catalogue::{Catalogue, nearest};
use crate::files;
use crate::flows::search::Direction as HostDirection;
use crate::flows::{Crossing, Grouping, Listing, SameHost, Since};
use crate::plan::ZoneName;
use crate::snippets::{
    Content, Direction, Kind, New, Purpose, Request, Selection, Target, WriteError, ZonePair, write,
};

use super::args::{DirectionArg, SnippetTask};
use super::input::Loaded;
use super::{Failure, Verdict};

pub(super) fn run(
    task: &SnippetTask,
    catalogue: &Arc<Catalogue>,
    out: &mut impl Write,
) -> Result<Verdict, Failure> {
    let job = Job { target: target(&task.format)?, task };
    if job.target.content() == Content::Binary && task.output.is_none() {
        return Err(Failure::NeedsFile(job.target.label()));
    }
    let inputs = [Some(&task.plan), task.since.as_ref()];
    if let Some(path) =
        task.output.as_ref().filter(|output| inputs.into_iter().flatten().any(|input| is_same(output, input)))
    {
        return Err(Failure::OntoPlan(path.clone()));
    }
    let loaded = Loaded::read(&task.plan, catalogue)?;
    match (&task.since, &task.since_baseline) {
        (None, None) => job.of_plan(&loaded, out),
        (Some(path), _) => {
            let file = path.file_name().map_or_else(|| path.to_string_lossy(), |name| name.to_string_lossy());
            job.of_changes(&loaded, &Loaded::read(path, catalogue)?, &file, out)
        }
        (None, Some(name)) => {
            job.of_changes(&loaded, &loaded.at_baseline(name)?, &format!("baseline \"{name}\""), out)
        }
    }
}

/// Whether both names lead to one file.
pub(super) fn is_same(output: &Path, input: &Path) -> bool {
    match (fs::canonicalize(output), fs::canonicalize(input)) {
        (Ok(output), Ok(input)) => output == input,
        _ => false,
    }
}

/// What was asked for.
struct Job<'a> {
    target: Target,
    task: &'a SnippetTask,
}

impl Job<'_> {
    fn of_plan(&self, loaded: &Loaded, out: &mut impl Write) -> Result<Verdict, Failure> {
        let rows = self.rows(loaded)?;
        self.save(loaded, rows.selection(), self.scope(loaded, &rows, None), self.purpose(), out)
    }

    /// Rules for what is new, or their roll-back; as a table, what is new or what is gone.
    fn of_changes(
        &self,
        now: &Loaded,
        before: &Loaded,
        older: &str,
        out: &mut impl Write,
    ) -> Result<Verdict, Failure> {
        let gone = self.task.dropped || self.task.remove && self.target.kind() == Kind::Table;
        let (old, new) = if gone { (now, before) } else { (before, now) };
        let rows = self.rows(new)?;
        let since = Since::new(&old.plan, &old.flows, &new.plan);
        let gone_flows = if gone { 0 } else { self.gone(now, before)? };
        let among = rows.selection();
        let changed = New { among: &among, since: &since, gone: gone_flows };
        let selection = if gone { Selection::Gone(changed) } else { Selection::New(changed) };
        let change = format!("{} since {older}", if gone { "gone" } else { "new" });
        let purpose = match (gone, self.target.kind()) {
            (false, _) => self.purpose(),
            (true, Kind::Table) => Purpose::Apply,
            (true, Kind::Rules) => Purpose::Remove,
        };
        self.save(new, selection, self.scope(new, &rows, Some(change)), purpose, out)
    }

    /// How many of the older plan's flows are not in the plan any more. A host that was asked for and that the older
    /// plan does not have had none.
    fn gone(&self, now: &Loaded, before: &Loaded) -> Result<u64, Failure> {
        if self.task.host.as_ref().is_some_and(|host| before.plan.host_named(host).is_none()) {
            return Ok(0);
        }
        let rows = self.rows(before)?;
        let since = Since::new(&now.plan, &now.flows, &before.plan);
        Ok(Selection::New(New { among: &rows.selection(), since: &since, gone: 0 }).len(&before.flows))
    }

    fn rows(&self, loaded: &Loaded) -> Result<Rows, Failure> {
        let task = self.task;
        if let (Some(from), Some(to)) = (&task.from_zone, &task.to_zone) {
            let (from, to) = (zone(loaded, from)?, zone(loaded, to)?);
            let pair = ZonePair::new(&loaded.plan, &loaded.flows, from.as_ref(), to.as_ref());
            return Ok(Rows::Zones(pair));
        }
        let host_direction = match (task.direction, self.target.kind()) {
            (None, Kind::Table) | (Some(DirectionArg::Transit), _) => HostDirection::Both,
            (Some(DirectionArg::Out), _) => HostDirection::Outbound,
            (None, Kind::Rules) if self.direction() == Direction::Transit => HostDirection::Both,
            _ => HostDirection::Inbound,
        };
        let (search, host) = (task.search.as_deref(), task.host.as_deref());
        let crossing = if task.crossing { Crossing::Only } else { Crossing::All };
        let listing =
            loaded.listing(search, host, host_direction, Grouping::Flow, SameHost::Hide, crossing)?;
        Ok(Rows::Listing(listing))
    }

    /// Where the rules are applied: as asked, or where the target usually stands.
    fn direction(&self) -> Direction {
        match self.task.direction {
            Some(DirectionArg::In) => Direction::Inbound,
            Some(DirectionArg::Out) => Direction::Outbound,
            Some(DirectionArg::Transit) => Direction::Transit,
            None if self.task.from_zone.is_some()
                && self.target.directions().contains(&Direction::Transit) =>
            {
                Direction::Transit
            }
            None => self.target.direction_near(Direction::Inbound),
        }
    }

    fn purpose(&self) -> Purpose {
        if self.task.remove { Purpose::Remove } else { Purpose::Apply }
    }

    fn save(
        &self,
        loaded: &Loaded,
        selection: Selection<'_>,
        scope: String,
        purpose: Purpose,
        out: &mut impl Write,
    ) -> Result<Verdict, Failure> {
        let request = Request {
            catalogue: &loaded.catalogue,
            plan: &loaded.plan,
            flows: &loaded.flows,
            selection,
            scope,
            target: self.target,
            direction: self.direction(),
            purpose,
            date: self.task.date,
        };
        match &self.task.output {
            None => write(&request, out)?,
            Some(path) => files::save_streamed(path, |out| match write(&request, out) {
                Ok(()) => Ok(Ok(())),
                Err(WriteError::Snippet(error)) => Ok(Err(error)),
                Err(WriteError::Io(error)) => Err(error),
            })??,
        }
        Ok(Verdict::Done)
    }

    fn scope(&self, loaded: &Loaded, rows: &Rows, change: Option<String>) -> String {
        let mut parts = Vec::new();
        parts.extend(self.task.host.as_ref().map(|host| format!("host {host}")));
        parts.extend(self.task.search.as_ref().map(|search| format!("search \"{search}\"")));
        if self.task.crossing {
            parts.push(loaded.crossing_words());
        }
        if let Rows::Zones(pair) = rows {
            parts.push(pair.words());
        }
        if parts.is_empty() {
            parts.push("whole plan".to_owned());
        }
        parts.extend(change);
        // A table for which no direction was asked lists both.
        if self.target.kind() == Kind::Rules || self.task.direction.is_some() {
            parts.push(self.direction().label().to_owned());
        }
        parts.join(", ")
    }
}

/// The flows that were asked for.
enum Rows {
    Listing(Listing),
    Zones(ZonePair),
}

impl Rows {
    fn selection(&self) -> Selection<'_> {
        match self {
            Self::Listing(listing) => Selection::Listing(listing),
            Self::Zones(pair) => Selection::Zones(pair),
        }
    }
}

/// The zone with this name; none for no name, which stands for hosts without a zone.
fn zone(loaded: &Loaded, name: &str) -> Result<Option<ZoneName>, Failure> {
    if name.is_empty() {
        return Ok(None);
    }
    let zones = || loaded.flows.zones(&loaded.plan).names().entries().iter().chain(described(loaded));
    match zones().find(|zone| zone.as_str() == name) {
        Some(zone) => Ok(Some(zone.clone())),
        None => Err(Failure::Unknown {
            kind: "zone",
            found: name.to_owned(),
            nearest: nearest(name, zones().map(ZoneName::as_str)).map(str::to_owned),
            known: "hosts have the zones that the plan gives them".to_owned(),
        }),
    }
}

/// Zones that the plan describes; they may have no host.
fn described(loaded: &Loaded) -> impl Iterator<Item = &ZoneName> {
    loaded.plan.zones().iter().map(|zone| &zone.name)
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
