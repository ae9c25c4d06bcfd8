//! Tables, read back.

use portplan::catalogue::{Os, Transport};
use portplan::snippets::{self, Direction, Purpose, Request, Selection, Target};
use serde_json::Value;

use super::plans::{World, rows, small};

#[test]
fn csv_holds_every_flow_under_the_agreed_columns() {
    let world = small();
    let flows = world.flows();
    let text = world.write(Target::Csv, Direction::Inbound, Purpose::Apply);
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    assert_eq!(
        reader.headers().unwrap().iter().collect::<Vec<_>>().join(","),
        "from,from_address,to,to_address,transport,ports,purpose,source"
    );
    let records: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    let rows: Vec<snippets::Row> = rows(&flows)
        .into_iter()
        .map(|flow| snippets::row(&world.catalogue, &world.plan, &flows, flow))
        .collect();
    assert_eq!(records.len(), rows.len());
    for (record, row) in records.iter().zip(&rows) {
        assert_eq!(record.iter().collect::<Vec<_>>(), row.cells());
    }
    let ports = |from: &str, to: &str| {
        rows.iter().find(|row| row.from == from && row.to == to).map(|row| row.ports.as_str())
    };
    assert_eq!(ports("app", "db"), Some("6162 or 2500-3300"));
    assert_eq!(ports("named", "db"), Some("1058+"));
    assert_eq!(rows[0].from_addresses, "10.0.0.1; 2001:db8::1");
}

#[test]
fn json_has_the_agreed_form() {
    let mut world = small();
    world.host("w1", Os::Linux, "worker", &["10.0.9.9"]);
    world.host("repo", Os::Linux, "backup-repository", &[]);
    let text = world.write(Target::Json, Direction::Inbound, Purpose::Apply);
    let flows = world.flows();
    let array: Vec<Value> = serde_json::from_str(&text).unwrap();
    assert_eq!(array.len(), rows(&flows).len());
    assert_eq!(text.lines().count(), array.len() + 2, "one flow a line");
    let first =
        array.iter().find(|flow| flow["from"]["host"] == "app" && flow["to"]["host"] == "db").unwrap();
    assert_eq!(
        *first,
        serde_json::json!({
            "from": {"host": "app", "address": ["10.0.0.1", "2001:db8::1"]},
            "to": {"host": "db", "address": ["10.0.2.2", "2001:db8::2"]},
            "transport": "tcp",
            "ports": [
                {"from": 6162, "to": 6162, "open": false, "fallback": false},
                {"from": 2500, "to": 3300, "open": false, "fallback": true},
            ],
            "tags": ["fallback"],
            "reasons": [{"rule": "own-1", "page": null, "row": null, "purpose": "Move data"}],
        })
    );
    let printed = array.iter().find(|flow| flow["to"]["host"] == "repo").unwrap();
    assert!(printed["reasons"][0]["page"].is_string() && printed["reasons"][0]["row"].is_u64(), "{printed}");
}

#[test]
fn empty_tables_are_whole_tables() {
    let world = World::new("Empty");
    let write = |target| world.write(target, Direction::Inbound, Purpose::Apply);
    assert_eq!(write(Target::Json), "[]\n");
    assert_eq!(write(Target::Csv).lines().count(), 1);
    assert_eq!(write(Target::Markdown).lines().count(), 4);
}

#[test]
fn a_flow_with_several_reasons_names_each_once() {
    let mut world = World::new("Reasons");
    let from = world.host("a", Os::Linux, "", &[]);
    let to = world.host("b", Os::Linux, "", &[]);
    for purpose in ["One", "Two", "One"] {
        world.own(from, to, Transport::Tcp, &["445"], purpose);
    }
    let flows = world.flows();
    let row = snippets::row(&world.catalogue, &world.plan, &flows, rows(&flows)[0]);
    assert_eq!(
        (row.purpose.as_str(), row.source.as_str()),
        ("One / Two", "own rule 1; own rule 2; own rule 3")
    );
}

/// Counts what it is given, and keeps none of it.
struct Counter {
    bytes: u64,
    longest: usize,
}

impl std::io::Write for Counter {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.bytes += bytes.len() as u64;
        self.longest = self.longest.max(bytes.len());
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[test]
fn tables_are_written_in_small_pieces() {
    let mut world = World::new("Big");
    world.host("vbr", Os::Windows, "backup-server", &["10.0.0.1"]);
    for at in 0..300 {
        world.host(&format!("w{at}"), Os::Linux, "worker", &[]);
        world.host(&format!("r{at}"), Os::Linux, "backup-repository", &[]);
    }
    let flows = world.flows();
    let listing = World::all(&flows);
    assert!(listing.len() > snippets::FLOWS_IN_RULES, "{}", listing.len());
    for target in [Target::Csv, Target::Json, Target::Markdown] {
        let mut counter = Counter { bytes: 0, longest: 0 };
        let request = Request {
            catalogue: &world.catalogue,
            plan: &world.plan,
            flows: &flows,
            selection: Selection::Listing(&listing),
            scope: "whole plan".to_owned(),
            target,
            direction: Direction::Inbound,
            purpose: Purpose::Apply,
            date: None,
        };
        snippets::write(&request, &mut counter).unwrap();
        assert!(counter.bytes > 50 * listing.len() && counter.longest < 100_000, "{}", counter.longest);
    }
    let error = world
        .try_write(
            &flows,
            Selection::Listing(&listing),
            "x",
            Target::Nftables,
            (Direction::Transit, Purpose::Apply),
        )
        .unwrap_err();
    let text = error.to_string();
    assert!(
        text.contains(&listing.len().to_string()) && text.contains("narrow them by host or search"),
        "{text}"
    );
}
