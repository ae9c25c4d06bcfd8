//! Search: every word must match some field of a flow. Words are matched against hosts and shapes, never against flows,
//! so the cost does not grow with the number of flows.

mod matcher;
mod matches;
mod query;
mod whole;

pub use matcher::{Fit, Matcher, Skim};
pub use matches::{Direction, Matches, Scope};
pub use query::{Column, Field, Query, Term, whole};
