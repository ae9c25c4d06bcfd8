//! An independent reader of the facts in `sources/`: what the vendor's tables print, row by row.
//!
//! It shares no code with the program's own parser, so that a mistake has to be made twice to go unseen.

/// One page of the vendor, as reduced by `sources/reduce`.
pub struct PrintedPage {
    pub id: &'static str,
    pub url: String,
    /// As printed: `12/4/2025`.
    pub updated: String,
    pub build: String,
    pub rows: Vec<PrintedRow>,
}

/// One table row with its merged cells restored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PrintedRow {
    pub page: &'static str,
    /// From 1 in page order; header and separator lines are not counted.
    pub row: u16,
    pub section: String,
    pub from: String,
    pub to: String,
    pub transports: Vec<&'static str>,
    /// First and last port of every entry that is used as written.
    pub ports: Vec<(u16, u16)>,
    /// The printed number, or the next free one above it.
    pub open_ended: Vec<u16>,
    /// Used where the other ports cannot be reached.
    pub fallback: Vec<(u16, u16)>,
    /// Ports that the operator may replace, by the cell or by a mark.
    pub changeable: Vec<u16>,
    pub marks: Vec<String>,
}

impl PrintedRow {
    /// Whether the row carries the mark, whatever numbers stand behind its word.
    pub fn has(&self, word: &str) -> bool {
        self.marks.iter().any(|mark| mark.split(' ').next() == Some(word))
    }

    /// How messages name the row.
    pub fn name(&self) -> String {
        format!("{} row {} ({} → {})", self.page, self.row, self.from, self.to)
    }
}

/// Every word that a mark can start with; `sources/reduce` writes no others.
const MARKS: [&str; 25] = [
    // When the row holds.
    "non-persistent-only",
    "persistent-only",
    "management-agent",
    "no-log-shipping-server",
    "malware-detection",
    "file-level-restore",
    "guest-processing-and-file-level-restore",
    "gateway-instead",
    "gateway-of-smb-share",
    // What the note says of all or some of the ports.
    "range-2500-5000-after-upgrade",
    "dynamic-rpc",
    "next-free-port",
    "failover-port",
    "1058",
    "1063",
    "netbios",
    "optional",
    "default",
    "tls",
    "fixed",
    "fallback",
    "customisable",
    // The cell is cut, and the note names the ports.
    "note-names",
    // The note contradicts the cell.
    "note-says",
    // The host has to run Windows.
    "windows-server",
];

const COLUMNS: usize = 5;

/// The three pages of edition 2025-12.
pub fn pages() -> Vec<PrintedPage> {
    [
        ("ahv", include_str!("sources/ahv.md")),
        ("mongodb", include_str!("sources/mongodb.md")),
        ("sharepoint", include_str!("sources/sharepoint.md")),
    ]
    .into_iter()
    .map(|(id, text)| page(id, text).unwrap_or_else(|fault| panic!("tests/sources/{id}.md: {fault}")))
    .collect()
}

/// All rows of all pages.
pub fn rows() -> Vec<PrintedRow> {
    pages().into_iter().flat_map(|page| page.rows).collect()
}

fn page(id: &'static str, text: &str) -> Result<PrintedPage, String> {
    Ok(PrintedPage {
        id,
        url: front(text, "url: ")?,
        updated: front(text, "updated: ")?,
        build: front(text, "build: ")?,
        rows: table_rows(id, text)?,
    })
}

fn front(text: &str, field: &str) -> Result<String, String> {
    let found = text.lines().find_map(|line| line.strip_prefix(field));
    found.map(str::to_owned).ok_or_else(|| format!("no line starts with {field:?}"))
}

fn table_rows(page: &'static str, text: &str) -> Result<Vec<PrintedRow>, String> {
    let mut rows = Vec::new();
    let mut section = "";
    let mut above: Vec<&str> = Vec::new();
    for line in text.lines() {
        if let Some(heading) = line.strip_prefix("## ") {
            section = heading;
        }
        let Some(cells) = cells(line) else {
            // Nothing continues across the end of a table.
            above.clear();
            continue;
        };
        if cells.first() == Some(&"From") || cells.first() == Some(&"---") {
            continue;
        }
        let whole = restored(&above, &cells).ok_or_else(|| format!("no row above to continue: {line}"))?;
        let number = u16::try_from(rows.len() + 1).map_err(|error| error.to_string())?;
        rows.push(row(page, number, section, &whole).map_err(|fault| format!("row {number}: {fault}"))?);
        above = whole;
    }
    Ok(rows)
}

