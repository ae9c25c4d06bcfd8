//! Check Point: a script for `mgmt_cli` on the management server, in one session.
//!
//! Either all of it is published or nothing: whatever ends the script early discards the session. Objects have names of
//! ours and are updated if they exist; rules that exist stay where they are. A service object holds one port or range
//! and stands in a group. DNS names are left out: the name of a domain object is the domain itself, so it is shared with
//! all other rules, and a roll-back could take it away from them.

use super::addresses::Peer;
use super::entries::Entry;
use super::header::{AGAIN, Notes};
use super::limits::Limits;
use super::model::{Document, Sheet};
use super::names;
use super::objects::{self, AddressGroup, Objects, Service};
use super::script::below_remarks;
use super::shell::subshell;
use super::target::{Direction, DnsNames, Facts, Form, Group, Purpose, RuleForm, State};
use super::text::shell as quoted;

/// What is known about the target.
pub(super) const FACTS: Facts = Facts {
    id: "check-point",
    label: "Check Point",
    extension: "sh",
    group: Group::NetworkFirewall,
    form: Form::Rules(RuleForm {
        directions: &[Direction::Transit],
        systems: &[],
        names: DnsNames::LeftOut,
        limits: Limits::NONE,
        comment: "#",
        state: State::Stateful,
        notes,
        apply,
        removal: Ok(remove),
    }),
};

fn notes(document: &Document<'_>) -> Notes {
    let run = match document.request.purpose {
        Purpose::Apply => {
            "Replace <ACCESS LAYER> by the layer and <RULE BELOW> by the rule above which new rules go, then run it on the management server, in expert mode."
        }
        Purpose::Remove => {
            "Replace <ACCESS LAYER> by the layer, then run it on the management server, in expert mode."
        }
    };
    let whole = "If anything fails, the session is discarded: nothing has changed then.";
    let install = "Nothing is in force before you install the policy.";
    Notes {
        run: run.to_owned(),
        again: AGAIN,
        more: vec![
            format!("{whole} {install}"),
            "A rule that exists is updated where it stands. On a multi-domain server, write domain NAME behind login -r true."
                .to_owned(),
        ],
        removing: vec![
            "Take it from the same state of the plan. An object that another rule uses cannot be deleted.".to_owned(),
            format!("{whole} {install}"),
        ],
    }
}

/// Opens a session that is discarded when the script ends, which leaves alone what has been published by then.
fn session(document: &Document<'_>) -> Vec<String> {
    let lines = [
        "LAYER='<ACCESS LAYER>'",
        "SID=$(umask 077 && mktemp)",
        "trap 'mgmt_cli -s \"$SID\" discard > /dev/null 2>&1 || :; mgmt_cli -s \"$SID\" logout > /dev/null 2>&1 || :; rm -f \"$SID\"' EXIT",
    ];
    let login =
        format!("mgmt_cli login -r true session-name {} > \"$SID\"", quoted(&names::group(document.plan)));
    let known = [
        "has() { mgmt_cli -s \"$SID\" show \"$@\" > /dev/null 2>&1; }",
        "need() { has \"$@\" || { echo \"not found: $*\" >&2; exit 1; }; }",
        "need access-layer name \"$LAYER\"",
    ];
    lines.into_iter().map(str::to_owned).chain([login]).chain(known.map(str::to_owned)).collect()
}

const PUBLISH: &str = "mgmt_cli -s \"$SID\" publish";

/// What opening ports needs beyond a session.
const TOOLS: [&str; 20] = [
    "BELOW='<RULE BELOW>'",
    "need access-rule layer \"$LAYER\" name \"$BELOW\"",
    "add() { mgmt_cli -s \"$SID\" add \"$@\" set-if-exists true ignore-warnings true details-level uid; }",
    "group() {",
    "  kind=$1 name=$2",
    "  shift 2",
    "  verb='add'",
    "  if has \"$kind\" name \"$name\"; then verb='set'; fi",
    "  mgmt_cli -s \"$SID\" \"$verb\" \"$kind\" name \"$name\" \"$@\" ignore-warnings true details-level uid",
    "}",
    "rule() {",
    "  name=$1",
    "  shift",
    "  if has access-rule layer \"$LAYER\" name \"$name\"; then",
    "    set -- set access-rule layer \"$LAYER\" name \"$name\" \"$@\"",
    "  else",
    "    set -- add access-rule layer \"$LAYER\" position.above \"$BELOW\" name \"$name\" \"$@\"",
    "  fi",
    "  mgmt_cli -s \"$SID\" \"$@\" details-level uid",
    "}",
];

