//! The outside world: the terminal, its events, signals, the clipboard, the environment.

pub mod canvas;
pub mod clipboard;
pub mod ending;
pub mod env;
pub mod events;
pub mod harmless;
#[cfg(unix)]
pub mod jobs;
pub mod mouse;
pub mod painter;
pub mod program;
pub mod session;
#[cfg(unix)]
pub mod signals;
#[cfg(unix)]
mod unread;
#[cfg(unix)]
pub mod watchdog;
