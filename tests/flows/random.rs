//! Random plans: small, but with everything that the rules look at.

use portplan::catalogue::{OptionId, OptionSet, Os, RoleId, Transport};
use portplan::plan::host::HostSetting;
use portplan::plan::{Edit, Host, HostName, OwnRule, Partners, Party, Plan, Zone};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use super::support::{Draft, catalogue, port_set, ports};

/// Enough hosts that classes hold several and a search splits them.
const MOST_HOSTS: usize = 12;

/// Names that searches look for; hosts get one each, with a number behind it.
const NAMES: [&str; 8] = ["ora", "vbr", "sql-prod", "repo_2750", "Müller", "w", "gip", "node22.example"];
const ZONES: [&str; 3] = ["mgmt", "DMZ", "prod 10"];
const SITES: [&str; 2] = ["north", "Südwest"];
/// They hold some of the addresses, one inside another, and one address is in none.
const NETWORKS: [&str; 5] =
    ["10.0.8.0/24", "10.0.0.0/8", "10.0.8.0/28", "2001:db8::/32", "2001:db8:8:8::/64"];
const ADDRESSES: [&str; 5] = ["10.0.8.0/24", "10.0.8.7", "2001:db8:8::/48", "192.0.2.22", "db.example.com"];
/// Some of them printed in the catalogue too, so that own rules and rows merge.
const OWN_PORTS: [&[&str]; 6] =
    [&["22"], &["2500-3300"], &["6162", "or 2500-3300"], &["1058+"], &["443", "80"], &["2000-2750", "9440"]];
/// Some of them printed for another service, so that overrides collide.
const OVERRIDES: [&[&str]; 7] =
    [&["27018"], &["6160"], &["6162"], &["443", "8443"], &["2000-2600"], &["25"], &[]];

#[derive(Debug, Clone)]
pub struct HostSeed {
    pub name: usize,
    pub os: Os,
    pub roles: Vec<RoleId>,
    pub on: Vec<OptionId>,
    pub off: Vec<OptionId>,
    pub zone: Option<usize>,
    pub addresses: Vec<usize>,
    pub site: Option<usize>,
    pub ports: Vec<(usize, usize)>,
}

#[derive(Debug, Clone, Copy)]
enum PartySeed {
    Host(usize),
    Role(RoleId),
}

type RuleSeed = (PartySeed, PartySeed, Vec<Transport>, usize);

pub fn role_ids() -> impl Strategy<Value = RoleId> {
    select(catalogue().roles().keys().collect::<Vec<_>>())
}

fn option_ids() -> impl Strategy<Value = OptionId> {
    select(catalogue().options().keys().collect::<Vec<_>>())
}

pub fn host_seeds() -> impl Strategy<Value = HostSeed> {
    let parts = (
        0..NAMES.len(),
        select(Os::ALL.to_vec()),
        vec(role_ids(), 0..4),
        vec(option_ids(), 0..3),
        vec(option_ids(), 0..3),
        proptest::option::of(0..ZONES.len()),
        vec(0..ADDRESSES.len(), 0..3),
        proptest::option::weighted(0.3, 0..SITES.len()),
        own_ports(),
    );
    parts.prop_map(|(name, os, roles, on, off, zone, addresses, site, ports)| HostSeed {
        name,
        os,
        roles,
        on,
        off,
        zone,
        addresses,
        site,
        ports,
    })
}

/// Mostly none: a plan in which every host has its own ports proves nothing about the plan's.
fn own_ports() -> impl Strategy<Value = Vec<(usize, usize)>> {
    let ports = vec((0..catalogue().custom_ports().len(), 0..OVERRIDES.len()), 1..4);
    prop_oneof![2 => Just(Vec::new()), 1 => ports]
}

pub fn option_sets() -> impl Strategy<Value = OptionSet> {
    // Mostly on: what is off takes its rows out of the test.
    vec(proptest::bool::weighted(0.7), catalogue().options().len()).prop_map(|on| {
        catalogue().options().keys().zip(on).filter(|(_, on)| *on).map(|(option, _)| option).collect()
    })
}

