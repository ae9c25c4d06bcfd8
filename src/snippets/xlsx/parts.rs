//! The parts of a workbook around the cells, as ECMA-376 has them and spreadsheets write them.

use std::fmt::Write as _;

use super::strings::xml;

/// What every part begins with.
pub(super) const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";

/// The namespaces of the sheets and of the list of sheets.
const MAIN: &str = "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" \
    xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"";

/// The looks of cells: the usual one, then those of `strings::Style`, in their order. Text cells have the format `@`, or
/// a spreadsheet makes numbers of them when somebody types over them. The grey of the header also shows on paper.
pub(super) const STYLES: &str = concat!(
    "<styleSheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">",
    "<numFmts count=\"1\"><numFmt numFmtId=\"164\" formatCode=\"@\"/></numFmts>",
    "<fonts count=\"2\"><font><sz val=\"11\"/><name val=\"Calibri\"/><family val=\"2\"/></font>",
    "<font><b/><sz val=\"11\"/><name val=\"Calibri\"/><family val=\"2\"/></font></fonts>",
    "<fills count=\"3\"><fill><patternFill patternType=\"none\"/></fill>",
    "<fill><patternFill patternType=\"gray125\"/></fill>",
    "<fill><patternFill patternType=\"solid\"><fgColor rgb=\"FFDDE3EA\"/><bgColor indexed=\"64\"/></patternFill>",
    "</fill></fills>",
    "<borders count=\"2\"><border><left/><right/><top/><bottom/><diagonal/></border>",
    "<border><left/><right/><top/><bottom style=\"thin\"><color auto=\"1\"/></bottom><diagonal/></border></borders>",
    "<cellStyleXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/></cellStyleXfs>",
    "<cellXfs count=\"4\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\"/>",
    "<xf numFmtId=\"0\" fontId=\"1\" fillId=\"2\" borderId=\"1\" xfId=\"0\" applyFont=\"1\" applyFill=\"1\" ",
    "applyBorder=\"1\"/>",
    "<xf numFmtId=\"164\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyNumberFormat=\"1\" ",
    "applyAlignment=\"1\"><alignment vertical=\"top\" wrapText=\"1\"/></xf>",
    "<xf numFmtId=\"0\" fontId=\"1\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyFont=\"1\" applyAlignment=\"1\">",
    "<alignment vertical=\"top\"/></xf></cellXfs>",
    "<cellStyles count=\"1\"><cellStyle name=\"Normal\" xfId=\"0\" builtinId=\"0\"/></cellStyles>",
    "<dxfs count=\"0\"/><tableStyles count=\"0\" defaultTableStyle=\"TableStyleMedium9\" ",
    "defaultPivotStyle=\"PivotStyleLight16\"/></styleSheet>",
);

/// Where the package begins.
pub(super) const PACKAGE: &str = concat!(
    "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">",
    "<Relationship Id=\"rId1\" ",
    "Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" ",
    "Target=\"xl/workbook.xml\"/><Relationship Id=\"rId2\" ",
    "Type=\"http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties\" ",
    "Target=\"docProps/core.xml\"/></Relationships>",
);

/// Whether a sheet is a table with a header, or lines to read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// The header stays in sight and is repeated on paper, and there is a filter.
    Table,
    /// Nothing of that.
    Lines,
}

/// What is known about a sheet before its first row.
#[derive(Debug, Clone, Copy)]
pub(super) struct Layout {
    pub name: &'static str,
    pub kind: Kind,
    /// The letter of the last column.
    pub last_column: char,
    /// The number of the last row, counted from 1.
    pub last_row: usize,
}

impl Layout {
    fn range(&self) -> String {
        format!("A1:{}{}", self.last_column, self.last_row.max(1))
    }

    /// The name as formulas have it.
    fn quoted(&self) -> String {
        let Self { name, .. } = self;
        if name.contains(' ') { format!("'{name}'") } else { (*name).to_owned() }
    }

    /// What stands before the rows of sheet number `at`, with columns of so many characters.
    pub fn start(&self, at: usize, widths: impl Iterator<Item = u8>) -> String {
        let selected = if at == 0 { " tabSelected=\"1\"" } else { "" };
        let view = format!("<sheetView{selected} workbookViewId=\"0\"");
        let view = match self.kind {
            Kind::Lines => format!("{view}/>"),
            Kind::Table => format!(
                "{view}><pane ySplit=\"1\" topLeftCell=\"A2\" activePane=\"bottomLeft\" state=\"frozen\"/>\
                 <selection pane=\"bottomLeft\"/></sheetView>"
            ),
        };
        // A width has five more pixels of the seven that a character has, as spreadsheets add them.
        let column = |(column, width): (usize, u8)| {
            format!("<col min=\"{column}\" max=\"{column}\" width=\"{width}.7109375\" customWidth=\"1\"/>")
        };
        let columns: String = (1..).zip(widths).map(column).collect();
        let range = self.range();
        format!(
            "<worksheet {MAIN}><sheetPr><pageSetUpPr fitToPage=\"1\"/></sheetPr><dimension ref=\"{range}\"/>\
             <sheetViews>{view}</sheetViews><sheetFormatPr defaultRowHeight=\"15\"/><cols>{columns}</cols><sheetData>"
        )
    }

