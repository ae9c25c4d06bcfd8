//! The outside world: the terminal, its events, signals, the clipboard, the environment.

pub mod canvas;
pub mod clipboard;
pub mod env;
pub mod events;
pub mod painter;
pub mod session;
#[cfg(unix)]
pub mod signals;
