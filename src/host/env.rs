//! What the environment says about terminal and clipboard.

use std::env;
use std::path::{Path, PathBuf};

/// The facts that decide how to draw and how to copy.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Environment {
    /// `TERM`.
    pub term: Option<String>,
    /// Whether `NO_COLOR` is set and not empty.
    pub no_color: bool,
    /// `TMUX`: set inside tmux.
    pub tmux: Option<String>,
    /// `STY`: set inside GNU screen.
    pub screen: Option<String>,
    /// `SSH_CONNECTION`, `SSH_CLIENT` or `SSH_TTY`: set over SSH.
    pub ssh: Option<String>,
    /// `DISPLAY`.
    pub display: Option<String>,
    /// `WAYLAND_DISPLAY`.
    pub wayland: Option<String>,
    /// The home folder.
    pub home: Option<PathBuf>,
    /// The `tmux` program, if it is there.
    pub tmux_program: Option<PathBuf>,
}

impl Environment {
    /// Reads the process's environment.
    pub fn read() -> Self {
        let set = |name: &str| env::var(name).ok().filter(|value| !value.is_empty());
        Self {
            term: set("TERM"),
            no_color: set("NO_COLOR").is_some(),
            tmux: set("TMUX"),
            screen: set("STY"),
            ssh: set("SSH_CONNECTION").or_else(|| set("SSH_CLIENT")).or_else(|| set("SSH_TTY")),
            display: set("DISPLAY"),
            wayland: set("WAYLAND_DISPLAY"),
            home: env::var_os("HOME").or_else(|| env::var_os("USERPROFILE")).map(PathBuf::from),
            tmux_program: find_program("tmux"),
        }
    }

    /// Whether colours should be left out.
    pub fn is_plain(&self) -> bool {
        self.no_color || self.term.as_deref() == Some("dumb")
    }

    /// Whether the program runs on the machine whose keyboard is used, with a desktop that has a clipboard.
    pub fn has_local_desktop(&self) -> bool {
        let desktop =
            self.display.is_some() || self.wayland.is_some() || cfg!(windows) || cfg!(target_os = "macos");
        self.ssh.is_none() && desktop
    }
}

fn find_program(name: &str) -> Option<PathBuf> {
    let paths = env::var_os("PATH")?;
    env::split_paths(&paths).map(|folder| folder.join(name)).find(|path| is_program(path))
}

#[cfg(unix)]
fn is_program(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    path.metadata().is_ok_and(|meta| meta.is_file() && meta.permissions().mode() & 0o111 != 0)
}

#[cfg(not(unix))]
fn is_program(path: &Path) -> bool {
    path.is_file()
}
