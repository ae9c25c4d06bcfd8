//! Pictures, read back by the programs that draw them.

use std::collections::{BTreeMap, BTreeSet};

use portplan::catalogue::{Os, PortItem, Ports};
use portplan::snippets::{self, Direction, Purpose, Target};
use serde_json::Value;

use super::hostile::{self, HOSTILE};
use super::live::run;
use super::page::zoned;
use super::plans::{World, rows, small};

/// By the names of the boxes at both ends: for each transport, the ports.
type Arrows = BTreeMap<(String, String), BTreeMap<String, Ports>>;

/// What a drawing holds.
#[derive(Debug, Default, PartialEq)]
struct Drawing {
    arrows: Arrows,
    /// By name, its other lines.
    boxes: BTreeMap<String, BTreeSet<String>>,
    zones: BTreeSet<String>,
}

impl Drawing {
    fn add(&mut self, from: &str, to: &str, words: &str) {
        let (transport, ports) = words.split_once(' ').unwrap();
        let items = match ports.strip_suffix(" as fallback") {
            Some(ports) => format!("or {}", ports.replace(", ", ", or ")),
            None => ports.replace(" or ", ", or "),
        };
        let items = items.split(", ").map(|item| item.parse::<PortItem>().unwrap());
        let known = self.arrows.entry((from.to_owned(), to.to_owned())).or_default();
        let known = known.entry(transport.to_owned()).or_default();
        *known = known.items().chain(items).collect();
    }

    fn add_box(&mut self, lines: &[String]) {
        let rest = lines[1..].iter().filter(|line| !line.is_empty()).cloned();
        self.boxes.entry(lines[0].clone()).or_default().extend(rest);
    }
}

fn write(world: &World, target: Target) -> String {
    world.write(target, Direction::Inbound, Purpose::Apply)
}

/// What the flows of a plan are as a drawing with one box for each host.
fn expected(world: &World) -> Drawing {
    let flows = world.flows();
    let mut drawing = Drawing::default();
    for flow in rows(&flows) {
        let row = snippets::row(&world.catalogue, &world.plan, &flows, flow);
        drawing.add(&row.from, &row.to, &format!("{} {}", row.transport, row.ports.replace("; ", ", ")));
        for (name, addresses) in [(row.from, row.from_addresses), (row.to, row.to_addresses)] {
            let host = world.plan.host_named(&name).unwrap();
            let roles: Vec<&str> =
                host.roles.iter().map(|role| world.catalogue.roles()[role].label.as_str()).collect();
            drawing
                .zones
                .insert(host.zone.as_ref().map_or("no zone".to_owned(), |zone| format!("zone {zone}")));
            drawing.add_box(&[name, addresses.replace("; ", ", "), roles.join(", ")]);
        }
    }
    drawing
}

fn strings(value: &Value) -> Vec<String> {
    value.as_array().unwrap().iter().map(|text| text.as_str().unwrap().to_owned()).collect()
}

/// With Mermaid's own parser.
fn mermaid(text: &str) -> Drawing {
    mermaids(&[text.to_owned()]).remove(0)
}

/// Many charts at once, because the parser takes long to start.
fn mermaids(charts: &[String]) -> Vec<Drawing> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/target/mermaid");
    let (fine, said) = run("node", &[&format!("{folder}/check.mjs")], &charts.join("\u{c}"));
    assert!(fine, "node: {said}; tests/run installs the parser\n{charts:?}");
    let read: Vec<Value> = serde_json::from_str(&said).unwrap();
    read.iter().map(mermaid_drawing).collect()
}

/// The parser writes `#60;` as `ﬂ°°60¶ß` until it draws.
fn mermaid_drawing(read: &Value) -> Drawing {
    let decode = |text: &str| {
        let mut parts = text.split("ﬂ°°");
        let mut whole = parts.next().unwrap().to_owned();
        for part in parts {
            let (number, rest) = part.split_once("¶ß").unwrap();
            whole.push(char::from_u32(number.parse().unwrap()).unwrap());
            whole.push_str(rest);
        }
        whole
    };
    let lines =
        |text: &str| -> Vec<String> { text.replace("<br/>", "<br>").split("<br>").map(decode).collect() };
    let mut drawing = Drawing::default();
    let mut names = BTreeMap::new();
    for node in read["nodes"].as_array().unwrap() {
        let [id, label] = strings(node).try_into().unwrap();
        let lines = lines(&label);
        names.insert(id, lines[0].clone());
        drawing.add_box(&lines);
    }
    for edge in read["edges"].as_array().unwrap() {
        let [from, to, label] = strings(edge).try_into().unwrap();
        for words in lines(&label) {
            drawing.add(&names[&from], &names[&to], &words);
        }
    }
    drawing.zones =
        read["groups"].as_array().unwrap().iter().map(|group| decode(group[0].as_str().unwrap())).collect();
    drawing
}

