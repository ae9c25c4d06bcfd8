//! `portplan check`: what a plan lacks, as a table, JSON, Markdown or CSV.

use std::io::Write;
use std::sync::Arc;

use serde::Serialize;

use crate::catalogue::{Catalogue, RuleId};
use crate::flows::RuleRef;
use crate::flows::explain::{origin, purpose};
use crate::plan::Plan;
use crate::review::{Check, Entry, Finding, Review, Severity};
use crate::snippets::{markdown_cell, spreadsheet_cell};

use super::args::{CheckTask, FlowsFormat};
use super::input::Loaded;
use super::{Failure, Verdict, environment};

pub(super) fn run(
    task: &CheckTask,
    catalogue: &Arc<Catalogue>,
    out: &mut impl Write,
) -> Result<Verdict, Failure> {
    if task.list {
        list(task.format, out)?;
        return Ok(Verdict::Done);
    }
    let Some(path) = &task.plan else {
        return environment::write(&task.settings, out);
    };
    let loaded = Loaded::read(path, catalogue)?;
    let review = Review::new(&loaded.catalogue, &loaded.plan, &loaded.flows);
    let shown = if task.all { review.len() } else { review.open().len() };
    let lines: Vec<Row> = (0..shown).filter_map(|at| Some(row(&loaded, review.entry(at)?))).collect();
    match task.format {
        FlowsFormat::Table => table(&loaded, &review, &lines, out)?,
        FlowsFormat::Csv => csv(&lines, out)?,
        FlowsFormat::Json => json(&lines, out)?,
        FlowsFormat::Markdown => markdown(&lines, out)?,
    }
    Ok(if review.urgent() > 0 { Verdict::Findings } else { Verdict::Done })
}

/// A finding in words.
#[derive(Serialize)]
struct Row {
    severity: &'static str,
    check: String,
    hosts: Vec<String>,
    about: Option<String>,
    text: String,
    remedy: String,
    rules: Vec<RuleRow>,
    /// Why it may stand.
    acknowledged: Option<String>,
}

#[derive(Serialize)]
struct RuleRow {
    rule: String,
    page: Option<String>,
    row: Option<u16>,
    purpose: String,
    /// Where it stands, for people.
    #[serde(skip)]
    origin: String,
}

impl RuleRow {
    /// A row can be several rules for one purpose.
    fn is_like(&self, other: &Self) -> bool {
        (&self.origin, &self.purpose) == (&other.origin, &other.purpose)
    }
}

fn row(loaded: &Loaded, entry: Entry<'_>) -> Row {
    let (catalogue, plan) = (&loaded.catalogue, &loaded.plan);
    let acknowledged = entry.acknowledged().map(|entry| entry.reason.to_string());
    let name = |id| plan.host(id).map(|host| host.name.to_string());
    let Some(finding) = entry.finding() else {
        let gone = entry.acknowledged();
        return Row {
            severity: OUTDATED,
            check: gone.map_or_else(String::new, |entry| entry.check.to_string()),
            hosts: gone.and_then(|entry| name(entry.host?)).into_iter().collect(),
            about: gone.and_then(|entry| Some(entry.about.as_ref()?.to_string())),
            text: "acknowledged, but not found any more".to_owned(),
            remedy: "withdraw it in the planner".to_owned(),
            rules: Vec::new(),
            acknowledged,
        };
    };
    Row {
        severity: finding.severity().word(),
        check: finding.id().to_owned(),
        hosts: finding.hosts().into_iter().filter_map(name).collect(),
        about: finding.about(catalogue).map(|about| about.to_string()),
        text: finding.text(catalogue, plan),
        remedy: finding.remedy(catalogue),
        rules: rules(catalogue, plan, finding),
        acknowledged,
    }
}

/// In place of a severity, where a finding is gone.
const OUTDATED: &str = "outdated";

fn rules(catalogue: &Catalogue, plan: &Plan, finding: &Finding) -> Vec<RuleRow> {
    let page = |id: RuleId| catalogue.pages()[catalogue.rules()[id].source.page].id.clone();
    let row = |rule: &RuleRef| {
        let origin = origin(catalogue, plan, *rule)?;
        let (page, row) = match rule {
            RuleRef::Catalogue(id) => (Some(page(*id)), Some(catalogue.rules()[*id].source.row)),
            RuleRef::Own(_) => (None, None),
        };
        let purpose = purpose(catalogue, plan, *rule).to_owned();
        Some(RuleRow { rule: origin.id(), page, row, purpose, origin: origin.long() })
    };
    finding.rules().iter().filter_map(row).collect()
}

