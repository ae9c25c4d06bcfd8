//! The yardstick: a resolver that asks every rule about every pair of hosts, as a spreadsheet or a script would.

use std::collections::BTreeSet;
use std::hint::black_box;
use std::time::{Duration, Instant};

use criterion::Criterion;
use portplan::catalogue::{
    Catalogue, Condition, Endpoint, HostFact, Key, OptionSet, Ports, Reach, RoleSet, Transport,
};
use portplan::cli::generate::{self, Variety};
use portplan::flows::{Flows, Grouping, Listing, SameHost};
use portplan::plan::{Host, Plan};

use super::rig::catalogue;

/// A flow: places of its hosts in the plan, transport, ports.
type Flow<'a> = (usize, usize, Transport, &'a Ports);

/// All flows of a plan that has no own rules, no own ports, no sites and no partners.
pub fn resolve<'a>(catalogue: &'a Catalogue, plan: &Plan) -> BTreeSet<Flow<'a>> {
    let roles: Vec<RoleSet> = plan.hosts().iter().map(|host| catalogue.with_implied(host.roles)).collect();
    let placed = roles.iter().fold(RoleSet::EMPTY, |all, roles| all.union(*roles));
    let mut flows = BTreeSet::new();
    for (from, from_host) in plan.hosts().iter().enumerate() {
        for (to, to_host) in plan.hosts().iter().enumerate().filter(|(to, _)| *to != from) {
            let pair = Pair {
                options: plan.options(),
                placed,
                from: (roles[from], plan.options_of(from_host)),
                to: (roles[to], plan.options_of(to_host)),
            };
            for rule in catalogue.rules().entries().iter().filter(|rule| rule.reach == Reach::Network) {
                if fits(&rule.from, pair.from.0, from_host)
                    && fits(&rule.to, pair.to.0, to_host)
                    && pair.holds(&rule.when)
                {
                    flows.extend(rule.transports.iter().map(|transport| (from, to, *transport, &rule.ports)));
                }
            }
        }
    }
    flows
}

struct Pair {
    options: OptionSet,
    placed: RoleSet,
    from: (RoleSet, OptionSet),
    to: (RoleSet, OptionSet),
}

impl Pair {
    fn holds(&self, condition: &Condition) -> bool {
        let has = |end: (RoleSet, OptionSet), fact: &HostFact| match fact {
            HostFact::Option(option) => end.1.contains(*option),
            HostFact::Role(role) => end.0.contains(*role),
        };
        match condition {
            Condition::Always => true,
            Condition::Option(option) => self.options.contains(*option),
            Condition::Placed(role) => self.placed.contains(*role),
            Condition::From(fact) => has(self.from, fact),
            Condition::To(fact) => has(self.to, fact),
            Condition::Not(inner) => !self.holds(inner),
            Condition::All(parts) => parts.iter().all(|part| self.holds(part)),
            Condition::Any(parts) => parts.iter().any(|part| self.holds(part)),
        }
    }
}

fn fits(ends: &[Endpoint], roles: RoleSet, host: &Host) -> bool {
    ends.iter().any(|end| roles.contains(end.role) && end.os.is_none_or(|os| os == host.os))
}

/// Checks that both resolvers find the same flows, and prints how much longer the naive one takes to know them.
pub fn ratio(_: &mut Criterion) {
    for (hosts, variety) in
        [(100, Variety::Few), (100, Variety::Many), (1_000, Variety::Few), (1_000, Variety::Many)]
    {
        let plan = generate::plan(catalogue(), hosts, variety);
        let flows = Flows::new(catalogue(), &plan);
        let listing = Listing::new(&flows, Grouping::Flow, SameHost::Hide, None);
        let mut found = BTreeSet::new();
        let done: Result<(), ()> = listing.each(&flows, |row| {
            let shape = flows.shape(row.shape);
            found.insert((row.from.position(), row.to.position(), shape.transport, &*shape.ports));
            Ok(())
        });
        assert!(done.is_ok());
        assert_eq!(found, resolve(catalogue(), &plan), "the two resolvers differ at {hosts} hosts");
        let naive = median(3, || drop(black_box(resolve(catalogue(), &plan))));
        let engine = median(31, || {
            let flows = Flows::new(catalogue(), &plan);
            black_box(Listing::new(&flows, Grouping::Flow, SameHost::Hide, None).len());
        });
        let ratio = naive.as_secs_f64() / engine.as_secs_f64();
        println!("naive : engine, {hosts} hosts, {variety:?}: {naive:.2?} : {engine:.2?} = {ratio:.0}");
    }
}

fn median(runs: usize, mut work: impl FnMut()) -> Duration {
    let mut times: Vec<Duration> = (0..runs)
        .map(|_| {
            let start = Instant::now();
            work();
            start.elapsed()
        })
        .collect();
    times.sort_unstable();
    times[runs / 2]
}
