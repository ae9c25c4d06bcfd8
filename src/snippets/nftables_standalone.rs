//! nftables: a table of its own that drops whatever nothing accepts, for machines that have no other firewall.
//!
//! An accept in it would not overrule a drop in another table, and it drops what another table accepts. So all snippets
//! of a plan share the table: each has a chain there, and the base chain jumps to all of them.

use crate::catalogue::Os;

use super::header::{AGAIN, Notes};
use super::limits::Limits;
use super::model::{Document, Sheet};
use super::names::{self, Owner};
use super::nftables::{self, rule};
use super::script::remarks;
use super::shell::subshell;
use super::target::{Direction, DnsNames, Facts, Form, Group, RuleForm, State};

/// What is known about the target.
pub(super) const FACTS: Facts = Facts {
    id: "nftables-standalone",
    label: "nftables, stand-alone",
    extension: "sh",
    group: Group::HostFirewall,
    form: Form::Rules(RuleForm {
        directions: &Direction::ALL,
        systems: &[Os::Linux],
        names: DnsNames::LeftOut,
        limits: Limits::NONE,
        comment: "#",
        state: State::Stateful,
        notes,
        apply,
        removal: Ok(remove),
    }),
};

/// What stands where the operator has to write; the script refuses to go on while it does.
const EDIT: &str = "<ADDRESSES-OF-MANAGEMENT>";

fn notes(document: &Document<'_>) -> Notes {
    let (dropped, management) = match document.request.direction {
        Direction::Inbound => ("that comes in", "from which you log in (SSH)"),
        Direction::Outbound => (
            "that goes out, DNS, NTP and updates too unless the plan has them",
            "from which you log in (SSH), to which answers pass",
        ),
        Direction::Transit => ("that passes through", "from which you log in (SSH) through this firewall"),
    };
    let more = [
        format!("WARNING: this drops everything else {dropped}. Only for machines without other rules (nft list ruleset)."),
        "Loopback, answers, ICMP errors and what IPv6 needs (neighbours, routers, DHCPv6) stay open.".to_owned(),
        format!("It does nothing until you replace {EDIT} by addresses or networks {management},"),
        "with spaces between, in each block; or run it with VEEAM_MANAGEMENT set to them, and VEEAM_SSH_PORT if it is not 22."
            .to_owned(),
        "Keep this session open until a second one has worked. It lasts until the next start; to keep it, save the ruleset."
            .to_owned(),
    ];
    Notes {
        run: "Run each block as root on the machine that it names, and on no other.".to_owned(),
        again: AGAIN,
        more: more.to_vec(),
        removing: vec![
            "With the last snippet of the plan its table goes, and nothing is dropped any more.".to_owned(),
        ],
    }
}

/// The table that the snippets of a plan share, and the names in it.
struct Names {
    /// `inet veeam_7f3a91_in`.
    table: String,
    /// The chain that the kernel asks.
    hook: &'static str,
    /// The chain with the snippet's rules.
    chain: String,
}

impl Names {
    fn new(document: &Document<'_>, sheet: &Sheet<'_>) -> Self {
        let direction = document.request.direction;
        let shared = Owner { plan: document.plan, part: None };
        Self {
            table: format!("inet {}", names::lower(&names::chain(shared, direction))),
            hook: nftables::hook(document),
            chain: names::lower(&names::chain(document.owner(sheet), direction)),
        }
    }
}

/// The chain of what every machine needs, and that of who may log in.
const OWN: [&str; 2] = ["needed", "management"];

fn apply(document: &Document<'_>, sheet: &Sheet<'_>) -> Vec<String> {
    let names = Names::new(document, sheet);
    let Names { table, hook, chain } = &names;
    let rules = sheet.rules.iter().filter(|rule| rule.opens()).flat_map(|own| {
        let entries = document.entries(own);
        let lines = entries.iter().map(|entry| format!("add rule {table} {chain} {}", rule(entry)));
        remarks(document, own).into_iter().chain(lines).collect::<Vec<_>>()
    });
    let load = ["{", "  cat <<'VEEAM_RULES'"].map(str::to_owned).into_iter();
    let load = load.chain(frame(document.request.direction, &names)).chain(rules);
    let load = load.chain(["VEEAM_RULES".to_owned()]).chain(management(document.request.direction, table));
    let jumps = [
        format!("  for chain in {} {chain}; do", OWN.join(" ")),
        format!(
            "    nft list chain {table} {hook} 2> /dev/null | grep -q \"jump $chain\\$\" || echo \"add rule {table} {hook} jump $chain\""
        ),
        "  done".to_owned(),
        "} | nft -f -".to_owned(),
    ];
    subshell(given().into_iter().chain(load).chain(jumps))
}