fn table(loaded: &Loaded, review: &Review, rows: &[Row], out: &mut impl Write) -> Result<(), Failure> {
    let checks = rows.iter().map(|row| row.check.chars().count()).max().unwrap_or(0);
    for row in rows {
        writeln!(out, "{:8}  {:checks$}  {}", row.severity, row.check, row.text)?;
        if let Some(reason) = &row.acknowledged {
            writeln!(out, "          acknowledged: {reason}")?;
        } else {
            writeln!(out, "          remedy: {}", row.remedy)?;
        }
        for rule in row.rules.chunk_by(RuleRow::is_like).filter_map(<[_]>::first) {
            writeln!(out, "          {}: {}", rule.origin, rule.purpose)?;
        }
    }
    if !rows.is_empty() {
        writeln!(out)?;
    }
    writeln!(out, "{}", summary(loaded, review))?;
    Ok(())
}

fn summary(loaded: &Loaded, review: &Review) -> String {
    let hosts = loaded.plan.hosts().len();
    if hosts == 0 {
        return "the plan has no hosts yet, so there is nothing to check; add the backup server first"
            .to_owned();
    }
    let mut counts: Vec<String> =
        Severity::ALL.into_iter().map(|severity| count(review.count(severity), severity.word())).collect();
    if !review.acknowledged().is_empty() {
        counts.push(format!("{} acknowledged", review.acknowledged().len()));
    }
    if !review.outdated().is_empty() {
        counts.push(format!("{} outdated", review.outdated().len()));
    }
    let looked = format!("{}, {} flows", count(hosts, "host"), loaded.flows.count());
    format!("{}, in {looked}", counts.join(", "))
}

fn count(number: usize, word: &str) -> String {
    format!("{number} {word}{}", if number == 1 { "" } else { "s" })
}

const COLUMNS: [&str; 8] =
    ["severity", "check", "hosts", "about", "finding", "remedy", "rules", "acknowledged"];

impl Row {
    fn cells(&self) -> [String; 8] {
        let rules: Vec<&str> = self.rules.iter().map(|rule| rule.rule.as_str()).collect();
        [
            self.severity.to_owned(),
            self.check.clone(),
            self.hosts.join("; "),
            self.about.clone().unwrap_or_default(),
            self.text.clone(),
            self.remedy.clone(),
            rules.join("; "),
            self.acknowledged.clone().unwrap_or_default(),
        ]
    }
}

fn csv(rows: &[Row], out: &mut impl Write) -> Result<(), Failure> {
    let mut writer = ::csv::Writer::from_writer(out);
    let mut write = |cells: &[String]| {
        let safe = cells.iter().map(|cell| spreadsheet_cell(cell).into_owned());
        writer.write_record(safe).map_err(std::io::Error::from)
    };
    write(&COLUMNS.map(str::to_owned))?;
    for row in rows {
        write(&row.cells())?;
    }
    writer.flush()?;
    Ok(())
}

fn json(rows: &[Row], out: &mut impl Write) -> Result<(), Failure> {
    serde_json::to_writer_pretty(&mut *out, rows).map_err(std::io::Error::from)?;
    writeln!(out)?;
    Ok(())
}

fn markdown(rows: &[Row], out: &mut impl Write) -> Result<(), Failure> {
    writeln!(out, "| {} |", COLUMNS.map(capital).join(" | "))?;
    writeln!(out, "|{}", "---|".repeat(COLUMNS.len()))?;
    for row in rows {
        writeln!(out, "| {} |", row.cells().map(|cell| markdown_cell(&cell)).join(" | "))?;
    }
    Ok(())
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[derive(Serialize)]
struct CheckRow {
    check: &'static str,
    severity: &'static str,
    what: &'static str,
    why: &'static str,
}

/// Every check, as the README shows it.
pub fn check_list() -> String {
    let line = |check: &Check| {
        let (id, severity) = (check.id(), check.severity().word());
        format!(
            "| `{id}` | {severity} | {} | {} |\n",
            markdown_cell(check.what()),
            markdown_cell(check.why())
        )
    };
    let lines: String = Check::ALL.iter().map(line).collect();
    format!("| check | severity | finds | why it matters |\n|---|---|---|---|\n{lines}")
}

fn list(format: FlowsFormat, out: &mut impl Write) -> Result<(), Failure> {
    let rows = Check::ALL.iter().map(|check| CheckRow {
        check: check.id(),
        severity: check.severity().word(),
        what: check.what(),
        why: check.why(),
    });
    match format {
        FlowsFormat::Table => {
            for row in rows {
                writeln!(out, "{:8}  {}", row.severity, row.check)?;
                writeln!(out, "          {} {}", row.what, row.why)?;
            }
        }
        FlowsFormat::Markdown => out.write_all(check_list().as_bytes())?,
        FlowsFormat::Json => {
            let rows: Vec<CheckRow> = rows.collect();
            serde_json::to_writer_pretty(&mut *out, &rows).map_err(std::io::Error::from)?;
            writeln!(out)?;
        }
        FlowsFormat::Csv => {
            let mut writer = ::csv::Writer::from_writer(out);
            for row in rows {
                writer.serialize(row).map_err(std::io::Error::from)?;
            }
            writer.flush()?;
        }
    }
    Ok(())
}
