//! Hosts from the files of others.

mod broken;
mod forms;
mod properties;

use std::fs;
use std::path::{Path, PathBuf};

use portplan::catalogue::RoleSet;
use portplan::files::import::{From, read_bytes, read_file, read_text};
use portplan::plan::import::{Import, Kind, NewHost, Source};

use super::catalogue;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/files/import")
}

pub(crate) fn source(text: &str, from: From) -> Source {
    read_text("here", text, from, catalogue()).unwrap_or_else(|error| panic!("{error}\nin\n{text}"))
}

fn import(text: &str, from: From) -> Import {
    source(text, from).import(catalogue())
}

fn role_ids(roles: RoleSet) -> String {
    let ids: Vec<&str> = roles.iter().map(|role| catalogue().roles()[role].id.as_str()).collect();
    ids.join(" ")
}

/// A host with all that is known of it, in a few lines.
fn host_text(host: &NewHost) -> String {
    let list = |items: Vec<String>| items.join(" ");
    let mut text = format!("{} {}", host.name, host.os);
    let parts = [
        ("addresses", list(host.addresses.iter().map(ToString::to_string).collect())),
        ("roles", role_ids(host.roles)),
        ("zone", host.zone.as_ref().map(ToString::to_string).unwrap_or_default()),
        ("site", host.site.as_ref().map(ToString::to_string).unwrap_or_default()),
        ("note", host.note.as_ref().map(ToString::to_string).unwrap_or_default()),
        ("places", host.places.iter().map(ToString::to_string).collect::<Vec<_>>().join(" and ")),
    ];
    for (name, part) in parts.into_iter().filter(|(_, part)| !part.is_empty()) {
        let line = format!("\n    {name}: {part}");
        text.push_str(&line);
    }
    for guess in &host.guesses {
        let line = format!("\n    guessed: {}", guess.text(catalogue()));
        text.push_str(&line);
    }
    text
}

/// All that was read.
fn text(import: &Import) -> String {
    let mut lines = vec![format!("{:?}", import.kind)];
    lines.extend(import.hosts.iter().map(host_text));
    lines.extend(
        import
            .unread
            .iter()
            .map(|unread| format!("not read: {}: {:?}\n    {}", unread.place, unread.text, unread.why)),
    );
    lines.extend(import.notes.iter().map(|note| format!("note: {note}")));
    lines.join("\n") + "\n"
}

/// The whole result of an example stands beside it.
fn example(name: &str, kind: Kind) {
    let source = read_file(&folder().join(name), From::Auto, catalogue()).unwrap();
    let import = source.import(catalogue());
    assert_eq!(import.kind, kind, "{name} is recognised by its content");
    let expected = fs::read_to_string(folder().join(format!("{name}.expected"))).unwrap();
    assert_eq!(text(&import), expected, "{name}");
}

#[test]
fn a_table_as_a_spreadsheet_writes_it() {
    example("estate.csv", Kind::Csv);
}

#[test]
fn the_vm_list_of_prism() {
    example("prism.csv", Kind::Prism);
}

#[test]
fn an_inventory_in_the_ini_form() {
    example("inventory.ini", Kind::AnsibleIni);
}

#[test]
fn an_inventory_in_the_yaml_form() {
    example("inventory.yml", Kind::AnsibleYaml);
}

#[test]
fn a_project_of_magic_ports() {
    example("magic-ports.json", Kind::MagicPorts);
}

#[test]
fn a_list_of_hosts() {
    example("hosts.txt", Kind::List);
}

#[test]
fn excel_and_powershell_write_utf_16() {
    let text = "Name,IP\r\nBüro01,10.0.0.1\r\n";
    let units: Vec<u16> = text.encode_utf16().collect();
    let little: Vec<u8> = units.iter().flat_map(|unit| unit.to_le_bytes()).collect();
    let big: Vec<u8> = units.iter().flat_map(|unit| unit.to_be_bytes()).collect();
    for (mark, bytes) in [(&[0xFF, 0xFE][..], &little), (&[0xFE, 0xFF], &big), (&[], &little), (&[], &big)] {
        let bytes = [mark, bytes].concat();
        let import = read_bytes("here", bytes, From::Auto, catalogue()).unwrap().import(catalogue());
        assert_eq!((import.hosts.len(), import.hosts[0].name.as_str()), (1, "Büro01"));
    }
    let with_mark = [b"\xEF\xBB\xBF", text.as_bytes()].concat();
    let import = read_bytes("here", with_mark, From::Auto, catalogue()).unwrap().import(catalogue());
    assert_eq!(import.hosts[0].name.as_str(), "Büro01");
}
