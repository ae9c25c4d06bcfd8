//! Catalogue files of the operator: pages of rules beside those that are built in.

use std::path::PathBuf;

use thiserror::Error;

use crate::catalogue::{Asset, Catalogue, CatalogueError};
use crate::plan::shown::{shown, shown_path};

use super::store::{LoadError, read_text};

/// Why the catalogue files cannot be used.
#[derive(Debug, Error)]
pub enum CataloguesError {
    /// One of them cannot be read.
    #[error("{0}")]
    Load(#[from] LoadError),
    /// They hold faults, one line each.
    #[error("{}", lines(.files, .error))]
    Faults {
        /// The files.
        files: String,
        /// What is wrong in them.
        error: CatalogueError,
    },
}

/// How many faults a message names, and how many characters of each.
const MOST: (usize, usize) = (20, 300);

/// The faults of files that anybody may have written.
fn lines(files: &str, error: &CatalogueError) -> String {
    let problems = &error.0;
    let mut lines = vec![format!("{files}: {} fault(s); the plan was not opened", problems.len())];
    lines.extend(problems.iter().take(MOST.0).map(|problem| {
        let text: String = shown(&problem.to_string()).chars().take(MOST.1).collect();
        format!("  {text}")
    }));
    if problems.len() > MOST.0 {
        lines.push(format!("  and {} more", problems.len() - MOST.0));
    }
    lines.join("\n")
}

/// The built-in catalogue with these files beside it.
///
/// # Errors
/// If a file cannot be read, or they do not fit the built-in catalogue or each other.
pub fn catalogue(paths: &[PathBuf]) -> Result<Catalogue, CataloguesError> {
    let names: Vec<String> = paths.iter().map(|path| shown_path(path)).collect();
    let texts = paths.iter().map(|path| read_text(path)).collect::<Result<Vec<String>, LoadError>>()?;
    let assets: Vec<Asset<'_>> = names
        .iter()
        .zip(&texts)
        .map(|(name, text)| Asset { name, text: text.strip_prefix('\u{FEFF}').unwrap_or(text) })
        .collect();
    Catalogue::with(&assets).map_err(|error| CataloguesError::Faults { files: names.join(", "), error })
}
