//! Snippets: exact texts, and proofs that what they open is what the plan asks for.

mod aerleon_live;
mod ansible_live;
mod check_point_live;
mod checked;
mod cisco_ios_return;
mod end_to_end;
mod exact;
mod expand;
pub mod hostile;
mod iptables_live;
mod lab;
pub mod live;
mod nft_live;
mod opening;
pub mod page;
mod parts_live;
mod pictures;
pub mod plans;
mod powershell_syntax;
mod probes;
mod readers;
mod roll_back;
mod scopes;
mod tables;
mod terraform;
mod workbook;
