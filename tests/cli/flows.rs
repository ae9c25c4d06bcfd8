//! `portplan flows`.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{Home, databases, sample};

const HEADER: &str = "from,from_address,to,to_address,transport,ports,purpose,source";
const SAMPLES: [&str; 3] = ["databases.ron", "mongodb-sharepoint.ron", "small-ahv-site.ron"];

fn flows(home: &Home, plan: &str, more: &[&str]) -> String {
    home.output(&[&["flows", plan], more].concat())
}

fn records(text: &str) -> Vec<csv::StringRecord> {
    csv::Reader::from_reader(text.as_bytes()).records().map(Result::unwrap).collect()
}

fn array(text: &str) -> Vec<Value> {
    serde_json::from_str(text).unwrap()
}

fn keys(value: &Value) -> BTreeSet<&str> {
    value.as_object().unwrap().keys().map(String::as_str).collect()
}

/// Flows in each of the four forms.
fn counts(home: &Home, plan: &str, more: &[&str]) -> [usize; 4] {
    let form = |name: &str| flows(home, plan, &[&["--format", name], more].concat());
    let table_rows = |text: &str| text.lines().filter(|line| line.starts_with("| ")).count();
    [
        form("table").lines().count() - 1,
        records(&form("csv")).len(),
        array(&form("json")).len(),
        table_rows(&form("markdown")) - 1,
    ]
}

#[test]
fn all_forms_have_the_same_rows() {
    let home = Home::new();
    for name in SAMPLES {
        let selections: [&[&str]; 5] =
            [&[], &["--search", "2750"], &["--host", "repo01"], &["--by", "rule"], &["--same-host"]];
        for more in selections {
            let [table, csv, json, markdown] = counts(&home, &sample(name), more);
            assert!(table > 0, "{name} {more:?} has no flow");
            assert_eq!([csv, json, markdown], [table; 3], "{name} {more:?}");
        }
    }
}

#[test]
fn csv_has_the_promised_columns_and_writes_ports_as_promised() {
    let home = Home::new();
    let text = flows(&home, &databases(), &["--format", "csv"]);
    assert_eq!(text.lines().next(), Some(HEADER));
    let records = records(&text);
    let ports: BTreeSet<&str> = records.iter().map(|record| &record[5]).collect();
    assert!(ports.contains("135; 445") && ports.contains("2500-3300"), "{ports:?}");
    let repository = records.iter().find(|record| &record[2] == "repo01").unwrap();
    assert_eq!(&repository[3], "10.40.2.60");
}

#[test]
fn json_has_the_promised_keys() {
    let home = Home::new();
    for flow in array(&flows(&home, &databases(), &["--format", "json"])) {
        assert_eq!(keys(&flow), ["from", "ports", "reasons", "tags", "to", "transport"].into());
        assert_eq!(keys(&flow["from"]), ["address", "host"].into());
        assert_eq!(keys(&flow["to"]), ["address", "host"].into());
        assert!(flow["from"]["address"].is_array() && flow["tags"].is_array());
        for port in flow["ports"].as_array().unwrap() {
            assert_eq!(keys(port), ["fallback", "from", "open", "to"].into());
        }
        let reasons = flow["reasons"].as_array().unwrap();
        assert!(!reasons.is_empty(), "{flow} has no reason");
        for reason in reasons {
            assert_eq!(keys(reason), ["page", "purpose", "row", "rule"].into());
        }
    }
}

#[test]
fn a_search_for_a_port_finds_the_ranges_around_it() {
    let home = Home::new();
    let found = array(&flows(&home, &databases(), &["--format", "json", "--search", "2750"]));
    let holds = |port: &Value| (port["from"].as_u64() <= Some(2750)) && (port["to"].as_u64() >= Some(2750));
    assert!(found.iter().all(|flow| flow["ports"].as_array().unwrap().iter().any(holds)));
    let all = array(&flows(&home, &databases(), &["--format", "json"]));
    let expected = all.iter().filter(|flow| flow["ports"].as_array().unwrap().iter().any(holds)).count();
    assert_eq!(found.len(), expected);
    assert!(expected > 0 && expected < all.len());
}

#[test]
fn a_search_without_hits_is_an_empty_list_and_no_error() {
    let home = Home::new();
    let nothing = ["--search", "from:vbr01 !from:vbr01"];
    assert_eq!(counts(&home, &databases(), &nothing), [0; 4]);
    let json = flows(&home, &databases(), &[&["--format", "json"], &nothing[..]].concat());
    assert_eq!(array(&json), Vec::<Value>::new());
}

#[test]
fn a_host_limits_the_flows_to_both_its_directions() {
    let home = Home::new();
    let records = records(&flows(&home, &databases(), &["--format", "csv", "--host", "gip01"]));
    assert!(records.iter().all(|record| &record[0] == "gip01" || &record[2] == "gip01"));
    assert!(records.iter().any(|record| &record[0] == "gip01"));
    assert!(records.iter().any(|record| &record[2] == "gip01"));
}

#[test]
fn an_unknown_host_is_refused_with_the_nearest_name() {
    let message = Home::new().refusal(&["flows", &databases(), "--host", "logship1"]);
    assert!(message.contains("\"logship1\"") && message.contains("\"logship01\""), "{message}");
}

