//! Flows written as text for one target: firewall rules to paste, or tables to hand over.
//!
//! Rule targets write a `Document` (`model.rs`), in which flows are grouped, addresses canonical and ids fixed, entry by
//! entry (`entries.rs`): one family each, split at the target's limits, under its own name. Table targets write one row
//! or record per flow. A new target is one file with a `FACTS`, and one line in `target.rs`. Names stand in `names.rs`,
//! quoting and the comment characters in `text.rs`, limits in `limits.rs`, the form of Terraform files in `hcl.rs`.

mod about;
mod addresses;
mod aerleon;
mod ansible;
mod build;
mod changes;
mod check_point;
mod cisco_asa;
mod cisco_ios;
mod coverage;
mod csv;
mod date;
mod diagram;
mod entries;
mod error;
mod firewalld;
mod fortigate;
mod gather;
mod graphviz;
mod grouped_changes;
mod hcl;
mod header;
mod html;
mod iptables;
mod json;
mod juniper_srx;
mod limits;
mod markdown;
mod mermaid;
mod model;
mod names;
mod nftables;
mod nftables_standalone;
mod nutanix_flow;
mod objects;
mod obstacle;
mod palo_alto;
mod powershell;
mod probes;
mod remarks;
mod row;
mod script;
mod selection;
mod shell;
mod svg;
mod table_form;
mod target;
mod terraform_aws;
mod terraform_azure;
mod terraform_nsx;
mod test_bash;
mod test_powershell;
pub(crate) mod text;
mod ufw;
mod xlsx;

use std::io;

pub(crate) use about::explained;
pub use changes::Changes;
pub use date::{Date, DateError};
pub use error::{SnippetError, WriteError};
pub use grouped_changes::GroupedChanges;
pub use limits::FLOWS_IN_RULES;
pub use row::{Row, row};
pub use selection::{CROSSING, New, Selection, ZonePair, outside_words, zone_words};
pub use table_form::TableForm;
pub use target::{Content, Direction, Group, Kind, Purpose, Target};
pub(crate) use text::{markdown as markdown_cell, spreadsheet as spreadsheet_cell};

use crate::catalogue::Catalogue;
use crate::flows::Flows;
use crate::plan::Plan;

use model::Document;
use target::{Form, ListForm, RuleForm, State};

/// Everything that decides a snippet's text.
#[derive(Debug, Clone)]
pub struct Request<'a> {
    /// The vendor's requirements.
    pub catalogue: &'a Catalogue,
    /// The plan.
    pub plan: &'a Plan,
    /// The plan, resolved against the catalogue.
    pub flows: &'a Flows,
    /// Which of the flows to write.
    pub selection: Selection<'a>,
    /// The selection in words, for the header: "whole plan", "host vbr01, inbound".
    pub scope: String,
    /// The form to write.
    pub target: Target,
    /// Where the rules are applied; tables do not ask.
    pub direction: Direction,
    /// Open the ports, or take the rules away again.
    pub purpose: Purpose,
    /// The day to write into the header.
    pub date: Option<Date>,
}

/// Writes the snippet into a text. A table of millions of flows is better handed to [`write()`].
///
/// # Errors
/// If the target cannot express what is asked for, or is not text; the message says what to do instead.
pub fn render(request: &Request<'_>) -> Result<String, SnippetError> {
    if request.target.content() == Content::Binary {
        return Err(SnippetError::NotText(request.target.label()));
    }
    String::from_utf8(bytes(request)?).map_err(|error| SnippetError::Unwritten(error.to_string()))
}

/// Writes what a file is to hold, be it text or not.
///
/// # Errors
/// If the target cannot express what is asked for; the message says what to do instead.
pub fn bytes(request: &Request<'_>) -> Result<Vec<u8>, SnippetError> {
    let mut bytes = Vec::new();
    match write(request, &mut bytes) {
        Ok(()) => Ok(bytes),
        Err(WriteError::Snippet(error)) => Err(error),
        Err(WriteError::Io(error)) => Err(SnippetError::Unwritten(error.to_string())),
    }
}

/// Writes the same bytes to `out`: tables row by row, in constant memory, and rules at once.
///
/// # Errors
/// As [`bytes`], and where `out` fails.
pub fn write(request: &Request<'_>, out: &mut dyn io::Write) -> Result<(), WriteError> {
    match &request.target.facts().form {
        Form::Rules(form) => {
            check_rules(request, form)?;
            let document = Document::new(request, form);
            check_entries(&document)?;
            out.write_all(script::script(&document).as_bytes())?;
        }
        Form::Listed(form) => {
            check_listed(request, form)?;
            (form.write)(request, out)?;
        }
    }
    Ok(())
}

fn check_listed(request: &Request<'_>, form: &ListForm) -> Result<(), SnippetError> {
    match request.purpose {
        Purpose::Apply => check_size(request, form.most),
        Purpose::Remove => Err(SnippetError::NothingToRemove(request.target.label())),
    }
}

fn check_rules(request: &Request<'_>, form: &RuleForm) -> Result<(), SnippetError> {
    let (target, wanted, knows) = (request.target.label(), request.direction, form.directions);
    match (request.purpose, form.removal) {
        _ if !knows.contains(&wanted) => Err(SnippetError::Direction { target, wanted, knows }),
        (Purpose::Remove, Err(instead)) => Err(SnippetError::NoRollBack { target, instead }),
        _ => check_size(request, FLOWS_IN_RULES),
    }
}

fn check_entries(document: &Document<'_>) -> Result<(), SnippetError> {
    let most = limits::ENTRIES_IN_LIST;
    let found = match document.form.state {
        State::Stateless => document.single_entries(),
        State::Stateful | State::Depends(_) => 0,
    };
    let target = document.request.target.label();
    if found > most { Err(SnippetError::TooManyEntries { target, found, most }) } else { Ok(()) }
}

fn check_size(request: &Request<'_>, most: u64) -> Result<(), SnippetError> {
    let target = request.target.label();
    match request.selection.len(request.flows) {
        found if found > most => Err(SnippetError::TooManyFlows { target, found, most }),
        _ => Ok(()),
    }
}
