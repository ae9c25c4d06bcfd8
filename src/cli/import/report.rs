//! What bringing in came to: hosts, guesses, and what could not be read.

use std::fmt::Write as _;
use std::path::Path;

use serde_json::{Value, json};

use crate::catalogue::Catalogue;
use crate::cli::Failure;
use crate::cli::args::ImportFormat;
use crate::plan::import::{Field, Import, Merged, NewHost, Source};
use crate::plan::shown::shown_path;
use crate::plan::{Address, HostName};

/// What was written.
pub(super) enum Written<'a> {
    /// No plan.
    Nothing,
    /// A plan to standard output.
    Output,
    /// A new file.
    New(&'a Path),
    /// A plan that was there; and what became of what it held.
    Into(&'a Path, Option<String>),
}

/// A report.
pub(super) struct Report<'a> {
    pub catalogue: &'a Catalogue,
    pub source: &'a Source,
    pub import: &'a Import,
    pub merged: &'a Merged,
    pub into: Option<&'a Path>,
    pub written: Written<'a>,
}

impl Report<'_> {
    /// The report as text; `hosts` lists them, too.
    pub fn write(&self, format: ImportFormat, hosts: bool) -> Result<String, Failure> {
        match format {
            ImportFormat::Text => Ok(self.text(hosts)),
            ImportFormat::Json => {
                let mut text = serde_json::to_string_pretty(&self.json()).map_err(std::io::Error::from)?;
                text.push('\n');
                Ok(text)
            }
        }
    }

    fn text(&self, hosts: bool) -> String {
        let mut text = format!("read as {}: {}\n", self.import.kind, count(self.import.hosts.len(), "host"));
        if let Some(columns) = self.columns() {
            let _ = writeln!(text, "columns: {columns}");
        }
        if hosts {
            text.push_str(&self.host_table());
        }
        if self.into.is_some() {
            section(&mut text, "gains:", &self.merged.gained);
            section(&mut text, "in the plan already:", &strings(&self.merged.known));
        }
        let guesses: Vec<String> = self.guesses().collect();
        section(&mut text, "guessed:", &guesses);
        let unread = self.import.unread.iter().map(|unread| {
            let separator = if unread.text.is_empty() { "" } else { ": " };
            format!("{}{separator}{}\n    {}", unread.place, unread.text, unread.why)
        });
        section(&mut text, "not read:", &unread.collect::<Vec<_>>());
        let mut notes = self.import.notes.clone();
        notes.extend(self.merged.also.iter().cloned());
        section(&mut text, "notes:", &notes);
        text.push_str(&self.ending());
        text
    }

    fn ending(&self) -> String {
        let added = count(self.merged.added, "new host");
        match &self.written {
            Written::Nothing if self.import.hosts.is_empty() => {
                "no host was read; no plan was written\n".to_owned()
            }
            Written::Nothing if self.into.is_some() && self.merged.added + self.merged.gained.len() == 0 => {
                "the plan has all this already; it was not written\n".to_owned()
            }
            Written::Nothing | Written::Output => String::new(),
            Written::New(path) => format!("{}: written, {added}\n", shown_path(path)),
            Written::Into(path, backup) => {
                let backup = backup.as_ref().map_or(String::new(), |text| format!("; {text}"));
                let gained = self.merged.gained.len();
                let more =
                    if gained == 0 { String::new() } else { format!(", {gained} that gained something") };
                format!("{}: saved, {added}{more}{backup}\n", shown_path(path))
            }
        }
    }

    fn columns(&self) -> Option<String> {
        let Source::Table(table) = self.source else { return None };
        let held = table.columns().iter().enumerate().filter(|(_, field)| **field != Field::Nothing);
        let parts: Vec<String> =
            held.map(|(at, field)| format!("{} = {}", field.word(), table.heading(at))).collect();
        Some(if parts.is_empty() {
            "none is known; say which with --columns".to_owned()
        } else {
            parts.join(", ")
        })
    }

    fn guesses(&self) -> impl Iterator<Item = String> {
        let of = |host: &NewHost| {
            let name = host.name.clone();
            host.guesses
                .iter()
                .map(|guess| format!("{name}: {}", guess.text(self.catalogue)))
                .collect::<Vec<_>>()
        };
        self.import.hosts.iter().flat_map(of)
    }

    fn roles(&self, host: &NewHost) -> Vec<String> {
        host.roles.iter().map(|role| self.catalogue.roles()[role].id.clone()).collect()
    }

    /// The hosts in aligned columns.
    fn host_table(&self) -> String {
        let rows: Vec<[String; 5]> = self
            .import
            .hosts
            .iter()
            .map(|host| {
                let place = host
                    .zone
                    .iter()
                    .map(ToString::to_string)
                    .chain(host.site.iter().map(ToString::to_string));
                [
                    host.name.to_string(),
                    host.os.to_string(),
                    strings::<Address>(&host.addresses).join(", "),
                    self.roles(host).join(", "),
                    place.collect::<Vec<_>>().join(", "),
                ]
            })
            .collect();
        let mut widths = [0; 5];
        for row in &rows {
            for (width, cell) in widths.iter_mut().zip(row) {
                *width = (*width).max(cell.chars().count());
            }
        }
        let mut text = String::new();
        for row in rows {
            let cells = row.iter().zip(widths).map(|(cell, width)| format!("{cell:width$}"));
            let _ = writeln!(text, "  {}", cells.collect::<Vec<_>>().join("  ").trim_end());
        }
        text
    }

    fn json(&self) -> Value {
        let hosts = self.import.hosts.iter().map(|host| {
            json!({
                "name": host.name.as_str(),
                "os": host.os.name(),
                "addresses": strings(&host.addresses),
                "roles": self.roles(host),
                "zone": host.zone.as_ref().map(ToString::to_string),
                "site": host.site.as_ref().map(ToString::to_string),
                "note": host.note.as_ref().map(ToString::to_string),
                "places": strings(&host.places),
                "guesses": host.guesses.iter().map(|guess| guess.text(self.catalogue)).collect::<Vec<_>>(),
            })
        });
        let unread = self.import.unread.iter().map(|unread| {
            json!({"place": unread.place.to_string(), "text": unread.text, "why": unread.why.to_string()})
        });
        json!({
            "kind": self.import.kind.label(),
            "hosts": hosts.collect::<Vec<_>>(),
            "unread": unread.collect::<Vec<_>>(),
            "notes": self.import.notes,
            "added": self.merged.added,
            "gained": self.merged.gained,
            "known": strings::<HostName>(&self.merged.known),
            "also": self.merged.also,
        })
    }
}

fn strings<T: ToString>(items: &[T]) -> Vec<String> {
    items.iter().map(ToString::to_string).collect()
}

fn section(text: &mut String, title: &str, lines: &[String]) {
    if !lines.is_empty() {
        let _ = writeln!(text, "{title}");
        for line in lines {
            let _ = writeln!(text, "  {line}");
        }
    }
}

fn count(number: usize, word: &str) -> String {
    format!("{number} {word}{}", if number == 1 { "" } else { "s" })
}
