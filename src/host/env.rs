//! What the environment says about terminal and clipboard.

use std::env;
use std::path::{Path, PathBuf};

/// The facts that decide how to draw and how to copy.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Environment {
    /// `TERM`.
    pub term: Option<String>,
    /// `COLORTERM`.
    pub colorterm: Option<String>,
    /// Whether `NO_COLOR` is set and not empty.
    pub no_color: bool,
    /// `LC_ALL`, `LC_CTYPE` or `LANG`: which letters the terminal is said to show.
    pub locale: Option<String>,
    /// `TMUX`: set inside tmux.
    pub tmux: Option<String>,
    /// `STY`: set inside GNU screen.
    pub screen: Option<String>,
    /// What is set over SSH.
    pub ssh: Ssh,
    /// `DISPLAY`.
    pub display: Option<String>,
    /// `WAYLAND_DISPLAY`.
    pub wayland: Option<String>,
    /// The home folder.
    pub home: Option<PathBuf>,
    /// Programs that help with copying.
    pub programs: Programs,
}

/// The variables that a server for SSH sets; any of them says that the keyboard is elsewhere.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Ssh {
    /// `SSH_CONNECTION`.
    pub connection: Option<String>,
    /// `SSH_CLIENT`.
    pub client: Option<String>,
    /// `SSH_TTY`.
    pub tty: Option<String>,
}

impl Ssh {
    /// Whether any of them is set.
    pub fn is_set(&self) -> bool {
        self.connection.is_some() || self.client.is_some() || self.tty.is_some()
    }
}

/// Where programs are, if they are there.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Programs {
    /// `tmux`.
    pub tmux: Option<PathBuf>,
    /// `screen`.
    pub screen: Option<PathBuf>,
    /// `wl-copy`, which keeps a copy on a Wayland desktop.
    pub wl_copy: Option<PathBuf>,
    /// `xclip`, which keeps a copy on an X11 desktop.
    pub xclip: Option<PathBuf>,
}

impl Environment {
    /// Reads the process's environment.
    pub fn read() -> Self {
        Self {
            term: set("TERM"),
            colorterm: set("COLORTERM"),
            no_color: set("NO_COLOR").is_some(),
            locale: set("LC_ALL").or_else(|| set("LC_CTYPE")).or_else(|| set("LANG")),
            tmux: set("TMUX"),
            screen: set("STY"),
            ssh: Ssh { connection: set("SSH_CONNECTION"), client: set("SSH_CLIENT"), tty: set("SSH_TTY") },
            display: set("DISPLAY"),
            wayland: set("WAYLAND_DISPLAY"),
            home: env::var_os("HOME").or_else(|| env::var_os("USERPROFILE")).map(PathBuf::from),
            programs: Programs {
                tmux: find_program("tmux"),
                screen: find_program("screen"),
                wl_copy: find_program("wl-copy"),
                xclip: find_program("xclip"),
            },
        }
    }

    /// Whether colours should be left out.
    pub fn is_plain(&self) -> bool {
        self.no_color || self.term.as_deref() == Some("dumb")
    }

    /// Whether there is a desktop, here or at the other end of a tunnel.
    pub fn has_desktop(&self) -> bool {
        self.display.is_some() || self.wayland.is_some() || cfg!(windows) || cfg!(target_os = "macos")
    }

    /// Whether the program runs on the machine whose keyboard is used, with a desktop that has a clipboard.
    pub fn has_local_desktop(&self) -> bool {
        !self.ssh.is_set() && self.has_desktop()
    }
}

/// A variable that is set and not empty. One that is no text still says that it is set.
fn set(name: &str) -> Option<String> {
    let value = env::var_os(name)?.to_string_lossy().into_owned();
    (!value.is_empty()).then_some(value)
}

/// Where a program is, if it is on the search path. Parts of the path that depend on the present folder are left out:
/// it may belong to somebody else.
pub fn find_program(name: &str) -> Option<PathBuf> {
    let paths = env::var_os("PATH")?;
    let folders = env::split_paths(&paths).filter(|folder| folder.is_absolute());
    folders.map(|folder| folder.join(name)).find(|path| is_program(path))
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
