//! The program's state, driven by keys as an operator presses them.

mod baselines;
mod checks;
mod copy;
mod crossing;
pub mod driver;
mod files;
mod form;
mod hosts;
mod keymap;
mod keys;
mod matrix;
mod mouse;
mod options;
mod own_rules;
mod paste;
mod ports;
mod random;
mod report;
mod roles;
mod rules;
mod safety;
mod search;
mod start;
mod undo;
mod views;
mod why;
mod zones;
