//! The form of a host.

use portplan::app::layers::FormField;
use portplan::app::{Context, Tone};
use portplan::catalogue::Os;
use portplan::plan::host::HostSetting;

use super::driver::Run;
use crate::flows::support::option;

#[test]
fn a_host_is_added_with_everything_that_the_form_has() {
    let mut run = Run::empty();
    run.press("a").type_text("sql01").press("Tab Space").type_text("sql").press("Enter");
    assert_eq!(run.context(), Context::Form, "the list of roles closed");
    assert_eq!(run.names().len(), 0, "nothing reaches the plan before the form is accepted");
    assert_eq!(run.form().os, Os::Windows, "a SQL Server guest runs on nothing else");
    run.press("Tab Tab").type_text("10.0.8.1, 2001:db8::7;sql01.example.com");
    run.press("Tab").type_text("prod").press("Tab Tab Tab Tab").type_text("two nodes");
    run.press("Tab Tab Space").press("Enter");
    assert_eq!(run.context(), Context::Hosts);
    assert_eq!((run.names(), run.selected()), (vec!["sql01"], "sql01"));
    assert_eq!(run.roles("sql01"), ["mssql-guest"]);
    assert_eq!(run.addresses("sql01"), ["10.0.8.1", "2001:db8::7", "sql01.example.com"]);
    let host = run.host("sql01");
    assert_eq!(host.os, Os::Windows);
    assert_eq!(host.zone.as_ref().unwrap().as_str(), "prod");
    assert_eq!(host.note.as_ref().unwrap().as_str(), "two nodes");
    assert_eq!(host.options.setting(option("persistent-agent")), HostSetting::On);
    assert!(run.has_option("mssql") && run.is_dirty());
    assert!(run.message().starts_with("add sql01 · option SQL Server is on now · "), "{}", run.message());
}

#[test]
fn a_role_sets_the_system_when_the_form_did_not() {
    let mut run = Run::empty();
    run.press("a").type_text("w1").press("Tab Space").type_text("worker").press("Enter Tab →");
    assert_eq!(run.form().os, Os::Other, "taken back by hand");
    run.press("Enter");
    assert_eq!(run.host("w1").os, Os::Linux);
    assert_eq!(run.message(), "add w1 · system set to Linux: Worker runs on nothing else · no flow changed");
}

#[test]
fn choices_go_round_in_both_directions() {
    let mut run = Run::empty();
    run.press("a ↓ ↓");
    let mut seen = vec![run.form().os];
    for _ in 0..3 {
        run.press("→");
        seen.push(run.form().os);
    }
    assert_eq!(seen[0], seen[3]);
    run.press("← ← ←");
    assert_eq!(run.form().os, seen[0]);
    run.press("Space ←");
    assert_eq!(run.form().os, seen[0], "Space goes on, ← goes back");
}

#[test]
fn the_fields_go_round() {
    let mut run = Run::empty();
    run.press("a Shift-Tab");
    assert!(matches!(run.form().field, FormField::Option(_)), "{:?}", run.form().field);
    run.press("Tab");
    assert_eq!(run.form().field, FormField::Name);
    run.press("↓ ↓ ↓ ↑");
    assert_eq!(run.form().field, FormField::System);
}

#[test]
fn a_bad_address_is_explained_where_it_stands_and_nothing_is_lost() {
    let mut run = Run::empty();
    run.press("a").type_text("vbr01").press("Tab Tab Tab").type_text("10.0.0.300").press("Tab");
    run.type_text("mgmt").press("Enter");
    let form = run.form();
    assert_eq!(form.field, FormField::Addresses, "the cursor is in the wrong field");
    let error = form.error.as_ref().unwrap();
    assert_eq!(error.field, FormField::Addresses);
    assert!(error.text.contains("\"10.0.0.300\" is not a valid IP address"), "{}", error.text);
    assert_eq!((form.name.text(), form.addresses.text(), form.zone.text()), ("vbr01", "10.0.0.300", "mgmt"));
    run.press("Backspace");
    assert!(run.form().error.is_none(), "it goes as soon as it is worked on");
    run.press("Enter");
    assert_eq!(run.addresses("vbr01"), ["10.0.0.30"]);
}

