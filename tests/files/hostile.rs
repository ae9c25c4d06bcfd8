//! No text, however broken, makes the reader panic, hang or take half a plan.

use std::time::{Duration, Instant};

use portplan::files::{Fault, project, samples};
use portplan::plan::text::is_hidden;
use proptest::prelude::*;

use super::{catalogue, plain, read};

const ALL_FORMS: &str = r##"// a "comment" ( /* nested
(
    format: 1, /* a /* b */ c */
    name: "Mün\u{63}hen \"x\"", edition: r#"2025-12"#,
    options: ["oracle", "netbios"],
    hosts: [
        (name: "vbr01", os: windows, addresses: ["10.0.0.10", "fe80::1", "a.example"], roles: ["backup-server"], zone: Some("mgmt")),
        (name: "ora-7", os: linux, options: {"persistent-agent": true, "management-agent": false}, note: "a (b"),
    ],
    ports: {"mongodb": [27018, "3000-3010"], "smtp": [26]},
    rules: [(from: host("vbr01"), to: role("mail-server"), transports: [tcp, udp], ports: ["465", "or 1-2", "9+"], purpose: "x")],
)
"##;

#[test]
fn a_file_cut_anywhere_is_refused_or_whole() {
    let catalogue = catalogue();
    let samples = samples();
    for text in [ALL_FORMS, samples[1].text] {
        let whole = plain(&read(text));
        for (cut, _) in text.char_indices() {
            match project::read(text.split_at(cut).0, catalogue) {
                Ok(plan) => assert_eq!(plain(&plan), whole, "cut at {cut}"),
                Err(error) => {
                    let message = error.to_string();
                    let what = error.message();
                    let fits =
                        ["ends too early", "is not closed", "the file is empty", "the end of the file"];
                    assert!(fits.iter().any(|part| what.contains(part)), "cut at {cut}: {message}");
                    assert!(error.line() <= text.lines().count(), "{message}");
                }
            }
        }
    }
}

#[test]
fn deep_nesting_is_an_error() {
    let catalogue = catalogue();
    for bracket in
        ["(", "[", "{", "(x:", "[(", "/*", "Some(", "{\"a\":", "(hosts:[", "#![", "(ports:{\"smtp\":[("]
    {
        let text = bracket.repeat(100_000);
        assert!(project::read(&text, catalogue).is_err());
        let text = format!("(format: 1, hosts: [(name: \"a\", note: {text}");
        assert!(project::read(&text, catalogue).is_err());
    }
    let deep = "((".repeat(100_000);
    assert!(project::read(&format!("(format: 1, ports: {{\"smtp\": [{deep}"), catalogue).is_err());
}

#[test]
fn large_texts_are_refused_at_once() {
    let start = Instant::now();
    let text = " ".repeat(project_limit() + 1);
    let error = project::read(&text, catalogue()).unwrap_err();
    assert!(matches!(error.fault(), Fault::TooLarge { .. }), "{error}");
    assert!(error.message().contains("67108865 bytes"), "{error}");
    assert!(start.elapsed() < Duration::from_secs(2));
}

fn project_limit() -> usize {
    64 * 1024 * 1024
}

#[test]
fn long_words_make_short_messages() {
    let word = "x".repeat(1_000_000);
    for text in [
        format!("(format: 1, name: \"{word}\", edition: \"2025-12\")"),
        format!("(format: 1, name: \"x\", edition: \"2025-12\", hosts: [(name: \"{word}\")])"),
        format!("(format: 1, name: \"x\", edition: \"{word}\")"),
        format!("(format: 1, name: \"x\", edition: \"2025-12\", options: [\"{word}\"])"),
        format!("(format: 1, {word}: 1)"),
        format!("(format: 1, name: {word})"),
        format!("(format: {}, name: 1)", "9".repeat(1_000_000)),
        format!(
            "(format: 1, name: \"x\", edition: \"2025-12\", hosts: [(name: \"a\", addresses: [\"{word} \"])])"
        ),
        format!("(format: 1, name: \"x\", edition: \"2025-12\", ports: {{\"smtp\": [\"{word} \"]}})"),
        format!("(format: 1, name: \"x\", edition: \"2025-12\", hosts: [(name: \"a\", os: {word})])"),
    ] {
        let error = project::read(&text, catalogue()).unwrap_err();
        assert!(error.to_string().chars().count() < 900, "{error}");
    }
}

