//! What is different between two plans, with the flows in groups: by what made them come or go, or by host.

use std::io;

use serde::Serialize;

use crate::flows::changes::{Cause, ChangedFlow, Fate, GroupBy, Heading, Row as Line, State, Teller, Topic};
use crate::flows::{ChangeList, Delta, Flows};

use super::changes::Changes;
use super::row::{Row, row};
use super::table_form::TableForm;
use super::text;

/// Two plans to compare, and how to group what came and went.
#[derive(Debug, Clone, Copy)]
pub struct GroupedChanges<'a> {
    /// The plans.
    pub changes: Changes<'a>,
    /// How the flows are grouped.
    pub by: GroupBy,
}

const COLUMNS: [&str; 11] = [
    "group",
    "change",
    "from",
    "from_address",
    "to",
    "to_address",
    "transport",
    "ports",
    "purpose",
    "source",
    "because",
];

#[derive(Serialize)]
struct Whole<'a> {
    plan: &'a [String],
    groups: Vec<Group>,
}

#[derive(Serialize)]
struct Group {
    #[serde(rename = "group")]
    topic: String,
    added: u64,
    removed: u64,
    flows: Vec<Flow>,
}

#[derive(Serialize)]
struct Flow {
    change: &'static str,
    from: String,
    from_address: String,
    to: String,
    to_address: String,
    transport: String,
    ports: String,
    purpose: String,
    source: String,
    because: Vec<String>,
}

/// The list, and what it takes to write its rows.
struct Writer<'a> {
    changes: Changes<'a>,
    list: &'a ChangeList,
    teller: Teller<'a>,
    states: [State<'a>; 2],
}

impl GroupedChanges<'_> {
    /// Writes the groups; says whether there is any difference.
    ///
    /// # Errors
    /// If the output cannot be written.
    pub fn write(&self, form: TableForm, out: &mut dyn io::Write) -> io::Result<bool> {
        let Changes { catalogue, before, after, notes } = self.changes;
        let plan = before.plan.numbered_like(after.plan);
        let flows = Flows::new(catalogue, &plan);
        let states = [State { plan: &plan, flows: &flows }, State { plan: after.plan, flows: after.flows }];
        let list = ChangeList::new(catalogue, states[0], states[1], self.by);
        let teller = Teller { catalogue, before: &plan, after: after.plan };
        let writer = Writer { changes: self.changes, list: &list, teller, states };
        match form {
            TableForm::Text => writer.text(out)?,
            TableForm::Csv => writer.csv(out)?,
            TableForm::Json => writer.json(out)?,
            TableForm::Markdown => writer.markdown(out)?,
        }
        Ok(!list.is_empty() || !notes.is_empty())
    }
}

