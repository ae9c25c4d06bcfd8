//! Windows PowerShell: `New-NetFirewallRule`, one block per host.
//!
//! A rule is deleted by its exact generated name before it is added, so a second run changes nothing. Outbound rules
//! name the remote port: the local one is chosen at random.

use crate::catalogue::Os;

use super::Request;
use super::addresses;
use super::header::Notes;
use super::limits::WINDOWS_ADDRESSES;
use super::model::{Document, Rule, Sheet};
use super::names;
use super::script::{remark, script};
use super::target::{Direction, Purpose};
use super::text::{powershell as quoted, powershell_list as list};

/// The whole text.
pub(super) fn text(request: &Request<'_>) -> String {
    let document = Document::new(request, Os::Windows);
    script(&document, &notes(request.direction), |sheet| match request.purpose {
        Purpose::Apply => apply(&document, sheet),
        Purpose::Remove => remove(&document, sheet),
    })
}

fn notes(direction: Direction) -> Notes {
    let mut apply = vec![
        "A block rule beats these, and group policy may ignore local rules. To see what is in force:".to_owned(),
        "Get-NetFirewallProfile | Format-Table -Property 'Name','Enabled','DefaultInboundAction','DefaultOutboundAction','AllowLocalFirewallRules'".to_owned(),
    ];
    if direction == Direction::Outbound {
        apply.push(
            "Needed only where outbound connections are blocked by default; Windows allows them.".to_owned(),
        );
    }
    Notes {
        run: "Run each block as administrator on the host that it names, and on no other.",
        stateful: "Stateful: answers pass by themselves.",
        apply,
    }
}

const FIND: &str = "Get-NetFirewallRule -PolicyStore PersistentStore";

fn apply(document: &Document<'_>, sheet: &Sheet<'_>) -> Vec<String> {
    let group = quoted(&names::group(document.plan));
    let head = ["& {", "  $ErrorActionPreference = 'Stop'"].map(str::to_owned);
    let open = [format!("  $group = {group}"), "  $rules = @(".to_owned()];
    let rules = sheet.rules.iter().filter(|rule| rule.opens()).flat_map(|rule| entries(document, rule));
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
    let names = sheet.rules.iter().flat_map(|rule| {
        parts(rule).map(|(at, _)| format!("    {}", quoted(&name(document, rule, at)))).collect::<Vec<_>>()
    });
    let tail = [
        "  )".to_owned(),
        "  foreach ($name in $names) {".to_owned(),
        format!("    {FIND} -Name $name -ErrorAction SilentlyContinue | Remove-NetFirewallRule"),
        "  }".to_owned(),
        "}".to_owned(),
    ];
    head.into_iter().chain(names).chain(tail).collect()
}

/// A rule's remarks, and its entry in the list; several entries if it has too many addresses for one.
fn entries(document: &Document<'_>, rule: &Rule) -> Vec<String> {
    let remarks = rule.remarks.iter().map(|line| format!("    {}", remark(&format!("F{}: {line}", rule.id))));
    let entries = parts(rule).map(|(at, nets)| format!("    {}", entry(document, rule, at, nets)));
    remarks.chain(entries).collect()
}

/// The addresses of a rule, in portions. A rule whose hosts lost their addresses keeps its first name, so that the
/// roll-back still finds it.
fn parts(rule: &Rule) -> impl Iterator<Item = (usize, &[ipnet::IpNet])> {
    let nets = rule.remote();
    let none = nets.is_empty().then_some(nets);
    none.into_iter().chain(nets.chunks(WINDOWS_ADDRESSES)).enumerate()
}

fn entry(document: &Document<'_>, rule: &Rule, at: usize, nets: &[ipnet::IpNet]) -> String {
    let (direction, port) = match document.request.direction {
        Direction::Outbound => ("Outbound", "RemotePort"),
        Direction::Inbound | Direction::Transit => ("Inbound", "LocalPort"),
    };
    let transport = rule.transport.name().to_ascii_uppercase();
    let display =
        format!("Veeam F{} {} ({transport} {})", rule.id, rule.hosts, document.request.direction.label());
    let fields = [
        ("Name", quoted(&name(document, rule, at))),
        ("DisplayName", quoted(&display)),
        ("Description", quoted(&format!("{} (plan {})", rule.purpose, document.plan))),
        ("Direction", quoted(direction)),
        ("Protocol", quoted(&transport)),
        (port, list(rule.ports.ranges().iter().map(ToString::to_string))),
        ("RemoteAddress", list(nets.iter().map(addresses::text))),
    ];
    format!("@{{ {} }}", fields.map(|(field, value)| format!("{field} = {value}")).join("; "))
}

fn name(document: &Document<'_>, rule: &Rule, part: usize) -> String {
    names::rule(document.plan, rule.id, document.request.direction, rule.transport, part)
}
