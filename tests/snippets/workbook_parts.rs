//! The workbook's parts beside those that a library for workbooks makes of the same cells. Its own tests compare them with
//! what Excel writes, so a part that is the same is one that Excel takes.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read as _};

use portplan::catalogue::Os;
use rust_xlsxwriter::{
    Color, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, IgnoreError, Workbook, Worksheet,
};
use zip::ZipArchive;

use super::hostile::{self, HOSTILE};
use super::plans::{World, small};
use super::workbook::{bytes, sheet};

const FLOWS: [u8; 11] = [18, 12, 22, 18, 12, 22, 10, 22, 60, 22, 20];
const HOSTS: [u8; 10] = [18, 22, 10, 18, 22, 10, 22, 60, 22, 20];

/// The parts of a package, by name.
pub fn parts(bytes: &[u8]) -> BTreeMap<String, String> {
    let mut package = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut parts = BTreeMap::new();
    for at in 0..package.len() {
        let mut part = package.by_index(at).unwrap();
        let (name, mut text) = (part.name().unwrap().into_owned(), String::new());
        part.read_to_string(&mut text).unwrap();
        assert!(!parts.contains_key(&name), "{name} stands there twice");
        parts.insert(name, text);
    }
    parts
}

fn wrapped() -> Format {
    Format::new().set_text_wrap().set_align(FormatAlign::Top).set_num_format("@")
}

fn fill(to: &mut Worksheet, rows: &[Vec<String>], widths: &[u8], format: impl Fn(usize, u16) -> Format) {
    for (column, width) in (0..).zip(widths) {
        to.set_column_width(column, f64::from(*width)).unwrap();
    }
    for (at, row) in rows.iter().enumerate() {
        for (column, text) in (0..).zip(row).filter(|(_, text)| !text.is_empty()) {
            let line = u32::try_from(at).unwrap();
            to.write_string_with_format(line, column, text, &format(at, column)).unwrap();
        }
    }
    to.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0).set_footer("&L&A&RPage &P of &N");
}

fn fill_table(to: &mut Worksheet, rows: &[Vec<String>], widths: &[u8]) {
    let grey = Color::RGB(0x00DD_E3EA);
    let head = Format::new().set_bold().set_background_color(grey).set_border_bottom(FormatBorder::Thin);
    fill(to, rows, widths, |row, _| if row == 0 { head.clone() } else { wrapped() });
    let (row, column) = (u32::try_from(rows.len()).unwrap() - 1, u16::try_from(widths.len()).unwrap() - 1);
    to.set_freeze_panes(1, 0).unwrap().autofilter(0, 0, row, column).unwrap();
    to.ignore_error_range(0, 0, row, column, IgnoreError::NumberStoredAsText).unwrap();
    to.set_repeat_rows(0, 0).unwrap();
}

/// What the library makes of the cells that are in our workbook.
fn by_the_library(ours: &[u8], title: &str) -> Vec<u8> {
    let mut book = Workbook::new();
    let date = ExcelDateTime::from_ymd(2000, 1, 1).unwrap();
    let properties = DocProperties::new().set_title(title).set_author("portplan");
    book.set_properties(&properties.set_creation_datetime(&date));
    fill_table(book.add_worksheet().set_name("Flows").unwrap(), &sheet(ours, "Flows"), &FLOWS);
    fill_table(book.add_worksheet().set_name("Hosts").unwrap(), &sheet(ours, "Hosts"), &HOSTS);
    let name = Format::new().set_bold().set_align(FormatAlign::Top);
    let about = |_, column| if column == 0 { name.clone() } else { wrapped() };
    fill(book.add_worksheet().set_name("About").unwrap(), &sheet(ours, "About"), &[28, 90, 70], about);
    book.save_to_buffer().unwrap()
}

/// The texts of a workbook as they are written, by number.
fn strings(parts: &BTreeMap<String, String>) -> Vec<&str> {
    let all = parts["xl/sharedStrings.xml"].split_once("<si>").map_or("", |(_, items)| items);
    all.trim_end_matches("</si></sst>").split("</si><si>").collect()
}

/// A sheet with its texts in place of their numbers, and without the hint how far a row reaches.
fn spelled_out(parts: &BTreeMap<String, String>, sheet: usize) -> String {
    let strings = strings(parts);
    let text = &parts[&format!("xl/worksheets/sheet{sheet}.xml")];
    let mut pieces = text.split("<v>");
    let mut out = pieces.next().unwrap().to_owned();
    for piece in pieces {
        let (number, rest) = piece.split_once("</v>").unwrap();
        out.push_str(strings[number.parse::<usize>().unwrap()]);
        out.push_str(rest);
    }
    without(&out, " spans=\"", "\"")
}

