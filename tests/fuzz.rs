//! The kept inputs of the fuzz targets, without the fuzzer.

use std::fs;
use std::panic::catch_unwind;
use std::path::{Path, PathBuf};

#[path = "../fuzz/src/lib.rs"]
mod properties;

/// Runs a target on every kept input, of which there are at least `count`.
fn replay(target: &str, count: usize, run: fn(&[u8])) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus").join(target);
    let mut paths: Vec<PathBuf> = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    assert!(paths.len() >= count, "{} has only {} inputs", folder.display(), paths.len());
    let bytes = |path: &PathBuf| fs::read(path).unwrap();
    let failed = paths.iter().find(|path| catch_unwind(|| run(&bytes(path))).is_err());
    assert_eq!(failed, None, "what went wrong stands above");
}

#[test]
fn kept_files_are_read_as_plans_or_refused() {
    replay("project", 100, properties::project);
}

#[test]
fn kept_files_of_others_are_read_or_refused() {
    replay("import", 12, properties::import);
}

#[test]
fn kept_searches_are_searched_for() {
    replay("query", 45, properties::query);
}
