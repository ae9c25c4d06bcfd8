//! Which flows a plan gives: situations as data, and properties against a naive resolver.

mod cases;
mod census;
mod changes;
mod compare;
mod crossing;
mod explain;
mod limits;
mod matrix;
mod oracle;
pub mod random;
mod search;
pub mod support;
mod usage;
mod why;
