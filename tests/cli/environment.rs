//! `portplan check --env`.
#![cfg(unix)]

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::process::Command;

use portplan::host::clipboard::Preference;

use super::{Home, PROGRAM, Run, finish};

fn check(home: &Home, args: &[&str], variables: &[(&str, &str)]) -> String {
    let mut command = home.command(PROGRAM, &[&["check", "--env"], args].concat());
    command.envs(variables.iter().copied());
    let Run { code, out, err } = finish(command);
    assert_eq!((code, err.as_str()), (Some(0), ""));
    out
}

/// The values of all lines with a name, in a group if the name is `Group/name`.
fn values(out: &str, name: &str) -> Vec<String> {
    let (group, name) = name.split_once('/').unwrap_or(("", name));
    let groups = out.split("\n\n").filter(|lines| lines.starts_with(group));
    let lines = groups.flat_map(|lines| lines.lines().skip(1));
    let named = lines.filter_map(|line| line.split_at_checked(19)).filter(|(start, _)| start.trim() == name);
    named.map(|(_, value)| value.to_owned()).collect()
}

fn value(variables: &[(&str, &str)], name: &str) -> String {
    let out = check(&Home::new(), &[], variables);
    let values = values(&out, name);
    assert_eq!(values.len(), 1, "{name} in\n{out}");
    values.into_iter().next().unwrap()
}

/// Where a copy goes, in order: `to PLACE`, `and to PLACE`, …
fn copy_goes(args: &[&str], variables: &[(&str, &str)]) -> Vec<String> {
    let out = check(&Home::new(), args, variables);
    let group = out.split("\n\n").find(|lines| lines.starts_with("A copy goes")).unwrap();
    let name = |line: &str| line.split_at(19).0.trim().to_owned();
    let place = |line: &str| line.split_at(19).1.split([',', ':', ';']).next().unwrap().to_owned();
    let lines = group.lines().skip(1).filter(|line| !line.starts_with("    "));
    lines
        .map(|line| format!("{} {}", name(line), place(line)))
        .filter(|line| line != "always w writes a file")
        .collect()
}

const SSH: (&str, &str) = ("SSH_CONNECTION", "10.0.0.1 1 10.0.0.2 22");
const TMUX: (&str, &str) = ("TMUX", "/tmp/none,1,0");
const STY: (&str, &str) = ("STY", "1.x");
const DISPLAY: (&str, &str) = ("DISPLAY", ":7");

#[test]
fn it_tells_which_ways_a_copy_takes() {
    let goes = |variables: &[(&str, &str)]| copy_goes(&[], variables).join(", ");
    assert_eq!(goes(&[]), "to the terminal");
    assert_eq!(goes(&[TMUX]), "to tmux, if tmux fails the terminal");
    assert_eq!(goes(&[TMUX, STY]), "to tmux, if tmux fails GNU screen");
    assert_eq!(goes(&[STY]), "to GNU screen");
    assert_eq!(goes(&[TMUX, ("PATH", "/nowhere")]), "to the terminal");
    assert_eq!(goes(&[DISPLAY]), "to the terminal, and to the desktop's clipboard");
    assert_eq!(goes(&[("WAYLAND_DISPLAY", "wayland-0")]), "to the terminal, and to the desktop's clipboard");
    assert_eq!(goes(&[TMUX, DISPLAY]), "to tmux, if tmux fails the terminal, and to the desktop's clipboard");
    for ssh in ["SSH_CONNECTION", "SSH_CLIENT", "SSH_TTY"] {
        assert_eq!(goes(&[DISPLAY, (ssh, "x")]), "to the terminal, not to the desktop's clipboard");
    }
}

#[test]
fn it_tells_what_a_choice_of_the_way_would_change() {
    let all = [TMUX, STY, DISPLAY, SSH];
    let goes = |way: &str| copy_goes(&["--clipboard", way], &all).join(", ");
    assert_eq!(goes("osc52"), "to the terminal");
    assert_eq!(goes("tmux"), "to tmux");
    assert_eq!(goes("screen"), "to GNU screen");
    assert_eq!(goes("native"), "to the desktop's clipboard");
    assert_eq!(goes("off"), "nowhere copying is switched off");
    assert_eq!(goes("auto"), "to tmux, if tmux fails GNU screen, not to the desktop's clipboard");
    let home = Home::new();
    for args in [&["check", "--env", "--clipboard", "pigeon"][..], &["--clipboard", "pigeon"]] {
        let refusal = home.refusal(args);
        assert!(refusal.contains("possible values: auto, osc52, tmux, screen, native, off"), "{refusal}");
    }
    // Settings hold the same words.
    for way in Preference::ALL {
        assert_eq!(way.to_string().parse(), Ok(way));
    }
    let refusal = "pig\x1beon".parse::<Preference>().unwrap_err().to_string();
    let words = "is no way to copy; choose auto, osc52, tmux, screen, native or off";
    assert_eq!(refusal, format!("\"pig\\u{{1b}}eon\" {words}"));
}

