//! The page, read back with a parser of HTML.

use portplan::catalogue::{Key as _, Os};
use portplan::snippets::{self, Direction, Purpose, Target};
use serde_json::Value;

use super::hostile::{self, HOSTILE};
use super::live::run;
use super::plans::{World, rows, small};

/// Reads a page from its input. Fails if an element is not closed or closed twice, and gives the rows of tables, the
/// names of elements and of attributes, and the addresses of links.
const READER: &str = r"
import html.parser, json, sys
VOID = {'meta', 'br', 'hr', 'img', 'link', 'input'}
class Reader(html.parser.HTMLParser):
    def __init__(self):
        super().__init__()
        self.open, self.rows, self.tags, self.names, self.links, self.heads, self.text = [], [], set(), set(), [], [], []
    def handle_starttag(self, tag, attributes):
        self.tags.add(tag)
        self.names.update(name for name, _ in attributes)
        self.links += [value for name, value in attributes if name in ('href', 'src')]
        if tag == 'tr': self.rows.append([])
        if tag in ('td', 'th'): self.rows[-1].append('')
        if tag in ('h2', 'h3'): self.heads.append(['', len(self.rows)])
        if tag not in VOID: self.open.append(tag)
    def handle_startendtag(self, tag, attributes):
        assert tag in VOID or 'svg' in self.open, tag
        self.handle_starttag(tag, attributes)
        if tag not in VOID: self.open.pop()
    def handle_endtag(self, tag):
        assert self.open and self.open.pop() == tag, (tag, self.getpos())
    def handle_data(self, data):
        if 'td' in self.open or 'th' in self.open:
            # Marks and asides are no part of a cell's text.
            if self.open[-1] not in ('i', 'small'): self.rows[-1][-1] += data
        elif 'h2' in self.open or 'h3' in self.open: self.heads[-1][0] += data
        elif 'style' not in self.open: self.text.append(data)
text = open(sys.argv[1], encoding='utf-8').read()
reader = Reader()
reader.feed(text)
reader.close()
assert reader.open == [], reader.open
print(json.dumps({'rows': reader.rows, 'tags': sorted(reader.tags), 'names': sorted(reader.names),
                  'links': reader.links, 'heads': reader.heads, 'text': ''.join(reader.text)}))
import xml.dom.minidom
xml.dom.minidom.parseString(text.encode())
";

pub fn read(text: &str) -> Value {
    read_by(READER, text)
}

/// The same for a page that need not be well-formed as XML.
pub fn read_loosely(text: &str) -> Value {
    read_by(READER.split("import xml").next().unwrap(), text)
}

fn read_by(reader: &str, text: &str) -> Value {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("page.html");
    std::fs::write(&file, text).unwrap();
    let (fine, said) = run("python3", &["-", file.to_str().unwrap()], reader);
    assert!(fine, "{said}\n{text}");
    serde_json::from_str(&said).unwrap()
}

fn write(world: &World) -> String {
    world.write(Target::Html, Direction::Inbound, Purpose::Apply)
}

/// Every flow of the page: zones, host, and the cells.
fn flows(page: &Value) -> Vec<Vec<String>> {
    let words = |value: &Value| value.as_str().unwrap().trim().to_owned();
    let mut found = Vec::new();
    let rows = page["rows"].as_array().unwrap();
    let heads: Vec<(String, usize)> = page["heads"]
        .as_array()
        .unwrap()
        .iter()
        .map(|head| (words(&head[0]), usize::try_from(head[1].as_u64().unwrap()).unwrap()))
        .collect();
    let mut from = String::new();
    for (at, row) in rows.iter().enumerate() {
        let cells: Vec<String> = row.as_array().unwrap().iter().map(words).collect();
        if let [host] = cells.as_slice() {
            host.strip_prefix("from ").unwrap().trim().clone_into(&mut from);
        } else if cells[0] != "To" {
            let pair = heads.iter().rfind(|(_, start)| *start <= at).unwrap().0.clone();
            found.push([vec![pair, from.clone()], cells].concat());
        }
    }
    found
}

fn expected(world: &World) -> Vec<Vec<String>> {
    let all = world.flows();
    let zone = |at: portplan::flows::HostIx| {
        let zone = world.plan.hosts()[at.position()].zone.as_ref();
        zone.map_or("no zone".to_owned(), |zone| format!("zone {zone}"))
    };
    let expected = rows(&all).into_iter().map(|flow| {
        let row = snippets::row(&world.catalogue, &world.plan, &all, flow);
        let list = |text: &str| text.replace("; ", ", ");
        let pair = format!("{} → {}", zone(flow.from), zone(flow.to));
        vec![
            pair,
            row.from,
            row.to,
            list(&row.to_addresses),
            row.transport,
            list(&row.ports),
            row.purpose,
            list(&row.source),
        ]
    });
    expected.collect()
}

fn sorted(mut lines: Vec<Vec<String>>) -> Vec<Vec<String>> {
    // A parser keeps spaces that a reader of the page does not see.
    for cell in lines.iter_mut().flatten() {
        *cell = cell.split_whitespace().collect::<Vec<_>>().join(" ");
    }
    lines.sort();
    lines
}

/// A plan with zones and printed rules.
pub fn zoned() -> World {
    let mut world = small();
    world.host("w1", Os::Linux, "worker", &["10.0.9.9"]);
    world.host("repo", Os::Linux, "backup-repository", &["10.0.9.10"]);
    for (at, mut host) in world.plan.hosts().to_vec().into_iter().enumerate() {
        host.zone = ["lan", "<dmz> & \"more\"", ""][at % 3].parse().ok();
        world.plan.apply(portplan::plan::Edit::Replace(Box::new(host))).unwrap();
    }
    world
}

#[test]
fn every_flow_stands_under_its_zones_and_its_host() {
    for world in [small(), zoned()] {
        let page = read(&write(&world));
        assert_eq!(sorted(flows(&page)), sorted(expected(&world)));
    }
}

#[test]
fn nothing_comes_from_elsewhere_but_the_sources() {
    let world = zoned();
    let text = write(&world);
    let page = read(&text);
    for link in page["links"].as_array().unwrap() {
        let link = link.as_str().unwrap();
        let known = world.catalogue.pages().iter().any(|(_, page)| page.url == link);
        assert!(known || link.starts_with("#pair-"), "{link}");
    }
    assert!(!text.contains("@import") && !text.contains("url("), "{text}");
    assert!(text.contains("@media print") && text.contains("prefers-color-scheme: dark"));
    let sources = page["text"].as_str().unwrap();
    assert!(sources.contains("as of 20") && sources.contains("marked \"fallback\""), "{sources}");
}

#[test]
fn hostile_texts_are_shown_and_make_no_element() {
    let plain = read(&write(&hostile::world(HOSTILE[0])));
    for text in HOSTILE {
        let world = hostile::world(text);
        let page = read(&write(&world));
        for part in ["tags", "names"] {
            assert_eq!(page[part], plain[part], "{text}");
        }
        assert_eq!(sorted(flows(&page)), sorted(expected(&world)), "{text}");
    }
}
