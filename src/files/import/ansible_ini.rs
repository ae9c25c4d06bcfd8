//! Ansible inventories in the INI form.

use crate::catalogue::Catalogue;
use crate::plan::import::{Import, Kind, Place, Reason};

use super::ansible::{Inventory, Value, Variable, names};

/// What the lines of a section are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Section {
    Hosts,
    Children,
    Variables,
    /// Of a kind that there is not.
    Unknown,
}

pub(super) fn read(text: &str, catalogue: &Catalogue) -> Import {
    let mut inventory = Inventory::new(catalogue);
    let mut group = inventory.group("ungrouped", 1);
    let mut section = Section::Hosts;
    for (number, line) in (1..).zip(lines(text)) {
        let line = line.trim();
        if line.is_empty() || line.starts_with(['#', ';']) {
            continue;
        }
        if line.starts_with('[') && !line.contains('=') && header(line).is_some() {
            (group, section) = open(&mut inventory, line, number, group);
            continue;
        }
        match section {
            Section::Hosts => host(&mut inventory, group, line, number),
            Section::Children => {
                let child = inventory.group(without_comment(line), number);
                inventory.child(group, child);
            }
            Section::Variables => {
                if let Some(variable) = variable(without_comment(line), number) {
                    inventory.group_variable(group, variable);
                } else {
                    let why = Reason::Syntax("a variable is written name=value");
                    inventory.collector.unread(Place::Line(number), line, why);
                }
            }
            Section::Unknown => {
                let why = Reason::Syntax("it stands in a section of an unknown kind");
                inventory.collector.unread(Place::Line(number), line, why);
            }
        }
    }
    inventory.finish(Kind::AnsibleIni)
}

fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.split('\n').flat_map(|line| line.trim_end_matches('\r').split('\r'))
}

/// The name between the brackets, if nothing but a comment follows.
fn header(line: &str) -> Option<&str> {
    let (name, rest) = line.strip_prefix('[')?.split_once(']')?;
    let rest = rest.trim();
    (rest.is_empty() || rest.starts_with(['#', ';'])).then_some(name.trim())
}

fn open(inventory: &mut Inventory, line: &str, number: usize, before: usize) -> (usize, Section) {
    let name = header(line).unwrap_or_default();
    let (name, kind) = name.split_once(':').unwrap_or((name, "hosts"));
    let section = match kind {
        "hosts" => Section::Hosts,
        "children" => Section::Children,
        "vars" => Section::Variables,
        _ => {
            let why = Reason::Syntax("sections are called [group], [group:children] or [group:vars]");
            inventory.collector.unread(Place::Line(number), line, why);
            return (before, Section::Unknown);
        }
    };
    if name.is_empty() {
        inventory.collector.unread(Place::Line(number), line, Reason::Syntax("the group has no name"));
        return (before, Section::Unknown);
    }
    let group = inventory.group(name, number);
    inventory.describe(group);
    (group, section)
}

fn without_comment(line: &str) -> &str {
    let cut = [" #", "\t#", " ;"].iter().filter_map(|mark| line.find(mark)).min();
    cut.and_then(|at| line.get(..at)).unwrap_or(line).trim_end()
}

/// `name=value`, with or without quotation marks around the value.
fn variable(text: &str, line: usize) -> Option<Variable> {
    let (name, value) = text.split_once('=')?;
    let value = value.trim();
    let bare = ['"', '\''].iter().find_map(|mark| value.strip_prefix(*mark)?.strip_suffix(*mark));
    let value = bare.unwrap_or(value);
    let value = if value.starts_with("!vault") || value.contains("$ANSIBLE_VAULT") {
        Value::Encrypted
    } else {
        Value::Text(value.to_owned())
    };
    Some(Variable { name: name.trim().to_owned(), value, line }).filter(|variable| !variable.name.is_empty())
}

fn host(inventory: &mut Inventory, group: usize, line: &str, number: usize) {
    let words = words(line);
    let Some((pattern, rest)) = words.split_first() else { return };
    let mut variables = Vec::new();
    for word in rest {
        if let Some(variable) = variable(word, number) {
            variables.push(variable);
        } else {
            let why = Reason::Syntax("behind the name, name=value was expected");
            inventory.collector.unread(Place::Line(number), word, why);
        }
    }
    match names(without_port(pattern)) {
        Ok(names) => {
            for name in names {
                inventory.host(group, &name, number, variables.clone());
            }
        }
        Err(why) => inventory.collector.unread(Place::Line(number), line, why),
    }
}

/// The name in front of the port for SSH, which says nothing of a plan.
fn without_port(pattern: &str) -> &str {
    match pattern.rsplit_once(':') {
        Some((name, port))
            if !port.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit()) && !ends_inside(name) =>
        {
            name
        }
        _ => pattern,
    }
}

/// Whether a range is open at the end, or the name is an IPv6 address.
fn ends_inside(name: &str) -> bool {
    name.rfind('[') > name.rfind(']') || !name.contains('[') && name.contains(':')
}

/// Whether `{{` was not closed yet.
fn is_open_template(word: &str) -> bool {
    word.rfind("{{").is_some_and(|at| word.get(at..).is_some_and(|rest| !rest.contains("}}")))
}

/// The words of a line; quotation marks hold them together, and `#` begins a comment.
fn words(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    let mut quote = None;
    for letter in line.chars() {
        match quote {
            Some(mark) if letter == mark => quote = None,
            None if letter == '"' || letter == '\'' => quote = Some(letter),
            None if letter == '#' && word.is_empty() => break,
            None if letter.is_whitespace() && !is_open_template(&word) => {
                if !word.is_empty() {
                    words.push(std::mem::take(&mut word));
                }
            }
            _ => word.push(letter),
        }
    }
    if !word.is_empty() {
        words.push(word);
    }
    words
}
