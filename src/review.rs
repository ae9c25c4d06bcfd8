//! Looks at a plan from outside: findings that its author should see.

pub mod checks;
pub mod difference;

pub use checks::{Finding, findings};
pub use difference::Difference;
