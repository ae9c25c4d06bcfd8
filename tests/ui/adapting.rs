//! The dialogs that adapt a plan to the site, whole at 80x24 and on a wide screen.

use portplan::catalogue::Os;
use portplan::plan::text::is_hidden;
use portplan::plan::{Edit, Plan};
use portplan::ui::theme::Theme;

use super::frame::{Screen, screen};
use crate::app::driver::{Run, plan, rich_plan};

fn holds(screen: &Screen, texts: &[&str]) {
    for text in texts {
        assert!(screen.find(text).is_some(), "{text:?} is missing in\n{}", screen.text());
    }
    assert!(screen.find("╯").is_some());
}

fn shown(keys: &str, (width, height): (u16, u16)) -> Screen {
    let mut run = Run::of(rich_plan(), None).sized(width, height);
    run.press(keys);
    screen(&run)
}

const SIZES: [(u16, u16); 2] = [(80, 24), (160, 45)];

#[test]
fn the_ports_with_what_they_do() {
    for size in SIZES {
        let mut run = Run::of(rich_plan(), None).sized(size.0, size.1);
        run.press("P ↑ ↑").type_text("7162");
        let shown = screen(&run);
        holds(
            &shown,
            &[
                "Ports of the plan",
                "Service",
                "Printed",
                "Own ports",
                "Now on",
                "MongoDB",
                "SharePoint web",
                "80, 443",
                "▸≠Transport service",
                "7162 takes the place of 6162 on ",
                "set in the registry",
            ],
        );
        assert!(shown.has_style("≠", Theme::dark().strong), "what differs is marked");
        let cursor = shown.cursor.unwrap();
        assert_eq!(cursor.x, shown.at("7162").x + 4, "the cursor stands behind what was typed");
        run.type_text("x");
        let shown = screen(&run);
        holds(&shown, &["\"7162x\" is not a port; write a number from 1 to 65535"]);
        assert!(shown.has_style("\"7162x\" is not", Theme::dark().error));
        assert!(shown.find("▸!Transport service").is_some());
    }
    holds(&shown("P End", (160, 45)), &["2500-3300 or 2500-5000"]);
}

#[test]
fn flows_with_own_ports_are_marked_in_the_list_and_explained() {
    let mut run = Run::of(rich_plan(), None).sized(160, 45);
    assert!(screen(&run).find("≠").is_none());
    run.press("P ↑ ↑").type_text("7162").press("Enter / 7 1 6 2 Enter");
    assert!(screen(&run).find("+").is_some(), "what is new comes first");
    let number = run.app.change().map(|_| ()).and_then(|()| run.wakes().last().copied()).unwrap_or(0);
    for old in 0..=number {
        run.event(portplan::app::Event::Wake(old));
    }
    let shown = screen(&run);
    assert!(shown.find("≠").is_some(), "{}", shown.text());
    holds(&shown, &["stand in place of the printed"]);
}

#[test]
fn own_rules_empty_and_full() {
    for size in SIZES {
        holds(&shown("O", size), &["Own rules", "No own rule yet.", "a adds one, begun from"]);
        let mut run = Run::of(rich_plan(), None).sized(size.0, size.1);
        run.press("O a Ctrl-u").type_text("worker");
        let shown = screen(&run);
        holds(&shown, &["Add own rule", "From", "host  worker01", "▸ role  Worker", "1 host", "fit."]);
        run.type_text("0").press("Tab");
        holds(&screen(&run), &["host  worker01  10.0.0.30", "▸ To"]);
        run.type_text("mail").press("Tab Tab").type_text("465").press("Tab").type_text("Site relay");
        holds(
            &screen(&run),
            &["role  Mail server  1 host", "● tcp", "1 host → 1 host.", "What the connection"],
        );
        run.press("Enter");
        holds(
            &screen(&run),
            &["▸ worker01", "any Mail serv", "tcp", "465", "Site relay", "host worker01 → role Mail server"],
        );
        run.press("e Tab Tab Tab Ctrl-u Enter");
        let shown = screen(&run);
        holds(&shown, &["Change own rule", "name at least one port, such as 465 or 2500-3300"]);
        assert!(shown.has_style("name at least", Theme::dark().error));
        assert!(shown.has_style("▸ Ports", Theme::dark().error));
    }
}

#[test]
fn the_zones_and_where_hosts_stand() {
    for size in SIZES {
        holds(&shown("Z", size), &["Zones", "(no zone)", "10 hosts", "They name no zone, and no address"]);
        let mut run = Run::of(rich_plan(), None).sized(size.0, size.1);
        run.press("Z a").type_text("lan").press("Tab").type_text("10.0.0.0/24, 10.0.8.1");
        holds(
            &screen(&run),
            &["Add zone", "▸ Networks   10.0.0.0/24, 10.0.8.1", "· 7 hosts stand here by address."],
        );
        run.press("Enter");
        holds(
            &screen(&run),
            &["▸ lan", "7 by address", "10.0.0.0/24, 10.0.8.1/32", "the longest prefix first"],
        );
        run.press("i");
        holds(
            &screen(&run),
            &["Hosts of zone lan", "▸ vbr01", "10.0.0.10", "changes the host's zone or addresses."],
        );
        run.press("Esc a").type_text("lan").press("Enter");
        holds(&screen(&run), &["there is a zone called \"lan\" already; give this one another name"]);
    }
    let mut run = Run::empty().sized(80, 24);
    run.press("Z");
    holds(&screen(&run), &["No zone yet. a adds one: a name and its networks."]);
}

