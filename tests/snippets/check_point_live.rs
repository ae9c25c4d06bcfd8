//! The scripts for Check Point, really run by shells, with a stand-in for `mgmt_cli` that keeps objects in a file.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;

use portplan::snippets::{Direction, Purpose, Target};
use tempfile::TempDir;

use super::live::{lint, run};
use super::plans::small;

/// A layer with a rule of somebody else, before anything is run.
const BEFORE: &str = r#"{
 "published": {
  "objects": {
   "access-layer Network": {},
   "access-rule Cleanup rule": {"layer": "Network"},
   "access-rule Mine": {"layer": "Network"}
  },
  "order": ["Mine", "Cleanup rule"]
 },
 "session": false
}"#;

struct Server {
    folder: TempDir,
}

impl Server {
    fn new() -> Self {
        let folder = TempDir::new().unwrap();
        let stand_in = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/snippets/mgmt_cli.py");
        let program = folder.path().join("mgmt_cli");
        // Where python3 is a script that looks for the interpreter, hundreds of calls would take a minute.
        let (_, python) = run("python3", &["-c", "import sys; print(sys.executable, end='')"], "");
        fs::write(&program, format!("#!/bin/sh\nexec '{python}' -I -S '{stand_in}' \"$@\"\n")).unwrap();
        fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).unwrap();
        fs::create_dir(folder.path().join("tmp")).unwrap();
        let mut store: serde_json::Value = serde_json::from_str(BEFORE).unwrap();
        store["draft"] = store["published"].clone();
        fs::write(folder.path().join("store"), store.to_string()).unwrap();
        Self { folder }
    }

    /// Runs a script, and returns whether it went well and what it said.
    fn run(&self, shell: &str, script: &str, fail: &str) -> (bool, String) {
        let folder = self.folder.path().to_str().unwrap();
        let path = format!("PATH={folder}:{}", std::env::var("PATH").unwrap());
        let (store, tmp) = (format!("STORE={folder}/store"), format!("TMPDIR={folder}/tmp"));
        let done = run("env", &[&path, &store, &tmp, &format!("FAIL={fail}"), shell, "-s"], script);
        assert_eq!(
            fs::read_dir(self.folder.path().join("tmp")).unwrap().count(),
            0,
            "the session's file stays"
        );
        done
    }

    fn store(&self) -> serde_json::Value {
        serde_json::from_str(&fs::read_to_string(self.folder.path().join("store")).unwrap()).unwrap()
    }

    /// What is published; fails if the session is still open, or has left unpublished changes, which lock objects.
    fn published(&self) -> serde_json::Value {
        let store = self.store();
        assert_eq!(store["session"], false, "the session stays open");
        assert_eq!(store["draft"], store["published"]);
        store["published"].clone()
    }
}

fn script(purpose: Purpose) -> String {
    small().write(Target::CheckPoint, Direction::Transit, purpose)
}

fn edited(purpose: Purpose) -> String {
    script(purpose).replace("='<ACCESS LAYER>'", "='Network'").replace("='<RULE BELOW>'", "='Cleanup rule'")
}

#[test]
fn shells_and_their_checker_find_no_fault() {
    lint(&script(Purpose::Apply));
    lint(&script(Purpose::Remove));
}

#[test]
fn applying_twice_is_once_and_removing_restores_what_was_there() {
    let server = Server::new();
    let before = server.published();
    let [apply, remove] = [Purpose::Apply, Purpose::Remove];
    let states =
        [(apply, "sh"), (apply, "bash"), (remove, "sh"), (remove, "bash")].map(|(purpose, shell)| {
            let (done, text) = server.run(shell, &edited(purpose), "");
            assert!(done, "{text}");
            server.published()
        });
    assert!(states[0].to_string().contains("access-rule VEEAM-6072BF-FFB7FF1-FWD-TCP4"), "{}", states[0]);
    assert_eq!(states[0], states[1]);
    assert_eq!((&states[2], &states[3]), (&before, &before));
}

#[test]
fn rules_go_above_the_rule_that_is_named_and_keep_the_place_they_are_moved_to() {
    let server = Server::new();
    assert!(server.run("bash", &edited(Purpose::Apply), "").0);
    let mut store = server.store();
    let mut order: Vec<String> = serde_json::from_value(store["published"]["order"].clone()).unwrap();
    assert!(order.len() > 4 && order[0] == "Mine" && order[order.len() - 1] == "Cleanup rule", "{order:?}");
    order.reverse();
    store["published"]["order"] = serde_json::to_value(&order).unwrap();
    store["draft"] = store["published"].clone();
    fs::write(server.folder.path().join("store"), store.to_string()).unwrap();
    assert!(server.run("bash", &edited(Purpose::Apply), "").0);
    assert_eq!(server.published(), store["published"]);
}

#[test]
fn an_unedited_or_failing_script_changes_nothing_and_says_so() {
    let server = Server::new();
    let before = server.published();
    let layer_only = script(Purpose::Apply).replace("='<ACCESS LAYER>'", "='Network'");
    let cases = [
        (script(Purpose::Apply), "", "not found: access-layer name <ACCESS LAYER>"),
        (script(Purpose::Remove), "", "not found: access-layer name <ACCESS LAYER>"),
        (layer_only, "", "not found: access-rule layer Network name <RULE BELOW>"),
        (edited(Purpose::Apply), "login", "asked for"),
        (edited(Purpose::Apply), "network", "asked for"),
        (edited(Purpose::Apply), "Accept", "asked for"),
        (edited(Purpose::Apply), "publish", "asked for"),
    ];
    for (at, (script, fail, said)) in cases.into_iter().enumerate() {
        let (done, text) = server.run(["sh", "bash"][at % 2], &script, fail);
        assert!(!done && text.contains(said), "{fail} {text}");
        assert_eq!(server.published(), before, "{fail}");
    }
}
