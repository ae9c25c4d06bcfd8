//! Dialogs are drawn whole at 80x24.

use portplan::ui::theme::Theme;

use portplan::snippets::Target;

use super::frame::{Screen, screen};
use crate::app::driver::{Run, rich_plan};

fn shown(keys: &str) -> Screen {
    let mut run = Run::of(rich_plan(), None).sized(80, 24);
    run.press(keys);
    screen(&run)
}

fn holds(screen: &Screen, texts: &[&str]) {
    for text in texts {
        assert!(screen.find(text).is_some(), "{text:?} is missing in\n{}", screen.text());
    }
    assert!(screen.find("╯").is_some());
}

#[test]
fn the_form_of_a_host() {
    let fields = [
        "Name",
        "Roles",
        "System",
        "Addresses",
        "Zone",
        "Site",
        "Partners",
        "Ports",
        "Note",
        "Upgraded from v9",
        "Management agent",
    ];
    let screen = shown("e");
    holds(&screen, &fields);
    holds(&screen, &["Change host", "Letters, digits, hyphens, dots and underscores.", "10.0.0.10"]);
    assert!(screen.cursor.is_some());
    let screen = shown("a Shift-Tab");
    holds(&screen, &["Add host", "▸ Upgraded from v9", "2500-5000 in place of 2500-3300."]);
    let screen = shown("a ↓ ↓ ↓");
    holds(&screen, &["or a DNS", "name; several with commas."]);
}

#[test]
fn every_advice_and_error_of_the_form_is_whole() {
    for steps in 0..13 {
        let mut run = Run::of(rich_plan(), None).sized(80, 24);
        run.press("a").press(&"Tab ".repeat(steps));
        let text = screen(&run).text();
        let below = text.lines().skip(18).collect::<String>();
        assert!(below.contains('.'), "field {steps}: the advice is a sentence\n{text}");
    }
    let mut run = Run::of(rich_plan(), None).sized(80, 24);
    run.press("a").type_text("x").press("Tab Tab Tab").type_text("10.0.0.1/24").press("Enter");
    let shown = screen(&run);
    holds(&shown, &["10.0.0.1/24 has bits set behind its prefix", "for the host"]);
    assert!(shown.has_style("10.0.0.1/24 has bits", Theme::dark().error));
}

#[test]
fn a_taken_name_is_told_in_the_form() {
    let mut run = Run::of(rich_plan(), None).sized(80, 24);
    run.press("a").type_text("repo01").press("Enter ↓ ↑");
    holds(&screen(&run), &["there is a host called \"repo01\" already; give this one another name"]);
}

#[test]
fn the_roles() {
    let screen = shown("r");
    holds(
        &screen,
        &["Roles of vbr01", "type to search, Space to add or remove", "■ Backup server", "□ Worker"],
    );
    let screen = shown("r z z z z");
    holds(&screen, &["no role has such a name"]);
}

#[test]
fn the_format_under_the_cursor_is_on_the_screen_however_low_it_is() {
    for height in [11, 14, 24] {
        for (at, target) in Target::ALL.iter().enumerate() {
            let mut run = Run::of(rich_plan(), None).sized(80, height);
            run.press("f").press(&"↓ ".repeat(at));
            let screen = screen(&run);
            assert!(screen.find(&format!("▸ {}", target.label())).is_some(), "{}", screen.text());
            let place = format!("Format, {} of {}", at + 1, Target::ALL.len());
            assert!(screen.find(&place).is_some(), "what is out of sight is counted: {}", screen.text());
            assert!(screen.find("Enter copies").is_some(), "{}", screen.text());
        }
    }
}

#[test]
fn the_choice_of_format_with_a_search() {
    let screen = shown("/ 2 7 5 0 Enter f");
    holds(
        &screen,
        &[
            "Copy as",
            "What",
            "Format",
            "host vbr01, inbound",
            "host vbr01, outbound",
            "search \"2750\", on each",
            "search \"2750\", on a",
            "whole plan, on each destination",
            "whole plan, on a firewall between",
            "Windows PowerShell",
            "nftables",
            "ufw",
            "FortiGate",
            "Enter copies, w writes a file, Space shows it, Tab changes the column",
        ],
    );
    let rows = screen
        .rows()
        .iter()
        .filter(|row| row.contains("search \"2750\"") || row.contains("host vbr01,"))
        .count();
    assert_eq!(rows, 4, "{}", screen.text());
}

