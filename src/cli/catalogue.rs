//! `portplan catalogue`: every rule.

use std::io::Write;

use serde::Serialize;

use crate::catalogue::{Catalogue, Endpoint, Os, PortKind, Rule, nearest};

use super::args::{CatalogueFormat, CatalogueTask};
use super::{Failure, Verdict};

pub(super) fn run(
    task: &CatalogueTask,
    catalogue: &Catalogue,
    out: &mut impl Write,
) -> Result<Verdict, Failure> {
    if let Some(edition) = &task.edition
        && edition != catalogue.edition()
    {
        return Err(Failure::Unknown {
            kind: "edition",
            found: edition.clone(),
            nearest: nearest(edition, [catalogue.edition()]).map(str::to_owned),
            known: format!("this program has {}", catalogue.edition()),
        });
    }
    match task.format {
        CatalogueFormat::Json => json(catalogue, out)?,
        CatalogueFormat::Table => table(catalogue, out)?,
    }
    Ok(Verdict::Done)
}

#[derive(Serialize)]
struct RuleJson<'a> {
    id: &'a str,
    edition: &'a str,
    source: SourceJson<'a>,
    from: Vec<EndJson<'a>>,
    to: Vec<EndJson<'a>>,
    transports: Vec<&'static str>,
    ports: Vec<PortJson>,
    when: Option<String>,
    purpose: &'a str,
    doubt: Option<&'a str>,
}

#[derive(Serialize)]
struct SourceJson<'a> {
    page: &'a str,
    row: u16,
    section: &'a str,
    url: &'a str,
    build: &'a str,
    updated: &'a str,
}

#[derive(Serialize)]
struct EndJson<'a> {
    role: &'a str,
    os: Option<Os>,
}

#[derive(Serialize)]
struct PortJson {
    from: u16,
    to: u16,
    open: bool,
    fallback: bool,
}

fn json(catalogue: &Catalogue, out: &mut impl Write) -> Result<(), Failure> {
    let rules: Vec<RuleJson<'_>> =
        catalogue.rules().iter().map(|(_, rule)| rule_json(catalogue, rule)).collect();
    serde_json::to_writer_pretty(&mut *out, &rules).map_err(std::io::Error::from)?;
    writeln!(out)?;
    Ok(())
}

fn rule_json<'a>(catalogue: &'a Catalogue, rule: &'a Rule) -> RuleJson<'a> {
    let page = &catalogue.pages()[rule.source.page];
    let ends = |ends: &'a [Endpoint]| {
        ends.iter().map(|end| EndJson { role: &catalogue.roles()[end.role].id, os: end.os }).collect()
    };
    RuleJson {
        id: &rule.id,
        edition: catalogue.edition(),
        source: SourceJson {
            page: &page.id,
            row: rule.source.row,
            section: &rule.source.section,
            url: &page.url,
            build: &page.build,
            updated: page.updated.iso(),
        },
        from: ends(&rule.from),
        to: ends(&rule.to),
        transports: rule.transports.iter().map(|transport| transport.name()).collect(),
        ports: rule
            .ports
            .items()
            .map(|item| PortJson {
                from: item.range.from().number(),
                to: item.range.to().number(),
                open: item.kind == PortKind::OpenEnded,
                fallback: item.kind == PortKind::Fallback,
            })
            .collect(),
        when: catalogue.condition_text(&rule.when),
        purpose: &rule.purpose,
        doubt: rule.doubt.as_deref(),
    }
}

fn table(catalogue: &Catalogue, out: &mut impl Write) -> Result<(), Failure> {
    writeln!(
        out,
        "{:14}  {:32}  {:32}  {:7}  {:26}  PURPOSE (WHEN)",
        "RULE", "FROM", "TO", "PROTO", "PORTS"
    )?;
    for (_, rule) in catalogue.rules().iter() {
        let transports: Vec<&str> = rule.transports.iter().map(|transport| transport.name()).collect();
        let when =
            catalogue.condition_text(&rule.when).map_or(String::new(), |when| format!(" (when {when})"));
        let doubt = rule.doubt.as_ref().map_or(String::new(), |doubt| format!(" [doubt: {doubt}]"));
        writeln!(
            out,
            "{:14}  {:32}  {:32}  {:7}  {:26}  {}{when}{doubt}",
            rule.id,
            ends(catalogue, &rule.from),
            ends(catalogue, &rule.to),
            transports.join("/"),
            rule.ports,
            rule.purpose
        )?;
    }
    Ok(())
}

fn ends(catalogue: &Catalogue, ends: &[Endpoint]) -> String {
    let texts: Vec<String> = ends
        .iter()
        .map(|end| {
            let role = &catalogue.roles()[end.role].id;
            end.os.map_or_else(|| role.clone(), |os| format!("{role} ({os})"))
        })
        .collect();
    texts.join(" | ")
}
