//! The plan with remarks: the same plan to portplan, and more to a reader.

use portplan::files::project;
use portplan::flows::Flows;
use portplan::plan::{Edit, HostOptions, Plan, Remarks, Zone};
use portplan::report::{Input, remarks};
use proptest::prelude::*;

use crate::flows::random::{config, plans};
use crate::flows::support::catalogue;
use crate::snippets::hostile::{self, HOSTILE};

fn remarked(plan: &Plan) -> String {
    let flows = Flows::new(catalogue(), plan);
    let input = Input { catalogue: catalogue(), plan, flows: &flows, date: None };
    project::write_with(plan, catalogue(), &remarks(&input))
}

/// The text without its comment lines.
fn bare(text: &str) -> String {
    text.split_inclusive('\n').filter(|line| !line.trim_start().starts_with("//")).collect()
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn it_is_read_as_the_same_plan(mut plan in plans(), name in "\\PC{1,60}") {
        if let Ok(name) = name.parse() {
            plan.apply(Edit::Name(name)).unwrap();
        }
        // What may differ per host has tests of its own; most of these options may not.
        for mut host in plan.hosts().to_vec() {
            host.options = HostOptions::default();
            plan.apply(Edit::Replace(Box::new(host))).unwrap();
        }
        let zone = Zone { name: "net */ // x".parse().unwrap(), networks: vec!["10.0.8.0/24".parse().unwrap()] };
        plan.apply(Edit::Zones(vec![zone])).unwrap();
        let text = remarked(&plan);
        let read = project::read(&text, catalogue()).unwrap_or_else(|error| panic!("{error}\n{text}"));
        prop_assert_eq!(project::write(&read, catalogue()), project::write(&plan, catalogue()));
    }

    /// Whatever a remark says, it ends with its line.
    #[test]
    fn a_remark_never_leaves_its_comment(words in "(\\*/|/\\*|//|\"|\\(|\\)|[\n\r\t\u{2028}\u{85}a ]){0,60}") {
        let plan = hostile::world("x").plan;
        let host = plan.hosts()[0].id;
        let remarks = Remarks {
            top: vec![words.clone()],
            hosts: [(host, vec![words.clone()])].into(),
            bottom: vec![words],
            ..Remarks::default()
        };
        let text = project::write_with(&plan, catalogue(), &remarks);
        prop_assert_eq!(bare(&text), project::write(&plan, catalogue()));
        prop_assert!(project::read(&text, catalogue()).is_ok(), "{}", text);
    }
}

#[test]
fn hostile_texts_stay_in_their_comments() {
    for text in HOSTILE {
        let plan = hostile::world(text).plan;
        let written = remarked(&plan);
        let read = project::read(&written, catalogue()).unwrap();
        assert_eq!(project::write(&read, catalogue()), project::write(&plan, catalogue()), "{text}");
    }
}

#[test]
fn hosts_options_findings_and_sources_have_remarks() {
    let mut world = crate::snippets::page::zoned();
    let zone = Zone { name: "by net".parse().unwrap(), networks: vec!["10.0.9.0/24".parse().unwrap()] };
    world.plan.apply(Edit::Zones(vec![zone])).unwrap();
    let mut host = world.plan.host_named("w1").unwrap().clone();
    host.zone = None;
    world.plan.apply(Edit::Replace(Box::new(host))).unwrap();
    let text = remarked(&world.plan);
    let before = |line: &str, wanted: &str| {
        let lines: Vec<&str> = text.lines().map(str::trim).collect();
        let at = lines
            .iter()
            .position(|found| found.starts_with(line))
            .unwrap_or_else(|| panic!("no {line}\n{text}"));
        let above: Vec<&str> =
            lines[..at].iter().rev().take_while(|line| line.starts_with("//")).copied().collect();
        assert!(above.iter().any(|line| line.contains(wanted)), "{wanted} above {line}\n{text}");
    };
    before("(name: \"w1\"", "// Worker; opens ");
    before("(name: \"w1\"", "By its addresses it stands in zone by net.");
    before("(name: \"bare\"", "Finding: bare has no address");
    before("\"guest-processing\"", "// Guest processing: ");
    before("(name: \"by net\"", "// 1 host");
    assert!(text.starts_with("// Small \"site\": which network ports"), "{text}");
    assert!(text.trim_end().lines().last().unwrap().starts_with("//"), "{text}");
    assert!(text.contains("// Source: AHV ports"), "{text}");
    assert!(
        text.lines()
            .filter(|line| line.trim_start().starts_with("//"))
            .all(|line| line.chars().count() <= 140),
        "{text}"
    );
}
