//! `portplan check --env`: what was found out about terminal and clipboard, and which ways a copy will take.

use std::io::{self, Write};

use crate::host::clipboard::{Way, ways};
use crate::host::env::Environment;

use super::args::SettingsArgs;
use super::settings::Settings;
use super::{Failure, Verdict};

pub(super) fn write(args: &SettingsArgs, out: &mut impl Write) -> Result<Verdict, Failure> {
    let environment = Environment::read();
    let settings = Settings::read(args, &environment)?;
    write_environment(&environment, out)?;
    for (name, value) in settings.lines() {
        line(out, name, &value)?;
    }
    Ok(Verdict::Done)
}

fn line(out: &mut impl Write, name: &str, value: &str) -> io::Result<()> {
    writeln!(out, "{name:20} {value}")
}

fn write_environment(environment: &Environment, out: &mut impl Write) -> io::Result<()> {
    let mut line = |name: &str, value: &str| line(out, name, value);
    let or_unset = |value: &Option<String>| value.clone().unwrap_or_else(|| "not set".to_owned());
    line("TERM", &or_unset(&environment.term))?;
    line("TMUX", &or_unset(&environment.tmux))?;
    let program = environment.tmux_program.as_ref().map(|path| path.display().to_string());
    line("tmux program", &program.unwrap_or_else(|| "not found".to_owned()))?;
    line("STY", &or_unset(&environment.screen))?;
    line("SSH", &or_unset(&environment.ssh))?;
    line("DISPLAY", &or_unset(&environment.display))?;
    line("WAYLAND_DISPLAY", &or_unset(&environment.wayland))?;
    for way in ways(environment) {
        line("a copy goes to", explain(way))?;
    }
    Ok(())
}

fn explain(way: Way) -> &'static str {
    match way {
        Way::Tmux => "tmux: its buffer, which it passes on to the terminal outside",
        Way::Screen => "GNU screen: an OSC 52 sequence in pieces; it gives no answer",
        Way::Osc52 => "the terminal: an OSC 52 sequence; it gives no answer",
        Way::Native => "the desktop's clipboard, for as long as portplan runs",
    }
}
