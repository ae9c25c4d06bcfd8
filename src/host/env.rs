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
    /// `COLORFGBG`: the terminal's foreground and background as numbers of the 16 colours.
    pub colour_numbers: Option<String>,
    /// The variable that decides on the locale, and its value: the first of `LC_ALL`, `LC_CTYPE` and `LANG` that is set.
    pub locale: Option<(&'static str, String)>,
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
            colour_numbers: set("COLORFGBG"),
            locale: ["LC_ALL", "LC_CTYPE", "LANG"].into_iter().find_map(|name| Some((name, set(name)?))),
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

    /// Why colours should be left out, if they should.
    pub fn plain_because(&self) -> Option<&'static str> {
        if self.no_color {
            return Some("NO_COLOR");
        }
        self.is_term("dumb").then_some("TERM=dumb")
    }

    /// Whether this is the terminal's kind.
    pub fn is_term(&self, kind: &str) -> bool {
        self.term.as_deref() == Some(kind)
    }

    /// Whether the background is light; `None` if the environment does not say. Of the 16 colours, 7 and the bright
    /// ones from 9 on are light ones.
    pub fn has_light_background(&self) -> Option<bool> {
        let number = self.colour_numbers.as_deref()?.rsplit(';').next()?.parse::<u8>().ok()?;
        (number < 16).then_some(number == 7 || number > 8)
    }

    /// The setting of a locale whose letters are not UTF-8. Where no locale is set at all, nobody has said so.
    pub fn narrow_locale(&self) -> Option<String> {
        let (name, value) = self.locale.as_ref()?;
        let small = value.to_lowercase();
        let is_utf8 = small.contains("utf-8") || small.contains("utf8");
        (!is_utf8).then(|| format!("{name}={value}"))
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
