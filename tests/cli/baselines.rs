//! Baselines in a plan's file: `portplan baselines`, `portplan diff --baseline`, `portplan snippet --since-baseline`.

use std::collections::BTreeSet;
use std::fs;

use portplan::catalogue::{Catalogue, Os};
use portplan::files;
use portplan::plan::{Baseline, Edit, Host, actions};

use super::{Home, databases};

/// The sample with a baseline, without gip02 and without an option since; and both states as plans of their own.
fn pinned(home: &Home) {
    let catalogue = Catalogue::embedded().unwrap();
    let text = fs::read_to_string(databases()).unwrap();
    home.write("old.ron", &text);
    let mut plan = files::read(&text, &catalogue).unwrap();
    let baseline = Baseline::new("as agreed".parse().unwrap(), &plan);
    let gone = plan.host_named("gip02").unwrap().id;
    plan.apply(actions::remove_host(&plan, gone).unwrap().edit).unwrap();
    plan.apply(
        actions::switch_option(&plan, &catalogue, catalogue.option("malware-detection").unwrap()).edit,
    )
    .unwrap();
    let mut host = Host::new(plan.fresh_id(), "worker09".parse().unwrap());
    host.os = Os::Linux;
    host.roles = [catalogue.role("worker").unwrap()].into_iter().collect();
    plan.apply(actions::put_host(&plan, &catalogue, host, 0).edit).unwrap();
    home.write("new.ron", &files::write(&plan, &catalogue));
    plan.apply(Edit::Baselines(vec![baseline])).unwrap();
    home.write("plan.ron", &files::write(&plan, &catalogue));
}

#[test]
fn a_baseline_says_what_a_file_of_the_same_state_says() {
    let home = Home::new();
    pinned(&home);
    for format in ["table", "csv", "json"] {
        let inside = home.run(&["diff", "plan.ron", "--baseline", "as agreed", "--format", format]);
        let outside = home.run(&["diff", "old.ron", "new.ron", "--format", format]);
        assert_eq!(
            (inside.code, &inside.err, &inside.out),
            (Some(1), &outside.err, &outside.out),
            "{format}"
        );
        assert!(inside.out.contains("gip02"), "{}", inside.out);
    }
    let same = home.run(&["diff", "plan.ron", "--since-baseline", "as agreed", "--by", "reason"]);
    assert_eq!(same.code, Some(1));
    let message = home.refusal(&["diff", "plan.ron", "--baseline", "as agred"]);
    assert!(message.contains("there is no baseline \"as agred\", did you mean \"as agreed\"?"), "{message}");
    home.refusal(&["diff", "plan.ron", "new.ron", "--baseline", "as agreed"]);
    home.refusal(&["diff", "plan.ron"]);
}

#[test]
fn groups_hold_every_flow_once_with_its_reason() {
    let home = Home::new();
    pinned(&home);
    let flat = home.run(&["diff", "plan.ron", "--baseline", "as agreed", "--format", "csv"]).out;
    let flat: BTreeSet<&str> = flat.lines().skip(1).collect();
    for by in ["host", "reason"] {
        let args = |format| ["diff", "plan.ron", "--baseline", "as agreed", "--by", by, "--format", format];
        let json = home.run(&args("json"));
        assert_eq!(json.code, Some(1));
        let json: serde_json::Value = serde_json::from_str(&json.out).unwrap();
        let mut seen = 0;
        for group in json["groups"].as_array().unwrap() {
            let flows = group["flows"].as_array().unwrap();
            assert_eq!(
                group["added"].as_u64().unwrap() + group["removed"].as_u64().unwrap(),
                flows.len() as u64
            );
            seen += flows.len();
            for flow in flows {
                let because: Vec<&str> =
                    flow["because"].as_array().unwrap().iter().map(|text| text.as_str().unwrap()).collect();
                assert!(!because.is_empty());
                let group = group["group"].as_str().unwrap();
                match by {
                    "host" => assert_eq!(group, format!("from {}", flow["from"].as_str().unwrap())),
                    _ => assert_eq!(group, format!("because {}", because[0])),
                }
                let touches_gip02 = flow["from"] == "gip02" || flow["to"] == "gip02";
                assert_eq!(touches_gip02, because.contains(&"host gip02 is gone"), "{flow}");
            }
        }
        assert_eq!(seen, flat.len());
        let csv = home.run(&args("csv")).out;
        let rows: BTreeSet<String> = csv
            .lines()
            .skip(1)
            .map(|line| {
                flat.iter().find(|row| line.contains(**row)).map(ToString::to_string).unwrap_or_default()
            })
            .collect();
        assert_eq!(rows.len(), flat.len(), "{csv}");
        let text = home.run(&args("table")).out;
        assert_eq!(
            text.lines().filter(|line| line.starts_with("- ") || line.starts_with("+ ")).count(),
            seen + 1,
            "{text}"
        );
        let markdown = home.run(&args("markdown")).out;
        assert_eq!(
            markdown
                .lines()
                .filter(|line| line.starts_with("| removed") || line.starts_with("| added"))
                .count(),
            seen
        );
        assert!(markdown.contains("\n## "), "{markdown}");
    }
}

