//! Writing a report for the next person. The ending of the file's name says which form it has.

use crate::report::{self, Form, Input, remarks};

use super::App;
use super::effect::{Effect, Overwrite};
use super::field::Field;
use super::layers::{Layer, Prompt, PromptKind};

/// What can be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Report(Form),
    Plan,
}

/// The endings of file names; the first of each kind is the one that is proposed.
const ENDINGS: [(&str, Kind); 5] = [
    (".html", Kind::Report(Form::Html)),
    (".md", Kind::Report(Form::Markdown)),
    (".ron", Kind::Plan),
    (".htm", Kind::Report(Form::Html)),
    (".markdown", Kind::Report(Form::Markdown)),
];

/// How many of them are proposed.
const PROPOSED: usize = 3;

fn ending(name: &str) -> Option<(usize, &'static str, Kind)> {
    let name = name.to_lowercase();
    let known = ENDINGS.iter().enumerate().find(|(_, (ending, _))| name.ends_with(ending));
    known.map(|(at, (ending, kind))| (at, *ending, *kind))
}

impl Prompt {
    /// Proposes the next form of a report.
    pub(super) fn next_form(&mut self) {
        if self.kind != PromptKind::WriteReport {
            return;
        }
        let text = self.field.text();
        let (next, stem) = match ending(text) {
            Some((at, ending, _)) => {
                let length = text.len().saturating_sub(ending.len());
                ((at + 1) % PROPOSED, text.get(..length).unwrap_or(text))
            }
            None => (0, text),
        };
        let name = format!("{stem}{}", ENDINGS.get(next).map_or("", |(ending, _)| *ending));
        self.field = if self.field.is_proposal() { Field::proposing(name) } else { Field::new(name) };
        self.error = None;
    }
}

impl App {
    pub(super) fn ask_report_path(&mut self) {
        let name = format!("{}-report.html", self.file_stem());
        self.layers.push(Layer::Prompt(Prompt::new(PromptKind::WriteReport, name)));
    }

    /// Asks for the report to be written, or says what is wrong with the file's name.
    pub(super) fn write_report(&mut self, name: &str) -> Result<(), String> {
        let Some((_, _, kind)) = ending(name) else {
            return Err("end the name in .html, .md or .ron".to_owned());
        };
        let path = self.expand(name);
        if self.path.as_ref() == Some(&path) {
            return Err("this is the plan's own file; name another".to_owned());
        }
        let input = Input { catalogue: &self.catalogue, plan: &self.plan, flows: &self.flows, date: None };
        let overwrite = Overwrite::Ask;
        self.effects.push(match kind {
            Kind::Report(form) => {
                Effect::Write { path, content: report::write(&input, form).into_bytes(), overwrite }
            }
            Kind::Plan => Effect::WriteRemarks {
                path,
                plan: Box::new(self.plan.clone()),
                remarks: Box::new(remarks(&input)),
                overwrite,
            },
        });
        Ok(())
    }
}
