//! Ansible: a play for each host, with tasks for firewalld and ufw on Linux and for the Windows firewall.
//!
//! Ansible takes strings for templates, so what a person wrote stands behind `!unsafe` only, and everything else is made
//! of ids, addresses and ports. A play finds its host by a group of the inventory, whose name is made of ids as well.

use crate::catalogue::{Os, PortRange};

use super::addresses::{Family, Peer};
use super::entries::Entry;
use super::header::Notes;
use super::limits::{Limits, PortLimit};
use super::model::{Document, Place, Rule, Sheet};
use super::names;
use super::script::remarks;
use super::target::{Direction, DnsNames, Facts, Form, Group, Purpose, RuleForm, State};
use super::text::double_quoted as quoted;

/// What is known about the target.
pub(super) const FACTS: Facts = Facts {
    id: "ansible",
    label: "Ansible playbook",
    extension: "yml",
    group: Group::Code,
    form: Form::Rules(RuleForm {
        directions: &[Direction::Inbound, Direction::Outbound],
        systems: &[Os::Windows, Os::Linux],
        names: DnsNames::LeftOut,
        // A rule of ufw has 15 places for ports, and older builds of Windows refuse more addresses.
        limits: Limits { addresses: 1_000, ports: PortLimit::Slots(15) },
        comment: "#",
        state: State::Stateful,
        notes,
        apply: plays,
        removal: Ok(plays),
    }),
};

fn notes(document: &Document<'_>) -> Notes {
    let mut more = vec![
        "Rules of an older state of the plan stay on Linux: remove what that state made before.".to_owned(),
        "A deny or block rule beats these in ufw where it stands above, and on Windows always.".to_owned(),
        "firewalld: the rules go into the default zone. ufw takes IPv6 rules only with IPV6=yes in /etc/default/ufw.".to_owned(),
    ];
    if document.request.direction == Direction::Outbound {
        more.push(
            "Needed only where outbound connections are blocked by default. On Linux for ufw only."
                .to_owned(),
        );
    }
    Notes {
        run: "Needs the collections ansible.posix, community.general and community.windows. Put each host into the inventory group that its play names, then run ansible-playbook.".to_owned(),
        again: "Running it again changes nothing.",
        more,
        removing: vec![
            "On Linux rules are found by what they open: take it from the same state of the plan, and run other playbooks of the plan again that open the same for these hosts.".to_owned(),
        ],
    }
}

/// The play of one host, for either purpose.
fn plays(document: &Document<'_>, sheet: &Sheet<'_>) -> Vec<String> {
    let Place::Host(host, _) = sheet.place else { return Vec::new() };
    let group = names::lower(&format!("{}{}", names::prefix(document.plan), names::host(host.name.as_str())));
    let mut lines = vec![
        format!("- name: {}, {}", names::group(document.plan), document.request.direction.label()),
        format!("  hosts: {group}"),
        "  gather_facts: false".to_owned(),
    ];
    let tasks = match host.os {
        Os::Windows => windows(document, sheet),
        Os::Linux | Os::Other => {
            lines.push("  become: true".to_owned());
            linux(document, sheet)
        }
    };
    lines.push("  tasks:".to_owned());
    lines.extend(tasks.iter().map(|line| format!("    {line}")));
    lines
}

fn task(name: &str, module: &str, settings: &[(&str, String)]) -> Vec<String> {
    let head = [format!("- name: {name}"), format!("  {module}:")];
    head.into_iter().chain(settings.iter().map(|(key, value)| format!("    {key}: {value}"))).collect()
}

fn with_remarks(
    document: &Document<'_>,
    sheet: &Sheet<'_>,
    tasks: impl Fn(&Rule) -> Vec<String>,
) -> Vec<String> {
    let mut lines = Vec::new();
    for rule in &sheet.rules {
        let tasks = tasks(rule);
        if !tasks.is_empty() && document.request.purpose == Purpose::Apply {
            lines.extend(remarks(document, rule));
        }
        lines.extend(tasks);
    }
    lines
}

const WINDOWS: &str = "community.windows.win_firewall_rule";

fn windows(document: &Document<'_>, sheet: &Sheet<'_>) -> Vec<String> {
    match document.request.purpose {
        Purpose::Apply => with_remarks(document, sheet, |rule| {
            document.entries(rule).iter().flat_map(|entry| windows_rule(document, entry)).collect()
        }),
        Purpose::Remove => {
            let names = sheet.rules.iter().flat_map(|rule| document.entry_names(rule));
            names
                .flat_map(|name| {
                    task(&name, WINDOWS, &[("name", name.clone()), ("state", "absent".to_owned())])
                })
                .collect()
        }
    }
}

fn windows_rule(document: &Document<'_>, entry: &Entry<'_>) -> Vec<String> {
    let (direction, port) = match document.request.direction {
        Direction::Outbound => ("out", "remoteport"),
        Direction::Inbound | Direction::Transit => ("in", "localport"),
    };
    let remote: Vec<String> = entry.remote().iter().map(Peer::to_string).collect();
    let settings = [
        ("name", entry.name.clone()),
        ("group", names::group(document.plan)),
        ("description", unsafe_text(&format!("{}: {}", entry.rule.hosts, entry.rule.purpose))),
        ("direction", direction.to_owned()),
        ("action", "allow".to_owned()),
        ("protocol", entry.transport.to_string()),
        (port, format!("\"{}\"", ports(&entry.ports, '-'))),
        ("remoteip", format!("\"{}\"", remote.join(","))),
        ("enabled", "true".to_owned()),
        ("state", "present".to_owned()),
    ];
    task(&entry.name, WINDOWS, &settings)
}

