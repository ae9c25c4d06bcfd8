//! Why a snippet cannot be written, and what to do instead.

use std::io;

use thiserror::Error;

use super::limits::FLOWS_IN_RULES;

/// Why there is no snippet for a request.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum SnippetError {
    /// The target is a firewall on a host, and the rules are wanted for one in between.
    #[error(
        "{0} rules work on the two hosts of a flow, not on a firewall between them; \
         choose inbound or outbound, or another format such as nftables"
    )]
    NotInTransit(&'static str),
    /// A table was asked for as a roll-back.
    #[error(
        "a {0} opens no port, so there is nothing to remove; choose a rule format such as nftables or powershell"
    )]
    NothingToRemove(&'static str),
    /// More flows than anyone can paste.
    #[error(
        "{found} flows are too many for pasted rules (at most {FLOWS_IN_RULES}); \
         narrow them by host or search, or write a table such as csv"
    )]
    TooManyFlows {
        /// How many there are.
        found: u64,
    },
    /// The text could not be put together in memory.
    #[error("the text could not be put together: {0}; write it to a file instead")]
    Unwritten(String),
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
