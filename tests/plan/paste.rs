//! Hosts from pasted text.

use portplan::catalogue::Catalogue;
use portplan::plan::paste::{Pasted, TooMuch, add_hosts, read};
use portplan::plan::{History, Host, HostName, Note, Plan};
use proptest::prelude::*;

fn empty() -> Plan {
    Plan::new("Munich".parse().unwrap(), &Catalogue::embedded().unwrap())
}

fn pasted(text: &str) -> Pasted {
    read(text, &empty()).unwrap()
}

/// `name: address address`, one for each host.
fn hosts(text: &str) -> Vec<String> {
    let pasted = pasted(text);
    assert_eq!(pasted.left_out, [], "{text:?}");
    let line = |host: &portplan::plan::paste::PastedHost| {
        let addresses: Vec<String> = host.addresses.iter().map(ToString::to_string).collect();
        format!("{}: {}", host.name, addresses.join(" ")).trim_end().to_owned()
    };
    pasted.hosts.iter().map(line).collect()
}

/// Number and reason of each line that made no host.
fn left_out(text: &str) -> Vec<String> {
    pasted(text).left_out.iter().map(|left| format!("{}: {}", left.line, left.why)).collect()
}

#[test]
fn a_name_alone_or_with_addresses_in_any_separation() {
    assert_eq!(hosts("vbr01"), ["vbr01:"]);
    for text in [
        "vbr01 10.0.0.1 10.0.0.2",
        "vbr01\t10.0.0.1\t10.0.0.2",
        "vbr01,10.0.0.1,10.0.0.2",
        "vbr01; 10.0.0.1; 10.0.0.2",
        "\"vbr01\",\"10.0.0.1, 10.0.0.2\"",
        "  'vbr01'   10.0.0.1  ,  10.0.0.2 ,",
        "vbr01 10.0.0.1 10.0.0.2 10.0.0.1",
    ] {
        assert_eq!(hosts(text), ["vbr01: 10.0.0.1 10.0.0.2"], "{text}");
    }
    assert_eq!(hosts("guests 10.0.8.0/24 2001:db8::/64"), ["guests: 10.0.8.0/24 2001:db8::/64"]);
    assert_eq!(hosts("vbr01 vbr01.example.com 10.0.0.1"), ["vbr01: vbr01.example.com 10.0.0.1"]);
    assert_eq!(hosts("münchen-1 10.0.0.1"), ["münchen-1: 10.0.0.1"]);
}

#[test]
fn an_address_first_as_in_etc_hosts() {
    assert_eq!(hosts("10.0.0.1 vbr01"), ["vbr01: 10.0.0.1"]);
    assert_eq!(hosts("10.0.0.1, 10.0.0.2, vbr01"), ["vbr01: 10.0.0.1 10.0.0.2"]);
    let read = pasted("10.0.0.1 vbr01 vbr01.example vbr");
    let aliases: Vec<&str> = read.hosts[0].aliases.iter().map(HostName::as_str).collect();
    assert_eq!(aliases, ["vbr01.example", "vbr"]);
}

#[test]
fn a_name_that_comes_again_brings_its_addresses_along() {
    assert_eq!(hosts("10.0.0.1 vbr01\nx\n2001:db8::1 vbr01"), ["vbr01: 10.0.0.1 2001:db8::1", "x:"]);
}

#[test]
fn comments_empty_lines_and_every_kind_of_line_end() {
    let text = "\u{feff}# our hosts\r\na # the first\r\n\r\n   \r\nb 10.0.0.1#x\r\nc#d\r\n";
    let read = pasted(text);
    assert_eq!(read.hosts.iter().map(|host| host.name.as_str()).collect::<Vec<_>>(), ["a"]);
    assert_eq!(
        read.left_out.iter().map(|left| left.line).collect::<Vec<_>>(),
        [5, 6],
        "# inside a word is no comment"
    );
    for ends in ["\n", "\r\n", "\r"] {
        assert_eq!(hosts(&["a", "b", "", "c"].join(ends)), ["a:", "b:", "c:"], "{ends:?}");
    }
}

