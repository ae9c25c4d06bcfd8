//! The checks on the screen.

use portplan::catalogue::Os;
use portplan::plan::Edit;
use portplan::ui::theme::Theme;
use ratatui::layout::Position;

use super::frame::{is_styled, screen};
use crate::app::driver::{Run, plan};
use crate::flows::support::option;

/// A site that lacks nothing, and a host without a role.
fn site(extra: &[(&str, Os, &str, &str)]) -> Run {
    let mut hosts = vec![
        ("vbr01", Os::Windows, "backup-server mount-server", "10.0.0.10"),
        ("repo01", Os::Linux, "backup-repository", "10.0.0.11"),
        ("worker01", Os::Linux, "worker", "10.0.0.12"),
        ("flr01", Os::Linux, "flr-helper-appliance", "10.0.0.13"),
        ("ahv01", Os::Other, "ahv-cluster", "10.0.0.14"),
        ("web01", Os::Other, "update-repository", "10.0.0.15"),
    ];
    hosts.extend(extra);
    let mut plan = plan("x", &hosts);
    plan.apply(Edit::Options([option("file-level-restore")].into_iter().collect())).unwrap();
    Run::of(plan, None).sized(100, 24)
}

#[test]
fn findings_stand_in_columns_with_their_counts_in_the_title() {
    let extra = [("bare01", Os::Linux, "", "10.0.0.1"), ("nowhere", Os::Windows, "console", "")];
    let mut run = site(&extra);
    run.press("4");
    let shown = screen(&run);
    let rows: Vec<String> = (1..6).map(|row| shown.row(row)).collect();
    assert!(rows[0].contains("─ 1 error · 1 warning · 1 hint ╮"), "{}", shown.text());
    assert!(
        rows[1].contains("▸!! error    nowhere  has no address, so no firewall rule"),
        "{}",
        shown.text()
    );
    assert!(
        rows[2].contains(" !  warning  bare01   has no role, so no rule of the pages speaks of it"),
        "{}",
        shown.text()
    );
    assert!(
        rows[3].contains(" i  hint     nowhere  has roles, but no flow comes from them"),
        "{}",
        shown.text()
    );
    assert!(shown.row(0).contains(" · 2 checks"), "hints are not counted: {}", shown.row(0));
    assert!(is_styled(shown.cell(shown.at("!  warning")), Theme::dark().doubt));
}

#[test]
fn what_was_acknowledged_is_dim_and_comes_last_with_its_reason() {
    let mut run = site(&[("bare01", Os::Linux, "", "10.0.0.1"), ("bare02", Os::Linux, "", "10.0.0.2")]);
    run.press("4 Space").type_text("spare machine").press("Enter");
    let shown = screen(&run);
    assert!(shown.text().contains("─ 1 warning · 1 acknowledged ╮"), "{}", shown.text());
    let at = shown.at("ok warning  bare01  spare machine: has no role");
    assert!(is_styled(shown.cell(at), Theme::dark().dim), "{}", shown.text());
    assert_eq!(at.y, shown.at("!  warning  bare02").y + 1);
    run.press("End");
    let text = screen(&run).text();
    assert!(text.contains("Acknowledged: spare machine") && text.contains("Space withdraw"), "{text}");
}

#[test]
fn the_list_stays_where_it_is_whatever_is_selected() {
    let mut run = Run::of(plan("x", &[("w1", Os::Linux, "worker", ""), ("v1", Os::Windows, "", "")]), None)
        .sized(80, 24);
    run.press("4");
    let count = run.app.review().len();
    let line = |run: &Run| screen(run).row(2);
    let second = line(&run).replace('▸', " ");
    for _ in 1..count.min(9) {
        run.press("↓");
        assert_eq!(line(&run).replace('▸', " "), second);
    }
}

#[test]
fn a_plan_without_findings_says_what_was_looked_at() {
    let mut run = site(&[]);
    run.press("4");
    let text = screen(&run).text();
    assert!(run.app.review().is_empty(), "{text}");
    assert!(text.contains("Nothing was found. Looked at: hosts 6, flows "), "{text}");
    assert!(!screen(&run).row(0).contains("check"), "{text}");
}

#[test]
fn the_question_for_a_reason_shows_the_finding() {
    let mut run = site(&[("bare01", Os::Linux, "", "10.0.0.1")]);
    run.press("4 Space");
    let shown = screen(&run);
    shown.at("Why this may stand");
    shown.at("bare01 has no role, so no rule of the pages speaks of it");
    let cursor = shown.cursor.expect("the line has the cursor");
    run.type_text("ok");
    assert_eq!(screen(&run).cursor, Some(Position { x: cursor.x + 2, ..cursor }));
    run.press("Ctrl-u Enter");
    screen(&run).at("type the reason first");
}

/// What does not fit is counted, and it is said where all of it is to be had.
#[test]
fn rules_that_do_not_fit_are_counted_with_a_way_to_them() {
    let guests: Vec<String> = (0..3).map(|at| format!("ora{at}")).collect();
    let hosts: Vec<_> = guests
        .iter()
        .map(|name| (name.as_str(), Os::Linux, "oracle-guest postgresql-guest", "10.0.8.0/24"))
        .collect();
    let mut run = site(&hosts).sized(80, 24);
    run.press("4");
    for _ in 0..20 {
        let text = screen(&run).text();
        if text.contains("more lines") {
            assert!(text.contains("more lines; portplan check prints them all"), "{text}");
            return;
        }
        run.press("↓");
    }
    panic!("nothing was left out:\n{}", screen(&run).text());
}
