//! Signals have a thread of their own: the main thread may be stuck in a terminal that is gone.
//!
//! A hang-up ends the program even where the parent ignored it, as `nohup` does: a program that lives on its screen has
//! nothing to do without one, and its work is rescued first.

use std::io;
use std::thread;

use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGTERM, SIGTSTP};
use signal_hook::iterator::Signals;

use super::ending::{Ending, Rescue, end};
use super::jobs;

/// Starts the thread. When the link drops or the process is told to end, it ends the process by way of `rescue`; when
/// the process is told to stop, or goes on after a stop, it tells the main thread.
///
/// # Errors
/// If the handlers cannot be installed.
pub fn watch(rescue: Rescue) -> io::Result<()> {
    let mut signals = Signals::new([SIGHUP, SIGTERM, SIGINT, SIGTSTP, SIGCONT])?;
    thread::Builder::new().name("signals".to_owned()).spawn(move || {
        for signal in signals.forever() {
            match signal {
                SIGTSTP => jobs::told_to_stop(),
                SIGCONT => jobs::goes_on(),
                _ => end(&rescue, Ending::Signal(signal)),
            }
        }
    })?;
    Ok(())
}
