//! The report from the planner: the ending of the name chooses the form.

use portplan::app::{Context, Effect, Layer, Overwrite};
use portplan::files::project;

use super::driver::{Run, shared_catalogue};

#[test]
fn a_page_is_proposed_and_written() {
    let mut run = Run::sample();
    run.press("R");
    assert_eq!((run.context(), run.prompt()), (Context::Prompt, "munich-report.html"));
    run.press("Enter");
    let Effect::Write { path, content, overwrite } = run.effect() else { panic!() };
    assert_eq!((path.to_str(), overwrite), (Some("munich-report.html"), Overwrite::Ask));
    let page = String::from_utf8(content).unwrap();
    assert!(page.starts_with("<!DOCTYPE html>") && page.contains("vbr01") && page.ends_with("</html>\n"));
    assert!(run.app.layers().is_empty());
}

#[test]
fn a_key_goes_through_the_forms() {
    let mut run = Run::sample();
    run.press("R");
    for name in ["munich-report.md", "munich-report.ron", "munich-report.html", "munich-report.md"] {
        run.press("Tab");
        assert_eq!(run.prompt(), name);
    }
    run.press("Enter");
    let Effect::Write { content, .. } = run.effect() else { panic!() };
    assert!(content.starts_with(b"# Network ports: Munich\n"));
    run.press("R Tab").type_text("~/x").press("Tab");
    assert_eq!(run.prompt(), "~/x.html", "typing takes the proposal's place");
    run.press("Esc n Tab");
    assert_eq!(run.prompt(), "Munich", "other lines have no form");
}

#[test]
fn the_plan_with_remarks_goes_out_as_plan_and_remarks() {
    let mut run = Run::sample();
    run.press("R").type_text("/tmp/Next.RON").press("Enter");
    let Effect::WriteRemarks { path, plan, remarks, overwrite } = run.effect() else { panic!() };
    assert_eq!((path.to_str(), overwrite), (Some("/tmp/Next.RON"), Overwrite::Ask));
    assert_eq!(remarks.hosts.len(), run.names().len());
    let catalogue = shared_catalogue();
    let text = project::write_with(&plan, &catalogue, &remarks);
    assert!(text.contains("// Backup server; opens "), "{text}");
    let read = project::read(&text, &catalogue).unwrap();
    assert!(read.says_the_same(run.app.plan()));
}

#[test]
fn a_name_that_says_no_form_or_the_plans_own_is_refused() {
    let mut run = Run::sample();
    let error = |run: &Run| match run.app.layers().last() {
        Some(Layer::Prompt(prompt)) => prompt.error.clone().unwrap_or_default(),
        other => panic!("{other:?}"),
    };
    run.press("R").type_text("report.pdf").press("Enter");
    assert_eq!(error(&run), "end the name in .html, .md or .ron");
    run.press("Ctrl-u").type_text(super::driver::FILE).press("Enter");
    assert_eq!(error(&run), "this is the plan's own file; name another");
    assert!(run.effects().is_empty());
}
