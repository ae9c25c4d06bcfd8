//! `portplan report` and `portplan matrix`.

use std::fs;

use serde_json::Value;

use super::{Home, databases, sample};

#[test]
fn the_form_follows_the_file_unless_it_is_said() {
    let home = Home::new();
    for (more, start) in [
        (&["-o", "a.html"][..], "<!DOCTYPE html>"),
        (&["-o", "b.md"], "# Network ports: "),
        (&["-o", "c.RON"], "// Oracle, PostgreSQL"),
        (&["-o", "d.txt", "--format", "markdown"], "# Network ports: "),
    ] {
        assert_eq!(home.output(&[&["report", &databases()], more].concat()), "");
        assert!(home.read(more[1]).starts_with(start), "{more:?}");
    }
    let page = home.output(&["report", &databases(), "--date", "2026-11-21"]);
    assert!(page.starts_with("<!DOCTYPE html>") && page.contains("<dd>2026-11-21</dd>"));
    assert!(page.ends_with("</html>\n"));
}

#[test]
fn the_plan_with_remarks_is_the_same_plan() {
    let home = Home::new();
    for name in ["databases.ron", "mongodb-sharepoint.ron", "small-ahv-site.ron"] {
        home.output(&["report", &sample(name), "-o", "next.ron"]);
        let diff = home.output(&["diff", &sample(name), "next.ron"]);
        assert!(!home.read("next.ron").is_empty(), "{diff}");
        assert_eq!(home.output(&["flows", "next.ron"]), home.output(&["flows", &sample(name)]));
    }
}

#[test]
fn a_report_never_takes_the_place_of_its_plan() {
    let home = Home::new();
    fs::copy(databases(), home.path("plan.ron")).unwrap();
    let before = home.read("plan.ron");
    let message = home.refusal(&["report", "plan.ron", "--format", "plan", "-o", "./plan.ron"]);
    assert!(message.contains("take the place of the plan"), "{message}");
    assert_eq!(home.read("plan.ron"), before);
}

#[test]
fn a_matrix_counts_zones_where_there_are_some_and_hosts_on_request() {
    let home = Home::new();
    let matrix = |more: &[&str]| home.output(&[&["matrix", &databases()], more].concat());
    let zones = matrix(&[]);
    assert!(zones.starts_with("FROM \\ TO    mgmt  backup     dmz      db     all\n"), "{zones}");
    assert_eq!(zones, matrix(&["--by", "zone", "--format", "table"]));
    let flows: Vec<Value> =
        serde_json::from_str(&home.output(&["flows", &databases(), "--format", "json"])).unwrap();
    for more in [&["--by", "host"][..], &["--by", "host", "--columns", "zone"], &["--by", "zone"]] {
        let pairs: Vec<Value> =
            serde_json::from_str(&matrix(&[more, &["--format", "json"]].concat())).unwrap();
        let sum: u64 = pairs.iter().map(|pair| pair["flows"].as_u64().unwrap()).sum();
        assert_eq!(sum, flows.len() as u64, "{more:?}");
    }
    let one = home.output(&[
        "flows",
        &databases(),
        "--format",
        "csv",
        "--search",
        "from-zone:=mgmt to-zone:=backup",
    ]);
    assert_eq!(one.lines().count() - 1, 19);
    assert!(matrix(&["--format", "csv"]).contains("\nmgmt,1,19,0,13,33\n"));
    assert!(matrix(&["--format", "markdown"]).contains("| mgmt | 1 | 19 | 0 | 13 | 33 |"));
}

#[test]
fn what_cannot_be_read_is_refused() {
    let home = Home::new();
    for task in ["matrix", "report"] {
        let message = home.refusal(&[task, "missing.ron"]);
        assert!(message.contains("missing.ron"), "{message}");
    }
    home.refusal(&["matrix", &databases(), "--by", "role"]);
    home.refusal(&["report", &databases(), "--format", "pdf"]);
}
