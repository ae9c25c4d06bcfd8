//! Zones: their networks, and which hosts stand where.

use portplan::app::layers::zones::{ZoneRow, lines};
use portplan::app::layers::{FormField, ZoneField, ZoneForm};
use portplan::app::mouse::{List, Place};
use portplan::app::{Context, Layer};

use super::driver::{Run, rich_plan, small_plan};
use super::mouse::spot;

fn form(run: &Run) -> &ZoneForm {
    match run.app.layers().last() {
        Some(Layer::ZoneForm(form)) => form,
        other => panic!("no form of a zone, but {other:?}"),
    }
}

/// The list: name, hosts that name it, hosts by address, networks.
fn listed(run: &Run) -> Vec<String> {
    let line = |line: portplan::app::layers::zones::ZoneLine| {
        let name = match line.row {
            ZoneRow::Zone(name) => name.to_string(),
            ZoneRow::Torn => "torn".to_owned(),
            ZoneRow::Nowhere => "nowhere".to_owned(),
        };
        let networks = line.networks.map_or("-".to_owned(), |networks| {
            networks.iter().map(ToString::to_string).collect::<Vec<String>>().join(" ")
        });
        format!("{name} {}+{} {networks}", line.named, line.by_address).trim_end().to_owned()
    };
    lines(run.app.plan()).into_iter().map(line).collect()
}

fn zone_of(run: &Run, host: &str) -> String {
    run.app.plan().zone_of(run.host(host)).map(ToString::to_string).unwrap_or_default()
}

/// Hosts 10.0.0.x in "lan", and sql01 at 10.0.8.1.
fn with_lan() -> Run {
    let mut run = Run::of(small_plan(), None);
    run.press("Z a").type_text("lan").press("Tab").type_text("10.0.0.0/24").press("Enter");
    run
}

#[test]
fn a_zone_is_added_and_hosts_fall_into_it() {
    let mut run = Run::of(small_plan(), None);
    let before = run.content();
    run.press("Z");
    assert_eq!((run.context(), listed(&run)), (Context::Zones, vec!["nowhere 0+5 -".to_owned()]));
    run.press("a").type_text("lan").press("Tab").type_text("10.0.0.0/24; 2001:db8::/64 10.0.0.0/24");
    assert_eq!(form(&run).notes(run.app.plan()), ["4 hosts stand here by address."]);
    assert_eq!(run.content(), before, "nothing reaches the plan before it is accepted");
    run.press("Enter");
    assert_eq!(listed(&run), ["lan 0+4 10.0.0.0/24 2001:db8::/64", "nowhere 0+1 -"]);
    assert_eq!((zone_of(&run, "vbr01"), zone_of(&run, "sql01")), ("lan".to_owned(), String::new()));
    assert_eq!(run.message(), "add zone lan · no flow changed");
    assert_eq!(run.reopened().zones(), run.app.plan().zones());
    run.press("u");
    assert_eq!(run.content(), before);
    run.press("U");
    assert_eq!(listed(&run).len(), 2);
}

#[test]
fn overlaps_are_allowed_and_said() {
    let mut run = with_lan();
    run.press("a").type_text("core").press("Tab").type_text("10.0.0.0/28");
    assert_eq!(
        form(&run).notes(run.app.plan()),
        ["1 host stands here by address.", "10.0.0.0/28 lies in 10.0.0.0/24 of lan: the longer prefix wins."]
    );
    run.press("Ctrl-u").type_text("10.0.0.0/8");
    assert_eq!(
        form(&run).notes(run.app.plan()),
        [
            "1 host stands here by address.",
            "10.0.0.10 of vbr01 lies inside, but falls elsewhere.",
            "10.0.0.20 of repo01 lies inside, but falls elsewhere.",
            "2 more with an address inside stand elsewhere.",
            "10.0.0.0/24 inside 10.0.0.0/8 stays with lan: the longer prefix wins."
        ]
    );
    run.press("Ctrl-u").type_text("10.0.0.0/24");
    let notes = form(&run).notes(run.app.plan());
    assert_eq!(notes.last().unwrap(), "10.0.0.0/24 is lan's, too; lan stands first and has it.");
    run.press("Enter");
    assert_eq!(listed(&run), ["lan 0+4 10.0.0.0/24", "core 0+0 10.0.0.0/24", "nowhere 0+1 -"]);
}

#[test]
fn what_is_no_network_is_explained_where_it_stands() {
    let mut run = with_lan();
    let before = run.content();
    run.press("a Enter");
    assert_eq!(form(&run).error.as_ref().unwrap(), &(ZoneField::Name, "the zone is empty".to_owned()));
    run.type_text("lan").press("Enter");
    let (field, why) = form(&run).error.clone().unwrap();
    assert_eq!(field, ZoneField::Name);
    assert_eq!(why, "there is a zone called \"lan\" already; give this one another name");
    run.type_text("2").press("Tab");
    assert!(form(&run).error.is_none());
    for (typed, expected) in [
        ("10.0.8.1/24", "10.0.8.1/24 has bits set behind its prefix"),
        ("10.0.0.300", "\"10.0.0.300\" is not a valid IP address"),
        ("db.example.com", "\"db.example.com\" is a name; write a zone's networks as"),
    ] {
        run.press("Ctrl-u").type_text(typed).press("Enter");
        let (field, why) = form(&run).error.clone().unwrap();
        assert_eq!(field, ZoneField::Networks);
        assert!(why.starts_with(expected), "{typed}: {why}");
    }
    assert_eq!(run.content(), before);
    run.press("Ctrl-u Enter");
    assert_eq!(listed(&run)[1], "lan2 0+0", "a zone without networks is only a name yet");
}

