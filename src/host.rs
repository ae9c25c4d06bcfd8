//! The outside world: the terminal, its events, signals, the clipboard, the environment.

pub mod clipboard;
pub mod env;
pub mod events;
pub mod harmless;
pub mod program;
pub mod session;
#[cfg(unix)]
pub mod signals;
