//! The terms as Aerleon reads them, and the rules that it makes of them.

use std::collections::BTreeSet;
use std::fs;

use portplan::catalogue::{Os, Transport};
use portplan::snippets::{Direction, Purpose, Target};

use super::live::run;
use super::opening::{Opening, Product, Side, compare, expected, ports};
use super::plans::{World, small};

/// Where `tests/run` installs what is pinned in `tests/python/requirements.txt`.
const PROGRAM: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/target/python/bin/aclgen");

const POLICY: &str = "filters:
  - header:
      targets:
        nftables: mixed forward
        speedway: FORWARD ACCEPT
        cisco: TEST mixed
    terms:
      - include: includes/veeam.yaml
";

/// What Aerleon writes for nftables and iptables, from a file that stands where the header says.
fn generate(text: &str) -> [String; 2] {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    for name in ["def", "policies/pol", "policies/includes", "out"] {
        fs::create_dir_all(path(name)).unwrap();
    }
    fs::write(path("def/veeam.yaml"), text).unwrap();
    fs::write(path("policies/includes/veeam.yaml"), text).unwrap();
    fs::write(path("policies/pol/main.yaml"), POLICY).unwrap();
    let folders = ["base_directory=policies", "definitions_directory=def", "output_directory=out"];
    let flags: Vec<String> = folders
        .iter()
        .map(|folder| folder.split_once('=').unwrap())
        .map(|(flag, name)| format!("--{flag}={}", path(name).display()))
        .collect();
    let flags: Vec<&str> = flags.iter().map(String::as_str).collect();
    let (fine, said) = run(PROGRAM, &flags, "");
    let written =
        |name: &str| fs::read_to_string(path(name)).unwrap_or_else(|error| panic!("{error}: {said}\n{text}"));
    let texts = ["out/main.nft", "out/main.ipt"].map(written);
    // It ends well even where it gave a term up.
    assert!(fine && !said.contains("with errors") && !said.contains("Error"), "{said}\n{text}");
    texts
}

/// Reads `ip saddr { … } ip daddr … tcp dport { … } ct state new accept`.
fn nftables(text: &str) -> BTreeSet<Opening> {
    let mut openings = BTreeSet::new();
    for line in text.lines().map(str::trim).filter(|line| line.starts_with("ip")) {
        let words = line.replace(['{', '}', ','], " ");
        let words: Vec<&str> = words.split_whitespace().collect();
        let at = |word: &str| words.iter().position(|other| *other == word).unwrap();
        let (source, target, port) = (at("saddr"), at("daddr"), at("dport"));
        let nets = |words: &[&str]| words.iter().map(|net| Side::parse(net)).collect::<Vec<_>>();
        let (from, to) = (nets(&words[source + 1..target - 1]), nets(&words[target + 1..port - 1]));
        let ports: Vec<_> = words[port + 1..at("ct")].iter().map(|range| ports(range, '-')).collect();
        assert!(line.ends_with("} ct state new accept") || line.ends_with(" ct state new accept"), "{line}");
        let transport = words[port - 1];
        Product { place: "the", from: &from, to: &to, transport, ports: &ports }.add_to(&mut openings);
    }
    openings
}

/// Reads `-A … -p tcp -m multiport --dports … -s … -d … -j ACCEPT`.
fn iptables(text: &str) -> BTreeSet<Opening> {
    let mut openings = BTreeSet::new();
    for line in text.lines().filter(|line| line.ends_with("-j ACCEPT")) {
        let after =
            |option: &str| line.split(&format!(" {option} ")).nth(1).unwrap().split(' ').next().unwrap();
        let dports = if line.contains(" --dports ") { "--dports" } else { "--dport" };
        let ports: Vec<_> = after(dports).split(',').map(|range| ports(range, ':')).collect();
        let (from, to) = ([Side::parse(after("-s"))], [Side::parse(after("-d"))]);
        Product { place: "the", from: &from, to: &to, transport: after("-p"), ports: &ports }
            .add_to(&mut openings);
    }
    openings
}

fn check(world: &World) {
    let text = world.write(Target::Aerleon, Direction::Transit, Purpose::Apply);
    let [nft, ipt] = generate(&text);
    let expected = expected(world, Direction::Transit, &[], false);
    assert!(!expected.is_empty());
    compare("nftables by Aerleon", &nftables(&nft), &expected);
    // Its iptables target writes one family, IPv4 unless it is told otherwise.
    let v4 = expected.into_iter().filter(|opening| opening.from.is_v6() == Some(false)).collect();
    compare("iptables by Aerleon", &iptables(&ipt), &v4);
}

#[test]
fn it_makes_the_rules_that_the_flows_ask_for() {
    check(&small());
    let mut roles = World::new("Roles");
    let ids = ["backup-server", "backup-repository", "worker", "mount-server", "ahv-cluster"];
    for (at, role) in ids.iter().enumerate() {
        let (four, six) = (format!("10.0.{at}.1"), format!("2001:db8::{at}:0/112"));
        roles.host(&format!("h{at}"), Os::Linux, role, &[&four, &six]);
    }
    check(&roles);
}

#[test]
fn hostile_texts_are_no_more_than_comments() {
    let texts =
        ["plain", "\" accept; add rule inet filter input accept; \"", "*/ } {{ x }} ${y}", "a: b # c - d"];
    let rules = texts.map(|text| {
        let mut world = World::new(text);
        let from = world.host("from", Os::Other, "", &["10.0.0.1"]);
        let to = world.host("to", Os::Other, "", &["10.0.0.2"]);
        world.own(from, to, Transport::Tcp, &["445"], text);
        let [nft, _] = generate(&world.write(Target::Aerleon, Direction::Transit, Purpose::Apply));
        nftables(&nft)
    });
    assert!(rules[0].len() == 1 && rules.iter().all(|other| *other == rules[0]), "{rules:?}");
}
