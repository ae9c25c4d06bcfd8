//! Plans of any size, always the same for the same size: the mix of a large site.

use portplan::catalogue::{Catalogue, OptionScope, Os};
use portplan::plan::host::HostSetting;
use portplan::plan::{Address, Edit, Host, HostName, Plan, ZoneName};

/// How much the hosts differ from each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Variety {
    /// Hosts of one role are alike.
    Few,
    /// 50 zones, and per-host options that make hundreds of classes.
    Many,
}

/// Role, system, and how many of 100 hosts have it.
const MIX: [(&str, Os, usize); 9] = [
    ("worker", Os::Linux, 10),
    ("guest-interaction-proxy", Os::Windows, 5),
    ("backup-repository", Os::Linux, 5),
    ("mount-server", Os::Windows, 3),
    ("log-shipping-server", Os::Windows, 3),
    ("ahv-cluster", Os::Other, 4),
    ("mssql-guest", Os::Windows, 20),
    ("oracle-guest", Os::Linux, 15),
    ("postgresql-guest", Os::Linux, 15),
];

/// A plan of `count` hosts with all workload options on.
///
/// # Panics
/// Never, as long as the catalogue has the roles of the mix.
pub fn plan(catalogue: &Catalogue, count: usize, variety: Variety) -> Plan {
    let mut plan = Plan::new("Bench".parse().unwrap(), catalogue);
    let workloads = ["mssql", "oracle", "postgresql", "mongodb", "sharepoint"];
    let on =
        workloads.into_iter().filter_map(|id| catalogue.option(id)).chain(plan.options().iter()).collect();
    let mut edits = vec![Edit::Options(on)];
    for at in 0..count {
        let host = host(catalogue, &mut plan, at, variety);
        edits.push(Edit::Insert { at, host: Box::new(host) });
    }
    plan.apply(Edit::Many(edits)).unwrap();
    plan
}

fn role_of(at: usize) -> (&'static str, Os) {
    if at == 0 {
        return ("backup-server", Os::Windows);
    }
    let mut place = at * 37 % 100;
    for (role, os, share) in MIX {
        if place < share {
            return (role, os);
        }
        place -= share;
    }
    ("vm-guest", Os::Windows)
}

fn host(catalogue: &Catalogue, plan: &mut Plan, at: usize, variety: Variety) -> Host {
    let (role, os) = role_of(at);
    let name: HostName = format!("{}-{at:05}", role.split('-').next().unwrap_or(role)).parse().unwrap();
    let mut host = Host::new(plan.fresh_id(), name);
    host.os = os;
    host.roles = host.roles.with(catalogue.role(role).unwrap());
    host.addresses =
        vec![format!("10.{}.{}.{}", at / 62_500, at / 250 % 250, at % 250 + 1).parse::<Address>().unwrap()];
    let zones = if variety == Variety::Many { 50 } else { 4 };
    host.zone = Some(format!("zone-{:02}", at % zones).parse::<ZoneName>().unwrap());
    if variety == Variety::Many {
        let per_host = catalogue.options().iter().filter(|(_, option)| option.scope == OptionScope::Host);
        for (place, (id, _)) in per_host.enumerate() {
            let setting = match (at / 7 >> place) % 3 {
                0 => HostSetting::Inherit,
                1 => HostSetting::On,
                _ => HostSetting::Off,
            };
            host.options = host.options.with(id, setting);
        }
        let extra =
            [catalogue.role("mount-server"), catalogue.role("gateway-server"), catalogue.role("vm-guest")];
        for (bit, role) in extra.into_iter().flatten().enumerate() {
            if at / 100 >> bit & 1 == 1 {
                host.roles = host.roles.with(role);
            }
        }
    }
    host
}
