//! An Ansible inventory, whichever form it was written in: groups, hosts, variables, and what they say of a host.

use std::collections::{BTreeMap, HashMap, HashSet, VecDeque};

use crate::catalogue::{Catalogue, Os};
use crate::plan::import::{Collector, Draft, Import, Kind, Place, Reason, is_blank_word, system_of};
use crate::plan::shown::brief;

/// A variable's value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Value {
    /// A text or number.
    Text(String),
    /// Encrypted with Ansible Vault.
    Encrypted,
    /// A list or mapping, in brief.
    Other(String),
}

/// A variable and where it stands.
#[derive(Debug, Clone)]
pub(super) struct Variable {
    pub name: String,
    pub value: Value,
    pub line: usize,
}

#[derive(Debug, Default)]
struct Group {
    name: String,
    variables: Vec<Variable>,
    parents: Vec<usize>,
    hosts: usize,
    /// The first line that names it.
    line: usize,
    /// Whether it has a description of its own.
    described: bool,
}

#[derive(Debug)]
struct Machine {
    name: String,
    lines: Vec<usize>,
    variables: Vec<Variable>,
    groups: Vec<usize>,
}

/// An inventory while it is read.
#[derive(Debug)]
pub(super) struct Inventory {
    pub collector: Collector,
    groups: Vec<Group>,
    group_places: HashMap<String, usize>,
    machines: Vec<Machine>,
    machine_places: HashMap<String, usize>,
    /// Variables that say nothing of a plan: their names, how often, and the first line.
    idle: BTreeMap<String, (usize, usize)>,
}

/// What a variable is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Topic {
    Address,
    Connection,
    System,
    Roles,
    Zone,
    Site,
    Note,
}

fn topic(name: &str) -> Option<Topic> {
    Some(match name {
        "ansible_host" | "ansible_ssh_host" => Topic::Address,
        "ansible_connection" | "ansible_shell_type" => Topic::Connection,
        "ansible_os_family" | "ansible_distribution" | "ansible_system" | "os" | "os_family" | "guest_os" => {
            Topic::System
        }
        "role" | "roles" | "veeam_role" | "veeam_roles" | "portplan_role" | "portplan_roles" => Topic::Roles,
        "zone" | "network_zone" | "security_zone" | "portplan_zone" => Topic::Zone,
        "site" | "location" | "datacenter" | "datacentre" | "portplan_site" => Topic::Site,
        "note" | "comment" | "description" | "portplan_note" => Topic::Note,
        _ => return None,
    })
}

impl Inventory {
    pub fn new(catalogue: &Catalogue) -> Self {
        Self {
            collector: Collector::new(catalogue),
            groups: Vec::new(),
            group_places: HashMap::new(),
            machines: Vec::new(),
            machine_places: HashMap::new(),
            idle: BTreeMap::new(),
        }
    }

    /// The group of this name; it need not be described yet.
    pub fn group(&mut self, name: &str, line: usize) -> usize {
        if let Some(at) = self.group_places.get(name) {
            return *at;
        }
        self.groups.push(Group { name: name.to_owned(), line, ..Group::default() });
        self.group_places.insert(name.to_owned(), self.groups.len() - 1);
        self.groups.len() - 1
    }

    /// The group has a description of its own.
    pub fn describe(&mut self, group: usize) {
        if let Some(group) = self.groups.get_mut(group) {
            group.described = true;
        }
    }

    pub fn child(&mut self, parent: usize, child: usize) {
        if let Some(child) = self.groups.get_mut(child)
            && !child.parents.contains(&parent)
        {
            child.parents.push(parent);
        }
    }

    pub fn group_variable(&mut self, group: usize, variable: Variable) {
        if topic(&variable.name).is_none() {
            self.idle(&variable);
        } else if let Some(group) = self.groups.get_mut(group) {
            group.variables.push(variable);
        }
    }

    fn idle(&mut self, variable: &Variable) {
        self.idle.entry(variable.name.clone()).or_insert((0, variable.line)).0 += 1;
    }

