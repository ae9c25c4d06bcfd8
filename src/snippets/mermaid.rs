//! A Mermaid flow chart, which many tickets and wikis draw where they find it.

use std::io;

use super::diagram::{Diagram, Grain};
use super::limits::FLOWS_IN_RULES;
use super::target::{Content, Facts, Form, Group, ListForm};
use super::{Request, text};

/// What is known about the target.
pub(super) const FACTS: Facts = Facts {
    id: "mermaid",
    label: "Mermaid chart",
    extension: "mmd",
    group: Group::Picture,
    form: Form::Listed(ListForm { content: Content::Text, most: FLOWS_IN_RULES, write }),
};

/// The most arrows that Mermaid draws unless its page allows more.
const ARROWS: usize = 500;

/// The most bytes of a chart that it reads.
const BYTES: usize = 50_000;

/// Writes the chart, as fine as Mermaid draws it.
fn write(request: &Request<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    let first = Diagram::new(request, ARROWS);
    let coarser = Grain::ALL.into_iter().skip_while(|grain| *grain != first.grain).skip(1);
    let mut chart = chart(request, &first);
    for grain in coarser {
        if chart.len() <= BYTES {
            break;
        }
        chart = self::chart(request, &Diagram::of(request, grain));
    }
    out.write_all(chart.as_bytes())
}

fn chart(request: &Request<'_>, diagram: &Diagram) -> String {
    let mut lines = vec![
        "flowchart LR".to_owned(),
        format!(
            "  %% portplan: plan {}, edition {}, {}: {}",
            text::comment(request.plan.name().as_str()),
            text::comment(&request.catalogue.edition_words()),
            text::comment(&request.scope),
            text::count(diagram.flows, "flow")
        ),
        format!("  %% {}", diagram.grain.note()),
    ];
    for (zone, name) in diagram.zones.iter().enumerate() {
        lines.push(format!("  subgraph z{}[\"{}\"]", zone + 1, label(name)));
        for (at, node) in diagram.nodes.iter().enumerate().filter(|(_, node)| node.zone == zone) {
            let parts = [&node.title, &node.detail, &node.roles];
            let parts: Vec<String> =
                parts.into_iter().filter(|part| !part.is_empty()).map(|part| label(part)).collect();
            lines.push(format!("    n{}[\"{}\"]", at + 1, parts.join("<br/>")));
        }
        lines.push("  end".to_owned());
    }
    for ((from, to), items) in &diagram.arrows {
        let words: Vec<String> = diagram.words(items).iter().map(|words| label(words)).collect();
        lines.push(format!("  n{} -->|\"{}\"| n{}", from + 1, words.join("<br/>"), to + 1));
    }
    lines.push(String::new());
    lines.join("\n")
}

/// Text between double quotes. Letters, digits and a few signs stand for themselves; everything else is written as the
/// number of its character, so that it is neither markup nor Markdown.
fn label(text: &str) -> String {
    let mut label = String::with_capacity(text.len());
    for letter in text.chars() {
        if letter.is_alphanumeric() || matches!(letter, ' ' | '.' | ',' | ':' | '-' | '(' | ')') {
            label.push(letter);
        } else {
            label.extend(["#", &u32::from(letter).to_string(), ";"]);
        }
    }
    label
}
