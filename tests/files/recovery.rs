//! Unsaved work on disk, locks, and backups.

use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::process::Command;

use portplan::files::recovery::{discard, lost, lost_in};
use portplan::files::{Backup, Keeper, Lock, Places, backup_path, lock, save, save_with_backup};
use tempfile::TempDir;

fn dir() -> TempDir {
    tempfile::tempdir().unwrap()
}

fn places(dir: &Path) -> Places {
    Places { state: Some(dir.join("state")), runtime: Some(dir.join("runtime")) }
}

fn names(dir: &Path) -> Vec<String> {
    let entries = fs::read_dir(dir).into_iter().flatten();
    let mut names: Vec<String> =
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

/// A directory that takes no files, for root neither: its name belongs to a file.
fn blocked(path: &Path) {
    fs::write(path, "").unwrap();
}

#[test]
fn work_of_a_planner_that_ended_is_found_and_work_of_a_living_one_is_not() {
    let dir = dir();
    let (places, plan) = (places(dir.path()), dir.path().join("munich.ron"));
    let mut keeper = Keeper::new(places.clone());
    keeper.keep(Some(&plan), "first", None).unwrap();
    keeper.keep(Some(&plan), "second", None).unwrap();
    assert_eq!(lost(&places, Some(&plan)), [], "its planner is alive");
    assert_eq!(lost(&places, None), []);
    drop(keeper);
    let found = lost(&places, Some(&plan));
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!((found[0].text.as_str(), found[0].plan.as_deref()), ("second", Some(plan.as_path())));
    assert_eq!(lost(&places, None), found);
    assert_eq!(lost_in(&found[0].record), Some(found[0].clone()));
    assert_eq!(lost(&places, Some(&dir.path().join("wien.ron"))), [], "not of another plan");
    discard(&found[0].record);
    assert_eq!((lost(&places, None), names(&dir.path().join("state/recovery"))), (vec![], vec![]));
}

#[test]
fn what_was_typed_stands_apart_from_the_plan() {
    let dir = dir();
    let places = places(dir.path());
    let mut keeper = Keeper::new(places.clone());
    keeper.keep(None, "the plan", Some("the form")).unwrap();
    drop(keeper);
    let found = lost(&places, None);
    assert_eq!((found[0].text.as_str(), found[0].typed.as_deref()), ("the plan", Some("the form")));
    let record = fs::read_to_string(&found[0].record).unwrap();
    let before_the_plan = record.lines().take_while(|line| *line != "the plan");
    assert!(
        before_the_plan.into_iter().all(|line| line.starts_with("// ")),
        "a record is a plan with remarks"
    );
}

#[test]
fn what_is_forgotten_leaves_nothing_behind() {
    let dir = dir();
    let places = places(dir.path());
    let mut keeper = Keeper::new(places.clone());
    keeper.keep(None, "text", None).unwrap();
    assert_eq!(names(&dir.path().join("state/recovery")).len(), 2);
    keeper.forget();
    assert_eq!(names(&dir.path().join("state/recovery")), [""; 0]);
    keeper.keep(None, "again", None).unwrap();
    drop(keeper);
    assert_eq!(lost(&places, None)[0].text, "again");
    assert_eq!(lost(&places, None)[0].plan, None);
}

#[test]
fn a_plan_is_known_by_every_name_that_leads_to_it() {
    let dir = dir();
    let places = places(dir.path());
    fs::create_dir(dir.path().join("plans")).unwrap();
    let plan = dir.path().join("plans/munich.ron");
    fs::write(&plan, "").unwrap();
    symlink(&plan, dir.path().join("link.ron")).unwrap();
    let mut keeper = Keeper::new(places.clone());
    keeper.keep(Some(&dir.path().join("plans/../plans/munich.ron")), "text", None).unwrap();
    drop(keeper);
    for name in ["link.ron", "plans/munich.ron", "plans/../link.ron"] {
        assert_eq!(lost(&places, Some(&dir.path().join(name))).len(), 1, "{name}");
    }
}

#[test]
fn records_are_for_their_owner_only() {
    let dir = dir();
    let mut keeper = Keeper::new(places(dir.path()));
    keeper.keep(None, "text", None).unwrap();
    let folder = dir.path().join("state/recovery");
    assert_eq!(fs::metadata(&folder).unwrap().permissions().mode() & 0o777, 0o700);
    let record = names(&folder).into_iter().find(|name| name.ends_with(".recovery")).unwrap();
    assert_eq!(fs::metadata(folder.join(record)).unwrap().permissions().mode() & 0o777, 0o600);
}

#[test]
fn where_one_place_takes_nothing_the_next_one_does() {
    let dir = dir();
    let (places, plan) = (places(dir.path()), dir.path().join("munich.ron"));
    blocked(&dir.path().join("state"));
    let mut keeper = Keeper::new(places.clone());
    keeper.keep(Some(&plan), "in memory", None).unwrap();
    assert_eq!(names(&dir.path().join("runtime/recovery")).len(), 2);
    drop(keeper);
    assert_eq!(lost(&places, Some(&plan))[0].text, "in memory");

    fs::remove_dir_all(dir.path().join("runtime")).unwrap();
    blocked(&dir.path().join("runtime"));
    let mut keeper = Keeper::new(places.clone());
    keeper.keep(Some(&plan), "beside the plan", None).unwrap();
    drop(keeper);
    assert_eq!(lost(&places, Some(&plan))[0].text, "beside the plan");

    let mut keeper = Keeper::new(places);
    let error = keeper.keep(None, "nowhere", None).unwrap_err().to_string();
    assert!(error.contains("state/recovery"), "{error}");
}

#[test]
fn a_newer_record_in_another_place_wins_over_an_older_one() {
    let dir = dir();
    let places = places(dir.path());
    let mut keeper = Keeper::new(places.clone());
    keeper.keep(None, "old", None).unwrap();
    let state = dir.path().join("state/recovery");
    // The old record stays readable, but nothing new fits beside it.
    let record = names(&state).into_iter().find(|name| name.ends_with(".recovery")).unwrap();
    fs::remove_file(state.join(&record)).unwrap();
    fs::create_dir(state.join(&record)).unwrap();
    keeper.keep(None, "new", None).unwrap();
    drop(keeper);
    fs::remove_dir(state.join(&record)).unwrap();
    let found: Vec<String> = lost(&places, None).into_iter().map(|lost| lost.text).collect();
    assert_eq!(found, ["new"]);
}

#[test]
fn what_is_no_record_is_passed_over() {
    let dir = dir();
    let places = places(dir.path());
    let folder = dir.path().join("state/recovery");
    fs::create_dir_all(&folder).unwrap();
    for (name, text) in [
        (".portplan-1.recovery", ""),
        (".portplan-2.recovery", "()"),
        (".portplan-3.recovery", "// unsaved work of portplan on nonsense\n()"),
        (".portplan-4.recovery", "// unsaved work of portplan on \"/a\""),
        ("notes.txt", "// unsaved work of portplan on \"\"\n()"),
    ] {
        fs::write(folder.join(name), text).unwrap();
    }
    fs::create_dir(folder.join(".portplan-5.recovery")).unwrap();
    let fifo = folder.join(".portplan-6.recovery");
    assert!(Command::new("mkfifo").arg(&fifo).status().unwrap().success());
    assert_eq!(lost(&places, None), []);
    fs::write(folder.join(".portplan-7.recovery"), "// unsaved work of portplan on \"/a\"\n(x)").unwrap();
    let found = lost(&places, None);
    assert_eq!((found[0].plan.as_deref(), found[0].text.as_str()), (Some(Path::new("/a")), "(x)"));
    assert_eq!(lost(&Places::default(), None), [], "no home, no records");
}

fn held(plan: &Path) -> portplan::files::Held {
    match lock(plan) {
        Lock::Held(held) => held,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_plan_is_open_in_one_planner_at_a_time() {
    let dir = dir();
    let plan = dir.path().join("munich.ron");
    symlink(&plan, dir.path().join("link.ron")).unwrap();
    let first = held(&plan);
    for name in ["munich.ron", "link.ron"] {
        let Lock::Busy(owner) = lock(&dir.path().join(name)) else { panic!("{name}") };
        assert!(owner.to_string().ends_with(&format!(", process {}", std::process::id())), "{owner}");
    }
    assert!(first.is_for(&plan) && first.is_for(&dir.path().join("link.ron")));
    assert!(first.is_for(&dir.path().join("./munich.ron")) && !first.is_for(&dir.path().join("wien.ron")));
    let _other = held(&dir.path().join("wien.ron"));
    drop(first);
    assert_eq!(names(dir.path()), [".wien.ron.lock", "link.ron"]);
    let _again = held(&plan);
}

#[test]
fn a_lock_file_that_was_left_behind_locks_nobody_out() {
    let dir = dir();
    let plan = dir.path().join("munich.ron");
    fs::write(dir.path().join(".munich.ron.lock"), "ann on jump1, process 1").unwrap();
    let _held = held(&plan);
    assert!(!fs::read_to_string(dir.path().join(".munich.ron.lock")).unwrap().contains("ann on jump1"));
}

#[test]
fn what_a_lock_file_says_cannot_reach_the_terminal() {
    let dir = dir();
    let plan = dir.path().join("munich.ron");
    let _held = held(&plan);
    fs::write(dir.path().join(".munich.ron.lock"), format!("\u{1b}]0;x\u{7}\u{202e}{}", "y".repeat(5_000)))
        .unwrap();
    let Lock::Busy(owner) = lock(&plan) else { panic!() };
    let owner = owner.to_string();
    assert!(owner.len() < 300 && !owner.contains(['\u{1b}', '\u{7}', '\u{202e}']), "{owner:?}");
}

#[test]
fn a_lock_is_never_written_through_a_link() {
    let dir = dir();
    let victim = dir.path().join("victim");
    fs::write(&victim, "precious").unwrap();
    symlink(&victim, dir.path().join(".munich.ron.lock")).unwrap();
    assert!(matches!(lock(&dir.path().join("munich.ron")), Lock::Unknown));
    assert_eq!(fs::read_to_string(&victim).unwrap(), "precious");
}

#[test]
fn a_folder_that_takes_no_files_leaves_the_lock_unknown() {
    let dir = dir();
    assert!(matches!(lock(&dir.path().join("no/such/folder/munich.ron")), Lock::Unknown));
}

fn kept(path: &Path, text: &str) -> Option<PathBuf> {
    match save_with_backup(path, text).unwrap().1 {
        Backup::Kept(path) => Some(path),
        Backup::NotNeeded => None,
        Backup::Failed(error) => panic!("{error}"),
    }
}

#[test]
fn saving_keeps_one_backup_of_what_was_there() {
    let dir = dir();
    let path = dir.path().join("plan.ron");
    let backup = backup_path(&path);
    assert_eq!(kept(&path, "one"), None, "nothing was there");
    assert_eq!(kept(&path, "two"), Some(backup.clone()));
    assert_eq!(fs::read_to_string(&backup).unwrap(), "one");
    assert_eq!(kept(&path, "two"), None, "saving twice must not lose the older text");
    assert_eq!(fs::read_to_string(&backup).unwrap(), "one");
    assert_eq!(kept(&path, "three"), Some(backup.clone()));
    assert_eq!(fs::read_to_string(&backup).unwrap(), "two");
    assert_eq!(names(dir.path()), ["plan.ron", "plan.ron~"]);
}

#[test]
fn a_backup_stands_beside_the_file_that_a_link_leads_to() {
    let dir = dir();
    fs::create_dir(dir.path().join("real")).unwrap();
    let path = dir.path().join("real/plan.ron");
    fs::write(&path, "one").unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
    let link = dir.path().join("link.ron");
    symlink(&path, &link).unwrap();
    assert_eq!(kept(&link, "two"), Some(dir.path().join("real/plan.ron~")));
    assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    for name in ["plan.ron", "plan.ron~"] {
        let mode = fs::metadata(dir.path().join("real").join(name)).unwrap().mode();
        assert_eq!(mode & 0o777, 0o640, "{name}");
    }
}

#[test]
fn a_backup_that_cannot_be_kept_does_not_stop_the_save() {
    let dir = dir();
    let path = dir.path().join("plan.ron");
    save(&path, "one").unwrap();
    fs::create_dir_all(dir.path().join("plan.ron~/x")).unwrap();
    let (_, backup) = save_with_backup(&path, "two").unwrap();
    assert!(matches!(backup, Backup::Failed(_)), "{backup:?}");
    assert_eq!(fs::read_to_string(&path).unwrap(), "two");
    assert_eq!(names(dir.path()), ["plan.ron", "plan.ron~"], "nothing else is left behind");
}

#[test]
fn a_backup_that_is_the_file_itself_is_replaced() {
    let dir = dir();
    let path = dir.path().join("plan.ron");
    save(&path, "one").unwrap();
    fs::hard_link(&path, backup_path(&path)).unwrap();
    assert_eq!(kept(&path, "two"), Some(backup_path(&path)));
    assert_eq!(fs::read_to_string(backup_path(&path)).unwrap(), "one");
    assert_eq!(names(dir.path()), ["plan.ron", "plan.ron~"], "nothing else is left behind");
}