#[test]
fn a_plan_that_is_as_it_was_does_not_differ() {
    let home = Home::new();
    let catalogue = Catalogue::embedded().unwrap();
    let mut plan = files::read(&fs::read_to_string(databases()).unwrap(), &catalogue).unwrap();
    assert_eq!(home.output(&["baselines", &databases()]), "no baselines; the planner pins one\n");
    plan.apply(Edit::Baselines(vec![Baseline::new("today".parse().unwrap(), &plan)])).unwrap();
    home.write("plan.ron", &files::write(&plan, &catalogue));
    assert_eq!(
        home.output(&["diff", "plan.ron", "--baseline", "today", "--by", "reason"]),
        "no difference\n"
    );
    let list = home.output(&["baselines", "plan.ron"]);
    assert!(list.lines().nth(1).unwrap().starts_with("today "), "{list}");
    let json: serde_json::Value =
        serde_json::from_str(&home.output(&["baselines", "plan.ron", "--format", "json"])).unwrap();
    assert_eq!(
        (&json[0]["name"], &json[0]["added"], &json[0]["removed"]),
        (&"today".into(), &0.into(), &0.into())
    );
}

#[test]
fn snippets_are_written_since_a_baseline_in_both_directions() {
    let home = Home::new();
    pinned(&home);
    let csv = |args: &[&str]| -> BTreeSet<String> {
        let text = home.output(&[&["snippet", "plan.ron", "--format", "csv"], args].concat());
        text.lines()
            .filter(|line| line.contains(" row ") || line.contains("own rule"))
            .map(str::to_owned)
            .collect()
    };
    let added = csv(&["--since-baseline", "as agreed"]);
    assert_eq!(added, csv(&["--since", "old.ron"]));
    assert!(!added.is_empty());
    let dropped = csv(&["--since-baseline", "as agreed", "--dropped"]);
    assert_eq!(dropped, csv(&["--since", "old.ron", "--dropped"]));
    assert_eq!(dropped, csv(&["--since", "old.ron", "--remove"]));
    assert!(dropped.iter().any(|row| row.contains("gip02")));
    let rules = home.output(&[
        "snippet",
        "plan.ron",
        "--format",
        "nftables",
        "--since-baseline",
        "as agreed",
        "--dropped",
    ]);
    assert!(rules.contains("roll-back") && rules.contains("gone since baseline as agreed"), "{rules}");
    // A host of which nothing is left gives up what its whole snippet made, under the same names.
    let whole = home.output(&["snippet", "old.ron", "--format", "nftables", "--host", "gip02", "--remove"]);
    let deletes = |text: &str| -> BTreeSet<String> {
        text.lines().filter(|line| line.contains("delete chain")).map(|line| line.trim().to_owned()).collect()
    };
    assert!(!deletes(&whole).is_empty() && deletes(&whole).is_subset(&deletes(&rules)), "{whole}\n{rules}");
    home.refusal(&["snippet", "plan.ron", "--format", "csv", "--dropped"]);
    home.refusal(&[
        "snippet",
        "plan.ron",
        "--format",
        "csv",
        "--since",
        "old.ron",
        "--since-baseline",
        "as agreed",
    ]);
}
