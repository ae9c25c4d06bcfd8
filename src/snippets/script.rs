//! The frame of a script: the header, and one block per place with a heading that says where to run it.

use crate::plan::{Address, Host};

use super::header::{self, Notes};
use super::model::{Document, Place, Rule, Sheet, label};
use super::row::addresses;
use super::target::Purpose;
use super::text;

/// The whole script; `block` gives the commands of one place, without blank lines.
pub(super) fn script(
    document: &Document<'_>,
    notes: &Notes,
    block: impl Fn(&Sheet<'_>) -> Vec<String>,
) -> String {
    let mut lines: Vec<String> = header::lines(document, notes).iter().map(|line| remark(line)).collect();
    for sheet in &document.sheets {
        lines.push(String::new());
        lines.push(remark(&heading(document, sheet)));
        if document.request.purpose == Purpose::Apply {
            lines.extend(sheet.rules.iter().flat_map(|rule| &rule.todos).map(|todo| remark(todo)));
        }
        if document.request.purpose == Purpose::Remove || sheet.rules.iter().any(Rule::opens) {
            lines.extend(block(sheet));
        }
    }
    lines.push(String::new());
    lines.join("\n")
}

/// A line of comment. Its text is clean, or our own.
pub(super) fn remark(line: &str) -> String {
    format!("# {line}")
}

fn heading(document: &Document<'_>, sheet: &Sheet<'_>) -> String {
    let place = match sheet.place {
        Place::Between => "run on the firewall between the hosts".to_owned(),
        Place::Host(host, at) => run_on(host, &label(host, at)),
    };
    let rules = sheet.rules.iter().filter(|rule| rule.opens()).count();
    let rule = format!("{} rule", document.request.direction.label());
    format!("{place}: {}", text::count(rules, &rule))
}

fn run_on(host: &Host, label: &str) -> String {
    let many = host.addresses.iter().any(|address| matches!(address, Address::Network(_)));
    let on = if many { "run on every host of" } else { "run on" };
    match addresses(host).as_slice() {
        [] => format!("{on} {label}"),
        addresses => text::clean(&format!("{on} {label} ({})", text::list(addresses))),
    }
}
