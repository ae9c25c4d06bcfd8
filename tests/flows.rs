//! Which flows a plan gives: situations as data, and properties against a naive resolver.

mod cases;
mod compare;
mod explain;
mod matrix;
mod oracle;
pub mod random;
mod search;
pub mod support;
