//! The nftables scripts, really run by a shell in a network namespace of their own.

use portplan::catalogue::{Os, Transport};
use portplan::flows::search::{Direction as Way, Scope};
use portplan::snippets::{Direction, Purpose, Selection, Target};

use super::live::{blocks, lint, run};
use super::plans::{World, rows, small};

/// A ruleset as an operator may have it, a chain of another plan with a similar name included.
const BEFORE: &str = "
table inet filter {
    chain veeam_other {
        tcp dport 1 accept
    }
    chain input {
        type filter hook input priority 0; policy drop;
        iif lo accept
        ct state established,related accept
        tcp dport 22 jump veeam_other
    }
    chain output {
        type filter hook output priority 0; policy drop;
        oif lo accept
    }
    chain forward {
        type filter hook forward priority 0; policy drop;
    }
}
";

/// Runs the steps in a fresh namespace and returns what `nft list ruleset` says after each.
fn states(before: &str, steps: &[&str]) -> Vec<String> {
    let mut script = format!("set -eu\nnft -f - <<'BEFORE'\n{before}\nBEFORE\n");
    let list = "nft list ruleset; echo ======\n";
    script += list;
    for step in steps {
        script.extend([step, "\n", list]);
    }
    let (done, text) = run("unshare", &["-rn", "sh", "-eu", "-s"], &script);
    assert!(
        done,
        "the scripts failed in a namespace (are nft and unshare there? tests/run installs them):\n{text}\n{script}"
    );
    text.split("======\n").map(str::to_owned).collect()
}

#[test]
fn applying_twice_is_once_and_removing_restores_what_was_there() {
    let world = small();
    for direction in Direction::ALL {
        let apply = world.write(Target::Nftables, direction, Purpose::Apply);
        let remove = world.write(Target::Nftables, direction, Purpose::Remove);
        lint(&apply);
        lint(&remove);
        for (apply, remove) in blocks(&apply).iter().zip(&blocks(&remove)) {
            let states = states(BEFORE, &[apply, apply, remove, remove]);
            assert_ne!(states[0], states[1], "{apply}");
            assert!(states[1].contains("jump veeam_6072bf_"), "{}", states[1]);
            assert_eq!(states[1], states[2], "{apply}");
            assert_eq!(states[0], states[3], "{remove}");
            assert_eq!(states[0], states[4], "{remove}");
        }
    }
}

#[test]
fn a_part_leaves_the_rules_of_the_whole_host_alone() {
    let mut world = World::new("Parts");
    let peers: Vec<_> =
        (1..4).map(|at| world.host(&format!("a{at}"), Os::Other, "", &[&format!("10.0.0.{at}")])).collect();
    let db = world.host("db", Os::Linux, "", &[]);
    for peer in &peers {
        world.own(*peer, db, Transport::Tcp, &["445"], "first");
        world.own(*peer, db, Transport::Tcp, &["2500-3300"], "second");
    }
    let flows = world.flows();
    let write = |selection, purpose| {
        world.try_write(&flows, selection, "x", Target::Nftables, (Direction::Inbound, purpose)).unwrap()
    };
    let pair = |selection| (write(selection, Purpose::Apply), write(selection, Purpose::Remove));
    let all = World::all(&flows);
    let scope = Some(Scope { host: world.at(&flows, "db"), direction: Way::Inbound });
    let host = world.search(&flows, "", scope);
    let search = world.search(&flows, "2750", None);
    let (whole, whole_off) = pair(Selection::Listing(&all));
    assert_eq!(
        whole,
        write(Selection::Listing(&host), Purpose::Apply),
        "a host's own scope is the whole of it"
    );
    let flow = rows(&flows)[0];
    for (part, part_off) in [pair(Selection::Listing(&search)), pair(Selection::Flow(flow))] {
        lint(&part);
        let states = states(BEFORE, &[&whole, &part, &part, &part_off, &part, &whole_off, &part_off]);
        assert!(states[2].contains("jump veeam_") && states[1] != states[2]);
        assert_eq!(states[2], states[3]);
        assert_eq!(states[1], states[4], "taking away the part keeps the whole");
        assert_eq!(states[0], states[7]);
        let other_way = self::states(BEFORE, &[&part, &whole, &whole_off, &part_off]);
        assert_eq!(other_way[2].matches("jump veeam_").count(), 3, "one of the operator, two of ours");
        assert_eq!(other_way[1], other_way[3], "taking away the whole keeps the part");
        assert_eq!(other_way[0], other_way[4]);
        for line in states[1].lines() {
            assert!(states[2].contains(line), "{line} was lost");
        }
    }
}

#[test]
fn without_the_expected_chain_nothing_is_changed() {
    let apply = small().write(Target::Nftables, Direction::Inbound, Purpose::Apply);
    let alone = format!("if sh <<'STEP' 2> /dev/null\n{apply}\nSTEP\nthen echo ran; fi");
    for before in ["table inet filter { }", "table inet other { }"] {
        let states = states(before, &[&alone]);
        assert_eq!(states[0], states[1]);
    }
}

#[test]
fn odd_addresses_and_many_of_them_load() {
    let mut world = World::new("Odd");
    let any = world.host("any", Os::Other, "", &["0.0.0.0/0", "::/0", "10.0.0.0/8"]);
    let mut odd: Vec<String> = (0..1_500).map(|at| format!("10.0.{}.{}", at / 250, at % 250)).collect();
    odd.extend(["fd00::/8", "2001:db8::1", "::ffff:192.0.2.1", "10.0.0.0/25"].map(str::to_owned));
    let odd: Vec<&str> = odd.iter().map(String::as_str).collect();
    let many = world.host("many", Os::Other, "", &odd);
    let db = world.host("db", Os::Linux, "", &["10.9.9.9", "2001:db8::9"]);
    for from in [any, many] {
        world.own(from, db, Transport::Tcp, &["1-65535"], "all");
        world.own(from, db, Transport::Udp, &["53", "1058+", "or 49152-65535"], "some");
    }
    for direction in [Direction::Inbound, Direction::Transit] {
        let apply = world.write(Target::Nftables, direction, Purpose::Apply);
        let states = states(BEFORE, &[&apply, &apply]);
        assert_eq!(states[1], states[2]);
    }
}

#[test]
fn other_table_and_chain_names_can_be_put_in_as_the_header_says() {
    let adapt =
        |text: String| text.replace("inet filter input", "inet fw eingang").replace("inet filter", "inet fw");
    let before = BEFORE.replace("inet filter", "inet fw").replace("chain input", "chain eingang");
    let world = small();
    let [apply, remove] = [Purpose::Apply, Purpose::Remove]
        .map(|purpose| adapt(world.write(Target::Nftables, Direction::Inbound, purpose)));
    let states = states(&before, &[&apply, &apply, &remove]);
    assert!(states[1].contains("jump veeam_6072bf_in"), "{}", states[1]);
    assert_eq!((&states[1], &states[0]), (&states[2], &states[3]));
}
