//! Texts that try to become commands.

use portplan::catalogue::{Os, Transport};
use portplan::plan::Edit;
use portplan::snippets::{Direction, Group, Kind, Purpose, Selection, Target};

use super::plans::World;
use super::powershell_syntax;

pub const HOSTILE: [&str; 16] = [
    "plain",
    "'; Remove-NetFirewallRule; '",
    "\" accept; add rule inet filter input accept; \"",
    "$(id) `id` ${IFS}",
    "\u{2018}; Get-Process; \u{2019}\u{201A}\u{201B}",
    "{{ lookup('pipe','id') }}",
    "=1+1",
    "@SUM(A1)",
    "+cmd|' /C calc'!A0",
    "-rf",
    "VEEAM_RULES",
    "# comment #> <# \\",
    "a|b <script>alert(1)</script> & co",
    "* ? [a-z] all",
    "a\u{a0}b é ü 日本語",
    "%s %n ; rm -rf / ; true",
];

pub fn world(text: &str) -> World {
    let mut world = World::new(text);
    let name: String =
        text.chars().filter(|letter| letter.is_alphanumeric() || matches!(letter, '-' | '.' | '_')).collect();
    let from = world.host(&format!("{name}1"), Os::Windows, "", &["10.0.0.1", "DNS", "2001:db8::1"]);
    let to = world.host(&format!("{name}2"), Os::Linux, "", &["10.0.0.2"]);
    let bare = world.host(&"日本".repeat(100), Os::Windows, "", &[]);
    for (from, to) in [(from, to), (to, from), (bare, from), (bare, to), (to, bare)] {
        world.own(from, to, Transport::Tcp, &["445", "1058+", "or 2500-3300"], text);
    }
    for mut host in world.plan.hosts().to_vec() {
        host.zone = text.parse().ok();
        host.note = text.parse().ok();
        world.plan.apply(Edit::Replace(Box::new(host))).unwrap();
    }
    world
}

fn write(world: &World, target: Target, direction: Direction, purpose: Purpose, scope: &str) -> String {
    let flows = world.flows();
    let all = World::all(&flows);
    world.try_write(&flows, Selection::Listing(&all), scope, target, (direction, purpose)).unwrap()
}

/// Lines that are no comment, without the quoted comments and descriptions: what a shell sees.
fn commands(text: &str) -> Vec<String> {
    text.lines()
        .filter(|line| !line.trim_start().starts_with('#'))
        .map(|line| line.split([' ']).take(2).collect::<Vec<_>>().join(" "))
        .collect()
}

#[test]
fn hostile_texts_change_no_command() {
    for purpose in [Purpose::Apply, Purpose::Remove] {
        for direction in Direction::ALL {
            let shape = |text: &str| {
                let script = write(&world(text), Target::Nftables, direction, purpose, text);
                assert!(script.is_ascii(), "{script}");
                for comment in script.split(" comment \"").skip(1) {
                    let comment = comment.split("\"\n").next().unwrap();
                    assert!(comment.len() <= 100 && allowed(comment), "{comment}");
                }
                commands(&script).len()
            };
            let plain = shape(HOSTILE[0]);
            for text in HOSTILE {
                assert_eq!(shape(text), plain, "{text}");
            }
        }
        for direction in [Direction::Inbound, Direction::Outbound] {
            let shape = |text: &str| {
                let script = write(&world(text), Target::PowerShell, direction, purpose, text);
                let parts = powershell_syntax::check(&script);
                assert!(strings(&script).all(allowed), "{script}");
                (parts.commands, commands(&script).len())
            };
            let plain = shape(HOSTILE[0]);
            for text in HOSTILE {
                assert_eq!(shape(text), plain, "{text}");
            }
        }
    }
}

/// Every line without the characters that comments may hold, sorted: names come from hashes, so their order may differ.
fn skeleton(script: &str) -> Vec<String> {
    let mut lines: Vec<String> = script
        .lines()
        .map(|line| line.chars().filter(|letter| !allowed(&letter.to_string())).collect())
        .collect();
    lines.sort();
    lines
}

#[test]
fn no_target_of_rules_gets_a_character_or_a_line_from_a_hostile_text() {
    let asked = |target: Target| {
        let directions = target.directions().iter();
        directions.flat_map(|direction| [(*direction, Purpose::Apply), (*direction, Purpose::Remove)])
    };
    for target in Target::ALL.into_iter().filter(|target| target.kind() == Kind::Rules) {
        for (direction, purpose) in asked(target) {
            let script = |text: &str| {
                let world = world(text);
                let flows = world.flows();
                let all = World::all(&flows);
                world.try_write(&flows, Selection::Listing(&all), text, target, (direction, purpose))
            };
            // A target without a roll-back refuses it whatever the text is.
            let Ok(plain) = script(HOSTILE[0]) else { continue };
            for text in HOSTILE {
                let script = script(text).unwrap();
                assert!(script.is_ascii() && !script.contains(['\t', '\r']), "{target:?} {text}: {script}");
                assert_eq!(skeleton(&script), skeleton(&plain), "{target:?} {text}: {script}");
                // The command lines of network firewalls take it for a call for help.
                assert!(target.group() != Group::NetworkFirewall || !script.contains('?'), "{script}");
            }
        }
    }
}

pub fn allowed(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b" ._:/(),-".contains(&byte))
}

/// Everything between single quotes on lines that are no comment.
fn strings(script: &str) -> impl Iterator<Item = &str> {
    let lines = script.lines().filter(|line| !line.trim_start().starts_with('#'));
    lines.flat_map(|line| {
        assert!(!line.contains('"') && line.matches('\'').count() % 2 == 0, "{line}");
        line.split('\'').skip(1).step_by(2)
    })
}

#[test]
fn headers_and_remarks_bring_no_text_beyond_the_set() {
    for text in HOSTILE {
        let script = write(&world(text), Target::Nftables, Direction::Inbound, Purpose::Apply, text);
        for line in
            script.lines().filter(|line| line.starts_with("# portplan") || line.starts_with("# Scope"))
        {
            assert!(allowed(line.trim_start_matches("# ")), "{line}");
        }
        for line in script.lines().filter(|line| line.contains("TODO") || line.starts_with("# run on")) {
            assert!(allowed(line.trim_start_matches("# ")), "{line}");
        }
    }
}

#[test]
fn a_host_whose_name_no_rule_can_hold_is_called_by_its_number() {
    let script = write(&world("x"), Target::PowerShell, Direction::Inbound, Purpose::Apply, "x");
    assert!(script.contains("# run on host number 3: 1 inbound rule"), "{script}");
}

#[test]
fn no_spreadsheet_sees_a_formula_and_no_markdown_an_extra_column() {
    for text in HOSTILE {
        let world = world(text);
        let table = write(&world, Target::Csv, Direction::Inbound, Purpose::Apply, text);
        for record in csv::Reader::from_reader(table.as_bytes()).records() {
            let record = record.unwrap();
            assert_eq!(record.len(), 8);
            assert!(
                record.iter().all(|cell| !cell.starts_with(['=', '+', '-', '@', '\t', '\r'])),
                "{record:?}"
            );
        }
        let table = write(&world, Target::Markdown, Direction::Inbound, Purpose::Apply, text);
        for line in table.lines().filter(|line| line.starts_with('|')) {
            let columns = line.replace("\\\\", "").replace("\\|", "").matches('|').count();
            assert_eq!(columns, 9, "{line}");
            assert!(!line.contains('<') && !line.replace("\\`", "").contains('`'), "{line}");
        }
    }
}