#[test]
fn by_rule_has_one_reason_in_each_row_and_no_fewer_rows() {
    let home = Home::new();
    let by = |by: &str| array(&flows(&home, &databases(), &["--format", "json", "--by", by]));
    let (merged, rules) = (by("flow"), by("rule"));
    let reasons = |flows: &[Value]| -> usize {
        flows.iter().map(|flow| flow["reasons"].as_array().unwrap().len()).sum()
    };
    assert!(rules.len() > merged.len(), "{} by rule, {} by flow", rules.len(), merged.len());
    assert_eq!(rules.len(), reasons(&merged), "merging must not lose a reason");
    let rows = records(&flows(&home, &databases(), &["--format", "csv", "--by", "rule"]));
    assert!(rows.iter().all(|row| !row[7].contains(';')), "one source in each row");
}

#[test]
fn connections_of_a_host_to_itself_are_shown_only_on_request() {
    let home = Home::new();
    let rows = |more: &[&str]| -> Vec<(String, String)> {
        let text = flows(&home, &sample("small-ahv-site.ron"), &[&["--format", "csv"], more].concat());
        records(&text).iter().map(|row| (row[0].to_owned(), row[2].to_owned())).collect()
    };
    let (hidden, shown) = (rows(&[]), rows(&["--same-host"]));
    assert!(hidden.iter().all(|(from, to)| from != to));
    let own = shown.iter().filter(|(from, to)| from == to).count();
    assert!(own > 0, "backup server and mount server share a host in this sample");
    assert_eq!(shown.len(), hidden.len() + own);
}

#[test]
fn a_plan_called_like_a_command_is_a_plan() {
    let home = Home::new();
    std::fs::copy(databases(), home.path("flows")).unwrap();
    assert_eq!(flows(&home, "./flows", &[]), flows(&home, &databases(), &[]));
    // Without the command it is the planner's, which asks for a terminal and not for a plan.
    let message = home.refusal(&["./flows"]);
    assert!(message.contains("needs a terminal"), "{message}");
}

/// Two sites, zones by address and a partner, as an operator's file.
const SITES: &str = r#"(
    format: 2, edition: "2025-12", name: "Sites", options: [],
    zones: [(name: "dmz", networks: ["10.1.0.0/16"]), (name: "lan", networks: ["10.2.0.0/16"])],
    hosts: [
        (name: "w1", os: linux, addresses: ["10.1.0.1"], roles: ["worker"], site: "north"),
        (name: "w2", os: linux, addresses: ["10.2.0.1"], roles: ["worker"], site: "south"),
        (name: "r1", os: linux, addresses: ["10.1.0.2"], roles: ["backup-repository"], site: "north"),
        (name: "r2", os: linux, addresses: ["10.2.0.2"], roles: ["backup-repository"], site: "south"),
        (name: "r3", os: linux, addresses: ["10.2.0.3"], roles: ["backup-repository"]),
        (name: "r4", os: linux, roles: ["backup-repository"], site: "north"),
    ],
)
"#;

#[test]
fn sites_leave_flows_out_and_the_table_says_how_many() {
    let home = Home::new();
    home.write("sites.ron", SITES);
    let pairs = |text: &str| -> BTreeSet<String> {
        records(text).iter().map(|record| format!("{} > {}", &record[0], &record[2])).collect()
    };
    let csv = flows(&home, "sites.ron", &["--format", "csv"]);
    let expected = ["w1 > r1", "w1 > r3", "w1 > r4", "w2 > r2", "w2 > r3"].map(str::to_owned);
    assert_eq!(pairs(&csv), expected.into());
    assert_eq!(csv.lines().next(), Some(HEADER), "the columns stay");
    let each = records(&csv).len() / 5;
    let table = flows(&home, "sites.ron", &[]);
    assert!(
        table.ends_with(&format!("\n\nSites and partners leave {} flows of the plan out.\n", 3 * each)),
        "{table}"
    );
    let table = flows(&home, &databases(), &[]);
    assert!(!table.contains("leave"), "{table}");
}

#[test]
fn crossing_leaves_what_is_not_known_to_stay_inside_a_zone() {
    let home = Home::new();
    home.write("sites.ron", SITES);
    let csv = flows(&home, "sites.ron", &["--crossing", "--format", "csv"]);
    let targets: BTreeSet<String> =
        records(&csv).iter().map(|record| format!("{} > {}", &record[0], &record[2])).collect();
    assert_eq!(targets, ["w1 > r3", "w1 > r4"].map(str::to_owned).into());
    let rows = records(&csv).len();
    let table = flows(&home, "sites.ron", &["--crossing"]);
    let remark =
        format!("\n\n{rows} rows: only what crosses zones (1 host without a zone counts as crossing).\n");
    assert!(table.contains(&remark), "{table}");
    let found = records(&flows(&home, "sites.ron", &["--search", "zone:lan site:south", "--format", "csv"]));
    assert!(!found.is_empty() && found.iter().all(|record| &record[0] == "w2"));
    assert!(home.refusal(&["flows", "sites.ron", "--crossing", "--same-host"]).contains("--same-host"));
}

#[test]
fn a_snippet_can_hold_only_what_crosses_zones() {
    let home = Home::new();
    home.write("sites.ron", SITES);
    let rules = home.output(&["snippet", "sites.ron", "--format", "fortigate", "--crossing"]);
    assert!(rules.contains("10.2.0.3") && !rules.contains("10.1.0.2"), "{rules}");
    assert!(rules.contains("only what crosses zones (1 host without a zone counts as crossing)"), "{rules}");
    let pair = ["snippet", "sites.ron", "--format", "csv", "--from-zone", "dmz", "--to-zone", "lan"];
    assert_eq!(
        records(&home.output(&pair)).iter().map(|record| record[2].to_owned()).collect::<BTreeSet<_>>(),
        ["r3".to_owned()].into()
    );
    assert!(home.refusal(&[&pair[..], &["--crossing"]].concat()).contains("--crossing"));
}
