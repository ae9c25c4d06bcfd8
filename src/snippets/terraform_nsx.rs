//! Terraform for the distributed firewall of NSX: groups of addresses, services, and one policy with the rules.

use crate::catalogue::Transport;

use super::addresses::Family;
use super::entries::Entry;
use super::hcl::{self, Block, Value};
use super::header::Notes;
use super::limits::{Limits, PortLimit};
use super::model::{Document, Sheet};
use super::names;
use super::objects::{self, AddressGroup, Objects, Service};
use super::script::below_remarks;
use super::target::{CODE_REMOVAL, Direction, DnsNames, Facts, Form, Group, RuleForm, State};

/// What is known about the target.
pub(super) const FACTS: Facts = Facts {
    id: "terraform-nsx",
    label: "Terraform for VMware NSX",
    extension: "tf",
    group: Group::Code,
    form: Form::Rules(RuleForm {
        directions: &[Direction::Transit],
        systems: &[],
        names: DnsNames::LeftOut,
        // A set of ports has 15 places.
        limits: Limits { addresses: 1_000, ports: PortLimit::Slots(15) },
        comment: "#",
        state: State::Stateful,
        notes,
        apply,
        removal: CODE_REMOVAL,
    }),
};

/// The most rules of one policy.
const RULES: usize = 1_000;

fn notes(_: &Document<'_>) -> Notes {
    Notes {
        run: "Save it beside your configuration (provider vmware/nsxt) and apply.".to_owned(),
        again: "Applying it again changes nothing.",
        more: vec![
            "The policy stands in the category Application: what drops a connection in Emergency, Infrastructure, Environment or above it still wins.".to_owned(),
            "Without a scope the rules are in force on every machine of the distributed firewall; a scope is a list of paths of groups of machines or segments, never of groups that hold addresses only.".to_owned(),
        ],
        removing: Vec::new(),
    }
}

fn apply(document: &Document<'_>, sheet: &Sheet<'_>) -> Vec<String> {
    let entries = document.all_entries(sheet);
    let objects = Objects::new(document, sheet, &entries);
    let name = names::chain(document.owner(sheet), document.request.direction);
    let scope = format!("{}_scope", names::lower(&name));
    let variable = Block::variable(&scope)
        .with("type", Value::expression("list(string)"))
        .with(
            "description",
            Value::text("Paths of the groups or segments where the rules are in force (none for everywhere)"),
        )
        .with("default", Value::Expressions(Vec::new()));
    let mut blocks = vec![(Vec::new(), variable)];
    blocks.extend(objects.groups.values().map(|group| (Vec::new(), address_group(group))));
    blocks.extend(objects.services.values().map(|own| (Vec::new(), service(own))));
    let policy = Block::resource("nsxt_policy_security_policy", &names::lower(&name))
        .with("display_name", Value::text(&name))
        .with("description", Value::text(names::group(document.plan)))
        .with("category", Value::text("Application"))
        .with("stateful", Value::expression("true"))
        .with("scope", Value::expression(format!("var.{scope}")))
        .holding(entries.iter().map(|entry| rule(document, entry)));
    blocks.push((above(document, &entries), policy));
    hcl::file(blocks)
}

/// What stands above the policy: the remarks about its rules.
fn above(document: &Document<'_>, entries: &[Entry<'_>]) -> Vec<String> {
    let mut lines = Vec::new();
    if entries.len() > RULES {
        lines.push(format!(
            "# These are {} rules, and a policy holds {RULES}: write them by zone pair or by host.",
            entries.len()
        ));
    }
    lines.extend(below_remarks(document, entries, "", |_| []));
    lines
}

const GROUP: &str = "nsxt_policy_group";
const SERVICE: &str = "nsxt_policy_service";

fn address_group(group: &AddressGroup) -> Block {
    let addresses = Block::inside("ipaddress_expression").with("ip_addresses", Value::texts(&group.members));
    Block::resource(GROUP, &names::lower(&group.name))
        .with("display_name", Value::text(&group.name))
        .with("description", Value::text(&group.comment))
        .holding([Block::inside("criteria").holding([addresses])])
}

fn service(service: &Service) -> Block {
    let protocol = match service.transport {
        Transport::Tcp => "TCP",
        Transport::Udp => "UDP",
    };
    let entry = Block::inside("l4_port_set_entry")
        .with("display_name", Value::text(&service.name))
        .with("protocol", Value::text(protocol))
        .with("destination_ports", Value::texts(&service.ports));
    Block::resource(SERVICE, &names::lower(&service.name))
        .with("display_name", Value::text(&service.name))
        .holding([entry])
}

fn rule(document: &Document<'_>, entry: &Entry<'_>) -> Block {
    let path =
        |kind: &str, name: &str| Value::Expressions(vec![format!("{kind}.{}.path", names::lower(name))]);
    let version = match entry.family {
        Family::V4 => "IPV4",
        Family::V6 => "IPV6",
    };
    Block::inside("rule")
        .with("display_name", Value::text(&entry.name))
        .with("notes", Value::text(format!("{}: {}", entry.rule.hosts, entry.rule.purpose)))
        .with("action", Value::text("ALLOW"))
        .with("ip_version", Value::text(version))
        .with("source_groups", path(GROUP, &objects::source(document, entry)))
        .with("destination_groups", path(GROUP, &objects::destination(document, entry)))
        .with("services", path(SERVICE, &objects::service(document, entry)))
}
