//! What was acknowledged stands in the file, and goes with what it was about.

use portplan::files::project;
use portplan::flows::Flows;
use portplan::plan::actions;
use portplan::review::{Check, Review};

use super::read;
use crate::flows::support::catalogue;

const PLAN: &str = r#"(format: 2, name: "x", edition: "2025-12", hosts: [
    (name: "vbr1", os: windows, roles: ["backup-server"]),
    (name: "vbr2", os: windows, roles: ["backup-server"]),
], acknowledged: [
    (check: "no-address", host: "vbr1", reason: "bought next year"),
    (check: "no-repository", reason: "with the provider"),
    (check: "optional-peer", about: "worker", reason: "no cluster"),
    (check: "optional-peer", about: "console", reason: "not found"),
    (check: "from-the-future", reason: "a later program knows it"),
])"#;

fn review(plan: &portplan::plan::Plan) -> Review {
    Review::new(catalogue(), plan, &Flows::new(catalogue(), plan))
}

#[test]
fn a_finding_stands_by_check_host_and_subject() {
    let plan = read(PLAN);
    let review = review(&plan);
    let open: Vec<Check> = review.open().iter().map(portplan::review::Finding::check).collect();
    assert!(!open.contains(&Check::NoRepository));
    assert_eq!(open.iter().filter(|check| **check == Check::NoAddress).count(), 1, "vbr2 is open");
    let stands: Vec<(&str, &str)> =
        review.acknowledged().iter().map(|(finding, entry)| (finding.id(), entry.reason.as_str())).collect();
    assert_eq!(
        stands,
        [
            ("no-repository", "with the provider"),
            ("no-address", "bought next year"),
            ("optional-peer", "no cluster")
        ]
    );
    let gone: Vec<&str> = review.outdated().iter().map(|entry| entry.reason.as_str()).collect();
    assert_eq!(gone, ["not found", "a later program knows it"]);
}

#[test]
fn the_file_keeps_it_word_for_word() {
    let plan = read(PLAN);
    let text = project::write(&plan, catalogue());
    let again = read(&text);
    assert!(again.says_the_same(&plan), "{text}");
    assert_eq!(review(&again).acknowledged().len(), 3);
    assert!(text.contains(r#"(check: "no-address", host: "vbr1", reason: "bought next year"),"#), "{text}");
}

#[test]
fn a_host_that_goes_takes_its_findings_along() {
    let mut plan = read(PLAN);
    let id = plan.host_named("vbr1").unwrap().id;
    let action = actions::remove_host(&plan, id).unwrap();
    let back = plan.apply(action.edit).unwrap();
    assert!(plan.acknowledged().iter().all(|entry| entry.check.as_str() != "no-address"));
    plan.apply(back).unwrap();
    assert_eq!(review(&plan).acknowledged().len(), 3);
}
