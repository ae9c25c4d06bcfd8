//! iptables and ip6tables: a chain of ours in the filter table, and a jump to it at the top of the built-in chain.
//!
//! The chain is filled in one step by `iptables-restore --noflush`, which touches no other chain. It is written for both
//! families, also where one has no rule, so that rules of an older state of the plan do not stay behind.

use crate::catalogue::{Os, PortRange};

use super::addresses::{Family, Peer};
use super::entries::Entry;
use super::header::{AGAIN, Notes};
use super::limits::{Limits, PortLimit};
use super::model::{Document, Sheet};
use super::names;
use super::script::remarks;
use super::shell::{here_document, subshell};
use super::target::{Direction, DnsNames, Facts, Form, Group, RuleForm, State};

/// What is known about the target.
pub(super) const FACTS: Facts = Facts {
    id: "iptables",
    label: "iptables and ip6tables",
    extension: "sh",
    group: Group::HostFirewall,
    form: Form::Rules(RuleForm {
        directions: &Direction::ALL,
        systems: &[Os::Linux],
        names: DnsNames::LeftOut,
        // The multiport match has 15 slots. An address list is only written out into rules by the program.
        limits: Limits { addresses: 100, ports: PortLimit::Slots(15) },
        comment: "#",
        state: State::Depends(
            "Stateful only if the existing rules accept established connections (-m conntrack --ctstate ESTABLISHED,RELATED).",
        ),
        notes,
        apply,
        removal: Ok(remove),
    }),
};

/// The chain that the kernel asks.
fn hook(document: &Document<'_>) -> &'static str {
    match document.request.direction {
        Direction::Inbound => "INPUT",
        Direction::Outbound => "OUTPUT",
        Direction::Transit => "FORWARD",
    }
}

fn command(family: Family) -> &'static str {
    match family {
        Family::V4 => "iptables",
        Family::V6 => "ip6tables",
    }
}

fn notes(document: &Document<'_>) -> Notes {
    let hook = hook(document);
    Notes {
        run: "Run each block as root on the machine that it names, and on no other.".to_owned(),
        again: AGAIN,
        more: vec![
            format!(
                "Its accepts come before your own rules in {hook}. Not for hosts that run firewalld or ufw."
            ),
            "It lasts until the next start; to keep it: netfilter-persistent save, or service iptables save."
                .to_owned(),
            "iptables -V must name the variant (nf_tables or legacy) that your own rules are in.".to_owned(),
        ],
        removing: Vec::new(),
    }
}

fn apply(document: &Document<'_>, sheet: &Sheet<'_>) -> Vec<String> {
    subshell(Family::ALL.into_iter().flat_map(|family| apply_family(document, sheet, family)))
}

fn apply_family(document: &Document<'_>, sheet: &Sheet<'_>, family: Family) -> Vec<String> {
    let chain = names::chain(document.owner(sheet), document.request.direction);
    let (command, hook) = (command(family), hook(document));
    let rules: Vec<String> = sheet
        .rules
        .iter()
        .flat_map(|rule| {
            let entries = document.entries(rule);
            let lines =
                entries.iter().filter(|entry| entry.family == family).map(|entry| line(entry, &chain));
            let lines: Vec<String> = lines.collect();
            let remarks = if lines.is_empty() { Vec::new() } else { remarks(document, rule) };
            remarks.into_iter().chain(lines).collect::<Vec<_>>()
        })
        .collect();
    if rules.is_empty() {
        return vec![format!(
            "if {command} -w -n -L {chain} > /dev/null 2>&1; then {command} -w -F {chain}; fi"
        )];
    }
    let head = ["*filter".to_owned(), format!(":{chain} - [0:0]"), format!("-F {chain}")];
    let lines = head.into_iter().chain(rules).chain(["COMMIT".to_owned()]);
    let jump =
        format!("{command} -w -C {hook} -j {chain} 2> /dev/null || {command} -w -I {hook} 1 -j {chain}");
    here_document(&format!("{command}-restore -w --noflush"), lines).into_iter().chain([jump]).collect()
}

fn remove(document: &Document<'_>, sheet: &Sheet<'_>) -> Vec<String> {
    let chain = names::chain(document.owner(sheet), document.request.direction);
    let hook = hook(document);
    subshell(Family::ALL.into_iter().flat_map(|family| {
        let command = command(family);
        [
            format!("while {command} -w -D {hook} -j {chain} 2> /dev/null; do :; done"),
            format!("if {command} -w -n -L {chain} > /dev/null 2>&1; then"),
            format!("  {command} -w -F {chain}"),
            format!("  {command} -w -X {chain}"),
            "fi".to_owned(),
        ]
    }))
}

fn line(entry: &Entry<'_>, chain: &str) -> String {
    let from = address("-s", entry.from.as_deref());
    let to = address("-d", entry.to.as_deref());
    let (transport, ports, comment) = (entry.transport, ports(&entry.ports), entry.comment());
    format!(
        "-A {chain} {from}{to}-p {transport} -m multiport --dports {ports} -m comment --comment \"{comment}\" -j ACCEPT"
    )
}

/// `-s 10.0.0.10,10.0.8.0/24 `, or nothing where the end is the host itself.
fn address(option: &str, peers: Option<&[Peer]>) -> String {
    let list = |peers: &[Peer]| peers.iter().map(Peer::to_string).collect::<Vec<_>>().join(",");
    peers.map_or_else(String::new, |peers| format!("{option} {} ", list(peers)))
}

/// `445,2500:3300`.
fn ports(ranges: &[PortRange]) -> String {
    let ports: Vec<String> = ranges.iter().map(|range| range.to_string().replace('-', ":")).collect();
    ports.join(",")
}
