//! What stands in a report, before it is HTML or Markdown.

use crate::catalogue::{Catalogue, OptionId};
use crate::flows::{Grouping, Listing, SameHost};
use crate::plan::host::HostSetting;
use crate::plan::{Host, Note, Party, Plan, SiteName, ZoneName};
use crate::review::Severity;
use crate::snippets::text::count;
use crate::snippets::{self, Direction, Purpose, Request, Selection, Target, explained};

use super::findings::found;
use super::sources::{Sources, row_words};
use super::{Form, Input, flows};

/// The most hosts that are listed.
const HOSTS: usize = 1000;

/// A whole report.
pub(super) struct Report {
    pub title: String,
    pub facts: Vec<(&'static str, String)>,
    pub sections: Vec<Section>,
}

/// A heading and what stands under it.
pub(super) struct Section {
    pub level: Level,
    pub heading: String,
    pub blocks: Vec<Block>,
}

/// How deep a heading is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Level {
    Main,
    Sub,
}

/// A part of a section. Texts are plain; whoever writes them escapes them.
pub(super) enum Block {
    Text(String),
    List(Vec<String>),
    Table(Table),
    /// A whole picture in the form's own language.
    Picture(String),
}

/// A table with a cell for each column in every row.
pub(super) struct Table {
    pub columns: Vec<&'static str>,
    pub rows: Vec<Vec<Cell>>,
}

/// A cell of a table.
pub(super) enum Cell {
    Text(String),
    /// An address on the web, which is shown as it is.
    Link(String),
}