#[test]
fn every_line_that_makes_no_host_says_why() {
    assert_eq!(left_out("a\n10.0.0.1\nb"), ["2: no name stands beside the address"]);
    assert_eq!(
        left_out("Please open the ports"),
        ["1: \"open\" is neither an IP address nor a full DNS name; write one host a line"]
    );
    assert_eq!(
        left_out("127.0.0.1 localhost")[0],
        "1: 127.0.0.1 is no address that other hosts can reach this one at"
    );
    assert_eq!(left_out("ff02::1 ip6-allnodes").len(), 1);
    for (line, part) in [
        ("vbr01 10.0.0.300", "10.0.0.300"),
        ("10.0.0.300 vbr01", "10.0.0.300"),
        ("vbr01 10.0.0.1/24", "bits set behind its prefix"),
        ("vbr$(reboot) 10.0.0.1", "\"$\""),
        ("10.0.0.1 vbr01 v*r", "\"*\""),
        ("vbr01 -bad-.example", "-bad-.example"),
        ("a\u{202e}b 10.0.0.1", "U+202E"),
    ] {
        let found = left_out(line);
        assert!(found.len() == 1 && found[0].contains(part), "{line}: {found:?}");
    }
}

#[test]
fn what_is_shown_of_a_bad_line_hides_nothing() {
    let read = pasted("bad\u{1b}[31m\u{202e} name\there\u{7}");
    assert_eq!(read.left_out[0].text, "bad[31m name here");
}

#[test]
fn a_name_of_the_plan_is_left_alone() {
    let mut plan = empty();
    let host = Host::new(plan.fresh_id(), "vbr01".parse().unwrap());
    plan.extend(vec![host]).unwrap();
    let read = read("vbr01 10.0.0.1\nvbr02", &plan).unwrap();
    assert_eq!(read.hosts.len(), 1);
    assert_eq!(read.left_out[0].why.to_string(), "there is a host called \"vbr01\" already");
}

#[test]
fn there_are_limits() {
    assert_eq!(read(&"a\n".repeat(10_001), &empty()), Err(TooMuch::Lines(10_001)));
    assert_eq!(read(&"a".repeat(1_000_001), &empty()), Err(TooMuch::Bytes(1_000_001)));
    assert!(read(&"a\n".repeat(10_000), &empty()).is_ok());
}

#[test]
fn the_hosts_come_behind_the_others_in_one_step() {
    let mut plan = empty();
    let first = Host::new(plan.fresh_id(), "first".parse().unwrap());
    plan.extend(vec![first]).unwrap();
    let before = plan.hosts().to_vec();
    let read = read("10.0.0.1 b alias1 alias2\na", &plan).unwrap();
    let action = add_hosts(&mut plan, &read.hosts).unwrap();
    assert_eq!(action.label, "add 2 hosts");
    let mut history = History::unsaved();
    history.apply(&mut plan, action.label, action.edit).unwrap();
    let names: Vec<&str> = plan.hosts().iter().map(|host| host.name.as_str()).collect();
    assert_eq!(names, ["first", "b", "a"]);
    let note = plan.hosts()[1].note.as_ref().map(Note::as_str);
    assert_eq!(note, Some("also called alias1, alias2"));
    history.undo(&mut plan).unwrap();
    assert_eq!(plan.hosts(), before);
    assert_eq!(add_hosts(&mut plan, &[]), None);
}

proptest! {
    /// Whatever is pasted, each line with a word in it is a host, part of one, or listed with its reason.
    #[test]
    fn no_line_is_lost(text in "([a-z0-9.:/#,;\"' \t\u{202e}é-]{0,24}(\n|\r\n|\r)?){0,12}") {
        let read = pasted(&text);
        let text = text.trim_end_matches(['\n', '\r']);
        let normal = text.replace("\r\n", "\n").replace('\r', "\n");
        let says = |line: &&str| {
            let words = line.split(|letter: char| letter.is_whitespace() || ",;".contains(letter));
            words.take_while(|word| !word.starts_with('#')).any(|word| !word.trim_matches(['"', '\'', '`']).is_empty())
        };
        let lines = normal.split('\n').filter(says).count();
        prop_assert!(read.hosts.len() + read.left_out.len() <= lines);
        prop_assert!(lines == 0 || !read.hosts.is_empty() || !read.left_out.is_empty());
        let mut plan = empty();
        if let Some(action) = add_hosts(&mut plan, &read.hosts) {
            prop_assert!(plan.apply(action.edit).is_ok());
            prop_assert_eq!(plan.hosts().len(), read.hosts.len());
        }
    }
}
