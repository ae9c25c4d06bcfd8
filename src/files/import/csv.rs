//! Tables as text: commas, semicolons, tabs or bars between the cells, quoted or not, with or without headings.
//!
//! The VM list that Nutanix Prism exports is such a table. Its headings that are known: `VM Name` (in newer Prism Central
//! `Name`), `IP Addresses`, `Guest OS` or `Operating System`, and `Description`. Of the others that are known to be
//! there (`Host`, `Cores`, `Memory Capacity`, `Storage`, `CPU Usage`, `Memory Usage`, `Controller Read IOPS`,
//! `Controller Write IOPS`, `Controller IO Bandwidth`, `Controller Avg IO Latency`, `Backup and Recovery`, `Flash Mode`,
//! `Power State`, `Cluster`, `Categories`, `Project`, `Owner`, `NGT Status`) none says what a plan has a place for. Which of them
//! a list has depends on the release and on the columns that were chosen; what a site uses otherwise, such as a cluster
//! for a site, the operator says.

use csv::{ReaderBuilder, StringRecord};

use crate::catalogue::Catalogue;
use crate::plan::import::{Kind, MOST_HOSTS, Place, Reason, Row, Table, Unread};
use crate::plan::shown::brief;

use super::error::Fault;

/// So many lines are looked at for what stands between the cells.
const LINES: usize = 20;

pub(super) fn read(text: &str, kind: Kind, catalogue: &Catalogue) -> Result<Table, Fault> {
    let mut notes = Vec::new();
    let (above, text, said) = preamble(text, &mut notes);
    let delimiter = said.unwrap_or_else(|| delimiter(text));
    let mut unread = Vec::new();
    let mut rows = rows(text, delimiter, Quotes::Count, above)?;
    if let Some(last) = rows.last().filter(|last| last.is_open) {
        // One lone quotation mark would swallow the rest of the file.
        let (line, at) = (last.row.line, last.start);
        let tail = text.get(at..).unwrap_or_default();
        let text = tail.lines().next().unwrap_or_default();
        unread.push(Unread { place: Place::Line(line), text: brief(text), why: Reason::Quote });
        rows.pop();
        rows.extend(self::rows(tail, delimiter, Quotes::AreText, line - 1)?);
    }
    if rows.len() > MOST_HOSTS {
        return Err(Fault::too_many());
    }
    let rows = rows.into_iter().map(|read| read.row).collect();
    Ok(Table::new(kind, rows, unread, notes, catalogue))
}

/// Takes off what Excel and PowerShell put above the headings: how many lines, what follows, and the separator if it was
/// said.
fn preamble<'a>(text: &'a str, notes: &mut Vec<String>) -> (usize, &'a str, Option<u8>) {
    let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
    let first = first.trim_end();
    if let Some(mark) = first.strip_prefix("sep=").or_else(|| first.strip_prefix("SEP="))
        && let [mark] = mark.as_bytes()
    {
        return (1, rest, Some(*mark));
    }
    if first.starts_with("#TYPE") {
        notes.push(format!("line 1 names a type of PowerShell and was not read: {}", brief(first)));
        return (1, rest, None);
    }
    (0, text, None)
}

/// What stands most often between cells, outside quotation marks; it counts where it does in the first line, too.
fn delimiter(text: &str) -> u8 {
    let lines: Vec<&str> = text.lines().filter(|line| !line.trim().is_empty()).take(LINES).collect();
    let count = |line: &str, mark: u8| {
        let mut quoted = false;
        let outside = line.bytes().filter(|byte| {
            quoted ^= *byte == b'"';
            !quoted && *byte == mark
        });
        outside.count()
    };
    let marks = [b';', b'\t', b',', b'|'];
    let weight = |mark: u8| lines.first().map_or(0, |line| count(line, mark));
    let best = marks.into_iter().rev().max_by_key(|mark| weight(*mark));
    best.filter(|mark| weight(*mark) > 0).unwrap_or(b',')
}

/// What quotation marks are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Quotes {
    /// They hold cells together.
    Count,
    /// They are part of the cells.
    AreText,
}

/// A row, where it begins in the text, and whether its last quotation mark is not closed.
struct Read {
    row: Row,
    start: usize,
    is_open: bool,
}

fn rows(text: &str, delimiter: u8, quotes: Quotes, above: usize) -> Result<Vec<Read>, Fault> {
    let mut reader = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .quoting(quotes == Quotes::Count)
        .from_reader(text.as_bytes());
    let mut rows: Vec<Read> = Vec::new();
    let mut record = StringRecord::new();
    loop {
        let more = reader.read_record(&mut record).map_err(|error| Fault::whole(&error.to_string()))?;
        if !more {
            break;
        }
        let position = record.position();
        let start = position.map_or(0, |position| usize::try_from(position.byte()).unwrap_or(0));
        let blank = skipped(text.get(start..).unwrap_or_default());
        let line = position.map_or(1, |position| usize::try_from(position.line()).unwrap_or(1));
        let line = above + line + blank.matches('\n').count();
        let cells = record.iter().map(str::to_owned).collect();
        rows.push(Read { row: Row { line, cells }, start: start + blank.len(), is_open: false });
        if rows.len() > MOST_HOSTS + 1 {
            return Err(Fault::too_many());
        }
    }
    if let Some(last) = rows.last_mut() {
        let raw = text.get(last.start..).unwrap_or_default();
        let several = raw.trim_end().contains('\n');
        let odd = !raw.matches('"').count().is_multiple_of(2);
        last.is_open = quotes == Quotes::Count && odd && (several || !raw.trim_end().ends_with('"'));
    }
    Ok(rows)
}

/// The empty lines at the beginning: the reader counts them to the row behind them.
fn skipped(text: &str) -> &str {
    let rest = text.trim_start_matches(['\n', '\r']);
    text.get(..text.len() - rest.len()).unwrap_or_default()
}
