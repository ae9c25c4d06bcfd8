//! Situations as data: one file per situation in `cases/`, with the flows that the vendor's pages and the rulings of the
//! design give for it. The expectations were written from the pages, never from the program's output.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use portplan::catalogue::{Os, Transport};
use portplan::flows::{FlowRef, Flows, Grouping, SameHost, explain};
use portplan::plan::{OwnRule, Party, Plan};
use ron::extensions::Extensions;
use serde::Deserialize;

use super::support::{Draft, all, catalogue, name, ports, role, set};

/// One situation.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    about: String,
    /// Options on and off, relative to the defaults.
    #[serde(default)]
    on: Vec<String>,
    #[serde(default)]
    off: Vec<String>,
    hosts: Vec<CaseHost>,
    #[serde(default)]
    ports: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    rules: Vec<CaseRule>,
    /// All flows.
    flows: Option<Vec<CaseFlow>>,
    /// Some flows.
    #[serde(default)]
    has: Vec<CaseFlow>,
    /// Flows that must not be there, whatever their reasons: from, to, transport, ports.
    #[serde(default)]
    has_not: Vec<(String, String, Transport, String)>,
    /// All tags of some flows.
    #[serde(default)]
    tags: Vec<CaseFlow>,
    /// All connections of hosts with themselves.
    same_host: Option<Vec<CaseSelf>>,
    /// All roles that some rule misses.
    gaps: Option<Vec<String>>,
    /// What options do to the rows that apply.
    #[serde(default)]
    switches: Vec<Switch>,
}

/// Name, system, roles, and the options that it sets for itself.
type CaseHost = (String, Os, Vec<String>, BTreeMap<String, bool>);
/// Host, transport, ports, reasons.
type CaseSelf = (String, Transport, String, Vec<String>);
/// From, to, transport, ports, and the reasons or tags.
type CaseFlow = (String, String, Transport, String, Vec<String>);

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct CaseRule {
    from: CaseParty,
    to: CaseParty,
    transports: Vec<Transport>,
    ports: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
enum CaseParty {
    Host(String),
    Role(String),
}

/// Turns options over, all at once, and says which rows go and come: `ahv rows 41, 43-47`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Switch {
    options: Vec<String>,
    #[serde(default)]
    gone: Vec<String>,
    #[serde(default)]
    new: Vec<String>,
}

/// The fewest files that cover the rulings and options; fewer means that the folder was not found whole.
const AT_LEAST: usize = 30;

#[test]
fn every_case_gives_what_the_pages_say() {
    let files = files();
    assert!(files.len() >= AT_LEAST, "only {} cases found", files.len());
    let faults: Vec<String> = files.iter().filter_map(|file| check(file)).collect();
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

fn files() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/flows/cases");
    let entries = fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}

/// All differences of one case; `None` if there are none.
fn check(file: &Path) -> Option<String> {
    let case = read(file);
    let plan = plan_of(&case);
    let flows = Flows::new(catalogue(), &plan);
    let found = flow_lines(&plan, &flows);
    let mut report = Report::default();
    if let Some(expected) = &case.flows {
        let expected = expected.iter().map(flow_line).collect();
        report.compare("flow", &expected, &found);
        report.paste(&found);
    }
    report.require(&case, &found);
    report.tags(&case, &plan, &flows);
    report.same_host(&case, &plan, &flows);
    report.gaps(&case, &flows);
    for switch in &case.switches {
        report.switch(&case, switch);
    }
    report.text(file, &case)
}

