//! `portplan diff`: what is different between two plans.

use std::io::Write;
use std::sync::Arc;

use crate::catalogue::Catalogue;
use crate::review::Difference;
use crate::review::difference::Entry;
use crate::snippets::{Changes, ChangesForm, Side};

use super::args::{DiffTask, FlowsFormat};
use super::input::Loaded;
use super::{Failure, Verdict};

pub(super) fn run(
    task: &DiffTask,
    catalogue: &Arc<Catalogue>,
    out: &mut impl Write,
) -> Result<Verdict, Failure> {
    let (before, after) = (Loaded::read(&task.before, catalogue)?, Loaded::read(&task.after, catalogue)?);
    let difference = Difference::between(&after.catalogue, &before.plan, &after.plan);
    let notes: Vec<String> = difference.entries.iter().map(Entry::to_string).collect();
    let changes = Changes {
        catalogue: &after.catalogue,
        before: Side { plan: &before.plan, flows: &before.flows },
        after: Side { plan: &after.plan, flows: &after.flows },
        notes: &notes,
    };
    let form = match task.format {
        FlowsFormat::Table => ChangesForm::Text,
        FlowsFormat::Csv => ChangesForm::Csv,
        FlowsFormat::Json => ChangesForm::Json,
        FlowsFormat::Markdown => ChangesForm::Markdown,
    };
    Ok(if changes.write(form, out)? { Verdict::Findings } else { Verdict::Done })
}
