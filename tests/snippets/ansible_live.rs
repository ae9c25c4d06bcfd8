//! The playbooks as Ansible sees them, and their tasks against the documentation of the modules.

use std::collections::BTreeMap;

use portplan::catalogue::{Os, Transport};
use portplan::snippets::{Direction, Purpose, Target};
use serde_json::Value;

use super::live::run;
use super::plans::{World, small};
use super::readers::ansible::tasks;

const EVERY: [(Direction, Purpose); 4] = [
    (Direction::Inbound, Purpose::Apply),
    (Direction::Inbound, Purpose::Remove),
    (Direction::Outbound, Purpose::Apply),
    (Direction::Outbound, Purpose::Remove),
];

/// Fails where Ansible finds no playbook, or a task of a module that it does not know.
fn check(text: &str) {
    let file = tempfile::Builder::new().suffix(".yml").tempfile().unwrap();
    std::fs::write(file.path(), text).unwrap();
    let path = file.path().to_str().unwrap();
    let (fine, said) = run("ansible-playbook", &["--syntax-check", "-i", "nowhere,", path], "");
    assert!(fine, "ansible-playbook: {said}\n{text}");
}

#[test]
fn playbooks_are_valid() {
    let world = small();
    let texts = EVERY.map(|(direction, purpose)| world.write(Target::Ansible, direction, purpose));
    for text in &texts {
        assert!(text.contains("hosts: veeam_6072bf_h"), "{text}");
    }
    // Plays of several files are one playbook: one run of Ansible for all.
    check(&texts.concat());
}

#[test]
fn tasks_give_modules_what_their_documentation_knows() {
    let modules = ["ansible.posix.firewalld", "community.general.ufw", "community.windows.win_firewall_rule"];
    let more = ["ansible.builtin.command", "ansible.builtin.fail"];
    let (fine, said) = run("ansible-doc", &[&["--json"], &modules[..], &more[..]].concat(), "");
    assert!(fine, "{said}");
    // Warnings may stand before it.
    let (_, json) = said.split_once('{').unwrap();
    let documentation: Value = serde_json::from_str(&format!("{{{json}")).unwrap();
    let world = small();
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for (direction, purpose) in EVERY {
        for (_, task) in tasks(&world.write(Target::Ansible, direction, purpose)) {
            *seen.entry(task.module.clone()).or_default() += 1;
            let options = &documentation[&task.module]["doc"]["options"];
            for (key, value) in task.settings.iter().filter(|(key, _)| *key != "LC_ALL") {
                let option = &options[key];
                assert!(option.is_object(), "{} has no {key}", task.module);
                if let Some(choices) = option["choices"].as_array() {
                    assert!(
                        choices.iter().any(|choice| choice == value),
                        "{key} of {} is {value}",
                        task.module
                    );
                }
            }
        }
    }
    assert!(modules.iter().all(|module| seen.contains_key(*module)), "{seen:?}");
}

#[test]
fn no_text_of_a_person_becomes_a_template() {
    let texts =
        ["plain", "{{ lookup('pipe','id') }}", "{% for x in y %}", "\"}} - name: \"{{ x", "!unsafe x: y # z"];
    let shapes = texts.map(|text| {
        let mut world = World::new(text);
        let from = world.host("from", Os::Linux, "", &["10.0.0.1"]);
        for (at, os) in [Os::Linux, Os::Windows].into_iter().enumerate() {
            let to = world.host(&format!("to{at}"), os, "", &[&format!("10.0.0.{}", at + 2)]);
            world.own(from, to, Transport::Tcp, &["445"], text);
        }
        let text = world.write(Target::Ansible, Direction::Inbound, Purpose::Apply);
        // The only templates are ours.
        let rest = text.replace("\"{{ item }}\"", "");
        assert!(!rest.contains(['{', '}', '%']), "{text}");
        for line in rest.lines().filter(|line| line.contains(" to to")) {
            let comment = line.trim_start().starts_with('#');
            assert!(comment || line.contains(": !unsafe \""), "{line}");
        }
        check(&text);
        tasks(&text).len()
    });
    assert!(shapes.iter().all(|shape| *shape == shapes[0] && *shape > 4), "{shapes:?}");
}
