//! Terraform for security groups of AWS: one resource for each range of ports and network of each rule.
//!
//! A rule of a security group holds one range and one network, so a resource is named after these, not after its place
//! in a list: what comes or goes in the plan touches no other resource. The group is a variable for each host.

use ipnet::IpNet;

use crate::catalogue::{Os, PortRange};

use super::addresses::{Family, Peer};
use super::entries::Entry;
use super::hcl::{self, Block, Value};
use super::header::Notes;
use super::limits::Limits;
use super::model::{Document, Place, Sheet, label};
use super::names;
use super::script::remarks;
use super::target::{CODE_REMOVAL, Direction, DnsNames, Facts, Form, Group, RuleForm, State};

/// What is known about the target.
pub(super) const FACTS: Facts = Facts {
    id: "terraform-aws",
    label: "Terraform for AWS",
    extension: "tf",
    group: Group::Code,
    form: Form::Rules(RuleForm {
        directions: &[Direction::Inbound, Direction::Outbound],
        systems: &Os::ALL,
        names: DnsNames::LeftOut,
        limits: Limits::NONE,
        comment: "#",
        state: State::Stateful,
        notes,
        apply,
        removal: CODE_REMOVAL,
    }),
};

/// What a security group holds in one direction and family, unless the account has another quota.
const QUOTA: usize = 60;

fn notes(document: &Document<'_>) -> Notes {
    let mut more = vec![
        "Not for a group that has rules in the resource aws_security_group itself, or in aws_security_group_rule: they would overwrite each other.".to_owned(),
        format!("A group holds {QUOTA} rules for each direction and family, unless its account has another quota."),
    ];
    if document.request.direction == Direction::Outbound {
        more.push("Needed only where the group does not let everything out.".to_owned());
    }
    Notes {
        run: "Save it beside your configuration (provider hashicorp/aws 5 or newer), set each variable to the security group of the host that it names, and apply.".to_owned(),
        again: "Applying it again changes nothing.",
        more,
        removing: Vec::new(),
    }
}

fn apply(document: &Document<'_>, sheet: &Sheet<'_>) -> Vec<String> {
    let Place::Host(host, at) = sheet.place else { return Vec::new() };
    let name = host.name.as_str();
    let group = names::lower(&names::place(document.owner(sheet), document.request.direction, name));
    let variable = Block::variable(&group)
        .with("type", Value::expression("string"))
        .with("description", Value::text(format!("Id of the security group of {}", label(host, at))));
    let mut blocks = vec![(quota(document, sheet), variable)];
    for rule in &sheet.rules {
        let mut remarks = remarks(document, rule);
        for entry in document.entries(rule) {
            for (range, peer) in pairs(&entry) {
                let block = resource(document.request.direction, &entry, (name, &group), *range, peer);
                blocks.push((std::mem::take(&mut remarks), block));
            }
        }
    }
    hcl::file(blocks)
}

fn pairs<'a>(entry: &'a Entry<'_>) -> impl Iterator<Item = (&'a PortRange, &'a Peer)> {
    entry.ports.iter().flat_map(|range| entry.remote().iter().map(move |peer| (range, peer)))
}

/// A line for each family that needs more rules than a group usually holds.
fn quota(document: &Document<'_>, sheet: &Sheet<'_>) -> Vec<String> {
    let entries = document.all_entries(sheet);
    let count = |family: Family| {
        let own = entries.iter().filter(|entry| entry.family == family);
        own.map(|entry| pairs(entry).count()).sum::<usize>()
    };
    let over =
        Family::ALL.into_iter().map(|family| (family, count(family))).filter(|(_, count)| *count > QUOTA);
    over.map(|(family, count)| {
        format!(
            "# These are {count} rules for IPv{}, more than the usual quota of {QUOTA}: raise it first.",
            family.digit()
        )
    })
    .collect()
}

fn resource(
    direction: Direction,
    entry: &Entry<'_>,
    (host, group): (&str, &str),
    range: PortRange,
    peer: &Peer,
) -> Block {
    let kind = match direction {
        Direction::Outbound => "aws_vpc_security_group_egress_rule",
        Direction::Inbound | Direction::Transit => "aws_vpc_security_group_ingress_rule",
    };
    let field = match entry.family {
        Family::V4 => "cidr_ipv4",
        Family::V6 => "cidr_ipv6",
    };
    let network = network(peer);
    let label =
        names::lower(&names::content(&[&entry.name, &names::host(host), &range.to_string(), &network]));
    Block::resource(kind, &label)
        .with("security_group_id", Value::expression(format!("var.{group}")))
        .with("description", Value::text(entry.comment()))
        .with("ip_protocol", Value::text(entry.transport.name()))
        .with("from_port", Value::expression(range.from().to_string()))
        .with("to_port", Value::expression(range.to().to_string()))
        .with(field, Value::text(network))
}

/// The address with its prefix, also where it is one address.
fn network(peer: &Peer) -> String {
    match peer {
        Peer::Net(net) => IpNet::to_string(net),
        Peer::Name(name) => name.clone(),
    }
}
