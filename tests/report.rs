//! What is handed over: the report read back by parsers of HTML and Markdown, and the plan with remarks by portplan.

mod remarks;

use std::collections::BTreeSet;

use portplan::catalogue::{Key as _, Os, Transport};
use portplan::flows::{FlowRef, Flows, Grouping, Listing, SameHost};
use portplan::plan::{Acknowledged, Edit, Plan, Zone};
use portplan::report::{self, Counts, Form, Input};
use portplan::review::Review;
use portplan::snippets;
use portplan::snippets::TableForm;
use serde_json::Value;

use crate::snippets::hostile::{self, HOSTILE};
use crate::snippets::live::run;
use crate::snippets::page::{read, read_loosely, zoned};
use crate::snippets::plans::{World, rows, small};

const FORMS: [Form; 2] = [Form::Html, Form::Markdown];

fn write(world: &World, form: Form) -> String {
    let flows = world.flows();
    let (catalogue, plan) = (&world.catalogue, &world.plan);
    report::write(&Input { catalogue, plan, flows: &flows, date: "2026-11-21".parse().ok() }, form)
}

/// The report as a parser of its form understands it.
fn page(world: &World, form: Form) -> Value {
    let text = write(world, form);
    match form {
        Form::Html => read(&text),
        Form::Markdown => read_loosely(&markdown(&text)),
    }
}

/// With the reader of Markdown that Mermaid brings along.
fn markdown(text: &str) -> String {
    let module = concat!(env!("CARGO_MANIFEST_DIR"), "/target/mermaid/node_modules/marked/lib/marked.esm.js");
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("report.md");
    std::fs::write(&file, text).unwrap();
    let script = format!(
        "import {{ marked }} from '{module}';\nimport fs from 'fs';\n\
         process.stdout.write(marked.parse(fs.readFileSync('{}', 'utf8'), {{ gfm: true }}));\n",
        file.display()
    );
    let (fine, said) = run("node", &["--input-type=module", "-"], &script);
    assert!(fine, "node: {said}; tests/run installs the reader\n{text}");
    said
}

/// The rows of the tables below each heading, heads of tables aside.
fn tables(page: &Value) -> Vec<(String, Vec<Vec<String>>)> {
    let words = |value: &Value| value.as_str().unwrap().split_whitespace().collect::<Vec<_>>().join(" ");
    let all: Vec<Vec<String>> = page["rows"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| row.as_array().unwrap().iter().map(words).collect())
        .collect();
    let heads: Vec<(String, usize)> = page["heads"]
        .as_array()
        .unwrap()
        .iter()
        .map(|head| (words(&head[0]), usize::try_from(head[1].as_u64().unwrap()).unwrap()))
        .collect();
    let ends = heads.iter().skip(1).map(|(_, start)| *start).chain([all.len()]);
    heads
        .iter()
        .zip(ends)
        .map(|((name, start), end)| (name.clone(), all[*start..end].iter().skip(1).cloned().collect()))
        .collect()
}

fn table(page: &Value, heading: &str) -> Vec<Vec<String>> {
    let found = tables(page).into_iter().find(|(name, _)| name == heading);
    found.unwrap_or_else(|| panic!("no {heading:?} in {:?}", page["heads"])).1
}

/// Every flow under its pair of zones.
fn flows_of(page: &Value) -> Vec<Vec<String>> {
    let pairs = tables(page).into_iter().filter(|(name, _)| name.contains(" → "));
    let mut flows: Vec<Vec<String>> = pairs
        .flat_map(|(pair, rows)| rows.into_iter().map(move |row| [vec![pair.clone()], row].concat()))
        .collect();
    flows.sort();
    flows
}

fn expected(world: &World) -> Vec<Vec<String>> {
    let all = world.flows();
    let clean = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let zone = |at: portplan::flows::HostIx| {
        let zone = world.plan.zone_of(&world.plan.hosts()[at.position()]);
        zone.map_or("no zone".to_owned(), ToString::to_string)
    };
    let line = |flow: FlowRef| {
        let row = snippets::row(&world.catalogue, &world.plan, &all, flow);
        let marks = if row.tags.is_empty() { String::new() } else { format!(" [{}]", row.tags) };
        let mut cells = vec![
            format!("{} → {}", zone(flow.from), zone(flow.to)),
            row.from,
            row.from_addresses,
            row.to,
            row.to_addresses,
            row.transport,
            row.ports,
            format!("{}{marks}", row.purpose),
            row.source,
        ];
        for cell in &mut cells {
            *cell = clean(cell);
        }
        cells
    };
    let mut lines: Vec<Vec<String>> = rows(&all).into_iter().map(line).collect();
    lines.sort();
    lines
}

#[test]
fn every_flow_stands_under_its_zones() {
    for world in [small(), zoned()] {
        for form in FORMS {
            assert_eq!(flows_of(&page(&world, form)), expected(&world), "{form:?}");
        }
    }
}

