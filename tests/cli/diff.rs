//! `portplan diff`.

use std::collections::BTreeSet;
use std::fs;

use super::{Home, Run, databases};

/// The sample, and the sample without one of its proxies and with an option switched off.
fn two_plans(home: &Home) {
    let old = fs::read_to_string(databases()).unwrap();
    home.write("old.ron", &old);
    let new: Vec<&str> = old.lines().filter(|line| !line.contains("name: \"gip02\"")).collect();
    home.write("new.ron", &new.join("\n").replace("\"malware-detection\", ", ""));
}

fn diff(home: &Home, args: &[&str]) -> Run {
    let run = home.run(&[&["diff"], args].concat());
    assert_eq!(run.err, "", "{args:?}");
    run
}

/// The rows of a CSV table, each as one text without the column `change`.
fn rows(csv: &str, change: &str) -> BTreeSet<String> {
    let start = format!("{change},");
    csv.lines().filter_map(|line| line.strip_prefix(&start)).map(str::to_owned).collect()
}

#[test]
fn a_plan_does_not_differ_from_itself() {
    let home = Home::new();
    let run = diff(&home, &[&databases(), &databases()]);
    assert_eq!((run.code, run.out.as_str()), (Some(0), "no difference\n"));
    let run = diff(&home, &[&databases(), &databases(), "--format", "json"]);
    assert_eq!(run.code, Some(0));
    let json: serde_json::Value = serde_json::from_str(&run.out).unwrap();
    assert_eq!((json["plan"].as_array().unwrap().len(), json["flows"].as_array().unwrap().len()), (0, 0));
}

#[test]
fn every_form_tells_the_same_flows_and_the_code_says_that_there_are_some() {
    let home = Home::new();
    two_plans(&home);
    let csv = diff(&home, &["old.ron", "new.ron", "--format", "csv"]);
    assert_eq!(csv.code, Some(1));
    // The flows of both plans, as the other command lists them, are the oracle.
    let flows = |plan: &str| -> BTreeSet<String> {
        home.output(&["flows", plan, "--format", "csv"]).lines().skip(1).map(str::to_owned).collect()
    };
    let (old, new) = (flows("old.ron"), flows("new.ron"));
    assert_eq!(rows(&csv.out, "removed"), old.difference(&new).cloned().collect());
    assert_eq!(rows(&csv.out, "added"), new.difference(&old).cloned().collect());
    assert!(rows(&csv.out, "removed").len() > 10, "{}", csv.out);

    let count = |wanted: &str, text: &str| text.lines().filter(|line| line.starts_with(wanted)).count();
    let removed = rows(&csv.out, "removed").len();
    let text = diff(&home, &["old.ron", "new.ron"]);
    assert_eq!((text.code, count("- ", &text.out)), (Some(1), removed));
    assert!(text.out.starts_with("− option Malware detection\n− host gip02\n"), "{}", text.out);
    let markdown = diff(&home, &["old.ron", "new.ron", "--format", "markdown"]);
    assert_eq!(count("| removed ", &markdown.out), removed);
    let json = diff(&home, &["old.ron", "new.ron", "--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&json.out).unwrap();
    assert_eq!(json["plan"][1], "− host gip02");
    let flows = json["flows"].as_array().unwrap();
    assert_eq!(flows.iter().filter(|flow| flow["change"] == "removed").count(), removed);
}

#[test]
fn the_other_way_round_what_came_goes() {
    let home = Home::new();
    two_plans(&home);
    let there = diff(&home, &["old.ron", "new.ron", "--format", "csv"]).out;
    let back = diff(&home, &["new.ron", "old.ron", "--format", "csv"]).out;
    assert_eq!(rows(&there, "removed"), rows(&back, "added"));
    assert_eq!(rows(&there, "added"), rows(&back, "removed"));
}

#[test]
fn plans_that_differ_without_another_flow_differ_all_the_same() {
    let home = Home::new();
    let old = fs::read_to_string(databases()).unwrap();
    home.write("old.ron", &old);
    home.write("new.ron", &old.replacen("name: \"", "name: \"New ", 1));
    let run = diff(&home, &["old.ron", "new.ron"]);
    assert_eq!((run.code, run.out.lines().count()), (Some(1), 1), "{}", run.out);
    assert!(run.out.starts_with("~ name: "), "{}", run.out);
}

#[test]
fn a_plan_that_cannot_be_read_is_named() {
    let home = Home::new();
    let message = home.refusal(&["diff", &databases(), "nothing.ron"]);
    assert!(message.contains("nothing.ron: there is no such file"), "{message}");
}
