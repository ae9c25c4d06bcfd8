//! The screen, drawn without a terminal.

mod adapting;
mod answers;
mod changes;
mod checks;
mod chrome;
mod dialogs;
pub mod frame;
mod hits;
mod hostile;
mod layout;
mod matrix;
mod panes;
mod rules;
mod sizes;
mod symbols;
mod theme;
