//! Where the program keeps what it remembers between runs, and where it looks for its settings.

use std::path::PathBuf;

use etcetera::BaseStrategy;

/// The directory for recent plans and recovery files: `$XDG_STATE_HOME/portplan`, or the system's counterpart.
/// It need not exist. `None` where the user has no home directory.
pub fn state_dir() -> Option<PathBuf> {
    let base = etcetera::choose_base_strategy().ok()?;
    let state = base.state_dir().unwrap_or_else(|| base.data_dir());
    Some(state.join("portplan"))
}

/// The config file: `$XDG_CONFIG_HOME/portplan/config.ron`, or the system's counterpart. It need not exist. `None` where
/// the user has no home directory.
pub fn config_file() -> Option<PathBuf> {
    let base = etcetera::choose_base_strategy().ok()?;
    Some(base.config_dir().join("portplan").join("config.ron"))
}
