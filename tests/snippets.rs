//! Snippets: exact texts, and proofs that what they open is what the plan asks for.

mod exact;
mod expand;
mod hostile;
mod iptables_live;
mod live;
mod nft_live;
mod opening;
mod page;
mod pictures;
mod plans;
mod powershell_syntax;
mod probes;
mod readers;
mod scopes;
mod tables;
mod workbook;
