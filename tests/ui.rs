//! The screen, drawn without a terminal.

mod chrome;
mod dialogs;
mod frame;
mod hostile;
mod layout;
mod panes;
mod sizes;
mod theme;
