//! `portplan diff`: what is different between two plans.

use std::io::Write;
use std::sync::Arc;

use crate::catalogue::Catalogue;
use crate::flows::changes::{GroupBy, State};
use crate::review::Difference;
use crate::review::difference::Entry;
use crate::snippets::{Changes, GroupedChanges};

use super::args::{DiffTask, GroupArg};
use super::input::Loaded;
use super::{Failure, Verdict};

pub(super) fn run(
    task: &DiffTask,
    catalogue: &Arc<Catalogue>,
    out: &mut impl Write,
) -> Result<Verdict, Failure> {
    let (before, after) = match (&task.after, &task.baseline) {
        (Some(after), _) => (Loaded::read(&task.before, catalogue)?, Loaded::read(after, catalogue)?),
        (None, name) => {
            let plan = Loaded::read(&task.before, catalogue)?;
            (plan.at_baseline(name.as_deref().unwrap_or_default())?, plan)
        }
    };
    let difference = Difference::between(&after.catalogue, &before.plan, &after.plan);
    let notes: Vec<String> = difference.entries.iter().map(Entry::to_string).collect();
    let changes = Changes {
        catalogue: &after.catalogue,
        before: State { plan: &before.plan, flows: &before.flows },
        after: State { plan: &after.plan, flows: &after.flows },
        notes: &notes,
    };
    let form = task.format.into();
    let by = match task.by {
        None => return Ok(if changes.write(form, out)? { Verdict::Findings } else { Verdict::Done }),
        Some(GroupArg::Host) => GroupBy::Host,
        Some(GroupArg::Reason) => GroupBy::Reason,
    };
    let changes = GroupedChanges { changes, by };
    Ok(if changes.write(form, out)? { Verdict::Findings } else { Verdict::Done })
}