/// A plan with everything that a report tells of.
fn rich() -> World {
    let mut world = zoned();
    let zone = Zone { name: "by net".parse().unwrap(), networks: vec!["10.0.9.0/24".parse().unwrap()] };
    world.plan.apply(Edit::Zones(vec![zone])).unwrap();
    for mut host in world.plan.hosts().to_vec() {
        if host.name.as_str() == "w1" {
            (host.zone, host.site) = (None, "north".parse().ok());
            host.note = "first | of *two*".parse().ok();
        }
        world.plan.apply(Edit::Replace(Box::new(host))).unwrap();
    }
    let key = world.catalogue.custom_port("mongodb").unwrap();
    let ports = ["27018"].iter().map(|port| port.parse().unwrap()).collect::<portplan::catalogue::Ports>();
    world.plan.apply(Edit::Ports { key, ports: Some(ports.to_open()) }).unwrap();
    let bare = world.plan.host_named("bare").unwrap().id;
    let entry = Acknowledged {
        check: "no-address".parse().unwrap(),
        host: Some(bare),
        about: None,
        reason: "comes on Monday".parse().unwrap(),
    };
    world.plan.apply(Edit::Acknowledged(vec![entry])).unwrap();
    world
}

#[test]
fn hosts_options_ports_zones_rules_findings_and_sources_are_told() {
    let world = rich();
    let flows = world.flows();
    for form in FORMS {
        let page = page(&world, form);
        let hosts = table(&page, "Hosts");
        assert_eq!(hosts.len(), world.plan.hosts().len());
        let w1 = hosts.iter().find(|row| row[0] == "w1").unwrap();
        assert_eq!(
            w1[1..],
            ["Linux", "10.0.9.9", "Worker", "by net", "north", "first | of *two*"],
            "{form:?}"
        );
        let on = table(&page, "Options");
        assert_eq!(on.len(), world.plan.options().iter().count());
        assert_eq!(table(&page, "Ports in place of printed ones")[0][1], "27018");
        assert!(table(&page, "Zones").contains(&vec!["by net".into(), "10.0.9.0/24".into(), "1".into()]));
        assert_eq!(table(&page, "Own rules").len(), world.plan.rules().len());
        let review = Review::new(&world.catalogue, &world.plan, &flows);
        let shown = table(&page, "Findings");
        assert_eq!(shown.len(), review.len());
        let findings = (0..review.len()).map(|at| review.entry(at).unwrap().finding().unwrap());
        for (row, finding) in shown.iter().zip(findings) {
            assert_eq!(row[0], finding.severity().word());
            assert_eq!(row[1], finding.text(&world.catalogue, &world.plan));
            assert_eq!(row[2], finding.remedy(&world.catalogue));
        }
        let reasons: Vec<&String> =
            shown.iter().map(|row| &row[3]).filter(|reason| !reason.is_empty()).collect();
        assert_eq!(reasons, ["comes on Monday"]);
        check_sources(&world, &page);
        let text = page["text"].as_str().unwrap();
        for part in ["2026-11-21", "2025-12", "Off: ", "fallback: the ports behind"] {
            assert!(text.contains(part), "{part} in {form:?}: {text}");
        }
    }
}

/// Each page with the rows that some flow names.
fn check_sources(world: &World, page: &Value) {
    let flows = world.flows();
    let mut used: BTreeSet<String> = BTreeSet::new();
    for flow in rows(&flows) {
        let source = snippets::row(&world.catalogue, &world.plan, &flows, flow).source;
        used.extend(source.split("; ").map(str::to_owned).filter(|source| source.starts_with("ahv row ")));
    }
    let sources = table(page, "Sources");
    assert_eq!(sources.len(), 1, "{sources:?}");
    let listed: BTreeSet<String> = sources[0][3]
        .split(", ")
        .flat_map(|run| {
            let (first, last) = run.split_once('-').unwrap_or((run, run));
            (first.parse::<u16>().unwrap()..=last.parse().unwrap()).map(|row| format!("ahv row {row}"))
        })
        .collect();
    assert_eq!(listed, used);
    let known = &world.catalogue.pages().entries()[0];
    assert_eq!(sources[0][..3], [known.title.clone(), known.build.clone(), known.updated.iso().to_owned()]);
    assert!(page["links"].as_array().unwrap().iter().any(|link| link == known.url.as_str()));
}

#[test]
fn the_page_needs_nothing_from_elsewhere() {
    let world = rich();
    let text = write(&world, Form::Html);
    let page = read(&text);
    let tags: Vec<&str> = page["tags"].as_array().unwrap().iter().map(|tag| tag.as_str().unwrap()).collect();
    assert!(!tags.iter().any(|tag| ["script", "link", "img", "iframe", "object"].contains(tag)), "{tags:?}");
    assert!(tags.contains(&"svg") && tags.contains(&"thead"), "{tags:?}");
    for link in page["links"].as_array().unwrap() {
        let link = link.as_str().unwrap();
        let known = world.catalogue.pages().iter().any(|(_, page)| page.url == link);
        let inside =
            link.strip_prefix("#part-").is_some_and(|number| text.contains(&format!("id=\"part-{number}\"")));
        assert!(known || inside, "{link}");
    }
    assert!(!text.contains("@import") && !text.contains("url("));
    for part in ["@media print", "prefers-color-scheme: dark", "size: A4", "table-header-group"] {
        assert!(text.contains(part), "{part}");
    }
}

