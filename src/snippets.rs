//! Flows written as text for one target: firewall rules to paste, or tables to hand over.
//!
//! Rule targets write a `Document` (`model.rs`), in which flows are grouped, addresses canonical and ids fixed; table
//! targets write one row or record per flow. A new target is one file, one line in `target.rs` and one
//! in [`write()`]. Names stand in `names.rs`, quoting and the comment characters in `text.rs`, limits in `limits.rs`.

mod addresses;
mod build;
mod coverage;
mod csv;
mod error;
mod gather;
mod header;
mod json;
mod limits;
mod markdown;
mod model;
mod names;
mod nftables;
mod obstacle;
mod powershell;
mod remarks;
mod row;
mod script;
mod target;
mod text;

use std::io;

pub use error::{SnippetError, WriteError};
pub use limits::FLOWS_IN_RULES;
pub use row::{Row, row};
pub use target::{Direction, Kind, Purpose, Target};

use crate::catalogue::Catalogue;
use crate::flows::{FlowRef, Flows, Listing};
use crate::plan::Plan;

/// Which flows to write.
#[derive(Debug, Clone, Copy)]
pub enum Selection<'a> {
    /// One flow.
    Flow(FlowRef),
    /// The rows of a listing: the whole plan, one host, or what a search found.
    Listing(&'a Listing),
}

impl Selection<'_> {
    /// How many rows there are.
    pub fn len(&self) -> u64 {
        match self {
            Self::Flow(_) => 1,
            Self::Listing(listing) => listing.len(),
        }
    }

    /// Whether there is no row.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Hands every row to `visit` in order, without keeping any.
    fn each<E>(&self, flows: &Flows, mut visit: impl FnMut(FlowRef) -> Result<(), E>) -> Result<(), E> {
        match self {
            Self::Flow(flow) => visit(*flow),
            Self::Listing(listing) => listing.each(flows, visit),
        }
    }
}

/// Everything that decides a snippet's text.
#[derive(Debug, Clone)]
pub struct Request<'a> {
    /// The vendor's requirements.
    pub catalogue: &'a Catalogue,
    /// The plan.
    pub plan: &'a Plan,
    /// The plan, resolved against the catalogue.
    pub flows: &'a Flows,
    /// Which of the flows to write.
    pub selection: Selection<'a>,
    /// The selection in words, for the header: "whole plan", "host vbr01, inbound".
    pub scope: String,
    /// The form to write.
    pub target: Target,
    /// Where the rules are applied; tables do not ask.
    pub direction: Direction,
    /// Open the ports, or take the rules away again.
    pub purpose: Purpose,
}

/// Writes the snippet into a text. A table of millions of flows is better handed to [`write()`].
///
/// # Errors
/// If the target cannot express what is asked for; the message says what to do instead.
pub fn render(request: &Request<'_>) -> Result<String, SnippetError> {
    let mut bytes = Vec::new();
    match write(request, &mut bytes) {
        Ok(()) => String::from_utf8(bytes).map_err(|error| SnippetError::Unwritten(error.to_string())),
        Err(WriteError::Snippet(error)) => Err(error),
        Err(WriteError::Io(error)) => Err(SnippetError::Unwritten(error.to_string())),
    }
}

/// Writes the same text to `out`: tables row by row, in constant memory, and rules at once.
///
/// # Errors
/// As [`render`], and where `out` fails.
pub fn write(request: &Request<'_>, out: &mut dyn io::Write) -> Result<(), WriteError> {
    check(request)?;
    match request.target {
        Target::PowerShell => out.write_all(powershell::text(request).as_bytes())?,
        Target::Nftables => out.write_all(nftables::text(request).as_bytes())?,
        Target::Markdown => markdown::write(request, out)?,
        Target::Csv => csv::write(request, out)?,
        Target::Json => json::write(request, out)?,
    }
    Ok(())
}

fn check(request: &Request<'_>) -> Result<(), SnippetError> {
    match (request.target.kind(), request.purpose) {
        (Kind::Table, Purpose::Remove) => Err(SnippetError::NothingToRemove(request.target.label())),
        (Kind::Table, Purpose::Apply) => Ok(()),
        (Kind::Rules, _) => check_rules(request),
    }
}

fn check_rules(request: &Request<'_>) -> Result<(), SnippetError> {
    let found = request.selection.len();
    if request.target == Target::PowerShell && request.direction == Direction::Transit {
        Err(SnippetError::NotInTransit(request.target.label()))
    } else if found > FLOWS_IN_RULES {
        Err(SnippetError::TooManyFlows { found })
    } else {
        Ok(())
    }
}
