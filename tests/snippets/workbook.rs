//! The workbook, read back.

use std::io::Cursor;

use calamine::{Data, Reader as _, Xlsx};
use portplan::catalogue::{Os, Transport};
use portplan::snippets::{self, Direction, Purpose, Request, Row, Selection, SnippetError, Target};

use super::hostile::{self, HOSTILE};
use super::plans::{World, rows, small};
use super::workbook_parts::parts;

pub fn bytes(world: &World) -> Result<Vec<u8>, SnippetError> {
    scoped(world, "whole plan")
}

fn scoped(world: &World, scope: &str) -> Result<Vec<u8>, SnippetError> {
    let flows = world.flows();
    let listing = World::all(&flows);
    snippets::bytes(&Request {
        catalogue: &world.catalogue,
        plan: &world.plan,
        flows: &flows,
        selection: Selection::Listing(&listing),
        scope: scope.to_owned(),
        target: Target::Xlsx,
        direction: Direction::Inbound,
        purpose: Purpose::Apply,
        date: Some("2026-11-21".parse().unwrap()),
    })
}

/// The cells of a sheet; every one must be text, and none a formula.
pub fn sheet(bytes: &[u8], name: &str) -> Vec<Vec<String>> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes.to_vec())).unwrap();
    assert!(book.worksheet_formula(name).unwrap().is_empty(), "{name} holds formulas");
    let text = |cell: &Data| match cell {
        Data::String(text) => text.clone(),
        Data::Empty => String::new(),
        other => panic!("{other:?} on {name} is no text"),
    };
    book.worksheet_range(name).unwrap().rows().map(|row| row.iter().map(text).collect()).collect()
}

fn table(world: &World) -> Vec<(Row, [String; 2])> {
    let flows = world.flows();
    let zone = |at: portplan::flows::HostIx| {
        use portplan::catalogue::Key as _;
        world.plan.hosts()[at.position()].zone.as_ref().map(ToString::to_string).unwrap_or_default()
    };
    let row = |flow| snippets::row(&world.catalogue, &world.plan, &flows, flow);
    rows(&flows).into_iter().map(|flow| (row(flow), [zone(flow.from), zone(flow.to)])).collect()
}

/// Compares every cell with the flows.
fn check(world: &World) {
    let bytes = bytes(world).unwrap();
    let (flows, hosts) = (sheet(&bytes, "Flows"), sheet(&bytes, "Hosts"));
    let mut expected = Vec::new();
    let mut openings = Vec::new();
    for (row, [from_zone, to_zone]) in table(world) {
        let Row { from, from_addresses, to, to_addresses, transport, ports, purpose, source, tags } = row;
        let rest = [transport, ports, purpose, source, tags];
        let first = [&from, &from_zone, &from_addresses, &to, &to_zone, &to_addresses].map(String::clone);
        expected.push([&first[..], &rest[..]].concat());
        let (near, far) = ([from, from_addresses], [to, to_addresses]);
        for (host, direction, peer) in [(&far, "inbound", &near), (&near, "outbound", &far)] {
            openings.push([&host[..], &[direction.to_owned()], &peer[..], &rest[..]].concat());
        }
    }
    assert_eq!(
        flows[0].join(","),
        "From,From zone,From address,To,To zone,To address,Transport,Ports,Purpose,Source,Remarks"
    );
    assert_eq!(flows[1..], expected);
    assert_eq!(
        hosts[0].join(","),
        "Host,Address,Direction,Peer,Peer address,Transport,Ports,Purpose,Source,Remarks"
    );
    let place = |line: &Vec<String>| {
        let host = world.plan.hosts().iter().position(|host| host.name.as_str() == line[0]);
        (host, line[2].clone())
    };
    assert!(hosts[1..].is_sorted_by_key(place), "host by host, what comes in before what goes out");
    let sorted = |mut lines: Vec<Vec<String>>| {
        lines.sort();
        lines
    };
    assert_eq!(sorted(hosts[1..].to_vec()), sorted(openings));
}

#[test]
fn every_cell_is_what_the_flows_say() {
    check(&small());
}

#[test]
fn what_looks_like_a_formula_or_an_escape_stays_text() {
    for text in
        HOSTILE.into_iter().chain(["_x0041_", "=HYPERLINK(\"http://x\",\"y\")", "0123", "<r><t>x</t></r>"])
    {
        check(&hostile::world(text));
    }
}