    /// A host of a group, with its variables.
    pub fn host(&mut self, group: usize, name: &str, line: usize, variables: Vec<Variable>) {
        let known = self.machine_places.get(name).copied();
        let at = known.unwrap_or_else(|| {
            self.machine_places.insert(name.to_owned(), self.machines.len());
            self.machines.push(Machine {
                name: name.to_owned(),
                lines: Vec::new(),
                variables: Vec::new(),
                groups: Vec::new(),
            });
            self.machines.len() - 1
        });
        let (known, idle): (Vec<_>, Vec<_>) =
            variables.into_iter().partition(|variable| topic(&variable.name).is_some());
        for variable in &idle {
            self.idle(variable);
        }
        if let Some(machine) = self.machines.get_mut(at) {
            machine.lines.push(line);
            machine.variables.extend(known);
            if !machine.groups.contains(&group) {
                machine.groups.push(group);
                if let Some(group) = self.groups.get_mut(group) {
                    group.hosts += 1;
                }
            }
        }
    }

    /// The group's ancestors and itself, nearest first. Groups that contain themselves end somewhere.
    fn ancestry(&self, own: &[usize]) -> Vec<usize> {
        let mut seen: HashSet<usize> = own.iter().copied().collect();
        let mut queue: VecDeque<usize> = own.iter().copied().collect();
        let mut all = Vec::new();
        // Every group is in this one, whether anybody says so or not.
        let whole = self.group_places.get("all").copied();
        while let Some(at) = queue.pop_front() {
            all.push(at);
            for parent in self.groups.get(at).map_or(&[][..], |group| &group.parents) {
                if seen.insert(*parent) {
                    queue.push_back(*parent);
                }
            }
        }
        all.retain(|at| Some(*at) != whole);
        all.extend(whole);
        all
    }

    /// What the inventory says of hosts.
    pub fn finish(mut self, kind: Kind) -> Import {
        let mut telling: HashSet<usize> = HashSet::new();
        // Hosts of one set of groups share all that these say.
        let mut shared: HashMap<Vec<usize>, Vec<usize>> = HashMap::new();
        for machine in std::mem::take(&mut self.machines) {
            if !shared.contains_key(&machine.groups) {
                shared.insert(machine.groups.clone(), self.ancestry(&machine.groups));
            }
            let ancestry = shared.get(&machine.groups).map_or(&[][..], Vec::as_slice);
            self.put(&machine, ancestry, &mut telling);
        }
        self.list_groups(&telling);
        for (name, (times, line)) in std::mem::take(&mut self.idle) {
            let often = if times == 1 { String::new() } else { format!(" and {} more", times - 1) };
            self.collector.note(format!("the variable {} was not read (line {line}{often})", brief(&name)));
        }
        self.collector.finish(kind)
    }

    fn put(&mut self, machine: &Machine, ancestry: &[usize], telling: &mut HashSet<usize>) {
        let mut draft = Draft::default();
        let mut told: HashSet<Topic> = HashSet::new();
        // The last one of a host counts, as in Ansible; then the groups, nearest first.
        for variable in machine.variables.iter().rev() {
            self.read(&mut draft, variable, &mut told);
        }
        for at in ancestry {
            let variables = self.groups.get_mut(*at).map(|group| std::mem::take(&mut group.variables));
            for variable in variables.iter().flatten().rev() {
                self.read(&mut draft, variable, &mut told);
            }
            if let (Some(group), Some(variables)) = (self.groups.get_mut(*at), variables) {
                group.variables = variables;
            }
        }
        for at in ancestry {
            let Some(group) = self.groups.get(*at) else { continue };
            let from = format!("group {}", brief(&group.name));
            if let Some(roles) = self.collector.words().likely(&group.name) {
                draft.guess_roles(roles, &from);
                telling.insert(*at);
            }
            if let Some(evidence) = system_of(&group.name).filter(|evidence| evidence.os() != Os::Other) {
                draft.guess_system(evidence.os(), from);
                telling.insert(*at);
            }
        }
        let place = Place::Line(machine.lines.first().copied().unwrap_or(1));
        if !told.contains(&Topic::Address) && machine.name.parse::<std::net::IpAddr>().is_ok() {
            self.collector.addresses(&mut draft, &place, &machine.name);
        }
        self.collector.put(place, &machine.name, draft);
    }

