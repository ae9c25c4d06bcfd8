//! Plans as files: reading, writing, safe storage, what was opened lately, and the samples; and the config file.

pub mod config;
pub mod paths;
pub mod project;
pub mod recent;
pub mod samples;
pub mod store;

pub use config::Config;
pub use paths::{config_file, state_dir};
pub use project::{Fault, ReadError, read, write};
pub use recent::Recent;
pub use samples::{Sample, samples};
pub use store::{Change, LoadError, Loaded, SaveError, Stamp, load, save};
