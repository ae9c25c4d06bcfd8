//! Whatever a source holds: nothing is lost, nothing panics, nothing reaches the screen that disturbs it.

use std::collections::BTreeSet;

use portplan::files::import::{From, decode, read_bytes, read_text};
use portplan::plan::import::{Import, is_blank_word};
use portplan::plan::text::is_hidden;
use proptest::prelude::*;

use super::catalogue;

const KINDS: [From; 6] = [From::Auto, From::Csv, From::Prism, From::Ansible, From::MagicPorts, From::List];

fn lines_of(import: &Import) -> BTreeSet<usize> {
    let of_hosts = import.hosts.iter().flat_map(|host| host.places.iter());
    let places = of_hosts.chain(import.unread.iter().map(|unread| &unread.place));
    let line = |text: &str| text.strip_prefix("line ")?.split(',').next()?.parse().ok();
    places.filter_map(|place| line(&place.to_string())).collect()
}

fn clean(import: &Import) {
    let guesses =
        import.hosts.iter().flat_map(|host| host.guesses.iter().map(|guess| guess.text(catalogue())));
    let unread =
        import.unread.iter().map(|unread| format!("{} {} {}", unread.place, unread.text, unread.why));
    for text in guesses.chain(unread).chain(import.notes.iter().cloned()) {
        assert!(!text.chars().any(is_hidden), "{text:?}");
        assert!(text.chars().count() < 2000, "{text}");
    }
}

/// Words that mean something to one reader or another, and others.
fn word() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => "[a-z]{1,6}[0-9]{0,2}",
        2 => (0..256u32, 0..256u32).prop_map(|(a, b)| format!("10.0.{a}.{b}")),
        1 => prop::sample::select(vec![
            "name", "ip", "zone", "role", "os", "windows", "worker", "n/a", "-", "\"", "'", "[x]", "[x:children]", "[x:vars]",
            "a=b", "ansible_host=10.0.0.1", "w[1:3]", "all:", "hosts:", "{{ x }}", "#", ";", ",", "\t", "=", ":", "&a", "*a",
            "!vault", "{", "}", "[", "]", "|", ">", "---", "\u{feff}", "\u{202e}", "\u{0}", "ü", "10.0.0.1/24", "fe80::1",
        ]).prop_map(str::to_owned),
    ]
}

fn text() -> impl Strategy<Value = String> {
    let line = prop::collection::vec(word(), 0..6).prop_map(|words| words.join(" "));
    let end = prop::sample::select(vec!["\n", "\r\n", "\n  ", "\n\n", "\r"]);
    prop::collection::vec((line, end), 0..20).prop_map(|lines| {
        lines.into_iter().map(|(line, end)| format!("{line}{end}")).collect::<Vec<_>>().concat()
    })
}

