//! Proposes what the columns of a table hold.

use crate::catalogue::{Catalogue, Os};
use crate::plan::address::Address;

use super::{Field, Headings, Row, Table};
use crate::plan::import::Kind;
use crate::plan::import::kind::plain;
use crate::plan::import::system::system_of;
use crate::plan::import::words::{Addresses, RoleWords, is_blank_word};

/// So many rows are looked at.
const ROWS: usize = 50;

/// Headings of names, the surest first: where a table has several, `host` is mostly the machine below.
const NAMES: [&str; 14] = [
    "name",
    "hostname",
    "vmname",
    "servername",
    "computername",
    "machinename",
    "inventoryname",
    "server",
    "computer",
    "machine",
    "vm",
    "host",
    "hosts",
    "node",
];

const OTHERS: [(Field, &[&str]); 6] = [
    (
        Field::Addresses,
        &[
            "ip",
            "ips",
            "ipaddress",
            "ipaddresses",
            "address",
            "addresses",
            "ipv4",
            "ipv6",
            "ipv4address",
            "ipv6address",
            "ipv4addresses",
            "primaryip",
            "primaryipaddress",
            "managementip",
            "fqdn",
            "dnsname",
            "networkaddress",
            "addressip",
        ],
    ),
    (
        Field::System,
        &[
            "os",
            "system",
            "guestos",
            "operatingsystem",
            "osfamily",
            "ostype",
            "osname",
            "guestosname",
            "platform",
        ],
    ),
    (
        Field::Roles,
        &["role", "roles", "function", "functions", "veeamrole", "veeamroles", "component", "components"],
    ),
    (Field::Zone, &["zone", "zones", "networkzone", "securityzone", "segment"]),
    (Field::Site, &["site", "location", "datacenter", "datacentre"]),
    (Field::Note, &["note", "notes", "comment", "comments", "remark", "remarks", "description"]),
];

pub(in crate::plan::import) fn is_name_heading(plain: &str) -> bool {
    NAMES.contains(&plain)
}

pub(in crate::plan::import) fn is_other_heading(plain: &str) -> bool {
    other(plain).is_some()
}

/// What a heading other than a name's says.
fn other(plain: &str) -> Option<Field> {
    OTHERS.iter().find(|(_, words)| words.contains(&plain)).map(|(field, _)| *field)
}

/// Sets headings and columns to what they look like.
pub(super) fn propose(table: &mut Table, catalogue: &Catalogue) {
    let words = RoleWords::new(catalogue);
    table.headings = headings(&table.rows);
    if table.headings == Headings::FirstRow {
        by_heading(table);
    }
    by_content(table, &words);
}

fn headings(rows: &[Row]) -> Headings {
    let Some(first) = rows.first() else { return Headings::None };
    if holds_address(first) {
        return Headings::None;
    }
    let known = |cell: &String| is_name_heading(&plain(cell)) || is_other_heading(&plain(cell));
    let named = first.cells.iter().any(known);
    let others = rows.iter().skip(1).take(ROWS).any(holds_address);
    if named || others { Headings::FirstRow } else { Headings::None }
}

fn holds_address(row: &Row) -> bool {
    row.cells.iter().any(|cell| is_address(cell))
}

/// Whether there is an IP address or network, and nothing that is none.
fn is_address(cell: &str) -> bool {
    let read = Addresses::of(cell);
    let numeric = |address: &Address| !matches!(address, Address::Name(_));
    read.wrong.is_empty() && (read.found.iter().any(numeric) || !read.link_local.is_empty())
}

fn by_heading(table: &mut Table) {
    let Some(row) = table.rows.first() else { return };
    let headings: Vec<String> = row.cells.iter().map(|cell| plain(cell)).collect();
    let names: Vec<&str> = match table.kind {
        // Prism's "Host" is the machine that the VM runs on.
        Kind::Prism => vec!["vmname", "name"],
        _ => NAMES.to_vec(),
    };
    let name = names.iter().find_map(|name| headings.iter().position(|heading| heading == name));
    if let Some(name) = name {
        table.set_column(name, Field::Name);
    }
    for (at, heading) in headings.iter().enumerate().filter(|(at, _)| Some(*at) != name) {
        if let Some(field) =
            other(heading).filter(|field| !field.is_single() || !table.columns.contains(field))
        {
            table.set_column(at, field);
        }
    }
}

/// Fills in what no heading told.
fn by_content(table: &mut Table, words: &RoleWords) {
    let free: Vec<usize> =
        (0..table.columns.len()).filter(|at| table.columns.get(*at) == Some(&Field::Nothing)).collect();
    let lacks = |table: &Table, field| !table.columns.contains(&field);
    let addresses = lacks(table, Field::Addresses);
    for at in free {
        let cells = cells(table, at);
        if cells.is_empty() {
            continue;
        }
        let all = |test: &dyn Fn(&str) -> bool| cells.iter().all(|cell| test(cell));
        let most = cells.iter().filter(|cell| is_address(cell)).count() * 2 > cells.len();
        let is_system = |cell: &str| system_of(cell).is_some();
        // Machines below a VM are of neither system, too.
        let tells = cells.iter().any(|cell| system_of(cell).is_some_and(|found| found.os() != Os::Other));
        let is_role = |cell: &str| words.in_cell(cell).1.is_empty() && !words.in_cell(cell).0.is_empty();
        let field = if addresses && most {
            Field::Addresses
        } else if lacks(table, Field::System) && tells && all(&is_system) {
            Field::System
        } else if lacks(table, Field::Roles) && all(&is_role) {
            Field::Roles
        } else if lacks(table, Field::Name) && table.kind != Kind::Prism {
            Field::Name
        } else {
            continue;
        };
        table.set_column(at, field);
    }
}

fn cells(table: &Table, column: usize) -> Vec<String> {
    let cells = table.body().iter().take(ROWS).filter_map(|row| row.cells.get(column));
    cells.filter(|cell| !is_blank_word(cell)).cloned().collect()
}