/// `lan` has all addresses but one of sql01.
fn torn_plan() -> Plan {
    let mut plan = plan(
        "Torn",
        &[
            ("vbr01", Os::Windows, "backup-server", "10.0.0.1"),
            ("sql01", Os::Windows, "mssql-guest", "10.0.0.2 10.9.0.1"),
        ],
    );
    let network = "10.0.0.0/24".parse().unwrap();
    let zone = portplan::plan::Zone { name: "lan".parse().unwrap(), networks: vec![network] };
    plan.apply(Edit::Zones(vec![zone])).unwrap();
    plan
}

#[test]
fn the_form_shows_where_the_addresses_put_the_host() {
    let mut run = Run::of(torn_plan(), None).sized(80, 24);
    run.press("e");
    let text = screen(&run);
    holds(&text, &["lan, by address", "Site", "Partners", "none of its own: Space opens the list"]);
    assert!(text.has_style("lan, by address", Theme::dark().dim));
    run.press("Tab Tab Tab Tab").type_text("d");
    assert!(screen(&run).find("by address").is_none(), "what was typed counts");
    run.press("Esc d ↓ e");
    holds(&screen(&run), &["torn between lan and no zone"]);
    run.press("Esc Z ↓");
    holds(&screen(&run), &["(torn between zones)", "1 host", "to put each into a zone by name."]);
    run.press("Enter");
    holds(&screen(&run), &["Hosts torn between zones", "10.0.0.2 in lan, 10.9.0.1 in no zone"]);
}

#[test]
fn what_completes_a_name_is_dim_and_its_key_is_named() {
    let mut run = Run::of(rich_plan(), None).sized(80, 24);
    run.press("e").press(&"Tab ".repeat(6)).type_text("rep");
    let shown = screen(&run);
    holds(&shown, &["repo01", "→ takes the dim letters."]);
    let start = shown.at("repo01");
    let style = shown.cell(ratatui::layout::Position { x: start.x + 3, ..start }).modifier;
    assert!(style.contains(ratatui::style::Modifier::DIM));
}

#[test]
fn the_field_with_the_cursor_is_in_sight_on_a_low_terminal() {
    for height in [8, 12, 16, 24] {
        let mut run = Run::of(rich_plan(), None).sized(80, height);
        run.press("e");
        for _ in 0..13 {
            let shown = screen(&run);
            let marks = shown.rows().iter().filter(|row| row.contains(" ▸ ")).count();
            assert_eq!(marks, 1, "{height}\n{}", shown.text());
            run.press("Tab");
        }
        run.type_text("!").press("Enter");
        assert!(screen(&run).find("the host name holds").is_some(), "{height}\n{}", screen(&run).text());
        run.press("Esc d O a");
        for _ in 0..5 {
            let shown = screen(&run);
            let labels = ["▸ From", "▸ To", "▸ Transports", "▸ Ports", "▸ Purpose"];
            let marks = labels.iter().filter(|label| shown.find(label).is_some()).count();
            assert_eq!(marks, 1, "{height}\n{}", shown.text());
            run.press("Tab");
        }
    }
}

#[test]
fn sites_have_a_column_where_there_is_room() {
    let mut run = Run::of(rich_plan(), None).sized(160, 45);
    run.press("e").press(&"Tab ".repeat(5)).type_text("Nuremberg").press("Enter");
    let shown = screen(&run);
    let row = shown.rows().into_iter().find(|row| row.contains("▸vbr01")).unwrap();
    assert!(row.chars().take(48).collect::<String>().contains("Nuremberg"), "{row}");
    assert!(screen(&run.sized(80, 24)).find("Nuremberg").is_none());
}

/// Everything that can be typed, with what would take a terminal over or turn text around.
#[test]
fn hostile_text_stays_text_in_every_field() {
    const HOSTILE: &str = "\u{1b}]0;x\u{7}\u{202e}\u{200b}<b>\u{9b}31m\"'`$(x)\n\r\tﷺ漢";
    for size in [(80, 24), (24, 8)] {
        for keys in [
            "P",
            "P ↓ ↓",
            "O a Ctrl-u",
            "O a Tab",
            "O a Tab Tab Tab",
            "O a Tab Tab Tab Tab",
            "Z a",
            "Z a Tab",
            "e Tab Tab Tab Tab",
            "e Tab Tab Tab Tab Tab",
            "e Tab Tab Tab Tab Tab Tab",
        ] {
            let mut run = Run::of(rich_plan(), None).sized(size.0, size.1);
            run.press(keys).paste(HOSTILE);
            for then in ["", "Enter", "Tab", "Enter", "Enter", "Esc"] {
                run.press(then);
                let shown = screen(&run);
                for cell in shown.buffer.content() {
                    assert!(!cell.symbol().chars().any(is_hidden), "{keys} {then}: {:?}", cell.symbol());
                }
            }
        }
    }
}
