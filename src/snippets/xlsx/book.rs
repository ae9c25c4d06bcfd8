//! A workbook that is written row by row: nothing of it is kept but the texts, each of them once.
//!
//! A row is the numbers of its texts. The pieces of its cells are made once for each text and put one behind the other, so
//! that hundreds of thousands of rows cost little more than their compression.

use std::fmt::Write as _;
use std::io::{self, Write};

use zip::write::{SimpleFileOptions, StreamWriter};
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::parts::{self, DECLARATION, Kind, Layout};
use super::strings::{Cell, Strings, Style};

/// As spreadsheets compress. Less is hardly faster and much larger; more takes three times as long for a tenth.
const LEVEL: i64 = 3;

/// How many bytes of rows are compressed at a time.
const BLOCK: usize = 1 << 16;

/// Name and width, in characters, of a column.
pub(super) type Column = (&'static str, u8);

/// A workbook on its way out.
pub(super) struct Book<'a> {
    zip: ZipWriter<StreamWriter<&'a mut dyn Write>>,
    strings: Strings,
    sheets: Vec<Layout>,
    uses: u64,
}

impl<'a> Book<'a> {
    /// Begins a workbook of so many sheets. What a file is, is read off its first parts.
    pub fn new(out: &'a mut dyn Write, sheets: usize) -> io::Result<Self> {
        let zip = ZipWriter::new_stream(out);
        let mut book = Self { zip, strings: Strings::default(), sheets: Vec::new(), uses: 0 };
        book.part("[Content_Types].xml", &parts::content_types(sheets))?;
        book.part("_rels/.rels", parts::PACKAGE)?;
        book.part("xl/_rels/workbook.xml.rels", &parts::relations(sheets))?;
        Ok(book)
    }

    /// A cell with this text.
    pub fn cell(&mut self, text: &str) -> Cell {
        self.strings.cell(text, Style::Text)
    }

    /// A cell with this text that says what its line is about.
    pub fn name_cell(&mut self, text: &str) -> Cell {
        self.strings.cell(text, Style::Name)
    }

    /// Begins a table with so many rows below its header.
    pub fn table(
        &mut self,
        name: &'static str,
        columns: &[Column],
        rows: usize,
    ) -> io::Result<Sheet<'_, 'a>> {
        let head: Vec<Cell> = columns.iter().map(|(name, _)| self.strings.cell(name, Style::Head)).collect();
        let mut sheet = self.sheet(name, Kind::Table, columns.iter().map(|(_, width)| *width), rows + 1)?;
        sheet.row(&head)?;
        Ok(sheet)
    }

    /// Begins a sheet of so many lines.
    pub fn lines(&mut self, name: &'static str, widths: &[u8], rows: usize) -> io::Result<Sheet<'_, 'a>> {
        self.sheet(name, Kind::Lines, widths.iter().copied(), rows)
    }

    fn sheet(
        &mut self,
        name: &'static str,
        kind: Kind,
        widths: impl Iterator<Item = u8> + Clone,
        last_row: usize,
    ) -> io::Result<Sheet<'_, 'a>> {
        let last_column = ('A'..='Z').zip(widths.clone()).last().map_or('A', |(letter, _)| letter);
        let layout = Layout { name, kind, last_column, last_row };
        let at = self.sheets.len();
        self.start(&format!("xl/worksheets/sheet{}.xml", at + 1))?;
        self.sheets.push(layout);
        let block = layout.start(at, widths);
        Ok(Sheet { book: self, layout, row: 0, number: String::new(), block })
    }

    /// Writes what remains: the texts, and what stands where.
    pub fn finish(mut self, title: &str) -> io::Result<()> {
        let strings = self.strings.part(self.uses);
        self.part("xl/sharedStrings.xml", &strings)?;
        self.part("xl/styles.xml", parts::STYLES)?;
        self.part("xl/workbook.xml", &parts::workbook(&self.sheets))?;
        self.part("docProps/core.xml", &parts::properties(title))?;
        self.zip.finish()?.into_inner().flush()
    }

    fn part(&mut self, name: &str, content: &str) -> io::Result<()> {
        self.start(name)?;
        self.zip.write_all(content.as_bytes())
    }

    fn start(&mut self, name: &str) -> io::Result<()> {
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .compression_level(Some(LEVEL))
            .last_modified_time(DateTime::default());
        self.zip.start_file(name, options)?;
        self.zip.write_all(DECLARATION.as_bytes())
    }
}

/// A sheet on its way out.
pub(super) struct Sheet<'b, 'a> {
    book: &'b mut Book<'a>,
    layout: Layout,
    row: usize,
    number: String,
    block: String,
}

impl Sheet<'_, '_> {
    /// Writes the next row.
    pub fn row<'c>(&mut self, cells: impl IntoIterator<Item = &'c Cell>) -> io::Result<()> {
        self.row += 1;
        self.number.clear();
        // Writing into a text cannot fail.
        let _ = write!(self.number, "{}", self.row);
        for part in ["<row r=\"", &self.number, "\">"] {
            self.block.push_str(part);
        }
        for (letter, cell) in ('A'..='Z').zip(cells) {
            if !cell.as_str().is_empty() {
                self.block.push_str("<c r=\"");
                self.block.push(letter);
                self.block.push_str(&self.number);
                self.block.push_str(cell.as_str());
                self.book.uses += 1;
            }
        }
        self.block.push_str("</row>");
        if self.block.len() < BLOCK { Ok(()) } else { self.flush() }
    }

    /// Ends the sheet.
    pub fn finish(mut self) -> io::Result<()> {
        self.block.push_str(&self.layout.end());
        self.flush()
    }

    fn flush(&mut self) -> io::Result<()> {
        self.book.zip.write_all(self.block.as_bytes())?;
        self.block.clear();
        Ok(())
    }
}
