//! Copying and writing snippets.

use portplan::app::{Context, Effect, Event, Overwrite, Tone};
use portplan::plan::Edit;
use portplan::snippets::Target;

use super::driver::{Run, small_plan};

/// The keys that put the cursor of the dialog on a target.
fn down_to(target: Target) -> String {
    "↓ ".repeat(Target::ALL.iter().position(|known| *known == target).unwrap())
}

/// What the rules view shows after these keys.
fn shown(run: &mut Run, scope: &str) -> String {
    run.press("2");
    for _ in 0..8 {
        if run.app.scope_words() == scope {
            return run.app.snippet().text.clone().unwrap();
        }
        run.press("c");
    }
    panic!("no scope {scope}");
}

#[test]
fn in_the_hosts_it_copies_what_comes_to_the_host() {
    let mut run = Run::sample();
    run.press("↓ y");
    let Effect::Copy { text, what } = run.effect() else { panic!() };
    assert_eq!(what, "Windows PowerShell for host repo01, inbound");
    assert_eq!(text, shown(&mut run, "host repo01, inbound"));
    run.press("Tab Home y");
    let Effect::Copy { text, what } = run.effect() else { panic!() };
    assert_eq!(what, "Windows PowerShell for host vbr01, inbound");
    assert!(text.contains("New-NetFirewallRule"));
    run.event(Event::Copied(Ok("copied to the clipboard".to_owned())));
    assert_eq!((run.message(), run.app.message().unwrap().tone), ("copied to the clipboard", Tone::Done));
    run.event(Event::Copied(Err("no clipboard".to_owned())));
    assert_eq!((run.message(), run.app.message().unwrap().tone), ("no clipboard", Tone::Failed));
}

#[test]
fn in_the_flows_it_copies_the_selected_flow() {
    for keys in ["Tab Tab ↓ ↓", "Tab Tab ↓ ↓ Tab"] {
        let mut run = Run::sample();
        run.press(keys);
        let flow = run.flow();
        let ends: Vec<_> = flow.split(' ').take(2).collect();
        let scope = format!("flow {} to {}", ends[0], ends[1]);
        run.press("y");
        let Effect::Copy { text, what } = run.effect() else { panic!() };
        assert_eq!(what, format!("Windows PowerShell for {scope}"));
        assert_eq!(text, shown(&mut run, &scope));
    }
}

#[test]
fn in_the_rules_it_copies_what_is_on_the_screen() {
    for keys in ["", "t", "t c", "t t c c", "t c c c"] {
        let mut run = Run::sample();
        run.press("2").press(keys).press("y");
        let Effect::Copy { text, .. } = run.effect() else { panic!("{keys}: {}", run.message()) };
        assert_eq!(Ok(text), run.app.snippet().text, "{keys}");
    }
}

#[test]
fn without_anything_selected_it_says_so() {
    let mut run = Run::empty();
    run.press("y");
    assert_eq!((run.message(), run.asked()), ("select a host first", 0));
    run.press("Tab Tab y");
    assert_eq!((run.message(), run.asked()), ("select a flow first", 0));
}

#[test]
fn the_dialog_chooses_format_and_scope() {
    let mut run = Run::sample();
    run.press("f");
    assert_eq!(run.context(), Context::CopyAs);
    run.press(&down_to(Target::Markdown)).press("Tab ↓ Enter");
    let Effect::Copy { text, what } = run.effect() else { panic!() };
    assert_eq!(what, "Markdown table for host vbr01, outbound");
    assert!(text.lines().any(|line| line.starts_with("| vbr01")), "{text}");
    assert_eq!(run.context(), Context::Hosts);
    assert_eq!(run.app.snippet().target, Target::Markdown, "the format is kept");
    run.press("y");
    let Effect::Copy { what, .. } = run.effect() else { panic!() };
    assert_eq!(what, "Markdown table for host vbr01, inbound");
    run.press("f ← ← → Esc");
    assert_eq!((run.context(), run.asked()), (Context::Hosts, 0));
}

#[test]
fn the_dialog_offers_the_search_only_while_there_is_one() {
    let mut run = Run::sample();
    run.press("f Tab End ↓ ↓ ↓ ↓ ↓ ↓ ↓ ↓ Shift-Tab ↓ Enter");
    let Effect::Copy { what, .. } = run.effect() else { panic!("{}", run.message()) };
    assert_eq!(what, "nftables for whole plan, on a firewall between");
    run.press("/").type_text("2750").press("Enter f Tab ↓ ↓ ↓ Enter");
    let Effect::Copy { what, text } = run.effect() else { panic!("{}", run.message()) };
    assert_eq!(what, "nftables for search \"2750\", on each destination");
    assert!(text.contains("2500-3300"));
}

