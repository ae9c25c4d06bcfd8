//! Exact texts of a small plan, and what is refused.

use portplan::catalogue::{Os, Transport};
use portplan::flows::search::{Direction as Way, Scope};
use portplan::snippets::{Direction, Kind, Purpose, Selection, SnippetError, Target};

use super::plans::{World, rows, small};

const EVERY: [Purpose; 2] = [Purpose::Apply, Purpose::Remove];

/// All texts of a target, one behind the other.
fn all(target: Target) -> String {
    let world = small();
    let flows = world.flows();
    let listing = World::all(&flows);
    let mut texts = String::new();
    for direction in if target.kind() == Kind::Table { &Direction::ALL[..1] } else { target.directions() } {
        for purpose in EVERY {
            let asked = (*direction, purpose);
            let text = world.try_write(&flows, Selection::Listing(&listing), "whole plan", target, asked);
            let text = text.unwrap_or_else(|error| format!("error: {error}\n"));
            let title = format!("=== {} {purpose:?}\n", direction.label());
            texts.extend([title, text]);
        }
    }
    texts
}

#[test]
fn powershell() {
    insta::assert_snapshot!(all(Target::PowerShell));
}

#[test]
fn nftables() {
    insta::assert_snapshot!(all(Target::Nftables));
}

#[test]
fn nftables_standalone() {
    insta::assert_snapshot!(all(Target::NftablesStandalone));
}

#[test]
fn firewalld() {
    insta::assert_snapshot!(all(Target::Firewalld));
}

#[test]
fn ufw() {
    insta::assert_snapshot!(all(Target::Ufw));
}

#[test]
fn iptables() {
    insta::assert_snapshot!(all(Target::Iptables));
}

#[test]
fn fortigate() {
    insta::assert_snapshot!(all(Target::Fortigate));
}

#[test]
fn cisco_asa() {
    insta::assert_snapshot!(all(Target::CiscoAsa));
}

#[test]
fn palo_alto() {
    insta::assert_snapshot!(all(Target::PaloAlto));
}

#[test]
fn check_point() {
    insta::assert_snapshot!(all(Target::CheckPoint));
}

#[test]
fn juniper_srx() {
    insta::assert_snapshot!(all(Target::JuniperSrx));
}

#[test]
fn cisco_ios() {
    insta::assert_snapshot!(all(Target::CiscoIos));
}

#[test]
fn terraform_nsx() {
    insta::assert_snapshot!(all(Target::TerraformNsx));
}

#[test]
fn terraform_azure() {
    insta::assert_snapshot!(all(Target::TerraformAzure));
}

#[test]
fn terraform_aws() {
    insta::assert_snapshot!(all(Target::TerraformAws));
}

#[test]
fn nutanix_flow() {
    insta::assert_snapshot!(all(Target::NutanixFlow));
}

#[test]
fn ansible() {
    insta::assert_snapshot!(all(Target::Ansible));
}

#[test]
fn aerleon() {
    insta::assert_snapshot!(all(Target::Aerleon));
}

#[test]
fn markdown() {
    insta::assert_snapshot!(all(Target::Markdown));
}

#[test]
fn csv() {
    insta::assert_snapshot!(all(Target::Csv));
}

#[test]
fn json() {
    insta::assert_snapshot!(all(Target::Json));
}

#[test]
fn a_single_flow_is_a_part_with_a_name_of_its_own() {
    let world = small();
    let flows = world.flows();
    let flow = rows(&flows)[0];
    let apply = (Direction::Inbound, Purpose::Apply);
    insta::assert_snapshot!(
        world.try_write(&flows, Selection::Flow(flow), "flow app to web", Target::PowerShell, apply).unwrap()
    );
}

#[test]
fn every_target_is_found_by_its_id() {
    for target in Target::ALL {
        assert_eq!(Target::from_id(target.id()), Some(target));
    }
    assert_eq!(Target::from_id("netsh"), None);
}

#[test]
fn what_makes_no_sense_is_refused() {
    let world = small();
    let flows = world.flows();
    let flow = Selection::Flow(rows(&flows)[0]);
    let write = |target, asked| world.try_write(&flows, flow, "x", target, asked).unwrap_err();
    let transit = write(Target::PowerShell, (Direction::Transit, Purpose::Apply));
    let knows = &[Direction::Inbound, Direction::Outbound];
    let refused = SnippetError::Direction { target: "Windows PowerShell", wanted: Direction::Transit, knows };
    assert_eq!(transit, refused);
    let table = write(Target::Csv, (Direction::Inbound, Purpose::Remove));
    assert_eq!(table, SnippetError::NothingToRemove("CSV table"));
}

