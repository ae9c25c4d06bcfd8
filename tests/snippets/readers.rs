//! Readers of rules, one for each target. They share nothing with the writers.

pub mod aerleon;
pub mod ansible;
pub mod check_point;
pub mod cisco_asa;
pub mod cisco_ios;
pub mod firewalld;
pub mod fortigate;
pub mod hcl;
pub mod iptables;
pub mod juniper_srx;
pub mod nftables;
pub mod nftables_standalone;
pub mod nutanix_flow;
pub mod palo_alto;
pub mod powershell;
pub mod terraform_aws;
pub mod terraform_azure;
pub mod terraform_nsx;
pub mod ufw;

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
    /// Whether it takes IPv6 addresses.
    pub ipv6: bool,
    /// What the text opens.
    pub read: fn(&str) -> BTreeSet<Opening>,
}

impl Reader {
    const fn on(systems: &'static [Os], read: fn(&str) -> BTreeSet<Opening>) -> Self {
        Self { systems, names: false, ipv6: true, read }
    }

    const fn without_ipv6(self) -> Self {
        Self { ipv6: false, ..self }
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
        Target::NftablesStandalone => Reader::on(&[Os::Linux], nftables_standalone::read),
        Target::Iptables => Reader::on(&[Os::Linux], iptables::read),
        Target::Firewalld => Reader::on(&[Os::Linux], firewalld::read),
        Target::Ufw => Reader::on(&[Os::Linux], ufw::read),
        Target::Fortigate => Reader::on(&[], fortigate::read).with_names(),
        Target::CiscoAsa => Reader::on(&[], cisco_asa::read).with_names(),
        Target::PaloAlto => Reader::on(&[], palo_alto::read).with_names(),
        Target::CheckPoint => Reader::on(&[], check_point::read),
        Target::JuniperSrx => Reader::on(&[], juniper_srx::read).with_names(),
        Target::CiscoIos => Reader::on(&[], cisco_ios::read),
        Target::TerraformNsx => Reader::on(&[], terraform_nsx::read),
        Target::TerraformAzure => Reader::on(&[], terraform_azure::read),
        Target::TerraformAws => Reader::on(&Os::ALL, terraform_aws::read),
        Target::NutanixFlow => Reader::on(&Os::ALL, nutanix_flow::read).without_ipv6(),
        Target::Ansible => Reader::on(&[Os::Windows, Os::Linux], ansible::read),
        Target::Aerleon => Reader::on(&[], aerleon::read),
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
