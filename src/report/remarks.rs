//! What the next person should know, beside each part of the plan's file.

use std::collections::HashMap;

use crate::flows::{Axis, Matrix};
use crate::plan::{HostId, Remarks, Standing};
use crate::snippets::text::count;

use super::Input;
use super::content::role_words;
use super::findings::Found;
use super::findings::found;
use super::sources::{Sources, row_words};

/// Puts the remarks together.
pub fn remarks(input: &Input<'_>) -> Remarks {
    let (catalogue, plan) = (input.catalogue, input.plan);
    let found = found(input);
    let options = plan.options().iter().map(|option| {
        let known = &catalogue.options()[option];
        (option, format!("{}: {}", known.label, known.help))
    });
    let zones = plan.zones().iter().map(|zone| {
        let hosts = plan.hosts().iter().filter(|host| plan.zone_of(host) == Some(&zone.name));
        (zone.name.clone(), count(hosts.count() as u64, "host"))
    });
    Remarks {
        top: top(input, &found),
        options: options.collect(),
        zones: zones.collect(),
        hosts: hosts(input, &found),
        bottom: bottom(input),
    }
}

fn top(input: &Input<'_>, found: &[Found]) -> Vec<String> {
    let plan = input.plan;
    let date = input.date.map_or_else(String::new, |date| format!(", {date}"));
    let mut lines = vec![
        format!("{}: which network ports a backup install needs. A plan for portplan, with remarks{date}.", plan.name()),
        "To open it: portplan FILE. Remarks are for readers alone: portplan leaves them out when it saves the plan, \
         and \"portplan report FILE --format plan\" writes them anew."
            .to_owned(),
        format!(
            "Edition {} of the vendor's requirements; {}, {}, {}.",
            plan.edition(),
            count(plan.hosts().len() as u64, "host"),
            count(input.flows.count(), "flow"),
            count(found.len() as u64, "finding")
        ),
    ];
    lines.extend(found.iter().filter(|found| found.host.is_none()).map(line));
    lines
}

fn line(found: &Found) -> String {
    match &found.reason {
        Some(reason) => format!("Finding: {}. It may stand: {reason}", found.text),
        None => format!("Finding: {}. Remedy: {}.", found.text, found.remedy),
    }
}

fn hosts(input: &Input<'_>, found: &[Found]) -> HashMap<HostId, Vec<String>> {
    let matrix = Matrix::new(input.plan, input.flows, Axis::Hosts, Axis::Hosts);
    let mut about: HashMap<HostId, Vec<String>> = HashMap::new();
    for found in found {
        if let Some(host) = found.host {
            about.entry(host).or_default().push(line(found));
        }
    }
    let mut remarks = HashMap::new();
    for (at, host) in input.plan.hosts().iter().enumerate() {
        let (opens, gets) = (matrix.row_sum(input.flows, at), matrix.column_sum(input.flows, at));
        let roles = Some(role_words(input.catalogue, host)).filter(|roles| !roles.is_empty());
        let roles = roles.unwrap_or_else(|| "no role".to_owned());
        let mut lines = vec![format!("{roles}; opens {}, receives {gets}", count(opens, "flow"))];
        match input.plan.standing(host) {
            Standing::ByAddress(zone) => lines.push(format!("By its addresses it stands in zone {zone}.")),
            Standing::Torn(..) => lines.push("Its addresses do not lie in one zone.".to_owned()),
            Standing::Named(_) | Standing::Nowhere => {}
        }
        lines.extend(about.remove(&host.id).into_iter().flatten());
        remarks.insert(host.id, lines);
    }
    remarks
}

fn bottom(input: &Input<'_>) -> Vec<String> {
    let sources = Sources::new(input);
    let pages = sources.pages.iter().map(|used| {
        let (page, rows) = (used.page, row_words(&used.rows));
        format!(
            "Source: {}, build {}, last updated {}, rows {rows}: {}",
            page.title,
            page.build,
            page.updated.iso(),
            page.url
        )
    });
    let doubts = sources.doubts.iter().map(|(place, doubt)| format!("Doubt: {place}: {doubt}"));
    pages.chain(doubts).collect()
}
