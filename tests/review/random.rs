//! Whatever the plan: findings are told apart, and acknowledging all of them leaves none open.

use std::collections::HashSet;

use portplan::flows::Flows;
use portplan::plan::{Acknowledged, Edit, Plan, Zone};
use portplan::review::{Entry, Review};
use proptest::prelude::*;

use super::{find, name};
use crate::flows::random::{config, plans};
use crate::flows::support::catalogue;

fn with_zones(mut plan: Plan, wanted: bool) -> Plan {
    if wanted {
        let zone = |name: &str, networks: &[&str]| Zone {
            name: name.parse().unwrap(),
            networks: networks.iter().map(|network| network.parse().unwrap()).collect(),
        };
        let zones = vec![zone("mgmt", &["10.0.8.0/24"]), zone("DMZ", &["10.0.8.0/24", "192.0.2.0/24"])];
        plan.apply(Edit::Zones(zones)).unwrap();
    }
    plan
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn acknowledging_all_leaves_none_open((plan, zones) in (plans(), any::<bool>())) {
        let mut plan = with_zones(plan, zones);
        let found = find(&plan);
        let keys: HashSet<String> = found.iter().map(|finding| name(&plan, finding)).collect();
        prop_assert_eq!(keys.len(), found.len(), "two findings cannot be told apart");
        let all: Vec<Acknowledged> = found
            .iter()
            .map(|finding| Acknowledged {
                check: finding.id().parse().unwrap(),
                host: finding.host(),
                about: finding.about(catalogue()),
                reason: "seen".parse().unwrap(),
            })
            .collect();
        for finding in &found {
            finding.text(catalogue(), &plan);
            finding.remedy(catalogue());
            finding.details(catalogue(), &plan);
            finding.mend();
        }
        plan.apply(Edit::Acknowledged(all)).unwrap();
        let flows = Flows::new(catalogue(), &plan);
        let review = Review::new(catalogue(), &plan, &flows);
        prop_assert_eq!((review.open().len(), review.urgent(), review.outdated().len()), (0, 0, 0));
        prop_assert_eq!(review.acknowledged().len(), found.len());
        prop_assert_eq!(review.len(), found.len());
        let known: Vec<_> = (0..review.len()).filter_map(|at| review.entry(at)).filter_map(Entry::finding).cloned().collect();
        prop_assert_eq!(known, found, "each is still found");
        prop_assert!(review.entry(review.len()).is_none());
    }
}
