//! Looks at a plan from outside: findings that its author should see.

pub mod checks;

pub use checks::{Finding, findings};
