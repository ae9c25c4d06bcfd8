//! Which hosts must reach which: rules resolved between classes of hosts, listed lazily, searched, explained.

mod between;
mod census;
pub mod changes;
mod classes;
mod compare;
pub mod explain;
mod gaps;
mod left_out;
mod limits;
mod listing;
mod looks;
mod places;
mod requirement;
mod resolve;
pub mod search;
mod shape;
mod since;
mod usage;
pub mod why;
mod zones;

pub use between::Between;
pub use census::{CustomUse, Extent, custom_uses};
pub use changes::ChangeList;
pub use compare::{Comparison, Delta};
pub use gaps::Gap;
pub use left_out::{LeftOut, left_out};
pub use limits::Limit;
pub use listing::{FlowRef, Grouping, Listing, SameHost};
pub use looks::Look;
pub use requirement::{Requirement, RuleRef};
pub use resolve::{Flows, HostIx};
pub use shape::{Shape, ShapeId, Tag};
pub use since::Since;
pub use usage::{Contacts, ShapeUse, Usage};
pub use zones::{Crossing, HostZones, ZoneId};
