//! Plans on disk: loading only from real files, saving so that the old file stays whole until the new one is.

mod error;
mod load;
mod save;
mod stamp;

pub use error::{LoadError, SaveError};
pub use load::{Loaded, load};
pub use save::save;
pub use stamp::{Change, Stamp};

pub(super) use load::read_text;