fn cells(line: &str) -> Option<Vec<&str>> {
    let inner = line.strip_prefix('|')?.strip_suffix('|')?;
    Some(inner.split('|').map(str::trim).collect())
}

/// A row with fewer cells than the header continues the leftmost cells of the row above.
fn restored<'a>(above: &[&'a str], cells: &[&'a str]) -> Option<Vec<&'a str>> {
    let continued = COLUMNS.checked_sub(cells.len())?;
    let mut whole = above.get(..continued)?.to_vec();
    whole.extend(cells);
    Some(whole)
}

fn row(page: &'static str, row: u16, section: &str, whole: &[&str]) -> Result<PrintedRow, String> {
    let &[from, to, protocol, port, notes] = whole else {
        return Err(format!("{} cells in place of {COLUMNS}", whole.len()));
    };
    let marks = marks(notes)?;
    let PortCell { mut ports, open_ended, fallback, mut changeable } = port_cell(port)?;
    // The one cell that is cut: its own note names the ports.
    ports.extend(numbers(&marks, "note-names").map(|port| (port, port)));
    changeable.extend(numbers(&marks, "customisable"));
    Ok(PrintedRow {
        page,
        row,
        section: section.to_owned(),
        from: from.to_owned(),
        to: to.to_owned(),
        transports: transports(protocol)?,
        ports: sorted(ports),
        open_ended: sorted(open_ended),
        fallback: sorted(fallback),
        changeable: sorted(changeable),
        marks,
    })
}

fn sorted<T: Ord>(mut values: Vec<T>) -> Vec<T> {
    values.sort_unstable();
    values.dedup();
    values
}

/// `[a] [b 1 2]`, or `-` for none.
fn marks(cell: &str) -> Result<Vec<String>, String> {
    if cell == "-" {
        return Ok(Vec::new());
    }
    let inner = cell.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
    let marks = inner.ok_or_else(|| format!("not marks: {cell}"))?.split("] [");
    marks.map(known_mark).collect()
}

fn known_mark(mark: &str) -> Result<String, String> {
    let word = mark.split(' ').next().unwrap_or_default();
    if MARKS.contains(&word) { Ok(mark.to_owned()) } else { Err(format!("unknown mark [{mark}]")) }
}

/// The numbers behind a mark's word.
fn numbers<'a>(marks: &'a [String], word: &'a str) -> impl Iterator<Item = u16> + 'a {
    let of_word = marks.iter().filter_map(move |mark| mark.strip_prefix(word)?.strip_prefix(' '));
    of_word.flat_map(|rest| rest.split(' ')).filter_map(|number| number.parse().ok())
}

/// TCP and UDP; what runs on top of them is no transport.
fn transports(cell: &str) -> Result<Vec<&'static str>, String> {
    let mut found = Vec::new();
    for word in cell.split([' ', ',', '/']).filter(|word| !word.is_empty()) {
        match word {
            "TCP" => found.push("tcp"),
            "UDP" => found.push("udp"),
            "HTTPS" | "iSCSI" | "LDAP" => {}
            _ => return Err(format!("unknown protocol {word:?} in {cell:?}")),
        }
    }
    if found.is_empty() { Err(format!("no transport in {cell:?}")) } else { Ok(sorted(found)) }
}

#[derive(Debug, Default, PartialEq, Eq)]
struct PortCell {
    ports: Vec<(u16, u16)>,
    open_ended: Vec<u16>,
    fallback: Vec<(u16, u16)>,
    changeable: Vec<u16>,
}

