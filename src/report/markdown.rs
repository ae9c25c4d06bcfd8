//! A document in GitHub's Markdown: headings, tables, and the picture as a Mermaid chart.

use std::fmt::Write;

use crate::snippets::text::markdown;

use super::content::{Block, Cell, Level, Report, Table};

/// Writes the document. Writing to a string cannot fail, so results are not looked at.
pub(super) fn write(report: &Report) -> String {
    let mut text = format!("# {}\n\n", markdown(&report.title));
    for (fact, value) in &report.facts {
        let _ = writeln!(text, "- {fact}: {}", markdown(value));
    }
    for section in &report.sections {
        let marks = match section.level {
            Level::Main => "##",
            Level::Sub => "###",
        };
        // A number sign at a heading's end would be taken for a part of its marks.
        let heading = markdown(&section.heading).replace('#', "\\#");
        let _ = write!(text, "\n{marks} {heading}\n");
        for part in &section.blocks {
            text.push('\n');
            block(part, &mut text);
        }
    }
    text
}

fn block(block: &Block, text: &mut String) {
    match block {
        Block::Text(line) => {
            let _ = writeln!(text, "{}", markdown(line));
        }
        Block::List(items) => {
            for item in items {
                let _ = writeln!(text, "- {}", markdown(item));
            }
        }
        Block::Table(content) => table(content, text),
        Block::Picture(chart) => {
            let _ = writeln!(text, "```mermaid\n{}\n```", chart.trim_end());
        }
    }
}

fn table(table: &Table, text: &mut String) {
    let _ = writeln!(text, "| {} |", table.columns.join(" | "));
    let _ = writeln!(text, "|{}", "---|".repeat(table.columns.len()));
    for row in &table.rows {
        for cell in row {
            let _ = match cell {
                Cell::Text(cell) => write!(text, "| {} ", markdown(cell)),
                Cell::Link(url) => write!(text, "| <{url}> "),
            };
        }
        text.push_str("|\n");
    }
}