/// A whole message, without the excerpt below it; `None` where the text is a plan.
fn message(text: &str) -> Option<String> {
    let message = project::read(text, catalogue()).err().map(|error| error.message());
    let shown = message.as_deref().unwrap_or_default();
    assert!(!shown.contains(is_hidden), "{shown:?}");
    message
}

/// The message for a plan that goes on like this; its text begins at column 44.
fn of_plan(rest: &str) -> Option<String> {
    message(&format!("(format: 1, name: \"x\", edition: \"2025-12\", {rest})"))
}

/// The message for the plan's name.
fn of_name(name: &str) -> Option<String> {
    message(&format!("(format: 1, edition: \"2025-12\", name: {name})"))
}

#[test]
fn characters_that_disturb_are_named_and_not_shown() {
    let in_name = |code: &str, at: usize| {
        format!(
            "line 1, column 39: the plan name holds the character U+{code} at position {at}; control characters and \
             characters that hide or reorder text are not allowed"
        )
    };
    for (name, code, at) in [
        ("\"a\u{1b}[2J\"", "001B", 2),
        ("\"a\\u{1b}[2J\"", "001B", 2),
        ("\"a\\x1b[2J\"", "001B", 2),
        ("r#\"\u{7}\"#", "0007", 1),
        ("\"\\0\"", "0000", 1),
        ("\"a\u{0}b\"", "0000", 2),
        ("\"a\u{9b}31m\"", "009B", 2),
        ("\"a\u{202e}b\"", "202E", 2),
        ("\"a\u{2066}b\"", "2066", 2),
        ("\"a\u{200d}b\"", "200D", 2),
        ("\"a\u{2028}b\"", "2028", 2),
        ("\"a\u{feff}b\"", "FEFF", 2),
        ("\"a\u{ffff}\"", "FFFF", 2),
        ("\"a\u{fdd0}\"", "FDD0", 2),
        ("\"a\u{10fffe}\"", "10FFFE", 2),
        ("\"a\tb\"", "0009", 2),
        ("\"a\nb\"", "000A", 2),
        ("\"a\r\nb\"", "000D", 2),
    ] {
        assert_eq!(of_name(name), Some(in_name(code, at)), "{name:?}");
    }
    for (text, expected) in [
        ("\u{0}", "line 1, column 1: expected \"(\", found the character U+0000"),
        ("\u{1b}[2J", "line 1, column 1: expected \"(\", found the character U+001B"),
        ("(\u{0}", "line 1, column 2: expected a word without quotes, found the character U+0000"),
        ("\u{feff}\u{feff}()", "line 1, column 1: expected \"(\", found the character U+FEFF"),
        (
            "(format: 1,\u{feff} name: 1)",
            "line 1, column 12: expected a word without quotes, found the character U+FEFF",
        ),
        (
            "(format: 1, \u{202e}: 1)",
            "line 1, column 13: expected a word without quotes, found the character U+202E",
        ),
        (
            "(format: 1, na\u{1b}me: 1)",
            "line 1, column 13: a plan has no field \"na\"; did you mean \"name\"?",
        ),
    ] {
        assert_eq!(message(text).as_deref(), Some(expected), "{text:?}");
    }
    assert_eq!(
        of_plan("options: [\"\u{202e}oracle\"]").as_deref(),
        Some("line 1, column 54: there is no option \"\u{fffd}oracle\"; did you mean \"oracle\"?")
    );
    assert_eq!(
        of_plan("ports: {\"smtp\": [\"\\u{1b}[2J\"]}").as_deref(),
        Some(
            "line 1, column 61: \"\u{fffd}[2J\" is not a port; write a number from 1 to 65535, such as 445, or a range, \
             such as 2500-3300"
        )
    );
}