/// Text of a person, which Ansible must not take for a template.
fn unsafe_text(text: &str) -> String {
    format!("!unsafe {}", quoted(text))
}

/// `445,2500-3300`, with another sign in place of the hyphen.
fn ports(ranges: &[PortRange], between: char) -> String {
    let ports: Vec<String> =
        ranges.iter().map(|range| range.to_string().replace('-', &between.to_string())).collect();
    ports.join(",")
}

const FIREWALLD_RUNS: &str = "veeam_firewalld.rc == 0";
const UFW_RUNS: &str = "\"'Status: active' in veeam_ufw.stdout | default('')\"";

fn linux(document: &Document<'_>, sheet: &Sheet<'_>) -> Vec<String> {
    let mut lines = find(document.request.direction);
    if document.request.purpose == Purpose::Apply {
        lines.extend(stop(document.request.direction));
    }
    lines.extend(with_remarks(document, sheet, |rule| {
        document.entries(rule).iter().flat_map(|entry| linux_rule(document, entry)).collect()
    }));
    lines
}

/// Tasks that find out which firewall is in force.
fn find(direction: Direction) -> Vec<String> {
    let ask = |name: &str, command: &str, result: &str| {
        vec![
            format!("- name: Ask {name}"),
            format!("  ansible.builtin.command: {command}"),
            "  environment:".to_owned(),
            "    LC_ALL: C".to_owned(),
            format!("  register: {result}"),
            "  changed_when: false".to_owned(),
            "  failed_when: false".to_owned(),
            "  check_mode: false".to_owned(),
        ]
    };
    let firewalld = ask("firewalld", "firewall-cmd --state", "veeam_firewalld");
    let ufw = ask("ufw", "ufw status", "veeam_ufw");
    match direction {
        Direction::Outbound => ufw,
        Direction::Inbound | Direction::Transit => [firewalld, ufw].concat(),
    }
}

/// A task that fails where none of the firewalls that the play can write for is in force.
fn stop(direction: Direction) -> Vec<String> {
    let (message, when) = match direction {
        Direction::Outbound => {
            ("ufw is not in force here. Firewalld lets everything out, unless a policy says otherwise.", "")
        }
        Direction::Inbound | Direction::Transit => (
            "Neither firewalld nor ufw is in force here. Use the snippet for nftables or iptables.",
            "veeam_firewalld.rc != 0 and ",
        ),
    };
    let mut lines =
        task("Stop where there is nothing to write to", "ansible.builtin.fail", &[("msg", quoted(message))]);
    lines.push(format!("  when: \"{when}'Status: active' not in veeam_ufw.stdout | default('')\""));
    lines
}

fn linux_rule(document: &Document<'_>, entry: &Entry<'_>) -> Vec<String> {
    match document.request.direction {
        Direction::Outbound => ufw(document, entry),
        Direction::Inbound | Direction::Transit => {
            [firewalld(document, entry), ufw(document, entry)].concat()
        }
    }
}

/// What the task does for each item; the items are addresses, ports and words of ours.
fn for_each(items: &[String], when: &str) -> Vec<String> {
    let items = items.iter().map(|item| format!("    - '{item}'"));
    ["  loop:".to_owned()].into_iter().chain(items).chain([format!("  when: {when}")]).collect()
}

const ITEM: &str = "\"{{ item }}\"";

/// A rich rule takes one address and one port or range.
fn firewalld(document: &Document<'_>, entry: &Entry<'_>) -> Vec<String> {
    let state = match document.request.purpose {
        Purpose::Apply => "enabled",
        Purpose::Remove => "disabled",
    };
    let family = match entry.family {
        Family::V4 => "ipv4",
        Family::V6 => "ipv6",
    };
    let transport = entry.transport;
    let rule = |peer: &Peer, range: &PortRange| {
        format!(
            "rule family=\"{family}\" source address=\"{peer}\" port port=\"{range}\" protocol=\"{transport}\" accept"
        )
    };
    let rules = entry.remote().iter().flat_map(|peer| entry.ports.iter().map(move |range| rule(peer, range)));
    let rules: Vec<String> = rules.collect();
    let settings = [
        ("rich_rule", ITEM.to_owned()),
        ("permanent", "true".to_owned()),
        ("immediate", "true".to_owned()),
        ("state", state.to_owned()),
    ];
    let task = task(&format!("{} in firewalld", entry.name), "ansible.posix.firewalld", &settings);
    task.into_iter().chain(for_each(&rules, FIREWALLD_RUNS)).collect()
}

fn ufw(document: &Document<'_>, entry: &Entry<'_>) -> Vec<String> {
    let (direction, address) = match document.request.direction {
        Direction::Outbound => ("out", "to_ip"),
        Direction::Inbound | Direction::Transit => ("in", "from_ip"),
    };
    let mut settings = vec![
        ("rule", "allow".to_owned()),
        ("direction", direction.to_owned()),
        ("proto", entry.transport.to_string()),
        (address, ITEM.to_owned()),
        ("to_port", format!("\"{}\"", ports(&entry.ports, ':'))),
    ];
    settings.push(match document.request.purpose {
        Purpose::Apply => ("comment", unsafe_text(&entry.comment())),
        Purpose::Remove => ("delete", "true".to_owned()),
    });
    let peers: Vec<String> = entry.remote().iter().map(Peer::to_string).collect();
    let task = task(&format!("{} in ufw", entry.name), "community.general.ufw", &settings);
    task.into_iter().chain(for_each(&peers, UFW_RUNS)).collect()
}