proptest! {
    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        for from in KINDS {
            if let Ok(source) = read_bytes("here", bytes.clone(), from, catalogue()) {
                clean(&source.import(catalogue()));
            }
        }
        let _ = decode(bytes);
    }

    #[test]
    fn any_words_are_read_or_refused(text in text()) {
        for from in KINDS {
            match read_text("here", &text, from, catalogue()) {
                Ok(source) => clean(&source.import(catalogue())),
                Err(error) => prop_assert!(!error.to_string().chars().any(is_hidden), "{error}"),
            }
        }
    }

    /// Every line of a table that says anything is a host, part of one, or listed.
    #[test]
    fn no_line_of_a_table_is_lost(
        rows in prop::collection::vec(prop::collection::vec("[a-z0-9. ()/]{0,9}", 3), 0..30),
        crlf in any::<bool>(),
        delimiter in prop::sample::select(vec![",", ";", "\t"]),
    ) {
        let end = if crlf { "\r\n" } else { "\n" };
        let line = |cells: &Vec<String>| cells.join(delimiter) + end;
        let body: String = rows.iter().map(line).collect();
        let text = format!("name{delimiter}ip{delimiter}zone{end}{body}");
        let import = read_text("here", &text, From::Csv, catalogue()).unwrap().import(catalogue());
        let expected: BTreeSet<usize> = (2..)
            .zip(&rows)
            .filter(|(_, row)| row.iter().any(|cell| !cell.trim().is_empty()))
            .map(|(line, _)| line)
            .collect();
        prop_assert_eq!(lines_of(&import), expected);
        // Every address and zone stands in its host or is listed.
        for (line, row) in (2..).zip(&rows) {
            let at = format!("line {line}");
            let host = import.hosts.iter().find(|host| host.places.iter().any(|place| place.to_string() == at));
            let Some(host) = host else { continue };
            let zone = row[2].split_whitespace().collect::<Vec<_>>().join(" ");
            let listed = |text: &str| import.unread.iter().any(|unread| {
                unread.place.to_string().starts_with(&at) && unread.text.contains(text)
            });
            let has = is_blank_word(&zone) || host.zone.as_ref().is_some_and(|own| own.as_str() == zone);
            prop_assert!(has || listed(&zone), "{:?} of {:?}", zone, import);
            for word in row[1].split_whitespace().map(|word| word.trim_matches(['(', ')'])) {
                if is_blank_word(word) {
                    continue;
                }
                let found = word.parse().is_ok_and(|address| host.addresses.contains(&address));
                let guessed = host.guesses.iter().any(|guess| guess.from.contains(word));
                prop_assert!(found || guessed || listed(word), "{:?} of {:?}", word, import);
            }
        }
    }

    /// Every line of a list is a host, part of one, or listed.
    #[test]
    fn no_line_of_a_list_is_lost(lines in prop::collection::vec("[a-z0-9. ,/:]{0,20}", 1..30)) {
        prop_assume!(lines.iter().any(|line| !line.trim().is_empty()));
        let import = read_text("here", &lines.join("\n"), From::List, catalogue()).unwrap().import(catalogue());
        let says = |line: &str| line.chars().any(|letter| !letter.is_whitespace() && letter != ',');
        let expected: BTreeSet<usize> =
            (1..).zip(&lines).filter(|(_, line)| says(line)).map(|(line, _)| line).collect();
        prop_assert_eq!(lines_of(&import), expected);
    }

    /// Every host, group and variable of an inventory is in the answer by its name.
    #[test]
    fn no_line_of_an_inventory_is_lost(
        sections in prop::collection::vec(
            (prop::sample::select(vec!["", ":children", ":vars", ":odd"]), prop::collection::vec(0..4usize, 0..5)), 1..8),
    ) {
        let mut text = String::new();
        let mut marks = Vec::new();
        for (at, (kind, lines)) in sections.iter().enumerate() {
            let heading = format!("[group{at}x{kind}]\n");
            text.push_str(&heading);
            marks.push(format!("group{at}x"));
            for (line, form) in lines.iter().enumerate() {
                let mark = format!("mark{at}-{line}x");
                let written = match (*kind, form) {
                    (":vars", 0) => format!("{mark}=1\n"),
                    (":vars", _) => format!("zone={mark}\n"),
                    (_, 0) => format!("{mark}\n"),
                    (_, 1) => format!("h{at}-{line} {mark}=1\n"),
                    (_, 2) => format!("h{at}-{line} zone={mark}\n"),
                    _ => format!("{mark}[3:1]\n"),
                };
                text.push_str(&written);
                // A variable of a group without hosts, or one that a later line overrides, says nothing of any host.
                if *kind != ":vars" || *form == 0 {
                    marks.push(mark);
                }
            }
        }
        let import = read_text("here", &text, From::Ansible, catalogue()).unwrap().import(catalogue());
        let all = format!("{import:?}");
        for mark in marks {
            prop_assert!(all.contains(&mark), "{} of\n{}\nin {}", mark, text, all);
        }
    }
}
