//! Looks at a plan from outside: findings that its author should see.

pub mod checks;
pub mod difference;

pub use checks::{Check, Entry, Finding, HostField, Mend, Review, Severity, findings};
pub use difference::Difference;