#[test]
fn escapes_that_make_no_character_are_refused() {
    for name in ["\\u{d800}", "\\u{110000}", "\\u{}", "\\ud83d\\ude00", "\\u{1b", "\\xzz", "\\x", "\\q"] {
        let message = of_name(&format!("\"{name}\"")).unwrap();
        assert!(message.starts_with("line 1, column 40: "), "{message}");
        assert!(message.ends_with("; write \\\\ for a backslash and \\\" for a quote"), "{message}");
    }
}

#[test]
fn marks_need_a_letter_to_stand_on() {
    for (what, text) in [("host name", "\u{5b0}".repeat(253)), ("host name", "\u{5b0}a".to_owned())] {
        assert_eq!(
            of_plan(&format!("hosts: [(name: \"{text}\")]")),
            Some(format!(
                "line 1, column 59: the {what} holds the character U+05B0 at position 1; a mark needs a letter before it"
            ))
        );
    }
    assert_eq!(
        of_plan("hosts: [(name: \"a\", note: \"\u{301}x\")]").as_deref(),
        Some(
            "line 1, column 70: the note holds the character U+0301 at position 1; a mark needs a letter before it"
        )
    );
    let allowed = format!("hosts: [(name: \"a{}\", note: \"e\u{301} n\u{303}\")]", "\u{5b0}".repeat(252));
    assert_eq!(of_plan(&allowed), None);
    assert_eq!(
        of_plan(&format!("hosts: [(name: \"a{}\")]", "\u{301}".repeat(252))).as_deref(),
        Some(
            "line 1, column 59: the host name holds the character U+0301 at position 2; letters, digits, hyphens, dots and underscores are allowed"
        )
    );
}

#[test]
fn numbers_of_any_size_are_refused_in_words() {
    for (number, found) in
        [("1e999", "1e999"), ("inf", "inf"), ("NaN", "NaN"), ("1u8", "1u8"), ("0b2", "0b2"), ("'1'", "'1'")]
    {
        let expected = if found.starts_with('\'') { found.to_owned() } else { format!("\"{found}\"") };
        assert_eq!(
            message(&format!("(format: {number}, name: \"x\", edition: \"2025-12\")")),
            Some(format!("line 1, column 10: expected a number, found {expected}")),
            "{number}"
        );
    }
    let nines = "9".repeat(100_000);
    let shown = format!("{}…", "9".repeat(60));
    assert_eq!(
        message(&format!("(format: {nines}, name: 1)")),
        Some(format!(
            "line 1, column 10: format {shown} was made by a later portplan; this one reads formats 1 and 2; open it with a newer portplan"
        ))
    );
    assert_eq!(
        of_plan(&format!("ports: {{\"smtp\": [\"{nines}\"]}}")),
        Some(format!("line 1, column 61: port {shown} is out of range; ports go from 1 to 65535"))
    );
}

#[test]
fn extensions_and_names_of_ron_are_told_or_understood() {
    let body = "(format: 1, name: \"x\", edition: \"2025-12\")";
    for extension in
        ["implicit_some", "unwrap_newtypes", "unwrap_variant_newtypes", "implicit_some, unwrap_newtypes"]
    {
        assert_eq!(message(&format!("#![enable({extension})]\n{body}")), None, "{extension}");
    }
    assert_eq!(message(&format!("#![enable(explicit_struct_names)]\nplan{body}")), None);
    for (text, expected) in [
        (
            format!("#![enable(nonsense)]\n{body}"),
            "line 1, column 11: there is no RON extension \"nonsense\"; known: unwrap_newtypes, implicit_some, unwrap_variant_newtypes, explicit_struct_names",
        ),
        (format!("#![allow(x)]\n{body}"), "line 1, column 4: expected an `#![enable(...)]` attribute"),
        (
            format!("#![enable(explicit_struct_names)]\n{body}"),
            "line 2, column 1: expected the explicit struct name `plan`, but none was found",
        ),
        (format!("hosts{body}"), "line 1, column 1: expected \"(\", found \"hosts\""),
        ("(format: 1, name: b\"x\")".to_owned(), "line 1, column 19: expected a text in quotes, found \"b\""),
        (
            "/* /* x */".to_owned(),
            "line 1, column 1: the comment that begins here is not closed; end it with */",
        ),
        (
            format!("{body} /*"),
            "line 1, column 44: the comment that begins here is not closed; end it with */",
        ),
        (
            "// only a comment".to_owned(),
            "line 1, column 1: the file is empty; a plan begins with: (format: 1, name: \"…\", edition: \"…\", …)",
        ),
        (
            " \n\t\r\n ".to_owned(),
            "line 1, column 1: the file is empty; a plan begins with: (format: 1, name: \"…\", edition: \"…\", …)",
        ),
    ] {
        assert_eq!(message(&text).as_deref(), Some(expected), "{text}");
    }
}

