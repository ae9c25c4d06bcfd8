//! `portplan why`: one test for each sentence of what it promises.

use std::fs;

use serde_json::Value;

use super::{Home, Run, databases};

fn why(home: &Home, args: &[&str]) -> Run {
    let run = home.run(&[&["why", &databases()], args].concat());
    assert_eq!(run.err, "", "{args:?}");
    run
}

fn json(home: &Home, args: &[&str], code: i32) -> Value {
    let run = why(home, &[args, &["--format", "json"]].concat());
    assert_eq!(run.code, Some(code), "{args:?}");
    serde_json::from_str(&run.out).unwrap()
}

fn strings(value: &Value, field: &str) -> Vec<String> {
    let all = value.as_array().unwrap_or_else(|| panic!("{value}")).iter();
    all.map(|entry| entry[field].as_str().unwrap_or_else(|| panic!("{entry}")).to_owned()).collect()
}

#[test]
fn a_flow_is_told_with_its_reasons_and_what_would_remove_it() {
    let home = Home::new();
    let run = why(&home, &["--from", "gip01", "--to", "sql01", "--port", "6167"]);
    assert_eq!(run.code, Some(0));
    let expected = "gip01 → sql01 at port 6167
gip01 (10.40.2.31) → sql01 (10.40.8.51)

tcp 6167
  The proxy has the SQL Server guest prepare its databases and collect logs.
    AHV ports › Log shipping › SQL Server, row 45 · Log shipping service · build 13.9.0.212 · 2025-12-04
    https://helpcenter.veeam.com/docs/vbahv/userguide/used_ports.html
    because gip01 is Guest interaction proxy; sql01 is SQL Server guest; option SQL Server is on
  It goes if you
    > switch SQL Server off for the plan (";
    assert!(run.out.starts_with(expected), "{}", run.out);
    assert!(run.out.contains("\n\nOther flows the same way\n  gip01 → sql01 tcp 135, 445: "), "{}", run.out);
    let run = why(&home, &["--from", "gip01", "--to", "sql01"]);
    assert!(
        run.out.contains("\n\nFlows the other way round\n  sql01 → gip01 tcp 2500-3300: "),
        "{}",
        run.out
    );
}

#[test]
fn what_is_said_to_remove_a_flow_removes_it() {
    let home = Home::new();
    let said = json(&home, &["--from", "gip01", "--to", "sql01", "--port", "6167"], 0);
    let removed_by = strings(&said["flows"][0]["removed_by"], "change");
    assert!(removed_by.contains(&"take gip01 out of the plan".to_owned()), "{removed_by:?}");
    assert!(removed_by.contains(&"switch SQL Server off for the plan".to_owned()), "{removed_by:?}");
    // The same by hand, in the file.
    let plan = fs::read_to_string(databases()).unwrap().replacen("\"mssql\", ", "", 1);
    home.write("changed.ron", &plan);
    let run = home.run(&["why", "changed.ron", "--from", "gip01", "--to", "sql01", "--port", "6167"]);
    assert_eq!(run.code, Some(1));
    assert!(run.out.contains("it does not apply while option SQL Server is off"), "{}", run.out);
    assert!(run.out.contains("> switch SQL Server on for the plan (3 flows come)"), "{}", run.out);
}

#[test]
fn a_pair_without_a_flow_ends_with_1_and_tells_what_came_close() {
    let home = Home::new();
    let run = why(&home, &["--from", "sql01", "--to", "repo01"]);
    assert_eq!(run.code, Some(1));
    let start = "sql01 → repo01
No rule asks for a flow from sql01 (10.40.8.51) to repo01 (10.40.2.60).
sql01 is SQL Server guest and runs Windows.
repo01 is Backup repository and runs Linux.

What came close, nearest first
1. it does not apply while logship01 has the role Log shipping server
    tcp 2500-3300: The SQL Server guest sends log backups straight to the repository. (ahv row 48)
    tcp 6162: The SQL Server guest reaches the transport service or data mover of the repository. (ahv row 49)
  they come if you
    > take the role Log shipping server from logship01 (";
    assert!(run.out.starts_with(start), "{}", run.out);
    assert!(run.out.contains("more rules have neither host at its end."), "{}", run.out);
    // Untried groups are counted, and tried with --all.
    let said = json(&home, &["--from", "sql01", "--to", "repo01"], 1);
    let near = said["near"].as_array().unwrap();
    assert!(near.last().unwrap()["brought_by"].is_null(), "{near:?}");
    let all = json(&home, &["--from", "sql01", "--to", "repo01", "--all"], 1);
    assert!(all["near"].as_array().unwrap().iter().all(|group| group["brought_by"].is_array()));
    assert_eq!(all["near"].as_array().unwrap().len(), near.len());
}

#[test]
fn a_host_is_told_with_all_it_needs() {
    let home = Home::new();
    let run = why(&home, &["--host", "repo01"]);
    assert_eq!(run.code, Some(0));
    for wanted in ["Out: nothing\n", "In: 4 flows by 4 rules\n", "from Worker: 1 host, worker01\n"] {
        assert!(run.out.contains(wanted), "{wanted:?}: {}", run.out);
    }
    let whole = json(&home, &["--host", "gip01"], 0);
    let (out, into) = (json(&home, &["--from", "gip01"], 0), json(&home, &["--to", "gip01"], 0));
    assert_eq!((&out["out"], &out["in"]), (&whole["out"], &Value::Array(Vec::new())));
    assert_eq!((&into["in"], &into["out"]), (&whole["in"], &Value::Array(Vec::new())));
    let listed =
        home.output(&["flows", &databases(), "--host", "gip01", "--format", "csv"]).lines().count() - 1;
    let told = whole["flows_out"].as_u64().unwrap() + whole["flows_in"].as_u64().unwrap();
    assert_eq!(usize::try_from(told).unwrap(), listed);
    assert_eq!(why(&home, &["--from", "repo01"]).code, Some(1), "it opens nothing");
}

#[test]
fn who_needs_6162() {
    let home = Home::new();
    let run = why(&home, &["--port", "6162"]);
    assert_eq!(run.code, Some(0));
    assert!(
        run.out.contains("  listens: 2 hosts, repo01 and gw01\n  connects: 1 host, worker01\n"),
        "{}",
        run.out
    );
    let said = json(&home, &["--port", "6162"], 0);
    let pairs: u64 =
        said["uses"].as_array().unwrap().iter().map(|entry| entry["pairs"].as_u64().unwrap()).sum();
    let rows =
        home.output(&["flows", &databases(), "--by", "rule", "--search", "port:6162", "--format", "csv"]);
    assert_eq!(usize::try_from(pairs).unwrap(), rows.lines().count() - 1);
    let run = why(&home, &["--port", "4444"]);
    assert_eq!(run.code, Some(1));
    assert!(run.out.contains("Nothing in this plan asks for port 4444.\n"), "{}", run.out);
}

#[test]
fn addresses_name_hosts_and_it_is_said_which() {
    let home = Home::new();
    let run = why(&home, &["--from", "10.40.2.31", "--to", "2001:db8:40:8::32"]);
    assert_eq!(run.code, Some(0));
    assert!(
        run.out.starts_with("gip01 → ora-lnx01\n10.40.2.31 is gip01\n2001:db8:40:8::32 is ora-lnx01\n"),
        "{}",
        run.out
    );
    let plan = fs::read_to_string(databases()).unwrap().replacen(
        "\"10.40.8.51\"",
        "\"10.40.8.51\", \"10.40.2.0/24\"",
        1,
    );
    home.write("net.ron", &plan);
    let run = home.run(&["why", "net.ron", "--host", "10.40.2.31"]);
    assert!(run.out.contains("10.40.2.31 is gip01 here; it is also in sql01\n"), "{}", run.out);
}

#[test]
fn markdown_is_for_tickets() {
    let home = Home::new();
    let run = why(&home, &["--from", "gip01", "--to", "sql01", "--port", "6167", "--format", "markdown"]);
    assert_eq!(run.code, Some(0));
    assert!(run.out.starts_with("# gip01 → sql01 at port 6167\n\n"), "{}", run.out);
    for wanted in [
        "\n## tcp 6167\n\n",
        "    - <https://helpcenter.veeam.com/docs/vbahv/userguide/used_ports.html>\n",
        "    - [ ] take gip01 out of the plan (",
    ] {
        assert!(run.out.contains(wanted), "{wanted:?}: {}", run.out);
    }
    let run = why(&home, &["--from", "sql01", "--to", "repo01", "--format", "markdown"]);
    assert!(run.out.contains("\n- 1\\. it does not apply while"), "no list inside the list: {}", run.out);
}

#[test]
fn markup_in_names_stays_text() {
    let home = Home::new();
    let plan = fs::read_to_string(databases()).unwrap().replace("\"sql01\"", "\"sql_*01*_\"");
    home.write("odd.ron", &plan);
    let run = home.run(&["why", "odd.ron", "--host", "10.40.8.51", "--format", "markdown"]);
    if run.code == Some(2) {
        assert!(run.err.contains("sql_*01*_"), "such names are refused: {}", run.err);
    } else {
        assert!(run.out.contains("sql\\_\\*01\\*\\_"), "{}", run.out);
    }
}

#[test]
fn bad_questions_end_with_2_and_say_what_to_do() {
    let home = Home::new();
    let plan = databases();
    for (args, message) in [
        (
            &["--from", "sql1", "--to", "repo01"][..],
            "there is no host \"sql1\" in the plan; did you mean \"sql01\"?",
        ),
        (
            &["--host", "10.1.1.1"],
            "there is no host \"10.1.1.1\" in the plan; write a host's name or one of its addresses",
        ),
        (&["--port", "70000"], "port 70000 is out of range; ports go from 1 to 65535"),
        (&["--port", "https"], "\"https\" is not a port"),
        (
            &[],
            "ask something: --from and --to for two hosts, --host for all that one needs, --port for who uses it",
        ),
        (&["--host", "sql01", "--from", "gip01"], "cannot be used with"),
    ] {
        let error = home.refusal(&[&["why", &plan], args].concat());
        assert!(error.contains(message), "{args:?}: {error}");
    }
}