#[test]
fn the_start_screen() {
    let mut run = Run::start().sized(80, 24);
    let shown = screen(&run);
    holds(
        &shown,
        &["Which network ports", "An empty plan", "Small AHV site", "MongoDB and SharePoint", "/plans/b.ron"],
    );
    holds(&shown, &["A plan from a file …", "Start with no hosts and the usual options."]);
    run.press("↓ ↓");
    holds(&screen(&run), &["Oracle and PostgreSQL guests with a log shipping", "the repository."]);
}

#[test]
fn questions_show_every_answer() {
    let screen = shown("d q");
    holds(
        &screen,
        &[
            "Not saved",
            "The plan \"Wien\" has changes",
            "save, then go on",
            "go on without saving",
            "Esc  stay here",
        ],
    );
    let screen = shown("a x Esc");
    holds(&screen, &["Drop what was typed?", "d  drop what was typed", "Esc  go on typing"]);
}

#[test]
fn a_long_file_name_shows_its_end_and_the_cursor() {
    let mut run = Run::of(rich_plan(), None).sized(80, 24);
    run.press("S Ctrl-u").type_text(&"/folder".repeat(20)).type_text("/end.ron");
    let shown = screen(&run);
    let end = shown.at("/end.ron");
    assert_eq!(shown.cursor.map(|at| (at.x, at.y)), Some((end.x + 8, end.y)));
    holds(&shown, &["Save plan as", "~ is your home folder."]);
}

#[test]
fn the_palette_shows_names_and_keys() {
    holds(&shown(":"), &["Add host", "Edit host", "▸ "]);
    let screen = shown(": q u i t");
    let row = screen.at("▸ Quit");
    assert!(screen.row(row.y).contains("Leave portplan; asks first"));
}

/// The help is the one place that explains the search pins: no word of it may be cut.
#[test]
fn the_help_is_whole_at_every_width() {
    for width in [40, 60, 80, 92] {
        let mut run = Run::of(rich_plan(), None).sized(width, 24);
        run.press("?");
        let mut pages = String::new();
        for _ in 0..900 {
            let screen = screen(&run);
            pages.push_str(&screen.row(2));
            pages.push('\n');
            run.press("↓");
        }
        pages.push_str(&screen(&run).text());
        assert!(!pages.contains('…'), "{width}");
        let words: String = pages
            .split(|letter: char| letter.is_whitespace() || letter == '│' || letter == '┃')
            .filter(|word| !word.is_empty())
            .collect::<Vec<_>>()
            .join(" ");
        assert!(words.contains("! to exclude."), "{width}: {words}");
        assert!(words.contains("Start screen"), "the last section: {width}");
    }
}

#[test]
fn hosts_from_elsewhere_are_shown_with_columns_and_what_was_not_read() {
    let text = "name;ip;os\nnew01;10.1.0.1;Ubuntu\nvbr01;10.0.0.10;\nnew02;10.1.0.999;\n";
    let source = portplan::files::import::read_text(
        "hosts.csv",
        text,
        portplan::files::import::From::Auto,
        &crate::app::driver::shared_catalogue(),
    );
    let mut run = Run::sample().sized(80, 24);
    let origin = portplan::app::Origin::File("hosts.csv".into());
    run.event(portplan::app::Event::Imported { origin, source: Ok(Box::new(source.unwrap())) });
    holds(
        &screen(&run),
        &[
            "Bring in hosts from hosts.csv",
            "Enter adds 2 hosts, in one step; Esc adds nothing.",
            "= 1 in the plan already   ? 1 guess   ! 1 not read",
            "▸+ new01",
            "Linux?",
            "= vbr01",
            "! line 4, ip: 10.1.0.999",
            "guessed system Linux, from os \"Ubuntu\"",
        ],
    );
    run.press("Shift-Tab ↓");
    holds(
        &screen(&run),
        &["  name ", "▸  ip ", "addresses   10.1.0.1", "← and → choose what the column holds"],
    );
}
