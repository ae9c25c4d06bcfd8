//! Copying and writing snippets.

use portplan::app::{Context, Copied, Effect, Event, Overwrite, Tone};
use portplan::catalogue::Os;
use portplan::plan::Edit;
use portplan::snippets::Target;

use super::driver::{FILE, Run, plan, small_plan};

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
}

/// Tells the program what a copy came to.
fn copied(run: &mut Run, report: &str, ending: Copied) -> String {
    run.event(Event::Copied { what: "rules, 7 bytes".to_owned(), report: report.to_owned(), ending });
    run.message().to_owned()
}

#[test]
fn a_message_names_the_keys_that_help_where_a_copy_may_not_have_arrived() {
    let mut run = Run::sample();
    run.press("y");
    drop(run.effect());
    assert_eq!(copied(&mut run, "it is there", Copied::Known), "it is there · rules, 7 bytes");
    assert_eq!(run.app.message().unwrap().tone, Tone::Done);
    assert_eq!(copied(&mut run, "sent", Copied::Unknown), "sent (w file, p plain) · rules, 7 bytes");
    assert_eq!(run.app.message().unwrap().tone, Tone::Done);
    assert_eq!(copied(&mut run, "nowhere", Copied::Failed), "nowhere (w file, p plain) · rules, 7 bytes");
    assert_eq!(run.app.message().unwrap().tone, Tone::Failed);
    let too_large = "too large (w file, p plain, f other scope) · rules, 7 bytes";
    assert_eq!(copied(&mut run, "too large", Copied::TooLarge), too_large);
    assert_eq!(run.app.message().unwrap().tone, Tone::Failed);
}

/// The text that a run wants to show or write next.
fn plain_text(run: &mut Run) -> String {
    let Effect::ShowPlain { text, .. } = run.effect() else { panic!("{}", run.message()) };
    text
}

#[test]
fn after_a_failed_copy_from_the_dialog_the_keys_still_mean_that_copy() {
    let mut run = Run::sample();
    run.press(&format!("f {} Tab End Enter", down_to(Target::Markdown)));
    let Effect::Copy { text: whole, what } = run.effect() else { panic!("{}", run.message()) };
    assert_eq!(
        (what.as_str(), run.context()),
        ("Markdown table for whole plan, on a firewall between", Context::Hosts)
    );
    copied(&mut run, "too large", Copied::TooLarge);
    run.press("p");
    assert_eq!(plain_text(&mut run), whole);
    run.press("Enter");
    assert_eq!(run.effect(), Effect::LeavePlain);
    run.press("p");
    let host = plain_text(&mut run);
    assert_ne!(host, whole, "the message is gone, so the key is about the host under the cursor");
    run.press("q");
    drop(run.effect());
    copied(&mut run, "too large", Copied::TooLarge);
    run.press("w Enter");
    let Effect::Write { content, .. } = run.effect() else { panic!() };
    assert_eq!(content, whole.as_bytes());
    assert_eq!(shown(&mut run, "host vbr01, inbound"), host);
}

#[test]
fn the_plain_view_shows_what_a_copy_would_hold() {
    for keys in ["", "Tab Tab ↓ ↓", "2", "2 t t", "4"] {
        let mut run = Run::sample();
        run.press(keys).press("y");
        let Effect::Copy { text, .. } = run.effect() else { panic!("{keys}: {}", run.message()) };
        run.press("p");
        let Effect::ShowPlain { text: plain, closing } = run.effect() else { panic!("{keys}") };
        assert_eq!(plain, text, "{keys}");
        assert!(closing.contains("Enter goes back"), "{closing}");
    }
    let mut run = Run::sample();
    run.press("f ↓ Tab End p");
    let plain = plain_text(&mut run);
    run.press("Esc").effect();
    assert_eq!(run.context(), Context::CopyAs, "the dialog is still there");
    run.press("Enter");
    let Effect::Copy { text, .. } = run.effect() else { panic!() };
    assert_eq!(plain, text);
}

#[test]
fn in_the_plain_view_only_its_own_keys_count() {
    for back in ["Enter", "Esc", "q", "Ctrl-c"] {
        let mut run = Run::sample();
        run.press("p");
        drop(plain_text(&mut run));
        let hosts = run.names().len();
        run.press("x a p y w ? : u s 1 2");
        run.event(Event::Paste("q".to_owned()));
        assert_eq!((run.context(), run.asked(), run.names().len()), (Context::Plain, 0, hosts));
        run.press(back);
        assert_eq!((run.effect(), run.context()), (Effect::LeavePlain, Context::Hosts), "{back}");
    }
}

#[test]
fn without_anything_selected_there_is_nothing_to_show_or_write() {
    let mut run = Run::empty();
    for key in ["p", "w"] {
        run.press(key);
        assert_eq!((run.message(), run.context(), run.asked()), ("select a host first", Context::Hosts, 0));
    }
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

#[test]
fn a_file_that_takes_a_moment_is_announced_first() {
    let names: Vec<String> = (0..328).map(|at| format!("h{at}")).collect();
    let role = |at: usize| if at < 164 { "worker" } else { "backup-repository" };
    let hosts: Vec<_> =
        names.iter().enumerate().map(|(at, name)| (name.as_str(), Os::Linux, role(at), "")).collect();
    let mut run = Run::of(plan("Big", &hosts), Some(FILE));
    let flows = run.app.flow_view().listing().len();
    assert!(flows > 50_000, "{flows} flows are too few for this test");
    run.press("f").press(&down_to(Target::Csv)).press("w");
    assert_eq!((run.context(), run.asked()), (Context::Prompt, 0), "a host has few flows");
    run.press("Esc").press("2");
    while run.app.scope_words() != "whole plan, on a firewall between" {
        run.press("c");
    }
    run.press("f");
    drop(run.effects());
    run.press("w");
    let Effect::Show(choice) = run.effect() else { panic!() };
    assert_eq!(choice.target, Target::Csv);
    assert_eq!(run.context(), Context::CopyAs);
    assert_eq!(run.message(), format!("putting {flows} flows into the CSV table; one moment"));
    run.event(Event::Shown(choice));
    assert_eq!((run.context(), run.prompt(), run.message()), (Context::Prompt, "big.csv", ""));
    run.press("Enter");
    let Effect::Write { content, .. } = run.effect() else { panic!() };
    assert_eq!(String::from_utf8(content).unwrap().lines().count() as u64, flows + 1);
}
