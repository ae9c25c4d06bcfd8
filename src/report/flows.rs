//! The flows of a report: an overview of the pairs of zones, then a table for each pair.

use std::collections::BTreeSet;

use crate::flows::search::whole;
use crate::flows::{Axis, Between, Flows, Matrix, Place, ShapeId, ports};
use crate::snippets::text::count;
use crate::snippets::{Row, row};

use super::Input;
use super::content::{Block, Level, Section, Table};

/// The most flows that are listed, and the most of one pair of zones: nobody reads more on paper.
const FLOWS: usize = 5000;
const PER_PAIR: usize = 500;
/// The most pairs of zones.
const PAIRS: usize = 200;

/// Two zones and what goes from the one to the other.
struct Pair {
    row: usize,
    column: usize,
    flows: u64,
}

pub(super) fn sections(input: &Input<'_>) -> Vec<Section> {
    let matrix = Matrix::new(input.plan, input.flows, Axis::Zones, Axis::Zones);
    let pairs = pairs(input.flows, &matrix);
    if pairs.is_empty() {
        let text = "No two hosts have roles that talk to each other yet.".to_owned();
        return vec![Section::new("Flows", vec![Block::Text(text)])];
    }
    let listed = pairs.len().min(PAIRS);
    let mut blocks = Vec::new();
    if let Some(rest) = pairs.get(PAIRS..).filter(|rest| !rest.is_empty()) {
        let flows: u64 = rest.iter().map(|pair| pair.flows).sum();
        blocks.push(Block::Text(format!(
            "The first {PAIRS} of {} pairs of zones. {} between the others are left out; \
             \"portplan matrix PLAN --by zone\" counts all of them, \"portplan flows PLAN --format csv\" lists them.",
            pairs.len(),
            count(flows, "flow")
        )));
    }
    let overview = pairs.iter().take(listed).map(|pair| {
        let (from, to) = names(&matrix, pair);
        let ports = port_words(input.flows, &matrix.shapes(input.flows, pair.row, pair.column));
        vec![from, to, pair.flows.to_string(), ports]
    });
    blocks.push(Block::Table(Table::of(&["From zone", "To zone", "Flows", "Ports"], overview.collect())));
    let mut sections = vec![Section::new("Flows by zones", blocks)];
    let share = (FLOWS / listed).min(PER_PAIR);
    // What small pairs leave, large ones take.
    let mut spare: usize = FLOWS - share * listed;
    for pair in pairs.iter().take(listed) {
        let all = usize::try_from(pair.flows).unwrap_or(usize::MAX);
        let most = all.min(PER_PAIR).min(share + spare);
        spare = (share + spare) - most;
        sections.push(section(input, &matrix, pair, most));
    }
    sections
}

fn pairs(flows: &Flows, matrix: &Matrix) -> Vec<Pair> {
    let (rows, columns) = matrix.size();
    let window = matrix.window(flows, 0..rows, 0..columns);
    let cells = window.into_iter().enumerate().flat_map(|(row, cells)| {
        let pair = move |(column, cell): (usize, crate::flows::Cell)| Pair { row, column, flows: cell.flows };
        cells.into_iter().enumerate().map(pair)
    });
    cells.filter(|pair| pair.flows > 0).collect()
}

fn names(matrix: &Matrix, pair: &Pair) -> (String, String) {
    let name = |place: Option<Place<'_>>| match place {
        Some(Place::Zone(Some(zone))) => zone.to_string(),
        _ => "no zone".to_owned(),
    };
    (name(matrix.row(pair.row)), name(matrix.column(pair.column)))
}

/// `tcp 22, 2500-3300; udp 53`.
fn port_words(flows: &Flows, shapes: &BTreeSet<ShapeId>) -> String {
    let words = ports(flows, shapes).into_iter().map(|(transport, ports)| format!("{transport} {ports}"));
    words.collect::<Vec<_>>().join("; ")
}

fn section(input: &Input<'_>, matrix: &Matrix, pair: &Pair, most: usize) -> Section {
    let (from, to) = names(matrix, pair);
    let mut rows: Vec<Vec<String>> = Vec::with_capacity(most);
    let between = Between::new(input.flows, matrix.row_hosts(pair.row), matrix.column_hosts(pair.column));
    // It stops at the last row that is shown, which is no failure.
    let _ = between.each(input.flows, |flow| {
        if rows.len() >= most {
            return Err(());
        }
        rows.push(cells(row(input.catalogue, input.plan, input.flows, flow)));
        Ok(())
    });
    let mut blocks = vec![Block::Text(if pair.flows > most as u64 {
        format!(
            "The first {most} of {}. All of them: portplan flows PLAN --format csv --search '{}'",
            count(pair.flows, "flow"),
            search(matrix, pair).replace('\'', "'\\''")
        )
    } else {
        format!("{}.", count(pair.flows, "flow"))
    })];
    let columns = ["From", "Address", "To", "Address", "Protocol", "Ports", "Purpose", "Source"];
    if !rows.is_empty() {
        blocks.push(Block::Table(Table::of(&columns, rows)));
    }
    Section { level: Level::Sub, heading: format!("{from} → {to}"), blocks }
}

fn search(matrix: &Matrix, pair: &Pair) -> String {
    let word = |pin: &str, place: Option<Place<'_>>| match place {
        Some(Place::Zone(Some(zone))) => whole(pin, zone.as_str()),
        _ => whole(pin, ""),
    };
    format!("{} {}", word("from-zone:", matrix.row(pair.row)), word("to-zone:", matrix.column(pair.column)))
}

fn cells(row: Row) -> Vec<String> {
    let marks = if row.tags.is_empty() { String::new() } else { format!(" [{}]", row.tags) };
    vec![
        row.from,
        row.from_addresses,
        row.to,
        row.to_addresses,
        row.transport,
        row.ports,
        format!("{}{marks}", row.purpose),
        row.source,
    ]
}