#[test]
fn every_bad_field_is_found() {
    let mut run = Run::empty();
    run.press("a Enter");
    assert_eq!(run.form().error.as_ref().unwrap().text, "the host name is empty");
    run.type_text("two words").press("Tab Enter");
    assert_eq!(run.form().field, FormField::Name);
    assert!(run.form().error.as_ref().unwrap().text.contains("holds \" \" at position 4"));
    run.press("Ctrl-u").type_text("ok").press("↓ ↓ ↓").type_text("10.0.0.1/24").press("Enter");
    let error = &run.form().error.as_ref().unwrap().text;
    assert!(error.contains("10.0.0.0/24") && error.contains("10.0.0.1"), "{error}");
    assert!(run.names().is_empty());
}

#[test]
fn a_name_that_is_taken_is_marked_in_its_field() {
    let mut run = Run::sample();
    run.press("a").type_text("repo01").press("Tab Tab Tab Enter");
    let form = run.form();
    assert_eq!((form.field, form.name.text()), (FormField::Name, "repo01"));
    let error = form.error.as_ref().expect("the form says what is wrong for as long as it is");
    assert_eq!(error.field, FormField::Name);
    assert_eq!(error.text, "there is a host called \"repo01\" already; give this one another name");
    run.type_text("b").press("Enter");
    assert_eq!(run.names(), ["vbr01", "repo01b", "repo01", "worker01", "ahv01", "sql01"]);
    assert_eq!(run.selected(), "repo01b", "behind the selected host, and selected itself");
}

#[test]
fn a_repeated_address_is_kept_once() {
    let mut run = Run::empty();
    run.press("a").type_text("x").press("Tab Tab Tab").type_text("10.0.0.1 10.0.0.1,").press("Enter");
    assert_eq!(run.addresses("x"), ["10.0.0.1"]);
}

#[test]
fn renaming_keeps_every_flow() {
    let mut run = Run::sample();
    let flows = run.flows();
    run.press("e").type_text("-new").press("Enter");
    assert_eq!(run.message(), "rename vbr01 to vbr01-new · no flow changed");
    assert_eq!((run.delta(), run.flows()), ((0, 0), flows));
    assert_eq!((run.selected(), run.names()[0]), ("vbr01-new", "vbr01-new"));
    assert!(run.all_flows().iter().any(|flow| flow.starts_with("vbr01-new ")));
}

#[test]
fn a_form_that_changes_nothing_makes_no_step() {
    let mut run = Run::sample();
    run.press("e Tab Tab Enter");
    assert_eq!((run.context(), run.message()), (Context::Hosts, "vbr01 is as it was"));
    assert!(!run.is_dirty());
    assert_eq!(run.app.history().next_undo(), None);
}

#[test]
fn esc_leaves_a_form_that_was_not_touched() {
    let mut run = Run::sample();
    run.press("e Tab Esc");
    assert_eq!(run.context(), Context::Hosts);
    run.press("a Esc");
    assert_eq!((run.context(), run.is_dirty()), (Context::Hosts, false));
}

#[test]
fn esc_in_a_touched_form_asks_and_loses_nothing() {
    let mut run = Run::sample();
    run.press("a").type_text("half").press("Tab Tab Tab").type_text("10.").press("Esc");
    assert_eq!(run.context(), Context::Confirm);
    assert_eq!(run.question(), "What was typed is not in the plan yet.");
    run.press("Enter s o x");
    assert_eq!(run.context(), Context::Confirm, "only the answers that are shown count");
    run.press("Esc");
    let form = run.form();
    assert_eq!((form.field, form.name.text(), form.addresses.text()), (FormField::Addresses, "half", "10."));
    run.press("Esc d");
    assert_eq!((run.context(), run.names().len(), run.is_dirty()), (Context::Hosts, 5, false));
}

