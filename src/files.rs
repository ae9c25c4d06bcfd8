//! Plans as files: reading, writing, safe storage, what was opened lately, and the samples; and the config file.

pub mod catalogues;
pub mod config;
pub mod import;
pub mod last_target;
pub mod lock;
pub mod paths;
pub mod project;
pub mod recent;
pub mod recovery;
pub mod samples;
pub mod store;

pub use catalogues::{CataloguesError, catalogue};
pub use config::Config;
pub use last_target::{keep_last_target, last_target};
pub use lock::{Held, Lock, Owner, lock};
pub use paths::{config_file, runtime_dir, state_dir};
pub use project::{Fault, ReadError, read, write};
pub use recent::Recent;
pub use recovery::{Keeper, Lost, Places};
pub use samples::{Sample, samples};
pub use store::{
    Backup, Change, LoadError, Loaded, SaveError, Stamp, backup_path, load, save, save_streamed,
    save_with_backup,
};
