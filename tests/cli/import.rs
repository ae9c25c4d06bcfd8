//! `portplan import`.

use std::fs;
use std::io::Write;
use std::process::Stdio;

use super::{Home, PROGRAM, finish};

const TABLE: &str =
    "name;ip;os;role\nvbr01;10.0.0.10;windows;backup-server\nora7;10.0.8.7;Oracle Linux 8;oracle-guest\n";

#[test]
fn a_new_plan_goes_to_standard_output_and_the_report_beside_it() {
    let home = Home::new();
    home.write("site.csv", TABLE);
    let run = home.run(&["import", "site.csv", "--zone", "lab", "--site", "munich"]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    assert!(run.out.contains("name: \"site\""), "{}", run.out);
    assert!(run.out.contains(
        "(name: \"vbr01\", os: windows, addresses: [\"10.0.0.10\"], roles: [\"backup-server\"], zone: \"lab\", site: \"munich\")"
    ), "{}", run.out);
    assert!(run.out.contains("\"oracle\""), "the role's option is on");
    assert_eq!(
        run.err,
        "read as CSV: 2 hosts\ncolumns: name = name, addresses = ip, system = os, role = role\nguessed:\n  \
         ora7: system Linux, from os \"Oracle Linux 8\"\nnotes:\n  option Oracle is on now\n"
    );
    home.write("plan.ron", &run.out);
    assert_eq!(
        home.output(&["flows", "plan.ron", "--format", "csv"]).lines().next().unwrap().split(',').count(),
        8
    );
}

#[test]
fn what_could_not_be_read_is_listed_and_gives_one() {
    let home = Home::new();
    home.write("site.csv", "name,ip\nvbr01,10.0.0.1000\n,10.0.0.2\n");
    let run = home.run(&["import", "site.csv"]);
    assert_eq!(run.code, Some(1));
    assert!(run.out.contains("\"vbr01\""));
    assert!(
        run.err.contains("not read:\n  line 2, ip: 10.0.0.1000\n    \"10.0.0.1000\" is not a valid IP"),
        "{}",
        run.err
    );
    assert!(
        run.err.contains("  line 3: , 10.0.0.2\n    no name stands there; a host needs one\n"),
        "{}",
        run.err
    );
    home.write("none.csv", "name,ip\n,10.0.0.2\n");
    let run = home.run(&["import", "none.csv"]);
    assert_eq!((run.code, run.out.as_str()), (Some(1), ""), "no plan without hosts");
    assert!(run.err.ends_with("no host was read; no plan was written\n"), "{}", run.err);
}

#[test]
fn a_dry_run_lists_hosts_and_writes_nothing() {
    let home = Home::new();
    home.write("site.csv", TABLE);
    for flag in ["--dry-run", "--preview"] {
        let run = home.run(&["import", "site.csv", flag, "-o", "new.ron", "--role", "GIP"]);
        assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
        assert!(
            run.out.contains("  vbr01  windows  10.0.0.10  backup-server, guest-interaction-proxy\n"),
            "{}",
            run.out
        );
        assert!(!home.path("new.ron").exists());
    }
    let json = home.output(&["import", "site.csv", "--dry-run", "--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["hosts"][1]["guesses"][0], "system Linux, from os \"Oracle Linux 8\"");
    assert_eq!((json["kind"].as_str(), json["added"].as_u64()), (Some("CSV"), Some(2)));
}

#[test]
fn a_new_file_takes_no_others_place() {
    let home = Home::new();
    home.write("site.csv", TABLE);
    let run = home.run(&["import", "site.csv", "-o", "new.ron"]);
    assert_eq!((run.code, run.out.as_str()), (Some(0), ""));
    assert!(run.err.ends_with("new.ron: written, 2 new hosts\n"), "{}", run.err);
    let written = home.read("new.ron");
    assert!(written.contains("name: \"new\"") && written.contains("\"ora7\""));
    let error = home.refusal(&["import", "site.csv", "-o", "new.ron"]);
    assert!(error.contains(
        "new.ron: the file is there already; name another one, or bring the hosts into it with --into"
    ));
    assert_eq!(home.read("new.ron"), written);
    assert!(!home.path(".new.ron.lock").exists());
}

#[test]
fn hosts_come_into_a_plan_which_keeps_what_it_has() {
    let home = Home::new();
    home.write("site.csv", TABLE);
    home.run(&["import", "site.csv", "-o", "plan.ron"]);
    let before = home
        .read("plan.ron")
        .replace("addresses: [\"10.0.0.10\"]", "addresses: [\"10.0.0.99\"], zone: \"mgmt\"");
    let before = before.replace("roles: [\"backup-server\"], ", "").replace("roles: [\"backup-server\"]", "");
    let before = before.replace("zone: \"mgmt\", )", "zone: \"mgmt\")");
    home.write("plan.ron", &before);
    home.write("more.csv", &format!("{TABLE}new01;10.0.0.50;;worker\n"));
    let run = home.run(&["import", "more.csv", "--into", "plan.ron", "--zone", "other"]);
    assert_eq!((run.code, run.out.as_str()), (Some(0), ""), "{}", run.err);
    assert!(run.err.contains("gains:\n  vbr01 gains 10.0.0.10, role Backup server\n"), "{}", run.err);
    assert!(run.err.contains("in the plan already:\n  ora7\n"), "{}", run.err);
    assert!(
        run.err.contains(
            "plan.ron: saved, 1 new host, 1 that gained something; what it held before is in plan.ron~\n"
        ),
        "{}",
        run.err
    );
    let after = home.read("plan.ron");
    assert!(
        after.contains("addresses: [\"10.0.0.99\", \"10.0.0.10\"]") && after.contains("zone: \"mgmt\""),
        "{after}"
    );
    assert!(after.contains("\"new01\""));
    assert_eq!(home.read("plan.ron~"), before);
    let run = home.run(&["import", "more.csv", "--into", "plan.ron"]);
    assert!(run.err.ends_with("the plan has all this already; it was not written\n"), "{}", run.err);
    assert_eq!(home.read("plan.ron"), after);
}

#[test]
fn a_plan_that_is_open_elsewhere_is_left_alone() {
    let home = Home::new();
    home.write("site.csv", TABLE);
    home.run(&["import", "site.csv", "-o", "plan.ron"]);
    let before = home.read("plan.ron");
    home.write("more.csv", "name\nnew01\n");
    let lock = portplan::files::lock(&home.path("plan.ron"));
    let error = home.refusal(&["import", "more.csv", "--into", "plan.ron"]);
    assert!(error.contains("plan.ron: this plan is open in another portplan ("), "{error}");
    assert_eq!(home.read("plan.ron"), before);
    drop(lock);
    assert_eq!(home.run(&["import", "more.csv", "--into", "plan.ron"]).code, Some(0));
}

#[test]
fn standard_input_is_read_as_a_file_is() {
    let home = Home::new();
    let mut command = home.command(PROGRAM, &["import", "-", "--from", "csv"]);
    let path = home.path("input");
    fs::File::create(&path).unwrap().write_all(TABLE.as_bytes()).unwrap();
    command.stdin(Stdio::from(fs::File::open(&path).unwrap()));
    let run = finish(command);
    assert_eq!(run.code, Some(0), "{}", run.err);
    assert!(run.out.contains("name: \"Unnamed plan\"") && run.out.contains("\"ora7\""));
}

#[test]
fn bad_input_is_refused_with_what_to_do() {
    let home = Home::new();
    home.write("site.csv", TABLE);
    home.write("hosts.ini", "[web]\nweb01\n");
    home.write("bad.json", "{");
    home.write("empty.csv", "\n");
    home.write("plan.ron", "// by hand\n(\n  format: 1,\n)\n");
    for (args, message) in [
        (&["import", "missing.csv"][..], "portplan: missing.csv: there is no such file\n"),
        (&["import", "empty.csv"], "portplan: empty.csv: there is nothing in it\n"),
        (
            &["import", "plan.ron"],
            "portplan: plan.ron: this is a plan of portplan, which is opened and not brought in\n",
        ),
        (
            &["import", "bad.json"],
            "portplan: bad.json:1:1: this is no JSON: EOF while parsing an object at line 1 column 1\n",
        ),
        (
            &["import", "hosts.ini", "--columns", "name=1"],
            "portplan: --columns and --headings are for tables; this is read as: Ansible inventory (INI). Say --from csv if it is a table\n",
        ),
        (
            &["import", "site.csv", "--columns", "name=9"],
            "portplan: there is no column \"9\"; the columns are 1 name, 2 ip, 3 os, 4 role\n",
        ),
        (&["import", "site.csv", "--into", "missing.ron"], "portplan: missing.ron: there is no such file\n"),
    ] {
        assert_eq!(home.refusal(args), message, "{args:?}");
    }
    let error = home.refusal(&["import", "site.csv", "--role", "backup-sever"]);
    assert!(
        error.starts_with("portplan: there is no role \"backup-sever\", did you mean \"backup-server\"?"),
        "{error}"
    );
    assert!(!home.path(".missing.ron.lock").exists());
}

#[test]
fn columns_and_headings_can_be_said() {
    let home = Home::new();
    home.write("t.csv", "A;B;C\nvbr01;lab;10.0.0.1\n");
    let run = home.run(&["import", "t.csv", "--columns", "name=1,zone=B,addresses=3", "--dry-run"]);
    assert!(run.out.contains("  vbr01  other  10.0.0.1    lab\n"), "{}", run.out);
    let run = home.run(&["import", "t.csv", "--headings", "no", "--columns", "name=1", "--dry-run"]);
    assert!(run.out.contains("read as CSV: 2 hosts\ncolumns: name = column 1\n"), "{}", run.out);
}
