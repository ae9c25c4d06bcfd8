//! `portplan keys`: the keys in force as Markdown, from the command table.

use std::fmt::Write as _;
use std::io::{self, Write};

use crate::app::KeyMap;

use super::args::{KeysTask, SettingsArgs};
use super::settings::Settings;
use super::{Failure, Verdict};
use crate::host::env::Environment;

pub(super) fn run(task: &KeysTask, out: &mut impl Write) -> Result<Verdict, Failure> {
    let list = if task.default {
        key_list(&KeyMap::default())
    } else {
        let args = SettingsArgs { config: task.config.clone(), ..SettingsArgs::default() };
        let settings = Settings::read(&args, &Environment::read())?;
        if let Some(problem) = settings.problem() {
            // Standard error may be closed; the list is still what the planner would go by.
            let _ = writeln!(io::stderr(), "portplan: {problem}");
        }
        key_list(&settings.keys)
    };
    out.write_all(list.as_bytes())?;
    Ok(Verdict::Done)
}

/// The list of keys as Markdown; the README holds a copy of the one without changes, which a test compares.
pub fn key_list(keys: &KeyMap) -> String {
    let mut text = String::new();
    for section in keys.sections() {
        if !text.is_empty() {
            text.push('\n');
        }
        // Writing to a string cannot fail.
        let _ = writeln!(text, "### {}\n\n| key | does |\n| --- | --- |", section.title);
        for binding in section.bindings {
            let keys: Vec<String> =
                binding.keys.iter().map(|key| format!("`{}`", key.to_string().replace('|', "\\|"))).collect();
            let _ = writeln!(text, "| {} | {} |", keys.join(" "), binding.spec.help);
        }
    }
    text
}
