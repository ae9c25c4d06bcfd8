//! A Graphviz digraph, for `dot -Tsvg`.

use std::io;

use super::diagram::Diagram;
use super::limits::FLOWS_IN_RULES;
use super::target::{Content, Facts, Form, Group, ListForm};
use super::{Request, text};

/// What is known about the target.
pub(super) const FACTS: Facts = Facts {
    id: "graphviz",
    label: "Graphviz graph",
    extension: "dot",
    group: Group::Picture,
    form: Form::Listed(ListForm { content: Content::Text, most: FLOWS_IN_RULES, write }),
};

const SETTINGS: &str = r##"  graph [rankdir=LR, ranksep=1.6, nodesep=0.25, labelloc=t, fontname="Helvetica", fontsize=14];
  node [shape=box, style="rounded,filled", fillcolor="#ffffff", color="#5a6672", fontname="Helvetica", fontsize=11];
  edge [color="#4a6f99", fontname="Helvetica", fontsize=9];"##;

/// The most arrows for which the program finds curves in a few seconds.
const CURVES: usize = 150;

/// Writes the graph.
fn write(request: &Request<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    let diagram = Diagram::new(request, usize::MAX);
    let (name, edition) = (request.plan.name().as_str(), request.catalogue.edition_words());
    let flows = text::count(diagram.flows, "flow");
    let title = [
        format!("{name}, edition {edition}"),
        format!("{}: {flows}", request.scope),
        diagram.grain.note().to_owned(),
    ];
    writeln!(out, "// portplan. To draw it: dot -Tsvg -O FILE\ndigraph portplan {{\n{SETTINGS}")?;
    writeln!(out, "  label={};", label(&title))?;
    if diagram.arrows.len() > CURVES {
        writeln!(out, "  splines=line;")?;
    }
    for (zone, name) in diagram.zones.iter().enumerate() {
        writeln!(out, "  subgraph cluster_{} {{", zone + 1)?;
        writeln!(
            out,
            "    label={}; style=\"rounded,filled\"; color=\"#c4ccd4\"; fillcolor=\"#f2f5f8\";",
            label(std::slice::from_ref(name))
        )?;
        for (at, node) in diagram.nodes.iter().enumerate().filter(|(_, node)| node.zone == zone) {
            let lines = [&node.title, &node.detail, &node.roles].map(String::clone);
            writeln!(out, "    n{} [label={}];", at + 1, label(&lines))?;
        }
        writeln!(out, "  }}")?;
    }
    for ((from, to), items) in &diagram.arrows {
        writeln!(out, "  n{} -> n{} [label={}];", from + 1, to + 1, label(&diagram.words(items)))?;
    }
    writeln!(out, "}}")
}

/// Lines of text as one quoted string. Entities are read in it as in HTML, so no quotation mark is left, and no escape.
fn label(lines: &[String]) -> String {
    let lines = lines.iter().filter(|line| !line.is_empty());
    let lines = lines.map(|line| text::markup(line).replace('\\', "\\\\"));
    format!("\"{}\"", lines.collect::<Vec<_>>().join("\\n"))
}
