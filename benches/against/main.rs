//! portplan and nucleo on the same flows for the same queries; `benches/against/run` calls it beside other programs.
//!
//! `against FLOWS PLAN QUERY...` prints one line per tool and query: tool, query, milliseconds, hits.
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    missing_docs,
    reason = "a bench fails by panicking, and its items are nobody's interface"
)]

use std::fs;
use std::hint::black_box;
use std::time::Instant;

use nucleo_matcher::pattern::{CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher};
use portplan::catalogue::Catalogue;
use portplan::files::project;
use portplan::flows::search::{Matches, Query};
use portplan::flows::{Flows, Grouping, Listing, SameHost};
use portplan::plan::Plan;

/// Rows of a screen: a search is done when they and the count are known.
const WINDOW: usize = 50;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let [flows, plan, queries @ ..] = arguments.as_slice() else {
        println!("run benches/against/run; it brings the flows, the plan and the queries");
        return;
    };
    let catalogue = Catalogue::embedded().unwrap();
    let plan = project::read(&fs::read_to_string(plan).unwrap(), &catalogue).unwrap();
    let text = fs::read_to_string(flows).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    let resolved = Flows::new(&catalogue, &plan);
    report("portplan", "resolve", 21, || {
        let flows = Flows::new(&catalogue, black_box(&plan));
        Listing::new(&flows, Grouping::Rule, SameHost::Hide, None).len()
    });
    for query in queries {
        report("portplan", query, 21, || portplan(&catalogue, &plan, &resolved, query));
        report("nucleo", query, 3, || nucleo(&lines, query));
    }
}

fn portplan(catalogue: &Catalogue, plan: &Plan, flows: &Flows, query: &str) -> u64 {
    let matches = Matches::new(catalogue, plan, flows, &Query::parse(query), None);
    let listing = Listing::new(flows, Grouping::Flow, SameHost::Hide, Some(matches));
    black_box(listing.window(flows, 0, WINDOW));
    listing.len()
}

fn nucleo(lines: &[&str], query: &str) -> u64 {
    let mut matcher = Matcher::new(Config::DEFAULT);
    let pattern = Pattern::parse(query, CaseMatching::Ignore, Normalization::Never);
    pattern.match_list(lines, &mut matcher).len() as u64
}

/// Prints the median.
fn report(tool: &str, query: &str, runs: usize, mut work: impl FnMut() -> u64) {
    let mut hits = 0;
    let mut times: Vec<f64> = (0..runs)
        .map(|_| {
            let start = Instant::now();
            hits = work();
            start.elapsed().as_secs_f64() * 1e3
        })
        .collect();
    times.sort_by(f64::total_cmp);
    println!("{tool}\t{query}\t{:.3}\t{hits}", times[runs / 2]);
}
