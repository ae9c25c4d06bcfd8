//! Rules as the checkers of their own programs see them, without loading anything.

use portplan::catalogue::{Os, Transport};
use portplan::snippets::{Direction, Purpose, Target};

use super::lab::{self, Lab};
use super::live::{blocks, lint, run};
use super::plans::{World, small};

/// Plans with few rules, with more ports than a rule holds, and with every form of address.
fn worlds() -> [World; 3] {
    let mut odd = World::new("Odd");
    let nets = ["0.0.0.0/0", "::/0", "10.0.0.0/25", "fd00::/8", "2001:db8::ffff:1", "::ffff:192.0.2.1"];
    let any = odd.host("any", Os::Linux, "", &nets);
    let to = odd.host("to", Os::Linux, "", &["10.9.9.9", "2001:db8::9"]);
    odd.own(any, to, Transport::Tcp, &["1-65535"], "all");
    odd.own(any, to, Transport::Udp, &["53", "1058+", "or 49152-65535"], "some");
    [small(), lab::world(), odd]
}

/// The lines that a script feeds to a program.
fn fed<'a>(script: &'a str, command: &str) -> Vec<&'a str> {
    let starts = script.lines().filter(|line| line.contains("<<'VEEAM_RULES'")).count();
    let parts = script.split(" <<'VEEAM_RULES'\n").collect::<Vec<_>>();
    assert_eq!(parts.len(), starts + 1);
    let pairs = parts.windows(2);
    let of = pairs.filter(|pair| pair[0].rsplit('\n').next().unwrap().trim().starts_with(command));
    of.map(|pair| pair[1].split("VEEAM_RULES\n").next().unwrap()).collect()
}

/// Feeds text to a checker in a namespace.
fn check(command: &str, text: &str) -> (bool, String) {
    let mut words = vec!["-rn", "env", "XTABLES_LOCKFILE=/dev/null"];
    words.extend(command.split(' '));
    run("unshare", &words, text)
}

#[test]
fn every_script_for_a_shell_is_clean() {
    let shells =
        [Target::Nftables, Target::NftablesStandalone, Target::Iptables, Target::Firewalld, Target::Ufw];
    for (world, target) in worlds().iter().flat_map(|world| shells.map(|target| (world, target))) {
        for direction in Direction::ALL {
            for purpose in [Purpose::Apply, Purpose::Remove] {
                let script = world.write(target, direction, purpose);
                for block in blocks(&script) {
                    lint(&block);
                }
                // An interactive shell would look it up in its history.
                assert!(!script.contains('!'), "{script}");
            }
        }
    }
}

#[test]
fn nft_takes_the_rules() {
    let mut seen = 0;
    for world in worlds() {
        for direction in Direction::ALL {
            for (target, command) in [(Target::Nftables, "nft -f -"), (Target::NftablesStandalone, "cat")] {
                let script = world.write(target, direction, Purpose::Apply);
                for rules in fed(&script, command) {
                    let rules = format!("add table inet filter\n{rules}");
                    let (fine, text) = check("nft -c -f -", &rules);
                    assert!(fine, "{text}\n{rules}");
                    seen += 1;
                }
            }
        }
    }
    assert!(seen >= 18, "{seen}");
    let wrong =
        "add table inet filter\nadd chain inet filter x\nadd rule inet filter x ip saddr fd00::1 accept\n";
    assert!(!check("nft -c -f -", wrong).0);
}

#[test]
fn iptables_restore_takes_the_rules() {
    let mut seen = 0;
    for world in worlds() {
        for direction in Direction::ALL {
            let script = world.write(Target::Iptables, direction, Purpose::Apply);
            for program in ["iptables-restore", "ip6tables-restore"] {
                for rules in fed(&script, program) {
                    let (fine, text) = check(&format!("{program} --test"), rules);
                    assert!(fine, "{text}\n{rules}");
                    seen += 1;
                }
            }
        }
    }
    assert!(seen >= 14, "{seen}");
    let sixteen: Vec<String> = (1..17).map(|port| port.to_string()).collect();
    let wrong =
        format!("*filter\n-A INPUT -p tcp -m multiport --dports {} -j ACCEPT\nCOMMIT\n", sixteen.join(","));
    assert!(!check("iptables-restore --test", &wrong).0);
}

#[test]
fn ufw_takes_the_rules() {
    let mut lab = Lab::bare();
    let settings = lab::UFW_FILES;
    lab.run("db", settings);
    // Everything but the list is only checked.
    let dry = "ufw() { case $1 in show | status) command ufw \"$@\" ;; *) command ufw --dry-run \"$@\" ;; esac; }\n";
    for world in worlds() {
        for direction in Direction::ALL {
            for purpose in [Purpose::Apply, Purpose::Remove] {
                let script = world.write(Target::Ufw, direction, purpose);
                for block in blocks(&script) {
                    let rules = block.lines().filter(|line| line.starts_with("open '")).count();
                    let text = lab.run("db", &format!("{dry}{block}"));
                    // It prints the whole file for each.
                    let tuples = text.matches("### tuple ###").count();
                    assert!(tuples >= rules, "{rules} rules: {text}");
                }
            }
        }
    }
    assert!(lab.run("db", "ufw show added").contains("(None)"));
    let (fine, _) = lab.try_run("db", "ufw --dry-run allow from 10.0.0.1 to fd00::1 port 445 proto tcp");
    assert!(!fine);
}
