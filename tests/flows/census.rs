//! How far rules and customisable ports go, against counting every flow.

use std::collections::BTreeSet;

use portplan::catalogue::{CustomPortId, Key as _, Os};
use portplan::flows::{Extent, FlowRef, Flows, Grouping, HostIx, RuleRef, SameHost, Shape, custom_uses};
use portplan::plan::{Edit, Plan};
use proptest::prelude::*;

use super::random::{config, plans};
use super::support::{Draft, all, catalogue, port_set};

fn counted(flows: &Flows, wanted: impl Fn(&Shape, HostIx) -> bool) -> Extent {
    let rows = all(flows, Grouping::Flow, SameHost::Hide);
    let rows: Vec<FlowRef> = rows.into_iter().filter(|row| wanted(flows.shape(row.shape), row.to)).collect();
    let hosts: BTreeSet<HostIx> = rows.iter().map(|row| row.to).collect();
    Extent { flows: rows.len() as u64, hosts: hosts.len() as u64 }
}

fn has_key(shape: &Shape, key: CustomPortId) -> bool {
    shape.reasons.iter().any(|rule| match rule {
        RuleRef::Catalogue(id) => catalogue().rules()[*id].replaceable.iter().any(|part| part.key == key),
        RuleRef::Own(_) => false,
    })
}

/// The first host gets ports of its own for every second service.
fn with_own_ports(mut plan: Plan) -> Plan {
    if let Some(mut host) = plan.hosts().first().cloned() {
        let keys = catalogue().custom_ports().keys().filter(|key| key.position() % 2 == 0);
        host.ports = keys.map(|key| (key, port_set(&["7000"]))).collect();
        plan.apply(Edit::Replace(Box::new(host))).unwrap();
    }
    plan
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn extents_are_what_counting_gives(plan in plans()) {
        let plan = with_own_ports(plan);
        let flows = Flows::new(catalogue(), &plan);
        let extents = flows.extents_of_own_rules(&plan);
        prop_assert_eq!(extents.len(), plan.rules().len());
        for (at, extent) in extents.iter().enumerate() {
            let own = |shape: &Shape, _| shape.reasons.contains(&RuleRef::Own(at));
            prop_assert_eq!(*extent, counted(&flows, own), "own rule {}", at);
        }
        for known in custom_uses(catalogue(), &plan, &flows, None) {
            let own = |to: HostIx| plan.hosts()[to.position()].ports.contains_key(&known.key);
            let counted = counted(&flows, |shape, to| has_key(shape, known.key) && !own(to));
            prop_assert_eq!(known.extent, counted, "{:?}", known.key);
        }
        for host in plan.hosts().iter().take(2) {
            for known in custom_uses(catalogue(), &plan, &flows, Some(host.id)) {
                let is_it = |to: HostIx| flows.hosts()[to] == host.id;
                let counted = counted(&flows, |shape, to| has_key(shape, known.key) && is_it(to));
                prop_assert_eq!(known.extent, counted, "{:?} of {}", known.key, host.name);
            }
        }
    }
}

#[test]
fn every_customisable_port_has_its_printed_form() {
    let mut plan = Draft::new();
    plan.host("vbr", Os::Windows, &["backup-server"]);
    let flows = Flows::new(catalogue(), &plan.0);
    let printed: Vec<String> = custom_uses(catalogue(), &plan.0, &flows, None)
        .into_iter()
        .map(|known| {
            let id = &catalogue().custom_ports()[known.key].id;
            let forms: Vec<String> = known.printed.iter().map(portplan::plan::adapting::listed).collect();
            format!("{id} {}", forms.join(" or "))
        })
        .collect();
    assert_eq!(
        printed,
        [
            "mongodb 27017",
            "mssql 1433",
            "sharepoint 80, 443",
            "smtp 25",
            "smtp-tls 587",
            "installer 6160",
            "transport 6162",
            "transmission 2500-3300 or 2500-5000"
        ]
    );
}