impl Writer<'_> {
    fn topic(&self, topic: Topic) -> String {
        match topic {
            Topic::Cause(cause) => format!("because {}", self.teller.tell(cause)),
            Topic::Host(host) => format!("from {}", self.teller.name(host)),
        }
    }

    fn row(&self, flow: &ChangedFlow) -> Row {
        let [before, after] = self.states;
        let state = if flow.fate == Fate::Added { after } else { before };
        row(self.changes.catalogue, state.plan, state.flows, flow.flow)
    }

    fn told(&self, causes: &[Cause]) -> Vec<String> {
        causes.iter().map(|cause| self.teller.tell(*cause)).collect()
    }

    fn text(&self, out: &mut dyn io::Write) -> io::Result<()> {
        let notes = self.changes.notes;
        if self.list.is_empty() && notes.is_empty() {
            return writeln!(out, "no difference");
        }
        for note in notes {
            writeln!(out, "{note}")?;
        }
        let names = self.states.iter().flat_map(|state| state.plan.hosts());
        let host = names.map(|host| host.name.as_str().chars().count()).max().unwrap_or(4).clamp(4, 40);
        self.list.each(|line| match line {
            Line::Heading(Heading { topic, delta }) => {
                writeln!(out, "\n{}: {}", self.topic(*topic), counted(*delta))
            }
            Line::Flow(flow) => {
                let sign = if flow.fate == Fate::Added { '+' } else { '-' };
                let Row { from, to, transport, ports, purpose, source, .. } = self.row(flow);
                writeln!(
                    out,
                    "{sign} {from:host$}  {to:host$}  {transport:5}  {ports:22}  {purpose} ({source})"
                )
            }
        })
    }

    fn csv(&self, out: &mut dyn io::Write) -> io::Result<()> {
        let mut writer = csv::Writer::from_writer(out);
        writer.write_record(COLUMNS)?;
        let mut group = String::new();
        self.list.each(|line| -> io::Result<()> {
            match line {
                Line::Heading(heading) => group = self.topic(heading.topic),
                Line::Flow(flow) => {
                    writer.write_field(&*text::spreadsheet(&group))?;
                    writer.write_field(word(flow.fate))?;
                    for cell in self.row(flow).cells() {
                        writer.write_field(&*text::spreadsheet(cell))?;
                    }
                    writer.write_field(&*text::spreadsheet(&self.told(&flow.causes).join("; ")))?;
                    writer.write_record(None::<&[u8]>)?;
                }
            }
            Ok(())
        })?;
        writer.flush()
    }

    fn json(&self, out: &mut dyn io::Write) -> io::Result<()> {
        let mut groups: Vec<Group> = Vec::new();
        let Ok(()) = self.list.each(|line| {
            match line {
                Line::Heading(Heading { topic, delta: Delta { added, removed } }) => groups.push(Group {
                    topic: self.topic(*topic),
                    added: *added,
                    removed: *removed,
                    flows: Vec::new(),
                }),
                Line::Flow(flow) => {
                    if let Some(group) = groups.last_mut() {
                        group.flows.push(self.flow(flow));
                    }
                }
            }
            Ok::<(), std::convert::Infallible>(())
        });
        serde_json::to_writer_pretty(&mut *out, &Whole { plan: self.changes.notes, groups })?;
        writeln!(out)
    }

    fn flow(&self, flow: &ChangedFlow) -> Flow {
        let Row { from, from_addresses, to, to_addresses, transport, ports, purpose, source, tags: _ } =
            self.row(flow);
        Flow {
            change: word(flow.fate),
            from,
            from_address: from_addresses,
            to,
            to_address: to_addresses,
            transport,
            ports,
            purpose,
            source,
            because: self.told(&flow.causes),
        }
    }

    fn markdown(&self, out: &mut dyn io::Write) -> io::Result<()> {
        let (before, after) =
            (self.changes.before.plan.name().as_str(), self.changes.after.plan.name().as_str());
        let Delta { added, removed } = self.list.delta();
        writeln!(
            out,
            "portplan, from plan {} to plan {}: {added} flow(s) added, {removed} removed\n",
            text::markdown(before),
            text::markdown(after),
        )?;
        for note in self.changes.notes {
            writeln!(out, "- {}", text::markdown(note))?;
        }
        self.list.each(|line| match line {
            Line::Heading(Heading { topic, delta }) => {
                let topic = self.topic(*topic);
                writeln!(out, "\n## {}: {}\n", text::markdown(&topic), text::markdown(&counted(*delta)))?;
                writeln!(
                    out,
                    "| Change | From | Address | To | Address | Transport | Ports | Purpose | Source |"
                )?;
                writeln!(out, "|---|---|---|---|---|---|---|---|---|")
            }
            Line::Flow(flow) => {
                write!(out, "| {} ", word(flow.fate))?;
                for cell in self.row(flow).cells() {
                    write!(out, "| {} ", text::markdown(cell))?;
                }
                writeln!(out, "|")
            }
        })
    }
}

fn word(fate: Fate) -> &'static str {
    match fate {
        Fate::Added => "added",
        Fate::Removed => "removed",
    }
}

fn counted(delta: Delta) -> String {
    match (delta.added, delta.removed) {
        (added, 0) => format!("{added} added"),
        (0, removed) => format!("{removed} removed"),
        (added, removed) => format!("{added} added, {removed} removed"),
    }
}
