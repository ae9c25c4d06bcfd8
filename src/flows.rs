//! Which hosts must reach which: rules resolved between classes of hosts, listed lazily, searched, explained.

mod between;
mod classes;
mod compare;
pub mod explain;
mod gaps;
mod listing;
mod looks;
mod matrix;
mod places;
mod requirement;
mod resolve;
pub mod search;
mod shape;
mod since;

pub use between::Between;
pub use compare::{Comparison, Delta};
pub use gaps::Gap;
pub use listing::{FlowRef, Grouping, Listing, SameHost};
pub use looks::Look;
pub use matrix::{Axis, Cell, Matrix, Place, ports};
pub use requirement::{Requirement, RuleRef};
pub use resolve::{Flows, HostIx};
pub use shape::{Shape, ShapeId, Tag};
pub use since::Since;
