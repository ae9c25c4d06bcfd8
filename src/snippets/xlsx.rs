//! A workbook: the flows, the openings of each host, and where all of it comes from.
//!
//! Every cell is text, ports included, so that no spreadsheet makes a number or a formula of it. The workbook is put
//! together in memory, and bears a fixed date, so that the same plan gives the same bytes.

use std::io;

use rust_xlsxwriter::{
    Color, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, IgnoreError, Workbook, Worksheet,
    XlsxError,
};

use crate::flows::{FlowRef, HostIx};

use super::Request;
use super::about::About;
use super::row::{Row, row};
use super::target::{Content, Facts, Form, Group, ListForm};

/// The most flows of a workbook. A sheet holds 1,048,576 rows, but the one by host needs two for a flow, and nobody
/// reads more than this; the workbook is made in memory.
const MOST: u64 = 100_000;

/// The most characters that a cell holds, less room for the mark of what is left out.
const CELL: usize = 32_000;

/// What is known about the target.
pub(super) const FACTS: Facts = Facts {
    id: "xlsx",
    label: "Excel workbook",
    extension: "xlsx",
    group: Group::Ticket,
    form: Form::Listed(ListForm { content: Content::Binary, most: MOST, write }),
};

/// The names of the columns, and their widths in characters.
const FLOWS: [(&str, f64); 11] = [
    ("From", 18.0),
    ("From zone", 12.0),
    ("From address", 22.0),
    ("To", 18.0),
    ("To zone", 12.0),
    ("To address", 22.0),
    ("Transport", 10.0),
    ("Ports", 22.0),
    ("Purpose", 60.0),
    ("Source", 22.0),
    ("Remarks", 20.0),
];

const HOSTS: [(&str, f64); 10] = [
    ("Host", 18.0),
    ("Address", 22.0),
    ("Direction", 10.0),
    ("Peer", 18.0),
    ("Peer address", 22.0),
    ("Transport", 10.0),
    ("Ports", 22.0),
    ("Purpose", 60.0),
    ("Source", 22.0),
    ("Remarks", 20.0),
];

/// Writes the file.
fn write(request: &Request<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    let bytes = workbook(request).map_err(io::Error::other)?;
    out.write_all(&bytes)
}

fn workbook(request: &Request<'_>) -> Result<Vec<u8>, XlsxError> {
    let mut flows = Vec::new();
    request.selection.each(request.flows, |flow| {
        flows.push(flow);
        Ok::<(), XlsxError>(())
    })?;
    let mut book = Workbook::new();
    let date = ExcelDateTime::from_ymd(2000, 1, 1)?;
    let title = request.plan.name().as_str();
    book.set_properties(
        &DocProperties::new().set_title(title).set_author("portplan").set_creation_datetime(&date),
    );
    flow_sheet(request, &flows, book.add_worksheet())?;
    host_sheet(request, &flows, book.add_worksheet())?;
    about_sheet(request, book.add_worksheet())?;
    book.save_to_buffer()
}

fn flow_sheet(request: &Request<'_>, flows: &[FlowRef], sheet: &mut Worksheet) -> Result<(), XlsxError> {
    sheet.set_name("Flows")?;
    let lines = flows.iter().map(|flow| {
        let Row { from, from_addresses, to, to_addresses, transport, ports, purpose, source, tags } =
            row(request.catalogue, request.plan, request.flows, *flow);
        let zone = |at| zone(request, at);
        let (from_zone, to_zone) = (zone(flow.from), zone(flow.to));
        [from, from_zone, from_addresses, to, to_zone, to_addresses, transport, ports, purpose, source, tags]
    });
    table(sheet, &FLOWS, lines)
}

const INBOUND: &str = "inbound";
const OUTBOUND: &str = "outbound";

