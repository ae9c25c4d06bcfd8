//! `portplan matrix`: how many flows go from whom to whom.

use std::io::Write;
use std::sync::Arc;

use crate::catalogue::Catalogue;
use crate::flows::{Axis, Matrix};
use crate::report::{Counts, CountsForm};

use super::args::{AxisArg, FlowsFormat, MatrixTask};
use super::input::Loaded;
use super::{Failure, Verdict};

pub(super) fn run(
    task: &MatrixTask,
    catalogue: &Arc<Catalogue>,
    out: &mut impl Write,
) -> Result<Verdict, Failure> {
    let loaded = Loaded::read(&task.plan, catalogue)?;
    let has_zones = loaded.plan.hosts().iter().any(|host| loaded.plan.zone_of(host).is_some());
    let rows = match task.by {
        Some(by) => axis(by),
        None if has_zones => Axis::Zones,
        None => Axis::Hosts,
    };
    let columns = task.columns.map_or(rows, axis);
    let matrix = Matrix::new(&loaded.plan, &loaded.flows, rows, columns);
    let form = match task.format {
        FlowsFormat::Table => CountsForm::Text,
        FlowsFormat::Csv => CountsForm::Csv,
        FlowsFormat::Json => CountsForm::Json,
        FlowsFormat::Markdown => CountsForm::Markdown,
    };
    Counts { plan: &loaded.plan, flows: &loaded.flows, matrix: &matrix }.write(form, out)?;
    Ok(Verdict::Done)
}

fn axis(axis: AxisArg) -> Axis {
    match axis {
        AxisArg::Host => Axis::Hosts,
        AxisArg::Zone => Axis::Zones,
    }
}
