//! `portplan catalogue`.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::Home;

fn rules() -> Vec<Value> {
    serde_json::from_str(&Home::new().output(&["catalogue", "--format", "json"])).unwrap()
}

fn assert_keys(value: &Value, expected: &[&str]) {
    let keys: BTreeSet<&str> = value.as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(keys, expected.iter().copied().collect(), "{value}");
}

#[test]
fn every_rule_has_exactly_the_promised_keys() {
    for rule in rules() {
        let keys =
            ["id", "edition", "source", "from", "to", "transports", "ports", "when", "purpose", "doubt"];
        assert_keys(&rule, &keys);
        assert_keys(&rule["source"], &["page", "row", "section", "url", "build", "updated"]);
        for end in rule["from"].as_array().unwrap().iter().chain(rule["to"].as_array().unwrap()) {
            assert_keys(end, &["role", "os"]);
            assert!(
                end["os"].is_null() || ["windows", "linux"].contains(&end["os"].as_str().unwrap()),
                "{end}"
            );
        }
        for port in rule["ports"].as_array().unwrap() {
            assert_keys(port, &["from", "to", "open", "fallback"]);
            assert!(port["from"].as_u64() <= port["to"].as_u64() && port["open"].is_boolean(), "{port}");
        }
        assert_eq!(rule["edition"], "2025-12");
        assert!(rule["when"].is_string() || rule["when"].is_null());
        assert!(rule["doubt"].is_string() || rule["doubt"].is_null());
        assert!(!rule["purpose"].as_str().unwrap().is_empty());
    }
}

#[test]
fn all_rows_of_the_three_pages_are_there() {
    let mut rows: BTreeMap<String, BTreeSet<u64>> = BTreeMap::new();
    for rule in rules() {
        let page = rule["source"]["page"].as_str().unwrap().to_owned();
        rows.entry(page).or_default().insert(rule["source"]["row"].as_u64().unwrap());
    }
    let expected = [("ahv", 71), ("mongodb", 21), ("sharepoint", 8)];
    assert_eq!(rows, expected.map(|(page, last)| (page.to_owned(), (1..=last).collect())).into());
}

#[test]
fn ids_are_unique_and_the_table_has_a_line_for_each() {
    let rules = rules();
    let ids: BTreeSet<&str> = rules.iter().map(|rule| rule["id"].as_str().unwrap()).collect();
    assert_eq!(ids.len(), rules.len());
    let table = Home::new().output(&["catalogue"]);
    let lines: BTreeSet<&str> = table.lines().skip(1).filter_map(|line| line.split(' ').next()).collect();
    assert_eq!(lines, ids);
}

#[test]
fn only_the_edition_that_is_there_is_printed() {
    let home = Home::new();
    assert_eq!(home.output(&["catalogue", "--edition", "2025-12"]), home.output(&["catalogue"]));
    let message = home.refusal(&["catalogue", "--edition", "2024-01"]);
    assert!(message.contains("\"2024-01\"") && message.contains("2025-12"), "{message}");
}
