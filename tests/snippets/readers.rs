//! Readers of rules, one for each target. They share nothing with the writers.

pub mod cisco_asa;
pub mod fortigate;
pub mod iptables;
pub mod nftables;
pub mod powershell;

use std::collections::BTreeSet;

use portplan::catalogue::Os;
use portplan::snippets::Target;

use super::opening::Opening;

/// How a target's text is read back.
pub struct Reader {
    /// The systems whose hosts it has rules for; none if it stands between hosts only.
    pub systems: &'static [Os],
    /// Whether it takes DNS names.
    pub names: bool,
    /// What the text opens.
    pub read: fn(&str) -> BTreeSet<Opening>,
}

impl Reader {
    const fn on(systems: &'static [Os], read: fn(&str) -> BTreeSet<Opening>) -> Self {
        Self { systems, names: false, read }
    }

    const fn with_names(self) -> Self {
        Self { names: true, ..self }
    }
}

/// The reader of a target; tables have none, because they open nothing.
pub fn reader(target: Target) -> Option<Reader> {
    let reader = match target {
        Target::PowerShell => Reader::on(&[Os::Windows], powershell::read),
        Target::Nftables => Reader::on(&[Os::Linux], nftables::read),
        Target::Iptables => Reader::on(&[Os::Linux], iptables::read),
        Target::Fortigate => Reader::on(&[], fortigate::read).with_names(),
        Target::CiscoAsa => Reader::on(&[], cisco_asa::read).with_names(),
        Target::Markdown
        | Target::Csv
        | Target::Json
        | Target::Xlsx
        | Target::Html
        | Target::Mermaid
        | Target::Graphviz
        | Target::Svg
        | Target::TestBash
        | Target::TestPowershell => return None,
    };
    Some(reader)
}
