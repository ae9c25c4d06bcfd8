//! The Terraform files as a program that formats this language sees them (packer, whose form is that of terraform), and
//! what stays as it is when the plan changes.

use std::collections::BTreeSet;

use portplan::catalogue::{Os, Transport};
use portplan::snippets::{Direction, Purpose, Target};

use super::live::run;
use super::plans::{World, small};
use super::readers::terraform_azure;

const TARGETS: [Target; 4] =
    [Target::TerraformNsx, Target::TerraformAzure, Target::TerraformAws, Target::NutanixFlow];

/// Fails where the text is no valid file, or where formatting would change it.
fn check(text: &str) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("rules.pkr.hcl");
    std::fs::write(&file, text).unwrap();
    let (fine, said) = run("packer", &["fmt", "-check", "-diff", file.to_str().unwrap()], "");
    assert!(fine, "packer fmt: {said}\n{text}");
}

fn directions(target: Target) -> impl Iterator<Item = Direction> {
    target.directions().iter().copied()
}

#[test]
fn the_small_plan_is_formatted() {
    let world = small();
    for target in TARGETS {
        for direction in directions(target) {
            let text = world.write(target, direction, Purpose::Apply);
            assert!(text.contains("resource \""), "{text}");
            check(&text);
        }
    }
}

#[test]
fn long_lists_are_formatted() {
    let mut world = World::new("Long");
    let many: Vec<String> =
        (0..80).map(|at| format!("10.0.{at}.1")).chain(["2001:db8::1".to_owned()]).collect();
    let many: Vec<&str> = many.iter().map(String::as_str).collect();
    let from = world.host("from", Os::Linux, "", &many);
    let to = world.host("to", Os::Windows, "", &many);
    let ports: Vec<String> = (0..20).map(|at| (1000 + at * 10).to_string()).collect();
    let ports: Vec<&str> = ports.iter().map(String::as_str).collect();
    world.own(from, to, Transport::Tcp, &ports, "x");
    for target in TARGETS {
        for direction in directions(target) {
            check(&world.write(target, direction, Purpose::Apply));
        }
    }
    let text = world.write(Target::TerraformAws, Direction::Inbound, Purpose::Apply);
    assert!(text.contains("# These are 1600 rules for IPv4, more than the usual quota of 60"), "{text}");
}

#[test]
fn the_check_notices_a_wrong_form() {
    let wrong =
        std::panic::catch_unwind(|| check("variable \"a\" {\n  type = string\n  description = \"x\"\n}\n"));
    assert!(wrong.is_err());
}

/// Hosts in pairs, each with a port of its own.
fn pairs(count: u16) -> World {
    let mut world = World::new("Pairs");
    for at in 0..count {
        let address = |end: u16| format!("10.{end}.{}.{}", at / 250, at % 250 + 1);
        let from = world.host(&format!("from{at}"), Os::Linux, "", &[&address(0)]);
        let to = world.host(&format!("to{at}"), Os::Linux, "", &[&address(1)]);
        world.own(from, to, Transport::Tcp, &[&(1_000 + at).to_string()], "x");
    }
    world
}

#[test]
fn priorities_are_unique_and_nearly_all_stay_when_a_rule_is_added() {
    let priorities = |count: u16| -> BTreeSet<(String, String)> {
        let text = pairs(count).write(Target::TerraformAzure, Direction::Transit, Purpose::Apply);
        // The reader fails where one is there twice.
        assert_eq!(terraform_azure::read(&text).len(), usize::from(count));
        let resources = text.split("resource \"azurerm_network_security_rule\" ").skip(1);
        let of = |resource: &str| {
            let name = resource.lines().next().unwrap().to_owned();
            let priority = resource.split("_priority + ").nth(1).unwrap().lines().next().unwrap().to_owned();
            (name, priority)
        };
        resources.map(of).collect()
    };
    let (before, after) = (priorities(120), priorities(121));
    assert_eq!(before.len(), 120);
    let moved = before.difference(&after).count();
    assert!(moved <= 3, "{moved} of 120 rules got another priority");
}

#[test]
fn more_rules_than_a_group_or_a_policy_holds_are_told() {
    let world = pairs(1_001);
    let (azure, nsx) = (Target::TerraformAzure, Target::TerraformNsx);
    for (target, holder) in [(azure, "a group"), (nsx, "a policy")] {
        let text = world.write(target, Direction::Transit, Purpose::Apply);
        assert!(text.contains(&format!("# These are 1001 rules, and {holder} holds 1000")), "{target:?}");
    }
    terraform_azure::read(&world.write(azure, Direction::Transit, Purpose::Apply));
}
