//! The screen, drawn without a terminal.

mod chrome;
mod dialogs;
mod frame;
mod hits;
mod layout;
mod panes;
mod sizes;
mod theme;
