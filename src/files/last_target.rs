//! The target of rules that was used last, by its id; whoever reads it knows which ids there are.

use std::fs;
use std::path::Path;

use super::store::{self, SaveError};

/// Longer texts, in bytes, are not read: no id comes to that.
const LONGEST: usize = 256;

/// The file's name in the state directory.
const FILE: &str = "target.ron";

/// Reads the id that is kept in this directory. A missing or broken file is no id: it is a convenience, and no reason
/// to stop anybody from working.
pub fn last_target(dir: &Path) -> Option<String> {
    let text = store::read_text(&dir.join(FILE)).ok().filter(|text| text.len() <= LONGEST)?;
    ron::from_str(&text).ok()
}

/// Keeps an id in this directory, which is made if need be.
///
/// # Errors
/// If the directory or the file cannot be written.
pub fn keep_last_target(dir: &Path, id: &str) -> Result<(), SaveError> {
    let file = dir.join(FILE);
    fs::create_dir_all(dir).map_err(|error| SaveError::from_io(&file, error))?;
    let text = ron::to_string(id).unwrap_or_default();
    store::save(&file, &(text + "\n")).map(|_| ())
}