    /// What stands behind the rows: A4 across, as wide as the page, as long as it takes.
    pub fn end(&self) -> String {
        let range = self.range();
        let (filter, fine) = match self.kind {
            Kind::Lines => (String::new(), String::new()),
            Kind::Table => (
                format!("<autoFilter ref=\"{range}\"/>"),
                format!(
                    "<ignoredErrors><ignoredError sqref=\"{range}\" numberStoredAsText=\"1\"/></ignoredErrors>"
                ),
            ),
        };
        format!(
            "</sheetData>{filter}<pageMargins left=\"0.7\" right=\"0.7\" top=\"0.75\" bottom=\"0.75\" header=\"0.3\" \
             footer=\"0.3\"/><pageSetup paperSize=\"9\" fitToHeight=\"0\" orientation=\"landscape\" \
             horizontalDpi=\"200\" verticalDpi=\"200\"/><headerFooter><oddFooter>&amp;L&amp;A&amp;RPage &amp;P of \
             &amp;N</oddFooter></headerFooter>{fine}</worksheet>"
        )
    }
}

/// The list of sheets, with the ranges that filters and printers look up.
pub(super) fn workbook(sheets: &[Layout]) -> String {
    let mut list = String::new();
    let (mut filters, mut titles) = (String::new(), String::new());
    for (at, sheet) in sheets.iter().enumerate() {
        let (id, name) = (at + 1, sheet.name);
        // Writing into a text cannot fail.
        let _ = write!(list, "<sheet name=\"{name}\" sheetId=\"{id}\" r:id=\"rId{id}\"/>");
        if sheet.kind == Kind::Table {
            let (name, column, row) = (sheet.quoted(), sheet.last_column, sheet.last_row.max(1));
            let _ = write!(
                filters,
                "<definedName name=\"_xlnm._FilterDatabase\" localSheetId=\"{at}\" \
                 hidden=\"1\">{name}!$A$1:${column}${row}</definedName>"
            );
            let _ = write!(
                titles,
                "<definedName name=\"_xlnm.Print_Titles\" localSheetId=\"{at}\">{name}!$1:$1</definedName>"
            );
        }
    }
    format!(
        "<workbook {MAIN}><bookViews><workbookView xWindow=\"240\" yWindow=\"15\" windowWidth=\"16095\" \
         windowHeight=\"9660\"/></bookViews><sheets>{list}</sheets><definedNames>{filters}{titles}</definedNames>\
         </workbook>"
    )
}

/// Where the parts are that the list of sheets speaks of.
pub(super) fn relations(sheets: usize) -> String {
    let kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let relation = |id: usize, name: &str, target: &str| {
        format!("<Relationship Id=\"rId{id}\" Type=\"{kind}/{name}\" Target=\"{target}\"/>")
    };
    let each: String =
        (1..=sheets).map(|id| relation(id, "worksheet", &format!("worksheets/sheet{id}.xml"))).collect();
    let styles = relation(sheets + 1, "styles", "styles.xml");
    let strings = relation(sheets + 2, "sharedStrings", "sharedStrings.xml");
    format!(
        "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
         {each}{styles}{strings}</Relationships>"
    )
}

/// What each part of the package is.
pub(super) fn content_types(sheets: usize) -> String {
    let sheet_kind = "application/vnd.openxmlformats-officedocument.spreadsheetml";
    let part =
        |name: &str, kind: &str| format!("<Override PartName=\"/{name}\" ContentType=\"{kind}+xml\"/>");
    let each: String = (1..=sheets)
        .map(|id| part(&format!("xl/worksheets/sheet{id}.xml"), &format!("{sheet_kind}.worksheet")))
        .collect();
    let package = "application/vnd.openxmlformats-package";
    format!(
        "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
         <Default Extension=\"rels\" ContentType=\"{package}.relationships+xml\"/>\
         <Default Extension=\"xml\" ContentType=\"application/xml\"/>{}{}{}{each}{}</Types>",
        part("docProps/core.xml", &format!("{package}.core-properties")),
        part("xl/styles.xml", &format!("{sheet_kind}.styles")),
        part("xl/workbook.xml", &format!("{sheet_kind}.sheet.main")),
        part("xl/sharedStrings.xml", &format!("{sheet_kind}.sharedStrings")),
    )
}

/// What a file manager shows. The date is fixed, so that the same plan is the same file tomorrow.
pub(super) fn properties(title: &str) -> String {
    let time = |name: &str| {
        format!("<dcterms:{name} xsi:type=\"dcterms:W3CDTF\">2000-01-01T00:00:00Z</dcterms:{name}>")
    };
    format!(
        "<cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:dcterms=\"http://purl.org/dc/terms/\" \
         xmlns:dcmitype=\"http://purl.org/dc/dcmitype/\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">\
         <dc:title>{}</dc:title><dc:creator>portplan</dc:creator><cp:lastModifiedBy>portplan</cp:lastModifiedBy>\
         {}{}</cp:coreProperties>",
        xml(title),
        time("created"),
        time("modified"),
    )
}
