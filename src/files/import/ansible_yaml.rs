//! Ansible inventories in the YAML form.

use std::rc::Rc;

use crate::catalogue::Catalogue;
use crate::plan::import::{Import, Kind, Place, Reason};
use crate::plan::shown::brief;

use super::ansible::{Inventory, Value, Variable, names};
use super::error::Fault;
use super::yaml::{Content, Node, parse};

/// Groups within groups; deeper than any inventory.
const DEPTH: usize = 20;

/// So many parts are looked at: with references, a small file can stand for a very large one.
const VISITS: usize = 2_000_000;

type Pairs = [(Rc<Node>, Rc<Node>)];

pub(super) fn read(text: &str, catalogue: &Catalogue) -> Result<Import, Fault> {
    let documents = parse(text)?;
    let mut reader = Reader { inventory: Inventory::new(catalogue), visits: 0 };
    let mut documents = documents.into_iter();
    let Some(first) = documents.next() else { return Err(Fault::whole("there is nothing in it")) };
    let Content::Mapping(groups) = &first.content else {
        let what = format!("an inventory is a mapping of groups, and this is {}", first.what());
        return Err(Fault::at(first.line, 0, &what));
    };
    if groups.iter().all(|(key, _)| key.text() == Some("_meta")) {
        return Err(Fault::at(first.line, 0, "there is no group in it"));
    }
    for (key, value) in groups {
        reader.group(key, value, None, 0);
    }
    for more in documents {
        reader.unread(
            more.line,
            "---",
            Reason::Syntax("an inventory is one document; this is a further one"),
        );
    }
    Ok(reader.inventory.finish(Kind::AnsibleYaml))
}

struct Reader {
    inventory: Inventory,
    visits: usize,
}

impl Reader {
    fn unread(&mut self, line: usize, text: &str, why: Reason) {
        self.inventory.collector.unread(Place::Line(line), text, why);
    }

    /// Whether there is still room; says so once where there is not.
    fn may_visit(&mut self, line: usize, text: &str) -> bool {
        self.visits += 1;
        if self.visits == VISITS {
            self.unread(line, text, Reason::TooDeep);
        }
        self.visits < VISITS
    }

    fn group(&mut self, key: &Node, value: &Node, parent: Option<usize>, depth: usize) {
        let Some(name) = key.text() else {
            return self.unread(
                key.line,
                "",
                Reason::Form { expected: "the name of a group", found: key.what() },
            );
        };
        if depth > DEPTH {
            return self.unread(key.line, name, Reason::TooDeep);
        }
        if !self.may_visit(key.line, name) {
            return;
        }
        let group = self.inventory.group(name, key.line);
        if let Some(parent) = parent {
            self.inventory.child(parent, group);
        }
        // A child without content is described elsewhere, or has no hosts.
        self.inventory.describe(group);
        for (word, value) in self.pairs(value, name) {
            match word.text() {
                Some("hosts") => self.hosts(group, &value),
                Some("children") => {
                    for (key, value) in self.pairs(&value, "children") {
                        self.group(&key, &value, Some(group), depth + 1);
                    }
                }
                Some("vars") => {
                    for variable in self.variables(&value) {
                        self.inventory.group_variable(group, variable);
                    }
                }
                other => {
                    let text = format!("{}: {}", other.unwrap_or_default(), value.sketch());
                    let why = Reason::Syntax("a group has hosts, children and vars");
                    self.unread(word.line, &text, why);
                }
            }
        }
    }

    /// The pairs of a mapping; nothing is an empty one.
    fn pairs(&mut self, node: &Node, text: &str) -> Vec<(Rc<Node>, Rc<Node>)> {
        match &node.content {
            Content::Mapping(pairs) => pairs.clone(),
            Content::Nothing => Vec::new(),
            _ => {
                let text = format!("{text}: {}", node.sketch());
                self.unread(node.line, &text, Reason::Form { expected: "a mapping", found: node.what() });
                Vec::new()
            }
        }
    }

    fn hosts(&mut self, group: usize, node: &Node) {
        if let Content::Text(name) = &node.content {
            return self.host(group, name, node.line, &[]);
        }
        for (key, value) in self.pairs(node, "hosts") {
            let Some(pattern) = key.text() else {
                let why = Reason::Form { expected: "the name of a host", found: key.what() };
                self.unread(key.line, "", why);
                continue;
            };
            if !self.may_visit(key.line, pattern) {
                return;
            }
            let variables = self.variables(&value);
            self.host(group, pattern, key.line, &variables);
        }
    }

    fn host(&mut self, group: usize, pattern: &str, line: usize, variables: &[Variable]) {
        match names(pattern) {
            Ok(names) => {
                for name in names {
                    if !self.may_visit(line, pattern) {
                        return;
                    }
                    self.inventory.host(group, &name, line, variables.to_vec());
                }
            }
            Err(why) => self.unread(line, pattern, why),
        }
    }

    fn variables(&mut self, node: &Node) -> Vec<Variable> {
        let pairs = self.pairs(node, "variables");
        let mut variables = Vec::new();
        self.add_variables(&pairs, &mut variables, 0);
        variables
    }

    fn add_variables(&mut self, pairs: &Pairs, variables: &mut Vec<Variable>, depth: usize) {
        for (key, value) in pairs {
            let name = key.text().unwrap_or_default();
            if !self.may_visit(key.line, name) {
                return;
            }
            // What is merged in counts less than what stands there, and the last one counts.
            if let ("<<", Content::Mapping(merged), true) = (name, &value.content, depth < DEPTH) {
                let mut before = Vec::new();
                self.add_variables(merged, &mut before, depth + 1);
                before.append(variables);
                *variables = before;
                continue;
            }
            let value = match &value.content {
                _ if value.encrypted => Value::Encrypted,
                Content::Text(text) if text.starts_with("$ANSIBLE_VAULT") => Value::Encrypted,
                Content::Text(text) => Value::Text(text.clone()),
                Content::Nothing => Value::Text(String::new()),
                Content::List(items) => list(items, value),
                Content::Mapping(_) | Content::Circle => Value::Other(value.sketch()),
            };
            let name = if name.is_empty() { brief(key.what()) } else { name.to_owned() };
            variables.push(Variable { name, value, line: key.line });
        }
    }
}

/// A list of texts, as several roles or addresses are written.
fn list(items: &[Rc<Node>], all: &Node) -> Value {
    let texts: Option<Vec<&str>> = items.iter().take(1000).map(|item| item.text()).collect();
    texts.map_or_else(|| Value::Other(all.sketch()), |texts| Value::Text(texts.join(", ")))
}
