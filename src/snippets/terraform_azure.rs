//! Terraform for network security groups of Azure: one rule resource for each rule, with lists of prefixes and ports.
//!
//! Rules name both ends, so they are exact wherever the group is attached. Priorities come from hashes of names, not
//! from places in a list: Azure refuses a priority that another rule still has, so they must not move.

use std::collections::{BTreeMap, BTreeSet};

use super::addresses::Peer;
use super::entries::Entry;
use super::hcl::{self, Block, Value};
use super::header::Notes;
use super::limits::{Limits, PortLimit};
use super::model::{Document, Sheet};
use super::names;
use super::script::remarks;
use super::target::{CODE_REMOVAL, Direction, DnsNames, Facts, Form, Group, RuleForm, State};
use crate::catalogue::Transport;

/// What is known about the target.
pub(super) const FACTS: Facts = Facts {
    id: "terraform-azure",
    label: "Terraform for Azure NSG",
    extension: "tf",
    group: Group::Code,
    form: Form::Rules(RuleForm {
        directions: &[Direction::Transit],
        systems: &[],
        names: DnsNames::LeftOut,
        // A group takes 4,000 addresses and ranges.
        limits: Limits { addresses: 1_000, ports: PortLimit::Any },
        comment: "#",
        state: State::Stateful,
        notes,
        apply,
        removal: CODE_REMOVAL,
    }),
};

/// The most rules that a group holds, and so the priorities that are set aside for them.
const RULES: usize = 1_000;

/// The lowest and the highest priority that Azure knows.
const PRIORITIES: (usize, usize) = (100, 4_096);

fn notes(_: &Document<'_>) -> Notes {
    Notes {
        run: "Save it beside your configuration (provider hashicorp/azurerm), set the variables, and apply.".to_owned(),
        again: "Applying it again changes nothing.",
        more: vec![
            "Not for a group that has rules in the resource azurerm_network_security_group itself: they would overwrite each other.".to_owned(),
            "It is for the group of the hosts that the connections go to. Where the group of the hosts that open them does not let everything out, apply a copy there with the direction Outbound.".to_owned(),
            format!("A rule with a lower number wins: the rules take their priorities from the {RULES} numbers that start at the variable. A second file for one group needs another start."),
        ],
        removing: Vec::new(),
    }
}

/// The names of the variables.
struct Variables {
    resources: String,
    group: String,
    direction: String,
    priority: String,
}

impl Variables {
    fn new(document: &Document<'_>, sheet: &Sheet<'_>) -> Self {
        let stem = names::lower(&names::chain(document.owner(sheet), document.request.direction));
        let name = |end: &str| format!("{stem}_{end}");
        Self {
            resources: name("resource_group"),
            group: name("security_group"),
            direction: name("direction"),
            priority: name("priority"),
        }
    }

    fn blocks(&self) -> [Block; 4] {
        let text = |name: &str, what: &str| {
            let kind = Value::expression("string");
            Block::variable(name).with("type", kind).with("description", Value::text(what))
        };
        let last = PRIORITIES.1 - (RULES - 1);
        let number = Block::variable(&self.priority)
            .with("type", Value::expression("number"))
            .with(
                "description",
                Value::text(format!("First of the {RULES} priorities that the rules may take")),
            )
            .with("default", Value::expression("1000"));
        let way = text(
            &self.direction,
            "Inbound, or Outbound for the group of the hosts that open the connections",
        )
        .with("default", Value::text("Inbound"));
        let (direction, priority) = (&self.direction, &self.priority);
        [
            text(&self.resources, "Name of the resource group of the network security group"),
            text(&self.group, "Name of the network security group"),
            way.holding([valid(
                &format!("contains([\"Inbound\", \"Outbound\"], var.{direction})"),
                "The direction is Inbound or Outbound.",
            )]),
            number.holding([valid(
                &format!("var.{priority} >= {} && var.{priority} <= {last}", PRIORITIES.0),
                &format!("The first priority is a number from {} to {last}.", PRIORITIES.0),
            )]),
        ]
    }
}

fn valid(condition: &str, message: &str) -> Block {
    Block::inside("validation")
        .with("condition", Value::expression(condition))
        .with("error_message", Value::text(message))
}

fn apply(document: &Document<'_>, sheet: &Sheet<'_>) -> Vec<String> {
    let variables = Variables::new(document, sheet);
    let entries = document.all_entries(sheet);
    let places = places(entries.iter().map(|entry| entry.name.as_str()).collect());
    let mut head = Vec::new();
    if entries.len() > RULES {
        head.push(format!(
            "# These are {} rules, and a group holds {RULES}: write them by zone pair or by host.",
            entries.len()
        ));
    }
    let mut blocks = Vec::new();
    for block in variables.blocks() {
        blocks.push((std::mem::take(&mut head), block));
    }
    for of_rule in entries.chunk_by(|left, right| left.rule.id == right.rule.id) {
        let mut remarks = of_rule.first().map_or_else(Vec::new, |entry| remarks(document, entry.rule));
        for entry in of_rule {
            let place = places.get(entry.name.as_str()).copied().unwrap_or_default();
            blocks.push((std::mem::take(&mut remarks), resource(entry, &variables, place)));
        }
    }
    hcl::file(blocks)
}

/// A number for each name: the one that its hash asks for, or the next one that is free.
fn places(names: BTreeSet<&str>) -> BTreeMap<&str, usize> {
    let all = names.len().max(RULES);
    let mut taken = BTreeSet::new();
    let mut places = BTreeMap::new();
    for name in names {
        let wanted = names::slot(name, all);
        let free = (0..all).map(|step| (wanted + step) % all).find(|place| taken.insert(*place));
        places.insert(name, free.unwrap_or(wanted));
    }
    places
}

fn resource(entry: &Entry<'_>, variables: &Variables, place: usize) -> Block {
    let protocol = match entry.transport {
        Transport::Tcp => "Tcp",
        Transport::Udp => "Udp",
    };
    let var = |name: &str| Value::expression(format!("var.{name}"));
    // The two directions of one group must not share names.
    let name = format!("join(\"-\", [\"{}\", var.{}])", entry.name, variables.direction);
    Block::resource("azurerm_network_security_rule", &names::lower(&entry.name))
        .with("name", Value::expression(name))
        .with("description", Value::text(entry.comment()))
        .with("resource_group_name", var(&variables.resources))
        .with("network_security_group_name", var(&variables.group))
        .with("priority", Value::expression(format!("var.{} + {place}", variables.priority)))
        .with("direction", var(&variables.direction))
        .with("access", Value::text("Allow"))
        .with("protocol", Value::text(protocol))
        .with("source_port_range", Value::expression("\"*\""))
        .with("destination_port_ranges", Value::texts(&entry.ports))
        .with("source_address_prefixes", prefixes(entry.from.as_deref()))
        .with("destination_address_prefixes", prefixes(entry.to.as_deref()))
}

/// Networks with their prefixes, also where it is one address.
fn prefixes(peers: Option<&[Peer]>) -> Value {
    let net = |peer: &Peer| match peer {
        Peer::Net(net) => net.to_string(),
        Peer::Name(name) => name.clone(),
    };
    Value::Texts(peers.unwrap_or_default().iter().map(net).collect())
}
