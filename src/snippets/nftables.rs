//! nftables: a chain of ours beside the chains that are there, and a jump to it.
//!
//! A table of its own could not open a port, because an accept in one table does not overrule a drop in another.
//! So the chain goes into the existing table, is filled in one step, and is removed as a whole.

use crate::catalogue::Os;

use super::addresses::{Family, Peer};
use super::entries::Entry;
use super::header::{AGAIN, Notes};
use super::limits::Limits;
use super::model::{Document, Sheet};
use super::names;
use super::script::remarks;
use super::shell::{here_document, subshell};
use super::target::{Direction, DnsNames, Facts, Form, Group, RuleForm, State};

/// What is known about the target.
pub(super) const FACTS: Facts = Facts {
    id: "nftables",
    label: "nftables",
    extension: "sh",
    group: Group::HostFirewall,
    form: Form::Rules(RuleForm {
        directions: &Direction::ALL,
        systems: &[Os::Linux],
        names: DnsNames::LeftOut,
        limits: Limits::NONE,
        comment: "#",
        state: State::Depends(
            "Stateful only if the existing ruleset accepts established connections (ct state established,related accept).",
        ),
        notes,
        apply,
        removal: Ok(remove),
    }),
};

/// The table that Debian and its kin come with; the header says how to adapt it.
const TABLE: &str = "inet filter";

/// The chain that the kernel asks, as Debian names it.
pub(super) fn hook(document: &Document<'_>) -> &'static str {
    match document.request.direction {
        Direction::Inbound => "input",
        Direction::Outbound => "output",
        Direction::Transit => "forward",
    }
}

fn notes(document: &Document<'_>) -> Notes {
    let hook = hook(document);
    Notes {
        run: "Run each block as root on the machine that it names, and on no other.".to_owned(),
        again: AGAIN,
        more: vec![
            format!(
                "{TABLE} {hook} are the table and chain of Debian. If yours differ (nft list chains), replace"
            ),
            format!(
                "\"{TABLE}\" everywhere, and \"{hook}\" behind it, here and in the roll-back. Not for hosts that run firewalld or ufw."
            ),
            "Its accepts come before your own rules. It lasts until the ruleset is loaded anew; to keep it, save it there."
                .to_owned(),
        ],
        removing: Vec::new(),
    }
}

fn chain(document: &Document<'_>, sheet: &Sheet<'_>) -> String {
    names::lower(&names::chain(document.owner(sheet), document.request.direction))
}

fn apply(document: &Document<'_>, sheet: &Sheet<'_>) -> Vec<String> {
    let (hook, chain) = (hook(document), chain(document, sheet));
    let head = [format!("add chain {TABLE} {chain}"), format!("flush chain {TABLE} {chain}")];
    let rules = sheet.rules.iter().filter(|rule| rule.opens()).flat_map(|rule| {
        let entries = document.entries(rule);
        let lines = entries.iter().map(|entry| line(entry, &chain));
        remarks(document, rule).into_iter().chain(lines).collect::<Vec<_>>()
    });
    let load = here_document("nft -f -", head.into_iter().chain(rules));
    let jump = format!(
        "nft list chain {TABLE} {hook} | grep -q '^[[:space:]]*jump {chain}$' || nft insert rule {TABLE} {hook} jump {chain}"
    );
    subshell([format!("nft list chain {TABLE} {hook} > /dev/null")].into_iter().chain(load).chain([jump]))
}

fn remove(document: &Document<'_>, sheet: &Sheet<'_>) -> Vec<String> {
    let (hook, chain) = (hook(document), chain(document, sheet));
    let chain_goes = [
        format!("if nft list chain {TABLE} {chain} > /dev/null 2>&1; then"),
        format!("  nft flush chain {TABLE} {chain}"),
        format!("  nft delete chain {TABLE} {chain}"),
        "fi".to_owned(),
    ];
    subshell(delete_jump(TABLE, hook, &chain).into_iter().chain(chain_goes))
}

/// Deletes every jump to a chain.
pub(super) fn delete_jump(table: &str, hook: &str, chain: &str) -> [String; 3] {
    [
        format!(
            "nft -a list chain {table} {hook} | sed -n 's/^[[:space:]]*jump {chain} # handle //p' | while read -r handle; do"
        ),
        format!("  nft delete rule {table} {hook} handle \"$handle\""),
        "done".to_owned(),
    ]
}

fn line(entry: &Entry<'_>, chain: &str) -> String {
    format!("add rule {TABLE} {chain} {}", rule(entry))
}

/// What stands in a rule.
pub(super) fn rule(entry: &Entry<'_>) -> String {
    let from = address(entry.family, "saddr", entry.from.as_deref());
    let to = address(entry.family, "daddr", entry.to.as_deref());
    let (transport, ports, comment) = (entry.transport, set(&entry.ports), entry.comment());
    format!("{from}{to}{transport} dport {ports} counter accept comment \"{comment}\"")
}

/// `ip saddr 10.0.0.10 `, or nothing where the end is the host itself.
fn address(family: Family, field: &str, peers: Option<&[Peer]>) -> String {
    let keyword = match family {
        Family::V4 => "ip",
        Family::V6 => "ip6",
    };
    peers.map_or_else(String::new, |peers| format!("{keyword} {field} {} ", set(peers)))
}

/// One entry as it is, several as an anonymous set.
fn set<T: ToString>(entries: &[T]) -> String {
    let entries: Vec<String> = entries.iter().map(T::to_string).collect();
    match entries.as_slice() {
        [only] => only.clone(),
        _ => format!("{{ {} }}", entries.join(", ")),
    }
}
