//! Findings: every check as data, properties over random plans, and what was acknowledged.

mod acknowledged;
mod cases;
mod random;

use portplan::files::project;
use portplan::flows::Flows;
use portplan::plan::Plan;
use portplan::review::{Finding, findings};

use crate::flows::support::catalogue;

fn read(text: &str) -> Plan {
    project::read(text, catalogue()).unwrap_or_else(|error| panic!("{error}\nin\n{text}"))
}

fn find(plan: &Plan) -> Vec<Finding> {
    findings(catalogue(), plan, &Flows::new(catalogue(), plan))
}

/// `no-address vbr1`, `unplaced-peer worker`: what tells a finding from all others.
fn name(plan: &Plan, finding: &Finding) -> String {
    let host = finding.host().and_then(|host| plan.host(host)).map(|host| host.name.to_string());
    let about = finding.about(catalogue()).map(|about| about.to_string());
    [Some(finding.id().to_owned()), host, about].into_iter().flatten().collect::<Vec<_>>().join(" ")
}

fn names(plan: &Plan) -> Vec<String> {
    find(plan).iter().map(|finding| name(plan, finding)).collect()
}