#[test]
fn typed_and_taken_back_is_not_touched() {
    let mut run = Run::sample();
    run.press("e").type_text("x").press("Backspace Esc");
    assert_eq!(run.context(), Context::Hosts);
}

#[test]
fn letters_that_are_commands_elsewhere_are_text_here() {
    let mut run = Run::empty();
    run.press("a").type_text("qyxd").press("Ctrl-s");
    assert_eq!((run.names(), run.asked()), (vec!["qyxd"], 0));
}

#[test]
fn the_line_is_edited_as_lines_are() {
    let mut run = Run::empty();
    run.press("a").type_text("br01").press("Home").type_text("v").press("→ → Delete Backspace End ← Ctrl-k");
    assert_eq!(run.form().name.text(), "vb");
    run.press("Ctrl-u Tab Tab Tab Tab").type_text("a b").press("← ←").type_text("x").press("Enter");
    assert_eq!(run.form().field, FormField::Name, "the name is empty");
    assert_eq!(run.form().zone.text(), "ax b", "Space and arrows work in the text");
}

#[test]
fn a_pasted_name_loses_its_control_characters() {
    let mut run = Run::empty();
    run.press("a").paste("vb\u{1b}r0\u{7}1\u{9b}\r\n").press("Enter");
    assert_eq!(run.names(), ["vbr01"]);
    run.press("e Tab Tab Tab").paste("10.0.0.1\r\n10.0.0.2\r\n").press("Enter");
    assert_eq!(
        run.addresses("vbr01"),
        ["10.0.0.1", "10.0.0.2"],
        "one address a line is how lists are copied"
    );
}

#[test]
fn paste_where_nothing_is_typed_says_so() {
    let mut run = Run::sample();
    let before = run.content();
    run.press("f").paste("x d a\n");
    assert_eq!(run.message(), "nothing here takes pasted text; open a field first");
    assert_eq!(run.app.message().unwrap().tone, Tone::Failed);
    assert_eq!((run.content(), run.context()), (before, Context::CopyAs));
    run.press("Esc e Tab").paste("worker");
    assert_eq!(run.message(), "nothing here takes pasted text; open a field first");
    assert_eq!(run.context(), Context::Form);
}

/// Keys from the name to the field.
fn to(field: FormField) -> String {
    let order = [FormField::Zone, FormField::Site, FormField::Partners, FormField::Ports, FormField::Note];
    "Tab ".repeat(4 + order.iter().position(|known| *known == field).unwrap())
}

/// The names of a host's partners.
fn partners(run: &Run, host: &str) -> Vec<String> {
    let plan = run.app.plan();
    plan.partners_of(run.host(host).id).map(|partner| partner.name.to_string()).collect()
}

#[test]
fn a_site_is_completed_from_those_that_are_there() {
    let mut run = Run::sample();
    run.press("e").press(&to(FormField::Site)).type_text("Nuremberg").press("Enter");
    assert_eq!(run.host("vbr01").site.as_ref().unwrap().as_str(), "Nuremberg");
    run.press("↓ e").press(&to(FormField::Site));
    assert_eq!(run.form().known_names(run.app.plan()), ["Nuremberg"]);
    run.type_text("nu");
    assert_eq!(run.form().completion(run.app.plan()).as_deref(), Some("remberg"));
    run.press("←");
    assert_eq!(run.form().completion(run.app.plan()), None, "only at the end of the text");
    run.press("→");
    assert_eq!(run.form().site.text(), "nu", "the arrow moved to the end first");
    run.press("→");
    assert_eq!(run.form().site.text(), "Nuremberg");
    run.press("→").type_text("2").press("Enter");
    assert_eq!(run.host("repo01").site.as_ref().unwrap().as_str(), "Nuremberg2");
    assert!(run.file().contains("site: \"Nuremberg2\""), "{}", run.file());
    assert_eq!(run.reopened().hosts()[1].site, run.host("repo01").site);
    run.press("u");
    assert!(run.host("repo01").site.is_none());
}

