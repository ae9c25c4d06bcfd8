//! The plans that were opened lately.

use std::fs;
use std::path::{Path, PathBuf};

use ron::ser::PrettyConfig;

use super::store::{self, SaveError};

/// How many plans are remembered.
const LIMIT: usize = 10;

/// Longer texts, in bytes, are not read: ten paths never come to that.
const LONGEST: usize = 64 * 1024;

/// The file's name in the state directory.
const FILE: &str = "recent.ron";

/// The plans that were opened lately, newest first, each once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recent {
    dir: PathBuf,
    paths: Vec<PathBuf>,
}

impl Recent {
    /// Reads the list that is kept in this directory. A missing or broken file is an empty list: it is a
    /// convenience, and no reason to stop anybody from working.
    pub fn load(dir: &Path) -> Self {
        let text = store::read_text(&dir.join(FILE)).unwrap_or_default();
        let words: Vec<String> =
            if text.len() <= LONGEST { ron::from_str(&text).unwrap_or_default() } else { Vec::new() };
        let mut recent = Self { dir: dir.to_owned(), paths: Vec::new() };
        for path in words.into_iter().rev().map(PathBuf::from) {
            if path.is_absolute() {
                recent.put_first(path);
            }
        }
        recent
    }

    /// The paths, newest first, all absolute.
    pub fn paths(&self) -> &[PathBuf] {
        &self.paths
    }

    /// Puts a plan at the top. A path that cannot be written as text is not remembered.
    pub fn add(&mut self, path: &Path) {
        if let Ok(path) = std::path::absolute(path)
            && path.to_str().is_some()
        {
            self.put_first(path);
        }
    }

    /// Writes the list to its directory, which is made if need be.
    ///
    /// # Errors
    /// If the directory or the file cannot be written.
    pub fn save(&self) -> Result<(), SaveError> {
        let file = self.dir.join(FILE);
        fs::create_dir_all(&self.dir).map_err(|error| SaveError::from_io(&file, error))?;
        let words: Vec<&str> = self.paths.iter().filter_map(|path| path.to_str()).collect();
        let text = ron::ser::to_string_pretty(&words, PrettyConfig::new()).unwrap_or_default();
        store::save(&file, &(text + "\n")).map(|_| ())
    }

    fn put_first(&mut self, path: PathBuf) {
        self.paths.retain(|known| *known != path);
        self.paths.insert(0, path);
        self.paths.truncate(LIMIT);
    }
}
