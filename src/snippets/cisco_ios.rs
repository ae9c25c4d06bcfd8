//! Cisco IOS and IOS XE: entries for extended access lists, which keep no state, so there is a list for each way.
//!
//! Entries hold addresses and ports themselves: object groups are not there on every device, and not for IPv6. An entry
//! that stands in a list already, at whatever number, is not added again. Each list is left with `exit`: a name that
//! is not filled in is refused, and the entries behind it must not land in the list before.

use std::collections::BTreeSet;

use ipnet::IpNet;

use crate::catalogue::{PortRange, Transport};

use super::addresses::{Family, Peer};
use super::entries::Entry;
use super::header::Notes;
use super::limits::Limits;
use super::model::{Document, Sheet};
use super::script::remarks;
use super::target::{Direction, DnsNames, Facts, Form, Group, Purpose, RuleForm, State};

/// What is known about the target.
pub(super) const FACTS: Facts = Facts {
    id: "cisco-ios",
    label: "Cisco IOS",
    extension: "txt",
    group: Group::NetworkFirewall,
    form: Form::Rules(RuleForm {
        directions: &[Direction::Transit],
        systems: &[],
        names: DnsNames::LeftOut,
        limits: Limits::NONE,
        comment: "!",
        state: State::Stateless,
        notes,
        apply,
        removal: Ok(remove),
    }),
};

/// Which way the packets of a list go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    /// To the host that the connection goes to.
    Forward,
    /// The answers.
    Return,
}

fn notes(document: &Document<'_>) -> Notes {
    let lists = "<ACL NAME> and <IPV6 ACL NAME> by the lists where the connections come in, and <RETURN ACL NAME> and <IPV6 RETURN ACL NAME> by the lists where the answers come in";
    let mut removing = vec![
        "Take it from the same state of the plan. Before that, look at the lists: one without any entry lets everything pass where it is applied."
            .to_owned(),
    ];
    removing.push(NX_OS.to_owned());
    Notes {
        run: match document.request.purpose {
            Purpose::Apply => format!("Replace {lists}, then paste it in configuration mode."),
            Purpose::Remove => {
                format!("Replace the names as you did for the snippet that opens: {lists}. Then paste it in configuration mode.")
            }
        },
        again: "Running it again changes nothing: an entry that a list holds is not added again.",
        more: vec![
            "TCP answers are known by established (ACK or RST is set), UDP answers by their source port only: a host that answers can send from that port to any UDP port of the other."
                .to_owned(),
            "Entries go to the end of a list, where they open nothing below a deny. Then enter that deny with no before it, and again as it was: it moves to the end."
                .to_owned(),
            "Where a name has no list yet, this makes one, which denies everything else once it is applied. Nothing is kept before write memory."
                .to_owned(),
            NX_OS.to_owned(),
        ],
        removing,
    }
}

const NX_OS: &str = "For IOS and IOS XE. Not for NX-OS, which writes lists without the word extended and takes prefixes in place of wildcard masks.";

fn apply(document: &Document<'_>, sheet: &Sheet<'_>) -> Vec<String> {
    lists(document, sheet, "")
}

fn remove(document: &Document<'_>, sheet: &Sheet<'_>) -> Vec<String> {
    lists(document, sheet, "no ")
}

/// Every list, with its entries behind `word`.
fn lists(document: &Document<'_>, sheet: &Sheet<'_>, word: &str) -> Vec<String> {
    let entries = document.all_entries(sheet);
    let mut lines = Vec::new();
    for family in Family::ALL {
        let own: Vec<&Entry<'_>> = entries.iter().filter(|entry| entry.family == family).collect();
        for way in [Way::Forward, Way::Return] {
            if own.is_empty() {
                continue;
            }
            lines.push(head(family, way).to_owned());
            lines.extend(body(document, &own, way, word));
            lines.push(" exit".to_owned());
        }
    }
    lines
}

/// The spaces make the line invalid for as long as nobody has put a name in.
fn head(family: Family, way: Way) -> &'static str {
    match (family, way) {
        (Family::V4, Way::Forward) => "ip access-list extended <ACL NAME>",
        (Family::V4, Way::Return) => "ip access-list extended <RETURN ACL NAME>",
        (Family::V6, Way::Forward) => "ipv6 access-list <IPV6 ACL NAME>",
        (Family::V6, Way::Return) => "ipv6 access-list <IPV6 RETURN ACL NAME>",
    }
}

/// The entries of one list, each once.
fn body(document: &Document<'_>, entries: &[&Entry<'_>], way: Way, word: &str) -> Vec<String> {
    let mut lines = Vec::new();
    let mut written = BTreeSet::new();
    for of_rule in entries.chunk_by(|left, right| left.rule.id == right.rule.id) {
        let Some(rule) = of_rule.first().map(|entry| entry.rule) else { continue };
        lines.push(format!(" ! F{}: {}: {}", rule.id, rule.hosts, rule.purpose));
        if way == Way::Forward && word.is_empty() {
            lines.extend(remarks(document, rule).iter().map(|remark| format!(" {remark}")));
        }
        let permits = of_rule.iter().flat_map(|entry| permits(entry, way));
        lines.extend(
            permits.filter(|permit| written.insert(permit.clone())).map(|permit| format!(" {word}{permit}")),
        );
    }
    lines
}

/// An entry of the list for each source, destination and range.
fn permits(entry: &Entry<'_>, way: Way) -> Vec<String> {
    let (sources, targets) = (entry.from.as_deref(), entry.to.as_deref());
    let mut permits = Vec::new();
    for source in sources.into_iter().flatten().filter_map(address) {
        for target in targets.into_iter().flatten().filter_map(address) {
            let line = |range: &PortRange| permit(entry.transport, &source, &target, &ports(*range), way);
            permits.extend(entry.ports.iter().map(line));
        }
    }
    permits
}

fn permit(transport: Transport, source: &str, target: &str, ports: &str, way: Way) -> String {
    match (way, transport) {
        (Way::Forward, _) => format!("permit {transport} {source} {target} {ports}"),
        (Way::Return, Transport::Tcp) => format!("permit tcp {target} {ports} {source} established"),
        (Way::Return, Transport::Udp) => format!("permit udp {target} {ports} {source}"),
    }
}

/// `None` for a DNS name, which the device would resolve only once.
fn address(peer: &Peer) -> Option<String> {
    let Peer::Net(net) = peer else { return None };
    Some(match net {
        _ if net.prefix_len() == net.max_prefix_len() => format!("host {}", net.addr()),
        IpNet::V4(net) => format!("{} {}", net.addr(), net.hostmask()),
        IpNet::V6(net) => net.to_string(),
    })
}

fn ports(range: PortRange) -> String {
    if range.is_single() {
        format!("eq {}", range.from())
    } else {
        format!("range {} {}", range.from(), range.to())
    }
}
