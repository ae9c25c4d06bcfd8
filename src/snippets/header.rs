//! The lines that every snippet of rules starts with, without any target's comment sign.

use crate::catalogue::Os;

use super::model::{Document, Elsewhere};
use super::names;
use super::target::{Direction, Purpose};
use super::text;

/// What the shared lines do not know about a target.
pub(super) struct Notes {
    /// How to run the text.
    pub run: &'static str,
    /// Whether answers pass by themselves.
    pub stateful: &'static str,
    /// Anything else that an operator must know before opening ports.
    pub apply: Vec<String>,
}

/// The header of a snippet.
pub(super) fn lines(document: &Document<'_>, notes: &Notes) -> Vec<String> {
    let mut lines = title(document);
    lines.push(notes.run.to_owned());
    match document.request.purpose {
        Purpose::Apply => lines.extend(apply(document, notes)),
        Purpose::Remove => lines.push(
            "Takes away what the same snippet without --remove added, by exact name, and nothing else."
                .to_owned(),
        ),
    }
    if document.sheets.iter().any(|sheet| sheet.part.is_some()) {
        lines.push(PART.to_owned());
    }
    lines
}

const PART: &str = "Where it holds only some flows of a host, it is named after exactly these: other rules of the \
                    plan stay as they are, and so does an older state of this selection.";

fn title(document: &Document<'_>) -> Vec<String> {
    let request = document.request;
    let name = text::comment(request.plan.name().as_str());
    let edition = text::comment(request.plan.edition());
    let label = request.target.label();
    let verb = match request.purpose {
        Purpose::Apply => "opens ports",
        Purpose::Remove => "roll-back",
    };
    let place = match request.direction {
        Direction::Inbound => "for the hosts that the connections go to",
        Direction::Outbound => "for the hosts that open the connections",
        Direction::Transit => "for a firewall between the hosts",
    };
    vec![
        format!("portplan, {label}, {verb}: plan {name} ({}), edition {edition}", document.plan),
        format!("Scope: {}. {}, {place}.", text::comment(&request.scope), counts(document)),
    ]
}

fn counts(document: &Document<'_>) -> String {
    let flows: usize = document.rules().map(|rule| rule.flows - rule.blocked).sum();
    let rules = document.rules().filter(|rule| rule.opens()).count();
    let rule = format!("{} rule", document.request.direction.label());
    format!("{} in {}", text::count(flows, "flow"), text::count(rules, &rule))
}

fn apply(document: &Document<'_>, notes: &Notes) -> Vec<String> {
    let mut lines = vec![
        "Running it again changes nothing. To remove: the same snippet as roll-back (portplan snippet ... --remove)."
            .to_owned(),
        format!(
            "Names start with {} and come from the name of the plan: remove before you rename it.",
            names::prefix(document.plan)
        ),
        notes.stateful.to_owned(),
    ];
    lines.extend(notes.apply.iter().cloned());
    lines.extend(not_expressed(document));
    lines
}

fn not_expressed(document: &Document<'_>) -> Vec<String> {
    let blocked: usize = document.rules().map(|rule| rule.blocked).sum();
    let elsewhere: usize = document.elsewhere.iter().map(|elsewhere| elsewhere.flows).sum();
    let mut lines = Vec::new();
    if blocked + elsewhere > 0 {
        lines.push(format!("Not expressed: {}", text::count(blocked + elsewhere, "flow")));
    }
    if blocked > 0 {
        lines.push(format!(
            "- {} without a usable address: see the TODO lines below",
            text::count(blocked, "flow")
        ));
    }
    lines.extend(document.elsewhere.iter().map(other_system));
    if document.same_host > 0 {
        let count = text::count(document.same_host, "connection");
        lines.push(format!("Left out: {count} of a host to itself, which needs no rule."));
    }
    lines
}

fn other_system(elsewhere: &Elsewhere) -> String {
    let (hosts, instead) = match elsewhere.os {
        Os::Windows => ("Windows hosts", "use the powershell format"),
        Os::Linux => ("Linux hosts", "use the nftables format"),
        Os::Other => (
            "hosts of another or unknown system",
            "set the system in the plan, or hand over a table (markdown, csv)",
        ),
    };
    let flows = text::count(elsewhere.flows, "flow");
    format!("- {flows} on {hosts} ({}): {instead}", text::list(&elsewhere.hosts))
}