/// Stops before anything is changed if nobody said who may log in.
fn given() -> Vec<String> {
    let lines = [
        format!("management=\"${{VEEAM_MANAGEMENT:-{EDIT}}}\""),
        "ssh_port=\"${VEEAM_SSH_PORT:-22}\"".to_owned(),
        "other=$(printf %s \"$management\" | tr -d '0-9a-fA-F.:/ ')".to_owned(),
        "case \"$other/$management\" in".to_owned(),
        "  /[0-9a-fA-F:]*) ;;".to_owned(),
        "  *)".to_owned(),
        "    echo 'Nothing was changed: say first from which addresses you log in (see the top).' >&2"
            .to_owned(),
        "    exit 1 ;;".to_owned(),
        "esac".to_owned(),
    ];
    lines.to_vec()
}

/// The table, its base chain, and what every machine needs.
fn frame(direction: Direction, names: &Names) -> Vec<String> {
    let Names { table, hook, chain } = names;
    let mut lines = vec![
        format!("add table {table}"),
        format!("add chain {table} {hook} {{ type filter hook {hook} priority 0; policy drop; }}"),
    ];
    for chain in OWN.into_iter().chain([chain.as_str()]) {
        lines.extend([format!("add chain {table} {chain}"), format!("flush chain {table} {chain}")]);
    }
    let [needed, _] = OWN;
    lines.extend(open_anyway(direction).map(|rule| format!("add rule {table} {needed} {rule}")));
    lines
}

fn open_anyway(direction: Direction) -> impl Iterator<Item = &'static str> {
    let (own, dhcp) = match direction {
        Direction::Inbound => {
            (Some("iif lo accept"), Some("ip6 saddr fe80::/10 udp sport 547 udp dport 546 accept"))
        }
        Direction::Outbound => (
            Some("oif lo accept"),
            Some("ip6 daddr { fe80::/10, ff02::1:2 } udp sport 546 udp dport 547 accept"),
        ),
        Direction::Transit => (None, None),
    };
    let every = [
        "ct state established,related accept",
        "ct state invalid drop",
        "icmp type { destination-unreachable, time-exceeded, parameter-problem } accept",
        "icmpv6 type { destination-unreachable, packet-too-big, time-exceeded, parameter-problem } accept",
    ];
    // Between networks neighbours do not talk to each other.
    let neighbours = [
        "icmpv6 type { nd-neighbor-solicit, nd-neighbor-advert, nd-router-solicit, nd-router-advert } accept",
        "icmpv6 type { mld-listener-query, mld-listener-report, mld-listener-done, mld2-listener-report } accept",
    ];
    let near = own.map(|_| neighbours).into_iter().flatten();
    own.into_iter().chain(every).chain(near).chain(dhcp)
}

/// Writes one rule for each address of the management.
fn management(direction: Direction, table: &str) -> Vec<String> {
    let [_, chain] = OWN;
    let (end, port) = match direction {
        Direction::Inbound | Direction::Transit => ("saddr", "dport"),
        Direction::Outbound => ("daddr", "sport"),
    };
    let lines = [
        "  for address in $management; do".to_owned(),
        "    case \"$address\" in *:*) ip=ip6 ;; *) ip=ip ;; esac".to_owned(),
        format!("    echo \"add rule {table} {chain} $ip {end} $address tcp {port} $ssh_port accept\""),
        "  done".to_owned(),
    ];
    lines.to_vec()
}

fn remove(document: &Document<'_>, sheet: &Sheet<'_>) -> Vec<String> {
    let Names { table, hook, chain } = Names::new(document, sheet);
    let mut lines = vec![format!("if nft list chain {table} {chain} > /dev/null 2>&1; then")];
    lines.extend(nftables::delete_jump(&table, hook, &chain).into_iter().map(|line| format!("  {line}")));
    lines.extend([
        format!("  nft flush chain {table} {chain}"),
        format!("  nft delete chain {table} {chain}"),
        format!("  nft list chain {table} {hook} | grep -q 'jump veeam_' || nft delete table {table}"),
        "fi".to_owned(),
    ]);
    subshell(lines)
}
