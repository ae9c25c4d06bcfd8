//! The engine: resolving, listing, comparing.

use std::hint::black_box;

use criterion::{Criterion, Throughput};
use portplan::catalogue::{PortItem, Ports, RoleSet};
use portplan::cli::generate::{self, Variety};
use portplan::flows::{Comparison, Flows, Grouping, HostZones, Listing, SameHost};
use portplan::plan::{Edit, Host, Partners, Plan, Zone};

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

/// 10,000 hosts of many kinds in 40 of 50 zones by address, then in 50 sites, then with 500 pairs of partners.
pub fn limits(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("limits");
    let zoned = zoned(&generate::plan(catalogue(), 10_000, Variety::Many));
    group.bench_function("zones", |bench| bench.iter(|| HostZones::new(black_box(&zoned))));
    let flows = Flows::new(catalogue(), &zoned);
    let zones = flows.zones(&zoned);
    // The hosts do not reach to the last of the networks.
    assert!(zones.names().len() == 40 && zones.outside() == 0);
    group.bench_function("crossing", |bench| {
        bench.iter(|| Listing::crossing(black_box(&flows), zones, Grouping::Flow, None));
    });
    let sites = edited(&zoned, |at, host| host.site = format!("site-{}", at % 50).parse().ok());
    let mut partners = zoned.clone();
    let hosts = zoned.hosts().chunks(20).map(|hosts| Partners { host: hosts[1].id, partner: hosts[2].id });
    partners.apply(Edit::Partners(hosts.collect())).unwrap();
    let ports = edited(&zoned, |at, host| {
        if at % 10 == 0 {
            let port: PortItem = (20_000 + at / 50).to_string().parse().unwrap();
            let key = catalogue().custom_ports().keys().nth(at / 10 % 4).unwrap();
            host.ports.insert(key, [port].into_iter().collect::<Ports>().to_open());
        }
    });
    for (name, plan) in [("sites", sites), ("partners", partners), ("ports", ports)] {
        let flows = Flows::new(catalogue(), &plan);
        println!("{name}: {} flows, {} left out", flows.count(), flows.left_out());
        group.bench_function(name, |bench| bench.iter(|| Flows::new(catalogue(), black_box(&plan))));
        group.bench_function(format!("{name}-list"), |bench| {
            bench.iter(|| Listing::new(black_box(&flows), Grouping::Flow, SameHost::Hide, None));
        });
    }
}

/// The plan with 50 zones of networks in place of named ones.
fn zoned(plan: &Plan) -> Plan {
    let mut plan = edited(plan, |_, host| host.zone = None);
    let zone = |at: usize| Zone {
        name: format!("zone-{at:02}").parse().unwrap(),
        networks: (0..250)
            .skip(at)
            .step_by(50)
            .map(|net| format!("10.0.{net}.0/24").parse().unwrap())
            .collect(),
    };
    plan.apply(Edit::Zones((0..50).map(zone).collect())).unwrap();
    plan
}

fn edited(plan: &Plan, edit: impl Fn(usize, &mut Host)) -> Plan {
    let mut plan = plan.clone();
    for (at, mut host) in plan.hosts().to_vec().into_iter().enumerate() {
        edit(at, &mut host);
        plan.apply(Edit::Replace(Box::new(host))).unwrap();
    }
    plan
}