fn read(file: &Path) -> Case {
    let text = fs::read_to_string(file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    let options = ron::Options::default().with_default_extension(Extensions::IMPLICIT_SOME);
    options.from_str(&text).unwrap_or_else(|error| panic!("{}:{error}", file.display()))
}

fn plan_of(case: &Case) -> Plan {
    let mut draft = Draft::new();
    for (ids, on) in [(&case.on, true), (&case.off, false)] {
        for id in ids {
            draft.switch(id, on);
        }
    }
    for (name, os, roles, options) in &case.hosts {
        draft.host_with(name, *os, roles, |host| {
            for (id, on) in options {
                set(host, id, *on);
            }
        });
    }
    for (id, items) in &case.ports {
        draft.override_ports(id, items);
    }
    for rule in &case.rules {
        let rule = own_rule(&draft.0, rule);
        draft.own_rule(rule);
    }
    draft.0
}

fn own_rule(plan: &Plan, rule: &CaseRule) -> OwnRule {
    let party = |party: &CaseParty| match party {
        CaseParty::Host(name) => Party::Host(plan.host_named(name).expect("a host of the case").id),
        CaseParty::Role(id) => Party::Role(role(id)),
    };
    OwnRule {
        from: party(&rule.from),
        to: party(&rule.to),
        transports: rule.transports.clone(),
        ports: ports(&rule.ports),
        purpose: "of the case".parse().unwrap(),
    }
}

/// A flow as a case writes it.
fn flow_line((from, to, transport, ports, more): &CaseFlow) -> String {
    format!("({from:?}, {to:?}, {transport}, {ports:?}, {more:?}),")
}

fn flow_lines(plan: &Plan, flows: &Flows) -> BTreeSet<String> {
    let rows = all(flows, Grouping::Flow, SameHost::Hide);
    rows.into_iter().map(|row| flow_line(&case_flow(plan, flows, row))).collect()
}

fn case_flow(plan: &Plan, flows: &Flows, row: FlowRef) -> CaseFlow {
    let shape = flows.shape(row.shape);
    let (from, to) = (name(plan, row.from, flows), name(plan, row.to, flows));
    (from, to, shape.transport, shape.ports.to_string(), reasons(plan, flows, row))
}

fn reasons(plan: &Plan, flows: &Flows, row: FlowRef) -> Vec<String> {
    let origins = flows.shape(row.shape).reasons.iter();
    origins.map(|rule| explain::origin(catalogue(), plan, *rule).unwrap().short()).collect()
}

/// The rows of the pages that a plan's flows rest on.
fn rows_in_force(plan: &Plan) -> BTreeSet<String> {
    let flows = Flows::new(catalogue(), plan);
    let rows = all(&flows, Grouping::Flow, SameHost::Hide);
    rows.into_iter().flat_map(|row| reasons(plan, &flows, row)).collect()
}

/// `ahv rows 41, 43-45` as `ahv row 41`, `ahv row 43`, ….
fn row_names(texts: &[String]) -> BTreeSet<String> {
    let mut rows = BTreeSet::new();
    for text in texts {
        let (page, numbers) = text.split_once(" rows ").expect("a page, \"rows\" and numbers");
        for part in numbers.split(", ") {
            let (first, last) = part.split_once('-').unwrap_or((part, part));
            let (first, last): (u16, u16) = (first.parse().unwrap(), last.parse().unwrap());
            rows.extend((first..=last).map(|row| format!("{page} row {row}")));
        }
    }
    rows
}

/// Collects the differences of one case.
#[derive(Debug, Default)]
struct Report {
    lines: Vec<String>,
    paste: String,
}

impl Report {
    fn compare(&mut self, what: &str, expected: &BTreeSet<String>, found: &BTreeSet<String>) {
        let missing = expected.difference(found).map(|line| format!("  missing {what}: {line}"));
        let surplus = found.difference(expected).map(|line| format!("  surplus {what}: {line}"));
        self.lines.extend(missing.chain(surplus));
    }

    /// What stands there now, for whoever has made sure that it is right.
    fn paste(&mut self, found: &BTreeSet<String>) {
        for line in found {
            let _ = writeln!(self.paste, "        {line}");
        }
    }

    fn require(&mut self, case: &Case, found: &BTreeSet<String>) {
        for wanted in case.has.iter().map(flow_line).filter(|line| !found.contains(line)) {
            self.lines.push(format!("  missing flow: {wanted}"));
        }
        for (from, to, transport, ports) in &case.has_not {
            let start = format!("({from:?}, {to:?}, {transport}, {ports:?}, ");
            let unwanted = found.iter().filter(|line| line.starts_with(&start));
            self.lines.extend(unwanted.map(|line| format!("  unwanted flow: {line}")));
        }
    }

    fn tags(&mut self, case: &Case, plan: &Plan, flows: &Flows) {
        let rows = all(flows, Grouping::Flow, SameHost::Hide);
        for (from, to, transport, ports, tags) in &case.tags {
            let key = (from.clone(), to.clone(), *transport, ports.clone());
            let of_key = |row: &&FlowRef| {
                let (from, to, transport, ports, _) = case_flow(plan, flows, **row);
                (from, to, transport, ports) == key
            };
            let found = rows.iter().find(of_key).map(|row| &flows.shape(row.shape).tags);
            let found: Option<Vec<&str>> = found.map(|tags| tags.iter().map(|tag| tag.text()).collect());
            if found.as_ref().is_none_or(|found| found != tags) {
                self.lines.push(format!("  tags of {key:?}: expected {tags:?}, found {found:?}"));
            }
        }
    }

    fn same_host(&mut self, case: &Case, plan: &Plan, flows: &Flows) {
        let Some(expected) = &case.same_host else { return };
        let expected = expected
            .iter()
            .cloned()
            .map(|(host, transport, ports, reasons)| (host.clone(), host, transport, ports, reasons))
            .map(|flow| flow_line(&flow))
            .collect();
        let rows = all(flows, Grouping::Flow, SameHost::Show);
        let own = rows.into_iter().filter(|row| row.from == row.to);
        let found = own.map(|row| flow_line(&case_flow(plan, flows, row))).collect();
        self.compare("same-host flow", &expected, &found);
    }

    fn gaps(&mut self, case: &Case, flows: &Flows) {
        let Some(expected) = &case.gaps else { return };
        let expected: BTreeSet<String> =
            expected.iter().map(|id| catalogue().roles()[role(id)].id.clone()).collect();
        let missing = flows.gaps().iter().flat_map(|gap| &gap.missing);
        let found = missing.map(|role| catalogue().roles()[*role].id.clone()).collect();
        self.compare("gap", &expected, &found);
    }

    fn switch(&mut self, case: &Case, switch: &Switch) {
        let before = plan_of(case);
        let mut after = Draft(before.clone());
        for id in &switch.options {
            let on = before.options().contains(catalogue().option(id).expect("an option"));
            after.switch(id, !on);
        }
        let (before, after) = (rows_in_force(&before), rows_in_force(&after.0));
        let gone = before.difference(&after).cloned().collect();
        let new = after.difference(&before).cloned().collect();
        let options = switch.options.join(" and ");
        self.compare(&format!("row that goes with {options}"), &row_names(&switch.gone), &gone);
        self.compare(&format!("row that comes with {options}"), &row_names(&switch.new), &new);
    }

    fn text(mut self, file: &Path, case: &Case) -> Option<String> {
        if self.lines.is_empty() {
            return None;
        }
        self.lines.insert(0, format!("{}: {}", file.file_name()?.display(), case.about));
        if !self.paste.is_empty() {
            self.lines
                .push(format!("  the flows are now, once you are sure that they should be:\n{}", self.paste));
        }
        Some(self.lines.join("\n"))
    }
}

/// Cases prove little about rows that they never touch, so together they have to touch every one.
#[test]
fn the_cases_together_rest_on_every_row_of_every_page() {
    let mut seen = BTreeSet::new();
    for file in files() {
        let case = read(&file);
        let reasons = case.flows.iter().flatten().flat_map(|flow| flow.4.clone());
        let own = case.same_host.iter().flatten().flat_map(|flow| flow.3.clone());
        seen.extend(reasons.chain(own));
    }
    let pages = catalogue().pages();
    let all = pages.iter().flat_map(|(_, page)| (1..=page.rows).map(|row| format!("{} row {row}", page.id)));
    let unseen: Vec<String> = all.filter(|row| !seen.contains(row)).collect();
    assert!(unseen.is_empty(), "no case says anything about {unseen:?}");
}

/// Every option and every role stands in some case, so that a new one asks for a case.
#[test]
fn the_cases_together_use_every_option_and_role() {
    let texts: String = files().iter().map(|file| fs::read_to_string(file).unwrap()).collect();
    let options = catalogue().options().entries().iter().map(|option| &option.id);
    let roles = catalogue().roles().entries().iter().map(|role| &role.id);
    let unused: Vec<&String> =
        options.chain(roles).filter(|id| !texts.contains(&format!("\"{id}\""))).collect();
    assert!(unused.is_empty(), "no case uses {unused:?}");
}
