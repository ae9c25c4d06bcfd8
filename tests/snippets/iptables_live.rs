//! The scripts for iptables, really run by a shell in a network namespace of their own.

use portplan::catalogue::{Os, Transport};
use portplan::snippets::{Direction, Purpose, Selection, Target};

use super::live::{blocks, lint, run};
use super::plans::{World, rows, small};

/// Rules as an operator may have them, a chain with a similar name included.
const BEFORE: &str = "*filter
:INPUT DROP [0:0]
:FORWARD DROP [0:0]
:OUTPUT ACCEPT [0:0]
:VEEAM-OTHER - [0:0]
-A INPUT -i lo -j ACCEPT
-A INPUT -m conntrack --ctstate ESTABLISHED,RELATED -j ACCEPT
-A INPUT -p tcp --dport 22 -j VEEAM-OTHER
-A VEEAM-OTHER -j ACCEPT
COMMIT
";

/// Runs the steps in a fresh namespace and returns what is in force after each.
fn states(steps: &[&str]) -> Vec<String> {
    let list =
        "iptables-save -t filter | grep -v '^#'; ip6tables-save -t filter | grep -v '^#'; echo ======\n";
    // The lock file lies where only root may write.
    let mut script = "set -eu\nexport XTABLES_LOCKFILE=/dev/null\n".to_owned();
    for command in ["iptables", "ip6tables"] {
        script.extend([command, "-restore <<'BEFORE'\n", BEFORE, "BEFORE\n"]);
    }
    script += list;
    for step in steps {
        script.extend([step, "\n", list]);
    }
    let (done, text) = run("unshare", &["-rn", "sh", "-eu", "-s"], &script);
    assert!(done, "the scripts failed in a namespace:\n{text}\n{script}");
    // Counters of chains are no rules.
    text.split("======\n").map(|state| state.replace(['[', ']'], "")).collect()
}

#[test]
fn applying_twice_is_once_and_removing_restores_what_was_there() {
    let world = small();
    for direction in Direction::ALL {
        let apply = world.write(Target::Iptables, direction, Purpose::Apply);
        let remove = world.write(Target::Iptables, direction, Purpose::Remove);
        lint(&apply);
        lint(&remove);
        for (apply, remove) in blocks(&apply).iter().zip(&blocks(&remove)) {
            let states = states(&[apply, apply, remove, remove]);
            assert!(states[1].contains("VEEAM-6072BF-"), "{}", states[1]);
            assert_eq!(states[1], states[2], "{apply}");
            assert_eq!(states[0], states[3], "{remove}");
            assert_eq!(states[0], states[4], "{remove}");
        }
    }
}

#[test]
fn more_ports_than_one_rule_holds_are_loaded_as_several() {
    let mut world = World::new("Slots");
    let ports: Vec<String> =
        (0..40).map(|at| format!("{}-{}", 1000 + at * 10, 1000 + at * 10 + at % 2)).collect();
    let ports: Vec<&str> = ports.iter().map(String::as_str).collect();
    let from = world.host("from", Os::Other, "", &["10.0.0.1", "2001:db8::1"]);
    let to = world.host("to", Os::Linux, "", &["10.0.0.2", "2001:db8::2"]);
    world.own(from, to, Transport::Tcp, &ports, "many");
    for direction in [Direction::Inbound, Direction::Transit] {
        let apply = world.write(Target::Iptables, direction, Purpose::Apply);
        let states = states(&[&apply, &apply]);
        // 20 ports and 20 ranges take 60 slots.
        let rules = states[1].matches("-m multiport").count();
        assert_eq!((rules, states[1] == states[2]), (2 * 4, true), "{apply}");
    }
}

#[test]
fn rules_of_a_family_that_has_none_any_more_go() {
    let mut world = World::new("Shrink");
    let from = world.host("from", Os::Other, "", &["10.0.0.1", "2001:db8::1"]);
    let to = world.host("to", Os::Linux, "", &[]);
    world.own(from, to, Transport::Tcp, &["445"], "x");
    let both = world.write(Target::Iptables, Direction::Inbound, Purpose::Apply);
    let mut host = world.plan.host(from).unwrap().clone();
    host.addresses.truncate(1);
    world.plan.apply(portplan::plan::Edit::Replace(Box::new(host))).unwrap();
    let one = world.write(Target::Iptables, Direction::Inbound, Purpose::Apply);
    let states = states(&[&both, &one]);
    assert!(states[1].contains("2001:db8::1") && !states[2].contains("2001:db8::1"), "{}", states[2]);
    assert!(states[2].contains("10.0.0.1"));
}

#[test]
fn a_part_leaves_the_rules_of_the_whole_host_alone() {
    let world = small();
    let flows = world.flows();
    let flow = rows(&flows).into_iter().find(|flow| flow.to == world.at(&flows, "db")).unwrap();
    let part = |purpose| {
        let asked = (Direction::Inbound, purpose);
        world.try_write(&flows, Selection::Flow(flow), "x", Target::Iptables, asked).unwrap()
    };
    let whole = world.write(Target::Iptables, Direction::Inbound, Purpose::Apply);
    let states = states(&[&whole, &part(Purpose::Apply), &part(Purpose::Remove)]);
    assert_ne!(states[1], states[2]);
    assert_eq!(states[1], states[3]);
}
