//! firewalld: a policy of ours, which the daemon asks before any zone, with one rich rule for each address and port.
//!
//! A rich rule has no name and can stand in a zone only once, so two snippets and the operator could not tell theirs
//! apart there; a policy is replaced and removed as a whole, and needs no guess of the zone. Addresses and ports stand
//! in the rules themselves: a missing set would make the reload fail, and the daemon would then filter nothing.

use crate::catalogue::Os;

use super::addresses::{Family, Peer};
use super::entries::Entry;
use super::header::{AGAIN, Notes};
use super::limits::{Limits, PortLimit};
use super::model::{Document, Rule, Sheet};
use super::names;
use super::script::remarks;
use super::shell::{quoted, subshell};
use super::target::{Direction, DnsNames, Facts, Form, Group, RuleForm, State};

/// What is known about the target.
pub(super) const FACTS: Facts = Facts {
    id: "firewalld",
    label: "firewalld",
    extension: "sh",
    group: Group::HostFirewall,
    form: Form::Rules(RuleForm {
        directions: &Direction::ALL,
        systems: &[Os::Linux],
        names: DnsNames::LeftOut,
        // A rich rule has one element of each kind.
        limits: Limits { addresses: 1, ports: PortLimit::Slots(1) },
        comment: "#",
        state: State::Stateful,
        notes,
        apply,
        removal: Ok(remove),
    }),
};

/// How many rich rules one command adds: fewer starts of the program, and far from the longest command line.
const RULES_IN_COMMAND: usize = 50;

const RELOAD: &str = "The reload drops what was opened without --permanent, also by the product itself: compare \
                      firewall-cmd --list-all before and after.";

fn notes(document: &Document<'_>) -> Notes {
    let run = "Run each block as root on the machine that it names, and on no other.";
    let ways = match document.request.direction {
        Direction::Inbound => "It holds for all zones of the host: no zone has to be named.",
        Direction::Outbound => {
            "firewalld lets everything out unless a policy of yours forbids it: only then is this needed."
        }
        Direction::Transit => "It holds between all zones of the firewall: no zone has to be named.",
    };
    let policies =
        document.sheets.iter().map(|sheet| names::policy(document.owner(sheet), document.request.direction));
    let mut policies: Vec<String> = policies.collect();
    policies.sort();
    policies.dedup();
    let shown = match policies.as_slice() {
        [only] => format!("What it opens stands in the policy {only} (firewall-cmd --info-policy={only})."),
        _ => "What it opens stands in policies (firewall-cmd --list-all-policies).".to_owned(),
    };
    let more = [
        &shown,
        ways,
        "Its accepts come before your zones and before policies with a priority above -100. It needs firewalld 0.9 or later.",
        RELOAD,
    ];
    Notes {
        run: run.to_owned(),
        again: AGAIN,
        more: more.map(str::to_owned).to_vec(),
        removing: vec![RELOAD.to_owned()],
    }
}

/// Where connections come from and go to, in the daemon's words: this machine, or any zone.
fn zones(direction: Direction) -> (&'static str, &'static str) {
    match direction {
        Direction::Inbound => ("ANY", "HOST"),
        Direction::Outbound => ("HOST", "ANY"),
        Direction::Transit => ("ANY", "ANY"),
    }
}

fn policy(document: &Document<'_>, sheet: &Sheet<'_>) -> String {
    names::policy(document.owner(sheet), document.request.direction)
}

/// The question whether the policy is there, for an `if`.
fn is_there(policy: &str) -> String {
    format!("if firewall-cmd --permanent --get-policies | tr ' ' '\\n' | grep -qx {policy}; then")
}

fn apply(document: &Document<'_>, sheet: &Sheet<'_>) -> Vec<String> {
    let policy = policy(document, sheet);
    let (from, to) = zones(document.request.direction);
    let change = format!("firewall-cmd --permanent --policy={policy} > /dev/null");
    let head = [
        "firewall-cmd --state".to_owned(),
        is_there(&policy),
        format!("  firewall-cmd --permanent --delete-policy={policy} > /dev/null"),
        "fi".to_owned(),
        format!("firewall-cmd --permanent --new-policy={policy} > /dev/null"),
        format!("{change} --set-priority=-100"),
        format!("{change} --add-ingress-zone={from}"),
        format!("{change} --add-egress-zone={to}"),
    ];
    let rules =
        sheet.rules.iter().filter(|rule| rule.opens()).flat_map(|rule| commands(document, rule, &change));
    let tail = ["firewall-cmd --check-config", "firewall-cmd --reload"].map(str::to_owned);
    subshell(head.into_iter().chain(rules).chain(tail))
}

/// The commands that add a rule.
fn commands(document: &Document<'_>, rule: &Rule, change: &str) -> Vec<String> {
    let title = format!("# F{}: {}", rule.id, rule.hosts);
    let mut lines = vec![title];
    lines.extend(remarks(document, rule));
    for entries in document.entries(rule).chunks(RULES_IN_COMMAND) {
        lines.push(format!("{change} \\"));
        let last = entries.len().saturating_sub(1);
        lines.extend(entries.iter().enumerate().map(|(at, entry)| {
            let goes_on = if at < last { " \\" } else { "" };
            format!("  --add-rich-rule={}{goes_on}", quoted(&rich_rule(entry)))
        }));
    }
    lines
}

fn remove(document: &Document<'_>, sheet: &Sheet<'_>) -> Vec<String> {
    let policy = policy(document, sheet);
    subshell([
        "firewall-cmd --state".to_owned(),
        is_there(&policy),
        format!("  firewall-cmd --permanent --delete-policy={policy} > /dev/null"),
        "  firewall-cmd --reload".to_owned(),
        "fi".to_owned(),
    ])
}

fn rich_rule(entry: &Entry<'_>) -> String {
    let family = match entry.family {
        Family::V4 => "ipv4",
        Family::V6 => "ipv6",
    };
    let from = address("source", entry.from.as_deref());
    let to = address("destination", entry.to.as_deref());
    let ports: String = entry.ports.iter().map(ToString::to_string).collect();
    let transport = entry.transport;
    format!("rule family=\"{family}\" {from}{to}port port=\"{ports}\" protocol=\"{transport}\" accept")
}

/// `source address="10.0.0.10" `, or nothing where the end is the host itself.
fn address(end: &str, peers: Option<&[Peer]>) -> String {
    let list = |peers: &[Peer]| peers.iter().map(Peer::to_string).collect::<String>();
    peers.map_or_else(String::new, |peers| format!("{end} address=\"{}\" ", list(peers)))
}
