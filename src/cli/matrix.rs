//! `portplan matrix`: how many flows go from whom to whom.

use std::io::Write;
use std::sync::Arc;

use crate::catalogue::Catalogue;
use crate::flows::{Axis, Matrix};
use crate::report::Counts;

use super::args::{AxisArg, MatrixTask};
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
    Counts { plan: &loaded.plan, flows: &loaded.flows, matrix: &matrix }.write(task.format.into(), out)?;
    Ok(Verdict::Done)
}

fn axis(axis: AxisArg) -> Axis {
    match axis {
        AxisArg::Host => Axis::Hosts,
        AxisArg::Zone => Axis::Zones,
    }
}
