//! What the terminal library may leave behind.
//!
//! Its wait hears of keys and of changes of the size when they come, not while they are there, and gives one of them back
//! at a time. Where both come together, or more keys than it reads at once, the rest waits for the next key. So what is
//! still there is announced again, and a change of the size is remembered here.

use std::io::{self, stdin};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::termios::{OptionalActions, tcgetattr, tcsetattr};
use signal_hook::consts::SIGWINCH;

/// Whether the terminal's size, or a word of the thread that hears signals, changed since somebody looked.
#[derive(Debug)]
pub(super) struct Unheard(Arc<AtomicBool>);

impl Unheard {
    /// Listens. To be made before the terminal library listens itself: then it never hears of a change before this does.
    pub fn listen() -> io::Result<Self> {
        let changed = Arc::new(AtomicBool::new(false));
        signal_hook::flag::register(SIGWINCH, Arc::clone(&changed))?;
        Ok(Self(changed))
    }

    /// Whether there is a change that nobody took.
    pub fn is_there(&self) -> bool {
        self.0.load(Ordering::SeqCst)
    }

    /// Takes it.
    pub fn take(&self) -> bool {
        self.0.swap(false, Ordering::SeqCst)
    }
}

/// Has the kernel say once more that there are keys to read, if there are: it does whenever a mode of the terminal is set,
/// and the modes are set to what they are.
///
/// # Errors
/// If the terminal is gone.
pub(super) fn announce_keys() -> io::Result<()> {
    let input = stdin();
    let mut waiting = [PollFd::new(&input, PollFlags::IN)];
    let now = Timespec { tv_sec: 0, tv_nsec: 0 };
    let is_readable = poll(&mut waiting, Some(&now)).is_ok_and(|_| {
        waiting
            .iter()
            .any(|end| end.revents().contains(PollFlags::IN) && !end.revents().contains(PollFlags::HUP))
    });
    if is_readable {
        tcsetattr(&input, OptionalActions::Now, &tcgetattr(&input)?)?;
    }
    Ok(())
}
