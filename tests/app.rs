//! The program's state, driven by keys as an operator presses them.

mod copy;
pub mod driver;
mod files;
mod form;
mod hosts;
mod import;
mod keymap;
mod keys;
mod mouse;
mod options;
mod paste;
mod random;
mod roles;
mod rules;
mod safety;
mod search;
mod start;
mod undo;
mod views;