#[test]
fn it_tells_limits_and_what_is_not_known() {
    let out = check(&Home::new(), &[], &[TMUX]);
    assert_eq!(values(&out, "at most").len(), 2, "{out}");
    assert!(values(&out, "at most")[0].starts_with("1 MB"), "{out}");
    assert!(values(&out, "at most")[1].starts_with("74 KB"), "{out}");
    for word in ["gives no answer", "PuTTY", "VTE", "Terminal.app", "conhost", "w writes a file, p shows"] {
        assert!(out.contains(word), "no {word} in\n{out}");
    }
    assert!(values(&out, "Folders/state")[0].ends_with("/state/portplan"), "{out}");
}

#[test]
fn it_tells_what_is_set() {
    assert_eq!(value(&[("TERM", "vt220")], "TERM"), "vt220");
    assert_eq!(value(&[("COLORTERM", "truecolor")], "COLORTERM"), "truecolor");
    assert_eq!(value(&[], "COLORTERM"), "not set");
    assert_eq!(value(&[STY], "STY"), "1.x");
    assert_eq!(value(&[SSH], "SSH_CONNECTION"), "10.0.0.1 1 10.0.0.2 22");
    assert_eq!(value(&[SSH], "Connection/found"), "over SSH");
    assert_eq!(value(&[("LC_ALL", "C")], "letters"), "LC_ALL=C: letters outside ASCII may come out wrong");
    assert_eq!(value(&[], "letters"), "LANG=C.UTF-8: all letters");
    assert_eq!(value(&[], "size"), "not known: standard output is no terminal");
    let screen = value(&[STY], "screen");
    assert!(screen.contains("4.") || screen.contains("5."), "{screen}");
}

#[test]
fn nothing_in_the_environment_is_obeyed_by_the_terminal() {
    let escape = "\x1b]0;x\x07\u{9b}2J\u{202e}\n";
    let names =
        ["TERM", "COLORTERM", "TMUX", "STY", "SSH_CONNECTION", "SSH_CLIENT", "SSH_TTY", "DISPLAY", "LC_ALL"];
    let mut variables: Vec<(&str, &str)> = names.iter().map(|name| (*name, escape)).collect();
    variables.extend([("WAYLAND_DISPLAY", escape), ("XDG_STATE_HOME", "/tmp/\x1bc")]);
    let out = check(&Home::new(), &[], &variables);
    let bad: Vec<char> = out
        .chars()
        .filter(|letter| (letter.is_control() && *letter != '\n') || *letter == '\u{202e}')
        .collect();
    assert!(bad.is_empty(), "{bad:?} in {out:?}");
    assert_eq!(values(&out, "TERM"), [r"\u{1b}]0;x\u{7}\u{9b}2J\u{202e}\u{a}"]);
    let long = "x".repeat(5000);
    assert!(check(&Home::new(), &[], &[("TERM", &long)]).lines().all(|line| line.chars().count() < 160));
}

/// A `tmux` that does what a script says, before all others on the search path.
fn fake_tmux(home: &Home, script: &str) -> String {
    fs::create_dir(home.path("bin")).unwrap();
    let program = home.write("bin/tmux", &format!("#!/bin/sh\n{script}\n"));
    fs::set_permissions(program, fs::Permissions::from_mode(0o755)).unwrap();
    format!("{}:{}", home.path("bin").display(), std::env::var("PATH").unwrap())
}

#[test]
fn a_tmux_that_hangs_or_lies_does_no_harm() {
    let home = Home::new();
    let path = fake_tmux(&home, "exec sleep 60");
    let out = check(&home, &[], &[TMUX, ("PATH", &path)]);
    assert!(values(&out, "tmux")[0].starts_with("no answer within a second"), "{out}");
    assert!(values(&out, "set-clipboard")[0].starts_with("no answer within a second"), "{out}");
    let home = Home::new();
    let path = fake_tmux(&home, r"printf '\033c\033]0;x\007'");
    let out = check(&home, &[], &[TMUX, ("PATH", &path)]);
    assert!(!out.contains('\x1b') && !out.contains('\x07'), "{out:?}");
}

#[test]
fn inside_tmux_its_version_and_setting_are_told() {
    let home = Home::new();
    let socket = home.path("socket").display().to_string();
    let tmux = |args: &[&str]| -> Command {
        home.command("tmux", &[&["-S", &socket, "-f", "/dev/null"], args].concat())
    };
    let told = |home: &Home| {
        let out = check(home, &[], &[("TMUX", &format!("{socket},1,0"))]);
        (values(&out, "tmux").remove(0), values(&out, "set-clipboard").remove(0))
    };
    assert_eq!(finish(tmux(&["new-session", "-d", "sleep 60"])).code, Some(0));
    let (version, setting) = told(&home);
    assert!(version.starts_with(|letter: char| letter.is_ascii_digit()), "{version}");
    assert!(setting.starts_with("external; "), "{setting}");
    finish(tmux(&["set-option", "-s", "set-clipboard", "off"]));
    assert!(told(&home).1.starts_with("off; "), "{}", told(&home).1);
    finish(tmux(&["kill-server"]));
    assert_eq!(told(&home).1, "no answer: is the server gone?");
}
