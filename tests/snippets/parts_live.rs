//! Snippets of one plan, and rules of the operator, on one machine: none takes away what another one needs.

use portplan::catalogue::{Os, Transport};
use portplan::snippets::{Direction, Purpose, Selection, Target};

use super::lab::{Lab, UFW_FILES};
use super::live::blocks;
use super::plans::{World, rows};

/// Apply and remove of all of `db`, and of its first flow, which is the same rule.
fn scripts(target: Target) -> [String; 4] {
    let mut world = World::new("Parts");
    let one = world.host("one", Os::Other, "", &["10.0.0.1", "fd00::1"]);
    let db = world.host("db", Os::Linux, "", &[]);
    world.own(one, db, Transport::Tcp, &["445", "2500-3300"], "first");
    world.own(one, db, Transport::Udp, &["53"], "second");
    let flows = world.flows();
    let all = World::all(&flows);
    let flow = rows(&flows)[0];
    let write = |selection, purpose| {
        let text = world.try_write(&flows, selection, "x", target, (Direction::Inbound, purpose)).unwrap();
        blocks(&text).remove(0)
    };
    let (all, flow) = (Selection::Listing(&all), Selection::Flow(flow));
    [
        write(all, Purpose::Apply),
        write(all, Purpose::Remove),
        write(flow, Purpose::Apply),
        write(flow, Purpose::Remove),
    ]
}

/// The state after each step.
fn states(lab: &mut Lab, list: &str, steps: &[&str]) -> Vec<String> {
    let mut states = vec![lab.run("db", list)];
    for step in steps {
        lab.run("db", step);
        states.push(lab.run("db", list));
    }
    states
}

#[test]
fn the_table_that_stands_alone_is_shared_by_the_snippets_of_a_plan() {
    let [whole, whole_off, part, part_off] = scripts(Target::NftablesStandalone);
    let [whole, part] = [whole, part].map(|apply| format!("export VEEAM_MANAGEMENT=10.9.0.0/16\n{apply}"));
    let mut lab = Lab::bare();
    let list = "nft -s list ruleset";
    let states = states(&mut lab, list, &[&whole, &part, &part, &part_off, &part, &whole_off, &part_off]);
    assert_eq!(states[2].matches("policy drop").count(), 1, "{}", states[2]);
    assert_eq!(states[2], states[3]);
    assert_eq!(states[1], states[4], "taking away the part keeps the whole");
    assert!(states[6].contains("10.0.0.1") && !states[6].contains("2500-3300"), "{}", states[6]);
    assert_eq!((states[0].as_str(), states[7].as_str()), ("", ""));
}

#[test]
fn ufw_keeps_a_rule_until_nobody_needs_it() {
    let [whole, whole_off, part, part_off] = scripts(Target::Ufw);
    let mut lab = Lab::bare();
    lab.run("db", UFW_FILES);
    // ufw writes its files in another way than they came.
    lab.run("db", "ufw deny 1; ufw delete deny 1");
    let list = "ufw show added; cat /etc/ufw/user.rules /etc/ufw/user6.rules";
    let none = lab.run("db", list);
    let steps =
        [&whole, &part, &part_off, &whole_off, &part, &whole, &part_off, &whole_off].map(String::as_str);
    let found = states(&mut lab, list, &steps);
    assert_eq!(found[1], found[2], "the part finds its rule there");
    assert_eq!(found[1], found[3], "taking away the part keeps the whole");
    assert_eq!(found[4], none);
    assert!(found[5].contains("10.0.0.1") && !found[5].contains("2500:3300"), "{}", found[5]);
    assert!(found[6].contains("2500:3300") && found[6] == found[7], "the whole takes over: {}", found[7]);
    assert_eq!(found[8], none);
}

#[test]
fn ufw_leaves_the_rules_of_the_operator_as_they_are() {
    let [whole, whole_off, ..] = scripts(Target::Ufw);
    let mut lab = Lab::bare();
    lab.run("db", UFW_FILES);
    for comment in ["", " comment 'mine'"] {
        let own =
            format!("ufw allow from 10.0.0.1 to any port 445,2500:3300 proto tcp{comment}\nufw deny 22");
        lab.run("db", &own);
        let list = "ufw show added; cat /etc/ufw/user.rules /etc/ufw/user6.rules";
        let found = states(&mut lab, list, &[&whole, &whole, &whole_off]);
        assert_eq!(found[1], found[2]);
        assert!(found[1].contains("fd00::1"), "{}", found[1]);
        assert_eq!(found[0], found[3], "the roll-back took a rule of the operator, or left one of ours");
        lab.run(
            "db",
            "ufw delete allow from 10.0.0.1 to any port 445,2500:3300 proto tcp; ufw delete deny 22",
        );
    }
}
