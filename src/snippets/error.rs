//! Why a snippet cannot be written, and what to do instead.

use std::io;

use thiserror::Error;

use super::limits::FLOWS_IN_SHEET;
use super::target::Direction;

/// Why there is no snippet for a request.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum SnippetError {
    /// The target does not work where the rules are wanted.
    #[error("{target} rules do not go {}; {}", place(*.wanted), other(.knows))]
    Direction {
        /// The target's label.
        target: &'static str,
        /// What was asked for.
        wanted: Direction,
        /// What the target knows.
        knows: &'static [Direction],
    },
    /// Bytes are wanted as text.
    #[error("an {0} is a file, not a text; write it to a file")]
    NotText(&'static str),
    /// A table was asked for as a roll-back.
    #[error(
        "a {0} opens no port, so there is nothing to remove; choose a rule format such as nftables or powershell"
    )]
    NothingToRemove(&'static str),
    /// The target's rules are taken away in another way.
    #[error("{target} has no roll-back of its own; {instead}")]
    NoRollBack {
        /// The target's label.
        target: &'static str,
        /// What to do instead.
        instead: &'static str,
    },
    /// More flows than the target can hold, or than anyone can paste.
    #[error(
        "{found} flows are too many for {target} (at most {most}{}); \
         narrow them by host or search, or write a table such as csv", meaning(*.most)
    )]
    TooManyFlows {
        /// The target's label.
        target: &'static str,
        /// How many there are.
        found: u64,
        /// How many there may be.
        most: u64,
    },
    /// More entries than an access list can hold, where each takes one source, one destination and one range.
    #[error(
        "{target} would need {found} entries (at most {most}), because each takes one source, one destination and one \
         range; narrow the flows by host or search, or take a format with groups such as cisco-asa"
    )]
    TooManyEntries {
        /// The target's label.
        target: &'static str,
        /// How many entries, of one way.
        found: u64,
        /// How many there may be.
        most: u64,
    },
    /// The text could not be put together in memory.
    #[error("the text could not be put together: {0}; write it to a file instead")]
    Unwritten(String),
}

/// Where a number comes from that is not ours.
fn meaning(most: u64) -> &'static str {
    if most == FLOWS_IN_SHEET { ", which are the rows of a sheet" } else { "" }
}

fn place(direction: Direction) -> &'static str {
    match direction {
        Direction::Inbound => "on the host that a connection goes to",
        Direction::Outbound => "on the host that opens a connection",
        Direction::Transit => "on a firewall between the two hosts of a flow",
    }
}

fn other(knows: &[Direction]) -> String {
    let labels: Vec<&str> = knows.iter().map(|direction| direction.label()).collect();
    let instead = if knows.contains(&Direction::Transit) { "powershell or nftables" } else { "nftables" };
    format!("choose {}, or another format such as {instead}", labels.join(" or "))
}

/// Why a snippet was not written.
#[derive(Debug, Error)]
pub enum WriteError {
    /// There is no snippet for the request.
    #[error(transparent)]
    Snippet(#[from] SnippetError),
    /// The output failed.
    #[error("the snippet could not be written: {0}")]
    Io(#[from] io::Error),
}