#[test]
fn the_second_of_two_equal_keys_is_named_with_its_place() {
    for (text, column, what) in [
        ("name: \"y\"", 44, "field \"name\""),
        ("hosts: [], hosts: []", 55, "field \"hosts\""),
        ("options: [], options: []", 57, "field \"options\""),
        ("ports: {\"smtp\": [26], \"smtp\": [26]}", 66, "customisable port \"smtp\""),
        ("hosts: [(name: \"a\", name: \"b\")]", 64, "field \"name\""),
        (
            "hosts: [(name: \"a\", options: {\"persistent-agent\": true, \"persistent-agent\": true})]",
            100,
            "option \"persistent-agent\"",
        ),
        ("rules: [(from: role(\"worker\"), from: role(\"worker\"))]", 75, "field \"from\""),
    ] {
        assert_eq!(
            of_plan(text),
            Some(format!("line 1, column {column}: the {what} is there twice; take one of them out")),
            "{text}"
        );
    }
}

#[test]
fn white_space_of_every_kind_may_stand_between_words() {
    for space in [" ", "\t", "\r\n", "\r", "\n\n", "\u{a0}", "\u{2028}", "\u{85}"] {
        let text = format!("{space}(format: 1,{space}name:{space}\"x\", edition: \"2025-12\"{space}){space}");
        match space {
            // No white space to RON.
            "\u{a0}" => assert_eq!(
                message(&text).as_deref(),
                Some("line 1, column 1: expected \"(\", found the character U+00A0")
            ),
            _ => assert_eq!(message(&text), None, "{space:?}"),
        }
    }
    let plan = read("\u{feff}(format: 1, name: \"x\", edition: \"2025-12\")\r\n");
    let written = project::write(&plan, catalogue());
    assert!(written.starts_with("(\n") && !written.contains(['\r', '\u{feff}']), "{written}");
}

#[test]
fn a_hundred_thousand_hosts_are_read_and_a_twin_among_them_is_found() {
    let hosts: Vec<String> =
        (0..100_000).map(|at| format!("(name: \"h{at}\", roles: [\"worker\"])")).collect();
    let plan = format!("(format: 1, name: \"x\", edition: \"2025-12\", hosts: [\n{},\n", hosts.join(",\n"));
    assert_eq!(read(&format!("{plan}])")).hosts().len(), 100_000);
    assert_eq!(
        message(&format!("{plan}(name: \"h7\")])")).as_deref(),
        Some("line 100002, column 8: host number 8 is called \"h7\" already; give this one another name")
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn changed_bytes_never_panic(changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>(), 0..3_u8), 1..6)) {
        let mut bytes = ALL_FORMS.as_bytes().to_vec();
        for (at, byte, kind) in changes {
            let at = at.index(bytes.len());
            match kind {
                0 => bytes[at] = byte,
                1 => bytes.insert(at, b"()[]{},:\"'/*#\\!r."[usize::from(byte) % 17]),
                _ => { bytes.remove(at); }
            }
        }
        let text = String::from_utf8_lossy(&bytes);
        if let Err(error) = project::read(&text, catalogue()) {
            prop_assert!(error.line() >= 1 && error.column() >= 1);
            prop_assert!(!error.to_string().is_empty());
        }
    }

    #[test]
    fn any_text_never_panics(text in "[\\PC\\n\\t()\\[\\]{},:\"'/*#!r\\\\a-f0-9]{0,200}") {
        let _ = project::read(&text, catalogue());
        let _ = project::read(&format!("(format: 1, name: {text}"), catalogue());
    }
}