fn apply(document: &Document<'_>, sheet: &Sheet<'_>) -> Vec<String> {
    let entries = document.all_entries(sheet);
    let objects = Objects::new(document, sheet, &entries);
    let mut lines = session(document);
    lines.extend(TOOLS.map(str::to_owned));
    lines.extend(objects.addresses.iter().filter_map(|(family, peer)| {
        let name = quoted(&objects.address(*family, peer));
        address(peer, &name)
    }));
    lines.extend(objects.groups.values().map(|group| address_group(&objects, group)));
    lines.extend(objects.services.values().flat_map(services));
    lines.extend(below_remarks(document, &entries, "", |entry| [rule(document, entry)]));
    lines.push(PUBLISH.to_owned());
    subshell(lines)
}

/// `None` for a DNS name, of which the target has none.
fn address(peer: &Peer, name: &str) -> Option<String> {
    let Peer::Net(net) = peer else { return None };
    let (address, length) = (quoted(&net.addr().to_string()), net.prefix_len());
    Some(if length == net.max_prefix_len() {
        format!("add host name {name} ip-address {address}")
    } else {
        format!("add network name {name} subnet {address} mask-length {length}")
    })
}

/// `members.1 'VEEAM-…' members.2 'VEEAM-…'`.
fn members(names: impl Iterator<Item = String>) -> String {
    let members = names.enumerate().map(|(at, name)| format!("members.{} {}", at + 1, quoted(&name)));
    members.collect::<Vec<_>>().join(" ")
}

fn address_group(objects: &Objects, group: &AddressGroup) -> String {
    let members = members(group.members.iter().map(|peer| objects.address(group.family, peer)));
    // A comment that started with a hyphen would be an option.
    let comment = quoted(&format!("Veeam: {}", group.comment));
    format!("group group {} {members} comments {comment}", quoted(&group.name))
}

/// Without `match-for-any`, so that rules of others whose service is Any go on as before.
fn services(service: &Service) -> Vec<String> {
    let name = |range| names::ports(&service.name, range);
    let one = service.ports.iter().map(|range| {
        let (kind, name) = (service.transport, quoted(&name(*range)));
        format!("add service-{kind} name {name} port {} match-for-any false", quoted(&range.to_string()))
    });
    let members = members(service.ports.iter().copied().map(name));
    one.chain([format!("group service-group {} {members}", quoted(&service.name))]).collect()
}

fn rule(document: &Document<'_>, entry: &Entry<'_>) -> String {
    let (source, destination) = (objects::source(document, entry), objects::destination(document, entry));
    let service = objects::service(document, entry);
    let comment = quoted(&format!("Veeam: {}: {}", entry.rule.hosts, entry.rule.purpose));
    format!(
        "rule {} source.1 {} destination.1 {} service.1 {} action Accept track.type Log comments {comment}",
        quoted(&entry.name),
        quoted(&source),
        quoted(&destination),
        quoted(&service)
    )
}

fn remove(document: &Document<'_>, sheet: &Sheet<'_>) -> Vec<String> {
    let entries = document.all_entries(sheet);
    let objects = Objects::new(document, sheet, &entries);
    let gone = |kind: &str, name: &str| format!("gone {kind} name {}", quoted(name));
    let mut lines = session(document);
    lines.push("gone() { if has \"$@\"; then mgmt_cli -s \"$SID\" delete \"$@\"; fi; }".to_owned());
    lines.extend(entries.iter().map(|entry| gone("access-rule layer \"$LAYER\"", &entry.name)));
    lines.extend(objects.groups.keys().map(|name| gone("group", name)));
    for service in objects.services.values() {
        lines.push(gone("service-group", &service.name));
        let kind = format!("service-{}", service.transport);
        lines.extend(service.ports.iter().map(|range| gone(&kind, &names::ports(&service.name, *range))));
    }
    lines.extend(objects.addresses.iter().map(|(family, peer)| {
        let single = matches!(peer, Peer::Net(net) if net.prefix_len() == net.max_prefix_len());
        gone(if single { "host" } else { "network" }, &objects.address(*family, peer))
    }));
    lines.push(PUBLISH.to_owned());
    subshell(lines)
}