#[test]
fn the_last_sheet_says_where_it_comes_from() {
    let mut world = small();
    world.host("w1", Os::Linux, "worker", &["10.0.9.9"]);
    world.host("repo", Os::Linux, "backup-repository", &[]);
    let about = sheet(&bytes(&world).unwrap(), "About");
    let value = |name: &str| about.iter().find(|line| line[0] == name).map(|line| line[1].clone()).unwrap();
    assert_eq!(value("Plan"), "Small \"site\"");
    assert_eq!(value("Flows"), table(&world).len().to_string());
    assert_eq!(value("Date"), "2026-11-21");
    assert_eq!(value("Edition of the requirements"), world.plan.edition());
    assert!(about.iter().any(|line| line[0] == "Source" && line[2].starts_with("https://")), "{about:?}");
    let remarks: Vec<&str> =
        about.iter().filter(|line| line[0] == "Remark").map(|line| line[1].as_str()).collect();
    for part in
        ["repo has no address", "named has only a DNS name", "marked \"fallback\"", "marked \"open-ended\""]
    {
        assert!(remarks.iter().any(|remark| remark.contains(part)), "{part}: {remarks:?}");
    }
}

#[test]
fn the_same_plan_gives_the_same_bytes() {
    assert_eq!(bytes(&small()), bytes(&small()));
}

#[test]
fn sheets_are_made_to_be_filtered_and_printed() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("plan.xlsx");
    std::fs::write(&file, bytes(&small()).unwrap()).unwrap();
    let read = "import sys, zipfile\nz = zipfile.ZipFile(sys.argv[1])\n\
                for name in ('xl/worksheets/sheet1.xml', 'xl/worksheets/sheet2.xml', 'xl/workbook.xml', 'docProps/core.xml'):\n\
                \x20   print(z.read(name).decode())\n";
    let (fine, text) = super::live::run("python3", &["-", file.to_str().unwrap()], read);
    assert!(fine, "{text}");
    for (part, times) in [
        ("<autoFilter ref=\"A1:", 2),
        ("state=\"frozen\"", 2),
        ("orientation=\"landscape\"", 2),
        ("fitToHeight=\"0\"", 2),
        ("numberStoredAsText=\"1\"", 2),
        ("_xlnm.Print_Titles", 2),
        ("<f>", 0),
        // The day is fixed, so that the same plan is the same file tomorrow.
        ("2000-01-01T00:00:00Z", 2),
    ] {
        assert_eq!(text.matches(part).count(), times, "{part}: {text}");
    }
}

#[test]
fn more_flows_than_a_sheet_has_rows_are_refused() {
    let mut world = World::new("Big");
    let role = |at: usize| if at < 800 { "worker" } else { "backup-repository" };
    for at in 0..1600 {
        world.host(&format!("h{at}"), Os::Linux, role(at), &[]);
    }
    let error = bytes(&world).unwrap_err().to_string();
    for part in ["too many for Excel workbook (at most 1048575", "rows", "narrow", "csv"] {
        assert!(error.contains(part), "{part}: {error}");
    }
}

#[test]
fn what_xml_cannot_hold_is_written_as_spreadsheets_write_it() {
    let bytes = scoped(&small(), "a\u{7}b\u{fffe} <&> \r\n ").unwrap();
    assert!(
        parts(&bytes)["xl/sharedStrings.xml"]
            .contains("<si><t xml:space=\"preserve\">a_x0007_b_xFFFE_ &lt;&amp;&gt; _x000D_\n </t></si>")
    );
}

#[test]
fn a_workbook_is_no_text() {
    let world = small();
    let flows = world.flows();
    let listing = World::all(&flows);
    let asked = (Direction::Inbound, Purpose::Apply);
    let error = world.try_write(&flows, Selection::Listing(&listing), "x", Target::Xlsx, asked).unwrap_err();
    assert_eq!(error.to_string(), "an Excel workbook is a file, not a text; write it to a file");
}

#[test]
fn an_empty_plan_is_a_whole_workbook() {
    let bytes = bytes(&World::new("Empty")).unwrap();
    assert_eq!((sheet(&bytes, "Flows").len(), sheet(&bytes, "Hosts").len()), (1, 1));
}

#[test]
fn a_cell_that_is_too_long_says_that_it_goes_on() {
    let mut world = World::new("Long");
    let many: Vec<String> = (0..4000).map(|at| format!("10.0.{}.{}", at / 250, at % 250)).collect();
    let many: Vec<&str> = many.iter().map(String::as_str).collect();
    let from = world.host("from", Os::Linux, "", &many);
    let to = world.host("to", Os::Linux, "", &[]);
    world.own(from, to, Transport::Tcp, &["22"], "x");
    let flows = sheet(&bytes(&world).unwrap(), "Flows");
    assert!(
        flows[1][2].len() < 32_767 && flows[1][2].ends_with("... (more: see the CSV table)"),
        "{}",
        flows[1][2].len()
    );
}