/// What each host has to let in and out, host by host.
fn host_sheet(request: &Request<'_>, flows: &[FlowRef], sheet: &mut Worksheet) -> Result<(), XlsxError> {
    sheet.set_name("Hosts")?;
    // A host's inbound openings stand before its outbound ones; otherwise the order is that of the flows.
    let inbound = flows.iter().map(|flow| (flow.to, INBOUND, flow));
    let outbound = flows.iter().map(|flow| (flow.from, OUTBOUND, flow));
    let mut openings: Vec<(HostIx, &str, &FlowRef)> = inbound.chain(outbound).collect();
    openings.sort_by_key(|(host, direction, _)| (*host, *direction));
    let lines = openings.into_iter().map(|(_, direction, flow)| {
        let Row { from, from_addresses, to, to_addresses, transport, ports, purpose, source, tags } =
            row(request.catalogue, request.plan, request.flows, *flow);
        let (from, to) = ([from, from_addresses], [to, to_addresses]);
        let ([host, address], [peer, peer_address]) =
            if direction == INBOUND { (to, from) } else { (from, to) };
        [host, address, direction.to_owned(), peer, peer_address, transport, ports, purpose, source, tags]
    });
    table(sheet, &HOSTS, lines)
}

/// A sheet with a header that stays in sight and is repeated on paper, a filter, and one line for each row.
fn table<const N: usize>(
    sheet: &mut Worksheet,
    columns: &[(&str, f64); N],
    lines: impl Iterator<Item = [String; N]>,
) -> Result<(), XlsxError> {
    let head = Format::new().set_bold().set_background_color(HEAD).set_border_bottom(FormatBorder::Thin);
    let cell = wrapped();
    for ((name, width), column) in columns.iter().zip(0..) {
        sheet.set_column_width(column, *width)?;
        sheet.write_string_with_format(0, column, *name, &head)?;
    }
    let mut last = 0;
    for (line, row) in lines.zip(1..) {
        for (text, column) in line.iter().zip(0..) {
            sheet.write_string_with_format(row, column, fitting(text), &cell)?;
        }
        last = row;
    }
    let columns = u16::try_from(N - 1).unwrap_or(u16::MAX);
    sheet.set_freeze_panes(1, 0)?;
    sheet.autofilter(0, 0, last, columns)?;
    sheet.ignore_error_range(0, 0, last, columns, IgnoreError::NumberStoredAsText)?;
    sheet.set_repeat_rows(0, 0)?;
    paper(sheet);
    Ok(())
}

/// A light grey that also shows on paper.
const HEAD: Color = Color::RGB(0x00DD_E3EA);

/// A4 across, as wide as the page, as long as it takes.
fn paper(sheet: &mut Worksheet) {
    sheet.set_landscape();
    sheet.set_paper_size(9);
    sheet.set_print_fit_to_pages(1, 0);
    sheet.set_footer("&L&A&RPage &P of &N");
}

fn about_sheet(request: &Request<'_>, sheet: &mut Worksheet) -> Result<(), XlsxError> {
    sheet.set_name("About")?;
    let About { facts, pages, remarks } = About::new(request);
    let facts = facts.into_iter().map(|(name, value)| [name.to_owned(), value, String::new()]);
    let pages = pages.into_iter().map(|page| {
        let edition = format!("{}, as of {}", page.title, page.updated.iso());
        ["Source".to_owned(), edition, page.url.clone()]
    });
    let remarks = remarks.into_iter().map(|remark| ["Remark".to_owned(), remark, String::new()]);
    let (name, text) = (Format::new().set_bold().set_align(FormatAlign::Top), wrapped());
    for (line, row) in facts.chain(pages).chain(remarks).zip(0..) {
        for (cell, column) in line.iter().zip(0..) {
            let format = if column == 0 { &name } else { &text };
            sheet.write_string_with_format(row, column, fitting(cell), format)?;
        }
    }
    for (column, width) in [(0, 28.0), (1, 90.0), (2, 70.0)] {
        sheet.set_column_width(column, width)?;
    }
    paper(sheet);
    Ok(())
}

fn wrapped() -> Format {
    Format::new().set_text_wrap().set_align(FormatAlign::Top).set_num_format("@")
}

fn zone(request: &Request<'_>, at: HostIx) -> String {
    request.flows.zones(request.plan).name_of(at).map(ToString::to_string).unwrap_or_default()
}

/// A text that a cell can hold, with a word where it goes on.
fn fitting(text: &str) -> String {
    match text.char_indices().nth(CELL) {
        None => text.to_owned(),
        Some((end, _)) => format!("{}... (more: see the CSV table)", text.get(..end).unwrap_or_default()),
    }
}
