//! `portplan keys`: the list of keys as Markdown, from the command table.

use std::fmt::Write;

use crate::app::command::key_sections;

/// The list of keys as Markdown; the README holds a copy that a test compares.
pub fn key_list() -> String {
    let mut text = String::new();
    for section in key_sections() {
        if !text.is_empty() {
            text.push('\n');
        }
        // Writing to a string cannot fail.
        let _ = writeln!(text, "### {}\n\n| key | does |\n| --- | --- |", section.title);
        for spec in section.specs {
            let keys: Vec<String> =
                spec.keys.iter().map(|key| format!("`{}`", key.replace('|', "\\|"))).collect();
            let _ = writeln!(text, "| {} | {} |", keys.join(" "), spec.help);
        }
    }
    text
}
