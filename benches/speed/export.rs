//! Plans as files, and flows as tables.

use std::hint::black_box;
use std::io;

use criterion::{Criterion, Throughput};
use portplan::files::project;
use portplan::flows::{Flows, Grouping, Listing, SameHost};
use portplan::snippets::{Direction, Purpose, Request, Selection, Target, write};

use super::rig::{catalogue, plans};

/// Reading and writing the project file, the disk aside.
pub fn files(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("files");
    for (name, plan) in plans() {
        let text = project::write(&plan, catalogue());
        group.throughput(Throughput::Bytes(text.len() as u64));
        group.bench_function(format!("write/{name}"), |bench| {
            bench.iter(|| project::write(black_box(&plan), catalogue()));
        });
        group.bench_function(format!("read/{name}"), |bench| {
            bench.iter(|| project::read(black_box(&text), catalogue()).unwrap());
        });
    }
}

/// Every flow as a line of CSV. 10,000 hosts would take seconds a sample; `benches/terminal` watches their memory.
pub fn csv(criterion: &mut Criterion) {
    export(criterion, "csv", Target::Csv);
}

/// Every flow in a workbook, and every opening of a host. A sheet has too few rows for 10,000 hosts.
pub fn xlsx(criterion: &mut Criterion) {
    export(criterion, "xlsx", Target::Xlsx);
}

fn export(criterion: &mut Criterion, group: &str, target: Target) {
    let mut group = criterion.benchmark_group(group);
    group.sample_size(10);
    for (name, plan) in plans().take(3) {
        let flows = Flows::new(catalogue(), &plan);
        let listing = Listing::new(&flows, Grouping::Flow, SameHost::Hide, None);
        let request = Request {
            catalogue: catalogue(),
            plan: &plan,
            flows: &flows,
            selection: Selection::Listing(&listing),
            scope: "whole plan".to_owned(),
            target,
            direction: Direction::Transit,
            purpose: Purpose::Apply,
            date: None,
        };
        group.throughput(Throughput::Elements(listing.len()));
        group.bench_function(name, |bench| {
            bench.iter(|| write(black_box(&request), &mut io::sink()).unwrap());
        });
    }
}
