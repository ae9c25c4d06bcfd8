//! `portplan why`: why there is a flow, why there is none, what a host needs, who needs a port.

mod json;
mod markdown;

use std::io::Write;
use std::sync::Arc;

use crate::catalogue::Catalogue;
use crate::flows::why::{Answer, Asked, Scene, Telling};

use super::args::{WhyFormat, WhyTask};
use super::input::Loaded;
use super::{Failure, Verdict};

/// Of so many rules that came close it is told what would bring them; `--all` is for the others.
const NEAREST: usize = 8;

pub(super) fn run(
    task: &WhyTask,
    catalogue: &Arc<Catalogue>,
    out: &mut impl Write,
) -> Result<Verdict, Failure> {
    let loaded = Loaded::read(&task.plan, catalogue)?;
    let asked = Asked {
        from: task.from.as_deref(),
        to: task.to.as_deref(),
        host: task.host.as_deref(),
        port: task.port.as_deref(),
    };
    if asked == Asked::default() {
        return Err(Failure::NoQuestion);
    }
    let understood = asked.look_up(&loaded.plan)?;
    let scene = Scene { catalogue: &loaded.catalogue, plan: &loaded.plan, flows: &loaded.flows };
    let most = if task.all { usize::MAX } else { NEAREST };
    let answer = Answer::new(scene, &understood.question, most);
    match task.format {
        WhyFormat::Json => json::write(scene, &answer, &understood.remarks, out)?,
        WhyFormat::Text => {
            out.write_all(Telling::new(scene, &answer, &understood.remarks).text().as_bytes())?;
        }
        WhyFormat::Markdown => markdown::write(&Telling::new(scene, &answer, &understood.remarks), out)?,
    }
    Ok(if answer.has_flows() { Verdict::Done } else { Verdict::Findings })
}
