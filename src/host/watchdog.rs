//! Notices a terminal that is gone though no signal says so: the parent ignored hang-ups, or the program was started
//! outside the terminal's session. The terminal library would wait for it for ever, with a processor to itself.

use std::io;
use std::thread;

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::Errno;

use super::ending::{Ending, Rescue, end};

/// Starts a thread that sleeps for as long as the terminal is there, then ends the process by way of `rescue`.
///
/// # Errors
/// If the thread cannot be started.
pub fn watch(rescue: Rescue) -> io::Result<()> {
    thread::Builder::new().name("watchdog".to_owned()).spawn(move || {
        loop {
            match state(None) {
                Ok(State::Gone) => end(&rescue, Ending::HungUp),
                Ok(State::There) | Err(Errno::INTR) => {}
                // A system that cannot watch a terminal: signals are all there is.
                Err(_) => return,
            }
        }
    })?;
    Ok(())
}

/// Whether the terminal is gone.
pub fn is_gone() -> bool {
    state(Some(&Timespec::default())) == Ok(State::Gone)
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    There,
    Gone,
}

/// Waits for the end of standard input, and for nothing else: keys are none of its business.
fn state(patience: Option<&Timespec>) -> Result<State, Errno> {
    let input = io::stdin();
    let mut watched = [PollFd::new(&input, PollFlags::empty())];
    poll(&mut watched, patience)?;
    let [watched] = watched;
    let end = PollFlags::HUP | PollFlags::ERR | PollFlags::NVAL;
    Ok(if watched.revents().intersects(end) { State::Gone } else { State::There })
}