/// Numbers, `a to b`, `a-b` and `a+`; `or a to b` is a fallback, `a or another port` has a default.
fn port_cell(cell: &str) -> Result<PortCell, String> {
    let bare = cell.split('(').next().unwrap_or_default();
    let spaced = bare.replace(',', " ").replace('-', " to ").replace("another port", "another");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let mut found = PortCell::default();
    let mut rest = words.as_slice();
    while !rest.is_empty() {
        rest = port_entry(rest, &mut found).map_err(|fault| format!("{fault} in {cell:?}"))?;
    }
    Ok(found)
}

/// Takes one entry off the front of `words` and gives the words behind it.
fn port_entry<'a, 'b>(words: &'a [&'b str], found: &mut PortCell) -> Result<&'a [&'b str], String> {
    match words {
        ["or", "another", rest @ ..] => {
            let &(_, default) = found.ports.last().ok_or("no port before \"or another\"")?;
            found.changeable.push(default);
            Ok(rest)
        }
        ["or", first, "to", last, rest @ ..] => {
            found.fallback.push((number(first)?, number(last)?));
            Ok(rest)
        }
        ["or", open, rest @ ..] if open.ends_with('+') => {
            found.open_ended.push(number(open.trim_end_matches('+'))?);
            Ok(rest)
        }
        [open, rest @ ..] if open.ends_with('+') => {
            found.open_ended.push(number(open.trim_end_matches('+'))?);
            Ok(rest)
        }
        [first, "to", last, rest @ ..] => {
            found.ports.push((number(first)?, number(last)?));
            Ok(rest)
        }
        [single, rest @ ..] => {
            let single = number(single)?;
            found.ports.push((single, single));
            Ok(rest)
        }
        [] => Ok(words),
    }
}

fn number(word: &str) -> Result<u16, String> {
    word.parse().ok().filter(|port| *port != 0).ok_or_else(|| format!("{word:?} is not a port"))
}

mod tests {
    use super::*;

    fn ports_of(cell: &str) -> Vec<(u16, u16)> {
        let found = port_cell(cell).unwrap();
        assert_eq!(found, PortCell { ports: found.ports.clone(), ..PortCell::default() }, "{cell}");
        found.ports
    }

    #[test]
    fn port_cells_are_lists_however_they_are_separated() {
        assert_eq!(ports_of("9440"), [(9440, 9440)]);
        assert_eq!(ports_of("445 135"), [(445, 445), (135, 135)]);
        assert_eq!(ports_of("22  2500"), [(22, 22), (2500, 2500)]);
        assert_eq!(ports_of("22, 6160,  6162"), [(22, 22), (6160, 6160), (6162, 6162)]);
        assert_eq!(ports_of("22,"), [(22, 22)]);
        assert_eq!(ports_of("80, 443 (according to 2 settings)"), [(80, 80), (443, 443)]);
    }

    #[test]
    fn port_cells_hold_ranges() {
        assert_eq!(ports_of("2500 to 3300"), [(2500, 3300)]);
        assert_eq!(ports_of("2500-3300"), [(2500, 3300)]);
        assert_eq!(ports_of("49152 to 65535 (for Microsoft Windows 2008 and newer)"), [(49152, 65535)]);
        let mixed = [(135, 135), (137, 139), (445, 445), (6160, 6160), (11731, 11731)];
        assert_eq!(ports_of("135,  137 to 139,  445, 6160, 11731"), mixed);
    }

    #[test]
    fn or_has_three_meanings() {
        let open = PortCell { open_ended: vec![1058, 1063], ..PortCell::default() };
        assert_eq!(port_cell("1058+ or 1063+"), Ok(open));
        let fallback =
            PortCell { ports: vec![(6162, 6162)], fallback: vec![(2500, 3300)], ..PortCell::default() };
        assert_eq!(port_cell("6162 or 2500 to 3300"), Ok(fallback));
        let default = PortCell { ports: vec![(1433, 1433)], changeable: vec![1433], ..PortCell::default() };
        assert_eq!(port_cell("1433 or another port"), Ok(default));
        let mail = vec![(25, 25), (587, 587), (443, 443)];
        let mail = PortCell { ports: mail, changeable: vec![587], ..PortCell::default() };
        assert_eq!(port_cell("25, 587 or another port, 443"), Ok(mail));
    }

