//! Reads plays: tasks for firewalld and ufw, which must open the same, and for the Windows firewall.

use std::collections::{BTreeMap, BTreeSet};

use crate::snippets::opening::{Opening, Product, Side, place, ports};

/// A task: its module, the settings of the module, and the items that it is repeated for.
#[derive(Debug, Default)]
pub struct Task {
    pub module: String,
    pub settings: BTreeMap<String, String>,
    pub items: Vec<String>,
    pub when: String,
}

/// The tasks with the host that stands in the heading above their play.
pub fn tasks(text: &str) -> Vec<(String, Task)> {
    let mut tasks: Vec<(String, Task)> = Vec::new();
    let mut host = String::new();
    for line in text.lines() {
        host = place(line).unwrap_or(host);
        let depth = line.len() - line.trim_start().len();
        let line = line.trim_start();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let task = tasks.last_mut().map(|(_, task)| task);
        match (depth, line.split_once(": ")) {
            (4, Some(("- name", _))) => tasks.push((host.clone(), Task::default())),
            (6, None) if line.ends_with(':') && line.contains('.') => {
                line.trim_end_matches(':').clone_into(&mut task.unwrap().module);
            }
            (6, Some(("when", when))) => when.clone_into(&mut task.unwrap().when),
            (8, None) => task.unwrap().items.push(unquoted(line.strip_prefix("- ").unwrap()).to_owned()),
            (8, Some(_)) if line.starts_with("- ") => panic!("{line} is no string"),
            (8, Some((key, value))) => {
                let known = task.unwrap().settings.insert(key.to_owned(), unquoted(value).to_owned());
                assert!(known.is_none(), "{line}");
            }
            (0 | 2 | 6, _) => {}
            _ => panic!("{depth} blanks before {line}"),
        }
    }
    tasks
}

fn unquoted(value: &str) -> &str {
    value.strip_prefix("!unsafe ").unwrap_or(value).trim_matches(['"', '\''])
}

pub fn read(text: &str) -> BTreeSet<Opening> {
    let (mut windows, mut firewalld, mut ufw) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
    for (host, task) in tasks(text) {
        match task.module.as_str() {
            "community.windows.win_firewall_rule" => windows_rule(&host, &task, &mut windows),
            "ansible.posix.firewalld" => rich_rules(&host, &task, &mut firewalld),
            "community.general.ufw" => ufw_rule(&host, &task, &mut ufw),
            "ansible.builtin.command" | "ansible.builtin.fail" | "" => {}
            other => panic!("{other}"),
        }
    }
    if text.contains("firewall-cmd") {
        assert_eq!(firewalld, ufw, "what firewalld and ufw open differs");
    }
    windows.into_iter().chain(ufw).collect()
}

fn windows_rule(host: &str, task: &Task, openings: &mut BTreeSet<Opening>) {
    let set = |key: &str| task.settings[key].as_str();
    assert_eq!((set("action"), set("enabled"), set("state")), ("allow", "true", "present"));
    let inbound = set("direction") == "in";
    let key = if inbound { "localport" } else { "remoteport" };
    let ports: Vec<_> = set(key).split(',').map(|range| ports(range, '-')).collect();
    let remote: Vec<Side> = set("remoteip").split(',').map(Side::parse).collect();
    let (from, to) = ends(inbound, remote);
    Product { place: host, from: &from, to: &to, transport: set("protocol"), ports: &ports }.add_to(openings);
}

fn ends(inbound: bool, remote: Vec<Side>) -> (Vec<Side>, Vec<Side>) {
    let here = vec![Side::Here];
    if inbound { (remote, here) } else { (here, remote) }
}

fn ufw_rule(host: &str, task: &Task, openings: &mut BTreeSet<Opening>) {
    let set = |key: &str| task.settings[key].as_str();
    assert_eq!((set("rule"), task.when.contains("Status: active")), ("allow", true));
    let inbound = set("direction") == "in";
    assert_eq!(set(if inbound { "from_ip" } else { "to_ip" }), "{{ item }}");
    assert!(set("to_port").split([',', ':']).count() <= 15, "{task:?}");
    let ports: Vec<_> = set("to_port").split(',').map(|range| ports(range, ':')).collect();
    let remote: Vec<Side> = task.items.iter().map(|item| Side::parse(item)).collect();
    let (from, to) = ends(inbound, remote);
    Product { place: host, from: &from, to: &to, transport: set("proto"), ports: &ports }.add_to(openings);
}

fn rich_rules(host: &str, task: &Task, openings: &mut BTreeSet<Opening>) {
    let set = |key: &str| task.settings[key].as_str();
    assert_eq!((set("rich_rule"), set("state")), ("{{ item }}", "enabled"));
    assert_eq!(
        (set("permanent"), set("immediate"), task.when.as_str()),
        ("true", "true", "veeam_firewalld.rc == 0")
    );
    assert!(!task.items.is_empty());
    for item in &task.items {
        let parts: Vec<&str> = item.split('"').collect();
        let [
            "rule family=",
            family,
            " source address=",
            net,
            " port port=",
            range,
            " protocol=",
            transport,
            " accept",
        ] = parts.as_slice()
        else {
            panic!("{item}")
        };
        let from = [Side::parse(net)];
        assert_eq!(from[0].is_v6(), Some(*family == "ipv6"), "{item}");
        let to = [Side::Here];
        Product { place: host, from: &from, to: &to, transport, ports: &[ports(range, '-')] }
            .add_to(openings);
    }
}
