//! `portplan generate`: plans of any size, for measuring. The same size always gives the same plan.

use std::io::Write;

use clap::ValueEnum;

use crate::catalogue::{Catalogue, OptionScope, Os, RoleId};
use crate::files;
use crate::plan::host::HostSetting;
use crate::plan::{Edit, Host, Plan};

use super::args::GenerateTask;
use super::{Failure, Verdict};

/// How much the hosts of a made plan differ from each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Variety {
    /// Hosts of one role are alike.
    Few,
    /// 50 zones, several roles and options of their own: hundreds of kinds of hosts.
    Many,
}

/// Role, system, and how many of 100 hosts have it: the mix of a large site.
const MIX: [(&str, Os, usize); 10] = [
    ("worker", Os::Linux, 10),
    ("guest-interaction-proxy", Os::Windows, 5),
    ("backup-repository", Os::Linux, 5),
    ("mount-server", Os::Windows, 3),
    ("log-shipping-server", Os::Windows, 3),
    ("ahv-cluster", Os::Other, 4),
    ("mssql-guest", Os::Windows, 20),
    ("oracle-guest", Os::Linux, 15),
    ("postgresql-guest", Os::Linux, 15),
    ("vm-guest", Os::Windows, 20),
];

const WORKLOADS: [&str; 5] = ["mssql", "oracle", "postgresql", "mongodb", "sharepoint"];
const SECOND_ROLES: [&str; 3] = ["mount-server", "gateway-server", "vm-guest"];

pub(super) fn run(
    task: &GenerateTask,
    catalogue: &Catalogue,
    out: &mut impl Write,
) -> Result<Verdict, Failure> {
    let plan = plan(catalogue, task.hosts, task.variety);
    out.write_all(files::write(&plan, catalogue).as_bytes())?;
    Ok(Verdict::Done)
}

/// A plan of this many hosts with all workload options on; the first host is the one backup server.
pub fn plan(catalogue: &Catalogue, hosts: usize, variety: Variety) -> Plan {
    let name = format!("{hosts} hosts").parse().unwrap_or_else(|_| crate::plan::PlanName::unnamed());
    let mut plan = Plan::new(name, catalogue);
    let workloads = WORKLOADS.into_iter().filter_map(|id| catalogue.option(id));
    let options = workloads.chain(plan.options().iter()).collect();
    let hosts = (0..hosts).filter_map(|at| host(catalogue, &mut plan, at, variety)).collect();
    // Neither can fail: options always fit, and the names are numbered.
    let _ = plan.apply(Edit::Options(options));
    let _ = plan.extend(hosts);
    plan
}

fn host(catalogue: &Catalogue, plan: &mut Plan, at: usize, variety: Variety) -> Option<Host> {
    let (role, os) = role_of(at);
    let kind = role.split('-').next()?;
    let mut host = Host::new(plan.fresh_id(), format!("{kind}-{at:05}").parse().ok()?);
    host.os = os;
    host.roles = [catalogue.role(role)?].into_iter().collect();
    let address = format!("10.{}.{}.{}", at / 62_500, at / 250 % 250, at % 250 + 1);
    host.addresses = vec![address.parse().ok()?];
    let zones = if variety == Variety::Many { 50 } else { 4 };
    host.zone = Some(format!("zone-{:02}", at % zones).parse().ok()?);
    if variety == Variety::Many {
        vary(catalogue, &mut host, at);
    }
    Some(host)
}

fn role_of(at: usize) -> (&'static str, Os) {
    if at == 0 {
        return ("backup-server", Os::Windows);
    }
    // 37 and 100 have no common divisor, so every run of 100 hosts has the whole mix, well shuffled.
    let mut place = at * 37 % 100;
    for (role, os, share) in MIX {
        if place < share {
            return (role, os);
        }
        place -= share;
    }
    ("vm-guest", Os::Windows)
}

/// Gives the host second roles and options of its own, by its number.
fn vary(catalogue: &Catalogue, host: &mut Host, at: usize) {
    let per_host = catalogue.options().iter().filter(|(_, option)| option.scope == OptionScope::Host);
    for (place, (option, _)) in per_host.enumerate() {
        let setting = match ((at / 7) >> place) % 3 {
            0 => HostSetting::Inherit,
            1 => HostSetting::On,
            _ => HostSetting::Off,
        };
        host.options = host.options.with(option, setting);
    }
    let second: Vec<RoleId> = SECOND_ROLES.into_iter().filter_map(|id| catalogue.role(id)).collect();
    for (place, role) in second.into_iter().enumerate() {
        if ((at / 100) >> place) & 1 == 1 {
            host.roles = host.roles.with(role);
        }
    }
}