    #[test]
    fn cells_that_are_no_ports_are_refused() {
        for cell in ["none", "0", "65536", "2500 to", "or another port"] {
            assert!(port_cell(cell).is_err(), "{cell} was read as {:?}", port_cell(cell));
        }
        assert!(transports("SCTP").is_err());
        assert!(transports("HTTPS").is_err());
        assert!(marks("[persistent]").is_err());
        assert!(marks("persistent-only").is_err());
    }

    #[test]
    fn only_tcp_and_udp_are_transports() {
        assert_eq!(transports("TCP/HTTPS").unwrap(), ["tcp"]);
        assert_eq!(transports("TCP/iSCSI").unwrap(), ["tcp"]);
        assert_eq!(transports("TCP  UDP").unwrap(), ["tcp", "udp"]);
        assert_eq!(transports("TCP, UDP, LDAP").unwrap(), ["tcp", "udp"]);
    }

    #[test]
    fn merged_cells_come_from_the_row_above() {
        let text = "## One\n\
            | From | To | Protocol | Port | Marks |\n| --- | --- | --- | --- | --- |\n\
            | a | b | UDP | 1 | - |\n| c | TCP | 2 | [optional 2] |\n| 3 | - |\n| TCP | 4 | - |\n";
        let rows = table_rows("ahv", text).unwrap();
        let cells: Vec<_> =
            rows.iter().map(|row| (row.to.as_str(), row.transports[0], row.ports[0].0)).collect();
        assert_eq!(cells, [("b", "udp", 1), ("c", "tcp", 2), ("c", "tcp", 3), ("c", "tcp", 4)]);
        assert!(rows.iter().all(|row| row.from == "a" && row.section == "One"));
        assert_eq!(rows.iter().map(|row| row.row).collect::<Vec<_>>(), [1, 2, 3, 4]);
        assert!(rows[1].has("optional") && !rows[2].has("optional"));
    }

    #[test]
    fn nothing_continues_across_tables() {
        let text = "| a | b | TCP | 1 | - |\n\n| TCP | 2 | - |\n";
        assert!(table_rows("ahv", text).is_err());
        assert!(table_rows("ahv", "| a | b | c | TCP | 1 | - |\n").is_err());
    }

    #[test]
    fn the_pages_read_as_they_are_printed() {
        let rows = rows();
        let at = |page, row| rows.iter().find(|found| found.page == page && found.row == row).unwrap();
        let trap = at("sharepoint", 4);
        assert_eq!(
            (trap.to.as_str(), &*trap.transports, &*trap.ports),
            ("Staging server", &["tcp"][..], &[(445, 445)][..])
        );
        assert_eq!(at("sharepoint", 5).transports, ["tcp", "udp"]);
        assert_eq!(at("sharepoint", 6).changeable, [25, 587]);
        assert_eq!(at("mongodb", 1).ports, [(22, 22), (6160, 6160), (6162, 6162)]);
        assert_eq!(at("mongodb", 17).to, "Gateway Microsoft Windows server");
        assert_eq!(at("ahv", 6).to, "Veeam backup repository (or gateway server)");
        assert_eq!(at("ahv", 16).open_ended, [1058, 1063]);
        assert_eq!(at("ahv", 71).section, "PostgreSQL Guest OS Connections");
    }

    /// Cells and notes were reduced apart from each other, so each can be held against the other.
    #[test]
    fn cells_and_marks_agree() {
        for row in rows() {
            let name = row.name();
            assert_eq!(!row.open_ended.is_empty(), row.has("next-free-port"), "{name}");
            assert_eq!(!row.fallback.is_empty(), row.has("fallback"), "{name}");
            assert_eq!(row.ports.contains(&(137, 139)), row.has("netbios"), "{name}");
            assert_eq!(row.ports == [(49152, 65535)], row.has("dynamic-rpc"), "{name}");
            let fixed: Vec<_> = numbers(&row.marks, "fixed").collect();
            assert!(!row.changeable.iter().any(|port| fixed.contains(port)), "{name}");
            let single = |port: &u16| row.ports.contains(&(*port, *port));
            assert!(row.changeable.iter().all(single), "{name}");
        }
    }
}