fn parties() -> impl Strategy<Value = PartySeed> {
    prop_oneof![(0..MOST_HOSTS).prop_map(PartySeed::Host), role_ids().prop_map(PartySeed::Role)]
}

fn rule_seeds() -> impl Strategy<Value = RuleSeed> {
    let transports =
        select(vec![vec![Transport::Tcp], vec![Transport::Udp], vec![Transport::Tcp, Transport::Udp]]);
    (parties(), parties(), transports, 0..OWN_PORTS.len())
}

type ZoneSeed = (usize, Vec<usize>);

fn zone_seeds() -> impl Strategy<Value = Vec<ZoneSeed>> {
    vec((0..ZONES.len(), vec(0..NETWORKS.len(), 0..3)), 0..4)
}

fn partner_seeds() -> impl Strategy<Value = Vec<(usize, usize)>> {
    let pairs = vec((0..MOST_HOSTS, 0..MOST_HOSTS), 1..5);
    prop_oneof![1 => Just(Vec::new()), 1 => pairs]
}

/// The zones without a second of one name.
fn zones(seeds: &[ZoneSeed]) -> Vec<Zone> {
    let mut zones: Vec<Zone> = Vec::new();
    for (name, networks) in seeds {
        let name = ZONES[*name].parse().unwrap();
        if !zones.iter().any(|zone| zone.name == name) {
            let networks = networks.iter().map(|at| NETWORKS[*at].parse().unwrap()).collect();
            zones.push(Zone { name, networks });
        }
    }
    zones
}

fn partners(plan: &Plan, seeds: &[(usize, usize)]) -> Vec<Partners> {
    let id = |at: usize| plan.hosts().get(at).map(|host| host.id);
    let pair = |(host, partner): &(usize, usize)| Some(Partners { host: id(*host)?, partner: id(*partner)? });
    seeds.iter().filter_map(pair).collect()
}

/// Plans of 0 to 12 hosts with options, overrides, own rules, zones, sites and partners.
pub fn plans() -> impl Strategy<Value = Plan> {
    let overrides = vec((0..catalogue().custom_ports().len(), 0..OVERRIDES.len()), 0..4);
    let hosts = vec(host_seeds(), 0..=MOST_HOSTS);
    let limits = (zone_seeds(), partner_seeds());
    (hosts, option_sets(), overrides, vec(rule_seeds(), 0..4), limits).prop_map(
        |(hosts, options, overrides, rules, (zone_seeds, pairs))| {
            let mut draft = Draft::new();
            draft.edit(Edit::Options(options));
            for seed in &hosts {
                add_host(&mut draft.0, seed);
            }
            for (key, items) in overrides {
                let key = catalogue().custom_ports().keys().nth(key).unwrap();
                draft.edit(Edit::Ports { key, ports: Some(port_set(OVERRIDES[items])) });
            }
            let rules = rules.iter().filter_map(|seed| own_rule(&draft.0, seed)).collect();
            draft.edit(Edit::Rules(rules));
            draft.edit(Edit::Zones(zones(&zone_seeds)));
            draft.edit(Edit::Partners(partners(&draft.0, &pairs)));
            draft.0
        },
    )
}

/// Adds a host at the end; its name is free because it ends in a number of its own.
pub fn add_host(plan: &mut Plan, seed: &HostSeed) {
    let id = plan.fresh_id();
    let host = shaped(seed, Host::new(id, free_name(plan, seed)));
    let at = plan.hosts().len();
    plan.apply(Edit::Insert { at, host: Box::new(host) }).unwrap();
}

fn free_name(plan: &Plan, seed: &HostSeed) -> HostName {
    let mut names = (0..).map(|number| format!("{}{number}", NAMES[seed.name]));
    names.find(|name| plan.host_named(name).is_none()).unwrap().parse().unwrap()
}

