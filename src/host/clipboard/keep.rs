//! Leaves a copy on the desktop's clipboard when the program ends: the clipboard holds a text only while its owner runs.

use crate::host::env::Environment;
use crate::host::program::leave_with;

/// What becomes of a copy when the program ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Parting {
    /// No copy is on the desktop's clipboard.
    NothingToKeep,
    /// A program keeps it.
    Kept,
    /// It goes with the program; the terminal was sent it once more and gives no answer.
    SentAgain,
    /// It goes with the program.
    Lost,
}

impl Parting {
    /// What the operator should know after the program.
    pub fn notice(self) -> Option<&'static str> {
        match self {
            Self::NothingToKeep | Self::Kept => None,
            Self::SentAgain => Some(
                "the desktop's clipboard keeps a copy only while portplan runs; it was sent to the terminal once more, \
                 which gives no answer: paste to check (xclip or wl-copy, if installed, would keep it)",
            ),
            Self::Lost => Some(
                "the copied text was on the desktop's clipboard only, and left it with portplan \
                 (xclip or wl-copy, if installed, would keep it)",
            ),
        }
    }
}

/// Hands the text to a program that stays and owns it, if there is one for this desktop; says whether it did.
pub(super) fn hand_over(environment: &Environment, text: &str) -> bool {
    if environment.ssh.is_set() {
        // The program's connection to the far display would keep the link from closing.
        return false;
    }
    let programs = &environment.programs;
    let wayland = environment.wayland.as_ref().and(programs.wl_copy.as_ref());
    let x11 = environment.display.as_ref().and(programs.xclip.as_ref());
    wayland.is_some_and(|program| leave_with(program, &["--type", "text/plain"], text).is_ok())
        || x11.is_some_and(|program| leave_with(program, &["-selection", "clipboard"], text).is_ok())
}
