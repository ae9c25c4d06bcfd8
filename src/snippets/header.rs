//! The lines that every snippet of rules starts with, without any target's comment sign.

use crate::catalogue::Os;

use super::model::{Document, Elsewhere};
use super::names;
use super::selection::{New, Selection};
use super::target::{Direction, Purpose, State};
use super::text;

/// What the shared lines do not know about a target.
pub(super) struct Notes {
    /// How to put the text into force.
    pub run: String,
    /// What a second run does.
    pub again: &'static str,
    /// Anything else that an operator must know before opening ports.
    pub more: Vec<String>,
    /// Anything else that an operator must know before closing them.
    pub removing: Vec<String>,
}

/// What a second run does where the text replaces what the first one made.
pub(super) const AGAIN: &str = "Running it again changes nothing.";

/// The header of a snippet.
pub(super) fn lines(document: &Document<'_>, notes: Notes) -> Vec<String> {
    let mut lines = title(document);
    lines.push(notes.run);
    match document.request.purpose {
        Purpose::Apply => {
            let remove = document.form.removal.err().unwrap_or(ROLL_BACK);
            lines.push(format!("{} To remove: {remove}.", notes.again));
            lines.extend(apply(document, notes.more));
        }
        Purpose::Remove => {
            lines.push(if document.form.state.has_names() { BY_NAME } else { BY_CONTENT }.to_owned());
            lines.extend(notes.removing);
        }
    }
    if document.form.state.has_names() && document.sheets.iter().any(|sheet| sheet.part.is_some()) {
        let line = match document.request.selection {
            Selection::Zones(_) => ZONES,
            Selection::Gone(_) => GONE,
            _ => PART,
        };
        lines.push(line.to_owned());
    }
    lines
}

const ROLL_BACK: &str = "the same snippet as roll-back (portplan snippet ... --remove)";

const BY_NAME: &str =
    "Takes away what the same snippet without --remove added, by exact name, and nothing else.";

const BY_CONTENT: &str = "Takes away the entries that the same snippet without --remove added. They have no names: the \
                          same entry that stood there before, or that another snippet of the plan added, goes too.";

const ZONES: &str = "It is named after the two zones: other rules of the plan stay as they are.";

const GONE: &str = "Where a host keeps other flows, only rules go that a snippet of exactly these flows made. Those of a \
                    whole host narrow when its present snippet is run again: do that first.";

const PART: &str = "Where it holds only some flows of a host, it is named after exactly these: other rules of the \
                    plan stay as they are, and so does an older state of this selection.";

fn title(document: &Document<'_>) -> Vec<String> {
    let request = document.request;
    let name = text::comment(request.plan.name().as_str());
    let edition = text::comment(&request.catalogue.edition_words());
    let label = request.target.label();
    let verb = match request.purpose {
        Purpose::Apply => "opens ports",
        Purpose::Remove => "roll-back",
    };
    let date = request.date.map_or_else(String::new, |date| format!(", {date}"));
    let place = match request.direction {
        Direction::Inbound => "for the hosts that the connections go to",
        Direction::Outbound => "for the hosts that open the connections",
        Direction::Transit => "for a firewall between the hosts",
    };
    vec![
        format!("portplan, {label}, {verb}: plan {name} ({}), edition {edition}{date}", document.plan),
        format!("Scope: {}. {}, {place}.", text::comment(&request.scope), counts(document)),
    ]
}

fn counts(document: &Document<'_>) -> String {
    let flows: usize = document.rules().map(|rule| rule.flows - rule.blocked).sum();
    let rules = document.rules().filter(|rule| rule.opens()).count();
    let rule = format!("{} rule", document.request.direction.label());
    format!("{} in {}", text::count(flows as u64, "flow"), text::count(rules as u64, &rule))
}

fn apply(document: &Document<'_>, more: Vec<String>) -> Vec<String> {
    let mut lines = Vec::new();
    if document.form.state.has_names() {
        lines.push(format!(
            "Names start with {} and come from the name of the plan: remove before you rename it.",
            names::prefix(document.plan)
        ));
    }
    let state = match document.form.state {
        State::Stateful => "Stateful: answers pass by themselves.",
        State::Depends(sentence) => sentence,
        State::Stateless => "Stateless: answers do not pass by themselves, so each list has a return list.",
    };
    lines.push(state.to_owned());
    lines.extend(more);
    lines.extend(not_expressed(document));
    lines.extend(gone(document));
    lines
}

fn gone(document: &Document<'_>) -> Option<String> {
    let Selection::New(New { gone: gone @ 1.., .. }) = document.request.selection else { return None };
    let flows = text::count(gone, "flow");
    Some(format!(
        "{flows} of the baseline are not in the plan any more; this closes none of them. To list them: a table with --remove."
    ))
}

fn not_expressed(document: &Document<'_>) -> Vec<String> {
    let blocked: usize = document.rules().map(|rule| rule.blocked).sum();
    let elsewhere: usize = document.elsewhere.iter().map(|elsewhere| elsewhere.flows).sum();
    let mut lines = Vec::new();
    if blocked + elsewhere > 0 {
        lines.push(format!("Not expressed: {}", text::count((blocked + elsewhere) as u64, "flow")));
    }
    if blocked > 0 {
        lines.push(format!(
            "- {} without a usable address: see the TODO lines below",
            text::count(blocked as u64, "flow")
        ));
    }
    lines.extend(document.elsewhere.iter().map(other_system));
    if document.same_host > 0 {
        let count = text::count(document.same_host as u64, "connection");
        lines.push(format!("Left out: {count} of a host to itself, which needs no rule."));
    }
    lines
}

fn other_system(elsewhere: &Elsewhere) -> String {
    let (hosts, instead) = match elsewhere.os {
        Os::Windows => ("Windows hosts", "use a format for Windows, such as powershell"),
        Os::Linux => ("Linux hosts", "use a format for Linux, such as nftables"),
        Os::Other => (
            "hosts of another or unknown system",
            "set the system in the plan, or hand over a table (markdown, csv)",
        ),
    };
    let flows = text::count(elsewhere.flows as u64, "flow");
    format!("- {flows} on {hosts} ({}): {instead}", text::list(&elsewhere.hosts))
}