#[test]
fn markdown_has_its_picture_as_a_chart() {
    let text = write(&zoned(), Form::Markdown);
    let chart = text.split("```mermaid\n").nth(1).unwrap().split("\n```\n").next().unwrap();
    assert!(chart.starts_with("flowchart LR\n") && chart.contains("-->|"), "{chart}");
    assert_eq!(text.matches("```").count(), 2);
}

#[test]
fn hostile_texts_are_shown_and_make_no_element() {
    for form in FORMS {
        let plain = page(&hostile::world(HOSTILE[0]), form);
        for text in HOSTILE {
            let world = hostile::world(text);
            let shown = page(&world, form);
            for part in ["tags", "names"] {
                assert_eq!(shown[part], plain[part], "{form:?} {text}");
            }
            assert_eq!(flows_of(&shown), expected(&world), "{form:?} {text}");
        }
    }
}

#[test]
fn a_huge_plan_says_what_is_left_out_and_how_to_get_it() {
    let mut world = World::new("Big");
    world.host("vbr", Os::Windows, "backup-server", &["10.0.0.1"]);
    for at in 0..120 {
        world.host(&format!("w{at}"), Os::Linux, "worker", &[]);
        world.host(&format!("r{at}"), Os::Linux, "backup-repository", &[]);
    }
    for mut host in world.plan.hosts().to_vec() {
        if host.name.as_str().starts_with('r') {
            host.zone = "it's".parse().ok();
            world.plan.apply(Edit::Replace(Box::new(host))).unwrap();
        }
    }
    let all = world.flows();
    assert!(all.count() > 20_000, "{}", all.count());
    let text = write(&world, Form::Markdown);
    let listed = flows_of(&read_loosely(&markdown(&text)));
    assert!((500..=5000).contains(&listed.len()), "{}", listed.len());
    assert!(text.contains("There is no picture: ") && text.contains("too many for Mermaid"), "{text:.2000}");
    let all_of_them = "All of them: portplan flows PLAN --format csv --search";
    assert!(text.contains(all_of_them), "{text:.3000}");
    let shell = read_loosely(&markdown(&text))["text"].as_str().unwrap().to_owned();
    assert!(shell.contains("'from-zone:=\"\" to-zone:=it'\\''s'"), "{shell:.3000}");
}

#[test]
fn an_empty_plan_makes_a_whole_report() {
    for form in FORMS {
        let page = page(&World::new("Empty"), form);
        let text = page["text"].as_str().unwrap();
        assert!(text.contains("no host yet") && text.contains("There is no flow to draw yet."), "{text}");
    }
}

fn counts(plan: &Plan, flows: &Flows, axis: portplan::flows::Axis, form: TableForm) -> String {
    let matrix = portplan::flows::Matrix::new(plan, flows, axis, axis);
    let mut out = Vec::new();
    Counts { plan, flows, matrix: &matrix }.write(form, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

#[test]
fn counts_add_up_in_every_form() {
    use portplan::flows::Axis;
    let mut world = zoned();
    let id = world.plan.hosts()[0].id;
    world.own(id, world.plan.hosts()[2].id, Transport::Udp, &["7"], "Echo");
    let flows = world.flows();
    for axis in [Axis::Hosts, Axis::Zones] {
        let text = counts(&world.plan, &flows, axis, TableForm::Csv);
        let records: Vec<csv::StringRecord> =
            csv::Reader::from_reader(text.as_bytes()).records().map(Result::unwrap).collect();
        let number = |cell: &str| cell.parse::<u64>().unwrap();
        let inner: u64 = records[..records.len() - 1]
            .iter()
            .flat_map(|record| record.iter().skip(1).take(record.len() - 2).map(number))
            .sum();
        assert_eq!(inner, flows.count());
        assert_eq!(number(&records[records.len() - 1][records[0].len() - 1]), flows.count());
        let json: Vec<Value> =
            serde_json::from_str(&counts(&world.plan, &flows, axis, TableForm::Json)).unwrap();
        assert_eq!(json.iter().map(|pair| pair["flows"].as_u64().unwrap()).sum::<u64>(), flows.count());
        let markdown = read_loosely(&markdown(&counts(&world.plan, &flows, axis, TableForm::Markdown)));
        let last = markdown["rows"].as_array().unwrap().last().unwrap().as_array().unwrap().clone();
        assert_eq!(
            (last[0].as_str(), last.last().unwrap().as_str()),
            (Some("all"), Some(&*flows.count().to_string()))
        );
        let text = counts(&world.plan, &flows, axis, TableForm::Text);
        assert!(text.lines().last().unwrap().ends_with(&format!(" {}", flows.count())), "{text}");
    }
    let json = counts(&world.plan, &flows, Axis::Zones, TableForm::Json);
    assert!(json.contains("\"from\":null") || json.contains("\"to\":null"), "hosts without a zone: {json}");
    let listing = Listing::new(&flows, Grouping::Flow, SameHost::Hide, None);
    assert_eq!(listing.len(), flows.count());
}