    fn read(&mut self, draft: &mut Draft, variable: &Variable, told: &mut HashSet<Topic>) {
        let Some(topic) = topic(&variable.name) else { return };
        let place = Place::Cell(variable.line, brief(&variable.name));
        let text = match &variable.value {
            Value::Text(text) if is_blank_word(text) => return,
            Value::Text(text) if text.contains("{{") || text.contains("{%") => {
                return self.collector.unread(place, text, Reason::Template);
            }
            Value::Text(text) => text,
            Value::Encrypted => return self.collector.unread(place, "", Reason::Encrypted),
            Value::Other(sketch) => {
                let why = Reason::Form { expected: "a text", found: "something else" };
                return self.collector.unread(place, sketch, why);
            }
        };
        let evidence = format!("{} {}", brief(&variable.name), brief(text));
        match topic {
            Topic::Connection => {
                if ["winrm", "psrp", "powershell", "cmd"].contains(&text.to_lowercase().as_str()) {
                    draft.guess_system(Os::Windows, evidence);
                }
            }
            Topic::System => match system_of(text) {
                Some(found) => draft.guess_system(found.os(), evidence),
                None if is_fact(text) => draft.guess_system(Os::Linux, evidence),
                None => self.collector.unread(place, text, Reason::System(text.clone())),
            },
            // Of the others, the nearest counts.
            _ if !told.insert(topic) => {}
            Topic::Address => self.collector.addresses(draft, &place, text),
            Topic::Roles => self.collector.roles(draft, &place, text),
            Topic::Zone => self.collector.zone(draft, &place, text),
            Topic::Site => self.collector.site(draft, &place, text),
            Topic::Note => self.collector.remark(draft, &place, text),
        }
    }

    fn list_groups(&mut self, telling: &HashSet<usize>) {
        for (at, group) in std::mem::take(&mut self.groups).into_iter().enumerate() {
            if !group.described && !matches!(group.name.as_str(), "all" | "ungrouped") {
                self.collector.unread(Place::Line(group.line), &group.name, Reason::NoGroup);
            } else if !telling.contains(&at) && !matches!(group.name.as_str(), "all" | "ungrouped") {
                let hosts =
                    if group.hosts == 1 { "1 host".to_owned() } else { format!("{} hosts", group.hosts) };
                let name = brief(&group.name);
                self.collector
                    .note(format!("group {name} ({hosts}) stands for no role (line {})", group.line));
            }
        }
    }
}

/// Families of distributions as Ansible names them that no other word gives away.
fn is_fact(text: &str) -> bool {
    ["altlinux", "mandrake", "slackware", "clearlinux", "archlinux"].contains(&text.to_lowercase().as_str())
}

/// The most names that one range stands for.
const RANGE: usize = 100_000;

/// The names that a pattern such as `web[01:10]` or `db-[a:c]` stands for.
pub(super) fn names(pattern: &str) -> Result<Vec<String>, Reason> {
    let mut names = vec![String::new()];
    let mut rest = pattern;
    while let Some((head, tail)) = rest.split_once('[') {
        let (range, tail) = tail.split_once(']').ok_or(Reason::Range)?;
        let parts = parts(range)?;
        if names.len().saturating_mul(parts.len()) > RANGE {
            return Err(Reason::TooMany);
        }
        names = names
            .iter()
            .flat_map(|name| parts.iter().map(move |part| format!("{name}{head}{part}")))
            .collect();
        rest = tail;
    }
    for name in &mut names {
        name.push_str(rest);
    }
    Ok(names)
}

/// `01:10`, `a:f`, and either with a step behind it.
fn parts(range: &str) -> Result<Vec<String>, Reason> {
    let mut words = range.split(':');
    let (Some(first), Some(last), step, None) = (words.next(), words.next(), words.next(), words.next())
    else {
        return Err(Reason::Range);
    };
    let step: usize = step.map_or(Ok(1), str::parse).map_err(|_| Reason::Range)?;
    if step == 0 {
        return Err(Reason::Range);
    }
    let first = if first.is_empty() { "0" } else { first };
    if let (Ok(low), Ok(high)) = (first.parse::<u32>(), last.parse::<u32>()) {
        let width = if first.starts_with('0') { first.len() } else { 0 };
        if low > high {
            return Err(Reason::Range);
        }
        if usize::try_from(high - low).unwrap_or(usize::MAX) / step > RANGE {
            return Err(Reason::TooMany);
        }
        return Ok((low..=high).step_by(step).map(|number| format!("{number:0width$}")).collect());
    }
    let mut letters = (first.chars(), last.chars());
    match (letters.0.next(), letters.0.next(), letters.1.next(), letters.1.next()) {
        (Some(low), None, Some(high), None)
            if low <= high
                && (low.is_ascii_lowercase() == high.is_ascii_lowercase())
                && low.is_ascii_alphabetic()
                && high.is_ascii_alphabetic() =>
        {
            Ok((low..=high).step_by(step).map(String::from).collect())
        }
        _ => Err(Reason::Range),
    }
}
