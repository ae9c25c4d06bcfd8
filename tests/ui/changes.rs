//! The changes view and the list of baselines.

use portplan::ui::theme::Theme;

use super::frame::screen;
use crate::app::driver::{Run, rich_plan};

fn changed(width: u16, height: u16) -> Run {
    let mut run = Run::of(rich_plan(), None).sized(width, height);
    run.press("b").type_text("as agreed").press("Enter");
    run.press("↓ r").type_text("guest-interaction-proxy").press("Space Esc");
    run
}

#[test]
fn the_title_tells_what_came_and_went_since_the_baseline() {
    let run = changed(160, 45);
    let removed = run.app.comparison().unwrap().delta().removed;
    let shown = screen(&run);
    assert!(shown.row(0).contains(&format!("+0 −{removed} since \"as agreed\"")), "{}", shown.row(0));
    assert!(shown.has_style(&format!("−{removed} since").replace(" since", ""), Theme::dark().removed));
    for width in [80, 60, 40] {
        let shown = screen(&changed(width, 24));
        assert!(shown.row(0).contains(&format!("−{removed} since")), "{width}: {}", shown.row(0));
    }
}

#[test]
fn without_a_baseline_and_without_a_difference_the_view_says_what_to_do() {
    for (width, height) in [(80, 24), (160, 45)] {
        let mut run = Run::of(rich_plan(), None).sized(width, height);
        run.press("3");
        let text = screen(&run).text();
        assert!(text.contains("There is nothing to compare the plan with yet."), "{text}");
        assert!(text.contains("b pins the plan as it is now."), "{text}");
        run.press("b Enter");
        let text = screen(&run).text();
        assert!(text.contains("No flow came or went since \"baseline 1\"."), "{text}");
        assert!(text.contains("The plan says what it said then."), "{text}");
        run.press("n").type_text("Linz").press("Enter");
        let text = screen(&run).text();
        assert!(
            text.contains("The plan says what it said then."),
            "the name is the plan's, not the baseline's\n{text}"
        );
        run.press("1 e Shift-Tab Shift-Tab");
        run.press("Esc");
    }
}

#[test]
fn every_flow_has_its_sign_its_group_and_its_reason() {
    let theme = Theme::dark();
    for (width, height) in [(80, 24), (160, 45)] {
        let mut run = changed(width, height);
        run.press("3");
        let shown = screen(&run);
        let text = shown.text();
        assert!(text.contains("Changes since \"as agreed\", by reason"), "{text}");
        assert!(text.contains("▸because gip01 is no longer Guest interaction proxy"), "{text}");
        assert!(text.contains("  − vbr01"), "{text}");
        assert!(shown.has_style("− vbr01", theme.removed) || shown.has_style("− ", theme.removed), "{text}");
        assert!(text.contains("x takes that back"), "{text}");
        run.press("↓");
        let text = screen(&run).text();
        assert!(text.contains("Gone because gip01 is no longer Guest interaction proxy."), "{text}");
        assert!(text.contains("vbr01 10.0.0.10 → gip01 10.0.0.11"), "{text}");
        run.press("v");
        let text = screen(&run).text();
        assert!(text.contains("by host") && text.contains("▸from vbr01"), "{text}");
    }
}

#[test]
fn the_list_of_baselines_has_their_counts_and_keys() {
    let mut run = changed(80, 24);
    run.press("b");
    let shown = screen(&run);
    let text = shown.text();
    let removed = run.app.comparison().unwrap().delta().removed;
    let line = shown.row(shown.at("▸ as agreed").y);
    assert!(
        line.contains("compared") && line.contains("10 hosts") && line.contains(&format!("+0 −{removed}")),
        "{line}"
    );
    for part in
        ["compares with it", "goes back to it", "pins another", "renames it", "pins it anew", "drops it"]
    {
        assert!(text.contains(part), "{part} is missing in\n{text}");
    }
    run.press("p");
    assert!(screen(&run).text().contains("as the plan is"), "{}", screen(&run).text());
}
