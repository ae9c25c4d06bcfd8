//! The PowerShell text as a parser sees it: no errors, and only commands and parameters that exist.

use std::collections::BTreeSet;

use portplan::snippets::{Direction, Purpose, Target};
use tree_sitter::{Node, Parser};

use super::plans::small;

const COMMANDS: [&str; 5] =
    ["Get-NetFirewallRule", "Remove-NetFirewallRule", "New-NetFirewallRule", "Format-Table", "Out-Null"];

/// From the vendor's reference of the commands above.
const PARAMETERS: [&str; 9] =
    ["-PolicyStore", "-Name", "-ErrorAction", "-Group", "-Action", "-Profile", "-Enabled", "-Property", "@r"];

/// Parameters of `New-NetFirewallRule` that reach it through the table `@r`.
const FIELDS: [&str; 8] = [
    "Name",
    "DisplayName",
    "Description",
    "Direction",
    "Protocol",
    "LocalPort",
    "RemotePort",
    "RemoteAddress",
];

/// What a text consists of, as far as the tests ask.
#[derive(Debug, Default)]
pub struct Parts {
    pub commands: Vec<String>,
    pub parameters: BTreeSet<String>,
    pub fields: BTreeSet<String>,
    pub expandable: Vec<String>,
}

pub fn parse(text: &str) -> Parts {
    let mut parser = Parser::new();
    parser.set_language(&tree_sitter_powershell::LANGUAGE.into()).unwrap();
    let tree = parser.parse(text, None).unwrap();
    assert!(!tree.root_node().has_error(), "{}\n{text}", tree.root_node().to_sexp());
    let mut parts = Parts::default();
    walk(tree.root_node(), text, &mut parts);
    parts
}

fn walk(node: Node<'_>, text: &str, parts: &mut Parts) {
    let own = || text.get(node.byte_range()).unwrap().to_owned();
    match node.kind() {
        "command_name" => parts.commands.push(own()),
        "command_parameter" => drop(parts.parameters.insert(own())),
        "key_expression" => drop(parts.fields.insert(own())),
        "expandable_string_literal" | "expandable_here_string_literal" | "sub_expression" => {
            parts.expandable.push(own());
        }
        _ => {}
    }
    let mut cursor = node.walk();
    for child in node.children(&mut cursor) {
        walk(child, text, parts);
    }
}

pub fn check(text: &str) -> Parts {
    assert!(text.is_ascii(), "{text}");
    let parts = parse(text);
    for command in &parts.commands {
        assert!(COMMANDS.contains(&command.as_str()), "unknown command {command} in\n{text}");
    }
    for parameter in &parts.parameters {
        assert!(PARAMETERS.contains(&parameter.as_str()), "unknown parameter {parameter}");
    }
    for field in &parts.fields {
        assert!(FIELDS.contains(&field.as_str()), "unknown parameter {field}");
    }
    assert!(parts.expandable.is_empty(), "{:?}", parts.expandable);
    parts
}

#[test]
fn the_small_plan_parses() {
    let world = small();
    for direction in [Direction::Inbound, Direction::Outbound] {
        let apply = check(&world.write(Target::PowerShell, direction, Purpose::Apply));
        assert!(apply.commands.iter().any(|command| command == "New-NetFirewallRule"), "{apply:?}");
        assert!(apply.fields.contains("RemoteAddress"), "{apply:?}");
        let remove = check(&world.write(Target::PowerShell, direction, Purpose::Remove));
        assert!(!remove.commands.iter().any(|command| command == "New-NetFirewallRule"), "{remove:?}");
    }
}

#[test]
fn a_block_has_no_blank_line_inside() {
    let world = small();
    for purpose in [Purpose::Apply, Purpose::Remove] {
        let text = world.write(Target::PowerShell, Direction::Inbound, purpose);
        let mut inside = false;
        for line in text.lines() {
            inside = (inside || line == "& {") && line != "}";
            assert!(!inside || !line.trim().is_empty(), "{text}");
        }
    }
}
