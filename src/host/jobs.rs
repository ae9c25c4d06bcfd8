//! Job control: stopping as a shell's Ctrl-Z does, and going on.
//!
//! Only the main thread changes the terminal's modes. The thread that hears signals leaves a word here and wakes it.

use std::io;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use nix::sys::signal::{Signal, kill};
use nix::unistd::{Pid, getpgrp, getppid, getsid};
use signal_hook::consts::SIGWINCH;
use signal_hook::low_level::raise;

static STOP: AtomicBool = AtomicBool::new(false);
static GO_ON: AtomicBool = AtomicBool::new(false);

/// How often, and how many times, to look whether the word of going on has come.
const LOOK: (Duration, u32) = (Duration::from_millis(5), 100);

/// The system's word for a process that has no number here.
const OUTSIDE: Pid = Pid::from_raw(0);

/// The system's word for every process of the caller's group.
const OWN_GROUP: Pid = Pid::from_raw(0);

/// What the main thread is to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Word {
    /// Give the terminal back and stop.
    Stop,
    /// Take the terminal again: the process was stopped, and anybody may have used the terminal meanwhile.
    GoOn,
}

/// A stop takes back a word of going on that nobody heard yet, and the other way round, as the signals do themselves.
pub(super) fn told_to_stop() {
    GO_ON.store(false, Ordering::SeqCst);
    STOP.store(true, Ordering::SeqCst);
    wake();
}

pub(super) fn goes_on() {
    STOP.store(false, Ordering::SeqCst);
    GO_ON.store(true, Ordering::SeqCst);
    wake();
}

/// The terminal library waits for keys and for changes of the size; this looks like the latter.
fn wake() {
    // It fails for unknown signals only.
    let _ = raise(SIGWINCH);
}

/// The word that was left since the last call.
pub(super) fn word() -> Option<Word> {
    if STOP.swap(false, Ordering::SeqCst) {
        Some(Word::Stop)
    } else if GO_ON.swap(false, Ordering::SeqCst) {
        Some(Word::GoOn)
    } else {
        None
    }
}

/// Whether there is a shell with job control that would bring the program back after a stop. Such a shell puts each job
/// into a process group of its own inside its session; a program that a terminal or multiplexer started itself leads
/// the session or is in its leader's group.
///
/// In a container, the numbers of groups and sessions led from outside are all 0; a parent outside is nobody to wait for.
pub fn has_shell() -> bool {
    let (Ok(session), parent) = (getsid(None), getppid()) else { return false };
    parent != OUTSIDE && getpgrp() != session && getsid(Some(parent)) == Ok(session)
}

/// Stops the process, and with it the rest of its job: the shell has only the script in sight that started the program.
/// The terminal must be given back before. Comes back when the process goes on.
pub(super) fn stop() -> io::Result<()> {
    GO_ON.store(false, Ordering::SeqCst);
    kill(OWN_GROUP, Signal::SIGSTOP)?;
    // The other thread hears of going on a moment later; taken here, the word is not acted on twice.
    for _ in 0..LOOK.1 {
        if GO_ON.swap(false, Ordering::SeqCst) {
            break;
        }
        thread::sleep(LOOK.0);
    }
    Ok(())
}
