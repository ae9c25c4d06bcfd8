//! No text, however broken, makes the reader panic, hang or take half a plan.

use std::time::{Duration, Instant};

use portplan::files::{Fault, project, samples};
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
