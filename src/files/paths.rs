//! Where the program keeps what it remembers between runs, and where it looks for its settings.

use std::env;
use std::path::PathBuf;

use etcetera::BaseStrategy;

/// The directory for recent plans and recovery files: `$XDG_STATE_HOME/portplan`, or the system's counterpart.
/// It need not exist. `None` where the user has no home directory.
pub fn state_dir() -> Option<PathBuf> {
    let base = etcetera::choose_base_strategy().ok()?;
    let state = base.state_dir().unwrap_or_else(|| base.data_dir());
    Some(state.join("portplan"))
}

/// A directory of the user's own that ends with the session: `$XDG_RUNTIME_DIR/portplan`. It mostly lies in memory, so
/// it takes what a full disk does not.
pub fn runtime_dir() -> Option<PathBuf> {
    let base = PathBuf::from(env::var_os("XDG_RUNTIME_DIR")?);
    base.is_absolute().then(|| base.join("portplan"))
}

/// The config file: `$XDG_CONFIG_HOME/portplan/config.ron`, or the system's counterpart. It need not exist. `None` where
/// the user has no home directory.
pub fn config_file() -> Option<PathBuf> {
    let base = etcetera::choose_base_strategy().ok()?;
    Some(base.config_dir().join("portplan").join("config.ron"))
}