#[test]
fn renaming_takes_the_hosts_along_that_name_it() {
    let mut run = Run::of(small_plan(), None);
    run.press("e").press(&"Tab ".repeat(4)).type_text("mgmt").press("Enter Z");
    assert_eq!(listed(&run), ["mgmt 1+0 -", "nowhere 0+4 -"], "a zone that a host merely names");
    let before = run.content();
    run.press("Enter");
    assert_eq!(form(&run).name.text(), "mgmt");
    run.type_text("-1").press("Enter");
    assert_eq!(listed(&run), ["mgmt-1 1+0 -", "nowhere 0+4 -"]);
    assert_eq!(run.message(), "rename zone mgmt to mgmt-1 · 1 host that named it with it · no flow changed");
    run.press("u");
    assert_eq!(run.content(), before, "one step");
    run.press("e Tab").type_text("10.0.0.20").press("Enter");
    assert_eq!(listed(&run), ["mgmt 1+1 10.0.0.20/32", "nowhere 0+3 -"], "now it is described");
    run.press("e").type_text("x").press("Enter");
    assert_eq!(listed(&run)[0], "mgmtx 1+1 10.0.0.20/32");
    assert_eq!(zone_of(&run, "vbr01"), "mgmtx");
    run.press("e Enter");
    assert_eq!(run.message(), "zone mgmtx is as it was");
}

#[test]
fn deleting_a_zone_leaves_its_hosts_to_their_addresses() {
    let mut run = with_lan();
    run.press("Esc e").press(&"Tab ".repeat(4)).type_text("dmz").press("Enter Z");
    assert_eq!(listed(&run), ["lan 0+3 10.0.0.0/24", "dmz 1+0 -", "nowhere 0+1 -"]);
    let before = run.content();
    run.press("↓ x");
    assert_eq!(
        run.message(),
        "delete zone dmz · 1 host that named it stands where its addresses say · no flow changed"
    );
    assert_eq!((listed(&run)[0].as_str(), zone_of(&run, "vbr01")), ("lan 0+4 10.0.0.0/24", "lan".to_owned()));
    run.press("x");
    assert_eq!(run.message(), "there is nothing to delete on this line", "the hosts without a zone are none");
    run.press("u");
    assert_eq!(run.content(), before);
}

#[test]
fn hosts_that_stand_nowhere_or_are_torn_are_reached() {
    let mut run = with_lan();
    run.press("Esc e Tab Tab Tab").type_text(", 10.0.8.9").press("Enter Z");
    assert_eq!(listed(&run), ["lan 0+3 10.0.0.0/24", "torn 0+1 -", "nowhere 0+1 -"]);
    run.press("↓ Enter");
    assert_eq!(run.context(), Context::ZoneHosts);
    run.press("Enter");
    assert_eq!((run.form().name.text(), run.form().field), ("vbr01", FormField::Zone));
    run.type_text("mgmt").press("Enter");
    assert_eq!(run.context(), Context::ZoneHosts, "back in the list, which is empty now");
    assert_eq!(zone_of(&run, "vbr01"), "mgmt");
    run.press("Enter");
    assert_eq!(run.context(), Context::ZoneHosts);
    run.press("Esc Home i Enter");
    assert_eq!(run.form().name.text(), "repo01");
}

#[test]
fn the_mouse_and_esc_work_as_in_the_other_dialogs() {
    let mut run = with_lan();
    let row = spot(&run, Place::Row(List::Dialog, 0));
    run.double_click(row);
    assert_eq!(form(&run).name.text(), "lan");
    let networks = spot(&run, Place::Row(List::Dialog, 1));
    run.click(networks).paste("\n10.0.8.0/24\u{7}\r\n");
    assert_eq!(
        (form(&run).field, form(&run).networks.text()),
        (ZoneField::Networks, "10.0.0.0/24 10.0.8.0/24")
    );
    run.press("Esc");
    assert_eq!(run.context(), Context::Confirm);
    run.press("Esc Enter");
    assert_eq!(listed(&run), ["lan 0+5 10.0.0.0/24 10.0.8.0/24"]);
    run.press("e Esc Esc");
    assert_eq!(run.context(), Context::Hosts);
}

#[test]
fn hidden_letters_get_into_no_name() {
    let mut run = Run::of(rich_plan(), None);
    run.press("Z a").paste("d\u{202e}m\u{200b}z\u{1b}[31m").press("Enter");
    assert_eq!(listed(&run)[0], "dmz[31m 0+0");
}
