//! Nutanix Flow, as Terraform: groups of addresses, and a security policy for the machines of each host.
//!
//! A policy protects machines by category. Categories are no part of a plan, so they are variables. It is Terraform and
//! not the JSON of the interface because JSON holds no comments, and what is left out must be told.

use ipnet::IpNet;

use crate::catalogue::{Os, Transport};

use super::addresses::Peer;
use super::entries::Entry;
use super::hcl::{self, Block, Value};
use super::header::Notes;
use super::limits::Limits;
use super::model::{Document, Place, Sheet, label};
use super::names;
use super::objects::{self, AddressGroup, Objects};
use super::script::remarks;
use super::target::{CODE_REMOVAL, Direction, DnsNames, Facts, Form, Group, RuleForm, State};

/// What is known about the target.
pub(super) const FACTS: Facts = Facts {
    id: "nutanix-flow",
    label: "Nutanix Flow (Terraform)",
    extension: "tf",
    group: Group::Code,
    form: Form::Rules(RuleForm {
        directions: &[Direction::Inbound, Direction::Outbound],
        systems: &Os::ALL,
        names: DnsNames::LeftOutWithIpv6,
        limits: Limits::NONE,
        comment: "#",
        state: State::Stateful,
        notes,
        apply,
        removal: CODE_REMOVAL,
    }),
};

fn notes(_: &Document<'_>) -> Notes {
    Notes {
        run: "Save it beside your configuration (provider nutanix/nutanix 2 or newer), set the variables of each host to the ids of categories that its machines have and no others, and apply. Delete the part of each host that is no machine on AHV.".to_owned(),
        again: "Applying it again changes nothing.",
        more: vec![
            "The policies are saved and not in force. Once they are enforced, Flow drops what no policy of the machine allows, in both directions: try the state MONITOR first, and complete what the machines need besides.".to_owned(),
            "IPv4 only: groups of addresses hold no IPv6. What that leaves out stands in TODO lines.".to_owned(),
        ],
        removing: Vec::new(),
    }
}

const POLICY: &str = "nutanix_network_security_policy_v2";
const GROUP: &str = "nutanix_address_groups_v2";

/// The names of what one host needs.
struct Names {
    host: String,
    policy: String,
    categories: String,
    state: String,
}

impl Names {
    fn new(document: &Document<'_>, sheet: &Sheet<'_>, host: &str) -> Self {
        let policy = names::place(document.owner(sheet), document.request.direction, host);
        let stem = names::lower(&policy);
        Self {
            host: names::host(host),
            policy,
            categories: format!("{stem}_categories"),
            state: format!("{stem}_state"),
        }
    }

    /// The name of a group of addresses, which must differ from those of other hosts.
    fn group(&self, name: &str) -> String {
        names::content(&[name, &self.host])
    }
}

fn apply(document: &Document<'_>, sheet: &Sheet<'_>) -> Vec<String> {
    let Place::Host(host, at) = sheet.place else { return Vec::new() };
    let names = Names::new(document, sheet, host.name.as_str());
    let entries = document.all_entries(sheet);
    let objects = Objects::new(document, sheet, &entries);
    let mut blocks: Vec<Block> = variables(&names, &label(host, at)).into();
    blocks.extend(objects.groups.values().map(|group| address_group(&names, group)));
    let mut blocks: Vec<_> = blocks.into_iter().map(|block| (Vec::new(), block)).collect();
    let policy = Block::resource(POLICY, &names::lower(&names.policy))
        .with("name", Value::text(&names.policy))
        .with("description", Value::text(names::group(document.plan)))
        .with("type", Value::text("APPLICATION"))
        .with("state", Value::expression(format!("var.{}", names.state)))
        .holding(entries.iter().map(|entry| rule(document, &names, entry)));
    let above = sheet.rules.iter().filter(|rule| rule.opens()).flat_map(|rule| remarks(document, rule));
    blocks.push((above.collect(), policy));
    hcl::file(blocks)
}

fn variables(names: &Names, host: &str) -> [Block; 2] {
    let categories = Block::variable(&names.categories)
        .with("type", Value::expression("list(string)"))
        .with("description", Value::text(format!("Ids of the categories of {host}")));
    let state = Block::variable(&names.state)
        .with("type", Value::expression("string"))
        .with("description", Value::text(format!("State of the policy of {host}")))
        .with("default", Value::text("SAVE"));
    let valid = Block::inside("validation")
        .with(
            "condition",
            Value::expression(format!("contains([\"SAVE\", \"MONITOR\", \"ENFORCE\"], var.{})", names.state)),
        )
        .with("error_message", Value::text("The state is SAVE, MONITOR or ENFORCE."));
    [categories, state.holding([valid])]
}

fn address_group(names: &Names, group: &AddressGroup) -> Block {
    let name = names.group(&group.name);
    let address = |peer: &Peer| match peer {
        Peer::Net(IpNet::V4(net)) => {
            let block = Block::inside("ipv4_addresses").with("value", Value::text(net.addr().to_string()));
            Some(block.with("prefix_length", Value::expression(net.prefix_len().to_string())))
        }
        Peer::Net(IpNet::V6(_)) | Peer::Name(_) => None,
    };
    Block::resource(GROUP, &names::lower(&name))
        .with("name", Value::text(&name))
        .with("description", Value::text(&group.comment))
        .holding(group.members.iter().filter_map(address))
}

fn rule(document: &Document<'_>, names: &Names, entry: &Entry<'_>) -> Block {
    let (field, group) = match document.request.direction {
        Direction::Outbound => ("dest_address_group_references", objects::destination(document, entry)),
        Direction::Inbound | Direction::Transit => {
            ("src_address_group_references", objects::source(document, entry))
        }
    };
    let services = match entry.transport {
        Transport::Tcp => "tcp_services",
        Transport::Udp => "udp_services",
    };
    let ports = entry.ports.iter().map(|range| {
        Block::inside(services)
            .with("start_port", Value::expression(range.from().to_string()))
            .with("end_port", Value::expression(range.to().to_string()))
    });
    let group = format!("{GROUP}.{}.ext_id", names::lower(&names.group(&group)));
    let spec = Block::inside("application_rule_spec")
        .with("secured_group_category_references", Value::expression(format!("var.{}", names.categories)))
        .with(field, Value::Expressions(vec![group]))
        .holding(ports);
    Block::inside("rules")
        .with("description", Value::text(entry.comment()))
        .with("type", Value::text("APPLICATION"))
        .holding([Block::inside("spec").holding([spec])])
}
