//! The samples are plans that a careful operator could have made.

use std::collections::HashSet;

use portplan::catalogue::Os;
use portplan::files::{project, samples};
use portplan::flows::Flows;
use portplan::plan::Address;
use portplan::review::{Finding, Severity, findings};

use super::{catalogue, read};

#[test]
fn samples_are_written_as_the_program_writes_them() {
    for sample in samples() {
        let again = project::write(&read(sample.text), catalogue());
        assert_eq!(again, sample.text, "{}", sample.id);
    }
}

#[test]
fn every_role_runs_on_a_system_that_it_can_run_on() {
    let catalogue = catalogue();
    for sample in samples() {
        for host in read(sample.text).hosts() {
            for role in host.roles.iter() {
                let systems = &catalogue.roles()[role].systems;
                assert!(
                    systems.contains(&host.os) || systems.contains(&Os::Other),
                    "{}: {}",
                    sample.id,
                    host.name
                );
            }
        }
    }
}

#[test]
fn every_workload_has_its_option_and_every_host_a_zone_and_an_own_address() {
    let catalogue = catalogue();
    for sample in samples() {
        let plan = read(sample.text);
        let mut addresses: HashSet<&Address> = HashSet::new();
        for host in plan.hosts() {
            assert!(host.zone.is_some() && !host.addresses.is_empty(), "{}", host.name);
            assert!(host.addresses.iter().all(|address| addresses.insert(address)), "{}", host.name);
            let needed = host.roles.iter().filter_map(|role| catalogue.roles()[role].option);
            assert!(needed.into_iter().all(|option| plan.options().contains(option)), "{}", host.name);
        }
    }
}

/// A good plan is calm: whoever opens a sample sees what is worth knowing, and nothing that asks to be mended.
#[test]
fn the_samples_have_hints_only() {
    let catalogue = catalogue();
    let expected: [&[(&str, usize)]; 3] = [
        &[("optional-peer", 1), ("name-only", 1), ("open-ended-ports", 1)],
        &[
            ("alternatives", 1),
            ("no-flows", 1),
            ("name-only", 1),
            ("doubtful-row", 8),
            ("open-ended-ports", 1),
        ],
        &[("name-only", 2), ("doubtful-row", 6)],
    ];
    for (sample, expected) in samples().iter().zip(expected) {
        let plan = read(sample.text);
        let flows = Flows::new(catalogue, &plan);
        assert!(flows.count() > 20, "{}: {} flows", sample.id, flows.count());
        let findings = findings(catalogue, &plan, &flows);
        let ids: Vec<&str> = findings.iter().map(Finding::id).collect();
        let counted: Vec<(&str, usize)> =
            ids.chunk_by(|left, right| left == right).map(|group| (group[0], group.len())).collect();
        assert_eq!(counted, expected, "{}", sample.id);
        assert!(findings.iter().all(|finding| finding.severity() == Severity::Hint), "{}", sample.id);
    }
}

/// Without these the backup server and the repository do the work themselves.
const HELPERS: [&str; 2] = ["guest-interaction-proxy", "log-shipping-server"];

#[test]
fn no_essential_peer_is_missing() {
    let catalogue = catalogue();
    for sample in samples() {
        let plan = read(sample.text);
        let flows = Flows::new(catalogue, &plan);
        assert!(flows.count() > 20, "{}: {} flows", sample.id, flows.count());
        let name = |role| catalogue.roles()[role].id.as_str();
        let missing: HashSet<&str> = flows
            .gaps()
            .iter()
            .filter(|gap| !gap.missing.iter().any(|role| HELPERS.contains(&name(*role))))
            .flat_map(|gap| gap.missing.iter().map(|role| name(*role)))
            .collect();
        assert!(missing.is_empty(), "{}: {missing:?}", sample.id);
    }
}
