//! `portplan check --env`: what was found out about terminal and clipboard, and which ways a copy will take.

mod copying;

use std::io::{self, IsTerminal, Write};
use std::path::Path;

use crate::files;
use crate::host::clipboard::tmux;
use crate::host::env::Environment;
use crate::host::harmless;
use crate::host::program::{Trouble, run};

use super::args::SettingsArgs;
use super::settings::Settings;
use super::{Failure, Verdict};

/// A longer value says no more.
const LONGEST: usize = 120;

/// Lines that belong together, under a heading.
struct Group {
    title: String,
    lines: Vec<(&'static str, String)>,
    /// So many letters of a value are written.
    longest: usize,
}

impl Group {
    fn new(title: impl Into<String>) -> Self {
        Self { title: title.into(), lines: Vec::new(), longest: LONGEST }
    }

    /// A line with a name. What comes from outside is made harmless when it is written.
    fn line(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.lines.push((name, value.into()));
        self
    }

    fn variable(self, name: &'static str, value: Option<&String>) -> Self {
        let value = value.cloned().unwrap_or_else(|| "not set".to_owned());
        self.line(name, value)
    }

    fn write(&self, out: &mut impl Write) -> io::Result<()> {
        writeln!(out, "{}", self.title)?;
        for (name, value) in &self.lines {
            writeln!(out, "  {name:16} {}", shown(value, self.longest))?;
        }
        Ok(())
    }
}

/// A value as it can be written on any terminal: in one line, and nothing in it is obeyed.
fn shown(value: &str, longest: usize) -> String {
    let line = harmless::line(value);
    if line.chars().count() <= longest {
        line
    } else {
        format!("{}…", line.chars().take(longest).collect::<String>())
    }
}

pub(super) fn write(args: &SettingsArgs, out: &mut impl Write) -> Result<Verdict, Failure> {
    let environment = Environment::read();
    let settings = Settings::read(args, &environment)?;
    let groups = [
        terminal(&environment),
        multiplexers(&environment),
        connection(&environment),
        desktop(&environment),
        copying::ways(&environment, settings.clipboard()),
        copying::unknown(),
        Group { title: "Settings".to_owned(), lines: settings.lines(), longest: usize::MAX },
        folders(),
    ];
    for (at, group) in groups.iter().enumerate() {
        if at > 0 {
            writeln!(out)?;
        }
        group.write(out)?;
    }
    Ok(Verdict::Done)
}

fn terminal(environment: &Environment) -> Group {
    let size = match crossterm::terminal::size() {
        Ok((columns, rows)) if io::stdout().is_terminal() => format!("{columns} columns, {rows} rows"),
        _ => "not known: standard output is no terminal".to_owned(),
    };
    Group::new("Terminal")
        .variable("TERM", environment.term.as_ref())
        .variable("COLORTERM", environment.colorterm.as_ref())
        .line("size", size)
        .line("letters", letters(environment))
}

fn letters(environment: &Environment) -> String {
    match (&environment.locale, environment.narrow_locale()) {
        (None, _) => "no LC_ALL, LC_CTYPE or LANG: letters outside ASCII may come out wrong".to_owned(),
        (Some(_), Some(narrow)) => format!("{narrow}: letters outside ASCII may come out wrong"),
        (Some((name, value)), None) => format!("{name}={value}: all letters"),
    }
}

fn multiplexers(environment: &Environment) -> Group {
    let program = |path: &Path, version: Result<String, Trouble>| match version {
        Ok(version) => format!("{version} ({})", path.display()),
        Err(trouble) => format!("{} ({})", trouble_words(trouble), path.display()),
    };
    let mut group = Group::new("Multiplexers").variable("TMUX", environment.tmux.as_ref());
    group = match &environment.programs.tmux {
        None => group.line("tmux", "not found"),
        Some(path) if environment.tmux.is_some() => {
            let told = tmux::ask(path);
            group.line("tmux", program(path, told.version)).line(
                "set-clipboard",
                match told.set_clipboard {
                    Ok(value) => format!("{value}; {}", set_clipboard_words(&value)),
                    Err(trouble) => format!("{}: is the server gone?", trouble_words(trouble)),
                },
            )
        }
        Some(path) => group.line("tmux", path.display().to_string()),
    };
    group = group.variable("STY", environment.screen.as_ref());
    match &environment.programs.screen {
        None => group.line("screen", "not found"),
        Some(path) if environment.screen.is_some() => {
            let version = run(path, &["-v"], "").map(|text| text.trim().replace("Screen version ", ""));
            group.line("screen", program(path, version))
        }
        Some(path) => group.line("screen", path.display().to_string()),
    }
}

fn trouble_words(trouble: Trouble) -> &'static str {
    match trouble {
        Trouble::Hung => "no answer within a second",
        Trouble::Refused => "no answer",
    }
}

/// What the option means for us: tmux's own command is not bound to it.
fn set_clipboard_words(value: &str) -> &'static str {
    match value {
        "on" | "external" => "copies go through tmux's own command, which sends them on",
        "off" => "copies go through tmux's own command, which sends them on all the same",
        _ => "not a value that is known here",
    }
}

fn connection(environment: &Environment) -> Group {
    let ssh = &environment.ssh;
    let found = if ssh.is_set() {
        "over SSH"
    } else {
        "no sign of SSH (sudo hides it, and an old tmux session forgets it)"
    };
    Group::new("Connection")
        .line("found", found)
        .variable("SSH_CONNECTION", ssh.connection.as_ref())
        .variable("SSH_CLIENT", ssh.client.as_ref())
        .variable("SSH_TTY", ssh.tty.as_ref())
}

fn desktop(environment: &Environment) -> Group {
    let keeper = |path: &Option<std::path::PathBuf>| match path {
        Some(path) => format!("{} (keeps a copy after portplan)", path.display()),
        None => "not found (would keep a copy after portplan)".to_owned(),
    };
    let group = Group::new("Desktop")
        .variable("DISPLAY", environment.display.as_ref())
        .variable("WAYLAND_DISPLAY", environment.wayland.as_ref());
    let group = match &environment.display {
        Some(_) => group.line("xclip", keeper(&environment.programs.xclip)),
        None => group,
    };
    match &environment.wayland {
        Some(_) => group.line("wl-copy", keeper(&environment.programs.wl_copy)),
        None => group,
    }
}

fn folders() -> Group {
    let state = files::state_dir();
    let state =
        state.map_or_else(|| "none: there is no home folder".to_owned(), |path| path.display().to_string());
    Group::new("Folders").line("state", state)
}
