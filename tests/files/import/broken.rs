//! What is no source of hosts at all, and sources that try to take more than there is.

use portplan::files::import::{From, read_bytes, read_file, read_text};
use portplan::plan::text::is_hidden;

use super::{catalogue, folder, import};

fn refused(text: &str, from: From) -> String {
    let error = read_text("here", text, from, catalogue()).expect_err(text).to_string();
    assert!(!error.chars().any(is_hidden), "{error:?}");
    error
}

#[test]
fn what_is_nothing_says_so() {
    assert_eq!(refused("", From::Auto), "here: there is nothing in it");
    assert_eq!(refused(" \n\t\r\n", From::Csv), "here: there is nothing in it");
    let missing = read_file(&folder().join("missing.csv"), From::Auto, catalogue()).unwrap_err().to_string();
    assert!(missing.ends_with("missing.csv: there is no such file"), "{missing}");
    let folder = read_file(&folder(), From::Auto, catalogue()).unwrap_err().to_string();
    assert!(
        folder.ends_with(
            "this is a directory, not a file; what comes through a pipe is read with - as the file"
        ),
        "{folder}"
    );
}

#[test]
fn text_that_is_not_utf_8_names_the_place_and_the_way_out() {
    let bytes = b"name,ip\nB\xFCro,10.0.0.1\n".to_vec();
    let error = read_bytes("here", bytes, From::Auto, catalogue()).unwrap_err().to_string();
    assert_eq!(
        error,
        "here:2:2: the byte 0xFC is not UTF-8 text; save the file as UTF-8 (in Excel: CSV UTF-8)"
    );
    let error = read_bytes("here", b"\xFF\xFEn\x00\n\x00\x00\xD8".to_vec(), From::Auto, catalogue());
    assert_eq!(error.unwrap_err().to_string(), "here:2: this is no valid UTF-16; save the file as UTF-8");
}

#[test]
fn broken_structures_name_their_place() {
    assert!(refused("[{\"sourceServer\": 1,\n}]", From::Auto).starts_with("here:2:1: this is no JSON: "));
    assert!(
        refused("{\"hosts\": []}", From::Auto).starts_with("here: this JSON is no project of Magic Ports: ")
    );
    assert!(refused("---\na:\n  hosts: [\n", From::Auto).starts_with("here:4"));
    assert_eq!(
        refused("---\n- a\n- b\n", From::Auto),
        "here:2: an inventory is a mapping of groups, and this is a list"
    );
    assert!(refused("---\na: \"\u{1b}[2J\n", From::Auto).starts_with("here:"));
}

#[test]
fn nesting_ends_somewhere() {
    let deep = |open: &str, close: &str, times: usize| {
        format!("---\na: {}{}\n", open.repeat(times), close.repeat(times))
    };
    for text in [deep("[", "]", 100_000), deep("{x: ", "}", 5_000)] {
        let message = refused(&text, From::Ansible);
        assert!(message.len() < 200, "{message}");
    }
    let groups = (0..200)
        .map(|depth| format!("{}g{depth}:\n{}children:\n", " ".repeat(depth * 2), " ".repeat(depth * 2 + 1)));
    assert!(
        refused(&format!("---\n{}", groups.collect::<String>()), From::Auto).contains("nested more deeply")
    );
    let json = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    assert!(refused(&json, From::MagicPorts).contains("recursion limit"));
}

#[test]
fn references_do_not_blow_a_file_up() {
    let mut text = "---\nx: &a0\n  hosts: {h: {zone: z}}\n".to_owned();
    for at in 1..40 {
        let line = format!("x{at}: &a{at}\n  children: {{p{at}: *a{}, q{at}: *a{}}}\n", at - 1, at - 1);
        text.push_str(&line);
    }
    let start = std::time::Instant::now();
    let read = read_text("here", &text, From::Auto, catalogue()).map(|source| source.import(catalogue()));
    assert!(start.elapsed().as_secs() < 30, "{:?}", start.elapsed());
    if let Ok(import) = read {
        assert!(!import.unread.is_empty());
    }
    let circle = "---\nx: &a\n  children: {y: *a}\n  hosts: {h: }\n";
    assert!(!import(circle, From::Auto).unread.is_empty());
}

#[test]
fn a_host_has_not_ten_thousand_addresses() {
    let addresses: Vec<String> =
        (0..10_000).map(|at| format!("10.0.{}.{}", at / 250, at % 250 + 1)).collect();
    let one_cell = import(&format!("name;ip\na;{}\n", addresses.join(",")), From::Csv);
    assert_eq!((one_cell.hosts.len(), one_cell.unread.len()), (1, 1));
    let rows = addresses.iter().map(|address| format!("a;{address}\n")).collect::<Vec<_>>().concat();
    let many_rows = import(&format!("name;ip\n{rows}"), From::Csv);
    assert_eq!((many_rows.hosts[0].addresses.len(), many_rows.unread.len()), (1000, 9000));
}

#[test]
fn more_rows_than_are_read_are_refused_as_a_whole() {
    let text = format!("name\n{}", "a\n".repeat(200_001));
    assert!(refused(&text, From::Csv).contains("more than 200000 rows"));
}