#[test]
fn a_target_without_ipv6_says_what_it_leaves_out() {
    let mut world = World::new("Old");
    let six = world.host("six", Os::Linux, "", &["2001:db8::6"]);
    let both = world.host("both", Os::Linux, "", &["10.0.0.1", "2001:db8::1", "fd00::/8"]);
    let to = world.host("to", Os::Linux, "", &["2001:db8::9"]);
    for from in [six, both] {
        world.own(from, to, Transport::Tcp, &["22"], "x");
    }
    let text = world.write(Target::NutanixFlow, Direction::Inbound, Purpose::Apply);
    assert!(text.contains("1 flow in 1 inbound rule"), "{text}");
    let lines = [
        "# TODO not opened: tcp 22 from six to to: the source has no IPv4 address in the plan, and the target takes no other",
        ": TODO IPv6 addresses are not opened: 2001:db8::1/128 of both, fd00::/8 of both",
    ];
    assert!(lines.iter().all(|line| text.contains(line)), "{text}");
    let text = world.write(Target::TerraformAws, Direction::Inbound, Purpose::Apply);
    assert!(text.contains("2 flows in 1 inbound rule") && !text.contains("TODO"), "{text}");
}

fn names(text: &str) -> Vec<String> {
    let names = text.lines().filter_map(|line| line.split("Name = '").nth(1)?.split('\'').next());
    names.map(str::to_owned).collect()
}

#[test]
fn names_stay_when_other_flows_come_and_go() {
    let before = small();
    let mut after = small();
    let other = after.host("aaa", Os::Linux, "", &["10.7.7.7"]);
    let win = after.plan.host_named("win").unwrap().id;
    after.own(other, win, Transport::Tcp, &["22"], "new port");
    after.own(other, win, Transport::Tcp, &["6162", "or 2500-3300"], "new peer");
    let of = |world: &World| names(&world.write(Target::PowerShell, Direction::Inbound, Purpose::Apply));
    let (old, new) = (of(&before), of(&after));
    assert!(old.iter().all(|name| new.contains(name)) && new.len() == old.len() + 1, "{old:?} {new:?}");
}

#[test]
fn the_names_of_a_part_differ_from_those_of_the_whole() {
    let world = small();
    let flows = world.flows();
    let write = |listing: &_| {
        let asked = (Direction::Inbound, Purpose::Apply);
        names(&world.try_write(&flows, Selection::Listing(listing), "x", Target::PowerShell, asked).unwrap())
    };
    let whole = write(&World::all(&flows));
    let win = Scope { host: world.at(&flows, "win"), direction: Way::Inbound };
    let host = write(&world.search(&flows, "", Some(win)));
    assert!(!host.is_empty() && host.iter().all(|name| whole.contains(name)), "{host:?} {whole:?}");
    let part = write(&world.search(&flows, "6162", Some(win)));
    assert!(!part.is_empty() && part.iter().all(|name| !whole.contains(name)), "{part:?} {whole:?}");
}

#[test]
fn both_families_must_meet_in_transit() {
    let mut world = World::new("Families");
    let four = world.host("four", Os::Linux, "", &["10.0.0.1"]);
    let six = world.host("six", Os::Linux, "", &["2001:db8::6"]);
    world.own(four, six, Transport::Tcp, &["22"], "never");
    let text = world.write(Target::Nftables, Direction::Transit, Purpose::Apply);
    assert!(text.contains("only IPv4 addresses in the plan, the other only IPv6"), "{text}");
    assert!(!text.contains("add rule"), "{text}");
}

#[test]
fn a_host_with_a_dns_name_beside_its_address_says_what_is_left_out() {
    let mut world = World::new("Mixed");
    let mixed = world.host("mixed", Os::Linux, "", &["10.0.0.1", "mixed.example.org"]);
    let win = world.host("win", Os::Windows, "", &[]);
    world.own(mixed, win, Transport::Tcp, &["22"], "x");
    let text = world.write(Target::PowerShell, Direction::Inbound, Purpose::Apply);
    assert!(text.contains("TODO DNS names are not opened: mixed.example.org of mixed"), "{text}");
    assert!(text.contains("RemoteAddress = @('10.0.0.1')"), "{text}");
}

#[test]
fn bash_connections() {
    insta::assert_snapshot!(all(Target::TestBash));
}

#[test]
fn powershell_connections() {
    insta::assert_snapshot!(all(Target::TestPowershell));
}

#[test]
fn html() {
    insta::assert_snapshot!(all(Target::Html));
}

#[test]
fn mermaid() {
    insta::assert_snapshot!(all(Target::Mermaid));
}

#[test]
fn graphviz() {
    insta::assert_snapshot!(all(Target::Graphviz));
}

#[test]
fn svg() {
    insta::assert_snapshot!(all(Target::Svg));
}
