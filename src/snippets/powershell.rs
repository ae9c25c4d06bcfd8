//! Windows PowerShell: `New-NetFirewallRule`, one block per host.
//!
//! A rule is deleted by its exact generated name before it is added, so a second run changes nothing. Outbound rules
//! name the remote port: the local one is chosen at random.

use crate::catalogue::{Os, Transport};

use super::entries::Entry;
use super::header::{AGAIN, Notes};
use super::limits::{Limits, PortLimit};
use super::model::{Document, Sheet};
use super::names;
use super::script::remarks;
use super::target::{Direction, DnsNames, Facts, Form, Group, RuleForm, State};
use super::text::{powershell as quoted, powershell_list as list};

/// What is known about the target.
pub(super) const FACTS: Facts = Facts {
    id: "powershell",
    label: "Windows PowerShell",
    extension: "ps1",
    group: Group::HostFirewall,
    form: Form::Rules(RuleForm {
        directions: &[Direction::Inbound, Direction::Outbound],
        systems: &[Os::Windows],
        names: DnsNames::LeftOut,
        // Older builds refuse more addresses in one rule.
        limits: Limits { addresses: 1_000, ports: PortLimit::Any },
        comment: "#",
        state: State::Stateful,
        notes,
        apply,
        removal: Ok(remove),
    }),
};

fn notes(document: &Document<'_>) -> Notes {
    let mut more = vec![
        "A block rule beats these, and group policy may ignore local rules. To see what is in force:".to_owned(),
        "Get-NetFirewallProfile | Format-Table -Property 'Name','Enabled','DefaultInboundAction','DefaultOutboundAction','AllowLocalFirewallRules'".to_owned(),
    ];
    if document.request.direction == Direction::Outbound {
        more.push(
            "Needed only where outbound connections are blocked by default; Windows allows them.".to_owned(),
        );
    }
    Notes {
        run: "Run each block as administrator on the host that it names, and on no other.".to_owned(),
        again: AGAIN,
        more,
        removing: Vec::new(),
    }
}

const FIND: &str = "Get-NetFirewallRule -PolicyStore PersistentStore";

fn apply(document: &Document<'_>, sheet: &Sheet<'_>) -> Vec<String> {
    let group = quoted(&names::group(document.plan));
    let head = ["& {", "  $ErrorActionPreference = 'Stop'"].map(str::to_owned);
    let open = [format!("  $group = {group}"), "  $rules = @(".to_owned()];
    let rules = sheet.rules.iter().filter(|rule| rule.opens()).flat_map(|rule| {
        let remarks = remarks(document, rule).into_iter();
        let entries = document.entries(rule).into_iter().map(|entry| self::entry(document, &entry));
        remarks.chain(entries).map(|line| format!("    {line}")).collect::<Vec<_>>()
    });
    let tail = [
        "  )".to_owned(),
        "  foreach ($r in $rules) {".to_owned(),
        format!("    {FIND} -Name $r.Name -ErrorAction SilentlyContinue | Remove-NetFirewallRule"),
        "    New-NetFirewallRule @r -Group $group -Action Allow -Profile Any -Enabled True | Out-Null"
            .to_owned(),
        "  }".to_owned(),
        format!("  {FIND} -Group $group | Format-Table -Property 'Name', 'Direction', 'Action', 'Enabled'"),
        "}".to_owned(),
    ];
    head.into_iter().chain(open).chain(rules).chain(tail).collect()
}

fn remove(document: &Document<'_>, sheet: &Sheet<'_>) -> Vec<String> {
    let head = ["& {", "  $ErrorActionPreference = 'Stop'", "  $names = @("].map(str::to_owned);
    let names = sheet.rules.iter().flat_map(|rule| document.entry_names(rule));
    let names = names.map(|name| format!("    {}", quoted(&name)));
    let tail = [
        "  )".to_owned(),
        "  foreach ($name in $names) {".to_owned(),
        format!("    {FIND} -Name $name -ErrorAction SilentlyContinue | Remove-NetFirewallRule"),
        "  }".to_owned(),
        "}".to_owned(),
    ];
    head.into_iter().chain(names).chain(tail).collect()
}

fn entry(document: &Document<'_>, entry: &Entry<'_>) -> String {
    let (direction, port) = match document.request.direction {
        Direction::Outbound => ("Outbound", "RemotePort"),
        Direction::Inbound | Direction::Transit => ("Inbound", "LocalPort"),
    };
    let transport = match entry.transport {
        Transport::Tcp => "TCP",
        Transport::Udp => "UDP",
    };
    let rule = entry.rule;
    let display =
        format!("Veeam F{} {} ({transport} {})", rule.id, rule.hosts, document.request.direction.label());
    let fields = [
        ("Name", quoted(&entry.name)),
        ("DisplayName", quoted(&display)),
        ("Description", quoted(&format!("{} (plan {})", rule.purpose, document.plan))),
        ("Direction", quoted(direction)),
        ("Protocol", quoted(transport)),
        (port, list(&entry.ports)),
        ("RemoteAddress", list(entry.remote())),
    ];
    format!("@{{ {} }}", fields.map(|(field, value)| format!("{field} = {value}")).join("; "))
}