#[test]
fn partners_are_put_in_with_the_host_in_one_step_and_both_show_them() {
    let mut run = Run::sample();
    let before = run.content();
    run.press("↓ e").press(&to(FormField::Partners)).type_text("wor").press("→");
    assert_eq!(run.form().partners.text(), "worker01");
    run.type_text(", sq").press("→ Enter");
    assert_eq!(partners(&run, "repo01"), ["worker01", "sql01"]);
    assert_eq!(partners(&run, "worker01"), ["repo01"]);
    assert!(run.message().starts_with("change repo01 · "), "{}", run.message());
    let reopened = run.reopened();
    assert_eq!(reopened.partners().len(), 2);
    run.press("u");
    assert_eq!(run.content(), before, "one step");
    run.press("U ↓ e").press(&to(FormField::Partners));
    assert_eq!((run.form().name.text(), run.form().partners.text()), ("worker01", "repo01"));
    run.press("Ctrl-u Enter");
    assert_eq!(partners(&run, "repo01"), ["sql01"], "the other pair stays");
    run.press("↑ x");
    assert!(run.app.plan().partners().is_empty(), "a host takes its partners along");
    assert!(run.message().contains("its partners are free again"), "{}", run.message());
    run.press("u");
    assert_eq!(partners(&run, "sql01"), ["repo01"]);
}

#[test]
fn a_new_host_has_partners_from_the_start() {
    let mut run = Run::sample();
    let before = run.content();
    run.press("a").type_text("mnt01").press(&to(FormField::Partners)).type_text("repo01").press("Enter");
    assert_eq!(partners(&run, "mnt01"), ["repo01"]);
    run.press("u");
    assert_eq!(run.content(), before);
    run.press("U");
    assert_eq!(partners(&run, "repo01"), ["mnt01"]);
}

#[test]
fn a_partner_that_is_no_other_host_is_explained() {
    let mut run = Run::sample();
    let before = run.content();
    let error = |run: &Run| {
        let error = run.form().error.clone().expect("the form says what is wrong");
        assert_eq!((error.field, run.form().field), (FormField::Partners, FormField::Partners));
        error.text
    };
    run.press("e").press(&to(FormField::Partners)).type_text("repo1").press("Enter");
    assert_eq!(error(&run), "there is no host \"repo1\"; did you mean \"repo01\"?");
    run.press("Ctrl-u").type_text("vbr01").press("Tab Enter");
    assert_eq!(error(&run), "vbr01 is no partner of itself");
    run.press("Ctrl-u").type_text("!?").press("Enter");
    assert!(error(&run).starts_with("there is no host \"!?\"; add it first"), "{}", error(&run));
    assert_eq!(run.content(), before);
    run.press("Esc d a").type_text("new").press(&to(FormField::Partners)).type_text("new").press("Enter");
    assert_eq!(error(&run), "new is no partner of itself");
    run.press("Ctrl-u").type_text("repo01 repo01,").press("Enter");
    assert_eq!(partners(&run, "new"), ["repo01"], "each once");
}

#[test]
fn a_partner_of_a_host_that_is_renamed_in_the_same_form_stays() {
    let mut run = Run::sample();
    run.press("e").press(&to(FormField::Partners)).type_text("repo01").press("Enter");
    run.press("e").type_text("-new").press("Enter");
    assert_eq!(partners(&run, "repo01"), ["vbr01-new"]);
}

#[test]
fn a_bad_site_is_found_in_its_field() {
    let mut run = Run::sample();
    run.press("e").press(&to(FormField::Site)).type_text(&"x".repeat(65)).press("Tab Enter");
    let error = run.form().error.as_ref().unwrap();
    assert_eq!(error.field, FormField::Site);
    assert_eq!(error.text, "the site has 65 characters; at most 64 are allowed");
}
