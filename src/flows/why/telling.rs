//! An answer as lines of text: what the screen, the command line and a copy show alike.

mod host;
mod pair;
mod port;

use crate::flows::RuleRef;
use crate::flows::explain::Origin;
use crate::plan::HostId;

use super::trial::Proposal;
use super::{Answer, Scene};

/// What a line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LineKind {
    /// What follows is about this.
    Heading,
    /// A plain sentence.
    Text,
    /// Where something comes from, and other small print.
    Quiet,
    /// Something to be careful about.
    Doubt,
    /// A change that can be made, by its place in the proposals.
    Proposal(usize),
    /// Nothing.
    Gap,
}

/// A line, not yet wrapped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// What it is.
    pub kind: LineKind,
    /// How far it stands to the right, in steps.
    pub indent: usize,
    /// Its text, without control characters.
    pub text: String,
}

/// An answer as text.
#[derive(Debug, Clone, Default)]
pub struct Telling {
    /// What it is about: `sql01 → repo01`.
    pub title: String,
    /// The lines.
    pub lines: Vec<Line>,
    /// The changes that it proposes, in the order of the lines.
    pub proposals: Vec<Proposal>,
    /// The hosts that it is about: the one that opens connections first.
    pub hosts: Vec<HostId>,
}

impl Telling {
    /// Puts an answer into words; `remarks` stand at the top.
    pub fn new(scene: Scene<'_>, answer: &Answer, remarks: &[String]) -> Self {
        let mut telling = Self::default();
        for remark in remarks {
            telling.add(LineKind::Quiet, 0, remark.clone());
        }
        match answer {
            Answer::Pair(answer) => telling.pair(scene, answer),
            Answer::Host(answer) => telling.host(scene, answer),
            Answer::Port(answer) => telling.port(scene, answer),
        }
        telling
    }

    /// The answer as plain text.
    pub fn text(&self) -> String {
        let mut text = format!("{}\n", self.title);
        for line in &self.lines {
            let mark = if matches!(line.kind, LineKind::Proposal(_)) { "> " } else { "" };
            let margin = if line.kind == LineKind::Gap { 0 } else { line.indent * 2 };
            text.push_str(&" ".repeat(margin));
            text.push_str(mark);
            text.push_str(&line.text);
            text.push('\n');
        }
        text
    }

    fn add(&mut self, kind: LineKind, indent: usize, text: impl Into<String>) {
        self.lines.push(Line { kind, indent, text: text.into() });
    }

    fn heading(&mut self, text: impl Into<String>) {
        if !self.lines.is_empty() {
            self.add(LineKind::Gap, 0, "");
        }
        self.add(LineKind::Heading, 0, text);
    }

    fn proposals(&mut self, indent: usize, proposals: &[Proposal]) {
        for proposal in proposals {
            let text = format!("{} ({})", proposal.change.text, proposal.effect());
            self.add(LineKind::Proposal(self.proposals.len()), indent, text);
            self.proposals.push(proposal.clone());
        }
    }

    /// Page, section, row, service, build, date and address of a rule's source.
    fn source(&mut self, scene: Scene<'_>, rule: RuleRef, indent: usize) {
        let Some(origin) = scene.origin(rule) else { return };
        if let Origin::Printed { rule, page } = origin {
            let build = format!(
                "{} · {} · build {} · {}",
                origin.long(),
                rule.service,
                page.build,
                page.updated.iso()
            );
            self.add(LineKind::Quiet, indent, build);
            self.add(LineKind::Quiet, indent, page.url.clone());
            if let Some(doubt) = &rule.doubt {
                self.add(LineKind::Doubt, indent, format!("doubtful: {doubt}"));
            }
        } else {
            self.add(LineKind::Quiet, indent, origin.long());
        }
    }
}

/// `ahv row 31: The proxy ...`
fn rule_line(scene: Scene<'_>, rule: RuleRef) -> String {
    let purpose = crate::flows::explain::purpose(scene.catalogue, scene.plan, rule);
    let origin = scene.origin(rule).map_or_else(String::new, |origin| origin.short());
    format!("{purpose} ({origin})")
}
