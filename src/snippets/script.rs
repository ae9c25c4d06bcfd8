//! The frame of a script: the header, and one block per place with a heading that says where to run it.

use crate::plan::{Address, Host};

use super::entries::Entry;
use super::header;
use super::model::{Document, Place, Rule, Sheet, label};
use super::row::addresses;
use super::target::{Group, Purpose};
use super::text;

/// The whole script of a target.
pub(super) fn script(document: &Document<'_>) -> String {
    let remark = |line: &str| format!("{} {line}", document.form.comment);
    let notes = (document.form.notes)(document);
    let mut lines: Vec<String> = header::lines(document, notes).iter().map(|line| remark(line)).collect();
    for sheet in &document.sheets {
        lines.push(String::new());
        lines.push(remark(&heading(document, sheet)));
        if document.request.purpose == Purpose::Apply {
            lines.extend(sheet.rules.iter().flat_map(|rule| &rule.todos).map(|todo| remark(todo)));
        }
        lines.extend(block(document, sheet));
    }
    lines.push(String::new());
    lines.join("\n")
}

fn block(document: &Document<'_>, sheet: &Sheet<'_>) -> Vec<String> {
    match (document.request.purpose, document.form.removal) {
        (Purpose::Apply, _) if sheet.rules.iter().any(Rule::opens) => (document.form.apply)(document, sheet),
        (Purpose::Remove, Ok(remove)) => remove(document, sheet),
        (Purpose::Apply, _) | (Purpose::Remove, Err(_)) => Vec::new(),
    }
}

/// The remarks about a rule, each a line that starts with the sign of comments, for the place above its first entry.
pub(super) fn remarks(document: &Document<'_>, rule: &Rule) -> Vec<String> {
    let line = |remark: &String| format!("{} F{}: {remark}", document.form.comment, rule.id);
    rule.remarks.iter().map(line).collect()
}

/// The lines of all entries, with the remarks about a rule, indented so far, above its first entry.
pub(super) fn below_remarks<L: IntoIterator<Item = String>>(
    document: &Document<'_>,
    entries: &[Entry<'_>],
    indent: &str,
    lines: impl Fn(&Entry<'_>) -> L,
) -> Vec<String> {
    let mut out = Vec::new();
    for of_rule in entries.chunk_by(|left, right| left.rule.id == right.rule.id) {
        let remarks = of_rule.first().map_or_else(Vec::new, |entry| remarks(document, entry.rule));
        out.extend(remarks.iter().map(|remark| format!("{indent}{remark}")));
        out.extend(of_rule.iter().flat_map(&lines));
    }
    out
}

fn heading(document: &Document<'_>, sheet: &Sheet<'_>) -> String {
    // What another program carries out is not run where its rules are in force.
    let verb = if document.request.target.group() == Group::Code { "rules for" } else { "run on" };
    let place = match sheet.place {
        Place::Between => format!("{verb} the firewall between the hosts"),
        Place::Host(host, at) => run_on(verb, host, &label(host, at)),
    };
    let rules = sheet.rules.iter().filter(|rule| rule.opens()).count();
    let rule = format!("{} rule", document.request.direction.label());
    format!("{place}: {}", text::count(rules as u64, &rule))
}

fn run_on(verb: &str, host: &Host, label: &str) -> String {
    let many = host.addresses.iter().any(|address| matches!(address, Address::Network(_)));
    let on = if many { format!("{verb} every host of") } else { verb.to_owned() };
    match addresses(host).as_slice() {
        [] => format!("{on} {label}"),
        addresses => text::clean(&format!("{on} {label} ({})", text::list(addresses))),
    }
}
