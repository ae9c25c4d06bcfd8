//! How the sheet by host is laid out; a plan that needs two of them at their true size takes too long to write.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::io::{Cursor, Read as _};

use zip::ZipArchive;

use crate::catalogue::{Catalogue, Transport};
use crate::flows::{Flows, Grouping, Listing, SameHost};
use crate::plan::{Edit, Host, OwnRule, Party, Plan, actions};
use crate::snippets::{Direction, Purpose, Selection, Target};

use super::*;

#[test]
fn two_rows_for_a_flow_fit_as_long_as_a_sheet_has_them() {
    assert_eq!(HostSheets::fit_for(524_287, FLOWS_IN_SHEET), HostSheets::One);
    assert_eq!(HostSheets::fit_for(524_288, FLOWS_IN_SHEET), HostSheets::OneForEachWay);
}

fn plan(catalogue: &Catalogue) -> Plan {
    let mut plan = Plan::new("Two".parse().unwrap(), catalogue);
    let [from, to] = ["near", "far"].map(|name| {
        let host = Host::new(plan.fresh_id(), name.parse().unwrap());
        let id = host.id;
        plan.apply(actions::put_host(&plan, catalogue, host, plan.hosts().len()).edit).unwrap();
        Party::Host(id)
    });
    let ports = ["22"].iter().map(|port| port.parse::<crate::catalogue::PortItem>().unwrap()).collect();
    let purpose = "a look".parse().unwrap();
    plan.apply(Edit::Rules(vec![OwnRule { from, to, transports: vec![Transport::Tcp], ports, purpose }]))
        .unwrap();
    plan
}

/// The parts of a workbook of one flow, with a sheet by host that has room for this many rows.
fn book(most: u64) -> impl FnMut(&str) -> String {
    let catalogue = Catalogue::embedded().unwrap();
    let plan = plan(&catalogue);
    let flows = Flows::new(&catalogue, &plan);
    let listing = Listing::new(&flows, Grouping::Flow, SameHost::Hide, None);
    let request = Request {
        catalogue: &catalogue,
        plan: &plan,
        flows: &flows,
        selection: Selection::Listing(&listing),
        scope: "whole plan".to_owned(),
        target: Target::Xlsx,
        direction: Direction::Transit,
        purpose: Purpose::Apply,
        date: None,
    };
    let mut bytes = Vec::new();
    write_book(&request, most, &mut bytes).unwrap();
    let mut package = ZipArchive::new(Cursor::new(bytes)).unwrap();
    move |name| {
        let mut text = String::new();
        package.by_name(name).unwrap().read_to_string(&mut text).unwrap();
        text
    }
}

#[test]
fn what_one_sheet_by_host_cannot_hold_stands_on_two() {
    let mut whole = book(2);
    let mut halves = book(1);
    let names = |text: &str| text.matches("<sheet name=").count();
    assert_eq!((names(&whole("xl/workbook.xml")), names(&halves("xl/workbook.xml"))), (3, 4));
    let list = halves("xl/workbook.xml");
    for part in
        ["\"Hosts inbound\"", "\"Hosts outbound\"", "'Hosts inbound'!$A$1:$J$2", "'Hosts outbound'!$1:$1"]
    {
        assert!(list.contains(part), "{part}: {list}");
    }
    for part in ["[Content_Types].xml", "xl/_rels/workbook.xml.rels"] {
        assert!(halves(part).contains("worksheets/sheet4.xml"), "{part}");
    }
    let rows = |sheet: String| {
        let data = sheet.split_once("</row>").unwrap().1.split_once("</sheetData>").unwrap().0.to_owned();
        data.replace("r=\"3\"", "r=\"2\"").replace("3\" s", "2\" s")
    };
    let both = rows(halves("xl/worksheets/sheet2.xml")) + &rows(halves("xl/worksheets/sheet3.xml"));
    assert_eq!(rows(whole("xl/worksheets/sheet2.xml")).matches("<row").count(), 2);
    let cells = |rows: &str| {
        let mut cells: Vec<String> = rows.split("<row").map(str::to_owned).collect();
        cells.sort();
        cells
    };
    assert_eq!(cells(&both), cells(&rows(whole("xl/worksheets/sheet2.xml"))));
    let remark = "The openings of the hosts are more than one sheet has rows for";
    let remarked = |texts: String| texts.contains(remark);
    assert_eq!(
        (remarked(whole("xl/sharedStrings.xml")), remarked(halves("xl/sharedStrings.xml"))),
        (false, true)
    );
}
