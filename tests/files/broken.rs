//! Every kind of broken file is refused at the right place and with words that help.

use std::fmt::Write;

use portplan::files::project;

use super::{catalogue, with_fields, with_hosts};

struct Case {
    text: String,
    line: usize,
    column: usize,
    parts: &'static [&'static str],
}

fn case(text: impl Into<String>, line: usize, column: usize, parts: &'static [&'static str]) -> Case {
    Case { text: text.into(), line, column, parts }
}

fn host(line: &str, column: usize, parts: &'static [&'static str]) -> Case {
    case(with_hosts(line), 5, column, parts)
}

fn field(line: &str, column: usize, parts: &'static [&'static str]) -> Case {
    case(with_fields(line), 5, column, parts)
}

fn check(cases: Vec<Case>) {
    let catalogue = catalogue();
    let mut wrong = String::new();
    for Case { text, line, column, parts } in cases {
        let error = match project::read(&text, catalogue) {
            Err(error) => error.with_name("munich.ron"),
            Ok(plan) => panic!("no error in\n{text}\n{plan:?}"),
        };
        let message = error.message();
        let place = format!("munich.ron:{line}:{column}: ");
        if !message.starts_with(&place) || !parts.iter().all(|part| message.contains(part)) {
            write!(wrong, "{text}\nexpected {place}{parts:?}\n   found {error}\n\n").unwrap();
        }
        assert!(!message.contains('\n'), "{message}");
        for shown in error.to_string().lines().skip(1) {
            assert!(shown.chars().count() <= 100, "{shown}");
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn words_that_are_not_known() {
    check(vec![
        host(
            r#"(name: "a", roles: ["workr"])"#,
            21,
            &["there is no role \"workr\"", "did you mean \"worker\"?"],
        ),
        host(
            r#"(name: "a", roles: ["worker", "proxi"])"#,
            31,
            &["there is no role \"proxi\"", "did you mean \"guest-interaction-proxy\"?"],
        ),
        host(
            r#"(name: "a", roles: ["%%"])"#,
            21,
            &["there is no role \"%%\"", "known: backup-server, console,"],
        ),
        field(r#"    options: ["orcale"],"#, 15, &["there is no option \"orcale\"", "\"oracle\""]),
        host(
            r#"(name: "a", options: {"persistent": true})"#,
            23,
            &["no option \"persistent\"", "\"persistent-agent\""],
        ),
        field(r#"    ports: {"mongo": [27018]},"#, 13, &["no customisable port \"mongo\"", "\"mongodb\""]),
        host(r#"(name: "a", os: windos)"#, 17, &["no operating system \"windos\"", "\"windows\""]),
        host(r#"(name: "a", os: bsd)"#, 17, &["no operating system \"bsd\"", "known: windows, linux, other"]),
        host(r#"(name: "a", adresses: [])"#, 13, &["a host has no field \"adresses\"", "\"addresses\""]),
        field("    host: [],", 5, &["a plan has no field \"host\"", "\"hosts\""]),
        field(
            r#"    rules: [(from: host("vbr02"), to: role("worker"), transports: [tcp], ports: ["1"], purpose: "x")],"#,
            25,
            &["there is no host \"vbr02\"", "did you mean \"vbr01\"?"],
        ),
        field(
            r#"    rules: [(from: host("vbr01"), to: role("mail"), transports: [tcp], ports: ["1"], purpose: "x")],"#,
            44,
            &["there is no role \"mail\"", "\"mail-server\""],
        ),
        field(
            r#"    rules: [(from: host("vbr01"), to: zone("x"), transports: [tcp], ports: ["1"], purpose: "x")],"#,
            39,
            &["there is no end of a rule \"zone\"", "known: host, role"],
        ),
        field(
            r#"    rules: [(from: host("vbr01"), to: role("worker"), transports: [tpc], ports: ["1"], purpose: "x")],"#,
            68,
            &["there is no transport \"tpc\"", "known: tcp, udp"],
        ),
        case(
            "(\n    format: 1,\n    name: \"x\",\n    edition: \"2026-03\",\n)",
            4,
            14,
            &["there is no edition \"2026-03\"", "\"2025-12\""],
        ),
    ]);
}

#[test]
fn values_that_do_not_fit() {
    check(vec![
        host(
            r#"(name: "a", addresses: ["10.0.0.1", "10.0.0.300"])"#,
            37,
            &["\"10.0.0.300\" is not a valid IP address"],
        ),
        host(r#"(name: "a", addresses: ["10.0.8.7/24"])"#, 25, &["10.0.8.0/24 for the network"]),
        host(r#"(name: "a", addresses: ["srv_\u{e4}.local"])"#, 25, &["is not an address"]),
        host(r#"(name: "a b")"#, 8, &["the host name holds \" \" at position 2"]),
        host("(name: \"a\\u{1b}b\")", 8, &["the host name holds the character U+001B at position 2"]),
        host(r#"(name: "")"#, 8, &["the host name is empty"]),
        host(r#"(name: "a", zone: Some("  "))"#, 24, &["the zone is empty"]),
        host(r#"(name: "a", note: "")"#, 19, &["the note is empty"]),
        host(r#"(name: "a", os: "windows")"#, 17, &["expected a word without quotes, found \"windows\""]),
        host(r#"(name: "a", options: {"netbios": true})"#, 23, &["\"netbios\" holds for the whole plan"]),
        host(
            r#"(name: "a", options: {"persistent-agent": yes})"#,
            43,
            &["expected true or false, found \"yes\""],
        ),
        field(r#"    ports: {"mongodb": [70000]},"#, 25, &["port 70000 is out of range"]),
        field(
            r#"    ports: {"mongodb": [99999999999999999999999]},"#,
            25,
            &["expected a port such as 445", "found \"99999999999999999999999\""],
        ),
        field(r#"    ports: {"mongodb": [-1]},"#, 25, &["port -1 is out of range"]),
        field(r#"    ports: {"mongodb": [27017, "3300-2500"]},"#, 32, &["runs backwards; write 2500-3300"]),
        field(r#"    ports: {"mongodb": ["1058+"]},"#, 25, &["\"1058+\" is not a port"]),
        field(
            r#"    ports: {"mongodb": [27017.5]},"#,
            25,
            &["expected a port such as 445", "found \"27017.5\""],
        ),
        field(r#"    ports: {"mongodb": []},"#, 24, &["the list of ports is empty"]),
        field(
            r#"    rules: [(from: host("vbr01"), to: role("worker"), transports: [tcp], ports: [465], purpose: "x")],"#,
            82,
            &["in quotes; write \"465\""],
        ),
        field(
            r#"    rules: [(from: host("vbr01"), to: role("worker"), transports: [tcp], ports: ["http"], purpose: "x")],"#,
            82,
            &["\"http\" is not a port"],
        ),
        field(
            r#"    rules: [(from: host("vbr01"), to: role("worker"), transports: [], ports: ["1"], purpose: "x")],"#,
            67,
            &["the list of transports is empty"],
        ),
        case(with_hosts("(name: \"a\")").replace("Munich", " "), 3, 11, &["the plan name is empty"]),
    ]);
}

#[test]
fn things_that_are_there_twice_or_not_at_all() {
    check(vec![
        case(with_hosts("(name: \"a\"),\n(name: \"a\")"), 6, 8, &["host number 1 is called \"a\" already"]),
        host(r#"(name: "a", roles: ["worker", "worker"])"#, 31, &["the role \"worker\" is there twice"]),
        field(
            r#"    options: ["oracle", "netbios", "oracle"],"#,
            36,
            &["the option \"oracle\" is there twice"],
        ),
        host(
            r#"(name: "a", options: {"persistent-agent": true, "persistent-agent": false})"#,
            49,
            &["the option \"persistent-agent\" is there twice"],
        ),
        field(
            r#"    ports: {"smtp": [26], "mongodb": [1], "smtp": [27]},"#,
            43,
            &["\"smtp\" is there twice"],
        ),
        field(
            r#"    rules: [(from: host("vbr01"), to: role("worker"), transports: [tcp, tcp], ports: ["1"], purpose: "x")],"#,
            73,
            &["the transport \"tcp\" is there twice"],
        ),
        host(r#"(name: "a", zone: "x", zone: "y")"#, 24, &["the field \"zone\" is there twice"]),
        host("(os: linux)", 1, &["the host has no name", "add name: \"vbr01\""]),
        field("    rules: [(from: host(\"vbr01\"))],", 13, &["the rule has no to;", "role(\"mail-server\")"]),
        case("(name: \"x\", edition: \"2025-12\")", 1, 1, &["the plan has no format", "add format: 1"]),
        case("(format: 1, name: \"x\")", 1, 1, &["the plan has no edition", "\"2025-12\""]),
    ]);
}

#[test]
fn text_that_is_not_ron() {
    check(vec![
        case("", 1, 1, &["the file is empty; a plan begins with"]),
        case("\u{FEFF}\r\n  // nothing yet\r\n", 1, 1, &["the file is empty"]),
        host("(name: \"a\" os: linux)", 12, &["expected a comma before \"os\""]),
        host("(name: \"a\"]", 11, &["expected a comma or \")\", found \"]\""]),
        host("(name \"a\")", 7, &["expected a colon, found \"a\""]),
        host("(name: a)", 8, &["expected a text in quotes, found \"a\""]),
        host("\"vbr01\"", 1, &["expected \"(\", found \"vbr01\""]),
        host(
            "(name: \"a\", roles: \"worker\")",
            20,
            &["expected a list in square brackets, found \"worker\""],
        ),
        host("(name: \"a\", options: [])", 22, &["expected a map in braces", "found \"[\""]),
        host("(name: \"a\\q\")", 10, &["unknown escape character", "backslash"]),
        case(
            "(\n  format: 1,\n  name: \"x\",\n  hosts: [\n    (name: \"a\"),\n",
            5,
            17,
            &["ends too early", "\"[\" in line 4"],
        ),
        case("(\n  format: 1,\n  name: \"Mun", 3, 9, &["the text that begins here is not closed"]),
        case("(\n  format: 1,\n  /* name: 1)", 3, 3, &["the comment that begins here is not closed"]),
        case(
            "(format: 1, name: \"x\", edition: \"2025-12\") )",
            1,
            44,
            &["expected nothing more behind the plan", "\")\""],
        ),
        case("(\n  format: 1,\n  edi", 3, 6, &["the file ends too early: the \"(\" in line 1 is not closed"]),
        case("{\"format\": 1}", 1, 1, &["expected \"(\", found \"{\""]),
        case("hello", 1, 1, &["expected \"(\", found \"hello\""]),
        case("(format: one)", 1, 10, &["expected a number, found \"one\""]),
    ]);
}

#[test]
fn other_formats() {
    check(vec![
        case(
            "(format: 3, towers: {3: [yes!!",
            1,
            10,
            &["format 3 was made by a later portplan", "this one reads formats 1 and 2"],
        ),
        case(
            "plan(\n towers: [(format: 1)], format: 17,\n)",
            2,
            33,
            &["format 17 was made by a later portplan"],
        ),
        case("(format: 99999999999999999999999999)", 1, 10, &["made by a later portplan"]),
        case(
            "(format: 0, name: \"x\", edition: \"2025-12\")",
            1,
            10,
            &["there is no format 0; write format: 1 or format: 2"],
        ),
        case("(format: -1, name: 1)", 1, 10, &["there is no format -1"]),
        case("(format: 1.5, name: 1)", 1, 10, &["there is no format 1.5; write format: 1 or format: 2"]),
        case("(format: 1, format: 2)", 1, 13, &["the field \"format\" is there twice"]),
        case("(format: 0x3, name: \"x\", edition: \"2025-12\")", 1, 10, &["format 3 was made by a later"]),
    ]);
}

#[test]
fn the_line_is_shown_with_a_mark_under_the_place() {
    let text = with_hosts("\t(name: \"ä\u{202e}\", roles: [\"proxi\"]),");
    let error = project::read(&with_hosts("\t(name: \"ä\", roles: [\"workr\"]),"), catalogue()).unwrap_err();
    assert_eq!(
        error.to_string(),
        "line 5, column 22: there is no role \"workr\"; did you mean \"worker\"?\n  \
         |  (name: \"ä\", roles: [\"workr\"]),\n  \
         |                      ^"
    );
    let error = project::read(&text, catalogue()).unwrap_err();
    assert!(!error.to_string().contains('\u{202e}'), "{error}");
    let wide = format!("(name: \"{}\", roles: [\"workr\"], note: \"{}\")", "漢".repeat(120), "x".repeat(900));
    let error = project::read(&with_hosts(&wide), catalogue()).unwrap_err().with_name("a\u{1b}[2J.ron");
    let shown = error.to_string();
    assert!(!shown.contains('\u{1b}'), "{shown}");
    let lines: Vec<&str> = shown.lines().collect();
    let width = |line: &str| unicode_width::UnicodeWidthStr::width(line);
    assert!(width(lines[1]) <= 100, "{shown}");
    let mark = width(lines[2]) - 1;
    let mut column = 0;
    let marked: String = lines[1]
        .chars()
        .skip_while(|letter| {
            let skip = column < mark;
            column += unicode_width::UnicodeWidthChar::width(*letter).unwrap();
            skip
        })
        .collect();
    assert!(marked.starts_with("\"workr\""), "{shown}");
}
