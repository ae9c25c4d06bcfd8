//! Plans on disk: loading only from real files, saving so that the old file stays whole until the new one is.

mod backup;
mod error;
mod load;
mod save;
mod stamp;

pub use backup::{Backup, backup_path};
pub use error::{LoadError, SaveError};
pub use load::{Loaded, load};
pub use save::{save, save_streamed, save_with_backup};
pub use stamp::{Change, Stamp};

pub(super) use load::{read_bytes, read_text};
pub(super) use save::{folder, follow_links, save_private};