/// With `dot`, and a parser of what it draws.
fn graphviz(text: &str) -> Drawing {
    let (fine, svg) = run("dot", &["-Tsvg"], text);
    assert!(fine && !svg.contains("Warning"), "dot: {svg}\n{text}");
    let read = parse(
        &svg,
        "for group in root.iter(S + 'g'):\n    \
             found.append([group.get('class'), group.find(S + 'title').text] + [text.text.strip() for text in group.findall(S + 'text')])\n",
    );
    let mut drawing = Drawing::default();
    let mut names = BTreeMap::new();
    for group in &read {
        match group[0].as_str() {
            "node" => {
                names.insert(group[1].clone(), group[2].clone());
                drawing.add_box(&group[2..]);
            }
            "cluster" => drop(drawing.zones.insert(group[2].clone())),
            _ => {}
        }
    }
    for group in read.iter().filter(|group| group[0] == "edge") {
        let (from, to) = group[1].split_once("->").unwrap();
        for words in &group[2..] {
            drawing.add(&names[from], &names[to], words);
        }
    }
    drawing
}

/// Our own picture, with a parser of XML: the titles of arrows and boxes, and what is to be seen.
fn svg(text: &str) -> Drawing {
    let read = parse(
        text,
        "for group in root.iter(S + 'g'):\n    found.append(['box', group.find(S + 'title').text])\n\
         for path in root.iter(S + 'path'):\n    \
             if path.find(S + 'title') is not None: found.append(['arrow', path.find(S + 'title').text])\n\
         for text in root.iter(S + 'text'):\n    found.append([text.get('class') or '', text.text])\n",
    );
    let of = |kind: &str| -> Vec<&str> {
        read.iter().filter(|entry| entry[0] == kind).map(|entry| entry[1].as_str()).collect()
    };
    let mut drawing = Drawing::default();
    for arrow in of("arrow") {
        let (ends, words) = arrow.split_once(": ").unwrap();
        let (from, to) = ends.split_once(" to ").unwrap();
        for words in words.split("; ") {
            drawing.add(from, to, words);
        }
    }
    let seen: String = read
        .iter()
        .filter(|entry| !["box", "arrow"].contains(&entry[0].as_str()))
        .flat_map(|entry| entry[1].chars())
        .filter(|letter| !letter.is_whitespace())
        .collect();
    for lines in of("box") {
        let lines: Vec<String> = lines.split("; ").map(str::to_owned).collect();
        for line in &lines {
            let line: String = line.chars().filter(|letter| !letter.is_whitespace()).collect();
            assert!(seen.contains(&line), "{line} is not to be seen\n{text}");
        }
        drawing.add_box(&lines);
    }
    drawing.zones = of("z").into_iter().map(str::to_owned).collect();
    drawing
}

/// Runs lines of Python that collect lists of texts from an SVG file.
fn parse(svg: &str, lines: &str) -> Vec<Vec<String>> {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("picture.svg");
    std::fs::write(&file, svg).unwrap();
    let script = format!(
        "import json, sys, xml.etree.ElementTree as tree\nroot = tree.parse(sys.argv[1]).getroot()\n\
         S = '{{http://www.w3.org/2000/svg}}'\nfound = []\n{lines}print(json.dumps(found))\n"
    );
    let (fine, said) = run("python3", &["-", file.to_str().unwrap()], &script);
    assert!(fine, "{said}\n{svg}");
    serde_json::from_str(&said).unwrap()
}

/// How a text is read back.
type Read = fn(&str) -> Drawing;

const PICTURES: [(Target, Read); 3] =
    [(Target::Mermaid, mermaid), (Target::Graphviz, graphviz), (Target::Svg, svg)];

#[test]
fn every_picture_shows_every_host_and_every_flow() {
    for world in [small(), zoned()] {
        for (target, read) in PICTURES {
            assert_eq!(read(&write(&world, target)), expected(&world), "{target:?}");
        }
    }
}

/// White space is one space, as it is drawn.
fn spaced(drawing: Drawing) -> Drawing {
    let one = |text: String| text.split_whitespace().collect::<Vec<_>>().join(" ");
    Drawing { zones: drawing.zones.into_iter().map(one).collect(), ..drawing }
}

