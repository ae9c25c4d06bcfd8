//! How much a snippet or one of its parts may hold. The evidence stands in the project's research notes.

/// The most flows that are written as rules; beyond that nobody can check or paste the text.
pub const FLOWS_IN_RULES: u64 = 20_000;

/// The most bytes of a comment: nftables refuses more than 128, and other targets cut at 100.
pub(super) const COMMENT: usize = 100;

/// The most addresses in one Windows rule: older builds refuse more.
pub(super) const WINDOWS_ADDRESSES: usize = 1_000;

/// The most hosts that a sentence names before it goes on with a number.
pub(super) const NAMED_HOSTS: usize = 8;
