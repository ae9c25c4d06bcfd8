//! The engine: resolving, listing, comparing.

use std::hint::black_box;

use criterion::{Criterion, Throughput};
use portplan::catalogue::RoleSet;
use portplan::flows::{Comparison, Flows, Grouping, Listing, SameHost};
use portplan::plan::{Edit, Plan};

use super::rig::{catalogue, plans};

/// From a plan to its resolved form.
pub fn resolve(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("resolve");
    for (name, plan) in plans() {
        let flows = Flows::new(catalogue(), &plan);
        println!("{name}: {} flows, {} classes", flows.count(), flows.class_count());
        group.throughput(Throughput::Elements(plan.hosts().len() as u64));
        group.bench_function(name, |bench| bench.iter(|| Flows::new(catalogue(), black_box(&plan))));
    }
}

/// From the resolved form to a list that can be scrolled.
pub fn list(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("list");
    for (name, plan) in plans() {
        let flows = Flows::new(catalogue(), &plan);
        group.bench_function(name, |bench| {
            bench.iter(|| Listing::new(black_box(&flows), Grouping::Flow, SameHost::Hide, None));
        });
    }
}

/// A plan against itself with one host less and one host of other roles.
pub fn difference(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("difference");
    for (name, plan) in plans() {
        let (before, after) = (Flows::new(catalogue(), &plan), Flows::new(catalogue(), &changed(&plan)));
        group.bench_function(name, |bench| {
            bench.iter(|| Comparison::new(black_box(&before), &after).delta());
        });
    }
}

fn changed(plan: &Plan) -> Plan {
    let mut after = plan.clone();
    let mut host = plan.hosts()[1].clone();
    host.roles = RoleSet::EMPTY;
    after.apply(Edit::Replace(Box::new(host))).unwrap();
    after.apply(Edit::Remove(plan.hosts()[plan.hosts().len() / 2].id)).unwrap();
    after
}