#[test]
fn hostile_texts_are_drawn_and_change_nothing() {
    let (mut charts, mut wanted) = (Vec::new(), Vec::new());
    for text in HOSTILE.into_iter().chain(["end", "`bold`", "a\\n\\N\\\" b", "&lt;b&gt; &#39; #lt;"]) {
        let world = hostile::world(text);
        for (target, read) in [(Target::Graphviz, graphviz as Read), (Target::Svg, svg)] {
            let text = write(&world, target);
            assert!(!text.contains("<script"), "{text}");
            assert_eq!(spaced(read(&text)), spaced(expected(&world)), "{target:?}: {text}");
        }
        charts.push(write(&world, Target::Mermaid));
        wanted.push(spaced(expected(&world)));
    }
    assert!(charts.iter().all(|chart| !chart.contains("<script")));
    let drawn: Vec<Drawing> = mermaids(&charts).into_iter().map(spaced).collect();
    assert_eq!(drawn, wanted);
}

#[test]
fn more_hosts_than_a_picture_can_show_become_groups() {
    let mut world = World::new("Groups");
    for at in 0..60 {
        let id = world.host(&format!("w{at}"), Os::Linux, "worker", &["10.0.0.1"]);
        world.host(&format!("r{at}"), Os::Linux, "backup-repository", &["10.0.0.2"]);
        let mut host = world.plan.host(id).unwrap().clone();
        host.zone = if at < 2 { "one" } else { "two" }.parse().ok();
        world.plan.apply(portplan::plan::Edit::Replace(Box::new(host))).unwrap();
    }
    let flows = world.flows();
    let row = snippets::row(&world.catalogue, &world.plan, &flows, rows(&flows)[0]);
    for (target, read) in PICTURES {
        let text = write(&world, target);
        assert!(text.contains("A box is all hosts of a zone with the same roles"), "{text}");
        let drawing = read(&text);
        assert_eq!(
            drawing.zones,
            ["no zone", "zone one", "zone two"].map(str::to_owned).into(),
            "{target:?}"
        );
        assert!(drawing.boxes["Backup repository"].contains("60 hosts"), "{:?}", drawing.boxes);
        assert!(
            drawing.boxes["Worker"].contains("w0, w1") && drawing.boxes["Worker"].contains("2 hosts"),
            "{:?}",
            drawing.boxes
        );
        let ports = &drawing.arrows[&("Worker".to_owned(), "Backup repository".to_owned())]["tcp"];
        assert!(
            row.to.starts_with('r') && ports.to_string().contains(&row.ports.replace("; ", ", ")),
            "{ports}"
        );
    }
}

#[test]
fn zones_are_the_last_resort_and_keep_to_what_mermaid_draws() {
    let mut world = World::new("Zones");
    for at in 0..60 {
        for (name, role) in [("w", "worker"), ("r", "backup-repository"), ("g", "gateway-server")] {
            let id = world.host(&format!("{name}{at}"), Os::Linux, role, &[]);
            let mut host = world.plan.host(id).unwrap().clone();
            host.zone = format!("z{at}").parse().ok();
            world.plan.apply(portplan::plan::Edit::Replace(Box::new(host))).unwrap();
        }
    }
    for (target, read) in PICTURES {
        let text = write(&world, target);
        assert!(text.contains("A box is a zone"), "{text}");
        let drawing = read(&text);
        let names: Vec<String> =
            (0..20).map(|at| format!("zone z{at}")).chain(["40 other zones".to_owned()]).collect();
        assert_eq!(drawing.zones, names.iter().cloned().collect(), "{target:?}");
        assert_eq!(drawing.arrows.len(), 21 * 21, "from each to each: {target:?}");
        assert!(drawing.boxes["40 other zones"].contains("120 hosts"), "{:?}", drawing.boxes);
        assert!(
            target != Target::Mermaid || text.len() < 50_000 && drawing.arrows.len() <= 500,
            "{}",
            text.len()
        );
    }
}

#[test]
fn the_svg_is_light_and_needs_nothing_else() {
    let text = write(&zoned(), Target::Svg);
    assert!(text.contains("<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>"), "{text}");
    for word in ["href", "url(", "<image", "<script", "@import", "onload"] {
        assert!(!text.contains(word), "{word}");
    }
    assert!(text.contains("from zone lan"), "the legend names zones: {text}");
}

#[test]
fn an_empty_plan_is_an_empty_picture() {
    for (target, read) in PICTURES {
        assert_eq!(read(&write(&World::new("Empty"), target)), Drawing::default(), "{target:?}");
    }
}