/// The host with everything but id and name as the seed says.
pub fn shaped(seed: &HostSeed, mut host: Host) -> Host {
    host.os = seed.os;
    host.roles = seed.roles.iter().copied().collect();
    host.zone = seed.zone.map(|zone| ZONES[zone].parse().unwrap());
    host.addresses = seed.addresses.iter().map(|address| ADDRESSES[*address].parse().unwrap()).collect();
    host.site = seed.site.map(|site| SITES[site].parse().unwrap());
    host.ports = seed
        .ports
        .iter()
        .filter_map(|(key, items)| {
            Some((catalogue().custom_ports().keys().nth(*key)?, port_set(OVERRIDES[*items])))
        })
        .collect();
    for (options, setting) in [(&seed.on, HostSetting::On), (&seed.off, HostSetting::Off)] {
        for option in options {
            host.options = host.options.with(*option, setting);
        }
    }
    host
}

fn own_rule(plan: &Plan, (from, to, transports, items): &RuleSeed) -> Option<OwnRule> {
    let party = |seed: &PartySeed| match *seed {
        PartySeed::Host(at) => plan.hosts().get(at).map(|host| Party::Host(host.id)),
        PartySeed::Role(role) => Some(Party::Role(role)),
    };
    Some(OwnRule {
        from: party(from)?,
        to: party(to)?,
        transports: transports.clone(),
        ports: ports(OWN_PORTS[*items]),
        purpose: "Site relay".parse().unwrap(),
    })
}

/// What separates two states of one plan.
#[derive(Debug, Clone)]
pub enum Change {
    Add(HostSeed),
    Remove(usize),
    Reshape(usize, HostSeed),
    Move(usize, usize),
    Rename(usize),
    Options(OptionSet),
    DropRule(usize),
    Override(usize, usize),
    Partners(Vec<(usize, usize)>),
}

pub fn changes() -> impl Strategy<Value = Vec<Change>> {
    let at = || 0..MOST_HOSTS;
    let keys = 0..catalogue().custom_ports().len();
    let change = prop_oneof![
        host_seeds().prop_map(Change::Add),
        at().prop_map(Change::Remove),
        (at(), host_seeds()).prop_map(|(at, seed)| Change::Reshape(at, seed)),
        (at(), at()).prop_map(|(at, to)| Change::Move(at, to)),
        at().prop_map(Change::Rename),
        option_sets().prop_map(Change::Options),
        at().prop_map(Change::DropRule),
        (keys, 0..OVERRIDES.len()).prop_map(|(key, items)| Change::Override(key, items)),
        partner_seeds().prop_map(Change::Partners),
    ];
    vec(change, 0..6)
}

/// Makes the change, or none where its host is not there.
pub fn make(plan: &mut Plan, change: &Change) {
    let host = |plan: &Plan, at: usize| plan.hosts().get(at).cloned();
    let edit = match change {
        Change::Add(seed) => return add_host(plan, seed),
        Change::Remove(at) => host(plan, *at).map(|host| Edit::Remove(host.id)),
        Change::Reshape(at, seed) => host(plan, *at).map(|host| Edit::Replace(Box::new(shaped(seed, host)))),
        Change::Move(at, to) => host(plan, *at).map(|host| Edit::Move { id: host.id, to: *to }),
        Change::Rename(at) => host(plan, *at).map(|mut host| {
            host.name = format!("renamed{at}-{}", host.name).parse().unwrap();
            Edit::Replace(Box::new(host))
        }),
        Change::Options(options) => Some(Edit::Options(*options)),
        Change::DropRule(at) => {
            let kept = plan.rules().iter().enumerate().filter(|(place, _)| place != at);
            Some(Edit::Rules(kept.map(|(_, rule)| rule.clone()).collect()))
        }
        Change::Override(key, items) => {
            let key = catalogue().custom_ports().keys().nth(*key).unwrap();
            Some(Edit::Ports { key, ports: Some(port_set(OVERRIDES[*items])) })
        }
        Change::Partners(pairs) => Some(Edit::Partners(partners(plan, pairs))),
    };
    // A host that an own rule names stays; that is the plan's say, not this test's.
    let _ = edit.map(|edit| plan.apply(edit));
}

/// What the properties run with: nothing is written beside the sources.
pub fn config() -> ProptestConfig {
    ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(160) }
}

/// A place in a list of `len` rows, or one behind its end.
pub fn place(part: usize, len: usize) -> usize {
    part * (len + 2) / PARTS
}

/// [`place`] splits a list into this many parts.
pub const PARTS: usize = 1000;
