//! ufw: one command for each rule of one source, one destination and at most 15 ports.
//!
//! ufw keeps one rule of a kind, whoever added it. So the comment, which starts with the rule's name, says whose it is:
//! nothing is removed that stands there under another comment, and a host's whole set of rules takes over what a part
//! of the plan added.

use crate::catalogue::{Os, PortRange};

use super::addresses::Peer;
use super::entries::Entry;
use super::header::{AGAIN, Notes};
use super::limits::{Limits, PortLimit};
use super::model::{Document, Sheet};
use super::names;
use super::script::remarks;
use super::shell::{quoted, subshell};
use super::target::{Direction, DnsNames, Facts, Form, Group, RuleForm, State};

/// What is known about the target.
pub(super) const FACTS: Facts = Facts {
    id: "ufw",
    label: "ufw",
    extension: "sh",
    group: Group::HostFirewall,
    form: Form::Rules(RuleForm {
        directions: &Direction::ALL,
        systems: &[Os::Linux],
        names: DnsNames::LeftOut,
        limits: Limits { addresses: 1, ports: PortLimit::Slots(15) },
        comment: "#",
        state: State::Stateful,
        notes,
        apply,
        removal: Ok(remove),
    }),
};

fn notes(_: &Document<'_>) -> Notes {
    let more = [
        "Rules of an older state of the plan stay: run the roll-back of that state first.",
        "Its accepts come before your own rules (prepend). ufw must be active (ufw status), with IPV6=yes for IPv6 rules.",
        "A rule that you have already stays yours, with your comment; the roll-back leaves it there.",
    ];
    Notes {
        run: "Run each block as root on the machine that it names, and on no other.".to_owned(),
        again: AGAIN,
        more: more.map(str::to_owned).to_vec(),
        removing: vec![
            "ufw keeps one rule of a kind: if another part of the plan needs the same rule, apply that part again."
                .to_owned(),
        ],
    }
}

/// The command, and the word of the rules that ufw lists behind it.
fn ufw(direction: Direction) -> &'static str {
    match direction {
        Direction::Inbound | Direction::Outbound => "ufw",
        Direction::Transit => "ufw route",
    }
}

/// Adds a rule. The pattern holds the beginning of the comments that mark rules which this one may take over.
fn apply(document: &Document<'_>, sheet: &Sheet<'_>) -> Vec<String> {
    let ufw = ufw(document.request.direction);
    let add = format!("{ufw} prepend \"$@\" comment \"$comment\"");
    let mut function = vec!["open() {".to_owned(), "  comment=$1".to_owned(), "  shift".to_owned()];
    if sheet.part.is_none() {
        let ours = names::prefix(document.plan);
        function.extend([
            "  case \"$added\" in".to_owned(),
            format!("    *\"{ufw} $* comment '{ours}\"*) {ufw} \"$@\" comment \"$comment\" ;;"),
            format!("    *) {add} ;;"),
            "  esac".to_owned(),
        ]);
    } else {
        function.push(format!("  {add}"));
    }
    function.push("}".to_owned());
    let rules = sheet.rules.iter().filter(|rule| rule.opens()).flat_map(|rule| {
        let entries = document.entries(rule);
        remarks(document, rule)
            .into_iter()
            .chain(entries.iter().map(|entry| line("open", entry)))
            .collect::<Vec<_>>()
    });
    let status = ["ufw status | sed -n 1p".to_owned()];
    subshell(listed(sheet.part.is_none()).chain(function).chain(rules).chain(status))
}

/// Deletes a rule if it stands there under the comment with which it was added.
fn remove(document: &Document<'_>, sheet: &Sheet<'_>) -> Vec<String> {
    let ufw = ufw(document.request.direction);
    let function = [
        "close() {".to_owned(),
        "  comment=$1".to_owned(),
        "  shift".to_owned(),
        "  case \"$added\" in".to_owned(),
        format!("    *\"{ufw} $* comment '$comment'\"*) {ufw} delete \"$@\" ;;"),
        "    *) echo \"Not there, or not ours: $comment\" ;;".to_owned(),
        "  esac".to_owned(),
        "}".to_owned(),
    ];
    let entries = document.all_entries(sheet);
    let rules = entries.iter().map(|entry| line("close", entry));
    subshell(listed(true).chain(function).chain(rules))
}

/// The rules that are there, in the words with which they can be added.
fn listed(wanted: bool) -> impl Iterator<Item = String> {
    wanted.then(|| "added=$(ufw show added)".to_owned()).into_iter()
}

/// `open 'COMMENT' allow from 10.0.0.1 to any port 445,2500:3300 proto tcp`, in the order in which ufw lists it.
fn line(function: &str, entry: &Entry<'_>) -> String {
    let comment = quoted(&entry.comment());
    let one = |peers: &[Peer]| peers.iter().map(Peer::to_string).collect::<String>();
    let (from, to) = (entry.from.as_deref().map(one), entry.to.as_deref().map(one));
    let ends = match (from, to) {
        (None, to) => format!("out to {}", to.unwrap_or_default()),
        (Some(from), None) => format!("from {from} to any"),
        (Some(from), Some(to)) => format!("from {from} to {to}"),
    };
    let (transport, ports) = (entry.transport, ports(&entry.ports));
    format!("{function} {comment} allow {ends} port {ports} proto {transport}")
}

/// `445,2500:3300`.
fn ports(ranges: &[PortRange]) -> String {
    let ports: Vec<String> = ranges.iter().map(|range| range.to_string().replace('-', ":")).collect();
    ports.join(",")
}