/// A text without what stands from `start` to `end`.
fn without(text: &str, start: &str, end: &str) -> String {
    let mut pieces = text.split(start);
    let first = pieces.next().unwrap().to_owned();
    first + &pieces.map(|piece| piece.split_once(end).unwrap().1).collect::<String>()
}

/// The elements of a part in which their order says nothing.
fn elements(part: &str) -> BTreeSet<String> {
    without(part, "Id=\"", "\"").split('<').map(str::to_owned).collect()
}

fn check(world: &World) {
    let ours = bytes(world).unwrap();
    let theirs = parts(&by_the_library(&ours, world.plan.name().as_str()));
    let ours = parts(&ours);
    for sheet in 1..=2 {
        assert_eq!(spelled_out(&ours, sheet), spelled_out(&theirs, sheet));
    }
    // The last column has nothing in it where no page asks for a flow; the library does not count it then.
    let about = |parts| without(&spelled_out(parts, 3), "<dimension ref=\"A1:", "/>");
    assert_eq!(about(&ours), about(&theirs));
    let texts = |parts| strings(parts).into_iter().map(str::to_owned).collect::<BTreeSet<_>>();
    assert_eq!(texts(&ours), texts(&theirs));
    let counts = |parts: &BTreeMap<String, String>| {
        parts["xl/sharedStrings.xml"].split_once("<si>").unwrap().0.to_owned()
    };
    assert_eq!(counts(&ours), counts(&theirs));
    assert_eq!(ours["docProps/core.xml"], theirs["docProps/core.xml"]);
    // We name no theme, so fonts cannot speak of one; and nothing is to be calculated.
    let styles = theirs["xl/styles.xml"].replace("<color theme=\"1\"/>", "");
    assert_eq!(ours["xl/styles.xml"], styles.replace("<scheme val=\"minor\"/>", ""));
    let book = ["<fileVersion", "<workbookPr", "<calcPr"]
        .iter()
        .fold(theirs["xl/workbook.xml"].clone(), |text, start| without(&text, start, "/>"));
    assert_eq!(ours["xl/workbook.xml"], book);
    for name in ["[Content_Types].xml", "_rels/.rels", "xl/_rels/workbook.xml.rels"] {
        let surplus: Vec<String> =
            elements(&theirs[name]).difference(&elements(&ours[name])).cloned().collect();
        assert!(elements(&ours[name]).is_subset(&elements(&theirs[name])), "{name}: {}", ours[name]);
        assert!(surplus.iter().all(|part| part.contains("theme") || part.contains("app.xml")), "{surplus:?}");
    }
}

#[test]
fn the_parts_are_those_of_a_library_for_workbooks() {
    let mut world = small();
    check(&world);
    world.host("w1", Os::Linux, "worker", &["10.0.9.9", "2001:db8::9"]);
    world.host("repo", Os::Linux, "backup-repository", &[]);
    check(&world);
}

#[test]
fn hostile_texts_are_written_as_the_library_writes_them() {
    // Left out: "<r>...</r>". The library takes that for its own marks of bold letters and writes it as it stands.
    for text in HOSTILE.into_iter().chain(["_x0041_", "__x005F_x", "a < b & c > d", "_x00g1_", "_x日本_"]) {
        check(&hostile::world(text));
    }
}

#[test]
fn the_parts_name_each_other() {
    let parts = parts(&bytes(&small()).unwrap());
    let at = |list: &str, start: &str, base: &str| -> BTreeSet<String> {
        let names = parts[list].split(start).skip(1).map(|rest| rest.split('"').next().unwrap());
        names.map(|name| format!("{base}{}", name.trim_start_matches('/'))).collect()
    };
    let typed = at("[Content_Types].xml", "PartName=\"", "");
    let mut found = at("_rels/.rels", "Target=\"", "");
    found.extend(at("xl/_rels/workbook.xml.rels", "Target=\"", "xl/"));
    let there: BTreeSet<String> =
        parts.keys().filter(|name| !name.contains("rels") && !name.contains("Types")).cloned().collect();
    assert_eq!((&typed, &found), (&there, &there));
}
