//! Plans as files: reading, writing, safe storage, what was opened lately, and the samples.

pub mod paths;
pub mod project;
pub mod recent;
pub mod samples;
pub mod store;

pub use paths::state_dir;
pub use project::{Fault, ReadError, read, write};
pub use recent::Recent;
pub use samples::{Sample, samples};
pub use store::{Change, LoadError, Loaded, SaveError, Stamp, load, save};
