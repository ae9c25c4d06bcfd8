//! nftables: a chain of ours beside the chains that are there, and a jump to it.
//!
//! A table of its own could not open a port, because an accept in one table does not overrule a drop in another.
//! So the chain goes into the existing table, is filled in one step, and is removed as a whole.

use crate::catalogue::Os;

use super::Request;
use super::addresses::Family;
use super::header::Notes;
use super::model::{Document, End, Rule, Sheet};
use super::names;
use super::script::{remark, script};
use super::target::{Direction, Purpose};
use super::text;

/// The table that Debian and its kin come with; the header says how to adapt it.
const TABLE: &str = "inet filter";

/// The whole text.
pub(super) fn text(request: &Request<'_>) -> String {
    let document = Document::new(request, Os::Linux);
    let hook = hook(request.direction);
    script(&document, &notes(hook), |sheet| {
        let chain = names::chain(document.plan, request.direction, sheet.part);
        match request.purpose {
            Purpose::Apply => apply(&document, sheet, &chain, hook),
            Purpose::Remove => remove(&chain, hook),
        }
    })
}

/// The chain that the kernel asks, as Debian names it.
fn hook(direction: Direction) -> &'static str {
    match direction {
        Direction::Inbound => "input",
        Direction::Outbound => "output",
        Direction::Transit => "forward",
    }
}

fn notes(hook: &str) -> Notes {
    Notes {
        run: "Run each block as root on the machine that it names, and on no other.",
        stateful: "Stateful only if the existing ruleset accepts established connections (ct state established,related accept).",
        apply: vec![
            format!(
                "{TABLE} {hook} are the table and chain of Debian. If yours differ (nft list chains), replace"
            ),
            format!(
                "\"{TABLE}\" everywhere, and \"{hook}\" behind it, here and in the roll-back. Not for hosts that run firewalld or ufw."
            ),
            "Its accepts come before your own rules. It lasts until the ruleset is loaded anew; to keep it, save it there."
                .to_owned(),
        ],
    }
}

/// A subshell, so that nothing runs before the whole block has been pasted, and nothing after a failure.
fn subshell(commands: impl IntoIterator<Item = String>) -> Vec<String> {
    let open = ["(", "set -eu"].map(str::to_owned);
    open.into_iter().chain(commands).chain([")".to_owned()]).collect()
}

fn apply(document: &Document<'_>, sheet: &Sheet<'_>, chain: &str, hook: &str) -> Vec<String> {
    let head = [
        format!("nft list chain {TABLE} {hook} > /dev/null"),
        "nft -f - <<'VEEAM_RULES'".to_owned(),
        format!("add chain {TABLE} {chain}"),
        format!("flush chain {TABLE} {chain}"),
    ];
    let rules =
        sheet.rules.iter().filter(|rule| rule.opens()).flat_map(|rule| rule_lines(document, rule, chain));
    let tail = [
        "VEEAM_RULES".to_owned(),
        format!(
            "nft list chain {TABLE} {hook} | grep -q '^[[:space:]]*jump {chain}$' || nft insert rule {TABLE} {hook} jump {chain}"
        ),
    ];
    subshell(head.into_iter().chain(rules).chain(tail))
}

fn remove(chain: &str, hook: &str) -> Vec<String> {
    subshell([
        format!(
            "nft -a list chain {TABLE} {hook} | sed -n 's/^[[:space:]]*jump {chain} # handle //p' | while read -r handle; do"
        ),
        format!("  nft delete rule {TABLE} {hook} handle \"$handle\""),
        "done".to_owned(),
        format!("if nft list chain {TABLE} {chain} > /dev/null 2>&1; then"),
        format!("  nft flush chain {TABLE} {chain}"),
        format!("  nft delete chain {TABLE} {chain}"),
        "fi".to_owned(),
    ])
}

fn rule_lines(document: &Document<'_>, rule: &Rule, chain: &str) -> Vec<String> {
    let name = names::rule(document.plan, rule.id, document.request.direction, rule.transport, 0);
    let comment = text::comment(&format!("{name} {}", rule.hosts));
    let ports = set(rule.ports.ranges().iter().map(ToString::to_string).collect());
    let remarks = rule.remarks.iter().map(|line| remark(&format!("F{}: {line}", rule.id)));
    let rules = rule.families().into_iter().map(|family| {
        let from = address(family, "saddr", &rule.from);
        let to = address(family, "daddr", &rule.to);
        let transport = rule.transport;
        format!(
            "add rule {TABLE} {chain} {from}{to}{transport} dport {ports} counter accept comment \"{comment}\""
        )
    });
    remarks.chain(rules).collect()
}

/// `ip saddr 10.0.0.10 `, or nothing where the end is the host itself.
fn address(family: Family, field: &str, end: &End) -> String {
    let keyword = match family {
        Family::V4 => "ip",
        Family::V6 => "ip6",
    };
    end.nets(family).map_or_else(String::new, |nets| format!("{keyword} {field} {} ", set(nets)))
}

/// One entry as it is, several as an anonymous set.
fn set(entries: Vec<String>) -> String {
    match <[String; 1]>::try_from(entries) {
        Ok([only]) => only,
        Err(entries) => format!("{{ {} }}", entries.join(", ")),
    }
}