#[test]
fn the_zones_of_the_selected_flow_are_a_scope() {
    let mut zoned = small_plan();
    for (at, host) in zoned.hosts().to_vec().into_iter().enumerate() {
        let mut host = host;
        host.zone = Some(if at == 0 { "mgmt" } else { "lan" }.parse().unwrap());
        zoned.apply(Edit::Replace(Box::new(host))).unwrap();
    }
    let mut run = Run::of(zoned, None);
    run.press("Tab Tab");
    let flow = run.flow();
    let zone = |host: &str| if host == run.names()[0] { "mgmt" } else { "lan" };
    let ends: Vec<&str> = flow.split(' ').take(2).map(zone).collect();
    let scope = format!("zone {} to zone {}", ends[0], ends[1]);
    let text = shown(&mut run, &scope);
    assert!(text.contains(&format!("Scope: {scope}.")) && text.contains("for the hosts that"), "{text}");
    // A firewall that knows it stands between the hosts.
    run.press("t");
    let text = run.app.snippet().text.clone().unwrap();
    assert!(text.contains("filter forward") && text.contains(&scope), "{text}");
    run.press("y");
    let Effect::Copy { what, .. } = run.effect() else { panic!() };
    assert_eq!(what, format!("nftables for {scope}"));
}

#[test]
fn a_firewall_that_stands_between_only_is_written_for_every_scope() {
    let mut run = Run::sample();
    run.press("2");
    while run.app.snippet().target != Target::Fortigate {
        run.press("t");
    }
    for _ in 0..5 {
        let text = run.app.snippet().text.as_ref().unwrap();
        assert!(text.contains("for a firewall between the hosts"), "{}: {text}", run.app.scope_words());
        run.press("c");
    }
}

#[test]
fn a_choice_that_cannot_be_copied_leaves_the_dialog_open() {
    let mut run = Run::sample();
    run.press("f Tab ↓ ↓ ↓ ↓ ↓ ↓ Enter");
    assert_eq!(run.app.message().unwrap().tone, Tone::Failed);
    assert_eq!((run.context(), run.asked()), (Context::CopyAs, 0), "to choose another one");
    run.press("w");
    assert_eq!((run.context(), run.asked()), (Context::CopyAs, 0));
    run.press("Tab ↓ Enter");
    assert!(matches!(run.effect(), Effect::Copy { .. }));
}

#[test]
fn a_snippet_is_written_to_a_file_and_never_over_one_unasked() {
    let mut run = Run::sample();
    run.press("2 w");
    assert_eq!((run.context(), run.prompt()), (Context::Prompt, "munich.ps1"));
    run.press("Ctrl-u").type_text("~/rules q.ps1").press("Enter");
    let effect = run.effect();
    let Effect::Write { path, content, overwrite } = effect.clone() else { panic!() };
    assert_eq!((path.to_str(), overwrite), (Some("/home/ann/rules q.ps1"), Overwrite::Ask));
    assert_eq!(run.app.snippet().text.as_ref().unwrap().as_bytes(), content);
    let replace = Effect::Write { path: path.clone(), content, overwrite: Overwrite::Replace };
    run.event(Event::Exists(Box::new(replace.clone())));
    assert_eq!(run.question(), "/home/ann/rules q.ps1 is there already.");
    run.press("s d Enter");
    assert_eq!(run.context(), Context::Confirm);
    run.press("Esc");
    assert_eq!((run.context(), run.asked()), (Context::Rules, 0), "the file is left alone");
    run.event(Event::Exists(Box::new(replace.clone()))).press("o");
    assert_eq!((run.effect(), run.context()), (replace, Context::Rules));
    run.event(Event::Written { path: path.clone(), outcome: Ok(()) });
    assert_eq!(run.message(), "wrote /home/ann/rules q.ps1");
    run.event(Event::Written { path, outcome: Err("disk full".to_owned()) });
    assert_eq!(run.message(), "disk full");
}

#[test]
fn the_dialog_writes_files_too() {
    let mut run = Run::sample();
    run.press("f").press(&down_to(Target::Csv)).press("w");
    assert_eq!((run.context(), run.prompt()), (Context::Prompt, "munich.csv"));
    run.press("Enter");
    let Effect::Write { path, content, .. } = run.effect() else { panic!() };
    let text = String::from_utf8(content).unwrap();
    assert_eq!(path.to_str(), Some("munich.csv"));
    assert!(text.starts_with("from,from_address,to,to_address,transport,ports,purpose,source"), "{text}");
    assert_eq!(run.context(), Context::Hosts);
}

#[test]
fn a_workbook_is_not_copied_but_written() {
    let mut run = Run::sample();
    run.press("f").press(&down_to(Target::Xlsx)).press("Enter");
    assert_eq!(run.message(), "an Excel workbook is a file, not a text; write it to a file");
    assert_eq!((run.context(), run.asked()), (Context::CopyAs, 0));
    run.press("w");
    assert_eq!((run.context(), run.prompt()), (Context::Prompt, "munich.xlsx"));
    run.press("Enter");
    let Effect::Write { content, .. } = run.effect() else { panic!() };
    assert!(content.starts_with(b"PK"), "{content:?}");
}