impl Table {
    /// A table of texts. Columns that say nothing in any row are left out, the first aside.
    pub fn of(columns: &[&'static str], rows: Vec<Vec<String>>) -> Self {
        let is_kept =
            |at: usize| at == 0 || rows.iter().any(|row| row.get(at).is_some_and(|text| !text.is_empty()));
        let kept: Vec<bool> = (0..columns.len()).map(is_kept).collect();
        let keep = |at: &usize| kept.get(*at).copied().unwrap_or(false);
        let names = columns.iter().enumerate().filter(|(at, _)| keep(at)).map(|(_, name)| *name).collect();
        let cells = |row: Vec<String>| {
            let cells = row.into_iter().enumerate().filter(|(at, _)| keep(at));
            cells.map(|(_, text)| Cell::Text(text)).collect()
        };
        Self { columns: names, rows: rows.into_iter().map(cells).collect() }
    }
}

impl Section {
    pub fn new(heading: impl Into<String>, blocks: Vec<Block>) -> Self {
        Self { level: Level::Main, heading: heading.into(), blocks }
    }
}

/// Puts everything together, in the order in which it is read.
pub(super) fn report(input: &Input<'_>, form: Form) -> Report {
    let plan = input.plan;
    let mut sections = vec![hosts(input), options(input)];
    sections.extend(ports(input));
    sections.extend(zones(plan));
    sections.extend(own_rules(input));
    sections.push(picture(input, form));
    sections.extend(flows::sections(input));
    sections.push(findings(input));
    let sources = Sources::new(input);
    sections.extend(doubts(&sources));
    sections.push(pages(&sources, plan));
    let mut facts = vec![
        ("Edition of the requirements", plan.edition().to_owned()),
        ("Hosts", plan.hosts().len().to_string()),
        ("Flows", input.flows.count().to_string()),
    ];
    facts.extend(input.date.map(|date| ("Date", date.to_string())));
    facts.push(("Written by", "portplan".to_owned()));
    Report { title: format!("Network ports: {}", plan.name()), facts, sections }
}

fn hosts(input: &Input<'_>) -> Section {
    let plan = input.plan;
    let rows = plan.hosts().iter().take(HOSTS).map(|host| host_row(input, host)).collect();
    let columns = ["Host", "System", "Addresses", "Roles", "Zone", "Site", "Own settings", "Note"];
    let mut blocks = Vec::new();
    match plan.hosts().len() {
        0 => blocks.push(Block::Text("The plan has no host yet.".to_owned())),
        all if all > HOSTS => blocks
            .push(Block::Text(format!("The first {HOSTS} of {all} hosts; the plan's file has all of them."))),
        _ => {}
    }
    if !plan.hosts().is_empty() {
        blocks.push(Block::Table(Table::of(&columns, rows)));
    }
    let pairs = plan.partners().iter().filter_map(|pair| {
        Some(format!("{} works with {} only", plan.host(pair.host)?.name, plan.host(pair.partner)?.name))
    });
    let pairs: Vec<String> = pairs.collect();
    if !pairs.is_empty() {
        blocks.push(Block::Text("Partners, among hosts of the same role:".to_owned()));
        blocks.push(Block::List(pairs));
    }
    Section::new("Hosts", blocks)
}

fn host_row(input: &Input<'_>, host: &Host) -> Vec<String> {
    let addresses: Vec<String> = host.addresses.iter().map(ToString::to_string).collect();
    let text = |text: Option<&str>| text.unwrap_or_default().to_owned();
    vec![
        host.name.to_string(),
        host.os.label().to_owned(),
        addresses.join(", "),
        role_words(input.catalogue, host),
        text(input.plan.zone_of(host).map(ZoneName::as_str)),
        text(host.site.as_ref().map(SiteName::as_str)),
        setting_words(input.catalogue, host),
        text(host.note.as_ref().map(Note::as_str)),
    ]
}

/// The labels of a host's roles.
pub(super) fn role_words(catalogue: &Catalogue, host: &Host) -> String {
    let roles: Vec<&str> = host.roles.iter().map(|role| catalogue.roles()[role].label.as_str()).collect();
    roles.join(", ")
}

/// Options and ports that a host sets for itself.
fn setting_words(catalogue: &Catalogue, host: &Host) -> String {
    let options = host.options.iter().map(|(option, setting)| {
        let state = if setting == HostSetting::On { "on" } else { "off" };
        format!("{} {state}", catalogue.options()[option].label)
    });
    let ports = host.ports.iter().map(|(key, ports)| {
        let ranges: Vec<String> = ports.ranges().iter().map(ToString::to_string).collect();
        format!("{}: {}", catalogue.custom_ports()[*key].label, ranges.join(", "))
    });
    options.chain(ports).collect::<Vec<_>>().join("; ")
}

fn options(input: &Input<'_>) -> Section {
    let (on, all) = (input.plan.options(), input.catalogue.options());
    let label = |option: OptionId| all[option].label.clone();
    let rows = on.iter().map(|option| vec![label(option), all[option].help.clone()]).collect();
    let off: Vec<String> = all.keys().filter(|option| !on.contains(*option)).map(label).collect();
    let mut blocks = vec![if on.iter().next().is_some() {
        Block::Table(Table::of(&["Option that is on", "What it means"], rows))
    } else {
        Block::Text("No option is on.".to_owned())
    }];
    if !off.is_empty() {
        blocks.push(Block::Text(format!("Off: {}.", off.join(", "))));
    }
    Section::new("Options", blocks)
}

fn ports(input: &Input<'_>) -> Option<Section> {
    let rows = input.plan.ports().iter().filter(|(_, ports)| !ports.is_empty()).map(|(key, ports)| {
        let port = &input.catalogue.custom_ports()[*key];
        let ranges: Vec<String> = ports.ranges().iter().map(ToString::to_string).collect();
        vec![port.label.clone(), ranges.join(", "), port.help.clone()]
    });
    let rows: Vec<Vec<String>> = rows.collect();
    let table = || Block::Table(Table::of(&["Port of", "In this plan", "Where it is changed"], rows.clone()));
    (!rows.is_empty()).then(|| Section::new("Ports in place of printed ones", vec![table()]))
}

fn zones(plan: &Plan) -> Option<Section> {
    let mut names: Vec<&str> = plan.zones().iter().map(|zone| zone.name.as_str()).collect();
    let (mut sizes, mut without) = (std::collections::HashMap::<&str, usize>::new(), 0);
    for host in plan.hosts() {
        let Some(zone) = plan.zone_of(host) else {
            without += 1;
            continue;
        };
        let known = sizes.entry(zone.as_str()).or_default();
        *known += 1;
        if *known == 1 && plan.zones().iter().all(|own| own.name != *zone) {
            names.push(zone.as_str());
        }
    }
    let row = |name: &&str| {
        let zone = plan.zones().iter().find(|zone| zone.name.as_str() == *name);
        let networks =
            zone.map_or_else(Vec::new, |zone| zone.networks.iter().map(ToString::to_string).collect());
        vec![(*name).to_owned(), networks.join(", "), sizes.get(*name).copied().unwrap_or(0).to_string()]
    };
    let rows = names.iter().map(row).collect();
    let mut blocks = vec![Block::Table(Table::of(&["Zone", "Networks", "Hosts"], rows))];
    if without > 0 {
        blocks.push(Block::Text(format!("{} in no zone.", count(without, "host"))));
    }
    (!names.is_empty()).then(|| Section::new("Zones", blocks))
}

fn own_rules(input: &Input<'_>) -> Option<Section> {
    let party = |party: Party| match party {
        Party::Host(id) => input.plan.host(id).map_or("?".to_owned(), |host| host.name.to_string()),
        Party::Role(role) => format!("every {}", input.catalogue.roles()[role].label),
    };
    let rows = input.plan.rules().iter().zip(1..).map(|(rule, number)| {
        let transports: Vec<&str> = rule.transports.iter().map(|transport| transport.name()).collect();
        vec![
            number.to_string(),
            party(rule.from),
            party(rule.to),
            transports.join(", "),
            rule.ports.text(", "),
            rule.purpose.to_string(),
        ]
    });
    let rows: Vec<Vec<String>> = rows.collect();
    let columns = ["Rule", "From", "To", "Protocol", "Ports", "Purpose"];
    (!rows.is_empty()).then(|| Section::new("Own rules", vec![Block::Table(Table::of(&columns, rows))]))
}

fn picture(input: &Input<'_>, form: Form) -> Section {
    let listing = Listing::new(input.flows, Grouping::Flow, SameHost::Hide, None);
    let request = Request {
        catalogue: input.catalogue,
        plan: input.plan,
        flows: input.flows,
        selection: Selection::Listing(&listing),
        scope: "whole plan".to_owned(),
        target: match form {
            Form::Html => Target::Svg,
            Form::Markdown => Target::Mermaid,
        },
        direction: Direction::Transit,
        purpose: Purpose::Apply,
        date: input.date,
    };
    let block = match snippets::render(&request) {
        _ if listing.is_empty() => Block::Text("There is no flow to draw yet.".to_owned()),
        Ok(picture) => Block::Picture(picture),
        Err(why) => Block::Text(format!("There is no picture: {why}.")),
    };
    Section::new("Picture", vec![block])
}

fn findings(input: &Input<'_>) -> Section {
    let found = found(input);
    if found.is_empty() {
        return Section::new("Findings", vec![Block::Text("Nothing is missing.".to_owned())]);
    }
    let rows = found.into_iter().map(|found| {
        let severity = found.severity.map_or("", Severity::word).to_owned();
        vec![severity, found.text, found.remedy, found.reason.unwrap_or_default()]
    });
    let columns = ["", "Finding", "What to do", "Why it may stand"];
    Section::new("Findings", vec![Block::Table(Table::of(&columns, rows.collect()))])
}

fn doubts(sources: &Sources<'_>) -> Option<Section> {
    let rows = sources.doubts.iter().map(|(place, doubt)| vec![place.clone(), (*doubt).to_owned()]).collect();
    let text = "These rows of the vendor's pages are in use and look wrong; the printed value was kept. \
                Check them before you open the ports.";
    let table = || Table::of(&["Row", "Doubt"], rows);
    (!sources.doubts.is_empty())
        .then(|| Section::new("Doubts", vec![Block::Text(text.to_owned()), Block::Table(table())]))
}

fn pages(sources: &Sources<'_>, plan: &Plan) -> Section {
    let rows = sources.pages.iter().map(|used| {
        let page = used.page;
        let texts = [&page.title, &page.build, page.updated.iso(), &row_words(&used.rows)].map(str::to_owned);
        texts.into_iter().map(Cell::Text).chain([Cell::Link(page.url.clone())]).collect()
    });
    let table = Table {
        columns: vec!["Page", "Product build", "Last updated", "Rows in use", "Address"],
        rows: rows.collect(),
    };
    let mut blocks = Vec::new();
    if !table.rows.is_empty() {
        blocks.push(Block::Table(table));
    }
    if !plan.rules().is_empty() {
        blocks.push(Block::Text(format!(
            "{} of the plan itself.",
            count(plan.rules().len() as u64, "own rule")
        )));
    }
    let marks: Vec<String> =
        sources.tags.iter().map(|tag| format!("{}: {}", tag.text(), explained(*tag))).collect();
    if !marks.is_empty() {
        blocks.push(Block::Text("What the marks in square brackets mean:".to_owned()));
        blocks.push(Block::List(marks));
    }
    blocks.push(Block::Text(
        "portplan is not a Veeam product. It knows what these pages said on these dates; read them before you rely on it."
            .to_owned(),
    ));
    Section::new("Sources", blocks)
}
